"""Public pages of people: the list in its orders, one person over all years, portraits, merged addresses, the own feed."""

import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from PIL import Image

from eventsite.core import storage
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.programme import queries_speakers, service, service_releases
from eventsite.programme import service_merging as merging
from eventsite.programme import service_speakers as speakers
from eventsite.programme.models import Speaker
from eventsite.web import cache
from tests.conftest import both_databases
from tests.meeting import Meeting, at, make_meeting, preview_token, visit, words
from tests.queries import count_queries

EMOJI = "👩\u200d🚀"


def picture(width: int = 900, height: int = 1200, form: str = "JPEG", colour: str = "red") -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("blue", (width // 2, 0, width, height))
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


def fill(event_id: int, names: list[str]) -> None:
    """More people in one item each, released."""
    with transaction():
        for name in names:
            parts = [{"speaker_id": speakers.create_speaker(name).id, "role": "speaker"}]
            times: dict[str, Any] = {"starts_at": at(14), "ends_at": at(15)}
            service.create_item(event_id, kind="talk", title=words(name), appearances=parts, **times)
        service_releases.release(event_id)


def second_meeting(meeting: Meeting, *, is_public: bool = True) -> int:
    """A meeting a year earlier at which Daniel März spoke too."""
    hosts = [host.id for host in events.queries.get_event("werkstatt").hosts]
    event = events.create_event(
        host_ids=hosts, slug="werkstatt-2026", title=words("Werkstatt 2026"), kind=words("Tagung"), lead=words("."),
        starts_at=datetime(2026, 3, 12, 8, tzinfo=UTC), ends_at=datetime(2026, 3, 12, 16, tzinfo=UTC),
    )  # fmt: skip
    parts = [{"speaker_id": meeting.speakers["märz"].id, "role": "panellist", "organisations": ["Amt Alt"]}]
    times = {"starts_at": datetime(2026, 3, 12, 10, tzinfo=UTC), "ends_at": datetime(2026, 3, 12, 11, tzinfo=UTC)}
    service.create_item(event.id, kind="panel", title=words("Früher"), appearances=parts, **times)
    service_releases.release(event.id)
    if is_public:
        events.publish_event(event.id)
    return event.id


def shown(html: str) -> list[str]:
    return re.findall(r'href="/de/werkstatt/speakers/([\w-]+)"', html)


def test_many_people_have_letters_to_jump_to_few_have_none(app: Flask) -> None:
    meeting = make_meeting()
    assert 'class="letters"' not in visit(app, "/de/werkstatt/speakers").text
    fill(meeting.event.id, [f"Ann{n} Ärmel" for n in range(19)] + ["Bo Ázad", "王小明", EMOJI, "محمد علي", "Łukasz Ó"])
    html = visit(app, "/de/werkstatt/speakers").text
    targets = re.findall(r'<a href="#(letter-[\w]+)">(.)</a>', html)
    assert [label for _target, label in targets] == ["A", "M", "O", "W", "#"]
    assert re.findall(r'<h2 id="(letter-[\w]+)">', html) == [target for target, _label in targets]
    assert len(shown(html)) == 26


def test_people_by_role_stand_in_each_of_their_roles(app: Flask) -> None:
    meeting = make_meeting()
    service.add_appearance(meeting.items["first"].id, meeting.speakers["märz"].id, "host")
    service_releases.release(meeting.event.id)
    html = visit(app, "/de/werkstatt/speakers?by=role").text
    assert shown(html) == ["dr-daniel-maerz", "dr-daniel-maerz", "mara-weiland"]
    assert len(re.findall(r'<h2 id="letter-role', html)) == 2
    assert shown(visit(app, "/de/werkstatt/speakers?by=%27nix").text) == ["dr-daniel-maerz", "mara-weiland"]


@pytest.mark.parametrize("name", ["محمد علي", "王小明", EMOJI, "<b>Ada</b> & Co", "X" * 200])
def test_any_name_has_a_page(app: Flask, name: str) -> None:
    meeting = make_meeting()
    fill(meeting.event.id, [name])
    slug = next(one.slug for one in queries_speakers.speakers_of(meeting.event.id) if one.name == name)
    answer = visit(app, f"/de/werkstatt/speakers/{slug}")
    assert (answer.status_code, "<b>Ada</b>" in answer.text) == (200, False)


def test_person_is_shown_over_all_years(app: Flask) -> None:
    meeting = make_meeting()
    other = second_meeting(meeting, is_public=False)
    before = visit(app, "/de/speakers/dr-daniel-maerz").text
    events.publish_event(other)
    here, everywhere = (visit(app, f"/de/{page}speakers/dr-daniel-maerz").text for page in ("werkstatt/", ""))
    item = 'href="/de/werkstatt-2026/programme/frueher"'
    assert [item in html for html in (before, here, everywhere)] == [False, True, True]
    assert 'href="/de/werkstatt/programme/orte-die-tragen"' in everywhere
    canonical = '<link rel="canonical" href="http://localhost/de/speakers/dr-daniel-maerz">'
    assert [canonical in html for html in (here, everywhere)] == [True, True]
    assert visit(app, "/en/werkstatt-2026/speakers/dr-daniel-maerz").status_code == 200


def test_who_is_in_no_public_release_has_no_page(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    speakers.create_speaker("Nur Angelegt")
    paths = ["/de/speakers/mara-weiland", "/de/speakers/nur-angelegt", "/de/speakers/nix", "/de/speakers/"]
    assert [visit(app, path).status_code for path in paths] == [404] * 4
    token = preview_token(meeting.event)
    assert visit(app, f"/de/werkstatt/speakers/mara-weiland?preview={token}").status_code == 200


def test_biography_in_another_language_says_so(app: Flask) -> None:
    make_meeting()
    html = visit(app, "/en/werkstatt/speakers/dr-daniel-maerz").text
    assert re.search(r'<div lang="de"><p>Forscht\.</p>', html)


def test_merged_address_leads_on_for_ever(app: Flask) -> None:
    meeting = make_meeting()
    fill(meeting.event.id, ["Daniel Maerz"])
    other = next(one.id for one in queries_speakers.speakers() if one.name == "Daniel Maerz")
    merging.merge(meeting.speakers["märz"].id, other, {}, actor="test")
    pages = ("/de/speakers/", "/en/werkstatt/speakers/")
    answers = [visit(app, f"{page}daniel-maerz") for page in pages]
    answers.append(visit(app, "/de/werkstatt/speakers/daniel-maerz/calendar.ics"))
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [
        *((301, f"{page}dr-daniel-maerz") for page in pages),
        (301, "/de/werkstatt/speakers/dr-daniel-maerz/calendar.ics"),
    ]
    assert "daniel-maerz" in shown(visit(app, "/de/werkstatt/programme").text)  # what was released is not rewritten
    assert shown(visit(app, "/de/werkstatt/speakers").text) == ["dr-daniel-maerz", "mara-weiland"]


def entries_of(app: Flask, path: str) -> list[Any]:
    return list(Calendar.from_ical(visit(app, path).data).walk("VEVENT"))


def test_own_feed_is_part_of_the_event_feed(app: Flask) -> None:
    meeting = make_meeting()
    service.add_appearance(meeting.items["first"].id, meeting.speakers["märz"].id, "lead")
    service_releases.release(meeting.event.id)
    service.delete_item(meeting.items["keynote"].id)
    service_releases.release(meeting.event.id)
    own = entries_of(app, "/de/werkstatt/speakers/dr-daniel-maerz/calendar.ics")
    whole = {str(e["UID"]): e.to_ical() for e in entries_of(app, "/de/werkstatt/calendar.ics")}
    assert [(str(e["SUMMARY"]), str(e["STATUS"])) for e in own] == [
        ("Workshop 1: Netze knüpfen", "CONFIRMED"),
        ("Orte, die tragen", "CANCELLED"),
    ]
    assert [e.to_ical() == whole[str(e["UID"])] for e in own] == [True, True]


def served(app: Flask, html: str) -> dict[str, tuple[str, tuple[int, int]]]:
    """Type and size of every file of the portraits on a page."""
    found = {}
    for path in sorted(set(re.findall(r"(/portraits/[^\s\"]+)", html))):
        answer = visit(app, path)
        found[path] = (answer.content_type, Image.open(io.BytesIO(answer.data)).size)
    return found


def test_portrait_comes_in_sizes_and_formats_and_never_as_uploaded(app: Flask) -> None:
    meeting = make_meeting()
    original = picture()
    speakers.set_portrait(meeting.speakers["märz"].id, original, "Ada Bild")
    html = visit(app, "/de/werkstatt/speakers/dr-daniel-maerz").text
    types = ("image/avif", "image/jpeg", "image/webp")
    assert sorted(served(app, html).values()) == [(t, (n, n)) for t in types for n in (160, 320, 640)]
    db.session.rollback()
    profile = db.session.get_one(Speaker, meeting.speakers["märz"].id)
    assert storage.read(profile.portrait_original_key or "") == original
    whole = next(one["key"] for one in profile.portrait_files if one["format"] == "whole")
    hidden = [visit(app, f"/portraits/werkstatt/{key}").status_code for key in (profile.portrait_original_key, whole)]
    assert hidden == [404, 404]
    assert "Ada Bild" in html


def test_crop_follows_the_focus(app: Flask) -> None:
    number = make_meeting().speakers["märz"].id
    speakers.set_portrait(number, picture(1200, 600), "Ada Bild")
    seen = []
    for x in (0.0, 1.0):
        speakers.set_focus(number, x, 0.5)
        key = db.session.get_one(Speaker, number).portrait_key
        seen.append(Image.open(io.BytesIO(storage.read(key or ""))).convert("RGB").getpixel((160, 160)))
    (red, blue) = seen
    assert (red[0] > 200, red[2] < 60, blue[0] < 60, blue[2] > 200) == (True,) * 4


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", b"<html>", b"%PDF-1.7", picture()[:2000],
        picture(100, 900), b"GIF89a" + b"\x00" * 50, b"\x89PNG\r\n\x1a\n" + b"\xff" * 90,
    ],
)  # fmt: skip
def test_hostile_portrait_is_refused_and_leaves_nothing(app: Flask, content: bytes) -> None:
    number = make_meeting().speakers["märz"].id
    with pytest.raises(Refused):
        speakers.set_portrait(number, content, "Ada Bild")
    with pytest.raises(Refused):
        speakers.set_portrait(number, picture(), " ")
    assert (db.session.get_one(Speaker, number).portrait_key, list(storage.keys())) == (None, [])


def test_portrait_taken_back_leaves_no_file_but_of_others(app: Flask) -> None:
    meeting = make_meeting()
    for name in ("märz", "weiland"):
        speakers.set_portrait(meeting.speakers[name].id, picture(), "Ada Bild")
    before = set(storage.keys())
    speakers.set_portrait(meeting.speakers["märz"].id, None, "")
    assert set(storage.keys()) == before
    speakers.set_focus(meeting.speakers["weiland"].id, 0.1, 0.1)
    speakers.set_portrait(meeting.speakers["weiland"].id, None, "")
    assert list(storage.keys()) == []


@both_databases
def test_queries_stay_the_same_with_500_speakers(app: Flask) -> None:
    meeting = make_meeting()
    second_meeting(meeting)
    paths = ["werkstatt/speakers", "werkstatt/speakers?by=role", "werkstatt/speakers/dr-daniel-maerz"]
    paths += ["speakers/dr-daniel-maerz", "werkstatt/speakers/dr-daniel-maerz/calendar.ics"]

    def counts() -> list[int]:
        found = []
        for path in paths:
            cache.pages.clear()
            db.session.remove()
            with count_queries() as sent:
                assert visit(app, f"/de/{path}").status_code == 200
            found.append(len(sent))
        return found

    event_id, few = meeting.event.id, counts()
    fill(event_id, [f"Person Nummer{n}" for n in range(150)])
    assert (few, counts()) == ([4, 4, 5, 3, 5], [4, 4, 5, 3, 5])
