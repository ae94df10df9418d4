"""Which questions are asked of somebody: conditions on other answers, deadlines; what a whole sheet comes to; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from eventsite.core import i18n
from eventsite.registration import questions
from eventsite.registration.questions import Asked

WITH_CONDITIONS = questions.WITH_OPTIONS | {"yes_no", "consent"}  # kinds whose single answers others can depend on


def values_of(asked: Asked, value: Any) -> set[str]:
    """The answers in a value, as conditions name them."""
    if questions.is_empty(value):
        return set()
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    if isinstance(value, Mapping):
        return {str(one) for one in value.get("chosen", [])}
    return {str(one) for one in value} if isinstance(value, list) else {str(value)}


def is_met(asked: Asked, before: Mapping[str, tuple[Asked, Any]]) -> bool:
    """Whether a question is asked, given the questions before it with their answers; one without condition always is."""
    if not asked.condition:
        return True
    found = before.get(str(asked.condition.get("key")))
    if found is None or questions.is_empty(found[1]):
        return False
    wanted = set(asked.condition.get("values") or ())
    return not wanted or bool(wanted & values_of(*found))


def is_possible(asked: Asked, others: Sequence[Asked]) -> bool:
    """Whether the question it depends on stands before it and has the answers it waits for."""
    if not asked.condition:
        return True
    keys = [one.key for one in others]
    earlier = others[: keys.index(asked.key)] if asked.key in keys else others
    parent = next((one for one in earlier if one.key == asked.condition.get("key")), None)
    return parent is not None and set(asked.condition.get("values") or ()) <= answers_to(parent)


def answers_to(asked: Asked) -> set[str]:
    """The single answers that others can depend on; none for free text."""
    if asked.kind == "yes_no":
        return {"yes", "no"}
    return {"yes"} if asked.kind == "consent" else {str(option["key"]) for option in asked.options}


def dependants(asked: Sequence[Asked], key: str) -> list[Asked]:
    """The questions that are only asked for some answers to this one."""
    return [one for one in asked if one.condition and one.condition.get("key") == key]


def is_closed(asked: Asked, now: datetime) -> bool:
    """Whether the time for answering is over."""
    return asked.answer_until is not None and now >= asked.answer_until


def in_words(asked: Asked, others: Mapping[str, Asked]) -> str:
    """When a question is asked, in a sentence; empty for one that always is."""
    parent = others.get(str(asked.condition.get("key"))) if asked.condition else None
    if parent is None:
        return ""
    label = i18n.local(dict(parent.label))
    wanted = [str(value) for value in asked.condition.get("values") or ()]
    if not wanted:
        return i18n._("Only if you answered “%(question)s”.", question=label)
    if parent.kind == "consent":
        return i18n._("Only if you agreed: “%(question)s”.", question=label)
    words = {str(o["key"]): i18n.local(o["label"]) for o in parent.options}
    words |= {"yes": i18n._("yes"), "no": i18n._("no")} if parent.kind == "yes_no" else {}
    answers = f" {i18n._('or')} ".join(words.get(value, value) for value in wanted)
    return i18n._("Only if you answered “%(question)s” with: %(answers)s.", question=label, answers=answers)


@dataclass
class Settled:
    """What a sheet of answers comes to: a value (or None) per key, a sentence per key where something is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


def settle(
    asked: Sequence[Asked],
    given: Mapping[str, Any],
    now: datetime,
    *,
    stored: Mapping[str, Any] | None = None,
    full: Collection[tuple[int, str]] = (),
) -> Settled:
    """Judges a sheet as it was sent: an unmet condition drops the answer, a passed deadline keeps the stored one.

    `full` names the options (question id, key) that have no place left; somebody who holds one keeps it.
    """
    kept, found = stored or {}, Settled()
    before: dict[str, tuple[Asked, Any]] = {}
    for one in asked:
        value = None
        try:
            if is_met(one, before):
                value = _judged(one, given.get(one.key), kept.get(one.key), now, full)
        except questions.BadAnswer as problem:
            found.problems[one.key] = str(problem)
        found.values[one.key] = value
        before[one.key] = (one, value)
    return found


def _judged(one: Asked, given: Any, stored: Any, now: datetime, full: Collection[tuple[int, str]]) -> Any:
    if is_closed(one, now):
        if _says_something_else(one, given, stored):
            raise questions.BadAnswer(closed_in_words(one))
        return stored
    value = questions.read(one, given)
    for key in sorted(values_of(one, value) - values_of(one, stored)):
        if (one.question_id, key) in full:
            label = next(i18n.local(o["label"]) for o in one.options if str(o["key"]) == key)
            raise questions.BadAnswer(i18n._("“%(answer)s” has no place left. Please choose again.", answer=label))
    return value


def _says_something_else(one: Asked, given: Any, stored: Any) -> bool:
    try:
        value = questions.read(replace(one, is_required=False), given)
    except questions.BadAnswer:
        return True
    return value is not None and value != stored


def closed_in_words(one: Asked) -> str:
    """Until when a question could be answered, and what to do now."""
    if one.answer_until is None:
        return ""
    until = i18n.format_datetime(one.answer_until)
    return i18n._("This could be answered until %(until)s. Please write to the organisers instead.", until=until)
