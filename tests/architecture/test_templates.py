"""Templates: a feature includes only shared parts and its own; no inline code or style; no raw text; no |safe unexplained."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from tests.architecture.source import ROOT

SHARED = {"layouts", "parts"}
# Path of the template → why what it marks as safe is safe.
SAFE: dict[str, str] = {}
# Words that are the same in every language.
NAMES = {
    "PDF",
    "PDF/UA",
    "CSV",
    "XLSX",
    "ICS",
    "iCal",
    "eventsite",
    "Deutsch",
    "English",
    "URL",
    "QR",
    "ZIP",
    "E-Mail",
    "UTC",
    "WCAG",
    "ID",
}
SPOKEN = {"alt", "title", "aria-label", "placeholder", "aria-description"}

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
EXPRESSION = re.compile(
    r"\{#.*?#\}|\{% block \w+_class %\}[^{]*(?=\{%)|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL
)


def templates(root: Path) -> Iterator[tuple[str, str]]:
    folder = root / "templates"
    for path in sorted(folder.rglob("*.*")):
        yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def foreign_reference(place: str, text: str) -> Iterator[str]:
    own = place.split("/")[0]
    allowed = SHARED if own in SHARED else SHARED | {own}
    for name in meta.find_referenced_templates(ENVIRONMENT.parse(text)):
        if name is None:
            yield f"{place}: includes a template whose name is computed"
        elif name.split("/")[0] not in allowed:
            yield f"{place}: uses {name}, which belongs to another feature"


class Page(HTMLParser):
    """Collects what the content security policy would refuse, and the words a reader would see."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.words: list[str] = []
        self.open = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        self.open = tag
        is_code = tag == "script" and "src" not in values and values.get("type") != "application/ld+json"
        if tag == "style" or is_code:
            self.inline.append(f"<{tag}>")
        self.inline += [name for name in values if name == "style" or re.fullmatch(r"on[a-z]+", name)]
        self.words += [values[name] or "" for name in SPOKEN & values.keys()]

    def handle_endtag(self, tag: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open not in {"script", "style"}:
            self.words.append(data)


def page(text: str) -> Page:
    # Expressions are cut out; a gap keeps the words on both sides apart.
    return Page(EXPRESSION.sub(" ", text))


def inline_code(place: str, text: str) -> Iterator[str]:
    # Mail programs read no linked stylesheets, so mails carry theirs.
    if place.endswith(".html") and "/mail/" not in place and place != "layouts/mail.html":
        yield from (f"{place}: inline {found}" for found in page(text).inline)


def unexplained_safe(place: str, text: str) -> Iterator[str]:
    if re.search(r"\|\s*safe\b", text) and place not in SAFE:
        yield f"{place}: |safe without a reason in SAFE"
    if re.search(r"autoescape\s+false", text):
        yield f"{place}: autoescape switched off"


def untranslated(place: str, text: str) -> Iterator[str]:
    words = page(text).words if place.endswith((".html", ".svg")) else [EXPRESSION.sub(" ", text)]
    for word in " ".join(words).split():
        if re.search(r"[^\W\d_]{2,}", word) and word.strip(".,:;()–“”„!?") not in NAMES:
            yield f"{place}: “{word}” is not translated"


RULES = [foreign_reference, inline_code, unexplained_safe, untranslated]


@pytest.mark.parametrize("rule", RULES)
def test_templates_keep_the_rule(rule) -> None:
    assert [fault for place, text in templates(ROOT) for fault in rule(place, text)] == []


def test_explanations_are_needed() -> None:
    texts = dict(templates(ROOT))
    assert [place for place in SAFE if "safe" not in texts.get(place, "")] == []


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (foreign_reference, "events/rooms.html", "{% extends 'people/page.html' %}"),
        (foreign_reference, "events/rooms.html", "{% include chosen %}"),
        (foreign_reference, "parts/form.html", "{% from 'events/parts.html' import room %}"),
        (inline_code, "events/rooms.html", "<p style='color: red'>"),
        (inline_code, "events/rooms.html", "<a {% if x %}onclick='go()'{% endif %}>"),
        (inline_code, "events/rooms.html", "<script>go()</script>"),
        (inline_code, "layouts/public.html", "<style>p { color: red }</style>"),
        (unexplained_safe, "events/rooms.html", "{{ text | safe }}"),
        (unexplained_safe, "events/rooms.html", "{% autoescape false %}{{ text }}{% endautoescape %}"),
        (untranslated, "events/rooms.html", "<h1>Rooms</h1>"),
        (untranslated, "events/rooms.html", "<img alt='Portrait'>"),
        (untranslated, "mail/welcome.txt", "Hello {{ name }}"),
    ],
)
def test_planted_violation_is_found(rule, place: str, text: str) -> None:
    assert len(list(rule(place, text))) == 1


def test_what_is_allowed_is_not_reported() -> None:
    text = """{% extends 'layouts/public.html' %}{% from 'parts/form.html' import field %}{% include 'events/_room.html' %}
    <script type="application/ld+json">{{ data }}</script><script type="module" src="{{ asset('js/x.js') }}"></script>
    <h1 title="{{ _('Rooms') }}">{{ _("Rooms") }} · PDF</h1>{% trans name=x %}Hello <b>{{ name }}</b>{% endtrans %}"""
    assert [fault for rule in RULES for fault in rule("events/rooms.html", text)] == []
