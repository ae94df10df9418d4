"""Tags as they are typed: one a line, the languages with a slash between."""

from eventsite.core import i18n

MOST_TAGS, MOST_LETTERS = 12, 40
Words = dict[str, str]


def read(text: str) -> list[Words]:
    """Typed tags, each once; a word alone is that of the first language."""
    found: list[Words] = []
    for line in text.splitlines():
        parts = [part.strip()[:MOST_LETTERS] for part in line.split(" / ", len(i18n.languages()) - 1)]
        tag = {code: part for code, part in zip(i18n.languages(), parts, strict=False) if part}
        if tag and tag not in found:
            found.append(tag)
    return found[:MOST_TAGS]


def written(tags: list[Words] | None) -> str:
    """Tags as they are typed; one that lacks the first language begins with the slash."""
    return "\n".join(_line(tag) for tag in tags or [])


def _line(tag: Words) -> str:
    words = [tag.get(code, "") for code in i18n.languages()]
    while words and not words[-1]:
        words.pop()
    return " / ".join(words)
