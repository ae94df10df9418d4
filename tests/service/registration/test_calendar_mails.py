"""Invitations in mails: one entry per person, with the UID and SEQUENCE of the feed, and called back when it is over."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from eventsite.calendars import queries as feeds
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.mail import transport
from eventsite.mail.models import OutboxMessage
from eventsite.registration import queries, service_calendar
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.site import announcing
from tests.conftest import both_databases
from tests.meeting import Meeting, at, make_meeting, words
from tests.registering import sign_up


def parts(one: Registration) -> list[tuple[str, str, str, int]]:
    """Method, status, UID and SEQUENCE of each invitation this person got, in order."""
    db.session.rollback()
    query = db.select(OutboxMessage).where(OutboxMessage.person_id == one.person_id).order_by(OutboxMessage.id)
    found = []
    for message in db.session.scalars(query):
        for part in message.attachments:
            calendar: Any = Calendar.from_ical(part["text"])
            (entry,) = calendar.walk("VEVENT")
            assert entry["ATTENDEE"] == f"mailto:{one.email}"
            found.append((str(calendar["METHOD"]), str(entry["STATUS"]), str(entry["UID"]), int(entry["SEQUENCE"])))
    return found


def in_feed(meeting: Meeting, one: Registration) -> tuple[str, int]:
    db.session.rollback()
    whole = feeds.personal_entries(db.session.get_one(Registration, one.id), transport.base_url())[0]
    return whole.uid, whole.sequence


def joined(meeting: Meeting, number: int = 1) -> Registration:
    """Somebody with a confirmed place."""
    one = sign_up(meeting.event.id, number)
    registrations.confirm(one.id)
    return one


@both_databases
def test_confirmed_is_invited_and_signed_off_is_called_back(app: Flask) -> None:
    meeting = make_meeting()
    one = sign_up(meeting.event.id)
    assert parts(one) == []
    registrations.confirm(one.id)
    uid, first = in_feed(meeting, one)
    assert parts(one) == [("REQUEST", "CONFIRMED", uid, first)]
    registrations.cancel(one.id)
    uid, second = in_feed(meeting, one)
    assert parts(one)[1:] == [("CANCEL", "CANCELLED", uid, second)]
    registrations.undo_cancellation(one.id)
    uid, third = in_feed(meeting, one)
    assert parts(one)[2:] == [("REQUEST", "CONFIRMED", uid, third)]
    assert first < second < third


def test_calling_off_moving_and_holding_after_all_are_told(app: Flask) -> None:
    meeting = make_meeting()
    one = joined(meeting)
    announcing.call_off(meeting.event.id, words("Sturm"), actor="ada")
    announcing.write_announcements()
    announcing.put_back_on(meeting.event.id, actor="ada")
    announcing.write_announcements()
    events.change_event(meeting.event.id, ends_at=at(16))
    registrations.send_link(queries.with_links(one.id))  # any mail brings what the calendar does not know yet
    told = parts(one)
    assert [(method, status) for method, status, _uid, _sequence in told] == [
        ("REQUEST", "CONFIRMED"),
        ("CANCEL", "CANCELLED"),
        ("REQUEST", "CONFIRMED"),
        ("REQUEST", "CONFIRMED"),
    ]
    assert [sequence for *_rest, sequence in told] == sorted({sequence for *_rest, sequence in told})
    assert told[-1][2:] == in_feed(meeting, one)


def test_what_the_calendar_knows_is_not_told_again(app: Flask) -> None:
    meeting = make_meeting()
    one = joined(meeting)
    registrations.send_link(queries.with_links(one.id))
    assert len(parts(one)) == 1


def test_whoever_wants_no_calendar_mails_gets_none(app: Flask) -> None:
    meeting = make_meeting()
    one = sign_up(meeting.event.id)
    service_calendar.choose(one.id, wants_mails=False, alarm_minutes=None)
    registrations.confirm(one.id)
    registrations.cancel(one.id)
    assert parts(one) == []


def test_waiting_person_is_invited_when_moved_up(app: Flask) -> None:
    meeting = make_meeting(capacity=1)
    first, second = joined(meeting, 1), joined(meeting, 2)
    assert parts(second) == []
    registrations.cancel(first.id)
    assert [(method, status) for method, status, *_rest in parts(second)] == [("REQUEST", "CONFIRMED")]


def test_without_an_organiser_the_entry_is_a_file_to_import(app: Flask) -> None:
    meeting = make_meeting(contact_email="")
    one = joined(meeting)
    (message,) = [m for m in db.session.scalars(db.select(OutboxMessage)) if m.attachments]
    assert (message.person_id, [part["method"] for part in message.attachments]) == (one.person_id, ["PUBLISH"])
    assert [part.get_content_type() for part in transport.compose(message).walk()].count("text/calendar") == 1


def test_mail_programs_find_the_invitation_where_they_look(app: Flask) -> None:
    """RFC 6047 § 2.4: a third reading of the mail with its method, and the same octets as a file."""
    meeting = make_meeting()
    joined(meeting)
    (message,) = [m for m in db.session.scalars(db.select(OutboxMessage)) if m.attachments]
    mail = message_from_bytes(transport.compose(message).as_bytes(policy=SMTP), policy=SMTP)
    assert isinstance(mail, EmailMessage)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "text/calendar",
    ]
    reading, file = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert (reading.get_param("method"), reading.get_param("charset")) == ("REQUEST", "utf-8")
    assert (reading.get_filename(), file.get_filename()) == (None, "werkstatt.ics")
    octets = reading.get_payload(decode=True)
    assert octets == file.get_payload(decode=True) == message.attachments[0]["text"].encode()


@pytest.mark.parametrize("minutes", [15, 1440])
def test_own_feed_reminds_by_choice(app: Flask, minutes: int) -> None:
    meeting = make_meeting()
    one = joined(meeting)
    service_calendar.choose(one.id, wants_mails=True, alarm_minutes=minutes)
    entries = feeds.personal_entries(db.session.get_one(Registration, one.id), transport.base_url())
    found = {entry.is_busy: {alarm.before for alarm in entry.alarms} for entry in entries}
    assert found == {True: {timedelta(minutes=minutes)}, False: set()}
