"""What a mail says: the default words or those an event has for a kind, filled in, as text and as HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from eventsite.core import i18n, text
from eventsite.mail import kinds, rules
from eventsite.mail.kinds import Kind

Values = Mapping[str, Callable[[], str] | str]
MOST_CHARACTERS = 5000


@dataclass(frozen=True)
class Words:
    """The three editable parts in one language, with placeholders, opening and closing in Markdown."""

    subject: str
    opening: str
    closing: str


Texts = Mapping[tuple[str, str], Words]  # by kind and language: what an event has rewritten


@dataclass(frozen=True)
class Part:
    """A piece of a mail in its two forms, both written from the same Markdown."""

    text: str
    html: Markup


@dataclass(frozen=True)
class Wording:
    """The words of one mail, filled in."""

    subject: str
    heading: str
    opening: Part
    closing: Part


def default(kind: Kind, *, on_paper: bool = False) -> Words:
    """What a kind says in the current language where nothing was rewritten."""

    def written(message: object) -> str:
        return rules.template(str(message), kinds.word_of)

    return Words(
        written(kind.subject),
        "\n\n".join(written(paragraph) for paragraph in kind.opening),
        "\n\n".join(written(one) for one in (*kind.closing, *(() if on_paper else kind.attached))),
    )


@lru_cache(maxsize=512)
def _read(markdown: str) -> tuple[str, str]:
    """Both forms of the words alone: read before values come in, so that a name that looks like a link stays a name."""
    return text.plain(markdown, with_links=True), str(text.markdown(markdown, top=2))


def write(kind: Kind, texts: Texts, values: Values, *, on_paper: bool = False) -> Wording:
    """The words of a kind in the current language; only the values that are used are asked for."""
    words = texts.get((kind.key, i18n.current_language())) or default(kind, on_paper=on_paper)
    known = kinds.known(kind)

    def value(key: str) -> str:
        found = values.get(key, "")
        return found if isinstance(found, str) else found()

    def part(markdown: str) -> Part:
        plain, html = _read(markdown)
        return Part(
            rules.filled(plain, known, value),
            Markup(rules.filled(html, known, lambda key: str(escape(value(key))))),
        )

    heading = rules.template(str(kind.heading), kinds.word_of)
    return Wording(
        " ".join(rules.filled(words.subject, known, value).split()),
        rules.filled(heading, known, value),
        part(words.opening),
        part(words.closing),
    )
