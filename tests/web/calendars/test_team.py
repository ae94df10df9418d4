"""The calendar of an organiser: drafts are tentative, duties remind, and the address is a secret of its own."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.events import service as events
from eventsite.people.models import Account
from eventsite.programme import service as programme
from eventsite.programme import service_releases
from tests.browserless import post_form
from tests.calendar_readers import Seen, agreed
from tests.conftest import NOW
from tests.meeting import Meeting, at, make_meeting, visit, words
from tests.organisers import make_account, signed_in

PAGE = "/admin/account/calendar"


def made(app: Flask, meeting: Meeting, name: str = "Anna", role: str = "organiser") -> tuple[FlaskClient, str]:
    """Somebody of the team, signed in, and the address of the own calendar."""
    make_account(name, event_id=meeting.event.id, role=role)
    client = signed_in(app, name)
    return client, renewed(client)


def renewed(client: FlaskClient) -> str:
    assert post_form(client, PAGE, {}).status_code == 303
    found = re.search(r'href="webcal://[^/]*(/calendar/team/[^"]+)"', client.get(PAGE).get_data(as_text=True))
    assert found is not None
    return found[1]


def entries(app: Flask, path: str) -> dict[str, Seen]:
    ((*found,),) = agreed(visit(app, path).data)
    return {entry.summary: entry for entry in found}


def test_draft_is_tentative_until_it_is_released(app: Flask) -> None:
    meeting = make_meeting()
    _client, path = made(app, meeting)
    before = entries(app, path)["Orte, die tragen"]
    programme.change_item(meeting.items["keynote"].id, starts_at=at(10))
    programme.create_item(meeting.event.id, kind="talk", title=words("Neu"), starts_at=at(9), ends_at=at(10))
    draft = entries(app, path)
    with clock.freeze(NOW + timedelta(hours=1)):
        service_releases.release(meeting.event.id)
    after = entries(app, path)
    states = [[one["Orte, die tragen"].status, one["Neu"].status] for one in (draft, after)]
    assert (before.status, states) == ("CONFIRMED", [["TENTATIVE", "TENTATIVE"], ["CONFIRMED", "CONFIRMED"]])
    assert (draft["Orte, die tragen"].start, draft["Orte, die tragen"].sequence) == (at(10), before.sequence + 1)
    assert after["Orte, die tragen"].sequence == draft["Orte, die tragen"].sequence


def test_duties_follow_the_dates_of_the_event(app: Flask) -> None:
    meeting = make_meeting()
    _client, path = made(app, meeting)
    opens = "Anmeldung öffnet (Werkstatt Lernorte)"
    before = entries(app, path)[opens].start
    later = meeting.event.registration_opens_at + timedelta(days=1)  # type: ignore[operator]
    events.change_event(meeting.event.id, registration_opens_at=later)
    assert (entries(app, path)[opens].start, before) == (later, later - timedelta(days=1))
    assert visit(app, path).data.count(b"TRIGGER:-P1D") == 2


def test_only_own_events_stand_there(app: Flask) -> None:
    meeting = make_meeting()
    make_account("Fremd")
    client = signed_in(app, "Fremd")
    assert visit(app, renewed(client)).data.count(b"BEGIN:VEVENT") == 0
    _anna, path = made(app, meeting)
    assert visit(app, path).data.count(b"BEGIN:VEVENT") == 8


@pytest.mark.parametrize(
    ("role", "number", "sees_draft"), [("editor", 9, True), ("helper", 8, False), ("reviewer", 0, False)]
)
def test_calendar_shows_no_more_than_the_role_may_see(app: Flask, role: str, number: int, sees_draft: bool) -> None:
    meeting = make_meeting()
    programme.create_item(meeting.event.id, kind="talk", title=words("Geheim"), starts_at=at(9), ends_at=at(10))
    _client, path = made(app, meeting, "Rita", role)
    shown = visit(app, path).text
    assert (shown.count("BEGIN:VEVENT"), "Geheim" in shown) == (number, sees_draft)


def test_draft_event_is_tentative(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    _client, path = made(app, meeting)
    assert entries(app, path)["Werkstatt Lernorte"].status == "TENTATIVE"


def test_address_is_secret_kept_by_nobody_and_ends(app: Flask) -> None:
    meeting = make_meeting()
    client, path = made(app, meeting)
    first = visit(app, path)
    assert (first.headers["Cache-Control"], first.headers["X-Robots-Tag"]) == ("private, no-store", "noindex")
    again = visit(app, path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, visit(app, path.replace(".ics", "x.ics")).status_code) == (304, 404)
    token = path.removeprefix("/calendar/team/")
    assert visit(app, f"/calendar/{token}").status_code == 404
    new = renewed(client)
    assert (visit(app, path).status_code, visit(app, new).status_code) == (404, 200)
    with transaction() as session:
        session.scalars(db.select(Account)).one().closed_at = clock.now()
    assert visit(app, new).status_code == 404
