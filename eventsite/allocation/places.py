"""Where something stands in the files of a directory: line and column for a sentence about bad input."""

from __future__ import annotations

import json
from typing import Any

_SPACE = " \t\r\n"


def place(text: str, at: int) -> str:
    """Line and column of a position, both counted from 1."""
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - text.rfind(chr(10), 0, at)}"


def place_in(text: str, key: str, index: int | None = None) -> str:
    """Line and column of a key of a JSON object (the last one of that name), or of one entry of its list.

    A key that stands only deeper inside is looked for as text.
    """
    at = max(text.rfind(f'"{key}"'), 0)
    for name, position, value in _members(text):
        if name == key:
            at = position if index is None else _entry(text, value, index, position)
    return place(text, at)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _value_end(text: str, at: int) -> int:
    end: int = json.JSONDecoder(object_pairs_hook=list).raw_decode(text, at)[1]
    return end


def _members(text: str) -> list[tuple[str, int, int]]:
    """Key, its position and the position of its value, as far as the text can be read."""
    found: list[tuple[str, int, int]] = []
    at = _skip(text, 0)
    try:
        while text[at] in "{,":
            start = _skip(text, at + 1)
            key, at = json.JSONDecoder().raw_decode(text, start)
            value = _skip(text, _skip(text, at) + 1)
            found.append((key, start, value))
            at = _skip(text, _value_end(text, value))
    except (ValueError, IndexError, RecursionError):
        return found
    return found


def _entry(text: str, at: int, index: int, otherwise: int) -> int:
    try:
        for _ in range(index):
            at = _skip(text, _value_end(text, _skip(text, at + 1)))
        return _skip(text, at + 1)
    except (ValueError, IndexError, RecursionError):
        return otherwise


def first_twice(keys: list[Any]) -> Any:
    """The first key that stands twice; None if every key stands once."""
    seen: set[Any] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return None
