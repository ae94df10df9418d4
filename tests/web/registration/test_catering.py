"""The caterer's sheet: figures without names on the page, as PDF and as a table; for named roles only."""

import subprocess
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import tables
from eventsite.core.db import db
from eventsite.programme import service as programme
from eventsite.registration import library, service_answers
from eventsite.site import signup
from tests.conftest import both_databases
from tests.crowd import make_crowd
from tests.meeting import Meeting, at, make_meeting, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import sign_up

PAGE = "/admin/werkstatt/catering"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(capacity=100)
    event_id = made.event.id
    service_answers.set_up_form(event_id)
    service_answers.ask(event_id, library.LUNCH)
    times = {"starts_at": at(14), "ends_at": at(14, 15)}
    programme.create_item(event_id, kind="break", title=words("Teepause", "Tea break"), **times)
    answers = (
        {"diet": {"chosen": ["vegan"], "other": ""}, "lunch": "yes"},
        {"diet": {"chosen": ["vegan", "nuts"], "other": "Ohne Sellerie"}, "lunch": "no"},
        {"diet": {"chosen": [], "other": "ohne Sellerie"}},
        {"lunch": "yes"},
    )
    for number, given in enumerate(answers):
        sign_up(event_id, number, answers=given, confirmed=True, notify=False)
    signup.sign_off(sign_up(event_id, 9, answers=answers[0], confirmed=True).id, actor="test")
    return made


@pytest.fixture
def client(app: Flask, meeting: Meeting) -> FlaskClient:
    make_account("Otto", event_id=meeting.event.id)
    make_account("Ben", event_id=meeting.event.id, role="helper")
    make_account("Edda", event_id=meeting.event.id, role="editor")
    return signed_in(app, "Otto")


def rows(client: FlaskClient, query: str = "") -> list[list[str]]:
    return [row for _line, row in tables.read_table(client.get(f"{PAGE}.xlsx{query}").data, "food.xlsx").rows]


@both_databases
def test_table_counts_plates_wishes_and_remarks(client: FlaskClient) -> None:
    assert rows(client) == [
        ["Personen", "3"],
        ["isst, was alle essen", "1"],
        ["vegan", "1"],
        ["nur eine Bemerkung, siehe unten", "1"],
        ["Bemerkungen"],
        ["ohne Sellerie", "1"],
    ]


def test_meals_and_their_questions_are_chosen_in_the_address(meeting: Meeting, client: FlaskClient) -> None:
    page = client.get(PAGE).text
    assert ("Mittagspause, 11.03.2027, 12:00 Uhr" in page, "Person 1" in page) == (True, False)
    uid = meeting.items["lunch"].public_id
    everybody = rows(client, f"?meal={uid}&asked-{uid}=-")
    assert everybody[:4] == [
        ["Personen", "4"],
        ["isst, was alle essen", "1"],
        ["vegan + ohne Nüsse", "1"],
        ["vegan", "1"],
    ]
    assert ["vegan", "2"] in everybody[everybody.index(["Wie oft jeder Wunsch vorkommt"]) :]
    assert rows(client, f"?meal={uid}&asked-{uid}=lunch")[0] == ["Personen", "3"]


@pytest.mark.parametrize("query", ["?meal=nothing", "?asked-x=%00", "?meal=%F0%9F%8E%89&asked-=lunch"])
def test_strange_address_shows_the_usual_meals(client: FlaskClient, query: str) -> None:
    assert client.get(f"{PAGE}{query}").status_code == 200
    assert rows(client, query)[0] == ["Personen", "3"]


def test_pdf_is_tagged_and_names_nobody(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.get(f"{PAGE}.pdf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="werkstatt-catering.pdf"'
    (tmp_path / "food.pdf").write_bytes(answer.data)
    run = {"capture_output": True, "text": True, "check": True}
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "food.pdf", "-"], **run).stdout  # type: ignore[call-overload]
    info = subprocess.run(["pdfinfo", tmp_path / "food.pdf"], **run).stdout  # type: ignore[call-overload]
    assert ("ohne Sellerie" in text, "Person 1" in text, "Tagged:          yes" in info) == (True, False, True)


def test_page_asks_the_same_with_four_and_with_a_hundred(meeting: Meeting, client: FlaskClient) -> None:
    event_id, found = meeting.event.id, []
    for number in (100, 0):
        db.session.expunge_all()
        with count_queries() as sent:
            assert client.get(PAGE).status_code == 200
        found.append(len(sent))
        if number:
            make_crowd(event_id, number)
    assert (found[0], found[0] <= 10) == (found[1], True)


def test_helpers_and_editors_may_not(app: Flask, client: FlaskClient) -> None:
    for name in ("Ben", "Edda"):
        other = signed_in(app, name)
        assert [other.get(PAGE + end).status_code for end in ("", ".pdf", ".xlsx")] == [403] * 3
