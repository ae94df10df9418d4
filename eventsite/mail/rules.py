"""Placeholders in the texts of mails: found, judged and filled; no database, no language of its own."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

_FIELD = re.compile(r"\{([^{}\n]*)\}")
_IN_MESSAGE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a placeholder: the line it stands in, what was typed, and what was probably meant."""

    line: int
    typed: str
    meant: str = ""

    @property
    def is_broken(self) -> bool:
        """A brace without its other half."""
        return self.typed in ("{", "}")


def names(text: str) -> list[str]:
    """The names between braces, as they compare: without spaces around, case does not count."""
    return [name.strip().casefold() for name in _FIELD.findall(text)]


def problems(text: str, known: Mapping[str, str]) -> list[Problem]:
    """Every placeholder that is not one of the known names, and every brace left open, from the first line on."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        for match in _FIELD.finditer(line):
            name = match[1].strip().casefold()
            if name not in known:
                near = get_close_matches(name, known, n=1)
                found.append(Problem(number, match[0], f"{{{near[0]}}}" if near else ""))
        found += [Problem(number, brace) for brace in _FIELD.sub("", line) if brace in "{}"]
    return found


def filled(text: str, known: Mapping[str, str], value: Callable[[str], str]) -> str:
    """The text with its placeholders replaced in one pass, so that a value is never read as a placeholder."""

    def one(match: re.Match[str]) -> str:
        key = known.get(match[1].strip().casefold())
        return match[0] if key is None else value(key)

    return _FIELD.sub(one, text)


def template(message: str, word: Callable[[str], str]) -> str:
    """A message of the catalogue as organisers edit it: %(deadline)s becomes {Deadline}, or {Frist} in German."""
    return _IN_MESSAGE.sub(lambda match: f"{{{word(match[1])}}}", message)
