"""The organisers' question pages: ready ones, own ones, new versions, and refusals that keep what was typed."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from eventsite.core.db import db, transaction
from eventsite.registration import library, queries, service_answers
from eventsite.registration.models import AnswerFile, Registration
from tests.browserless import post_form
from tests.every_kind import ask
from tests.meeting import Meeting, make_meeting, make_site, visit
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

_BUFFER = BytesIO()
Image.new("RGB", (30, 20), "teal").save(_BUFFER, "JPEG")
JPEG = _BUFFER.getvalue()
PATH = "/admin/werkstatt/questions"
OWN: dict[str, Any] = {
    "label-de": "Wie reisen Sie an?",
    "label-en": "How do you travel?",
    "kind": "single",
    "section": "around",
    "rows-0-de": "Bahn",
    "rows-0-en": "train",
    "rows-1-de": "Rad",
    "rows-1-en": "bicycle",
    "rows-2-de": "Auto",
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
        {f"rows-{n}-{code}": "" for n in range(3) for code in ("de", "en")},
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


def move(client: FlaskClient, key: str, deed: str) -> int:
    return int(post_form(client, f"{PATH}/{key}/{deed}", {}, page=PATH).status_code)


def test_draft_is_asked_nobody_until_it_is_complete_and_published(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    draft = {**OWN, "purpose-de": "", "deed": "draft"}
    assert post_form(client, f"{PATH}/new", draft).status_code == 303
    key = "wie-reisen-sie-an"
    assert ("Wie reisen Sie an?" in visit(app, "/de/werkstatt/register").text, queries.asked(meeting.event.id)) == (
        False,
        [],
    )
    assert "Wie reisen Sie an?" in client.get(f"{PATH}/preview?language=de").text
    assert move(client, key, "publication") == 409
    assert post_form(client, f"{PATH}/{key}", {**OWN, "deed": "draft"}).status_code == 303
    assert move(client, key, "publication") == 303
    assert "Wie reisen Sie an?" in visit(app, "/de/werkstatt/register").text


def test_questions_are_moved_with_plain_buttons_and_never_before_what_they_depend_on(
    app: Flask, meeting: Meeting
) -> None:
    client = signed_in(app, "Anna")
    for key in ("evening", "accompanying", "travel"):
        post_form(client, f"{PATH}/ready", {"key": key}, page=PATH)
    ready = {one.key: one for one in queries.asked(meeting.event.id)}
    asked = replace(ready["accompanying"], condition={"key": "evening", "values": ["yes"]})
    service_answers.ask(meeting.event.id, asked, actor="test")
    found = [move(client, "travel", "up"), move(client, "accompanying", "up"), move(client, "accompanying", "up")]
    assert (found, [one.key for one in queries.asked(meeting.event.id)]) == (
        [303, 303, 409],
        ["evening", "accompanying", "travel"],
    )
    assert move(client, "evening", "retirement") == 409  # another depends on it


def test_retired_question_is_brought_back_with_its_words(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    post_form(client, f"{PATH}/new", OWN)
    (before,) = queries.asked(meeting.event.id)
    codes = [move(client, before.key, deed) for deed in ("retirement", "return")]
    assert (codes, queries.asked(meeting.event.id)) == ([303, 303], [before])


def test_second_question_of_the_same_name_takes_nothing_from_the_first(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    for _time in range(2):
        post_form(client, f"{PATH}/new", OWN)
    assert [one.key for one in queries.asked(meeting.event.id)] == ["wie-reisen-sie-an", "wie-reisen-sie-an-2"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "number", "least": "x"}, "Bitte geben Sie eine ganze Zahl in Ziffern ein."),
        ({"kind": "number", "least": "5", "most": "2"}, "Die obere Grenze liegt unter der unteren."),
        ({"kind": "date", "least": "31.02.2027"}, "Bitte geben Sie ein Datum an, zum Beispiel 12.03.2027."),
        ({"rows-0-places": "viele"}, "Bitte geben Sie die Plätze als ganze Zahl in Ziffern an."),
        ({"condition": "nothing=yes"}, "Bitte wählen Sie aus der Liste."),
        ({"section": "own"}, "Der Abschnitt braucht eine Überschrift."),
        ({"answer_until": "morgen"}, "Bitte geben Sie Datum und Uhrzeit so an: 12.03.2027 09:30."),
        ({"kind": "consent"}, "Die Rechtsgrundlage einer Einwilligung ist die Einwilligung."),
    ],
)
def test_what_is_wrong_is_said(app: Flask, meeting: Meeting, wrong: dict[str, str], sentence: str) -> None:
    client = signed_in(app, "Anna")
    answer = post_form(client, f"{PATH}/new", {**OWN, **wrong})
    assert (answer.status_code, sentence in answer.text, queries.asked(meeting.event.id)) == (422, True, [])


def test_options_condition_limits_and_deadline_are_stored_and_shown_again(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    post_form(client, f"{PATH}/ready", {"key": "evening"}, page=PATH)
    more = {
        "rows-0-places": "40",
        "condition": "evening=yes",
        "answer_until": "2027-02-01T12:00",
        "kind": "multiple",
        "most": "2",
    }
    post_form(client, f"{PATH}/new", {**OWN, **more})
    one = queries.asked(meeting.event.id)[-1]
    assert one.options[0] == {"key": "bahn", "label": {"de": "Bahn", "en": "train"}, "places": 40}
    assert (one.condition, one.limits) == ({"key": "evening", "values": ["yes"]}, {"most": 2})
    assert one.answer_until == datetime(2027, 2, 1, 11, tzinfo=UTC)
    page = client.get(f"{PATH}/{one.key}").text
    shown = (
        'value="40"',
        'selected value="evening=yes"',
        'value="2027-02-01T12:00"',
        'name="most" type="text" value="2"',
    )
    assert [text for text in shown if text not in page] == []


def test_preview_judges_and_stores_nothing(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    service_answers.ask(meeting.event.id, replace(ask("file"), is_required=True), actor="test")
    page, data = f"{PATH}/preview?language=en", {"name": "Anna", "email": "anna@example.org"}
    assert post_form(client, page, data).status_code == 422
    upload = {**data, "q_file": (BytesIO(JPEG), "a.jpg")}
    answer = post_form(client, page, upload, content_type="multipart/form-data")
    assert (answer.status_code, "Nothing was stored." in answer.text) == (200, True)
    assert [db.session.query(table).count() for table in (Registration, AnswerFile)] == [0, 0]


def test_editor_asks_the_database_as_often_for_a_hundred_questions(app: Flask, meeting: Meeting) -> None:
    client, found = signed_in(app, "Anna"), []
    for count in (1, 99):
        with transaction():
            for number in range(count):
                service_answers.ask(
                    meeting.event.id, replace(library.PHONE, key=f"phone-{count}-{number}"), actor="test"
                )
        with count_queries() as sent:
            assert client.get(PATH).status_code == 200
        found.append(len(sent))
    assert (found[0] == found[1], found[0] <= 10) == (True, True)
