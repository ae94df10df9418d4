"""The undo button: offered where the draft is edited, listed with who and when, refused in words."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core.db import db
from eventsite.programme import queries, queries_drafts, service
from tests.browserless import post_form
from tests.meeting import Meeting, make_meeting, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

PROGRAMME, STEPS = "/admin/werkstatt/programme", "/admin/werkstatt/programme/steps"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(released=False)
    make_account("Olivia", event_id=made.event.id)
    return made


@pytest.fixture
def olivia(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Olivia")


def cancel(client: FlaskClient, meeting: Meeting, name: str) -> Any:
    page = f"{PROGRAMME}/{meeting.items[name].public_id}"
    return post_form(client, f"{page}/cancellation", {}, page=page)


def undo(client: FlaskClient, step: str, **data: str) -> Any:
    return post_form(client, f"{STEPS}/{step}/undo", data, page=STEPS)


def last(meeting: Meeting) -> queries_drafts.Step:
    db.session.rollback()
    return queries_drafts.steps(meeting.event.id)[0]


def is_cancelled(meeting: Meeting, name: str) -> bool:
    db.session.rollback()
    return queries.get_item(meeting.event.id, meeting.items[name].public_id).cancelled_at is not None


def test_nothing_to_undo_is_no_button(olivia: FlaskClient) -> None:
    assert ["/undo" in olivia.get(page).text for page in (PROGRAMME, STEPS)] == [False, False]
    assert "steht hier und lässt sich rückgängig machen" in olivia.get(STEPS).text


def test_edit_is_undone_from_the_programme_and_brought_back(olivia: FlaskClient, meeting: Meeting) -> None:
    cancel(olivia, meeting, "lunch")
    page = olivia.get(PROGRAMME).text
    assert "Letzte Änderung: „Mittagspause“ abgesagt" in page and "Olivia" in page
    answer = undo(olivia, last(meeting).uid, back="programme")
    assert (answer.status_code, answer.location, is_cancelled(meeting, "lunch")) == (303, PROGRAMME, False)
    assert "Wiederherstellen" in olivia.get(PROGRAMME).text
    answer = undo(olivia, last(meeting).uid)
    assert (answer.status_code, answer.location, is_cancelled(meeting, "lunch")) == (303, STEPS, True)


def test_conflict_is_told_in_a_sentence(olivia: FlaskClient, meeting: Meeting) -> None:
    cancel(olivia, meeting, "lunch")
    step = last(meeting).uid
    service.restore_item(meeting.items["lunch"].id, actor="berta")
    answer = undo(olivia, step)
    assert answer.status_code == 409
    assert "Es wurde nichts rückgängig gemacht. „Mittagspause“ wurde seitdem geändert." in answer.text
    assert [undo(olivia, name).status_code for name in ("nothing", "x" * 300)] == [404, 404]


def test_queries_stay_the_same_with_many_steps(olivia: FlaskClient, meeting: Meeting) -> None:
    cancel(olivia, meeting, "lunch")
    counts = []
    for number in (1, 99):
        for n in range(number):
            service.change_item(meeting.items["lunch"].id, title=words(f"Pause {n}-{number}"), actor="ada")
        with count_queries() as sent:
            rows = olivia.get(STEPS).text.count("<tr")
        counts.append((len(sent), rows))
    assert [rows for _sent, rows in counts] == [3, 101]
    assert counts[0][0] == counts[1][0] <= 10
