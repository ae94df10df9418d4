"""Follow-up forms: when one can be answered, what it needs before it is sent, and what the answers come to; pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import questions
from eventsite.registration.questions import Asked
from eventsite.registration.questions_conditions import values_of

LEAST_SHEETS = 5  # of fewer anonymous answers only their number is told: single ones could be recognised
NEVER_ASKED = frozenset({"attendance"})  # decides about places, which a follow-up form does not
NOT_ANONYMOUS = frozenset({"file", "phone"})  # they tell who somebody is
# Files are kept for registrations; what speakers eat and need is asked of them once they are invited.
NOT_PROPOSED = frozenset({"file", "diet", "access"})
STATES: dict[str, Any] = {
    "draft": _l("draft"),
    "planned": _l("opens later"),
    "open": _l("open"),
    "closed": _l("closed"),
}


class Timed(Protocol):
    """What of a follow-up form says when it can be answered."""

    @property
    def sent_at(self) -> datetime | None: ...
    @property
    def opens_at(self) -> datetime | None: ...
    @property
    def closes_at(self) -> datetime | None: ...


def state(survey: Timed, now: datetime) -> str:
    """A key of STATES."""
    if survey.sent_at is None:
        return "draft"
    if survey.opens_at is not None and now < survey.opens_at:
        return "planned"
    return "closed" if survey.closes_at is not None and now >= survey.closes_at else "open"


def kinds(*, is_anonymous: bool, use: str = "people") -> frozenset[str]:
    """The kinds of questions such a form may ask, or a form that goes with a proposal."""
    not_here = NOT_PROPOSED if use == "call" else NOT_ANONYMOUS if is_anonymous else frozenset()
    return frozenset(questions.KINDS) - NEVER_ASKED - not_here


def faults(asked: Sequence[Asked], *, is_anonymous: bool, purpose: Mapping[str, str]) -> list[str]:
    """What is missing before the form may be sent; empty when nothing is."""
    found: list[str] = []
    if not asked:
        found.append(i18n._("There is no question yet that is asked."))
    if not any(purpose.values()):
        found.append(i18n._("Say what the answers are needed for."))
    return found + [one for each in asked for one in faults_of(each, is_anonymous=is_anonymous)]


def faults_of(asked: Asked, *, is_anonymous: bool, use: str = "people") -> list[str]:
    """Why a question does not fit into such a form."""
    label = i18n.local(dict(asked.label))
    found: list[str] = []
    if use == "call" and asked.audience == "sensitive":
        found.append(i18n._("“%(question)s”: everybody who reviews reads the answers.", question=label))
    if use == "call" and any(option.get("places") is not None for option in asked.options):
        found.append(i18n._("“%(question)s”: a proposal takes no places.", question=label))
    if asked.kind not in kinds(is_anonymous=is_anonymous, use=use):
        found.append(i18n._("“%(question)s”: this kind of answer does not fit here.", question=label))
    if is_anonymous and any(option.get("places") is not None for option in asked.options):
        found.append(i18n._("“%(question)s”: places cannot be kept for people who are not known.", question=label))
    return found


@dataclass(frozen=True)
class Sheet:
    """One sheet of answers: by question id the question as it was asked, and the value. `name` is empty if anonymous."""

    answers: Mapping[int, tuple[Asked, Any]]
    name: str = ""
    number: str = ""
    on: date | None = None


@dataclass
class Result:
    """What the answers to one question come to: figures, or words; `is_hidden` where they would tell single people."""

    asked: Asked
    answered: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    average: float | None = None
    is_hidden: bool = False


def results(asked: Sequence[Asked], sheets: Sequence[Sheet], *, is_anonymous: bool) -> list[Result]:
    """What was answered, question by question; texts in the order of the alphabet, which tells nobody's turn."""
    return [_result(one, sheets, is_anonymous=is_anonymous) for one in asked]


def hidden_columns(asked: Sequence[Asked], sheets: Sequence[Sheet], *, is_anonymous: bool) -> set[int]:
    """The questions whose single answers are not told, since too few have given any."""
    return {one.asked.question_id for one in results(asked, sheets, is_anonymous=is_anonymous) if one.is_hidden}


def _result(asked: Asked, sheets: Sequence[Sheet], *, is_anonymous: bool) -> Result:
    given = [sheet.answers[asked.question_id] for sheet in sheets if asked.question_id in sheet.answers]
    found = Result(asked, len(given), is_hidden=is_anonymous and len(given) < LEAST_SHEETS)
    if found.is_hidden:
        return found
    if asked.kind in questions.WITH_OPTIONS or asked.kind in ("yes_no", "consent"):
        found.rows = _options(asked, given)
        found.texts = _in_order(v["other"] for _a, v in given if isinstance(v, Mapping) and v.get("other"))
    elif asked.kind in ("number", "date", "country"):
        found.rows = _counted(given)
        numbers = [value for one, value in given if one.kind == "number"]
        found.average = sum(numbers) / len(numbers) if numbers else None
    else:
        found.texts = _in_order(questions.shown(one, value) for one, value in given)
    return found


def _in_order(words: Any) -> list[str]:
    return sorted((str(one) for one in words), key=lambda one: (i18n.sort_key(one), one))


def _options(asked: Asked, given: Sequence[tuple[Asked, Any]]) -> list[dict[str, Any]]:
    """Every answer with its number, in the order of the form; old ones that are no longer offered come last."""
    counts = Counter(key for one, value in given for key in values_of(one, value))
    labels = {str(option["key"]): i18n.local(option["label"]) for one, _value in given for option in one.options}
    labels |= {"yes": i18n._("yes"), "no": i18n._("no")} if asked.kind in ("yes_no", "consent") else {}
    offered = [str(option["key"]) for option in asked.options]
    offered = offered or (["yes", "no"] if asked.kind == "yes_no" else ["yes"])
    labels |= {str(option["key"]): i18n.local(option["label"]) for option in asked.options}
    order = [*offered, *sorted(counts.keys() - set(offered))]
    return [{"label": labels.get(key, key), "value": counts[key], "kind": None} for key in order]


def _counted(given: Sequence[tuple[Asked, Any]]) -> list[dict[str, Any]]:
    """Each value that occurs with its number, in order."""
    labels = {str(value): questions.shown(one, value) for one, value in given}
    counts = Counter(str(value) for _one, value in given)
    order = sorted(counts, key=lambda text: (not text.lstrip("-").isdigit(), _number(text), text))
    return [{"label": labels[key], "value": counts[key], "kind": None} for key in order]


def _number(text: str) -> int:
    return int(text) if text.lstrip("-").isdigit() else 0


def rate(answered: int, asked: int) -> int:
    """Answers in percent of those asked, rounded; 0 where nobody was."""
    return round(100 * answered / asked) if asked else 0


def visible(asked: Sequence[Asked], *, may_see_sensitive: bool) -> list[Asked]:
    """The questions whose answers somebody may see."""
    return [one for one in asked if may_see_sensitive or one.audience != "sensitive"]


def is_told(answered: int, *, is_anonymous: bool) -> bool:
    """Whether answers are shown at all, or only how many there are."""
    return answered >= (LEAST_SHEETS if is_anonymous else 1)


def fresh_key(key: str, taken: Collection[str]) -> str:
    """A ready question's key, with a number where the event has asked it before."""
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key}-{number}"
    return found
