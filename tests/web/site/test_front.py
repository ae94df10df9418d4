"""List of events and front page: what they say in each phase, and that a stale page is never shown."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.documentation.models import Documentation, DocumentationVersion, DocumentFile
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.programme import service as programme
from eventsite.programme import service_releases
from eventsite.registration.models import PlaceCount
from eventsite.web import cache
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, at, make_meeting, make_site, preview_token, visit, words
from tests.queries import count_queries


def box_of(app: Flask) -> str:
    """The state in the one box of the front page; empty where there is no box."""
    html = visit(app, "/en/werkstatt/").text
    _before, found, rest = html.partition('<p class="action__state">')
    return rest.partition("</p>")[0] if found else ""


def set_places(meeting: Meeting, taken: int, waiting: int = 0) -> None:
    with transaction() as session:
        session.merge(PlaceCount(event_id=meeting.event.id, taken=taken, waiting=waiting, last_queue_number=taken))


@pytest.mark.parametrize(
    ("instant", "state"),
    [
        (datetime(2027, 1, 1, tzinfo=UTC), "Registration opens on 4 January 2027, 09:00."),
        (NOW, "Registration is open until 25 February 2027, 23:59."),
        (datetime(2027, 3, 1, tzinfo=UTC), "Registration is closed."),
        (at(10), "The event has begun."),
        (at(16), ""),
    ],
)
def test_box_follows_the_phase(app: Flask, instant: datetime, state: str) -> None:
    with clock.freeze(datetime(2026, 12, 1, tzinfo=UTC)):
        make_meeting()
    with clock.freeze(instant):
        assert box_of(app) == state


@pytest.mark.parametrize(
    ("taken", "waiting", "text"),
    [
        (0, 0, "60 places left."),
        (59, 0, "One place left."),
        (60, 3, "All places are taken."),
        (59, 3, "All places are taken."),
    ],
)
def test_box_tells_the_places_left(app: Flask, taken: int, waiting: int, text: str) -> None:
    set_places(make_meeting(), taken, waiting)
    assert text in visit(app, "/en/werkstatt/").text


def test_box_of_an_event_without_a_limit_counts_nothing(app: Flask) -> None:
    make_meeting(capacity=None)
    assert "places left" not in visit(app, "/en/werkstatt/").text
    assert 'href="/en/werkstatt/register"' in visit(app, "/en/werkstatt/").text


def test_event_without_registration_has_no_box(app: Flask) -> None:
    make_meeting(registration_opens_at=None, registration_closes_at=None)
    assert box_of(app) == ""


def test_cancelled_event_says_so_everywhere(app: Flask) -> None:
    meeting = make_meeting()
    events.change_event(meeting.event.id, cancelled_at=NOW)
    assert box_of(app) == "This event is cancelled."
    assert "<b>Cancelled</b>" in visit(app, "/en/").text
    assert "EventCancelled" in visit(app, "/en/werkstatt/").text


def test_taken_place_shows_at_once(app: Flask) -> None:
    meeting = make_meeting()
    before = visit(app, "/en/werkstatt/")
    set_places(meeting, 10)
    after = visit(app, "/en/werkstatt/", headers={"If-None-Match": before.headers["ETag"]})
    assert ("60 places left." in before.text, after.status_code, "50 places left." in after.text) == (True, 200, True)


def test_page_changes_by_itself_when_the_phase_does(app: Flask) -> None:
    make_meeting()
    assert box_of(app).startswith("Registration is open until")
    with clock.freeze(datetime(2027, 2, 26, tzinfo=UTC)), count_queries() as sent:
        assert box_of(app) == "Registration is closed."
    assert len(sent) == 4


def test_front_page_of_a_bare_event_looks_meant(app: Flask) -> None:
    host = make_site()
    times: dict[str, Any] = {"starts_at": at(8), "ends_at": at(12)}
    event = events.create_event(host_ids=[host], slug="kurz", title=words("Kurz"), **times)
    events.publish_event(event.id)
    answer = visit(app, "/de/kurz/")
    assert (answer.status_code, "None" in answer.text, "spread" in answer.text) == (200, False, False)


def document(event: Event) -> None:
    """A published documentation, as the documentation package stores it."""
    block = {
        "kind": "core_messages",
        "anchor": "messages",
        "title": "x",
        "messages": ["Vertrauen trägt.", "Klein anfangen."],
    }
    tree = {"title": "T", "lead": "Was bleibt.", "blocks": [block]}
    file = DocumentFile(event_id=event.id, language="de", state="ready", size=1_400_000)
    version = DocumentationVersion(
        event_id=event.id,
        number=1,
        tree={"de": tree},
        fingerprint="f",
        requested_at=NOW,
        requested_by="test",
        published_at=NOW,
        files=[file],
    )
    with transaction() as session:
        draft = Documentation(event_id=event.id, lead={}, updated_at=NOW)
        session.add(draft)
        session.flush()
        version.documentation_id = draft.id
        session.add(version)


def test_documented_event_leads_with_its_documentation(app: Flask) -> None:
    meeting = make_meeting()
    document(meeting.event)
    with clock.freeze(at(18)):
        html = visit(app, "/de/werkstatt/").text
        assert "Documentation" in visit(app, "/en/").text
    assert ("Was bleibt." in html, "Vertrauen trägt." in html, "1,4" in html) == (True, True, True)
    assert html.index("Was bleibt.") < html.index("Begrüßung")


def test_list_holds_what_comes_before_what_was(app: Flask) -> None:
    host = make_site()
    for slug, day in (("spaet", 20), ("frueh", 12), ("vorbei", 1)):
        times: dict[str, Any] = {"starts_at": at(8, day=day), "ends_at": at(12, day=day)}
        event = events.create_event(host_ids=[host], slug=slug, title=words(slug), **times)
        events.publish_event(event.id)
    with clock.freeze(at(9, day=11)):
        html = visit(app, "/de/").text
    places = [html.index(f'href="/de/{slug}/"') for slug in ("frueh", "spaet", "vorbei")]
    assert places == sorted(places)
    assert html.index('id="archive"') < places[2]


def test_list_without_events_says_what_will_stand_there(app: Flask) -> None:
    make_site()
    assert 'class="empty"' in visit(app, "/de/").text


def test_event_published_for_later_appears_by_itself(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    events.publish_event(meeting.event.id, at=NOW + timedelta(hours=1))
    before = [visit(app, path).status_code for path in ("/de/werkstatt/", "/de/werkstatt/calendar.ics")]
    listed = "Werkstatt" in visit(app, "/de/").text
    with clock.freeze(NOW + timedelta(hours=2)):
        after = [visit(app, "/de/werkstatt/").status_code, "Werkstatt" in visit(app, "/de/").text]
    assert (before, listed, after) == ([404, 404], False, [200, True])


def test_withdrawn_event_is_gone_at_once(app: Flask) -> None:
    meeting = make_meeting()
    paths = ("/de/werkstatt/", "/de/werkstatt/calendar.ics", "/theme/werkstatt.css", "/de/werkstatt/imprint")
    assert [visit(app, path).status_code for path in paths] == [200] * 4
    events.withdraw_event(meeting.event.id)
    assert [visit(app, path).status_code for path in paths] == [404] * 4
    assert "werkstatt" not in visit(app, "/de/").text + visit(app, "/sitemap.xml").text


def test_preview_shows_a_draft_as_it_will_look_and_keeps_nothing(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    token = preview_token(meeting.event)
    answer = visit(app, f"/en/werkstatt/?preview={token}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert f"/theme/werkstatt.css?v=0b5a6b&amp;preview={token}" in answer.text
    assert "Registration is open until" in answer.text
    assert visit(app, "/en/werkstatt/").status_code == 404


def test_revoked_preview_link_shows_nothing(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    token = preview_token(meeting.event)
    events.renew_preview_link(meeting.event.id)
    wrong = [token, "", "x", token + "x", "a-b", "%00"]
    assert [visit(app, f"/de/werkstatt/?preview={one}").status_code for one in wrong] == [404] * 6
    assert visit(app, f"/de/werkstatt/?preview={preview_token(meeting.event)}").status_code == 200


@both_databases
def test_queries_do_not_grow(app: Flask) -> None:
    meeting = make_meeting()
    document(meeting.event)
    few = _counts(app)
    with transaction():
        for number in range(100):
            _add(meeting, number)
        service_releases.release(meeting.event.id)
    db.session.remove()
    assert (few, _counts(app)) == ([3, 5, 6], [3, 5, 6])


def _add(meeting: Meeting, number: int) -> None:
    times: dict[str, Any] = {"starts_at": at(9), "ends_at": at(10)}
    programme.create_item(meeting.event.id, kind="talk", title=words(f"Vortrag {number}"), **times)
    event = events.create_event(host_ids=[], slug=f"e{number}", title=words("E"), published_at=NOW, **times)
    events.set_info_page(event.id, "anreise", title=words("Anreise"), text={})


def _counts(app: Flask) -> list[int]:
    found = []
    for path in ("/de/", "/de/werkstatt/", "/sitemap.xml"):
        cache.pages.clear()
        with count_queries() as sent:
            assert visit(app, path).status_code == 200
        found.append(len(sent))
    return found
