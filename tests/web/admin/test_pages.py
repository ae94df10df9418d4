"""Every organisers' page opens for the organiser, is closed to helpers and strangers, with a fixed answer each."""

from typing import Any

import pytest
from flask import Flask

from tests.meeting import Meeting, make_meeting, make_site
from tests.organisers import make_account, signed_in
from tests.registering import sign_up

OPEN_TO_ALL_ROLES = {
    "dashboard.event",
    "registration_admin.registrations",
    "checkin_admin.presence",
    "walk_in.page",
}

NEEDS = {"documentation_admin.create": "?kind=text"}  # pages that are nothing without an argument
# Nothing to show before something is chosen or made: runs to compare, a second release, a call.
CHOOSING = {"allocation_admin.comparison", "programme_admin_releases.comparison", "call_desk.preview"}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting with an owner, an organiser, a helper and somebody of no team."""
    make_site()
    made = make_meeting()
    make_account("Anna", is_owner=True)
    make_account("Otto", event_id=made.event.id)
    make_account("Ben", event_id=made.event.id, role="helper")
    make_account("Fremde")
    return made


def _pages(app: Flask) -> list[tuple[str, str]]:
    """Endpoint and address of every organisers' page that needs nothing but an event."""
    found = []
    for rule in app.url_map.iter_rules():
        is_ours = rule.rule.startswith("/admin/<event>/") and "GET" in (rule.methods or set())
        if is_ours and rule.arguments <= {"event"} | set(rule.defaults or {}):
            found.append((rule.endpoint, rule.rule.replace("<event>", "werkstatt") + NEEDS.get(rule.endpoint, "")))
    return sorted(found)


def test_every_page_opens_for_the_organiser(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Otto")
    statuses = {path: client.get(path).status_code for endpoint, path in _pages(app) if endpoint not in CHOOSING}
    assert statuses == dict.fromkeys(statuses, 200)
    assert len(statuses) >= 10


def test_pages_of_another_event_do_not_exist_for_a_stranger(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Fremde")
    statuses = {path: client.get(path).status_code for _endpoint, path in _pages(app)}
    assert statuses == dict.fromkeys(statuses, 404)


def test_helpers_open_names_and_presence_only(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Ben")
    allowed = {endpoint for endpoint, path in _pages(app) if client.get(path).status_code == 200}
    assert allowed == {endpoint for endpoint, _path in _pages(app)} & OPEN_TO_ALL_ROLES


def test_helpers_see_names_but_no_addresses_and_answers(app: Flask, meeting: Meeting) -> None:
    registration = sign_up(meeting.event.id)
    page = "/admin/werkstatt/registrations"
    helper, organiser = signed_in(app, "Ben"), signed_in(app, "Otto")
    shown = [registration.name in client.get(page).text for client in (helper, organiser)]
    addresses = [registration.email in client.get(page).text for client in (helper, organiser)]
    person = [client.get(f"{page}/{registration.public_id}").status_code for client in (helper, organiser)]
    assert (shown, addresses, person) == ([True, True], [False, True], [403, 200])


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(app: Flask, meeting: Meeting) -> None:
    client = app.test_client()
    answers: dict[str, Any] = {path: client.get(path) for _endpoint, path in _pages(app)}
    assert {r.status_code for r in answers.values()} == {303}
    assert all(r.location.startswith("/admin/sign-in") for r in answers.values())


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/new", "/admin/hosts", "/admin/venues", "/admin/series", "/admin/site", "/admin/outbox"]
)
def test_pages_of_the_site_open_for_the_owner_only(app: Flask, meeting: Meeting, path: str) -> None:
    assert signed_in(app, "Anna").get(path).status_code == 200
    assert signed_in(app, "Otto").get(path).status_code == (200 if path == "/admin/" else 403)
