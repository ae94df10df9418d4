"""A small meeting for the tests of public pages and calendars, built through the services: one day, one round."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.people.models import PersonalLink
from eventsite.programme import service as programme
from eventsite.programme import service_releases, service_speakers
from eventsite.programme.models import ProgrammeItem, Round, Speaker


def visit(app: Flask, path: str, method: str = "GET", **options: Any) -> TestResponse:
    """What a stranger gets at an address: without cookies, and with nothing left over from other requests."""
    with app.app_context():
        return app.test_client().open(path, method=method, buffered=True, **options)


def at(hour: int, minute: int = 0, day: int = 11) -> datetime:
    """An instant of the meeting in March 2027, in UTC (Berlin is one hour ahead)."""
    return datetime(2027, 3, day, hour, minute, tzinfo=UTC)


def words(german: str, english: str = "") -> dict[str, str]:
    """A text in German, and in English where there is one."""
    return {"de": german, "en": english} if english else {"de": german}


@dataclass
class Meeting:
    """The meeting with what tests want to get hold of."""

    event: Event
    round: Round
    speakers: dict[str, Speaker]
    items: dict[str, ProgrammeItem]


def make_site(**values: Any) -> int:
    """The site and one host; returns the host's id."""
    host = events.create_host(
        name=words("Netzwerkbüro Lernorte", "Learning Places Office"),
        imprint=words("Angaben nach § 5 DDG"),
        address="Spulengasse 4\n00004 Musterstadt",
        email="buero@example.org",
    )
    events.set_up_site(name=words("Fachveranstaltungen", "Professional meetings"), host_id=host.id, **values)
    return host.id


def make_meeting(*, is_public: bool = True, released: bool = True, **values: Any) -> Meeting:
    """The meeting "werkstatt": welcome, keynote, lunch, two workshops in one round; speakers with and without a role."""
    venue = events.create_venue(
        name=words("Kulturbahnhof", "Kulturbahnhof"),
        address="Bahnhofsplatz 1\n34117 Kassel",
        town="Kassel",
        step_free=words("Stufenlos erreichbar."),
        latitude=51.3175,
        longitude=9.4899,
        rooms=[{"name": words("Saal", "Hall"), "capacity": 100}, {"name": words("Raum 1", "Room 1"), "capacity": 20}],
    )
    defaults: dict[str, Any] = {
        "slug": "werkstatt",
        "kind": words("Fachveranstaltung", "Professional meeting"),
        "title": words("Werkstatt Lernorte", "Workshop on Places to Learn"),
        "lead": words("Ein Tag über Orte, an denen gelernt wird.", "A day about places where people learn."),
        "starts_at": at(8, 30),
        "ends_at": at(15),
        "registration_opens_at": datetime(2027, 1, 4, 8, tzinfo=UTC),
        "registration_closes_at": datetime(2027, 2, 25, 22, 59, tzinfo=UTC),
        "capacity": 60,
        "venue_id": venue.id,
        "contact_name": "Annegret Sommerfeld",
        "contact_email": "tagung@example.org",
    }
    event = events.create_event(host_ids=[values.pop("host_id", 0) or make_site()], **{**defaults, **values})
    meeting = _plan(event, [room.id for room in events.queries.rooms(event)])
    if is_public:
        events.publish_event(event.id)
    if released:
        service_releases.release(event.id, "test")
    return meeting


def _plan(event: Event, rooms: list[int]) -> Meeting:
    people = {
        "weiland": service_speakers.create_speaker("Mara Weiland", organisation="Stadt Kassel"),
        "märz": service_speakers.create_speaker(
            "Dr. Daniel März", email="maerz@example.org", biography=words("Forscht.")
        ),
    }
    make = programme.create_item
    one = programme.create_round(event.id, title=words("Workshop-Runde", "Workshops"), starts_at=at(12), ends_at=at(14))
    times = {"starts_at": at(9), "ends_at": at(9, 30)}
    host = {"speaker_id": people["weiland"].id, "role": "host", "organisations": ["Stadt Kassel", "Land Hessen"]}
    talk = {"speaker_id": people["märz"].id, "role": "keynote"}
    items = {
        "welcome": make(
            event.id, kind="welcome", title=words("Begrüßung", "Welcome"), room_id=rooms[0], appearances=[host], **times
        ),
        "keynote": make(
            event.id,
            kind="keynote",
            title=words("Orte, die tragen", "Places that carry"),
            abstract=words("Was **trägt**?"),
            starts_at=at(9, 30),
            ends_at=at(11),
            room_id=rooms[0],
            is_open_list=True,
            appearances=[talk],
        ),
        "lunch": make(event.id, kind="break", title=words("Mittagspause", "Lunch"), starts_at=at(11), ends_at=at(12)),
        "first": make(
            event.id,
            kind="workshop",
            title=words("Netze knüpfen"),
            round_id=one.id,
            number="1",
            capacity=12,
            position=1,
        ),
        "second": make(
            event.id,
            kind="workshop",
            title=words("Räume öffnen", "Opening rooms"),
            round_id=one.id,
            number="2",
            capacity=12,
            position=2,
            room_id=rooms[1],
        ),
    }
    return Meeting(event, one, people, items)


def preview_token(event: Event) -> str:
    """The secret of the event's preview link."""
    link = db.session.get_one(PersonalLink, event.preview_link_id)
    return ids.link_token(link.purpose, link.public_id, link.generation)
