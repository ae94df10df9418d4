"""Links of speakers and reminders on a real database: once each, by day only, and they stop by themselves."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventsite.contributions import queries, queries_board, rules, service, service_links, service_plan
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.errors import NotFound, Refused
from eventsite.events import service as events
from eventsite.mail.links import resolved
from eventsite.mail.models import OutboxMessage
from eventsite.people.models import PersonalLink
from eventsite.programme.models import Speaker
from tests.conftest import NOW, both_databases
from tests.contributing import make_staged, page_of, token_of
from tests.meeting import Meeting, at, words
from tests.registering import mails
from tests.service.registration.test_races import at_once

DUE = at(17, day=1)  # the first of March


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_staged()


def plan(meeting: Meeting, days: list[int] | None = None, **values: object) -> None:
    usual = {"wanted": ["biography", "technology"], "due_at": DUE, "may_mail_groups": True, **values}
    service_plan.store(meeting.event.id, reminder_days=[14, 3] if days is None else days, actor="test", **usual)  # type: ignore[arg-type]


def sweep(*moments: datetime) -> list[int]:
    """How many mails there are after the sweep of each moment."""
    found = []
    for moment in moments:
        with clock.freeze(moment):
            service_plan.remind_due()
            service_plan.remind_due()
        found.append(len(mails()))
    return found


def send(meeting: Meeting, name: str = "märz", **options: str) -> None:
    service_links.send(meeting.event.id, meeting.speakers[name].id, actor="test", **options)


def test_link_is_mailed_and_opens_the_page(app: Flask, meeting: Meeting) -> None:
    with pytest.raises(Refused, match="keine E-Mail-Adresse"):
        send(meeting, "weiland")
    send(meeting, "weiland", email="weiland@example.org")
    send(meeting)
    db.session.rollback()
    rows = db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert [row.to_address for row in rows] == ["weiland@example.org", "maerz@example.org"]
    address = page_of(meeting.speakers["märz"])
    assert address in resolved(rows[1].text, "http://localhost") and address in resolved(
        rows[1].html, "http://localhost"
    )
    assert app.test_client().get(address).status_code == 200
    link = db.session.get_one(PersonalLink, meeting.speakers["märz"].link_id)
    assert link.expires_at == meeting.event.ends_at + timedelta(days=60)


def test_everybody_without_a_link_gets_one_once(meeting: Meeting) -> None:
    assert [service_links.send_all(meeting.event.id, actor="test") for _again in range(2)] == [1, 0]
    assert [address for address, _subject in mails()] == ["maerz@example.org"]


def test_new_link_makes_former_ones_worthless(app: Flask, meeting: Meeting) -> None:
    märz = meeting.speakers["märz"]
    send(meeting)
    helper = service_links.make_assistant_link(märz.id)
    old, helping = page_of(märz), f"/s/{token_of(helper.id)}/"
    service_links.renew(meeting.event.id, märz.id, actor="test")
    client = app.test_client()
    assert [client.get(one).status_code for one in (old, helping, page_of(märz))] == [404, 404, 200]
    service_links.revoke(meeting.event.id, märz.id, actor="test")
    assert client.get(page_of(märz)).status_code == 404
    send(meeting)
    assert client.get(page_of(märz)).status_code == 200


def test_link_gets_another_end(app: Flask, meeting: Meeting) -> None:
    märz = meeting.speakers["märz"]
    send(meeting)
    with pytest.raises(Refused, match="Zukunft"):
        service_links.expire(meeting.event.id, märz.id, NOW, actor="test")
    service_links.expire(meeting.event.id, märz.id, NOW + timedelta(days=1), actor="test")
    with clock.freeze(NOW + timedelta(days=1)):
        assert app.test_client().get(page_of(märz)).status_code == 404


@both_databases
def test_reminders_go_by_day_once_each(app: Flask, meeting: Meeting) -> None:
    plan(meeting)
    send(meeting)
    first = datetime(2027, 2, 15, 8, tzinfo=NOW.tzinfo)  # nine in the morning there, 14 days before
    night = first.replace(hour=2)
    assert sweep(night, first - timedelta(minutes=1), first, first + timedelta(days=1)) == [1, 1, 2, 2]
    with clock.freeze(datetime(2027, 2, 26, 8, 30, tzinfo=NOW.tzinfo)):
        at_once(app, lambda _n: service_plan.remind_due(), range(8))
    assert [subject for _address, subject in mails()][1:] == ["Es fehlt noch: Technik (Werkstatt Lernorte)"] * 2
    assert sweep(DUE, meeting.event.ends_at) == [3, 3]


def test_reminder_that_fell_into_the_night_goes_in_the_morning(meeting: Meeting) -> None:
    plan(meeting)
    send(meeting)
    evening = datetime(2027, 2, 15, 19, 30, tzinfo=NOW.tzinfo)  # the worker comes back after eight in the evening
    assert sweep(evening, evening + timedelta(hours=13)) == [1, 2]
    assert sweep(datetime(2027, 2, 28, 12, tzinfo=NOW.tzinfo) + timedelta(days=2)) == [2]  # too late for the second


@pytest.mark.parametrize("why", ["delivered", "declined", "revoked", "called off", "no deadline", "not sent", "ended"])
def test_reminders_stop_by_themselves(meeting: Meeting, why: str) -> None:
    event_id, märz = meeting.event.id, meeting.speakers["märz"].id
    plan(meeting)
    if why != "not sent":
        send(meeting)
    before = len(mails())
    if why == "delivered":
        values = queries.practical_values(None)
        service.change_practical(event_id, märz, {**values, "no_technology": "y"}, rules.seen_of(values))
    elif why == "declined":
        service.answer(event_id, märz, "no")
    elif why == "revoked":
        service_links.revoke(event_id, märz, actor="test")
    elif why == "ended":
        service_links.expire(event_id, märz, NOW + timedelta(days=1), actor="test")
    elif why == "called off":
        events.change_event(event_id, cancelled_at=NOW)
    elif why == "no deadline":
        plan(meeting, days=[], due_at=None)
    assert sweep(datetime(2027, 2, 15, 9, tzinfo=NOW.tzinfo)) == [before]


def test_plan_refuses_what_cannot_be(meeting: Meeting) -> None:
    for days, due_at in (([3], None), ([3], meeting.event.ends_at + timedelta(days=1))):
        with pytest.raises(Refused):
            plan(meeting, days=days, due_at=due_at)


def test_board_tells_who_lacks_what(meeting: Meeting) -> None:
    plan(meeting)
    event_id, märz = meeting.event.id, meeting.speakers["märz"]
    service.propose_words(
        märz.id,
        meeting.items["first"].id,
        {"abstract": words("Wie?")},
        rules.seen_of({"abstract": {}}),
        author="speaker",
    )
    service.answer(event_id, meeting.speakers["weiland"].id, "no")
    rows = queries_board.board(event_id, queries.plan(event_id))
    assert [(row.speaker.name, row.missing, row.cells["words"], row.answer) for row in rows] == [
        ("Dr. Daniel März", ["technology"], "open", ""),
        ("Mara Weiland", [], "none", "no"),
    ]


def test_address_of_another_profile_is_refused(meeting: Meeting) -> None:
    with pytest.raises(Refused):
        send(meeting, "weiland", email="maerz@example.org")
    with pytest.raises(NotFound):
        queries_board.get_row(meeting.event.id, "nobody", queries.plan(meeting.event.id))
    assert db.session.scalar(db.select(db.func.count(Speaker.id))) == 2
