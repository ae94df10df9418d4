"""The settings of an event: what is shown comes back as it was, and bad input loses nothing."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.events import queries, service
from tests.meeting import Meeting, make_meeting, make_site
from tests.organisers import make_account, signed_in

PATH = "/admin/werkstatt/settings"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting and its owner."""
    make_site()
    make_account("Anna", is_owner=True)
    return make_meeting()


def filled_in(client: FlaskClient, path: str) -> dict[str, Any]:
    """What a browser would send if the form were stored untouched."""
    page = client.get(path).text
    page = page[page.index('<form method="post" class="form"') :]
    data: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            data.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.S):
        data[name] = [unescape(text)]
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        data[name] = [unescape(chosen[1])] if chosen else []
    return data


def _facts(event: Any) -> dict[str, Any]:
    skipped = {"updated_at", "_sa_instance_state"}
    columns = {c.key: getattr(event, c.key) for c in event.__table__.columns if c.key not in skipped}
    return {**columns, "hosts": [host.id for host in event.hosts]}


def test_storing_the_form_untouched_changes_nothing(app: Flask, meeting: Meeting) -> None:
    before = _facts(queries.get_event("werkstatt"))
    client = signed_in(app, "Anna")
    assert client.post(PATH, data=filled_in(client, PATH)).status_code == 303
    after = _facts(queries.get_event("werkstatt"))
    empty = {key: value for key, value in after.items() if value != before[key]}
    assert {k: [w for w in v.values() if w] if isinstance(v, dict) else v for k, v in empty.items()} == {
        key: [w for w in before[key].values() if w] for key in empty
    }


def test_new_address_leaves_a_redirect(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    data = {**filled_in(client, PATH), "slug": ["werkstatt-2027"]}
    assert client.post(PATH, data=data).location == "/admin/werkstatt-2027/settings"
    assert app.test_client().get("/de/werkstatt/").location == "/de/werkstatt-2027/"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "admin"),
        ("slug", "Groß Schreiben"),
        ("ends_at", "2020-01-01T10:00"),
        ("starts_at", "morgen"),
        ("starts_at", "2027-03-28T02:30"),  # skipped when the clocks are put forward
        ("starts_at", "0001-01-01T00:00"),
        ("accent", "red; }"),
        ("contact_email", "niemand"),
        ("timezone", "Mars/Olympus"),
        ("venue_id", "999"),
        ("title-de", ""),
        ("title-de", "x" * 201),
    ],
)
def test_bad_input_is_told_and_keeps_the_rest(app: Flask, meeting: Meeting, field: str, value: str) -> None:
    client = signed_in(app, "Anna")
    data = {**filled_in(client, PATH), field: [value], "lead-de": ["Was ich getippt habe"]}
    response = client.post(PATH, data=data)
    assert response.status_code == 422
    assert "Was ich getippt habe" in response.text
    assert queries.get_event("werkstatt").lead["de"] == "Ein Tag über Orte, an denen gelernt wird."


def test_event_without_imprint_is_not_published(app: Flask, meeting: Meeting) -> None:
    service.withdraw_event(meeting.event.id)
    for host in queries.hosts():
        service.change_host(host.id, imprint={})
    client = signed_in(app, "Anna")
    token = {"csrf_token": filled_in_token(client, "/admin/werkstatt/publication")}
    assert client.post("/admin/werkstatt/publication", data=token).status_code == 409
    assert queries.get_event("werkstatt").published_at is None


def filled_in_token(client: FlaskClient, path: str) -> str:
    """The token of the first form on a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]


def test_new_event_needs_few_answers(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    shown = filled_in(client, "/admin/new")
    assert (shown["starts_at"], shown["ends_at"]) == (["2027-04-12T09:30"], ["2027-04-12T16:30"])
    assert "„Werkstatt Lernorte“ kopieren" in unescape(client.get("/admin/new").text)
    data = {**shown, "title-de": ["Größe üben"], "attendance": ["online"]}
    assert client.post("/admin/new", data=data).location == "/admin/groesse-ueben-2027/"
    assert client.post("/admin/new", data=data).location == "/admin/groesse-ueben-2027-2/"
    made = queries.get_event("groesse-ueben-2027")
    assert (made.published_at, made.attendance, made.venue_id, made.kind["en"]) == (
        None, "online", None, "Professional meeting",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"), [("title-de", ""), ("ends_at", "2027-04-12T09:00"), ("slug", "werkstatt"), ("slug", "ä ö")]
)
def test_new_event_with_bad_input_is_told_and_kept(app: Flask, meeting: Meeting, field: str, value: str) -> None:
    client = signed_in(app, "Anna")
    data = {**filled_in(client, "/admin/new"), "title-de": ["Neu"], field: [value]}
    answer = client.post("/admin/new", data=data)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert value in unescape(answer.text)
    assert queries.find_event("neu-2027") is None
