"""Each kind of question: what is taken, how it is stored and shown, and what is refused with a sentence."""

from dataclasses import replace
from typing import Any

import pytest

from eventsite.core import i18n
from eventsite.registration import library, questions, questions_faults
from eventsite.registration.questions import Asked, BadAnswer

OPTIONS = ({"key": "a", "label": {"de": "Erstes"}}, {"key": "b", "label": {"de": "Zweites"}})


def ask(kind: str, **values: Any) -> Asked:
    return Asked(key="q", kind=kind, label={"de": "Frage"}, options=OPTIONS, **values)


@pytest.mark.parametrize(
    ("kind", "given", "stored", "shown"),
    [
        ("text", "  Kassel ", "Kassel", "Kassel"),
        ("long_text", "eins\nzwei", "eins\nzwei", "eins\nzwei"),
        ("number", "-12", -12, "-12"),
        ("number", "0", 0, "0"),
        ("number", 7, 7, "7"),
        ("single", "b", "b", "Zweites"),
        ("attendance", "a", "a", "Erstes"),
        ("multiple", ["b", "a", "b"], ["a", "b"], "Erstes, Zweites"),
        ("diet", {"chosen": ["b"], "other": " ohne Paprika "}, {"chosen": ["b"], "other": "ohne Paprika"}, "Zweites, ohne Paprika"),
        ("access", {"chosen": [], "other": "Licht"}, {"chosen": [], "other": "Licht"}, "Licht"),
        ("date", "12.03.2027", "2027-03-12", "12. März 2027"),
        ("date", "2027-03-12", "2027-03-12", "12. März 2027"),
        ("country", "de", "DE", "Deutschland"),
        ("phone", "+49 561 123-456", "+49 561 123-456", "+49 561 123-456"),
        ("url", "www.kassel.de/x", "https://www.kassel.de/x", "https://www.kassel.de/x"),
    ],
)  # fmt: skip
def test_good_answer(kind: str, given: Any, stored: Any, shown: str) -> None:
    asked = ask(kind)
    assert questions.read(asked, given) == stored
    assert questions.read(asked, stored) == stored  # what is stored may be given again
    with i18n.use_language("de"):
        assert questions.shown(asked, stored) == shown


@pytest.mark.parametrize(("given", "stored"), [("yes", True), (True, True), ("no", False), (False, False), ("", None)])
def test_yes_or_no(given: Any, stored: bool | None) -> None:
    assert questions.read(ask("yes_no"), given) is stored


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", "x" * 301),
        ("long_text", "x" * 5001),
        ("number", "twelve"),
        ("number", "1.5"),
        ("number", "٣"),
        ("number", "9" * 30),
        ("yes_no", "perhaps"),
        ("single", "c"),
        ("multiple", ["a", "c"]),
        ("diet", {"chosen": ["c"], "other": ""}),
        ("diet", {"chosen": [], "other": "x" * 301}),
        ("date", "31.02.2027"),
        ("date", "tomorrow"),
        ("date", "12.03.1027"),
        ("country", "XX"),
        ("phone", "call me"),
        ("phone", "----"),
        ("url", "javascript:alert(1)"),
        ("url", "nothing"),
    ],
)
def test_bad_answer_is_told_in_a_sentence(kind: str, given: Any) -> None:
    with pytest.raises(BadAnswer) as caught:
        questions.read(ask(kind), given)
    assert str(caught.value).endswith((".", "6", "g"))


@pytest.mark.parametrize("kind", questions.KINDS)
@pytest.mark.parametrize("given", [None, "", [], {"chosen": [], "other": ""}])
def test_no_answer_is_none_unless_required(kind: str, given: Any) -> None:
    if isinstance(given, dict) and kind not in questions.WITH_OTHER:
        return
    if isinstance(given, list) and kind not in questions.SEVERAL:
        return
    assert questions.read(ask(kind), given) is None
    with pytest.raises(BadAnswer):
        questions.read(ask(kind, is_required=True), given)


@pytest.mark.parametrize("asked", library.READY, ids=lambda asked: asked.key)
def test_ready_questions_may_be_published(asked: Asked) -> None:
    assert (questions_faults.faults(asked), questions_faults.warnings(asked)) == ([], [])
    assert all(set(words) == {"de", "en"} for words in (asked.label, asked.purpose))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "riddle"},
        {"label": {}},
        {"purpose": {}},
        {"legal_basis": "because"},
        {"audience": "everybody"},
        {"retention": ""},
        {"options": ()},
        {"audience": "organisers"},
    ],
)
def test_question_without_what_the_law_asks_is_not_published(change: dict[str, Any]) -> None:
    assert len(questions_faults.faults(replace(library.DIET, **change))) >= 1


def test_consent_cannot_be_a_condition() -> None:
    asked = ask("consent", is_required=True, purpose={"de": "x"}, legal_basis="consent")
    assert len(questions_faults.faults(asked)) == 1


@pytest.mark.parametrize("label", ["Geburtsdatum", "Geschlecht", "Private Anschrift"])
def test_unneeded_data_is_warned_about(label: str) -> None:
    assert len(questions_faults.warnings(Asked(key="q", kind="text", label={"de": label}))) == 1
