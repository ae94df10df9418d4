"""Events of several days, online only, without programme or workshops: front, programme, personal page and mails."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.programme import service as programme
from eventsite.programme import service_releases
from tests.meeting import make_meeting, make_site, visit, words
from tests.registering import page_of, sign_up
from tests.web.surface import addresses, make_surface


def on(day: int, hour: int) -> datetime:
    return datetime(2027, 3, day, hour, tzinfo=UTC)


def make(items: list[tuple[str, datetime, datetime]], **values: Any) -> Event:
    """A public event with open registration and these items."""
    usual: dict[str, Any] = {
        "slug": "tage", "title": words("Tage der Bildung"), "starts_at": on(12, 12), "ends_at": on(14, 11),
        "registration_opens_at": on(1, 8).replace(month=1), "contact_email": "a@example.org",
    }  # fmt: skip
    event = events.create_event(host_ids=[make_site()], **{**usual, **values})
    for title, start, end in items:
        programme.create_item(event.id, kind="talk", title=words(title), starts_at=start, ends_at=end)
    if items:
        service_releases.release(event.id)
    events.publish_event(event.id)
    return event


THREE = [("Ankommen", on(12, 12), on(12, 13)), ("Nacht", on(12, 21), on(13, 0)), ("Abschied", on(14, 9), on(14, 10))]


def plain(app: Flask, path: str) -> str:
    answer = visit(app, path)
    assert answer.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text.split("<main")[1])).split())


def test_several_days_are_told_with_their_days(app: Flask) -> None:
    event = make(THREE)
    front = plain(app, "/de/tage/")
    assert "12.–14. März 2027 Freitag, 13:00 Uhr bis Sonntag, 12:00 Uhr" in front
    person = sign_up(event.id, confirmed=True)
    own = plain(app, page_of(person))
    assert re.findall(r"(?:Freitag|Samstag|Sonntag), \d+\. März 2027", own) == [
        "Freitag, 12. März 2027",
        "Sonntag, 14. März 2027",
    ]
    mail = db.session.scalars(select(OutboxMessage)).one().text
    assert "12.–14. März 2027, Freitag, 13:00 Uhr bis Sonntag, 12:00 Uhr" in mail


def test_one_day_needs_no_heading(app: Flask) -> None:
    event = make(THREE[:1], ends_at=on(12, 16))
    assert "12. März 2027 Freitag, 13:00–17:00 Uhr" in plain(app, "/de/tage/")
    assert "glance__day" not in visit(app, page_of(sign_up(event.id, confirmed=True))).text


def test_online_event_says_where_it_is(app: Flask) -> None:
    event = make(THREE[:1], attendance="online")
    assert "Ort Online" in plain(app, "/de/tage/")
    sign_up(event.id, confirmed=True)
    assert "Ort: Online" in db.session.scalars(select(OutboxMessage)).one().text
    events.change_event(
        event.id, attendance="hybrid", venue_id=events.create_venue(name=words("Rathaus"), town="Mainz").id
    )
    assert "Ort Rathaus und online Mainz" in plain(app, "/de/tage/")


def test_menu_leads_to_no_empty_page(app: Flask) -> None:
    event = make(THREE[:1])
    menu = visit(app, "/de/tage/").text.split("<main")[0]
    assert ("/de/tage/programme" in menu, "/de/tage/speakers" in menu) == (True, False)
    bare = make([], slug="bloss")
    menu = visit(app, "/de/bloss/").text.split("<main")[0]
    assert ("/de/bloss/programme" in menu, "/de/bloss/speakers" in menu) == (False, False)
    for one in (event, bare):
        paths = [f"/de/{one.slug}/{page}" for page in ("programme", "speakers", "register", "calendar.ics", "privacy")]
        assert [visit(app, path).status_code for path in paths] == [200] * 5


def test_every_former_address_leads_on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = make_surface(monkeypatch)
    former = [path for path in addresses(meeting) if "/werkstatt" in path]
    for slug in ("einst", "lernorte"):
        events.change_event(meeting.event.id, slug=slug)
    for old in ("werkstatt", "einst"):
        wrong = {}
        for path in former:
            answer = visit(app, path.replace("werkstatt", old))
            if (answer.status_code, answer.location) != (301, path.replace("werkstatt", "lernorte")):
                wrong[path] = (answer.status_code, answer.location)
        assert wrong == {}


def test_menu_leads_to_people_once_they_are_released(app: Flask) -> None:
    meeting = make_meeting(released=False)
    for item in meeting.items.values():
        programme.set_appearances(item.id, [])
    service_releases.release(meeting.event.id, "test")
    programme.add_appearance(meeting.items["keynote"].id, meeting.speakers["weiland"].id)
    assert "/de/werkstatt/speakers" not in visit(app, "/de/werkstatt/").text.split("<main")[0]
    service_releases.release(meeting.event.id, "test")
    assert "/de/werkstatt/speakers" in visit(app, "/de/werkstatt/").text.split("<main")[0]
