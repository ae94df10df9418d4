"""Placeholders: found with their line, filled once, the same in every language; typed words never become links."""

from importlib import import_module
from pathlib import Path

import pytest

import eventsite
from eventsite.core import i18n
from eventsite.mail import kinds, rules, wording
from eventsite.mail.rules import Problem
from eventsite.mail.wording import Words

for path in sorted(Path(eventsite.__file__).parent.glob("*/messages*.py")):  # every feature adds its kinds
    import_module(f"eventsite.{path.parent.name}.{path.stem}")
KNOWN = {"name": "name", "frist": "deadline", "deadline": "deadline"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guten Tag {Name}, bis { frist }", []),
        ("ohne", []),
        ("eins\n{Nmae}", [Problem(2, "{Nmae}", "{name}")]),
        ("{Fritz!}", [Problem(1, "{Fritz!}", "{frist}")]),
        ("{}", [Problem(1, "{}")]),
        ("a\nb {name", [Problem(2, "{")]),
        ("name} {name}", [Problem(1, "}")]),
        ("{na\nme}", [Problem(1, "{"), Problem(2, "}")]),
        ("{{name}}", [Problem(1, "{"), Problem(1, "}")]),
    ],
)
def test_problems_of_a_text(text: str, expected: list[Problem]) -> None:
    assert rules.problems(text, KNOWN) == expected


def test_value_is_not_read_again() -> None:
    values = {"name": "{frist}", "deadline": "morgen"}
    assert rules.filled("{Name} {FRIST} {x}", KNOWN, values.__getitem__) == "{frist} morgen {x}"


@pytest.mark.parametrize("key", sorted(kinds.KINDS))
@pytest.mark.parametrize("language", ["de", "en"])
def test_default_words_have_known_placeholders_only(key: str, language: str) -> None:
    kind = kinds.KINDS[key]
    with i18n.use_language(language):
        words = wording.default(kind)
        parts = (words.subject, words.opening, words.closing)
        assert [rules.problems(part, kinds.known(kind)) for part in parts] == [[], [], []]
        assert "%(" not in "".join(parts) + rules.template(str(kind.heading), kinds.word_of)


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_two_placeholders_share_a_word(language: str) -> None:
    with i18n.use_language(language):
        words = [kinds.word_of(key).casefold() for key in kinds.PLACEHOLDERS]
    assert (len(set(words)), [word for word in words if not word.replace("-", "").isalpha()]) == (len(words), [])


def test_typed_name_stays_a_name_in_both_parts() -> None:
    kind = kinds.KINDS["confirmed"]
    own = {("confirmed", "de"): Words("Platz für {Name}", "**Hallo** {name}, [Plan](https://x.example)", "")}
    with i18n.use_language("de"):
        written = wording.write(kind, own, {"name": "[Klick](https://evil.example) <b>"})
    assert written.subject == "Platz für [Klick](https://evil.example) <b>"
    assert written.opening.text == "Hallo [Klick](https://evil.example) <b>, Plan (https://x.example)"
    assert written.opening.html == (
        "<p><strong>Hallo</strong> [Klick](https://evil.example) &lt;b&gt;, "
        '<a href="https://x.example" rel="noopener">Plan</a></p>'
    )
    assert written.closing == wording.Part("", written.closing.html)
    assert written.closing.html == ""


def test_only_used_values_are_asked_for() -> None:
    def never() -> str:
        raise AssertionError("asked for without need")

    with i18n.use_language("en"):
        kind = kinds.KINDS["waiting"]
        own = {("waiting", "en"): Words("Hello", "you wait as {number}", "")}
        assert wording.write(kind, own, {"number": lambda: "3", "state": never}).opening.text == "you wait as 3"
