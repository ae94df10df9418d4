"""Who gets in by which way, what is held while organisers decide, and codes that never let in too many."""

import pytest
from flask import Flask

from eventsite.core.errors import Refused
from eventsite.registration import queries, queries_ways, service_ways
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.registration.service_ways import Entry, KeyRefused
from eventsite.site import signup
from tests import counting
from tests.conftest import both_databases
from tests.meeting import make_meeting
from tests.registering import causes, fresh, sign_up
from tests.service.registration.test_races import at_once

CODE = Entry(code="lern-orte 27")


def make(way: str, **values: object) -> int:
    """An event with this way in, the code LERNORTE27 and the domain kassel.de."""
    event = make_meeting(**values).event
    service_ways.add_code(event.id, "LERNORTE27", actor="test")
    service_ways.set_way_in(event.id, way, [{"domain": "kassel.de", "subdomains": False}], actor="test")
    return event.id


def state(one: Registration) -> tuple[str, bool, bool]:
    """Status, whether a place is held, whether a decision is open."""
    found = fresh(one.id)
    return found.status, found.holds_place, found.awaits_decision


def test_invited_event_opens_by_code_and_by_domain_only(app: Flask) -> None:
    event_id = make("invited")
    assert sign_up(event_id, 1, entry=CODE).code_id == queries_ways.codes(event_id)[0].id
    details = signup.Details("Clara", "clara@kassel.de")
    assert signup.sign_up(event_id, details).registration.needs_decision is False
    with pytest.raises(KeyRefused) as refused:
        sign_up(event_id, 2)
    assert refused.value.field == "email"
    with pytest.raises(KeyRefused) as refused:
        sign_up(event_id, 2, entry=Entry(code="wrong"))
    assert refused.value.field == "code"
    assert counting.kept(event_id)["taken"] == 2


def test_refusal_does_not_tell_that_an_address_is_known(app: Flask) -> None:
    event_id = make("invited")
    sign_up(event_id, 1, entry=CODE)
    for number in (1, 2):
        with pytest.raises(KeyRefused):
            sign_up(event_id, number, entry=Entry(code="wrong"))
    assert causes() == ["registered"]


def test_organisers_register_by_no_way(app: Flask) -> None:
    event_id = make("invited")
    assert sign_up(event_id, 1, source="organiser", confirmed=True).status == "confirmed"


@both_databases
def test_decision_holds_a_place_and_accepting_gives_it(app: Flask) -> None:
    event_id = make("moderated", capacity=1)
    one, two = sign_up(event_id, 1), sign_up(event_id, 2)
    for asking in (one, two):
        registrations.confirm(asking.id)
    assert [state(one), state(two)] == [("pending", True, True), ("pending", False, True)]
    registrations.expire_due()
    assert [r.id for r in queries_ways.awaiting(event_id)] == [one.id, two.id]
    assert counting.kept(event_id) == counting.true(event_id)
    assert [signup.accept(r.id, actor="anna") for r in (one, two, two)] == [True, True, False]
    assert [state(one), state(two)] == [("confirmed", True, False), ("waiting", False, False)]
    assert causes() == ["registered"] * 2 + ["status"] * 4
    assert queries.recount(event_id) == (1, 1)


def test_refusing_moves_up_whoever_asks_behind(app: Flask) -> None:
    event_id = make("moderated", capacity=1)
    one, two = sign_up(event_id, 1), sign_up(event_id, 2)
    for asking in (one, two):
        registrations.confirm(asking.id)
    signup.turn_away(one.id, actor="anna", reason="not for this audience")
    assert [state(one), state(two)] == [("refused", False, False), ("pending", True, True)]


def test_accepted_before_the_address_is_confirmed_still_waits_for_it(app: Flask) -> None:
    event_id = make("moderated")
    one = sign_up(event_id, 1)
    assert signup.accept(one.id, actor="anna") is True
    assert state(one) == ("pending", True, False)
    registrations.confirm(one.id)
    assert state(one) == ("confirmed", True, False)


def test_taking_an_own_cancellation_back_does_not_jump_the_decision(app: Flask) -> None:
    event_id = make("moderated")
    one = sign_up(event_id, 1)
    registrations.confirm(one.id)
    signup.sign_off(one.id)
    signup.take_back(one.id)
    assert state(one) == ("pending", True, True)


def test_mixed_way_decides_about_those_without_a_key(app: Flask) -> None:
    event_id = make("mixed")
    with_code, without = sign_up(event_id, 1, entry=CODE), sign_up(event_id, 2)
    assert [with_code.needs_decision, without.needs_decision] == [False, True]


def test_code_with_a_limit_counts_those_who_hold_something(app: Flask) -> None:
    event_id = make("invited")
    service_ways.add_code(event_id, "EINER", most=1, actor="test")
    one = sign_up(event_id, 1, entry=Entry(code="einer"))
    with pytest.raises(KeyRefused):
        sign_up(event_id, 2, entry=Entry(code="einer"))
    signup.sign_off(one.id)
    assert sign_up(event_id, 2, entry=Entry(code="einer")).status == "pending"


@pytest.mark.parametrize("code", ["abc", "a" * 41, "lern orte 27"])
def test_bad_code_is_refused(app: Flask, code: str) -> None:
    event_id = make("open")
    with pytest.raises(Refused):
        service_ways.add_code(event_id, code, actor="test")
    assert [row.code for row in queries_ways.codes(event_id)] == ["LERNORTE27"]


def test_closed_early_and_opened_again(app: Flask) -> None:
    event_id = make_meeting().event.id
    service_ways.close_registration(event_id, {"de": "Alle Plätze sind vergeben."}, actor="anna")
    with pytest.raises(Refused):
        sign_up(event_id, 1)
    assert sign_up(event_id, 2, source="organiser", confirmed=True).status == "confirmed"
    service_ways.reopen_registration(event_id, actor="anna")
    assert sign_up(event_id, 1).status == "pending"


@both_databases
def test_code_with_a_limit_never_lets_in_too_many(app: Flask) -> None:
    event_id = make("invited", capacity=None)
    service_ways.add_code(event_id, "FÜNF", most=5, actor="test")

    def come(number: int) -> bool:
        try:
            sign_up(event_id, number, entry=Entry(code="fünf"))
        except KeyRefused:
            return False
        return True

    came = at_once(app, come, range(16))
    (code,) = [row for row in queries_ways.codes(event_id) if row.code == "FÜNF"]
    assert (sum(came), queries_ways.used([code.id])) == (5, {code.id: 5})
