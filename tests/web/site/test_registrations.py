"""The organisers' list as a page: quick with thousands, tidy addresses, bad filters, files, and what helpers may see."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import audit, tables
from eventsite.core.db import db
from eventsite.registration import service_answers
from tests.browserless import csrf_token
from tests.crowd import make_crowd
from tests.every_kind import ATTENDANCE
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import sign_up

LIST = "/admin/werkstatt/registrations"
XLSX_HEADS = ["Name", "Organisation", "E-Mail-Adresse", "Status", "Angemeldet"]


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(capacity=None)
    service_answers.set_up_form(made.event.id)
    service_answers.ask(made.event.id, ATTENDANCE)
    make_account("Otto", event_id=made.event.id)
    make_account("Ben", event_id=made.event.id, role="helper")
    make_account("Edda", event_id=made.event.id, role="editor")
    return made


@pytest.fixture
def client(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Otto")


def test_page_asks_at_most_ten_questions_with_one_and_with_thousands(meeting: Meeting, client: FlaskClient) -> None:
    uid, event_id = meeting.round.public_id, meeting.event.id
    columns = f"email,status,q-attendance,wish-{uid},place-{uid},consent-photo,present,mail"
    paths = [LIST, f"{LIST}?columns={columns}", f"{LIST}?columns={columns}&page=101&sort=newest&a-attendance=none"]
    sign_up(event_id, answers={"attendance": "onsite"})

    def look() -> list[int]:
        found = []
        for path in paths:
            db.session.expunge_all()
            with count_queries() as sent:
                assert client.get(path).status_code == 200
            found.append(len(sent))
        return found

    few = look()
    make_crowd(event_id, 5050)
    assert look() == few
    assert max(few) <= 10
    last = client.get(f"{LIST}?page=102").text
    assert ("Seite 102 von 102" in last, last.count('<th scope="row">')) == (True, 1)


def test_form_leads_to_a_tidy_address(client: FlaskClient) -> None:
    answer = client.get(f"{LIST}?q=Clara&organisation=&status=&columns=email&columns=status&since=")
    assert (answer.status_code, answer.location) == (303, f"{LIST}?q=Clara&columns=email,status")


@pytest.mark.parametrize(
    "query",
    [
        "status=gone",
        "wish=%00",
        "a-diet=vegan",
        "a-=x",
        "since=31.12.2026",
        "until=99999-01-01",
        "consent=--photo",
        "language=%F0%9F%8E%89",
        "status=gone&status=&q=",
    ],
)
def test_bad_filter_shows_nobody_and_says_so(meeting: Meeting, client: FlaskClient, query: str) -> None:
    sign_up(meeting.event.id, answers={"attendance": "onsite"})
    answer = client.get(f"{LIST}?{query}")
    assert (answer.status_code, "niemand gezeigt" in answer.text, "Person 1" in answer.text) == (200, True, False)
    assert "Person 1" not in client.get(f"{LIST}.csv?{query}").text


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=99999999", "sort=%27", "columns=,,,", "columns=password", "q=%25%5C_"],
)
def test_strange_arguments_do_no_harm(meeting: Meeting, client: FlaskClient, query: str) -> None:
    sign_up(meeting.event.id, answers={"attendance": "onsite"})
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_filters_and_columns_of_the_list_go_into_the_files(meeting: Meeting, client: FlaskClient) -> None:
    for number in (1, 2, 3):
        sign_up(meeting.event.id, number, answers={"attendance": "online" if number == 2 else "onsite"})
    page = client.get(f"{LIST}/export?a-attendance=online").text
    assert ("1 Anmeldung" in page, 'name="a-attendance" value="online"' in page) == (True, True)
    table = tables.read_table(client.get(f"{LIST}.xlsx?a-attendance=online").data, "list.xlsx")
    assert (table.header, [row[0] for _line, row in table.rows]) == (XLSX_HEADS, ["Person 2"])
    answer = client.get(f"{LIST}.csv?a-attendance=online&columns=email&separator=semicolon&bom=yes")
    assert answer.data.decode() == "\ufeffName;E-Mail-Adresse\r\nPerson 2;person2@example.org\r\n"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="werkstatt-registrations.csv"'
    assert client.get(f"{LIST}.csv?columns=email&separator=nonsense").text.startswith("Name,E-Mail-Adresse")


def test_confidential_file_is_noted_and_wants_a_post(meeting: Meeting, client: FlaskClient) -> None:
    answers = {"attendance": "onsite", "diet": {"chosen": ["vegan"], "other": "=1+1"}}
    sign_up(meeting.event.id, answers=answers)
    assert client.get(f"{LIST}/sensitive").status_code in (404, 405)
    token = csrf_token(client, f"{LIST}/export")
    answer = client.post(f"{LIST}/sensitive", data={"csrf_token": token})
    table = tables.read_table(answer.data, "confidential.xlsx")
    assert [row for _line, row in table.rows] == [["Person 1", table.rows[0][1][1], "unbestätigt", "vegan, =1+1"]]
    rows = db.session.scalars(db.select(audit.AuditRow).where(audit.AuditRow.action == "sensitive answers exported"))
    assert [(row.actor != "system", row.details) for row in rows] == [(True, {"questions": ["diet", "access"]})]


def test_helpers_see_names_and_editors_nothing(app: Flask, meeting: Meeting) -> None:
    sign_up(meeting.event.id, answers={"attendance": "onsite"})
    helper, editor = signed_in(app, "Ben"), signed_in(app, "Edda")
    paths: tuple[Any, ...] = (LIST, f"{LIST}/export", f"{LIST}.csv", f"{LIST}.xlsx")
    assert [helper.get(path).status_code for path in paths] == [200, 403, 403, 403]
    assert [editor.get(path).status_code for path in paths] == [403, 403, 403, 403]
    page = helper.get(f"{LIST}?columns=email,q-attendance").text
    assert [word in page for word in ("Person 1", "person1@", "vor Ort")] == [True, False, False]
    assert "Person 1" not in helper.get(f"{LIST}?q=person1@").text
