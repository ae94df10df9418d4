"""Reads of the organisers' list: who fits what is wanted, page by page, with the cells of the columns chosen.

Every read is a fixed number of queries; a page costs the same on page 1 and on page 100, since the order lies in an index.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Select, Text, and_, case, exists, false, func, literal, or_, select, type_coerce

from eventsite.allocation import queries_wishes
from eventsite.allocation.models import Allocation, Wish
from eventsite.checkin.models import Presence
from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.registration import queries, questions, rules
from eventsite.registration.models import Answer, Consent, Registration
from eventsite.registration.queries import SORTS
from eventsite.site import rules_roster
from eventsite.site.rules_roster import NONE, Facets, Part, Wanted, Workshop

AT_ONCE = 500


def facets(event_id: int) -> Facets:
    """What the registrations of an event can be told apart by; three queries."""
    rounds = [
        Part(
            one.id,
            one.public_id,
            one.title,
            [Workshop(item.id, item.public_id, item.title, item.number) for item in one.items],
        )
        for one in queries_wishes.rounds(event_id)
    ]
    asked = [one for one in queries.asked(event_id) if one.audience != "sensitive"]
    return Facets(asked, rounds, {text.kind: text.text for text in queries.consent_texts(event_id)})


@dataclass(frozen=True)
class Counts:
    """How many there are: by status among all, the ways and languages that occur, and how many fit the filter."""

    by_status: dict[str, int]
    sources: list[str]
    languages: list[str]
    fitting: int


def counts(event: Event, wanted: Wanted, known: Facets, *, names_only: bool = False) -> Counts:
    """One query over the event's registrations."""
    fits = func.sum(case((and_(*_conditions(event, wanted, known, names_only=names_only)), 1), else_=0))
    groups = (Registration.status, Registration.source, Registration.language)
    query = select(*groups, func.count(), fits).where(Registration.event_id == event.id).group_by(*groups)
    by_status = {str(status): 0 for status in rules.Status}
    sources: set[str] = set()
    languages: set[str] = set()
    fitting = 0
    for status, source, language, number, matching in db.session.execute(query):
        by_status[status] = by_status.get(status, 0) + number
        sources.add(source)
        languages.add(language)
        fitting += int(matching or 0)
    return Counts(by_status, sorted(sources), sorted(languages), fitting)


def _contains(column: Any, words: str) -> Any:
    """Text search; SQLite folds the case of ASCII letters only, so the usual spellings of others are tried."""
    spellings = dict.fromkeys((words, words.lower(), words.capitalize()))
    patterns = ["%" + one.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for one in spellings]
    return or_(*(column.ilike(pattern, escape="\\") for pattern in patterns))


def _text(wanted: Wanted, *, names_only: bool) -> Iterator[Any]:
    for word in wanted.text.split()[:6]:
        filed = i18n.sort_key(word)[0]
        found = [_contains(Registration.name, word), _contains(Registration.organisation, word)]
        if filed:
            found.append(_contains(Registration.sort_name, filed))
        if not names_only:
            found += [_contains(Registration.email, word), Registration.public_id == word]
        yield or_(*found)


def _answered(known: Facets, key: str, option: str) -> Any:
    asked = known.question(key)
    assert asked is not None
    given = exists().where(Answer.registration_id == Registration.id, Answer.question_id == asked.question_id)
    if option == NONE:
        return ~given
    stored = type_coerce(Answer.value, Text)
    if asked.kind == "yes_no":
        return given.where(stored == ("true" if option == "yes" else "false"))
    quoted = json.dumps(option, ensure_ascii=False)
    if asked.kind in questions.SEVERAL:
        return given.where(stored.like("%" + quoted.replace("_", r"\_") + "%", escape="\\"))
    return given.where(stored == quoted)


def _workshops(wanted: Wanted, known: Facets) -> Iterator[Any]:
    wish, place = known.workshop(wanted.wish), known.workshop(wanted.place)
    if wish is not None:
        yield exists().where(Wish.registration_id == Registration.id, Wish.item_id == wish.id, Wish.rank.is_not(None))
    if place is not None:
        yield exists().where(Allocation.registration_id == Registration.id, Allocation.item_id == place.id)
    if wanted.place == NONE:
        yield ~exists().where(Allocation.registration_id == Registration.id, Allocation.item_id.is_not(None))


def _undeliverable() -> Any:
    failed = exists().where(
        OutboxMessage.event_id == Registration.event_id,
        OutboxMessage.person_id == Registration.person_id,
        OutboxMessage.state == "failed",
    )
    return or_(Registration.undeliverable != "", failed)


def _present() -> Any:
    return exists().where(Presence.registration_id == Registration.id, Presence.item_id.is_(None))


def _consented(wanted: Wanted) -> Any:
    kind = wanted.consent.removeprefix("-")
    given = exists().where(
        Consent.registration_id == Registration.id,
        Consent.kind == kind,
        Consent.withdrawn_at.is_(None),
        Consent.answer == "yes",
    )
    return ~given if wanted.consent.startswith("-") else given


def _dates(event: Event, wanted: Wanted) -> Iterator[Any]:
    zone = ZoneInfo(event.timezone)
    if wanted.since:
        yield Registration.created_at >= datetime.combine(wanted.since, datetime.min.time(), zone)
    if wanted.until:
        yield Registration.created_at < datetime.combine(wanted.until + timedelta(days=1), datetime.min.time(), zone)


def _conditions(event: Event, wanted: Wanted, known: Facets, *, names_only: bool = False) -> list[Any]:
    found: list[Any] = [Registration.event_id == event.id, *_text(wanted, names_only=names_only)]
    if wanted.unknown:
        found.append(false())
    if wanted.statuses:
        found.append(Registration.status.in_(wanted.statuses))
    if wanted.organisation:
        found.append(_contains(Registration.organisation, wanted.organisation))
    found += [_answered(known, key, option) for key, option in wanted.answers]
    found += [*_workshops(wanted, known), *_dates(event, wanted)]
    if wanted.consent:
        found.append(_consented(wanted))
    if wanted.source:
        found.append(Registration.source == wanted.source)
    if wanted.mode:
        found.append(Registration.mode == wanted.mode)
    if wanted.coming:
        found.append(Registration.coming == ("" if wanted.coming == NONE else wanted.coming))
    if wanted.language:
        found.append(Registration.language == wanted.language)
    if wanted.decision:
        awaits = (Registration.status == rules.Status.PENDING, Registration.needs_decision.is_(True))
        found += [*awaits, Registration.held_until.is_(None)]
    if wanted.mail:
        found.append(_undeliverable())
    if wanted.presence:
        found.append(_present() if wanted.presence == "yes" else ~_present())
    return found


def fitting(event: Event, wanted: Wanted, known: Facets, *, names_only: bool = False) -> Select[int]:
    """The ids of those who fit, in the order wanted, as a query."""
    conditions = _conditions(event, wanted, known, names_only=names_only)
    return select(Registration.id).where(*conditions).order_by(*SORTS[wanted.sort])


def page(
    event: Event, wanted: Wanted, known: Facets, *, limit: int, offset: int, names_only: bool = False
) -> list[Registration]:
    """One page of those who fit; the order is walked in the index, and only the rows shown are read."""
    ids = fitting(event, wanted, known, names_only=names_only).limit(limit).offset(offset).subquery()
    query = select(Registration).join(ids, ids.c.id == Registration.id).order_by(*SORTS[wanted.sort])
    return list(db.session.scalars(query))


def everybody(event: Event, wanted: Wanted, known: Facets) -> Iterator[list[Registration]]:
    """All who fit, some hundred at a time; who they are is settled at the start."""
    ids = list(db.session.scalars(fitting(event, wanted, known)))
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        found = {one.id: one for one in db.session.scalars(select(Registration).where(Registration.id.in_(part)))}
        yield [found[one] for one in part if one in found]


def _marks(ids: Sequence[int], columns: Sequence[str]) -> Select[Any] | None:
    """What hangs on registrations besides answers, in one query: consents, wishes, places, presence, failed mails."""
    wanted = {column.partition("-")[0] for column in columns}
    nothing = literal(None, Integer)
    parts: list[Any] = []

    def add(name: str, key: Any, item: Any, rank: Any, owner: Any, *where: Any) -> None:
        if name in wanted:
            parts.append(select(owner, literal(name), key, item, rank).where(owner.in_(ids), *where))

    kind = Consent.kind + literal(":") + Consent.answer
    add("consent", kind, nothing, nothing, Consent.registration_id, Consent.withdrawn_at.is_(None))
    add("wish", literal(""), Wish.item_id, Wish.rank, Wish.registration_id, Wish.rank.is_not(None))
    add(
        "place", literal(""), Allocation.item_id, Allocation.rank, Allocation.registration_id,
        Allocation.item_id.is_not(None),
    )  # fmt: skip
    add("present", literal(""), nothing, nothing, Presence.registration_id, Presence.item_id.is_(None))
    if "mail" in wanted:
        query = select(Registration.id, literal("mail"), literal(""), nothing, nothing)
        parts.append(query.where(Registration.id.in_(ids), _undeliverable()))
    return parts[0].union_all(*parts[1:]) if parts else None


def cells(rows: Sequence[Registration], wanted: Wanted, known: Facets) -> dict[int, dict[str, Any]]:
    """The values of the chosen columns by registration and column; at most two queries."""
    ids = [one.id for one in rows]
    found = {one.id: {key: value for key, value in _fixed(one).items() if key in wanted.columns} for one in rows}
    if any(column.startswith("q-") for column in wanted.columns):
        for owner, given in queries.answers_of(ids).items():
            for asked, value in given:
                if asked.audience != "sensitive" and f"q-{asked.key}" in wanted.columns:
                    found[owner][f"q-{asked.key}"] = questions.shown(asked, value)
    query = _marks(ids, wanted.columns)
    titles = {item.id: (part, item) for part in known.rounds for item in part.workshops}
    ranked: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for owner, name, key, item, rank in db.session.execute(query) if query is not None else ():
        if name in ("wish", "place") and item in titles:
            part, workshop = titles[item]
            ranked.setdefault((owner, f"{name}-{part.uid}"), []).append((rank or 0, title_of(workshop)))
        elif name in ("present", "mail"):
            found[owner][name] = i18n._("yes")
        elif name == "consent":
            kind, _colon, answer = key.rpartition(":")
            if f"consent-{kind}" in wanted.columns:
                found[owner][f"consent-{kind}"] = str(rules_roster.CONSENT_ANSWERS.get(answer, answer))
    for (owner, column), choices in ranked.items():
        found[owner][column] = "; ".join(title for _rank, title in sorted(choices))
    return found


def title_of(workshop: Workshop) -> str:
    """A workshop with its number."""
    title = i18n.local(dict(workshop.title))
    return f"{workshop.number}. {title}" if workshop.number else title


def _fixed(one: Registration) -> dict[str, Any]:
    return {
        "number": one.public_id,
        "organisation": one.organisation,
        "email": one.email or "",
        "status": str(rules.STATUS_LABELS[one.status]),
        "registered": one.created_at,
        "confirmed": one.confirmed_at,
        "queue": one.queue_number,
        "language": one.language,
        "source": str(rules_roster.SOURCE_LABELS.get(one.source, one.source)),
        "mode": str(rules.MODE_LABELS.get(one.mode, one.mode)),
        "coming": str(rules_roster.COMING_LABELS.get(one.coming, "")),
        "note": one.note,
    }
