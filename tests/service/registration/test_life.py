"""Any life of an event keeps its promises: a model that does whatever people and organisers may do, on a real database."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from eventsite.core import clock, jobs
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.events.models import Event
from eventsite.registration import queries, rules, service_answers, service_contingents, service_modes
from eventsite.registration import service as registrations
from eventsite.registration.models import Contingent, OptionCount, Registration
from eventsite.registration.questions import Asked
from eventsite.site import signup
from tests import counting
from tests.conftest import NOW
from tests.meeting import make_meeting
from tests.waiting import make_group

LUNCH = Asked(
    key="lunch",
    kind="single",
    label={"de": "Essen"},
    options=({"key": "soup", "label": {"de": "Suppe"}, "places": 2}, {"key": "none", "label": {"de": "nichts"}}),
    purpose={"de": "Küche"},
)
PERSON = st.integers(0, 30)


class Life(RuleBasedStateMachine):
    """People come, go, wait, change and are asked; organisers give and keep places; time passes."""

    event_id = 0
    first_capacity = 4

    def __init__(self) -> None:
        super().__init__()
        self.numbers, self.now = 0, NOW
        self.highest = {"onsite": self.first_capacity, "online": 2}
        with transaction() as session:
            event = session.get_one(Event, self.event_id)
            event.starts_at, event.ends_at = NOW + timedelta(days=400), NOW + timedelta(days=401)
            event.registration_closes_at = None
        signup.change_places(
            self.event_id,
            actor="a",
            capacity=self.first_capacity,
            online_capacity=2,
            overbooking=0,
            attendance="hybrid",
            promotion="order",
        )
        for one in counting.live(self.event_id):
            signup.sign_off(one.id, actor="account", notify=False)
        for contingent in db.session.scalars(db.select(Contingent.public_id)).all():
            service_contingents.release(self.event_id, contingent)

    def somebody(self, number: int, *statuses: str) -> Registration | None:
        people = [one for one in counting.live(self.event_id) if not statuses or one.status in statuses]
        return people[number % len(people)] if people else None

    def event(self) -> Event:
        db.session.rollback()
        return db.session.get_one(Event, self.event_id)

    def do(self, verb: Any, *arguments: Any, **options: Any) -> None:
        """What may be refused changes nothing."""
        before = counting.true(self.event_id)
        with clock.freeze(self.now):
            try:
                verb(*arguments, **options)
            except Refused:
                assert counting.true(self.event_id) == before

    @rule(
        mode=st.sampled_from(rules.MODES),
        soup=st.booleans(),
        kept=st.booleans(),
        people=st.integers(1, 5),
        sure=st.booleans(),
    )
    def come(self, mode: str, soup: bool, kept: bool, people: int, sure: bool) -> None:
        """Some register by the form, or the organisers register them."""
        contingents = db.session.scalars(db.select(Contingent.id).where(Contingent.released_at.is_(None))).all()
        wanted = signup.Wanted(mode, contingents[0] if kept and contingents else None)
        options: dict[str, Any] = {"wanted": wanted, "notify": False}
        options |= {"source": "organiser", "confirmed": True} if sure else {}
        for _one in range(people):
            self.numbers += 1
            details = signup.Details(f"Person {self.numbers}", f"p{self.numbers}@example.org")
            answers = {"lunch": "soup" if soup and not _one else "none"}
            self.do(signup.sign_up, self.event_id, details, answers=answers, **options)

    @rule(number=PERSON)
    def confirm(self, number: int) -> None:
        """Somebody follows the link."""
        if one := self.somebody(number, "pending"):
            self.do(registrations.confirm, one.id)

    @rule(number=PERSON, by=st.sampled_from(["participant", "account"]))
    def leave(self, number: int, by: str) -> None:
        """Somebody signs off, leaves the line or declines; or the organisers sign somebody off."""
        if one := self.somebody(number):
            self.do(signup.sign_off, one.id, actor=by, notify=False)

    @rule(number=PERSON)
    def accept(self, number: int) -> None:
        """Somebody takes the place offered."""
        if one := self.somebody(number, "offered"):
            self.do(registrations.accept_offer, one.id)

    @rule(number=PERSON, mode=st.sampled_from(rules.MODES), keeps=st.booleans())
    def change_mode(self, number: int, mode: str, keeps: bool) -> None:
        """Somebody changes between on site and online."""
        if one := self.somebody(number):
            self.do(service_modes.switch, one.id, mode, keeps_waiting=keeps)

    @rule(number=PERSON, soup=st.booleans())
    def change_lunch(self, number: int, soup: bool) -> None:
        """Somebody changes the answer."""
        if one := self.somebody(number):
            details: dict[str, Any] = {"name": one.name, "organisation": "", "language": "de", "actor": "participant"}
            answers = {"lunch": "soup" if soup else "none"}
            self.do(registrations.change_details, one.id, answers=answers, **details)

    @rule(number=PERSON)
    def come_back(self, number: int) -> None:
        """The organisers take an ended registration back in."""
        query = db.select(Registration).where(Registration.status.in_(["cancelled", "expired", "declined", "refused"]))
        ended = db.session.scalars(query.order_by(Registration.id)).all()
        if ended:
            self.do(registrations.reinstate, ended[number % len(ended)].id, actor="account", notify=False)

    @precondition(lambda self: len(counting.live(self.event_id)) > 2)
    @rule(number=PERSON, size=st.integers(2, 3))
    def stay_together(self, number: int, size: int) -> None:
        """Some of those who wait are a group."""
        waiting = [one for one in counting.live(self.event_id) if one.status == "waiting" and one.group_id is None]
        if len(waiting) >= size:
            make_group(waiting[number % (len(waiting) - size + 1) :][:size])

    @rule(number=PERSON)
    def split(self, number: int) -> None:
        """A group no longer waits together."""
        if one := self.somebody(number, "waiting"):
            self.do(service_modes.split_group, one.id)

    @rule(capacity=st.integers(0, 7), online=st.integers(0, 4), percent=st.sampled_from([0, 25]))
    def change_places(self, capacity: int, online: int, percent: int) -> None:
        """The organisers change capacities and overbooking."""
        values = {"capacity": capacity, "online_capacity": online, "overbooking": percent}
        self.do(signup.change_places, self.event_id, actor="account", **values)
        self.highest["onsite"] = max(self.highest["onsite"], capacity + capacity * percent // 100)
        self.highest["online"] = max(self.highest["online"], online)

    @rule(promotion=st.sampled_from(["order", "offer"]))
    def change_promotion(self, promotion: str) -> None:
        """The organisers let people be asked first, or no longer."""
        self.do(signup.change_places, self.event_id, actor="account", promotion=promotion)

    @rule(places=st.integers(1, 3))
    def keep_places(self, places: int) -> None:
        """The organisers keep places for a group."""
        self.do(service_contingents.store, self.event_id, None, name="Stadt", places=places, actor="account")

    @rule()
    def release_contingent(self) -> None:
        """The organisers release what is kept."""
        for one in db.session.scalars(db.select(Contingent.public_id).where(Contingent.released_at.is_(None))).all():
            self.do(service_contingents.release, self.event_id, one)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        """What is due ends by itself."""
        self.now += timedelta(hours=hours)
        with clock.freeze(self.now):
            jobs.run_sweeps()

    @invariant()
    def counts_equal_the_rows(self) -> None:
        """Every pool, contingent and answer is counted right, and nobody holds two things."""
        assert counting.kept(self.event_id) == counting.true(self.event_id)

    @invariant()
    def no_pool_is_overfull(self) -> None:
        """Never more places than there ever were; never more of an answer or a contingent than it has."""
        found = counting.kept(self.event_id)
        assert (found["taken"] <= self.highest["onsite"], found["online_taken"] <= self.highest["online"]) == (
            True,
            True,
        )
        assert db.session.scalars(db.select(OptionCount).where(OptionCount.taken > OptionCount.places)).all() == []
        assert db.session.scalars(db.select(Contingent).where(Contingent.taken > Contingent.places)).all() == []

    @invariant()
    def every_seat_is_one_kind(self) -> None:
        """A confirmed or offered person holds a place, a waiting one does not; only those live are in a line."""
        for one in counting.live(self.event_id):
            assert one.holds_place or one.status in ("pending", "waiting")
            assert not (one.holds_place and one.status == "waiting")
            assert not one.in_contingent or (one.holds_place and one.mode == "onsite")
            assert one.wanted_mode != one.mode

    @invariant()
    def nobody_starves_beside_a_free_place(self) -> None:
        """Whoever is first in a line does not wait while a place is free, unless it is too little for the group."""
        people = counting.live(self.event_id)
        for places in queries.all_places(self.event()):
            line = [one for one in people if one.mode in places.modes and not one.holds_place]
            first = min(line, key=lambda one: one.queue_number, default=None)
            if first is not None and places.free != 0:
                assert first.group_id is not None
                assert sum(one.group_id == first.group_id for one in line) > (places.free or 0)


@pytest.fixture
def life(app: Flask, tmp_path: Path) -> Iterator[type[Life]]:
    """The model, for one event."""
    event = make_meeting(capacity=4).event
    service_answers.ask(event.id, LUNCH)
    Life.event_id = event.id
    yield Life


def test_any_life_of_an_event_keeps_the_promises(life: type[Life]) -> None:
    quick = settings(
        max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    run_state_machine_as_test(life, settings=quick)  # type: ignore[no-untyped-call]
