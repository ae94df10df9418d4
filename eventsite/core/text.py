"""Words: addresses made of titles, safe Markdown, plain extracts and quotation marks."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LATIN = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "å": "a", "ł": "l", "đ": "d",
    "ð": "d", "þ": "th", "ı": "i", "ŋ": "n", "ħ": "h", "ŧ": "t", "ĸ": "k", "&": " ", "@": " at ", "€": " euro ",
}  # fmt: skip
_CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэіїєґ", "abvgdezijklmnoprstufyeiieg", strict=True)) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ё": "yo",
    "ъ": "", "ь": "",
}  # fmt: skip
_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "abgdeziiklmnxoprsstyfo", strict=True)) | {"θ": "th", "χ": "ch", "ψ": "ps"}
_TRANSLITERATION = str.maketrans(_LATIN | _CYRILLIC | _GREEK)
_COMPOSED_UMLAUTS = ("ä", "ö", "ü", "й")

_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "s",
    "ul",
    "ol",
    "li",
    "a",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "code",
    "pre",
    "hr",
}
_QUOTES = {"de": "„“‚‘", "en": "“”‘’"}


def slugify(text: str, *, fallback: str = "n", length: int = 60) -> str:
    """An address part of a–z, 0–9 and hyphens, cut at a word; unknown scripts give `fallback` and a stable number."""
    composed = unicodedata.normalize("NFC", text).lower()
    written = unicodedata.normalize("NFKD", composed.translate(_TRANSLITERATION)).translate(_TRANSLITERATION)
    words = re.findall(r"[a-z0-9]+", "".join(c for c in written if not unicodedata.combining(c) and c not in "'’"))
    if not words:
        return f"{fallback}-{hashlib.sha256(composed.encode()).hexdigest()[:8]}"
    slug = words[0][:length]
    for word in words[1:]:
        if len(slug) + 1 + len(word) > length:
            break
        slug += f"-{word}"
    return slug


@lru_cache(maxsize=8)
def _parser(language: str) -> "MarkdownIt":
    from markdown_it import MarkdownIt

    quotes = _QUOTES.get(language, _QUOTES["en"])
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "typographer": True, "quotes": quotes})
    parser.disable(["html_block", "html_inline"]).enable("strikethrough")
    # Anything else a scheme can do is refused here already, so that it stays readable text instead of a dead link.
    parser.validateLink = lambda url: re.match(r"(?i)\s*(?:https?://|mailto:)", url) is not None  # type: ignore[method-assign]
    return parser.enable(["replacements", "smartquotes"]) if language in _QUOTES else parser


def _without_pictures(tokens: "list[Token]") -> None:
    """Leaves of a typed picture its words: pictures come from the gallery, with credit and consent."""
    for token in tokens:
        for child in token.children or []:
            if child.type == "image":
                child.type, child.tag, child.children = "text", "", None


def _settle_headings(tokens: "list[Token]", top: int) -> None:
    """Makes the highest heading `top` and lets no level be skipped, whatever was typed."""
    open_levels: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            while open_levels and open_levels[-1] >= typed:
                open_levels.pop()
            open_levels.append(typed)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, top + len(open_levels) - 1)}"


def markdown(text: str | None, *, top: int = 3, language: str = "") -> Markup:
    """Typed Markdown as safe HTML: no raw HTML or pictures, links to http, https and mailto, headings from h`top`.

    With a language, straight quotes and double hyphens become that language's quotation marks and dashes.
    """
    if not text or not text.strip():
        return Markup("")
    import nh3

    parser = _parser(language)
    tokens = parser.parse(text)
    _without_pictures(tokens)
    _settle_headings(tokens, top)
    html = parser.renderer.render(tokens, parser.options, {})
    safe = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )
    return Markup(safe.strip())


def _blocks(tokens: "list[Token]", *, with_links: bool = False) -> Iterator[tuple[str, str]]:
    """The text of every block with the lead its list gives it."""
    lists: list[int | None] = []
    lead = ""
    for token in tokens:
        if token.type == "bullet_list_open":
            lists.append(None)
        elif token.type == "ordered_list_open":
            lists.append(int(token.attrGet("start") or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            lead = "– " if number is None else f"{number}. "
            lists[-1] = None if number is None else number + 1
        elif token.type in ("fence", "code_block"):
            yield lead, token.content.strip()
            lead = ""
        elif token.type == "inline":
            yield lead, _inline_text(token.children or [], with_links=with_links)
            lead = ""


def _inline_text(children: "list[Token]", *, with_links: bool = False) -> str:
    words, address, label = "", "", 0
    for token in children:
        if token.type == "link_open":
            address, label = str(token.attrGet("href") or "").removeprefix("mailto:"), len(words)
        elif token.type == "link_close" and with_links and words[label:] != address:
            words += f" ({address})"
        words += "\n" if token.type in ("softbreak", "hardbreak") else token.content
    return words.strip()


def plain(text: str | None, *, language: str = "", with_links: bool = False) -> str:
    """Typed Markdown as plain text for mails and calendars: a line per list item, empty lines between paragraphs.

    With links, the address stands in brackets behind its words.
    """
    if not text:
        return ""
    result = ""
    for lead, words in _blocks(_parser(language).parse(text), with_links=with_links):
        if words:
            joint = "\n" if lead and result.rpartition("\n")[2].startswith(("– ", *"0123456789")) else "\n\n"
            result += (joint if result else "") + lead + words
    return result


def shorten(text: str | None, length: int = 160) -> str:
    """The text on one line, cut at a word with an ellipsis when it is longer than `length` characters."""
    line = " ".join((text or "").split())
    if len(line) <= length:
        return line
    head = line[: length - 1]
    if not line[length - 1].isspace():
        head = head.rpartition(" ")[0] or head
    return head.rstrip(" ,;:–-.(„“") + "…"


def quoted(text: Any, language: str = "de") -> str:
    """The words between the language's quotation marks; marks typed around them are replaced, not doubled."""
    marks = _QUOTES.get(language, _QUOTES["en"])
    words = str(text).strip().strip('„“”»«"').strip()
    return f"{marks[0]}{words}{marks[1]}"
