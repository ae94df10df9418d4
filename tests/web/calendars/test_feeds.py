"""Calendar feeds over the wire: what stands in them, who may read them, and when they change."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from eventsite.allocation.models import Allocation, WaitingPlace
from eventsite.core import clock, ids
from eventsite.core.db import db, transaction
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.people.models import PersonalLink
from eventsite.programme import service as programme
from eventsite.programme import service_releases
from eventsite.registration import service as registrations
from eventsite.registration import service_calendar
from eventsite.registration.models import Registration
from eventsite.registration.service import Details
from eventsite.web import cache
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, at, make_meeting, make_site, preview_token, visit, words
from tests.queries import count_queries

FEED = "/de/werkstatt/calendar.ics"


def entries_of(octets: bytes) -> list[tuple[str, str, int]]:
    """Summary, status and sequence of each entry, as a strict reader finds them."""
    calendar = Calendar.from_ical(octets)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    return [(str(e["SUMMARY"]), str(e["STATUS"]), int(e["SEQUENCE"])) for e in calendar.walk("VEVENT")]


def test_event_feed_holds_the_released_programme(app: Flask) -> None:
    make_meeting()
    answer = visit(app, FEED)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Content-Disposition"] == 'inline; filename="werkstatt.ics"'
    assert entries_of(answer.data) == [
        ("Werkstatt Lernorte", "CONFIRMED", 0),
        ("Begrüßung", "CONFIRMED", 0),
        ("Orte, die tragen", "CONFIRMED", 0),
        ("Mittagspause", "CONFIRMED", 0),
        ("Workshop 1: Netze knüpfen", "CONFIRMED", 0),
        ("Workshop 2: Räume öffnen", "CONFIRMED", 0),
    ]


def test_feed_before_the_first_release_holds_the_event(app: Flask) -> None:
    make_meeting(released=False)
    assert entries_of(visit(app, FEED).data) == [("Werkstatt Lernorte", "CONFIRMED", 0)]


def test_feed_follows_releases_and_keeps_tombstones(app: Flask) -> None:
    meeting = make_meeting()
    before = visit(app, FEED)
    programme.change_item(meeting.items["welcome"].id, ends_at=at(9, 45))
    assert visit(app, FEED).data == before.data
    programme.delete_item(meeting.items["lunch"].id)
    with clock.freeze(NOW + timedelta(days=1)):
        service_releases.release(meeting.event.id)
    found = {summary: rest for summary, *rest in entries_of(visit(app, FEED).data)}
    assert (found["Begrüßung"], found["Mittagspause"], found["Orte, die tragen"]) == (
        ["CONFIRMED", 1],
        ["CANCELLED", 1],
        ["CONFIRMED", 0],
    )


def test_event_entry_moves_with_the_event_only(app: Flask) -> None:
    meeting = make_meeting()
    sequences = []
    for change in ({"accent": "#9b3a24"}, {"title": words("Neu")}, {"ends_at": at(16)}, {"cancelled_at": NOW}):
        events.change_event(meeting.event.id, **change)
        sequences.append(entries_of(visit(app, FEED).data)[0][1:])
    assert sequences == [("CONFIRMED", 0), ("CONFIRMED", 0), ("CONFIRMED", 1), ("CANCELLED", 2)]


def test_sequences_rise_when_an_event_is_cancelled_and_when_it_is_held_after_all(app: Flask) -> None:
    meeting = make_meeting()
    paths = (FEED, "/de/werkstatt/programme/begruessung.ics", address(register(meeting).id))
    found = []
    for number, cancelled_at in enumerate((None, NOW, None), 1):
        with clock.freeze(NOW + timedelta(days=number)):
            events.change_event(meeting.event.id, cancelled_at=cancelled_at)
            read = [entries_of(visit(app, path).data) for path in paths]
        found.append([{(status, sequence) for _summary, status, sequence in entries} for entries in read])
    assert found[0] == [{("CONFIRMED", 0)}, {("CONFIRMED", 0)}, {("CONFIRMED", 0), ("CONFIRMED", 1), ("TENTATIVE", 0)}]
    assert found[1] == [{("CANCELLED", 1)}, {("CANCELLED", 1)}, {("CANCELLED", 1), ("CANCELLED", 2)}]
    assert found[2] == [{("CONFIRMED", 2)}, {("CONFIRMED", 2)}, {("CONFIRMED", 2), ("CONFIRMED", 3), ("TENTATIVE", 2)}]


def test_unchanged_feed_is_answered_with_304_and_no_work(app: Flask) -> None:
    make_meeting()
    first = visit(app, FEED)
    with count_queries() as sent:
        again = visit(app, FEED, headers={"If-None-Match": first.headers["ETag"]})
    with clock.freeze(NOW + timedelta(days=3)):
        cache.pages.clear()
        later = visit(app, FEED)
    assert (again.status_code, again.data, len(sent)) == (304, b"", 0)  # the look at the revisions goes to the driver
    assert (later.data, later.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert first.headers["Cache-Control"] == "public, no-cache"


def test_head_gives_the_headers_alone(app: Flask) -> None:
    make_meeting()
    head, get = visit(app, FEED, "HEAD"), visit(app, FEED)
    names = ("ETag", "Content-Type", "Content-Length", "Cache-Control")
    assert (head.data, [head.headers[n] for n in names]) == (b"", [get.headers[n] for n in names])


def test_single_item_has_the_uid_of_the_feed(app: Flask) -> None:
    make_meeting()
    one = visit(app, "/en/werkstatt/programme/orte-die-tragen.ics").data
    uids = [str(e["UID"]) for e in Calendar.from_ical(one).walk("VEVENT")]
    assert uids == [str(e["UID"]) for e in Calendar.from_ical(visit(app, FEED).data).walk("VEVENT")][2:3]
    assert entries_of(one) == [("Places that carry", "CONFIRMED", 0)]


@pytest.mark.parametrize("path", ["programme/nix.ics", "programme/.ics", "calendar.ICS", "programme/begruessung.ical"])
def test_unknown_feed_is_404(app: Flask, path: str) -> None:
    make_meeting()
    assert visit(app, f"/de/werkstatt/{path}").status_code == 404


def test_site_feed_holds_public_events_only(app: Flask) -> None:
    make_meeting()
    events.create_event(host_ids=[1], slug="entwurf", title=words("Entwurf"), starts_at=at(8), ends_at=at(9))
    assert entries_of(visit(app, "/de/calendar.ics").data) == [("Werkstatt Lernorte", "CONFIRMED", 0)]


def test_site_feed_without_events_is_a_valid_calendar(app: Flask) -> None:
    make_site()
    assert entries_of(visit(app, "/en/calendar.ics").data) == []


def test_draft_has_no_feed_but_for_its_preview(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    paths = (FEED, "/de/werkstatt/programme/begruessung.ics")
    assert [visit(app, path).status_code for path in paths] == [404, 404]
    token = preview_token(meeting.event)
    answers = [visit(app, f"{path}?preview={token}") for path in paths]
    assert [(a.status_code, a.headers["Cache-Control"]) for a in answers] == [(200, "no-store")] * 2
    assert token.encode() not in answers[0].data.replace(b"\r\n ", b"")


def register(meeting: Meeting, **values: Any) -> Registration:
    details = Details(name="Ada Beispiel", email="ada@example.org", language=values.pop("language", "de"))
    received = registrations.register(meeting.event.id, details, source="organiser", confirmed=True, **values)
    return received.registration


def address(registration_id: int) -> str:
    registration = db.session.get_one(Registration, registration_id)
    link = db.session.get_one(PersonalLink, registration.feed_link_id)
    return f"/calendar/{ids.link_token(link.purpose, link.public_id, link.generation)}.ics"


def allocate(meeting: Meeting, registration_id: int, name: str | None, sequence: int = 0) -> None:
    """A workshop (or none) as an applied run stores it."""
    item = meeting.items[name].id if name else None
    with transaction() as session:
        session.get_one(Event, meeting.event.id).allocation_published_at = NOW
        known = session.query(Allocation).filter_by(registration_id=registration_id).one_or_none()
        row = known or Allocation(registration_id=registration_id, round_id=meeting.round.id, reason={})
        row.item_id, row.sequence, row.updated_at = item, sequence, NOW + timedelta(hours=sequence)
        session.add(row)


GENERAL = ["Begrüßung", "Orte, die tragen", "Mittagspause"]


def own(app: Flask, registration_id: int) -> list[tuple[str, str, int]]:
    return entries_of(visit(app, address(registration_id)).data)


def test_personal_feed_holds_general_items_and_the_round_to_come(app: Flask) -> None:
    meeting = make_meeting()
    found = own(app, register(meeting).id)
    assert [summary for summary, *_rest in found] == ["Werkstatt Lernorte", *GENERAL, "Workshop-Runde"]
    assert found[-1][1:] == ("TENTATIVE", 0)


@both_databases
def test_personal_feed_follows_the_allocation(app: Flask) -> None:
    meeting = make_meeting()
    registration_id = register(meeting).id
    found = []
    for sequence, name in enumerate(["first", "second", None]):
        allocate(meeting, registration_id, name, sequence)
        found.append(own(app, registration_id)[-1])
    assert found == [
        ("Workshop 1: Netze knüpfen", "CONFIRMED", 1000),
        ("Workshop 2: Räume öffnen", "CONFIRMED", 2000),
        ("Workshop-Runde", "CANCELLED", 3000),
    ]


def test_places_of_others_are_nowhere_in_a_feed(app: Flask) -> None:
    meeting = make_meeting()
    ada = register(meeting).id
    details = Details(name="Bo Geheim", email="bo@example.org")
    other = registrations.register(meeting.event.id, details, source="organiser", confirmed=True).registration.id
    allocate(meeting, ada, "first")
    allocate(meeting, other, "second")
    text = visit(app, address(ada)).text.replace("\r\n ", "")
    assert ("Räume öffnen" in text, "Bo Geheim" in text, "ada@example.org" in text) == (False, False, False)
    assert "Netze" not in visit(app, address(other)).text


def test_waiting_place_is_tentative(app: Flask) -> None:
    meeting = make_meeting()
    registration_id = register(meeting).id
    allocate(meeting, registration_id, "first")
    item = meeting.items["second"].id
    with transaction() as session:
        session.add(WaitingPlace(registration_id=registration_id, item_id=item, created_at=NOW))
    found = [entry for entry in own(app, registration_id) if "Räume öffnen" in entry[0]]
    assert found == [("Warteliste: Workshop 2: Räume öffnen", "TENTATIVE", 0)]


def test_cancelled_registration_clears_the_calendar(app: Flask) -> None:
    meeting = make_meeting()
    registration_id = register(meeting).id
    before = own(app, registration_id)[0]
    registrations.cancel(registration_id)
    after = own(app, registration_id)
    assert (before[1], [entry[1] for entry in after]) == ("CONFIRMED", ["CANCELLED"])
    assert after[0][2] > before[2]


def test_personal_feed_is_in_the_language_of_the_registration(app: Flask) -> None:
    meeting = make_meeting()
    assert own(app, register(meeting, language="en").id)[1][0] == "Welcome"


def test_personal_feed_is_never_kept_and_answers_304(app: Flask) -> None:
    path = address(register(make_meeting()).id)
    first = visit(app, path)
    assert (first.headers["Cache-Control"], first.headers["X-Robots-Tag"]) == ("private, no-store", "noindex")
    again = visit(app, path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert visit(app, path, "HEAD").headers["ETag"] == first.headers["ETag"]
    assert visit(app, path, "POST").status_code == 405


def test_wrong_or_revoked_link_is_404(app: Flask) -> None:
    meeting = make_meeting()
    registration = register(meeting)
    path = address(registration.id)
    link = db.session.get_one(PersonalLink, registration.link_id)
    other_purpose = f"/calendar/{ids.link_token(link.purpose, link.public_id, link.generation)}.ics"
    wrong = [path.replace(".ics", "x.ics"), "/calendar/.ics", "/calendar/a-b.ics", "/calendar/ä-ß.ics", other_purpose]
    assert [visit(app, one).status_code for one in wrong] == [404] * 5
    service_calendar.renew_address(registration.id)
    assert (visit(app, path).status_code, visit(app, address(registration.id)).status_code) == (404, 200)


def test_feed_link_opens_nothing_but_the_feed(app: Flask) -> None:
    path = address(register(make_meeting()).id)
    token = path.removeprefix("/calendar/").removesuffix(".ics")
    assert visit(app, f"/r/{token}/").status_code == 404


@both_databases
def test_queries_do_not_grow_with_the_programme(app: Flask) -> None:
    meeting = make_meeting()
    paths = [FEED, "/de/calendar.ics", "/de/werkstatt/programme/begruessung.ics", address(register(meeting).id)]
    few = [_queries(app, path) for path in paths]
    with transaction():
        for number in range(100):
            times: dict[str, Any] = {"starts_at": at(9), "ends_at": at(10)}
            programme.create_item(meeting.event.id, kind="talk", title=words(f"V {number}"), **times)
        service_releases.release(meeting.event.id)
    assert (few, [_queries(app, path) for path in paths]) == ([3, 3, 3, few[3]], [3, 3, 3, few[3]])
    assert few[3] <= 8


def _queries(app: Flask, path: str) -> int:
    cache.pages.clear()
    with count_queries() as sent:
        assert visit(app, path).status_code == 200
    return len(sent)
