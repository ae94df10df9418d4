"""The organisers' question pages: ready ones, own ones, new versions, and refusals that keep what was typed."""

from typing import Any

import pytest
from flask import Flask

from eventsite.registration import queries
from tests.browserless import post_form
from tests.meeting import Meeting, make_meeting, make_site, visit
from tests.organisers import make_account, signed_in

PATH = "/admin/werkstatt/questions"
OWN: dict[str, Any] = {
    "label-de": "Wie reisen Sie an?",
    "label-en": "How do you travel?",
    "kind": "single",
    "answers-de": "Bahn\nRad\nAuto",
    "answers-en": "train\nbicycle\ncar",
    "purpose-de": "Damit wir Stellplätze planen.",
    "legal_basis": "task",
    "audience": "organisers",
    "retention": "identity",
}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting whose form asks nothing yet, and its owner."""
    make_site()
    make_account("Anna", is_owner=True)
    return make_meeting()


def test_ready_question_and_consent_stand_in_the_form(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    for key in ("diet", "photo"):
        assert post_form(client, f"{PATH}/ready", {"key": key}, page=PATH).status_code == 303
    page = visit(app, "/de/werkstatt/register").text
    assert ("Verpflegung" in page, "Bilder der Veranstaltung" in page) == (True, True)


def test_own_question_keeps_the_keys_of_its_answers_when_it_is_reworded(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    assert post_form(client, f"{PATH}/new", OWN).status_code == 303
    (first,) = queries.asked(meeting.event.id)
    changed = {**OWN, "label-de": "Womit kommen Sie?", "answers-de": "Bahn\nFahrrad\nAuto"}
    assert post_form(client, f"{PATH}/{first.key}", changed).status_code == 303
    (second,) = queries.asked(meeting.event.id)
    assert [o["key"] for o in first.options] == [o["key"] for o in second.options] == ["bahn", "rad", "auto"]
    assert (first.key, first.version_id != second.version_id) == (second.key, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"label-de": ""},
        {"purpose-de": ""},
        {"answers-de": "", "answers-en": ""},
        {"kind": "spell"},
        {"is_required": "y", "legal_basis": "consent"},
        {"kind": "diet"},
        {"label-de": "x" * 201},
    ],
)
def test_incomplete_question_is_refused_and_kept(app: Flask, meeting: Meeting, wrong: dict[str, str]) -> None:
    client = signed_in(app, "Anna")
    response = post_form(client, f"{PATH}/new", {**OWN, **wrong, "help-de": "Was ich getippt habe"})
    assert response.status_code == 422
    assert "Was ich getippt habe" in response.text
    assert queries.asked(meeting.event.id) == []


def test_retired_question_is_asked_no_longer(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    post_form(client, f"{PATH}/ready", {"key": "diet"}, page=PATH)
    post_form(client, f"{PATH}/diet/retirement", {}, page=PATH)
    assert queries.asked(meeting.event.id) == []


def test_unknown_question_is_not_found(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    assert client.get(f"{PATH}/nothing").status_code == 404
    assert client.get("/admin/werkstatt/consents/nothing").status_code == 404
