"""Calling off a whole event, taking that back, and moving it: banner, calendars, and one mail to everybody concerned."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from eventsite.core import clock, i18n
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import rules as event_rules
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.programme import queries as programmes
from eventsite.programme import service_releases
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration import queries_coming, rules, service_places, service_promotion
from eventsite.registration.models import Announcement, Registration
from eventsite.registration.rules import Status
from eventsite.site import signup, speaker_news

AT_ONCE = 50  # letters in one transaction
MOST_FREED = 100
DEADLINES = ("registration_closes_at", "wishes_close_at", "reminder_at")
Words = dict[str, str]


@dataclass(frozen=True)
class Move:
    """A new date: when, what moves along, and until when people say whether it suits them."""

    starts_at: datetime
    ends_at: datetime
    answers_until: datetime
    with_programme: bool
    with_deadlines: bool


def statuses(*, with_ended: bool) -> list[str]:
    """Who is concerned: everybody who is registered; those who have cancelled only where so chosen."""
    chosen = [*rules.LIVE, Status.CANCELLED, Status.DECLINED] if with_ended else [*rules.LIVE]
    return sorted(str(status) for status in chosen)


def call_off(event_id: int, notice: Words, *, with_ended: bool = False, actor: str) -> None:
    """Cancels the event for everybody; it can be taken back. Refuses an event that is called off or over."""
    with transaction():
        event = events.lock_event(event_id)
        if event.cancelled_at is not None or clock.now() >= event.ends_at:
            raise Refused(_l("The event is called off or over already."))
        events.change_event(event_id, actor=actor, cancelled_at=clock.now(), notice=notice)
        _announce(event_id, "called_off", statuses(with_ended=with_ended), actor)


def put_back_on(event_id: int, *, actor: str) -> None:
    """Takes the cancellation back: registrations stand as they were, and the waiting list moves again."""
    with transaction():
        event = events.lock_event(event_id)
        if event.cancelled_at is None:
            raise Refused(_l("The event is not called off."))
        events.change_event(event_id, actor=actor, cancelled_at=None, notice={})
        service_promotion.promote(event_id, "place free", actor)
        _announce(event_id, "back_on", statuses(with_ended=False), actor)


def move(event_id: int, new: Move, notice: Words, *, with_ended: bool = False, actor: str) -> None:
    """Gives the event a new date and asks those with a place whether they come; earlier answers no longer count.

    Programme and deadlines move along where so chosen, by the clock on the wall. Refuses a date in the past, an end
    before the start, and a deadline for answers that is not before the event.
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        refuse_bad_date(event, new)
        before, zone = event.starts_at, event.timezone
        values: dict[str, Any] = {
            "starts_at": new.starts_at,
            "ends_at": new.ends_at,
            "answers_until": new.answers_until,
            "notice": notice,
            "moved_from": event.moved_from or before,
        }
        if new.with_deadlines:
            for name in DEADLINES:
                if (instant := getattr(event, name)) is not None:
                    values[name] = event_rules.shifted(instant, before, new.starts_at, zone)
        if new.with_programme:
            _move_programme(event_id, before, new.starts_at, zone)
        events.change_event(event_id, actor=actor, **values)
        if new.with_programme and programmes.find_release(event_id) is not None:
            service_releases.release(event_id, actor)
        session.execute(
            update(Registration)
            .where(Registration.event_id == event_id, Registration.status == Status.CONFIRMED)
            .values(asked_at=clock.now(), coming="", coming_at=None)
        )
        _announce(event_id, "moved", statuses(with_ended=with_ended), actor)


def refuse_bad_date(event: Event, new: Move) -> None:
    """Refuses a date the event cannot move to."""
    if event.cancelled_at is not None:
        raise Refused(_l("The event is called off. Take that back first."))
    if new.ends_at <= new.starts_at:
        raise Refused(_l("The event must end after it starts."))
    if new.starts_at <= clock.now():
        raise Refused(_l("The new date must lie in the future."))
    if new.starts_at == event.starts_at and new.ends_at == event.ends_at:
        raise Refused(_l("This is the present date."))
    if not clock.now() < new.answers_until < new.starts_at:
        raise Refused(_l("The deadline for answers must lie between now and the new date."))


def _move_programme(event_id: int, before: datetime, after: datetime, zone: str) -> None:
    with transaction() as session:
        rounds = session.scalars(select(Round).where(Round.event_id == event_id)).all()
        items = session.scalars(select(ProgrammeItem).where(ProgrammeItem.event_id == event_id)).all()
        moving: list[Any] = [*rounds, *items]
        for row in moving:
            length = row.ends_at - row.starts_at
            row.starts_at = event_rules.shifted(row.starts_at, before, after, zone)
            ends_at = event_rules.shifted(row.ends_at, before, after, zone)
            # Where the clocks are changed in between, an end must not come before its start.
            row.ends_at = ends_at if ends_at > row.starts_at else row.starts_at + length
        for item in items:
            if item.online_from is not None:  # else the link would be shown long before its time
                item.online_from = event_rules.shifted(item.online_from, before, after, zone)
            item.updated_at = clock.now()
        session.flush()


def _announce(event_id: int, kind: str, wanted: Collection[str], actor: str) -> None:
    with transaction() as session:
        news = Announcement(
            event_id=event_id, kind=kind, statuses=list(wanted), actor=actor, created_at=clock.now(), last_id=0
        )
        session.add(news)
        session.flush()
        write_announcement.later(news.id)


@background
def write_announcement(announcement_id: int) -> None:
    """Writes the mails of one piece of news, some at a time; begun again, it goes on where it stopped."""
    while _write_some(announcement_id) == AT_ONCE:
        pass


@periodic(minutes=1)
def write_announcements() -> None:
    """Goes on with news whose bell was lost."""
    ids = list(db.session.scalars(select(Announcement.id).where(Announcement.done_at.is_(None))))
    db.session.rollback()
    for announcement_id in ids:
        write_announcement(announcement_id)


def _write_some(announcement_id: int) -> int:
    with transaction() as session:
        news = session.get_one(Announcement, announcement_id, populate_existing=True)
        if news.done_at is not None:
            return 0
        event = events.lock_event(news.event_id)
        query = select(Registration).where(Registration.event_id == event.id, Registration.id > news.last_id)
        query = query.where(Registration.status.in_(news.statuses)).order_by(Registration.id).limit(AT_ONCE)
        people = list(session.scalars(query))
        for one in people:
            _write(news, event, one)
            news.last_id = one.id
        written = len(people) + speaker_news.write(news, event, AT_ONCE - len(people))
        if written < AT_ONCE:
            news.done_at = clock.now()
        return written


def _write(news: Announcement, event: Event, one: Registration) -> None:
    kind, extra = news.kind, {}
    if kind == "moved" and one.status != Status.CONFIRMED:
        kind = "moved_informed"
    elif kind == "moved" and event.answers_until is not None:
        with i18n.use_language(one.language), i18n.use_zone(event.timezone):
            extra["deadline"] = i18n.format_datetime(event.answers_until)
    service_places.write(kind, one, f"news:{news.id}:{one.public_id}", **extra)


def free_unanswered(event_id: int, *, actor: str) -> int:
    """Gives places of those who were asked and did not answer in time to others, a hundred at once; how many it were.

    Refuses before the deadline for answers.
    """
    with transaction() as session:
        event = session.get_one(Event, event_id, populate_existing=True)
        if event.answers_until is not None and clock.now() < event.answers_until:
            raise Refused(_l("The deadline for answers has not passed yet."))
    query = select(Registration.id).where(Registration.event_id == event_id, *queries_coming.UNANSWERED)
    ids = list(db.session.scalars(query.order_by(Registration.id).limit(MOST_FREED)))
    db.session.rollback()
    for registration_id in ids:
        with transaction():
            _event, one = service_places.lock(registration_id)
            if one.coming == "" and one.asked_at is not None:
                signup.sign_off(registration_id, actor=actor, reason="not answered")
    return len(ids)
