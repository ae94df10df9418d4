"""Reads of the caterer's sheet: meals from the programme, figures from the answers of those who come; no names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem
from eventsite.registration import rules_catering
from eventsite.registration.models import Answer, Question, QuestionVersion, Registration
from eventsite.registration.rules import Status
from eventsite.registration.rules_catering import Meal, Plates, Row

_KINDS = ("diet", "yes_no")


@dataclass(frozen=True)
class Sheet:
    """The finished sheet: the meals chosen and their figures."""

    meals: list[Meal]
    columns: list[Plates]
    kinds: list[Row]
    diets: list[Row]  # only where somebody has several wishes: else they are the same figures
    others: list[Row]
    online: int


def breaks(event: Event) -> list[Meal]:
    """The breaks and get-togethers of the programme, in the event's own time."""
    zone = ZoneInfo(event.timezone)
    query = select(ProgrammeItem).where(
        ProgrammeItem.event_id == event.id,
        ProgrammeItem.kind.in_(("break", "social")),
        ProgrammeItem.cancelled_at.is_(None),
    )
    found = db.session.scalars(query.order_by(ProgrammeItem.starts_at, ProgrammeItem.position, ProgrammeItem.id))
    return [
        Meal(one.public_id, one.title, one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in found
    ]


def sheet(event: Event, meals: list[Meal]) -> Sheet:
    """The figures of those with a confirmed place on site; two queries. Without a meal there is one column for all."""
    confirmed = (Registration.event_id == event.id, Registration.status == Status.CONFIRMED)
    modes = select(Registration.mode, func.count(Registration.id)).where(*confirmed).group_by(Registration.mode)
    by_mode = {row[0]: row[1] for row in db.session.execute(modes)}
    people, mine = by_mode.get("onsite", 0), (*confirmed, Registration.mode == "onsite")
    query = (
        select(Answer.registration_id, Question.key, QuestionVersion.kind, Answer.value, QuestionVersion.options)
        .join(Registration, Registration.id == Answer.registration_id)
        .join(Question, Question.id == Answer.question_id)
        .join(QuestionVersion, QuestionVersion.id == Answer.version_id)
        .where(*mine, QuestionVersion.kind.in_(_KINDS))
        .order_by(Answer.registration_id, Question.position, Question.id)
    )
    answers: dict[int, dict[str, tuple[str, Any]]] = {}
    labels: dict[str, Mapping[str, str]] = {}
    for owner, key, kind, value, options in db.session.execute(query):
        answers.setdefault(owner, {})[key] = (kind, value)
        if kind == "diet":
            labels.update({str(option["key"]): option["label"] for option in options or []})
    guests = [rules_catering.guest(one) for one in answers.values()]
    columns = [rules_catering.plates(people, guests, asked) for asked in [meal.asked for meal in meals] or [""]]
    words = {key: i18n.local(dict(label)) for key, label in labels.items()}
    kinds = {key for column in columns for key in column.kinds}
    combined = {
        key: " + ".join(words.get(one, one) for one in key) or i18n._("only a remark, see below") for key in kinds
    }
    return Sheet(
        meals,
        columns,
        rules_catering.rows(columns, "kinds", combined),
        rules_catering.rows(columns, "diets", words) if any(len(key) > 1 for key in kinds) else [],
        rules_catering.rows(columns, "others", {}),
        by_mode.get("online", 0),
    )


def chosen(items: list[Meal], wanted: Collection[str], asked: Mapping[str, str], keys: Collection[str]) -> list[Meal]:
    """The meals wanted (else the usual ones), each with its question: the one given, else the usual one."""
    uids = [one.uid for one in items if one.uid in wanted] or rules_catering.usual_meals(items)
    found = []
    for one in items:
        if one.uid in uids:
            given = asked.get(one.uid)
            is_known = given is not None and (given in keys or given == "-")
            question = given if is_known and given is not None else rules_catering.usual_question(one, keys)
            found.append(Meal(one.uid, one.title, one.starts_at, one.ends_at, "" if question == "-" else question))
    return found
