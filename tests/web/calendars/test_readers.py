"""Every feed over the wire is read by three foreign readers, with every field full of what calendars stumble over."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from eventsite.core import clock, ids
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.people.models import PersonalLink
from eventsite.programme import service as programme
from eventsite.programme import service_releases
from eventsite.registration import service_calendar
from eventsite.registration.models import Registration
from eventsite.site import announcing, signup
from tests.calendar_readers import agreed
from tests.meeting import Meeting, at, make_meeting, visit, words
from tests.registering import sign_up
from tests.unit.core.test_ical import NASTY

NIGHT = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)  # 2.30 in Berlin, the first of two


def make_nasty_meeting() -> Meeting:
    """Commas, semicolons, backslashes, line breaks, emoji and both directions of writing in every field there is."""
    nasty = words("; ".join(NASTY))
    meeting = make_meeting(
        title=nasty, lead=nasty, subtitle=nasty, contact_name="Sommerfeld; „A, b\\c“", timezone="Europe/Berlin"
    )
    every: dict[str, Any] = {
        "title": nasty,
        "subtitle": nasty,
        "abstract": nasty,
        "online_url": "https://raum.example.org/a;b,c",
    }
    for item in meeting.items.values():
        programme.change_item(item.id, **every)
    times = {"starts_at": NIGHT, "ends_at": NIGHT + timedelta(hours=3)}
    programme.create_item(meeting.event.id, kind="social", title=nasty, **times)
    programme.cancel_item(meeting.items["lunch"].id)
    service_releases.release(meeting.event.id)
    return meeting


def own_feed(meeting: Meeting) -> tuple[Registration, str]:
    one = sign_up(meeting.event.id)
    signup.confirm(one.id)
    service_calendar.choose(one.id, wants_mails=True, alarm_minutes=60)
    link = db.session.get_one(PersonalLink, db.session.get_one(Registration, one.id).feed_link_id)
    return one, f"/calendar/{ids.link_token(link.purpose, link.public_id, link.generation)}.ics"


def test_every_feed_is_read_alike(app: Flask) -> None:
    meeting = make_nasty_meeting()
    _one, own = own_feed(meeting)
    room = events.queries.rooms(meeting.event)[0].public_id
    parts = ("calendar.ics", "days/2027-10-31/calendar.ics", f"rooms/{room}/calendar.ics", "kinds/workshop/calendar.ics",
             "programme/orte-die-tragen.ics", "speakers/dr-daniel-maerz/calendar.ics")  # fmt: skip
    paths = ["/de/calendar.ics", "/en/werkstatt/calendar.ics", own, *(f"/de/werkstatt/{part}" for part in parts)]
    found = agreed(*(visit(app, path).data for path in paths))
    assert [len(entries) for entries in found] == [1, 7, 6, 7, 1, 2, 2, 1, 1]
    night = [entry for entry in found[3] if entry.start == NIGHT]
    assert [entry.end for entry in night] == [NIGHT + timedelta(hours=3)]


def test_way_in_from_afar_stands_in_own_feeds_only_and_from_its_time_on(app: Flask) -> None:
    meeting = make_nasty_meeting()
    _one, own = own_feed(meeting)
    counts = {}
    for name, now in (("before", at(8, 59)), ("then", at(9))):  # half an hour before the keynote
        with clock.freeze(now):
            feeds = [visit(app, path) for path in (own, "/de/werkstatt/calendar.ics", "/de/werkstatt/schedule.json")]
            counts[name] = [feed.data.count(b"raum.example.org") > 0 for feed in feeds]
            agreed(feeds[0].data)
    assert counts == {"before": [True, False, False], "then": [True, False, False]}  # the welcome has begun already
    with clock.freeze(at(8)):
        assert visit(app, own).data.count(b"raum.example.org") == 0


def test_news_stand_in_the_feed_of_changes(app: Flask) -> None:
    meeting = make_meeting()
    announcing.call_off(meeting.event.id, words("Sturm & Regen"), actor="ada")
    feed = visit(app, "/de/werkstatt/changes.atom").get_data(as_text=True)
    assert [feed.count(text) for text in ("Die Veranstaltung ist abgesagt", "Sturm &amp;amp; Regen")] == [1, 1]
    assert "Die Veranstaltung ist abgesagt" in visit(app, "/de/werkstatt/changes").get_data(as_text=True)
