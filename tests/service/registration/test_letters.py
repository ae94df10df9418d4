"""People without an e-mail address: every mail becomes a letter, in the event's words, printed with link and code."""

from datetime import timedelta

from flask import Flask

from eventsite.core import clock, i18n, jobs
from eventsite.core.db import db, transaction
from eventsite.events import queries as events
from eventsite.mail import outbox, service_texts, transport
from eventsite.mail.models import OutboxMessage
from eventsite.mail.wording import Words
from eventsite.privacy import service as privacy
from eventsite.registration import prints_letters, queries, queries_letters, service_letters
from eventsite.registration.models import Registration
from eventsite.registration.queries_letters import Row
from eventsite.site import letting_in, signup
from eventsite.site.letting_in import Terms
from eventsite.site.signup import Details
from tests.allocating import publish
from tests.conftest import both_databases
from tests.meeting import Meeting, make_meeting
from tests.pdf_rules import check_pdf, texts_of
from tests.registering import page_of

ADDRESS = "Stadt Fulda\nSchloßstraße 1\n36037 Fulda"


def without_address(meeting: Meeting, name: str = "Lene Spät", language: str = "de") -> Registration:
    terms = Terms(name, postal_address=ADDRESS)
    details = Details(name, None, "Stadt Fulda", language)
    return letting_in.let_in(meeting.event.id, details, terms, source="organiser", actor="o").registration


def found(meeting: Meeting, *states: str) -> list[Row]:
    db.session.rollback()
    return queries_letters.letters(meeting.event.id, states or queries_letters.STATES, limit=50)


def printed(meeting: Meeting) -> bytes:
    event = events.get_event("werkstatt")
    with i18n.use_language("de"), i18n.use_zone(event.timezone):
        letters = [prints_letters.letter(row.message, row.postal_address) for row in found(meeting)]
        return prints_letters.letters_pdf(event, letters, created=clock.now())


@both_databases
def test_letter_waits_and_is_never_sent(app: Flask) -> None:
    meeting = make_meeting()
    without_address(meeting)
    jobs.run_sweeps()
    (row,) = found(meeting)
    assert (row.message.state, row.message.to_name, row.postal_address) == ("letter", "Lene Spät", ADDRESS)
    assert transport.sent == []


def test_letter_is_tagged_has_address_link_and_words_of_the_event(app: Flask) -> None:
    meeting = make_meeting()
    words = Words("Platz: {Veranstaltung}", "wir freuen uns *sehr*.", "Bis bald in {Ort}.")
    service_texts.store(meeting.event.id, "confirmed", "de", words, actor="o")
    one = without_address(meeting)
    content = printed(meeting)
    (text,) = texts_of(content)
    assert check_pdf(content, "de") == []
    address = transport.base_url() + page_of(one)
    for part in (
        "Lene Spät",
        "36037 Fulda",
        "wir freuen uns sehr.",
        "Bis bald in Kulturbahnhof",
        "Annegret Sommerfeld",
    ):
        assert part in text
    assert address in text.replace(" ", "").replace("\n", "")
    assert "diese Adresse" not in text.replace("unter dieser Adresse", "")


def test_letters_of_two_languages_are_one_document(app: Flask) -> None:
    meeting = make_meeting()
    without_address(meeting)
    without_address(meeting, "Ada Late", "en")
    content = printed(meeting)
    german, english = texts_of(content)
    assert ("Mit der Kamera" in german, "With the camera" in english, check_pdf(content, "de")) == (True, True, [])


def test_workshops_come_by_letter_without_talk_of_a_file(app: Flask) -> None:
    meeting = make_meeting()
    one = without_address(meeting)
    publish(meeting)
    (row,) = [row for row in found(meeting) if row.message.cause.startswith("allocated:")]
    assert (row.registration_id, row.message.attachments) == (one.public_id, [])
    assert "angehängte" not in row.message.html
    assert check_pdf(printed(meeting), "de") == []


def test_written_twice_is_once_and_can_be_taken_back(app: Flask) -> None:
    meeting = make_meeting()
    without_address(meeting)
    (row,) = found(meeting)

    def mark(*, is_written: bool) -> int:
        return service_letters.mark(meeting.event.id, [row.message.public_id], is_written=is_written, actor="o")

    assert [mark(is_written=True), mark(is_written=True)] == [1, 0]
    assert [one.message.state for one in found(meeting)] == ["written"]
    assert (mark(is_written=False), found(meeting)[0].message.sent_at) == (1, None)


def test_words_of_a_written_letter_go_after_a_month(app: Flask) -> None:
    meeting = make_meeting()
    without_address(meeting)
    service_letters.mark(meeting.event.id, None, is_written=True, actor="o")
    with clock.freeze(clock.now() + timedelta(days=outbox.BLANK_DAYS + 1)):
        outbox.blank_old_bodies()
    assert (found(meeting), db.session.scalar(db.select(OutboxMessage.html))) == ([], "")


def test_letter_goes_with_the_person(app: Flask) -> None:
    meeting = make_meeting()
    one = without_address(meeting)
    with transaction():
        privacy.erase_registration(queries.get_full(one.id))
    row = db.session.scalars(db.select(OutboxMessage)).one()
    assert (found(meeting), row.to_name, row.html, row.text) == ([], "", "", "")


def test_signing_off_and_moving_up_are_letters_too(app: Flask) -> None:
    meeting = make_meeting(capacity=1)
    one = without_address(meeting)
    signup.sign_up(meeting.event.id, Details("Wanda", None), confirmed=True, source="organiser")
    signup.sign_off(one.id, actor="o")
    subjects = [(row.message.to_name, row.message.cause.split(":")[0]) for row in found(meeting)]
    assert subjects == [
        ("Lene Spät", "registered"),
        ("Wanda", "registered"),
        ("Lene Spät", "status"),
        ("Wanda", "status"),
    ]


def test_name_is_not_printed_twice_above_the_address() -> None:
    assert prints_letters.address_lines("Ada", "Frau Ada\nWeg 1") == ["Frau Ada", "Weg 1"]
    assert prints_letters.address_lines("Ada", "") == ["Ada"]
