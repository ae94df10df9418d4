"""The own programme of the day: own workshops, what is waited for, rooms, and the online link for those who may have it."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.allocation import service_own
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.events import service as events
from eventsite.events.models import Room
from eventsite.programme import service, service_releases
from eventsite.site import signup
from tests.allocating import join, make_wished_meeting, publish
from tests.meeting import Meeting, at, make_meeting, visit, words
from tests.queries import count_queries
from tests.registering import page_of, sign_up

SECRET = "https://raum.example.org/geheim"


def meeting_with_places() -> tuple[Meeting, list[str]]:
    """Two in "Netze knüpfen", one in "Räume öffnen" who waits for the other; links in the keynote and in "Räume öffnen"."""
    meeting, people = make_wished_meeting(2, places=2)
    third = join(meeting, 3, ("second",))
    service.change_item(meeting.items["keynote"].id, online_url=SECRET + "-alle")
    service.change_item(
        meeting.items["second"].id, online_url=SECRET + "-workshop", online_from=at(11), bring=words("Stift")
    )
    with transaction() as session:
        session.get_one(Room, meeting.items["second"].room_id).is_step_free = False
    service.cancel_item(meeting.items["lunch"].id, reason=words("Keine Küche."))
    service_releases.release(meeting.event.id)
    publish(meeting)
    service_own.wait(third.id, meeting.items["first"].id, moves_up=True)
    return meeting, [page_of(one, "programme") for one in (*people, third)]


def test_everybody_sees_the_own_day(app: Flask) -> None:
    _meeting, (first, _second, third) = meeting_with_places()
    page, other = visit(app, first).text, visit(app, third).text
    for told in ("Begrüßung", "Orte, die tragen", "Netze knüpfen", "Saal", "stufenlos", "Abgesagt. Keine Küche."):
        assert told in page
    assert ("Räume öffnen" in page, "Räume öffnen" in other, "nicht stufenlos" in other) == (False, True, True)
    assert "Sie stehen auf Platz 1 der Warteliste für „Netze knüpfen“." in other
    assert 'class="days"' not in page
    answer = visit(app, first)
    assert (answer.headers["Cache-Control"], "Set-Cookie" in answer.headers) == ("no-store", False)
    assert f'href="{first}"' in visit(app, first.removesuffix("programme")).text


def test_online_link_is_for_those_with_a_place_and_from_its_time_on(app: Flask) -> None:
    meeting, (first, _second, third) = meeting_with_places()
    public = ("programme", "programme/raeume-oeffnen", "calendar.ics", "changes", "changes.atom", "schedule.json")
    keynote = at(9, 30)
    for instant, seen in (
        (keynote - timedelta(minutes=31), (0, 0, 0)),
        (keynote - timedelta(minutes=30), (1, 1, 0)),
        (at(11), (1, 1, 1)),
        (at(15), (0, 0, 0)),
    ):
        with clock.freeze(instant):
            pages = visit(app, first).text, visit(app, third).text
            found = (f'href="{SECRET}-alle"' in pages[0], f'href="{SECRET}-alle"' in pages[1])
            assert (*found, f'href="{SECRET}-workshop"' in pages[1]) == seen
            assert f"{SECRET}-workshop" not in pages[0]
            for address in public:
                assert "geheim" not in visit(app, f"/de/{meeting.event.slug}/{address}").text
    assert "Der Online-Zugang steht ab 11. März 2027, 10:00 Uhr hier." in visit(app, first).text


def test_who_waits_sees_no_link_and_who_has_signed_off_no_programme(app: Flask) -> None:
    meeting = make_meeting(capacity=1)
    service.change_item(meeting.items["keynote"].id, online_url=SECRET)
    service_releases.release(meeting.event.id)
    people = [sign_up(meeting.event.id, n, confirmed=True, notify=False) for n in (1, 2)]
    with clock.freeze(at(9, 30)):
        shown = [SECRET in visit(app, page_of(one, step)).text for one in people for step in ("programme", "")]
    assert shown == [True, True, False, False]
    signup.sign_off(people[1].id, notify=False)
    assert visit(app, page_of(people[1], "programme")).status_code == 303
    assert visit(app, "/r/falsch-x/programme").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_page_costs_the_same_for_few_and_for_many(app: Flask, number: int) -> None:
    meeting = make_meeting()
    for n in range(number):
        service.create_item(
            meeting.event.id, kind="talk", title=words(f"P{n}"), starts_at=at(9), ends_at=at(10),
            room_id=meeting.items["welcome"].room_id,
        )  # fmt: skip
    service_releases.release(meeting.event.id)
    events.change_event(meeting.event.id, capacity=90)
    address = page_of(sign_up(meeting.event.id, 1, confirmed=True, notify=False), "programme")
    db.session.rollback()
    with count_queries() as sent:
        assert visit(app, address).status_code == 200
    assert len([one for one in sent if "FROM site" not in one]) <= 11
