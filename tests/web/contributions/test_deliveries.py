"""The board of who lacks what over HTTP: filter, person, links, settings, and who sees needs."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.contributions import queries, rules, service
from eventsite.core.db import db
from eventsite.programme import service as programme
from eventsite.programme import service_speakers
from tests.browserless import post_form
from tests.contributing import make_staged
from tests.meeting import Meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import mails

DESK = "/admin/werkstatt/speakers/deliveries"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_staged()
    make_account("Olivia", event_id=made.event.id)
    needs = {"diet": "keine Nüsse", "access": ""}
    service.change_needs(made.event.id, made.speakers["märz"].id, needs, rules.seen_of(queries.need_values(None)))
    return made


@pytest.fixture
def desk(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Olivia")


def test_board_filters_by_what_lacks(desk: FlaskClient) -> None:
    shown = {lacks: desk.get(f"{DESK}?lacks={lacks}").text for lacks in ("", "words", "biography", "nothing")}
    assert {lacks: ("Daniel März" in text, "Mara Weiland" in text) for lacks, text in shown.items()} == {
        "": (True, True), "words": (True, False), "biography": (False, True), "nothing": (True, True)
    }  # fmt: skip


def test_link_is_sent_renewed_ended_and_revoked(desk: FlaskClient, meeting: Meeting) -> None:
    person = f"{DESK}/{meeting.speakers['weiland'].public_id}"
    refused = post_form(desk, f"{person}/link", {"deed": "send", "email": "keine"}, page=person)
    assert (refused.status_code, len(mails())) == (409, 0)
    for deed, extra, number in (
        ("send", {"email": "weiland@example.org"}, 1), ("renew", {}, 2), ("end", {"expires_at": "2027-04-01T10:00"}, 2),
        ("revoke", {}, 2),
    ):  # fmt: skip
        answer = post_form(desk, f"{person}/link", {"deed": deed, **extra}, page=person)
        assert (deed, answer.status_code, len(mails())) == (deed, 303, number)
    assert "widerrufen" in desk.get(person).text
    past = post_form(desk, f"{person}/link", {"deed": "end", "expires_at": "2020-01-01T10:00"}, page=person)
    assert past.status_code == 409
    assert post_form(desk, f"{person}/link", {"deed": "shout"}, page=person).status_code == 400
    assert post_form(desk, f"{DESK}/links", {}, page=DESK).status_code == 303
    assert [address for address, _subject in mails()][2:] == ["maerz@example.org"]


def test_settings_are_kept_or_told_why_not(desk: FlaskClient, meeting: Meeting) -> None:
    typed = {"wanted": ["portrait", "travel"], "due_at": "2027-03-01T18:00", "reminder_days": "14, 3"}
    assert post_form(desk, f"{DESK}/settings", typed).status_code == 303
    db.session.rollback()
    plan = queries.plan(meeting.event.id)
    assert (plan.wanted, plan.reminder_days, plan.due_at.hour) == (("portrait", "travel"), (14, 3), 17)
    for wrong in ({"reminder_days": "bald"}, {"due_at": ""}, {"due_at": "gestern"}, {"wanted": ["everything"]}):
        assert post_form(desk, f"{DESK}/settings", {**typed, **wrong}).status_code == 422, wrong


@pytest.mark.parametrize(
    ("role", "status", "sees"), [("organiser", 200, True), ("editor", 200, False), ("helper", 403, False)]
)
def test_needs_are_seen_by_few(app: Flask, meeting: Meeting, role: str, status: int, sees: bool) -> None:
    make_account("Rolle", event_id=meeting.event.id, role=role)
    page = signed_in(app, "Rolle").get(f"{DESK}/{meeting.speakers['märz'].public_id}")
    assert (page.status_code, "keine Nüsse" in page.text) == (status, sees)


def test_cost_does_not_grow_with_the_speakers(desk: FlaskClient, meeting: Meeting) -> None:
    item = meeting.items["first"].id
    db.session.remove()
    with count_queries() as few:
        desk.get(DESK)
    for number in range(40):
        programme.add_appearance(item, service_speakers.create_speaker(f"Person {number}").id, "lead")
    db.session.remove()
    with count_queries() as many:
        desk.get(DESK)
    assert (len(many), len(many) <= 10) == (len(few), True)
