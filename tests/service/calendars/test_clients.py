"""A meeting lives through everything that can happen, and calendars end with exactly the right entries.

One person's calendar is kept by the feed, by mails, and by both mixed; what they show is held against the rows.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsite.allocation import queries as allocations
from eventsite.allocation import service_own
from eventsite.calendars import queries as feeds
from eventsite.core import clock, i18n, ical
from eventsite.core.db import db
from eventsite.core.errors import NotFound, Refused
from eventsite.events import service as events
from eventsite.mail import transport
from eventsite.mail.models import OutboxMessage
from eventsite.programme import queries as programmes
from eventsite.programme import queries_releases, service_releases
from eventsite.programme import service as programme
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.site import announcing, service_affected, signup
from eventsite.site.rules_affected import REASONS, Chosen
from tests.allocating import make_wished_meeting, publish
from tests.calendar_client import Client
from tests.conftest import NOW
from tests.meeting import at, words


class Life:
    """One meeting, one person, three calendars, and a clock that only goes forward."""

    def __init__(self, seed: int) -> None:
        self.dice, self.now, self.seen = random.Random(seed), NOW, 0
        self.meeting, people = make_wished_meeting(people=2, places=4)
        self.owner = people[0].id
        self.others = [people[1].id]
        self.by_feed, self.by_mail, self.by_both = Client(), Client(), Client()
        registrations.send_link(registrations.queries.with_links(self.owner))
        publish(self.meeting)
        self.added = 0

    def step(self) -> None:
        """One thing happens; then mails come in, and sometimes feeds are looked at."""
        deeds: list[Callable[[], Any]] = [
            self.change, self.change, self.cancel_or_restore, self.delete_or_add, self.sign_off_or_back,
            self.call_off_or_on, self.move_event, self.swap,
        ]  # fmt: skip
        self.now += timedelta(minutes=7)
        with clock.freeze(self.now):
            try:
                self.dice.choice(deeds)()
            except (Refused, NotFound):
                db.session.rollback()
            if self.dice.random() < 0.5:
                self.release()
        self.deliver()
        if self.dice.random() < 0.3:
            self.look()

    def item(self) -> Any:
        db.session.rollback()
        return self.dice.choice(programmes.items(self.meeting.event.id))

    def change(self) -> None:
        item = self.item()
        minutes = timedelta(minutes=self.dice.choice([5, 10, -5]))
        values: list[dict[str, Any]] = [
            {"starts_at": item.starts_at + minutes, "ends_at": item.ends_at + minutes},
            {"title": words(f"Titel {self.dice.randint(1, 99)}; „Ä, ö“")},
            {"room_id": self.dice.choice([r.id for r in events.queries.rooms(self.meeting.event)])},
        ]
        programme.change_item(item.id, **self.dice.choice(values))

    def cancel_or_restore(self) -> None:
        item = self.item()
        (programme.restore_item if item.cancelled_at else programme.cancel_item)(item.id)

    def delete_or_add(self) -> None:
        self.added += 1
        if self.added % 2:
            times = {"starts_at": at(9), "ends_at": at(10)}
            programme.create_item(self.meeting.event.id, kind="talk", title=words(f"Neu {self.added}"), **times)
        else:
            programme.delete_item(self.item().id)

    def sign_off_or_back(self) -> None:
        one = self.registration()
        (signup.take_back if one.status == "cancelled" else signup.sign_off)(one.id)

    def call_off_or_on(self) -> None:
        if self.event().cancelled_at:
            announcing.put_back_on(self.meeting.event.id, actor="test")
        else:
            announcing.call_off(self.meeting.event.id, words("Sturm"), actor="test")

    def move_event(self) -> None:
        event = self.event()
        day = timedelta(days=self.dice.choice([1, 7]))
        new = announcing.Move(
            event.starts_at + day,
            event.ends_at + day,
            clock.now() + timedelta(days=1),
            with_programme=True,
            with_deadlines=False,
        )
        announcing.move(event.id, new, words("Andere Woche"), actor="test")

    def swap(self) -> None:
        names = ["first", "second"]
        sits = [row.item_id for row in allocations.places_of(self.owner)]
        free = [self.meeting.items[n].id for n in names if self.meeting.items[n].id not in sits]
        if sits and sits[0] and self.dice.random() < 0.5:
            service_own.give_back(self.owner, sits[0])
        else:
            service_own.take(self.owner, self.dice.choice(free))

    def release(self) -> None:
        event_id = self.meeting.event.id
        number = service_releases.release(event_id, "test")
        if number is None:
            return
        changed = frozenset(change["uid"] for change in queries_releases.get_release(event_id, number).changes)
        chosen = Chosen(changed, frozenset(), frozenset(REASONS))
        for seen in (1, 2):  # the circle is the owner, or the other one too
            try:
                service_affected.send(event_id, number, chosen, {}, seen=seen, actor="test")
            except Refused:
                db.session.rollback()
        service_affected.write_open_mails()

    def deliver(self) -> None:
        with clock.freeze(self.now):
            announcing.write_announcements()
        db.session.rollback()
        one = self.registration()
        query = db.select(OutboxMessage).where(OutboxMessage.person_id == one.person_id, OutboxMessage.id > self.seen)
        for message in db.session.scalars(query.order_by(OutboxMessage.id)):
            self.seen = message.id
            for part in message.attachments:
                for client in (self.by_mail, self.by_both):
                    client.receive(part["text"].encode())

    def look(self) -> None:
        octets = self.feed()
        for client in (self.by_feed, self.by_both):
            client.refresh(octets)

    def feed(self) -> bytes:
        one = self.registration()
        with clock.freeze(self.now), i18n.use_language(one.language):
            return ical.to_ics(ical.Feed(name="x"), feeds.personal_entries(one, transport.base_url()))

    def registration(self) -> Registration:
        db.session.rollback()
        return db.session.get_one(Registration, self.owner)

    def event(self) -> Any:
        db.session.rollback()
        return db.session.get_one(type(self.meeting.event), self.meeting.event.id)

    def expected(self, *, is_feed: bool) -> set[tuple[str, Any, Any]]:
        """Summary, start and end of what belongs into the calendar, from the rows."""
        one, event = self.registration(), self.event()
        if one.status != "confirmed" or event.cancelled_at:
            return set()
        released = programmes.released(event.id)
        assert released is not None
        items = {item["id"]: item for item in released.items if item["status"] != "cancelled"}
        mine = {row.item_id for row in allocations.places_of(one.id)} & items.keys()
        general = {key for key, item in items.items() if item["round"] is None} if is_feed else set()
        with i18n.use_language(one.language):
            wanted = {
                (i18n.local(items[key]["title"]), items[key]["starts_at"], items[key]["ends_at"])
                for key in mine | general
            }
            return wanted | {(i18n.local(event.title), event.starts_at, event.ends_at)}


def plainly(client: Client) -> set[tuple[str, Any, Any]]:
    """What a calendar shows, without the kind and number before the title."""
    found = set()
    for summary, start, end, _location, status in client.shown():
        if status == "CONFIRMED":
            head, colon, title = summary.partition(": ")
            found.add((title if colon and head.startswith("Workshop") else summary, start, end))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_calendars_end_with_exactly_the_right_entries(app: Flask, seed: int) -> None:
    life = Life(seed)
    for _number in range(14):
        life.step()
    life.now += timedelta(minutes=7)
    with clock.freeze(life.now):
        life.release()
    life.deliver()
    life.look()
    assert plainly(life.by_feed) == life.expected(is_feed=True)
    assert plainly(life.by_mail) == life.expected(is_feed=False)
    assert plainly(life.by_both) == life.expected(is_feed=True)
