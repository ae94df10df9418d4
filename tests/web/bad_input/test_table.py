"""Bad input as a table: whatever is sent, the answer is a clear page with the right status, and nothing is stored."""

import re
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.people.models import PersonalLink
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from tests.browserless import csrf_token
from tests.conftest import both_databases
from tests.meeting import Meeting, make_meeting, visit
from tests.organisers import make_account, signed_in
from tests.registering import FORM, csrf, fresh, page_of, send, sign_up

LARGE = "x" * 10_000_000


@pytest.fixture(autouse=True)
def meeting(app: Flask) -> Meeting:
    return make_meeting()


def names() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Registration.name).order_by(Registration.id)))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/xx/werkstatt/", 404),
        ("/DE/werkstatt/", 404),
        ("/de/nowhere/", 404),
        ("/de/WERKSTATT/", 404),
        ("/de/werkstatt/%00", 404),
        ("/de/werkstatt/%0d%0aSet-Cookie:x=1", 404),
        ("/de/%E2%80%AE/", 404),
        ("/de/%F0%9F%8E%89/", 404),
        ("/de/%ff%fe/", 404),
        ("/de/werkstatt/programme/%2e%2e%2f%2e%2e%2fetc", 404),
        ("/static/../wsgi.py", 404),
        ("/static/%2e%2e/wsgi.py", 404),
        ("/static/css/", 404),
        ("/logos/..%2f..%2fsecret", 404),
        ("/logos/" + "0" * 64, 404),
        ("/media/nonsense.jpg", 404),
        ("/media/nonsense.exe", 404),
        ("/d/nonsense", 404),
        ("/theme/nowhere.css", 404),
        ("/calendar/nonsense.ics", 404),
        ("/de/werkstatt/gallery/nonsense", 404),
        ("/de/werkstatt/downloads/nonsense/x.pdf", 404),
        ("/de/werkstatt/documentation.pdf", 404),
        ("/de/" + "a" * 3000 + "/", 404),
    ],
)
def test_strange_address_is_a_clear_page(app: Flask, path: str, status: int) -> None:
    answer = visit(app, path)
    assert (answer.status_code, "<h1" in answer.text, "Traceback" in answer.text) == (status, True, False)


@both_databases
def test_zero_in_an_address_leads_nowhere(app: Flask) -> None:
    places = ("", "speakers/", "programme/", "days/", "tracks/")
    paths = ["/de/%00/", "/de/speakers/a%00b", "/s/%00/", "/maps/werkstatt/%00", "/portraits/werkstatt/%00"]
    paths += [f"/de/werkstatt/{place}%00{end}" for place in places for end in ("", "/calendar.ics", "/now")]
    assert {path: visit(app, path).status_code for path in paths} == dict.fromkeys(paths, 404)


@pytest.mark.parametrize(
    "query", ["?preview=%00", "?preview=" + "x" * 5000, "?preview=%F0%9F%8E%89", "?lang=xx", "?v=%0d%0a"]
)
def test_strange_arguments_do_no_harm(app: Flask, query: str) -> None:
    assert visit(app, f"/de/werkstatt/{query}").status_code in (200, 404)
    assert visit(app, f"/theme/werkstatt.css{query}").status_code in (200, 404)


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "/%0d%0aLocation:%20x", "/%5cevil.example", "/werkstatt//evil"]
)
def test_redirect_never_leaves_the_site(app: Flask, path: str) -> None:
    environ = {"PATH_INFO": unquote(path), "REQUEST_URI": path}  # the client would take the first for a host
    location = visit(app, "/", environ_overrides=environ).headers.get("Location", "/")
    assert re.fullmatch(r"/(?![/\\])[\x20-\x7e]*", location)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Łukasz Şimşek-Ğünay", "Łukasz Şimşek-Ğünay"),
        ("🎉 Emoji 👩‍👩‍👧", "🎉 Emoji 👩‍👩‍👧"),
        ("محمد علي", "محمد علي"),
        ("\u202eevil\u202c Person", "evil Person"),
        ("A\x00B\x07C", "ABC"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE registration; --", "'; DROP TABLE registration; --"),
        ("{{ 7*7 }} %(name)s", "{{ 7*7 }} %(name)s"),
        ("Line\r\nBreak", "Line Break"),
    ],
)
def test_strange_name_is_kept_as_a_name(client: FlaskClient, name: str, stored: str) -> None:
    assert send(client, name=name).status_code == 303
    assert names() == [stored]
    (one,) = db.session.scalars(db.select(Registration))
    page = client.get(page_of(one))
    assert (page.status_code, "<script>alert" in page.text, "49 " in page.text) == (200, False, False)


@pytest.mark.parametrize(
    "email",
    ["a@b", "a b@example.org", "a@example.org\nBcc: x@example.org", "a@exa\x00mple..org", "@example.org", "ä@-.de", "x" * 300 + "@example.org", "a@example.org,b@example.org", "<a@example.org>", "🎉"],
)  # fmt: skip
def test_strange_address_is_refused_and_kept(client: FlaskClient, email: str) -> None:
    answer = send(client, email=email)
    assert (answer.status_code, names()) == (422, [])
    assert 'aria-invalid="true"' in answer.text


def encoded(fields: dict[str, str], kind: str) -> tuple[bytes, str]:
    """A form as it goes over the wire, and its content type."""
    if kind != "multipart/form-data":
        return urlencode(fields).encode(), kind
    parts = (f'--part\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items())
    return ("".join(parts) + "--part--\r\n").encode(), f"{kind}; boundary=part"


@pytest.mark.parametrize("field", ["name", "email", "organisation", "nonsense", "csrf_token"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_ten_megabytes_in_a_field_are_too_much(client: FlaskClient, field: str, kind: str) -> None:
    fields = {"csrf_token": csrf(client), "name": "A", "email": "a@example.org", field: LARGE}
    body, content_type = encoded(fields, kind)
    answer = client.post(FORM, data=body, content_type=content_type)
    assert (answer.status_code, "<h1" in answer.text, names()) == (413, True, [])


@pytest.mark.parametrize("token", ["", "ä" * 20, "\x00", "x" * 5000, "🎉", "a.b.c", "\u202e"])
def test_strange_token_of_a_form_is_a_clear_page(client: FlaskClient, token: str) -> None:
    csrf(client)
    answer = client.post(FORM, data={"csrf_token": token, "name": "A", "email": "a@example.org"})
    assert (answer.status_code, "<h1" in answer.text, names()) == (400, True, [])


@pytest.mark.parametrize("cookie", ["ä", "x" * 4000, '"', "a.b.c", "\x01"])
def test_strange_cookie_is_forgotten(client: FlaskClient, cookie: str) -> None:
    make_account("Anna", is_owner=True)
    for name in ("form", "organiser"):
        client.set_cookie(name, cookie)
    assert [client.get(path).status_code for path in (FORM, "/admin/sign-in", "/admin/")] == [200, 200, 303]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"name=%ff%fe&email=%00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"&" * 5000, "application/x-www-form-urlencoded"),
        (b"a=1&" * 5000, "application/x-www-form-urlencoded"),
    ],
)
def test_broken_body_is_a_clear_page(client: FlaskClient, body: bytes, kind: str) -> None:
    answer = client.post(FORM, data=body, content_type=kind)
    assert (answer.status_code in (400, 413), "<h1" in answer.text, names()) == (True, True, [])


def broken(token: str) -> list[str]:
    """What people and programs make of a personal link."""
    first, last = token.split("-")
    return [token[:-1], token + "x", token.upper(), f"{last}-{first}", first, f"{first}-", f"-{last}", token + "%00", f"{token}%20", "%F0%9F%8E%89"]  # fmt: skip


def test_broken_personal_link_opens_nothing(app: Flask, meeting: Meeting) -> None:
    one = sign_up(meeting.event.id)
    link = db.session.get_one(PersonalLink, one.link_id)
    token = ids.link_token(link.purpose, link.public_id, link.generation)
    found = {wrong: visit(app, f"/r/{wrong}/").status_code for wrong in broken(token)}
    assert found == dict.fromkeys(broken(token), 404)
    feeds = {wrong: visit(app, f"/calendar/{wrong}.ics").status_code for wrong in [*broken(token), token]}
    assert set(feeds.values()) == {404}


@pytest.mark.parametrize("step", ["confirmation", "cancellation"])
def test_button_pressed_again_and_again_acts_once(client: FlaskClient, meeting: Meeting, step: str) -> None:
    one = sign_up(meeting.event.id)
    registrations.confirm(one.id)
    address = page_of(one, step)
    codes = {client.post(address).status_code for _time in range(4)}
    assert codes == {303}
    assert len(fresh(one.id).changes) == (2 if step == "confirmation" else 3)


DATES: list[tuple[str, Any]] = [
    ("2027-02-30T10:00", "31.02."), ("2027-13-01T10:00", ""), ("morgen", ""), ("2027-03-28T02:30", ""), ("0000-00-00T00:00", ""),
    ("99999-01-01T00:00", ""), ("2027-03-11", ""), ("2027-03-11T25:00", ""), ("\x00", ""), ("1850-01-01T10:00", ""),
]  # fmt: skip


@pytest.mark.parametrize("value", [value for value, _why in DATES])
def test_wrong_date_is_refused_and_kept(app: Flask, meeting: Meeting, value: str) -> None:
    make_account("Anna", is_owner=True)
    anna = signed_in(app, "Anna")
    address = "/admin/werkstatt/settings"
    data = {"csrf_token": csrf_token(anna, address), "title-de": "T", "slug": "werkstatt", "starts_at": value}
    before = meeting.event.starts_at
    answer = anna.post(address, data=data)
    assert (answer.status_code, "<h1" in answer.text) == (422, True)
    db.session.rollback()
    assert meeting.event.starts_at == before
