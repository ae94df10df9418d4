"""The organisers' page of what was sent: old beside new, one by one or all of a person, and who may open it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.contributions import service
from eventsite.core.db import db
from eventsite.programme.models import Speaker
from tests.browserless import post_form
from tests.contributing import make_staged, page_of, proposal, send, waiting
from tests.meeting import Meeting, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

DESK = "/admin/werkstatt/speakers/approval"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_staged()
    make_account("Olivia", event_id=made.event.id)
    send(app.test_client(), page_of(made.speakers["märz"]), "biography", **{"biography-de": "Lehrt und forscht."})
    return made


@pytest.fixture
def desk(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Olivia")


def biography(meeting: Meeting) -> dict[str, str]:
    db.session.rollback()
    return dict(db.session.get_one(Speaker, meeting.speakers["märz"].id).biography)


def test_old_and_new_stand_side_by_side_and_are_taken_over(desk: FlaskClient, meeting: Meeting) -> None:
    shown = desk.get(DESK).text
    assert "<del>Forscht.</del><ins>Lehrt und forscht.</ins>" in shown.replace("</ins><ins>", "")
    public_id, seen = proposal(meeting.event.id, "biography")
    done = post_form(desk, f"{DESK}/{public_id}", {"deed": "approve", "seen": seen}, page=DESK)
    assert (done.status_code, biography(meeting)) == (303, words("Lehrt und forscht."))
    assert post_form(desk, f"{DESK}/{public_id}", {"seen": seen}, page="/admin/werkstatt/settings").status_code == 404


def test_sent_back_with_a_word_the_speaker_reads_it(desk: FlaskClient, meeting: Meeting, client: FlaskClient) -> None:
    public_id, _seen = proposal(meeting.event.id, "biography")
    refused = post_form(desk, f"{DESK}/{public_id}", {"deed": "return", "word": " "}, page=DESK)
    assert (refused.status_code, "warum" in refused.text) == (409, True)
    done = post_form(desk, f"{DESK}/{public_id}", {"deed": "return", "word": "Bitte kürzer"}, page=DESK)
    assert (done.status_code, waiting(meeting.event.id)) == (303, [])
    assert "Bitte kürzer" in client.get(page_of(meeting.speakers["märz"])).text


def test_all_of_one_person_at_once_as_it_was_seen(desk: FlaskClient, meeting: Meeting, client: FlaskClient) -> None:
    page = page_of(meeting.speakers["märz"])
    send(client, page, "about", name="Prof. März", organisation="Uni")
    everything = {
        f"change-{proposal(meeting.event.id, field)[0]}": proposal(meeting.event.id, field)[1]
        for field in ("biography", "name", "organisation")
    }
    send(client, page, "about", name="Prof. D. März", organisation="Uni")
    stale = post_form(desk, f"{DESK}/all", everything, page=DESK)
    assert (stale.status_code, biography(meeting)) == (409, words("Forscht."))
    everything[f"change-{proposal(meeting.event.id, 'name')[0]}"] = proposal(meeting.event.id, "name")[1]
    assert post_form(desk, f"{DESK}/all", everything, page=DESK).status_code == 303
    assert (biography(meeting), waiting(meeting.event.id)) == (words("Lehrt und forscht."), [])


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("office", 403), ("helper", 403)])
def test_who_may_decide(app: Flask, meeting: Meeting, role: str, status: int) -> None:
    make_account("Rolle", event_id=meeting.event.id, role=role)
    assert signed_in(app, "Rolle").get(DESK).status_code == status
    assert app.test_client().get(DESK).status_code == 303


def test_cost_does_not_grow_with_what_waits(desk: FlaskClient, meeting: Meeting) -> None:
    märz, item = meeting.speakers["märz"].id, meeting.items["first"].id
    db.session.remove()
    with count_queries() as few:
        desk.get(DESK)
    for number in range(30):
        service.put(märz, item, "title", {}, words(f"T{number}"), "speaker", None)
    db.session.remove()
    with count_queries() as many:
        desk.get(DESK)
    assert (len(many), len(many) <= 10) == (len(few), True)
