"""The ways to look at the programme: filters in the address, the table by room, the booklet, places, item pages in full."""

import re
from typing import Any

import pytest
from flask import Flask

from eventsite.core import clock
from eventsite.events import service as events
from eventsite.programme import service, service_releases
from eventsite.site import signup
from eventsite.web import cache
from tests.allocating import give_no_places, join, make_wished_meeting, publish
from tests.conftest import both_databases
from tests.meeting import Meeting, at, make_meeting, visit, words
from tests.queries import count_queries

PROGRAMME = "/en/werkstatt/programme"


def titles(html: str) -> list[str]:
    """The addresses of the items a page shows, in order."""
    main = html.partition('<main id="main"')[2]
    return re.findall(r'entry__title"><a href="[^"]*/programme/([\w-]+)"', main)


def fuller(**values: Any) -> Meeting:
    """The meeting with two talks in parallel and one in English, so that there is something to choose from."""
    meeting = make_meeting(**values)
    for number, (room, language) in enumerate((("Saal", "en"), ("Raum 1", "de"))):
        service.create_item(
            meeting.event.id, kind="talk", title=words(f"Vortrag {number}"), starts_at=at(14), ends_at=at(14, 30),
            position=number, language=language, room_id={r.name["de"]: r.id for r in events.queries.rooms(meeting.event)}[room],
        )  # fmt: skip
    service_releases.release(meeting.event.id)
    return meeting


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=keynote", ["orte-die-tragen"]),
        ("kind=workshop", ["netze-knuepfen", "raeume-oeffnen"]),
        ("language=en", ["vortrag-0"]),
        ("day=2027-03-12", []),
        ("kind=%3Cb%3E&day=x&track=1&language=%00", []),
    ],
)
def test_address_carries_the_filter(app: Flask, query: str, shown: list[str]) -> None:
    fuller()
    answer = visit(app, f"{PROGRAMME}?{query}")
    assert (answer.status_code, titles(answer.text)) == (200, shown)
    assert ("empty" in answer.text, '<meta name="robots" content="noindex">' in answer.text) == (not shown, True)
    assert '<link rel="canonical" href="http://localhost/en/werkstatt/programme">' in answer.text
    assert 'rel="alternate" hreflang' not in answer.text


def test_filter_stays_in_the_other_language_and_view(app: Flask) -> None:
    fuller()
    html = visit(app, f"{PROGRAMME}?kind=talk&view=rooms").text
    (other,) = re.findall(r'href="/de/werkstatt/programme\?([^"]*)" lang="de"', html)
    assert sorted(other.split("&amp;")) == ["kind=talk", "view=rooms"]
    assert titles(html) == ["vortrag-0", "vortrag-1"]


def test_whole_programme_is_the_one_for_machines(app: Flask) -> None:
    fuller()
    html = visit(app, PROGRAMME).text
    assert ('content="noindex"' in html, html.count('rel="alternate" hreflang')) == (False, 2)
    assert re.findall(r'sieve__number">(\d+)<', html) == ["1", "1", "2", "2", "5", "1"]


def test_only_what_is_there_is_kept(app: Flask) -> None:
    fuller()
    kept = []
    for query in ("kind=talk", "kind=nothing", "view=nothing", "day=2027-03-11&view=rooms"):
        cache.pages.clear()
        visit(app, f"{PROGRAMME}?{query}")
        with count_queries() as sent:
            visit(app, f"{PROGRAMME}?{query}")
        kept.append(len(sent) == 1)
    assert kept == [True, False, False, True]


def test_table_by_room_has_heads_for_rooms_and_times(app: Flask) -> None:
    fuller()
    html = visit(app, f"{PROGRAMME}?view=rooms").text
    assert re.findall(r'<th scope="col">([^<]+)</th>', html) == ["Room 1", "Hall", "Room open"]
    assert re.findall(r"data-until=[^>]*>([\d:]+)</time>", html) == ["10:00", "10:30", "12:00", "13:00", "15:00"]


@pytest.mark.parametrize("path", [f"{PROGRAMME}?view=print", "/en/werkstatt/programme.html"])
def test_booklet_tells_everything(app: Flask, path: str) -> None:
    fuller()
    html = visit(app, path).text
    assert [word in html for word in ("Was <strong>trägt</strong>?", "Stufenlos erreichbar.", "Dr. Daniel März")] == [
        True
    ] * 3
    assert re.findall(r'class="detail" id="([\w-]+)"', html) == [
        "begruessung", "orte-die-tragen", "netze-knuepfen", "raeume-oeffnen", "vortrag-0", "vortrag-1",
    ]  # fmt: skip


def test_file_to_keep_needs_nothing_else(app: Flask) -> None:
    fuller()
    answer = visit(app, "/en/werkstatt/programme.html")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="werkstatt.html"'
    assert re.findall(r'\b(?:src|url\()\s*=?["\']?[^"\')]*', answer.text) == []
    assert [ref for ref in re.findall(r'href="([^"]+)"', answer.text) if not ref.startswith("#")] == []
    assert ("<style>" in answer.text, "<script" in answer.text) == (True, False)


def test_item_tells_whom_it_is_for_and_where_else_it_is_held(app: Flask) -> None:
    meeting = fuller()
    for name in ("first", "second"):
        service.change_item(meeting.items[name].id, offering="netze")
    said = {
        "target_group": words("Ämter", "Offices"),
        "prerequisites": words("Keine", "None"),
        "bring": words("Mut", "Courage"),
    }
    service.change_item(meeting.items["first"].id, tags=[words("Ganztag", "All day")], **said)
    service_releases.release(meeting.event.id)
    html = visit(app, f"{PROGRAMME}/netze-knuepfen").text
    assert [word in html for word in ("Offices", "None", "Courage", "All day")] == [True] * 4
    assert titles_elsewhere(html) == ["raeume-oeffnen"]


def titles_elsewhere(html: str) -> list[str]:
    return re.findall(r'/programme/([\w-]+)"', html.partition('id="elsewhere"')[2].partition("</section>")[0])


def test_room_of_an_item_leads_to_the_venue(app: Flask) -> None:
    fuller()
    found = re.search(r'href="(/en/werkstatt/venue)#(room-\w+)"', visit(app, f"{PROGRAMME}/begruessung").text)
    assert found
    assert f'id="{found[2]}"' in visit(app, found[1]).text


def places_of(app: Flask) -> list[str]:
    """What the list says about places, workshop by workshop."""
    return re.findall(r'class="places">([^<]+)<', visit(app, PROGRAMME).text)


def facts_of(app: Flask, item: str = "netze-knuepfen") -> str:
    found = re.search(r"<dt>Places</dt><dd>([^<]+)</dd>", visit(app, f"{PROGRAMME}/{item}").text)
    return found[1] if found else ""


@both_databases
def test_places_are_told_and_follow_at_once(app: Flask) -> None:
    meeting, people = make_wished_meeting(3, places=2)
    service_releases.release(meeting.event.id)
    before = (places_of(app), facts_of(app))
    publish(meeting)
    after = (places_of(app), facts_of(app), facts_of(app, "raeume-oeffnen"))
    for person in people:
        signup.sign_off(person.id)
    told = "2 places. They are given out by wishes, which you can name until 25 February 2027, 23:59."
    assert before == ([], told)
    assert after == (["all places taken", "1 place left"], "2 places. All are taken. On their personal page, participants can wait for one.",
                     "2 places. One of them is still free.")  # fmt: skip
    assert places_of(app) == ["2 places left", "2 places left"]


def test_places_are_not_told_of_what_has_begun(app: Flask) -> None:
    meeting = make_meeting()
    give_no_places(meeting)
    with clock.freeze(at(11)):
        before = places_of(app)
    with clock.freeze(at(12, 1)):
        assert (before, places_of(app)) == (["12 places left", "12 places left"], [])


def test_queries_of_every_view_stay_the_same(app: Flask) -> None:
    meeting = fuller()
    give_no_places(meeting)
    join(meeting, 1)
    found = []
    for path in (PROGRAMME, f"{PROGRAMME}?view=rooms&kind=talk", f"{PROGRAMME}?view=print", f"{PROGRAMME}/netze-knuepfen",
                 "/en/werkstatt/programme.html", "/en/werkstatt/venue"):  # fmt: skip
        cache.pages.clear()
        with count_queries() as sent:
            assert visit(app, path).status_code == 200
        found.append(len(sent))
    assert found == [5, 5, 5, 6, 4, 4]
