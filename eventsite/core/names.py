"""Names of people in any script: without academic titles, in the order of a directory, as initials, under a letter."""

import re
import unicodedata

from eventsite.core.i18n import sort_key

# Parts of academic titles; those that could be a name or an initial count with a full stop only.
_PLAIN = {"dr", "prof", "phd", "mba", "msc", "bsc", "llm"}
_PARTS = {
    *_PLAIN, "dipl", "mag", "ing", "med", "phil", "jur", "hc", "eh", "habil", "rer", "nat", "pol", "oec", "theol", "univ",
    "pd", "priv", "doz", "apl", "mult", "dres", "ma", "ba", "ph", "sc", "vet", "dent", "soc", "paed", "päd", "em",
}  # fmt: skip
_SPACED = re.compile(r"\b([he])\.\s+([ch])\.", re.IGNORECASE)  # h. c., e. h.
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
OTHER = "#"  # the letter of names that begin with none


def _is_title(word: str) -> bool:
    if word.startswith("(") and word.endswith(")"):
        return True  # Dipl.-Ing. (FH)
    parts = [part for part in re.split(r"[.\-]", word.casefold()) if part]
    whole = "".join(parts)
    if "." not in word:
        return bool(parts) and all(part in _PLAIN for part in parts)
    return whole in _PARTS or (bool(parts) and all(part in _PARTS for part in parts))


def bare_words(name: str | None) -> list[str]:
    """The words of a name without academic titles and degrees; what stands behind a comma is no part of it."""
    told = _SPACED.sub(r"\1.\2.", (name or "").split(",")[0])
    return [word for word in told.split() if not _is_title(word)]


def _is_han(word: str) -> bool:
    """Chinese, Japanese and Korean names begin with the family's."""
    return any(
        low <= word[:1] <= high for low, high in (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))
    )


def filed(name: str) -> str:
    """The name as a directory files it (DIN 5007): family name first, particles behind the given names, no titles."""
    words = bare_words(name) or name.split()
    if not words or _is_han(words[0]):
        return " ".join(words)
    suffix = [words.pop()] if len(words) > 1 and words[-1].casefold().strip(".") in _SUFFIXES else []
    return " ".join([words[-1], *words[:-1], *suffix])


def letter(filed_name: str) -> str:
    """The letter under which a filed name stands: A to Z without accents, one of another alphabet with capitals, or #."""
    first = next((c for c in sort_key(filed_name)[0] if c.isalnum()), "")
    capital = first.upper()
    return capital if first.isalpha() and capital != first and len(capital) == 1 else OTHER


def initials(name: str | None) -> str:
    """One or two capitals for a person without a picture, nothing for a name without letters.

    First and last name without titles and small particles; letters that would join (Arabic) stand alone.
    """
    words = [word.lstrip("\"'„“”‚‘’«»(") for word in bare_words(name)]
    words = [word for word in words if word[:1].isalpha()]
    words = [word for word in words if not word.islower()] or words
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    if any(unicodedata.bidirectional(word[0]) == "AL" for word in chosen):
        chosen = chosen[:1]
    return "".join(_first(word) for word in chosen)


def _first(word: str) -> str:
    """The first letter with the marks that belong to it, as a capital where its script has any."""
    whole = unicodedata.normalize("NFC", word)
    marks = next((n for n, c in enumerate(whole[1:], 1) if unicodedata.category(c)[0] != "M"), len(whole))
    capital = whole[0].upper()
    return (capital if len(capital) == 1 else whole[0]) + whole[1:marks]
