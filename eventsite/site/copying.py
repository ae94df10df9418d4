"""Copies an event: row by row what rules_copying names, in one transaction, never anything of the people who came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from eventsite.allocation import conditions
from eventsite.allocation.models import AllocationRule
from eventsite.contributions.models import ContributionPlan
from eventsite.core import audit, clock, ids
from eventsite.core.db import db, transaction
from eventsite.events import rules as event_rules
from eventsite.events import service as events
from eventsite.events.models import Event, EventHost, InfoPage, OldSlug
from eventsite.mail.models import MailText
from eventsite.people import service as people
from eventsite.people.models import Membership
from eventsite.programme.models import Appearance, ProgrammeItem, Round, Track
from eventsite.proposals.models import Call
from eventsite.registration import service_contingents, service_options, service_places
from eventsite.registration.models import ConsentText, Contingent, Question, QuestionVersion
from eventsite.registration.models_surveys import Survey
from eventsite.site import rules_copying as rules
from eventsite.site.rules_copying import COPIED, Copied, Shift

MODELS: dict[str, Any] = {
    model.__tablename__: model
    for model in (
        *(Event, EventHost, InfoPage, Track, Round, ProgrammeItem, Appearance, Survey, Question, QuestionVersion),
        *(ConsentText, Contingent, MailText, AllocationRule, Membership, Call, ContributionPlan),
    )
}


@dataclass(frozen=True)
class Wanted:
    """What the copy is to be: its words, address and dates, and the parts that come along."""

    title: Mapping[str, str]
    slug: str
    dates: Mapping[str, datetime | None]  # by the names of rules_copying.DATES
    parts: frozenset[str]


@dataclass(frozen=True)
class _Copy:
    """One copy on its way: where from, where to, how far, and which new row stands for which old one."""

    source: Event
    target: Event
    shift: Shift
    parts: frozenset[str]
    actor: str
    new_ids: dict[str, dict[int, int]]
    uids: dict[str, str]


def copy_event(event_id: int, wanted: Wanted, *, actor: str, member_id: int | None = None) -> Event:
    """A new draft made from an event; all of it or nothing. The account `member_id` will be an organiser of it.

    Refuses an address that is taken or reserved, and dates that contradict each other.
    """
    with transaction():
        source = events.lock_event(event_id)
        target = events.create_event(host_ids=[], actor=actor, **_values_of_event(source, wanted))
        shift = Shift(source.starts_at, target.starts_at, source.timezone)
        copy = _Copy(source, target, shift, wanted.parts, actor, {"event": {source.id: target.id}}, {})
        for name, table in COPIED.items():
            if name == "contingent":
                _contingents(copy)
            elif name != "event" and (not table.part or table.part in wanted.parts):
                _rows(copy, name, table)
        if member_id is not None:
            people.give_role(member_id, target.id, "organiser", actor=actor)
        details = {"from": source.public_id, "parts": sorted(wanted.parts)}
        subject = f"event {target.public_id}"
        audit.record("event copied", subject=subject, actor=actor, event_id=target.id, details=details)
        return target


def _values_of_event(source: Event, wanted: Wanted) -> dict[str, Any]:
    table = COPIED["event"]
    left_out = {*table.new, *table.now}
    columns = [column.key for column in Event.__table__.columns if column.key not in left_out]
    values = {**{name: getattr(source, name) for name in columns}, **table.emptied}
    if "texts" not in wanted.parts:
        values |= {name: type(values[name])() for name in rules.TEXTS}
    if "venue" not in wanted.parts:
        values["venue_id"] = None
    before, after = (wanted_start.year for wanted_start in (source.starts_at, wanted.dates["starts_at"] or clock.now()))
    values["short_title"] = {
        code: rules.with_year(text, before, after) for code, text in dict(source.short_title).items()
    }
    return {**values, **wanted.dates, "title": dict(wanted.title), "slug": wanted.slug}


def _rows(copy: _Copy, name: str, table: Copied) -> None:
    model = MODELS[name]
    parents = copy.new_ids.get(table.leads.get(table.owner, "event"), {})
    query = select(model).where(getattr(model, table.owner).in_(parents)).order_by(*model.__table__.primary_key)
    with transaction() as session:
        found = list(session.scalars(query))
        if name in _NEWEST:  # of several versions only the last
            found = list({_NEWEST[name](row): row for row in sorted(found, key=_number)}.values())
        found = [row for row in found if _comes_along(copy, name, row)]
        made = [(row, model(**_values(copy, name, table, row))) for row in found]
        session.add_all(new for _row, new in made)
        session.flush()
        if "id" in model.__table__.columns:
            copy.new_ids[name] = {row.id: new.id for row, new in made}
        if name == "programme_item":
            copy.uids.update({row.public_id: new.public_id for row, new in made})
        if name == "question_version":
            for _row, new in made:
                service_options.follow(copy.target.id, new.question_id, new.kind, new.options)


def _number(row: Any) -> int:
    return int(row.version if hasattr(row, "version") else row.number)


# What tells versions of different things apart.
_NEWEST: dict[str, Callable[[Any], Any]] = {
    "question_version": lambda row: row.question_id,
    "consent_text": lambda row: row.kind,
    "mail_text": lambda row: (row.kind, row.language),
}


def _comes_along(copy: _Copy, name: str, row: Any) -> bool:
    if name == "programme_item":
        return row.cancelled_at is None
    if name == "question":
        return row.retired_at is None and ("questions" if row.survey_id is None else "surveys") in copy.parts
    if name == "consent_text":
        return row.retired_at is None
    if name == "allocation_rule":
        return _has_its_workshops(copy, row)
    return name != "mail_text" or not row.is_default


def _has_its_workshops(copy: _Copy, row: Any) -> bool:
    """One that named people only says nothing without them, nor does one whose workshops stayed behind."""
    details = dict(row.details)
    named = [*details.get("items", ()), *(details[key] for key in ("item", "needs") if key in details)]
    is_for_people = row.kind == conditions.CONTINGENT and not details["organisation"]
    return not is_for_people and all(uid in copy.uids for uid in named)


def _values(copy: _Copy, name: str, table: Copied, row: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key in (column.key for column in row.__table__.columns if column.key not in table.new):
        values[key] = _value(copy, table, key, getattr(row, key))
    if "public_id" in table.new and hasattr(row, "public_id"):
        values["public_id"] = ids.new_public_id()
    if {"starts_at", "ends_at"} <= set(table.times):
        values["starts_at"], values["ends_at"] = copy.shift.span(row.starts_at, row.ends_at)
    return {**values, **table.emptied, **_special(copy, name, row)}


def _value(copy: _Copy, table: Copied, key: str, value: Any) -> Any:
    if key == table.actor:
        return copy.actor
    if key in table.now:
        return clock.now()
    if value is None:
        return None
    if key == table.owner and key not in table.leads:
        return copy.target.id
    if key in table.leads:
        return copy.new_ids.get(table.leads[key], {}).get(value)
    if key == "room_id" and "venue" not in copy.parts:
        return None
    if key in table.deadlines:
        return copy.shift.deadline(value)
    return copy.shift.time(value) if key in table.times else value


def _special(copy: _Copy, name: str, row: Any) -> dict[str, Any]:
    """What needs a look inside: days in the limits of an answer, workshops and people in rules and audiences."""
    if name == "question_version" and row.kind == "date":
        return {"limits": {key: copy.shift.day(str(value)) for key, value in dict(row.limits).items()}}
    if name == "survey":
        return {"audience": {"status": row.audience["status"]} if row.audience.get("status") else {}}
    if name == "allocation_rule":
        return {"details": {key: _mapped(copy, key, value) for key, value in dict(row.details).items()}}
    return {}


def _mapped(copy: _Copy, key: str, value: Any) -> Any:
    if key == "people":
        return []
    if key == "items":
        return [copy.uids[uid] for uid in value if uid in copy.uids]
    return copy.uids.get(value, "") if key in ("item", "needs") else value


def _contingents(copy: _Copy) -> None:
    """Through their own verb, since their places are kept at once; what does not fit into the event is left out."""
    if "contingents" not in copy.parts:
        return
    for row in _of(copy.source.id, "contingent"):
        free = service_places.places_for(copy.target, "onsite").free
        places = row.places if free is None else min(row.places, free)
        until = copy.shift.deadline(row.until) if row.until else None
        if places > 0:
            until = until if until and until > clock.now() else None
            service_contingents.store(copy.target.id, None, name=row.name, places=places, until=until, actor=copy.actor)


def _of(event_id: int, name: str) -> list[Any]:
    model = MODELS[name]
    return list(db.session.scalars(select(model).where(model.event_id == event_id).order_by(model.id)))


def counts(event_id: int) -> dict[str, int]:
    """How many rows of each part there are, in one query."""
    happens = (ProgrammeItem.event_id == event_id, ProgrammeItem.cancelled_at.is_(None))
    counted: dict[str, Any] = {
        "programme": select(func.count(ProgrammeItem.id)).where(*happens),
        "people": select(func.count(Appearance.id)).join(ProgrammeItem).where(*happens),
        "questions": select(func.count(Question.id)).where(
            Question.event_id == event_id, Question.retired_at.is_(None), Question.survey_id.is_(None)
        ),
        "consents": select(func.count(ConsentText.kind.distinct())).where(
            ConsentText.event_id == event_id, ConsentText.retired_at.is_(None)
        ),
        "mails": select(func.count(MailText.kind.distinct())).where(MailText.event_id == event_id),
    }
    for name, table in COPIED.items():
        if table.part and table.part not in counted and table.owner == "event_id":
            counted[table.part] = select(func.count()).where(MODELS[name].event_id == event_id)
    row = db.session.execute(select(*(query.scalar_subquery() for query in counted.values()))).one()
    return dict(zip(counted, row, strict=True))


@dataclass(frozen=True)
class Moved:
    """One date and where it moves to; skipped: the time of day does not exist there, so it comes a little later."""

    what: Any  # Words, or a name
    before: datetime
    after: datetime
    is_skipped: bool


def moved(event_id: int, shift: Shift, parts: frozenset[str]) -> dict[str, list[Moved]]:
    """Every date of the parts that come along, by part and in order."""
    found: dict[str, list[Moved]] = {}

    def add(part: str, what: Any, before: datetime | None, after: datetime | None, *, is_deadline: bool) -> None:
        if part in parts and before is not None and after is not None:
            skipped = shift.is_skipped(before, after, is_deadline=is_deadline)
            found.setdefault(part, []).append(Moved(what, before, after, skipped))

    if "programme" in parts:
        planned = [*_of(event_id, "round"), *_of(event_id, "programme_item")]
        for row in sorted(planned, key=lambda one: (one.starts_at, one.ends_at)):
            if getattr(row, "cancelled_at", None) is None:
                start, end = shift.span(row.starts_at, row.ends_at)
                add("programme", row.title, row.starts_at, start, is_deadline=False)
                if shift.is_skipped(row.ends_at, end):
                    add("programme", row.title, row.ends_at, end, is_deadline=False)
    for label, until in _answer_deadlines(event_id) if "questions" in parts else ():
        add("questions", label, until, shift.deadline(until), is_deadline=True)
    for row in _of(event_id, "survey") if "surveys" in parts else ():
        for instant in (row.opens_at, row.closes_at):
            add("surveys", row.title, instant, shift.deadline(instant) if instant else None, is_deadline=True)
    for row in _of(event_id, "contingent") if "contingents" in parts else ():
        add("contingents", row.name, row.until, shift.deadline(row.until) if row.until else None, is_deadline=True)
    return found


def _answer_deadlines(event_id: int) -> list[tuple[dict[str, str], datetime]]:
    query = (
        select(QuestionVersion.label, QuestionVersion.answer_until, QuestionVersion.question_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.event_id == event_id, Question.retired_at.is_(None), Question.survey_id.is_(None))
        .order_by(Question.position, QuestionVersion.number)
    )
    newest = {row[2]: (row[0], row[1]) for row in db.session.execute(query)}
    return [(label, until) for label, until in newest.values() if until is not None]


def is_free(slug: str) -> bool:
    """Whether a new event may have this address."""
    return event_rules.is_slug(slug) and slug not in taken_slugs()


def taken_slugs() -> set[str]:
    """Every address an event has or had."""
    return {*db.session.scalars(select(Event.slug)), *db.session.scalars(select(OldSlug.slug))}
