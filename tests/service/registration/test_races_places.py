"""Many at once on limited answers, contingents, offers, modes and groups, on both databases: sums right, nobody lost."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsite.core import clock
from eventsite.events.models import Event
from eventsite.registration import service as registrations
from eventsite.registration import service_answers, service_contingents, service_modes, service_promotion
from eventsite.registration.questions import Asked
from eventsite.registration.service_options import SoldOut
from eventsite.site import signup
from tests import counting
from tests.conftest import NOW, both_databases
from tests.meeting import make_meeting
from tests.registering import sign_up
from tests.service.registration.test_races import at_once, mails_by_cause
from tests.waiting import confirmed, make_group, statuses

LUNCH = Asked(
    key="lunch",
    kind="single",
    label={"de": "Essen"},
    options=({"key": "soup", "label": {"de": "Suppe"}, "places": 10}, {"key": "none", "label": {"de": "nichts"}}),
    purpose={"de": "Küche"},
)


@pytest.fixture
def event(app: Flask) -> Event:
    """A meeting with ten places."""
    return make_meeting(capacity=10).event


def held(event: Event) -> int:
    """How many hold a place; the kept counts must equal the rows."""
    assert counting.kept(event.id) == counting.true(event.id)
    return sum(one.holds_place for one in counting.live(event.id))


@both_databases
def test_last_soup_is_sold_once(app: Flask, event: Event) -> None:
    service_answers.ask(event.id, LUNCH)
    event_id = event.id

    def eat(number: int) -> str:
        try:
            sign_up(event_id, number, answers={"lunch": "soup"})
        except SoldOut:
            return "sold out"
        return "soup"

    answers = at_once(app, eat, range(40))
    assert Counter(answers) == {"soup": 10, "sold out": 30}
    assert (held(event), len(counting.live(event_id)), mails_by_cause()) == (10, 10, {"registered": 10})


@both_databases
def test_answer_changed_by_many_crossing_those_who_leave(app: Flask, event: Event) -> None:
    service_answers.ask(event.id, LUNCH)
    ids = [sign_up(event.id, number, answers={"lunch": "soup" if number < 10 else "none"}).id for number in range(30)]

    def change(step: int) -> str:
        if step < 10:
            return "left" if signup.sign_off(ids[step]) else "again"
        details: dict[str, Any] = {"name": "P", "organisation": "", "language": "de", "actor": "participant"}
        try:
            registrations.change_details(ids[step], answers={"lunch": "soup"}, **details)
        except SoldOut:
            return "sold out"
        return "soup"

    done = Counter(at_once(app, change, [*range(30)]))
    assert (done["left"], done["soup"] + done["sold out"]) == (10, 20)
    held(event)
    soups = [number for key, number in counting.kept(event.id).items() if key[0] == "option"]
    assert soups == [done["soup"]]
    assert soups[0] <= 10


@both_databases
def test_contingent_and_everybody_at_once(app: Flask, event: Event) -> None:
    kept = service_contingents.store(event.id, None, name="Stadt", places=4, actor="account")
    event_id, contingent_id = event.id, kept.id

    def come(number: int) -> bool:
        wanted = signup.Wanted(contingent_id=contingent_id) if number % 2 else signup.Wanted()
        return sign_up(event_id, number, wanted=wanted).holds_place

    at_once(app, come, range(40))
    assert held(event) == 10
    assert sum(one.in_contingent for one in counting.live(event_id)) == 4


@both_databases
def test_release_of_a_contingent_crossing_its_members(app: Flask, event: Event) -> None:
    kept = service_contingents.store(event.id, None, name="Stadt", places=6, actor="account")
    confirmed(event.id, range(10))
    event_id, contingent_id, public_id = event.id, kept.id, kept.public_id

    def deed(number: int) -> None:
        if number % 5 == 0:
            service_contingents.release(event_id, public_id)
        else:
            sign_up(event_id, 100 + number, wanted=signup.Wanted(contingent_id=contingent_id))

    at_once(app, deed, range(32))
    assert held(event) == 10
    assert counting.kept(event_id)["reserved"] == 0


@both_databases
def test_offers_accepted_declined_and_expired_at_once(app: Flask, event: Event) -> None:
    signup.change_places(event.id, actor="account", promotion="offer")
    people = confirmed(event.id, range(40))
    for one in people[:10]:
        signup.sign_off(one.id)
    assert Counter(statuses(event.id)) == {"cancelled": 10, "offered": 10, "waiting": 20}
    ids = [one.id for one in people[10:20]]

    def answer(step: tuple[str, int]) -> None:
        deed, one = step
        if deed == "sweep":
            service_promotion.expire_due()
        elif deed == "yes":
            registrations.accept_offer(one)
        else:
            signup.sign_off(one)

    steps = [(deed, one) for one in ids for deed in (("yes", "no") if one % 2 else ("yes", "yes", "sweep"))]
    at_once(app, answer, steps)
    assert held(event) == 10
    found = Counter(statuses(event.id))
    assert found["offered"] + found["confirmed"] == 10
    with clock.freeze(NOW + timedelta(hours=48)):
        at_once(app, lambda _n: service_promotion.expire_due(), range(8))
        assert held(event) == 10
    places = [one.queue_number for one in counting.live(event.id) if one.holds_place]
    waiting = [one.queue_number for one in counting.live(event.id) if not one.holds_place]
    assert not waiting or max(places) < min(waiting)  # nobody was passed


@both_databases
def test_people_change_over_and_leave_at_once(app: Flask, event: Event) -> None:
    signup.change_places(event.id, actor="account", attendance="hybrid", online_capacity=10)
    here = confirmed(event.id, range(20))
    there = confirmed(event.id, range(20, 40), wanted=signup.Wanted(mode="online"))
    ids = [one.id for one in (*here, *there)]

    def deed(number: int) -> None:
        one = ids[number]
        if number % 4 == 0:
            signup.sign_off(one)
        else:
            service_modes.switch(one, "online" if number < 20 else "onsite", keeps_waiting=number % 2 == 0)

    at_once(app, deed, range(40))
    held(event)
    found = counting.kept(event.id)
    assert (found["taken"], found["online_taken"]) == (10, 10)
    assert len(counting.live(event.id)) == 30


@both_databases
def test_groups_and_single_people_move_up_at_once(app: Flask, event: Event) -> None:
    holders = confirmed(event.id, range(10))
    line = confirmed(event.id, range(10, 30))
    make_group(line[:3])
    make_group(line[5:9])
    ids = [one.id for one in holders]
    at_once(app, signup.sign_off, ids)
    found = dict(enumerate(statuses(event.id)[10:]))
    # Three passed the first group, then its places were kept; four passed the second, and the last place is kept for it.
    assert [number for number, status in found.items() if status == "confirmed"] == [0, 1, 2, 3, 4, 9, 10, 11, 12]
    assert held(event) == 9
