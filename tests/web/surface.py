"""The whole public surface of a documented meeting: one address for every public route, files and feeds included."""

from typing import Any

import pytest
from flask import Flask

from eventsite.core import pdf as engine
from eventsite.core import storage
from eventsite.core.db import db
from eventsite.documentation import prints
from eventsite.documentation import service as documentations
from eventsite.events import service as events
from eventsite.media.models import Derivative, Download, Photo
from eventsite.programme import service_releases, service_speakers
from eventsite.registration import library, service_answers
from tests.documented import make_documented
from tests.meeting import Meeting, words
from tests.proposing import make_call

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
OF_THE_SITE = (
    "/de/",
    "/de/imprint",
    "/de/privacy",
    "/de/accessibility",
    "/de/archive",
    "/de/calendar.ics",
    "/robots.txt",
    "/sitemap.xml",
    "/healthz",
)
# Routes that need no address here: they lead elsewhere, or belong to the organisers' area.
ELSEWHERE = {"site.start", "site.without_language", "static_file", "people.sign_in", "site_setup.first_start"}


def make_surface(monkeypatch: pytest.MonkeyPatch, **values: Any) -> Meeting:
    """A meeting with something behind every public route; its PDF is made by a stand-in."""
    monkeypatch.setattr(prints, "documentation_pdf", lambda tree, **_about: f"%PDF {tree['language']}".encode())
    monkeypatch.setattr(engine, "describe", lambda _content: engine.Described(12, True, "", "de"))
    meeting = make_documented(**values)
    event_id = meeting.event.id
    service_speakers.change_speaker(
        meeting.speakers["märz"].id, portrait_key=storage.put(PNG), portrait_credit="Ada Bild"
    )
    service_releases.release(event_id)
    events.set_info_page(event_id, "anreise", title=words("Anreise", "Travel"), text=words("Mit der Bahn."))
    service_answers.set_consent_text(event_id, "public_list", library.CONSENT_TEXTS["public_list"])
    make_call(event_id)
    events.change_event(event_id, logo_key=storage.put(PNG + b"logo"))
    venue = events.queries.get_event(meeting.event.slug).venue
    assert venue is not None
    events.change_venue(venue.id, map_key=storage.put(PNG + b"map"), map_width=8, map_height=8)
    documentations.build(documentations.publish(event_id).id)
    return meeting


def addresses(meeting: Meeting) -> list[str]:
    """One address of the event for every public route."""
    session = db.session
    session.rollback()
    event = events.queries.get_event(meeting.event.slug)
    photo = session.scalars(db.select(Photo)).one()
    form = session.scalars(db.select(Derivative).where(Derivative.photo_id == photo.id)).first()
    download = session.scalars(db.select(Download)).one()
    speaker = session.get_one(type(meeting.speakers["märz"]), meeting.speakers["märz"].id)
    assert form is not None
    pages = (
        *("", "accessibility", "anreise", "imprint", "privacy", "register", "register/received", "resend", "interest"),
        *("register/group", "register/group/received"),
        *("programme", "programme.html", "venue", "programme/orte-die-tragen", "programme/orte-die-tragen.ics"),
        *("calendar.ics", "calendar", "kinds/keynote/calendar.ics", "schedule.xml", "schedule.json"),
        *("changes", "changes.atom", "offline.js", "offline.json"),
        *("call", "call/propose", "call/sent", "call/link"),
        *("speakers", "speakers/dr-daniel-maerz", "speakers/dr-daniel-maerz/calendar.ics"),
        *("documentation", "documentation.json", "documentation.pdf"),
        *("status.json", "status.svg", "frame", "participants"),
        *("downloads", f"downloads/{download.public_id}/{download.filename}", "gallery", f"gallery/{photo.public_id}"),
    )
    (room, *_others) = events.queries.rooms(event)
    assert event.venue is not None
    ending = {"jpeg": "jpg"}.get(form.format, form.format)
    files = (f"/theme/{event.slug}.css", f"/portraits/{event.slug}/{speaker.portrait_key}", f"/logos/{event.logo_key}")
    files += (f"/maps/{event.slug}/{event.venue.map_key}", f"/de/{event.slug}/rooms/{room.public_id}/now")
    files += (f"/media/{form.key}.{ending}", f"/d/{download.public_id}")
    return [f"/de/{event.slug}/{page}" for page in pages] + ["/de/speakers/dr-daniel-maerz", *files]


def routes_of(app: Flask, paths: list[str]) -> set[str]:
    """The routes that answer at these addresses."""
    adapter = app.url_map.bind("localhost")
    return {adapter.match(path, "GET")[0] for path in paths}
