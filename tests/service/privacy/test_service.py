"""Forgetting in time: what is due goes, what is not due or held stays, figures remain, a second run finds nothing."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from eventsite.core import clock, ids, storage
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.events import service as events
from eventsite.mail import outbox
from eventsite.people import queries as people
from eventsite.privacy import service
from eventsite.privacy.rules import RETENTION
from eventsite.registration import answer_files, queries, service_answers, service_files
from eventsite.registration.models import Answer, AnswerFile, Registration
from eventsite.registration.service import Details
from eventsite.site import signup
from tests import counting
from tests.conftest import both_databases
from tests.every_kind import ask
from tests.meeting import Meeting, make_meeting, make_site

HOUR = timedelta(hours=1)
_BUFFER = BytesIO()
Image.new("RGB", (30, 20), "teal").save(_BUFFER, "JPEG")
PICTURE = _BUFFER.getvalue()


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting with one participant who told something about food."""
    make_site()
    made = make_meeting()
    service_answers.set_up_form(made.event.id)
    diet = {"diet": {"chosen": ["vegan"], "other": ""}}
    details = Details("Clara Beispiel", "clara@example.org", "Stadt Muster")
    signup.sign_up(made.event.id, details, answers=diet, consents=["photo"], source="organiser", confirmed=True)
    return made


def _facts(event_id: int) -> tuple[list[str], int, int]:
    db.session.rollback()
    names = list(db.session.scalars(select(Registration.name).where(Registration.event_id == event_id)))
    return names, db.session.scalar(select(func.count(Answer.id))) or 0, counting.kept(event_id)["taken"]


@both_databases
def test_health_goes_after_two_weeks_and_names_after_six_months(app: Flask, meeting: Meeting) -> None:
    event_id, end = meeting.event.id, meeting.event.ends_at
    seen = []
    for moment in (RETENTION["sensitive"] - HOUR, RETENTION["sensitive"], RETENTION["identity"]):
        with clock.freeze(end + moment):
            service.erase_due()
            seen.append(_facts(event_id))
    assert seen == [(["Clara Beispiel"], 1, 1), (["Clara Beispiel"], 0, 1), ([""], 0, 1)]


def test_hold_keeps_names_but_not_health(app: Flask, meeting: Meeting) -> None:
    event_id, end = meeting.event.id, meeting.event.ends_at
    events.change_event(event_id, hold_reason="Verwendungsnachweis", hold_until=end + timedelta(days=400))
    with clock.freeze(end + timedelta(days=300)):
        service.erase_due()
        assert _facts(event_id) == (["Clara Beispiel"], 0, 1)
    with clock.freeze(end + timedelta(days=401)):
        service.erase_due()
        assert _facts(event_id)[0] == [""]


def test_erased_person_leaves_no_address_mail_or_link(app: Flask, meeting: Meeting) -> None:
    registration = queries.search(meeting.event.id)[0]
    link = queries.with_links(registration.id).link
    token = ids.link_token("registration", link.public_id, link.generation)
    with clock.freeze(meeting.event.ends_at + RETENTION["identity"]):
        service.erase_due()
        service.erase_due()
        db.session.rollback()
        assert {(m.to_address, m.subject, m.text) for m in outbox.messages()} == {("", "", "")}
        assert people.find_person("clara@example.org") is None
        with pytest.raises(NotFound):
            people.get_link("registration", token)


def test_person_of_a_younger_event_is_kept(app: Flask, meeting: Meeting) -> None:
    year = timedelta(days=365)
    dates = {"starts_at": meeting.event.starts_at + year, "ends_at": meeting.event.ends_at + year}
    later = events.create_event(host_ids=[], slug="spaeter", title={"de": "Später"}, **dates)
    details = Details("Clara Beispiel", "clara@example.org")
    signup.sign_up(later.id, details, source="organiser", confirmed=True)
    with clock.freeze(meeting.event.ends_at + RETENTION["identity"]):
        service.erase_due()
        db.session.rollback()
        assert people.find_person("clara@example.org") is not None
        assert (_facts(meeting.event.id)[0], _facts(later.id)[0]) == ([""], ["Clara Beispiel"])


@both_databases
def test_files_go_with_their_answers_and_only_these(app: Flask, meeting: Meeting) -> None:
    event_id, seen = meeting.event.id, []
    for key, retention in (("proof", "sensitive"), ("portrait", "identity")):
        service_answers.ask(event_id, replace(ask("file"), key=key, retention=retention))
    for number in (1, 2):  # the same picture from two people and for two questions is four files
        given = {one.key: keep_file(one.question_id) for one in queries.asked(event_id) if one.kind == "file"}
        details = Details(f"Person {number}", f"person{number}@example.org")
        signup.sign_up(event_id, details, answers=given, source="organiser", confirmed=True)
    for moment in (timedelta(0), RETENTION["sensitive"], RETENTION["identity"]):
        with clock.freeze(meeting.event.ends_at + moment):
            service.erase_due()
            service_files.delete_forgotten()
            rows = db.session.scalar(select(func.count(AnswerFile.id)))
            seen.append((rows, len(list(storage.keys()))))
    assert seen == [(4, 4), (2, 2), (0, 0)]


def keep_file(question_id: int) -> dict[str, Any]:
    """A file as the form keeps it, and the answer made of it."""
    row = queries.find_kept_file(question_id, service_files.keep(question_id, PICTURE, "a.jpg"))
    assert row is not None
    return answer_files.value_of(row)
