"""Calling an event off, putting it back on and moving it: speakers hear of it too, once, and registered ones as registered."""

from flask import Flask

from eventsite.core import jobs
from eventsite.core.db import db
from eventsite.mail.models import OutboxMessage
from eventsite.programme import service, service_speakers
from eventsite.site import announcing, signup, speaker_news
from eventsite.site.announcing import Move
from tests.conftest import both_databases
from tests.meeting import at, make_meeting, words
from tests.registering import mails


@both_databases
def test_speakers_with_an_address_hear_of_everything_once(app: Flask) -> None:
    meeting = make_meeting()
    event_id = meeting.event.id
    assert speaker_news.count(event_id) == 1
    announcing.call_off(event_id, words("Sturm.", "Storm."), actor="anna")
    jobs.run_sweeps()
    announcing.put_back_on(event_id, actor="anna")
    jobs.run_sweeps()
    jobs.run_sweeps()
    new = Move(at(9, day=20), at(15, day=20), at(12, day=1), with_programme=True, with_deadlines=True)
    announcing.move(event_id, new, words("Der Saal."), actor="anna")
    jobs.run_sweeps()
    assert mails() == [
        ("maerz@example.org", "Abgesagt: Werkstatt Lernorte"),
        ("maerz@example.org", "Findet doch statt: Werkstatt Lernorte"),
        ("maerz@example.org", "Neuer Termin: Werkstatt Lernorte"),
    ]
    bodies = list(db.session.scalars(db.select(OutboxMessage.text).order_by(OutboxMessage.id)))
    assert ("Sturm." in bodies[0], "20. März 2027" in bodies[2], "Der Saal." in bodies[2]) == (True, True, True)


@both_databases
def test_registered_speakers_get_one_mail_only_and_many_are_written_some_at_a_time(app: Flask) -> None:
    meeting = make_meeting()
    details = signup.Details("Dr. Daniel März", "maerz@example.org")
    signup.sign_up(meeting.event.id, details, confirmed=True, notify=False)
    for number in range(announcing.AT_ONCE + 2):
        speaker = service_speakers.create_speaker(f"Person {number}", email=f"s{number}@example.org")
        service.add_appearance(meeting.items["welcome"].id, speaker.id)
    announcing.call_off(meeting.event.id, {}, actor="anna")
    jobs.run_sweeps()
    addresses = [address for address, _subject in mails()]
    assert len(addresses) == len(set(addresses)) == announcing.AT_ONCE + 3
    assert addresses.count("maerz@example.org") == 1
