"""Moving up after every release, by whomever; offers with a deadline; groups; contingents; on both databases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from eventsite.core import clock, jobs
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import queries, service_answers, service_contingents, service_modes, service_promotion
from eventsite.registration import service as registrations
from eventsite.registration.questions import Asked
from eventsite.site import signup
from tests import counting
from tests.conftest import NOW, both_databases
from tests.meeting import make_meeting
from tests.registering import fresh, mails, sign_up
from tests.waiting import confirmed, make_group, standing, statuses

OUTING = Asked(
    key="outing",
    kind="multiple",
    label={"de": "Ausflug", "en": "Outing"},
    options=(
        {"key": "walk", "label": {"de": "Spaziergang", "en": "Walk"}, "places": 2},
        {"key": "tea", "label": {"de": "Tee", "en": "Tea"}},
    ),
    purpose={"de": "Planung"},
)


@pytest.fixture
def event(app: Flask) -> Iterator[Event]:
    """A meeting with two places; afterwards every kept count must equal the rows."""
    made = make_meeting(capacity=2).event
    yield made
    assert counting.kept(made.id) == counting.true(made.id)


def cancelled(event: Event) -> None:
    signup.sign_off(sorted(one.id for one in counting.live(event.id))[0])


def cancelled_by_organisers(event: Event) -> None:
    signup.sign_off(counting.live(event.id)[1].id, actor="account", reason="double")


def refused(event: Event) -> None:
    signup.turn_away(counting.live(event.id)[0].id, actor="account")


def capacity_raised(event: Event) -> None:
    signup.change_places(event.id, actor="account", capacity=3)


def capacity_raised_elsewhere(event: Event) -> None:
    events.change_event(event.id, capacity=3)
    jobs.run_sweeps()


def overbooked(event: Event) -> None:
    signup.change_places(event.id, actor="account", overbooking=50)


def group_member_leaves(event: Event) -> None:
    make_group(counting.live(event.id)[:2])
    signup.sign_off(counting.live(event.id)[1].id)


@pytest.mark.parametrize(
    "cause",
    [
        cancelled,
        cancelled_by_organisers,
        refused,
        capacity_raised,
        capacity_raised_elsewhere,
        overbooked,
        group_member_leaves,
    ],
)
@both_databases
def test_every_release_moves_the_next_person_up(event: Event, cause) -> None:
    confirmed(event.id, range(4))
    cause(event)
    assert list(standing(event.id).values())[2:] == ["confirmed", "waiting"]
    assert ("person2@example.org", "Ein Platz ist frei geworden, er gehört Ihnen: Werkstatt Lernorte") in mails()


@both_databases
def test_expired_confirmation_moves_the_next_person_up(event: Event) -> None:
    sign_up(event.id, 0)
    confirmed(event.id, range(1, 3))
    with clock.freeze(NOW + timedelta(hours=48)):
        jobs.run_sweeps()
    assert statuses(event.id) == ["expired", "confirmed", "confirmed"]


@both_databases
def test_late_confirmation_link_moves_the_next_person_up_before_the_sweep(event: Event) -> None:
    late = sign_up(event.id, 0)
    confirmed(event.id, range(1, 3))
    with clock.freeze(NOW + timedelta(hours=48)):
        assert registrations.confirm(late.id).status == "expired"
    assert statuses(event.id) == ["expired", "confirmed", "confirmed"]


@both_databases
def test_offer_is_accepted_declined_or_runs_on(event: Event) -> None:
    signup.change_places(event.id, actor="account", promotion="offer")
    people = confirmed(event.id, range(6))
    signup.sign_off(people[0].id)
    assert statuses(event.id)[2:] == ["offered", "waiting", "waiting", "waiting"]
    assert fresh(people[2].id).held_until == NOW + timedelta(hours=48)
    assert signup.sign_off(people[2].id)
    assert statuses(event.id)[2:] == ["declined", "offered", "waiting", "waiting"]
    with clock.freeze(NOW + timedelta(hours=48)):
        jobs.run_sweeps()
    assert statuses(event.id)[2:] == ["declined", "expired", "offered", "waiting"]
    assert registrations.accept_offer(people[4].id).status == "confirmed"
    assert registrations.accept_offer(people[4].id).status == "confirmed"
    told = [subject.split(":")[0] for to, subject in mails() if to == "person3@example.org"]
    assert told[2:] == ["Bis 13. Januar 2027, 10", "Der Platz ging an jemand anderen"]
    assert statuses(event.id)[-1] == "waiting"


def test_late_answer_to_an_offer_frees_the_place(event: Event) -> None:
    signup.change_places(event.id, actor="account", promotion="offer")
    people = confirmed(event.id, range(4))
    signup.sign_off(people[0].id)
    with clock.freeze(NOW + timedelta(hours=49)):
        assert registrations.accept_offer(people[2].id).status == "expired"
    assert statuses(event.id)[2:] == ["expired", "offered"]


def test_near_the_date_offers_are_shorter_and_then_nobody_is_asked(event: Event) -> None:
    signup.change_places(event.id, actor="account", promotion="offer", registration_closes_at=event.starts_at)
    people = confirmed(event.id, range(5))
    with clock.freeze(event.starts_at - timedelta(hours=24)):
        signup.sign_off(people[0].id)
        assert fresh(people[2].id).held_until == event.starts_at - timedelta(hours=21)
    with clock.freeze(event.starts_at - timedelta(hours=12, minutes=10)):
        signup.sign_off(people[1].id)
        jobs.run_sweeps()
    assert statuses(event.id) == ["cancelled", "cancelled", "expired", "waiting", "waiting"]
    service_promotion.move_up(people[3].id, actor="account", reason="stands at the door")
    assert statuses(event.id)[3:] == ["confirmed", "waiting"]


def test_leaving_the_waiting_list_is_told_and_open_to_come_back(event: Event) -> None:
    people = confirmed(event.id, range(4))
    signup.sign_off(people[2].id)
    assert standing(event.id)["2"] == "declined"
    assert mails()[-1] == ("person2@example.org", "Sie stehen nicht mehr auf der Warteliste: Werkstatt Lernorte")
    assert signup.sign_up(event.id, signup.Details("Person 2", "person2@example.org")).is_new
    assert list(standing(event.id).items())[2:] == [("3", "waiting"), ("2", "pending")]


@both_databases
def test_group_moves_up_together_lets_others_pass_and_does_not_starve(event: Event) -> None:
    holders = confirmed(event.id, range(2))
    group = confirmed(event.id, range(2, 5))
    singles = confirmed(event.id, range(5, 9))
    signup.change_places(event.id, actor="account", capacity=4)  # two more, both to those behind in the line
    assert statuses(event.id)[2:] == ["confirmed", "confirmed", *["waiting"] * 5]
    make_group(group[2:] + singles[:2])
    signup.sign_off(holders[0].id)
    assert standing(event.id)["7"] == "confirmed"
    signup.sign_off(holders[1].id)
    assert standing(event.id)["8"] == "confirmed"
    confirmed(event.id, range(9, 13))
    signup.sign_off(singles[2].id)
    assert standing(event.id)["9"] == "confirmed"  # the third that passes a group of three
    signup.sign_off(singles[3].id)
    assert standing(event.id)["10"] == "waiting"  # from now on places are kept for the group
    signup.sign_off(group[0].id)
    assert standing(event.id)["4"] == "waiting"
    signup.sign_off(group[1].id)
    assert [standing(event.id)[name] for name in ("4", "5", "6")] == ["confirmed"] * 3
    assert standing(event.id)["10"] == "waiting"


def test_group_that_loses_a_member_or_splits_takes_what_is_free(event: Event) -> None:
    signup.change_places(event.id, actor="account", capacity=3)
    holders = confirmed(event.id, range(3))
    group = confirmed(event.id, range(3, 6))
    make_group(group)
    signup.sign_off(holders[0].id)
    assert statuses(event.id)[3:] == ["waiting"] * 3
    service_modes.split_group(group[1].id)
    assert statuses(event.id)[3:] == ["confirmed", "waiting", "waiting"]
    make_group(group[1:])
    signup.sign_off(group[2].id)
    signup.sign_off(holders[1].id)
    assert statuses(event.id)[3:] == ["confirmed", "confirmed", "declined"]


def test_newcomer_takes_a_place_that_is_too_little_for_the_group_in_front(event: Event) -> None:
    holders = confirmed(event.id, range(2))
    make_group(confirmed(event.id, range(2, 4)))
    signup.sign_off(holders[0].id)
    sign_up(event.id, 5)
    assert standing(event.id)["5"] == "pending*"


@both_databases
def test_contingent_keeps_places_until_its_date_then_everybody_gets_them(event: Event) -> None:
    signup.change_places(event.id, actor="account", capacity=4)
    until = NOW + timedelta(days=3)
    kept = service_contingents.store(event.id, None, name="Stadt", places=3, code="Stadt 27", until=until, actor="a")
    everybody = confirmed(event.id, range(3))
    assert statuses(event.id) == ["confirmed", "waiting", "waiting"]
    wanted = signup.Wanted(contingent_id=kept.id)
    confirmed(event.id, range(3, 5), wanted=wanted)
    assert statuses(event.id)[3:] == ["confirmed"] * 2
    assert queries.all_places(event)[0].free == 0
    signup.sign_off(everybody[0].id)
    assert standing(event.id)["1"] == "confirmed"
    with clock.freeze(until):
        jobs.run_sweeps()
    assert (standing(event.id)["2"], fresh(everybody[2].id).changes[-1].cause) == ("confirmed", "contingent released")


@both_databases
def test_freed_place_of_a_contingent_goes_to_its_members_first(event: Event) -> None:
    signup.change_places(event.id, actor="account", capacity=3)
    kept = service_contingents.store(event.id, None, name="Stadt", places=1, actor="account")
    wanted = signup.Wanted(contingent_id=kept.id)
    member = confirmed(event.id, range(1), wanted=wanted)[0]
    confirmed(event.id, range(1, 4))
    confirmed(event.id, range(4, 5), wanted=wanted)
    assert statuses(event.id) == ["confirmed"] * 3 + ["waiting"] * 2
    signup.sign_off(member.id)
    assert (standing(event.id)["3"], standing(event.id)["4"]) == ("waiting", "confirmed")


def test_member_on_a_place_of_everybody_changes_into_the_contingent(event: Event) -> None:
    signup.change_places(event.id, actor="account", capacity=3)
    kept = service_contingents.store(event.id, None, name="Stadt", places=1, actor="account")
    wanted = signup.Wanted(contingent_id=kept.id)
    first, _second = confirmed(event.id, range(2), wanted=wanted)
    confirmed(event.id, range(2, 4))
    assert statuses(event.id)[3] == "waiting"
    signup.sign_off(first.id)
    assert statuses(event.id)[1:] == ["confirmed"] * 3


def test_contingent_is_never_larger_than_what_is_free(event: Event) -> None:
    confirmed(event.id, range(1))
    with pytest.raises(service_contingents.Unfit) as refusal:
        service_contingents.store(event.id, None, name="Stadt", places=2, actor="account")
    assert refusal.value.field == "places"
    row = service_contingents.store(event.id, None, name="Stadt", places=1, code="stadt-27", actor="account")
    with pytest.raises(service_contingents.Unfit) as refusal:
        service_contingents.store(event.id, None, name="Land", places=1, code="STADT 27", actor="account")
    assert refusal.value.field == "places"
    signup.change_places(event.id, actor="account", capacity=9)
    with pytest.raises(service_contingents.Unfit) as refusal:
        service_contingents.store(event.id, None, name="Land", places=1, code="STADT 27", actor="account")
    assert refusal.value.field == "code"
    service_contingents.store(event.id, row.public_id, name="Stadt", places=8, code="stadt-27", actor="account")
    assert queries.all_places(event)[0].free == 0


def test_organisers_put_people_into_a_contingent(event: Event) -> None:
    signup.change_places(event.id, actor="account", capacity=3)
    people = confirmed(event.id, range(2))
    kept = service_contingents.store(event.id, None, name="Stadt", places=1, actor="account")
    waiting = confirmed(event.id, range(2, 4))
    service_contingents.assign(waiting[1].id, kept.public_id, actor="account")
    assert statuses(event.id) == ["confirmed", "confirmed", "waiting", "confirmed"]
    with pytest.raises(Refused):
        service_contingents.assign(waiting[1].id, None, actor="account")
    signup.sign_off(people[0].id)
    assert statuses(event.id)[2:] == ["confirmed", "confirmed"]


@both_databases
def test_limited_answer_is_never_given_twice_and_freed_by_leaving_or_changing(event: Event) -> None:
    service_answers.ask(event.id, OUTING)
    walkers = [sign_up(event.id, number, answers={"outing": ["walk"]}) for number in range(2)]
    with pytest.raises(Refused) as refusal:
        sign_up(event.id, 2, answers={"outing": ["tea", "walk"]})
    assert str(refusal.value) == "„Spaziergang“ ist ausgebucht. Bitte wählen Sie etwas anderes."
    signup.sign_off(walkers[0].id)
    third = sign_up(event.id, 2, answers={"outing": ["tea", "walk"]})
    registrations.change_details(
        third.id, name="P", organisation="", language="de", answers={"outing": ["tea"]}, actor="participant"
    )
    sign_up(event.id, 3, answers={"outing": ["walk"]})
    assert registrations.reinstate(walkers[0].id, actor="account").status == "waiting"
    assert fresh(walkers[0].id).answers == []


def test_limit_set_later_counts_who_chose_before(event: Event) -> None:
    service_answers.ask(event.id, Asked(**{**vars(OUTING), "options": ({**OUTING.options[0], "places": None},)}))
    for number in range(3):
        sign_up(event.id, number, answers={"outing": ["walk"]})
    service_answers.ask(event.id, OUTING)
    assert [number for key, number in counting.kept(event.id).items() if key[0] == "option"] == [3]
    with pytest.raises(Refused):
        sign_up(event.id, 3, answers={"outing": ["walk"]})


@both_databases
def test_hybrid_event_has_two_lines_and_people_change_without_losing_anything(event: Event) -> None:
    signup.change_places(event.id, actor="account", attendance="hybrid", online_capacity=1)
    here = confirmed(event.id, range(4))
    online = confirmed(event.id, range(4, 6), wanted=signup.Wanted(mode="online"))
    assert statuses(event.id) == ["confirmed", "confirmed", "waiting", "waiting", "confirmed", "waiting"]
    assert [queries.waiting_position(one) for one in (here[2], here[3], online[1])] == [1, 2, 1]
    service_modes.switch(here[0].id, "online")  # full: keeps the place on site and waits
    assert (fresh(here[0].id).mode, fresh(here[0].id).wanted_mode) == ("onsite", "online")
    signup.sign_off(online[0].id)
    assert standing(event.id)["5"] == "confirmed"
    signup.sign_off(online[1].id)
    assert (fresh(here[0].id).mode, fresh(here[0].id).status) == ("online", "confirmed")
    assert standing(event.id)["2"] == "confirmed"


def test_waiting_person_takes_part_online_and_keeps_the_position(event: Event) -> None:
    signup.change_places(event.id, actor="account", attendance="hybrid")
    people = confirmed(event.id, range(4))
    service_modes.switch(people[2].id, "online", keeps_waiting=True)
    row = fresh(people[2].id)
    assert (row.status, row.mode, row.wanted_mode, row.switch_number) == ("confirmed", "online", "onsite", 3)
    signup.sign_off(people[0].id)
    row = fresh(people[2].id)
    assert (row.status, row.mode, row.wanted_mode) == ("confirmed", "onsite", None)
    assert standing(event.id)["3"] == "waiting"
    assert mails()[-1] == ("person2@example.org", "Ihre Teilnahme hat sich geändert: Werkstatt Lernorte")


def test_ill_in_the_morning_one_takes_part_online(event: Event) -> None:
    signup.change_places(event.id, actor="account", attendance="hybrid")
    (one,) = confirmed(event.id, range(1))
    with clock.freeze(event.starts_at - timedelta(hours=1)):
        assert service_modes.switch(one.id, "online").mode == "online"
    with clock.freeze(event.starts_at), pytest.raises(Refused):
        service_modes.switch(one.id, "onsite")


def test_wish_to_change_is_taken_back(event: Event) -> None:
    signup.change_places(event.id, actor="account", attendance="hybrid", online_capacity=0)
    (one,) = confirmed(event.id, range(1))
    service_modes.switch(one.id, "online")
    service_modes.switch(one.id, "onsite")
    assert (fresh(one.id).mode, fresh(one.id).wanted_mode) == ("onsite", None)


def test_no_longer_hybrid_is_one_pool_again(event: Event) -> None:
    signup.change_places(event.id, actor="account", attendance="hybrid")
    confirmed(event.id, range(1))
    confirmed(event.id, range(1, 3), wanted=signup.Wanted(mode="online"))
    events.change_event(event.id, attendance="online")
    (places,) = queries.all_places(event)
    assert (places.taken, places.free) == (3, 0)
