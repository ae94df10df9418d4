"""What the form of a proposal says, as plain values; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WORDS = ("title", "subtitle", "abstract", "leading_questions", "target_group", "wishes", "technology")


@dataclass(frozen=True)
class Named:
    """Somebody named in a proposal; without a role not on stage."""

    name: str
    email: str = ""
    organisation: str = ""
    role: str = ""


@dataclass(frozen=True)
class Contents:
    """What a form says: the first of `people` proposes; `answers` are values by version of the question."""

    kind: str
    people: Sequence[Named]
    words: Mapping[str, str] = field(default_factory=dict)
    minutes: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
