"""People who want the same workshops: the code they share, and which groups a run keeps together; pure."""

from collections import Counter
from collections.abc import Mapping

MOST = 4  # a group gets the same workshop or none: the larger it is, the harder that becomes
LENGTH = 6  # about 30 bits: nobody finds a code by trying
Told = Mapping[str, Mapping[str, str | None]]


def plain(typed: str) -> str:
    """A code as it is stored, however it was typed or read out: without spaces and hyphens, in small letters."""
    return "".join(letter for letter in typed.casefold() if letter.isalnum())


def shown(code: str) -> str:
    """A code as people read it: two halves with a hyphen between them."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def kept(codes: Mapping[str, str], told: Told) -> tuple[tuple[str, ...], ...]:
    """The groups of at least two by the codes of people, in the order of people.

    Once people were told different places (or only some were told), a group counts no more: told places come first.
    """
    groups: dict[str, list[str]] = {}
    for name, code in codes.items():
        groups.setdefault(code, []).append(name)
    return tuple(
        tuple(names)
        for names in groups.values()
        if len(names) > 1 and all(dict(told.get(n, {})) == dict(told.get(names[0], {})) for n in names)
    )


def sizes(codes: Mapping[str, str]) -> Counter[str]:
    """How many have each code."""
    return Counter(codes.values())
