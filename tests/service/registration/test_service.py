"""Registering, confirming, signing off, promotion and expiry on both databases; the count always equals the truth."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsite.core import clock, jobs
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.registration import queries, service_promotion
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.site import signup
from tests import counting
from tests.conftest import NOW, both_databases
from tests.meeting import make_meeting
from tests.registering import causes, fresh, mails, sign_up


@pytest.fixture
def event(app: Flask) -> Iterator[Event]:
    """A meeting with two places; after each test the kept count must equal the truth."""
    made = make_meeting(capacity=2).event
    yield made
    assert counting.kept(made.id) == counting.true(made.id)


def standing(event: Event) -> list[tuple[str, bool]]:
    """Status and place of everybody in order of registration."""
    db.session.rollback()
    return [(str(one.status), one.holds_place) for one in queries.search(event.id, sort="queue", limit=500)]


@both_databases
def test_places_are_taken_at_once_and_kept_when_confirmed(event: Event) -> None:
    people = [sign_up(event.id, number) for number in range(4)]
    assert standing(event) == [("pending", True)] * 2 + [("pending", False)] * 2
    for one in reversed(people):
        registrations.confirm(one.id)
        registrations.confirm(one.id)
    assert standing(event) == [("confirmed", True)] * 2 + [("waiting", False)] * 2
    assert [queries.waiting_position(one) for one in people[2:]] == [1, 2]
    assert causes() == ["registered"] * 4 + ["status"] * 4


@both_databases
def test_released_place_goes_to_whoever_waits_longest(event: Event) -> None:
    people = [registrations.confirm(sign_up(event.id, number).id) for number in range(4)]
    assert signup.sign_off(people[0].id)
    assert not signup.sign_off(people[0].id)
    assert standing(event) == [("cancelled", False), ("confirmed", True), ("confirmed", True), ("waiting", False)]
    assert [to for to, _subject in mails()[-2:]] == ["person0@example.org", "person2@example.org"]


@pytest.mark.parametrize("verb", ["sign_off", "turn_away"])
def test_release_by_organisers_promotes_too(event: Event, verb: str) -> None:
    people = [registrations.confirm(sign_up(event.id, number).id) for number in range(3)]
    getattr(signup, verb)(people[1].id, actor="organiser", reason="double")
    assert standing(event)[2] == ("confirmed", True)
    change = fresh(people[1].id).changes[-1]
    assert (change.actor, change.cause) == ("organiser", "double")


@both_databases
def test_expired_confirmation_frees_and_promotes(event: Event) -> None:
    people = [sign_up(event.id, number) for number in range(2)]
    waiting = registrations.confirm(sign_up(event.id, 2).id)
    registrations.confirm(people[1].id)
    with clock.freeze(NOW + timedelta(hours=47, minutes=59)):
        jobs.run_sweeps()
        assert standing(event)[0] == ("pending", True)
    with clock.freeze(NOW + timedelta(hours=48)):
        jobs.run_sweeps()
        jobs.run_sweeps()
    assert standing(event) == [("expired", False), ("confirmed", True), ("confirmed", True)]
    assert fresh(waiting.id).changes[-1].cause == "expired"
    assert [subject.split(":")[0] for _to, subject in mails()[-2:]] == [
        "Ihre Anmeldung ist verfallen" if _is_german() else "Your registration has lapsed",
        "Ein Platz ist frei geworden, er gehört Ihnen" if _is_german() else "A place is free, and it is yours",
    ]


def _is_german() -> bool:
    from eventsite.core import i18n

    return i18n._("Your registration has lapsed") != "Your registration has lapsed"


def test_unconfirmed_person_in_line_moves_to_a_held_place(event: Event) -> None:
    people = [registrations.confirm(sign_up(event.id, number).id) for number in range(2)]
    pending = sign_up(event.id, 2)
    signup.sign_off(people[0].id)
    assert (fresh(pending.id).status, fresh(pending.id).holds_place) == ("pending", True)
    assert registrations.confirm(pending.id).status == "confirmed"


def test_raised_capacity_promotes_at_once(event: Event) -> None:
    for number in range(4):
        registrations.confirm(sign_up(event.id, number).id)
    signup.change_places(event.id, actor="test", capacity=3)
    assert standing(event) == [("confirmed", True)] * 3 + [("waiting", False)]
    signup.change_places(event.id, actor="test", capacity=None)
    assert standing(event) == [("confirmed", True)] * 4


def test_capacity_raised_elsewhere_is_found_by_the_sweep(event: Event) -> None:
    for number in range(3):
        registrations.confirm(sign_up(event.id, number).id)
    events.change_event(event.id, capacity=3)
    jobs.run_sweeps()
    assert standing(event) == [("confirmed", True)] * 3


def test_lowered_capacity_takes_no_place_away(event: Event) -> None:
    people = [registrations.confirm(sign_up(event.id, number).id) for number in range(3)]
    signup.change_places(event.id, actor="test", capacity=1)
    assert standing(event) == [("confirmed", True)] * 2 + [("waiting", False)]
    signup.sign_off(people[0].id)
    assert standing(event)[2] == ("waiting", False)


def test_nobody_is_promoted_once_the_event_has_begun(event: Event) -> None:
    people = [registrations.confirm(sign_up(event.id, number).id) for number in range(3)]
    with clock.freeze(event.starts_at):
        signup.sign_off(people[0].id, actor="organiser")
        jobs.run_sweeps()
    assert standing(event)[2] == ("waiting", False)


def test_known_address_changes_nothing(event: Event) -> None:
    one = registrations.confirm(sign_up(event.id).id)
    again = signup.sign_up(event.id, signup.Details("Other", "PERSON1@example.org"))
    assert (again.is_new, again.registration.id) == (False, one.id)
    assert (fresh(one.id).name, fresh(one.id).status) == ("Person 1", "confirmed")
    assert causes() == ["registered", "status", "link"]


@pytest.mark.parametrize("how", ["expired", "cancelled"])
def test_registering_again_reuses_the_row_with_a_fresh_number(event: Event, how: str) -> None:
    one, _other = sign_up(event.id, 1), sign_up(event.id, 2)
    later = NOW
    if how == "cancelled":
        signup.sign_off(one.id)
    else:
        later = NOW + timedelta(hours=48)
    with clock.freeze(later):
        again = signup.sign_up(event.id, signup.Details("New Name", "person1@example.org"))
    assert (again.is_new, again.registration.id, again.registration.queue_number) == (True, one.id, 3)
    row = fresh(one.id)
    assert (row.name, row.status, row.confirmed_at) == ("New Name", "pending", None)
    assert row.held_until == later + timedelta(hours=48)


def test_refused_person_cannot_register_again(event: Event) -> None:
    one = sign_up(event.id)
    signup.turn_away(one.id, actor="organiser")
    assert not signup.sign_up(event.id, signup.Details("P", "person1@example.org")).is_new
    assert fresh(one.id).status == "refused"


def test_people_without_an_address_are_several(event: Event) -> None:
    for name in ("Eva", "Max"):
        signup.sign_up(event.id, signup.Details(name, None), source="organiser", actor="account", confirmed=True)
    assert standing(event) == [("confirmed", True)] * 2
    letters = db.session.scalars(db.select(OutboxMessage.state).where(OutboxMessage.to_address == ""))
    assert (list(letters), len(mails())) == (["letter", "letter"], 2)


def test_organisers_register_after_closing_and_the_public_does_not(event: Event) -> None:
    assert event.registration_closes_at is not None
    with clock.freeze(event.registration_closes_at):
        signup.sign_up(event.id, signup.Details("Eva", "eva@example.org"), source="organiser", confirmed=True)
        with pytest.raises(Refused):
            signup.sign_up(event.id, signup.Details("Max", "max@example.org"))
    assert standing(event) == [("confirmed", True)]


def test_all_of_a_sign_up_is_stored_or_nothing(event: Event) -> None:
    from eventsite.allocation.ballots import Choice

    with pytest.raises(Refused):
        sign_up(event.id, choices={999: Choice((1,))})
    assert (standing(event), mails()) == ([], [])


def test_exception_from_the_order_needs_a_reason_and_a_free_place(event: Event) -> None:
    people = [registrations.confirm(sign_up(event.id, number).id) for number in range(4)]
    for reason in ("", "speaker"):
        with pytest.raises(Refused):
            service_promotion.move_up(people[3].id, actor="account", reason=reason)
    events.change_event(event.id, capacity=3)
    service_promotion.move_up(people[3].id, actor="account", reason="speaker")
    assert standing(event)[2:] == [("waiting", False), ("confirmed", True)]
    assert fresh(people[3].id).changes[-1].cause == "speaker"


def test_reinstated_person_gets_a_place_or_the_end_of_the_line(event: Event) -> None:
    people = [registrations.confirm(sign_up(event.id, number).id) for number in range(3)]
    signup.sign_off(people[0].id)
    registrations.reinstate(people[0].id, actor="account")
    assert (fresh(people[0].id).status, fresh(people[0].id).queue_number) == ("waiting", 4)


def test_history_and_mails_of_a_life(event: Event) -> None:
    one = registrations.confirm(sign_up(event.id).id)
    signup.sign_off(one.id)
    registrations.undo_cancellation(one.id)
    history = [(c.before, c.after, c.actor) for c in fresh(one.id).changes]
    assert history == [
        (None, "pending", "participant"),
        ("pending", "confirmed", "participant"),
        ("confirmed", "cancelled", "participant"),
        ("cancelled", "confirmed", "participant"),
    ]
    assert causes() == ["registered", "status", "status", "status"]


def test_page_of_places_changes_with_every_registration(event: Event) -> None:
    from eventsite.core.db import revisions

    before = revisions([event.scope])
    sign_up(event.id)
    db.session.rollback()
    assert revisions([event.scope]) != before


def test_search_finds_by_words_and_is_safe(event: Event) -> None:
    for number in range(3):
        sign_up(event.id, number)
    find: Any = lambda text: [one.name for one in queries.search(event.id, text=text)]  # noqa: E731
    assert find("person1@example") == ["Person 1"]
    assert find("Stadt 2") == ["Person 2"]
    assert (find("%"), find("_"), find("\\"), find("nobody")) == ([], [], [], [])
    assert queries.count(event.id, statuses=["pending"]) == 3
    assert queries.counts_by_status(event.id)["pending"] == 3


def test_registration_of_another_event_is_not_found(event: Event) -> None:
    from eventsite.core.errors import NotFound

    one: Registration = sign_up(event.id)
    with pytest.raises(NotFound):
        queries.get_registration(event.id + 1, one.public_id)
