"""Whom a release concerns and why, and one mail to each: never twice, with the calendar as the feed has it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsite.allocation import service_own
from eventsite.calendars import queries as calendars
from eventsite.core import clock, i18n, jobs
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.mail import service_suppression
from eventsite.mail.models import OutboxMessage
from eventsite.programme import service, service_releases
from eventsite.programme import service_merging as merging
from eventsite.programme import service_speakers as speakers
from eventsite.registration import queries as registrations
from eventsite.registration.models import Registration
from eventsite.registration.models_releases import ReleaseLetter, ReleaseMailing
from eventsite.site import queries_affected, rules_affected, service_affected, signup
from eventsite.site.rules_affected import REASONS, Chosen
from tests.allocating import join, make_wished_meeting, publish
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, at, make_meeting
from tests.service.registration.test_races import at_once

OPENING = {"de": "der Raum ist ein anderer.", "en": "the room is another one."}


def chosen(meeting: Meeting, *names: str, for_all: tuple[str, ...] = (), reasons: Any = tuple(REASONS)) -> Chosen:
    uids = {name: item.public_id for name, item in meeting.items.items()}
    return Chosen(
        frozenset(uids[n] for n in (*names, *for_all)), frozenset(uids[n] for n in for_all), frozenset(reasons)
    )


def circle(meeting: Meeting, wanted: Chosen, number: int = 2) -> Any:
    db.session.rollback()
    event = registrations_event(meeting)
    row, before = queries_affected.releases_around(event.id, number)
    assert row is not None
    people = queries_affected.concerned(event, row, before, wanted)
    return rules_affected.counts(people), queries_affected.circle_of(event, row, people, wanted)


def registrations_event(meeting: Meeting) -> Any:
    return db.session.get_one(type(meeting.event), meeting.event.id)


def move(meeting: Meeting, *names: str) -> None:
    """Other rooms for these items, and a release."""
    for name in names:
        service.change_item(meeting.items[name].id, room_id=meeting.items["second"].room_id, ends_at=at(13))
    with clock.freeze(NOW + timedelta(days=1)):
        service_releases.release(meeting.event.id)


def send(meeting: Meeting, wanted: Chosen, number: int = 2) -> ReleaseMailing:
    seen = len(circle(meeting, wanted, number)[1].written)
    return service_affected.send(meeting.event.id, number, wanted, OPENING, seen=seen, actor="test")


def told() -> list[tuple[str, str]]:
    """Address and state of every mail about a release."""
    db.session.rollback()
    query = db.select(OutboxMessage).where(OutboxMessage.cause.startswith("release:"))
    return sorted((row.to_address, row.state) for row in db.session.scalars(query))


@both_databases
def test_reasons_before_and_after_the_places_are_given(app: Flask) -> None:
    meeting, people = make_wished_meeting(5, places=3)
    extra = join(meeting, 6, ("second",))
    service.set_appearances(meeting.items["first"].id, [{"speaker_id": meeting.speakers["märz"].id, "role": "lead"}])
    move(meeting, "first")
    counts, _circle = circle(meeting, chosen(meeting, "first"))
    assert counts == dict.fromkeys(REASONS, 0) | {"wish": 5, "moderator": 1}
    publish(meeting)
    service_own.wait(extra.id, meeting.items["first"].id, moves_up=True)
    counts, found = circle(meeting, chosen(meeting, "first"))
    assert (counts["wish"], counts["place"], counts["waiting"], counts["moderator"]) == (0, 3, 1, 1)
    assert len(found.mails) == 5
    counts, found = circle(meeting, chosen(meeting, "first", for_all=("lunch",), reasons=("everybody",)))
    assert (counts["everybody"], len(found.mails), len(people)) == (6, 6, 5)


@both_databases
def test_who_was_taken_out_of_an_item_hears_of_it_and_who_has_no_address_is_listed(app: Flask) -> None:
    meeting = make_meeting()
    service.set_appearances(
        meeting.items["keynote"].id, [{"speaker_id": meeting.speakers["weiland"].id, "role": "keynote"}]
    )
    service_releases.release(meeting.event.id)
    counts, found = circle(meeting, chosen(meeting, "keynote"))
    assert counts["speaker"] == 2
    assert [one.email for one in found.mails] == ["maerz@example.org"]
    assert [(one.name, why) for one, why in found.unreachable] == [("Mara Weiland", "no address")]


@both_databases
def test_each_gets_one_mail_with_own_items_only_and_the_files_of_the_feed(app: Flask) -> None:
    meeting, _people = make_wished_meeting(4, places=2)
    publish(meeting)
    move(meeting, "first", "second", "keynote")
    wanted = chosen(meeting, "first", "second", "keynote")
    mailing = send(meeting, wanted)
    jobs.run_sweeps()
    jobs.run_sweeps()
    assert [address for address, _state in told()] == sorted(
        ["maerz@example.org", *(f"person{n}@example.org" for n in range(1, 5))]
    )
    with pytest.raises(Refused):
        send(meeting, wanted)
    assert db.session.get_one(ReleaseMailing, mailing.id).done_at is not None
    for row in db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.cause.startswith("release:"))):
        titles = [t for t in ("Netze knüpfen", "Räume öffnen", "Orte, die tragen") if f"\n{t}\n" in row.text]
        assert len(titles) == 1
        assert "der Raum ist ein anderer." in row.text
        is_speaker = row.to_address == "maerz@example.org"
        found = [(a["method"], a["text"].count("BEGIN:VEVENT")) for a in row.attachments]
        assert found == ([] if is_speaker else [("REQUEST", 1)])
    one = db.session.scalars(db.select(Registration).order_by(Registration.id)).first()
    assert one is not None
    mine = db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.person_id == one.person_id)).all()[-1]
    sent = mine.attachments[0]["text"]
    full = registrations.get_full(one.id)
    with i18n.use_language(one.language):
        feed = {entry.uid: entry for entry in calendars.personal_entries(full, "http://localhost")}
    uid = re.search(r"UID:(.*)", sent.replace("\r\n ", ""))
    assert uid is not None
    assert f"SEQUENCE:{feed[uid[1].strip()].sequence}" in sent


@both_databases
def test_unwanted_undeliverable_and_paper(app: Flask) -> None:
    meeting, people = make_wished_meeting(3, places=3)
    signup.sign_up(
        meeting.event.id, signup.Details("Lene Brief", None), source="organiser", confirmed=True, notify=False
    )
    service_suppression.suppress("person1@example.org")
    with transaction() as session:
        session.get_one(Registration, people[1].id).undeliverable = "no such user"
    move(meeting, "lunch")
    wanted = chosen(meeting, for_all=("lunch",))
    _counts, found = circle(meeting, wanted)
    assert sorted(why for _one, why in found.unreachable) == ["undeliverable", "unwanted"]
    assert ([o.email for o in found.mails], [o.name for o in found.letters]) == (
        ["person3@example.org"],
        ["Lene Brief"],
    )
    send(meeting, wanted)
    jobs.run_sweeps()
    assert [address for address, _state in told()] == ["", "person3@example.org"]
    assert ("", "letter") in told()


@both_databases
def test_two_organisers_send_at_once_and_nobody_gets_it_twice(app: Flask) -> None:
    meeting, _people = make_wished_meeting(4, places=4)
    publish(meeting)
    move(meeting, "first")
    wanted = chosen(meeting, "first")
    seen = len(circle(meeting, wanted)[1].written)

    event_id = meeting.event.id

    def deed(_number: int) -> str:
        try:
            service_affected.send(event_id, 2, wanted, OPENING, seen=seen, actor="test")
        except Refused:
            return "refused"
        return "sent"

    assert sorted(at_once(app, deed, range(6))) == ["refused"] * 5 + ["sent"]
    db.session.rollback()
    mailing = db.session.scalars(db.select(ReleaseMailing)).one()
    at_once(app, service_affected.write_mails, [mailing.id] * 4)
    assert [address for address, _state in told()] == [f"person{n}@example.org" for n in range(1, 5)]


@both_databases
def test_mailing_goes_on_where_a_crash_stopped_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, _people = make_wished_meeting(5, places=5)
    publish(meeting)
    move(meeting, "first")
    send(meeting, chosen(meeting, "first"))
    monkeypatch.setattr(service_affected, "AT_ONCE", 2)
    mailing = db.session.scalars(db.select(ReleaseMailing)).one()
    service_affected._write_some(mailing.id)
    put = service_affected.outbox.put

    def dies(*given: Any, **named: Any) -> None:
        put(*given, **named)
        raise SystemExit("power cut")

    monkeypatch.setattr(service_affected.outbox, "put", dies)
    with pytest.raises(SystemExit):
        service_affected.write_mails(mailing.id)
    monkeypatch.setattr(service_affected.outbox, "put", put)
    assert len(told()) == 2
    jobs.run_sweeps()
    assert [address for address, _state in told()] == [f"person{n}@example.org" for n in range(1, 6)]
    letters = db.session.scalars(db.select(ReleaseLetter)).all()
    assert all(letter.written_at is not None for letter in letters)


def test_who_has_signed_off_meanwhile_gets_no_mail_and_words_with_faults_are_refused(app: Flask) -> None:
    meeting, people = make_wished_meeting(2, places=2)
    publish(meeting)
    move(meeting, "first")
    bad = {"de": "Hallo {Quatsch}", "en": "Hello"}
    with pytest.raises(Refused):
        service_affected.send(meeting.event.id, 2, chosen(meeting, "first"), bad, seen=2, actor="test")
    send(meeting, chosen(meeting, "first"))
    signup.sign_off(people[0].id, notify=False)
    jobs.run_sweeps()
    assert [address for address, _state in told()] == ["person2@example.org"]


def test_circle_of_another_size_than_seen_is_refused(app: Flask) -> None:
    meeting, _people = make_wished_meeting(2, places=2)
    publish(meeting)
    move(meeting, "first")
    with pytest.raises(Refused):
        service_affected.send(meeting.event.id, 2, chosen(meeting, "first"), OPENING, seen=1, actor="test")


@both_databases
def test_merged_profile_is_the_same_person_in_every_release(app: Flask) -> None:
    meeting = make_meeting()
    kept, other = meeting.speakers["märz"].id, speakers.create_speaker("D. März", email="alt@example.org").id
    service.add_appearance(meeting.items["keynote"].id, other, "moderator")
    service_releases.release(meeting.event.id)
    merging.merge(kept, other, {}, actor="test")
    move(meeting, "keynote")
    _counts, found = circle(meeting, chosen(meeting, "keynote"), number=3)
    assert [one.email for one in found.written] == ["maerz@example.org"]
