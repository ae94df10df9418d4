"""Organisers' rules: they reach the run, contradictions are named, and frozen ones change only with a reason."""

from typing import Any

import pytest
from flask import Flask

from eventsite.allocation import faults, queries_problem, queries_rules, service, service_pins, service_rules
from eventsite.core.db import db
from eventsite.core.errors import NotFound, Refused
from eventsite.events.models import Event
from eventsite.programme import service as programme
from eventsite.registration.models import Registration
from tests.allocating import compute, make_wished_meeting, row
from tests.meeting import Meeting


def add(meeting: Meeting, kind: str, reason: str = "", **details: Any) -> str:
    return service_rules.add_condition(meeting.event.id, kind, details, actor="test", reason=reason).public_id


def complaint(meeting: Meeting) -> str:
    db.session.rollback()
    found = queries_problem.situation(db.session.get_one(Event, meeting.event.id))
    return faults.first(found.problem, found.items, found.people)


def people_in(run_id: int, workshop: str) -> list[str]:
    return sorted(name for name, cells in row(run_id).result["plan"].items() if workshop in cells.values())


def test_places_kept_for_people_and_organisations_are_theirs(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    first = meeting.items["first"].public_id
    chosen = people[4:]
    values = {"item": first, "places": 2, "organisation": chosen[0].organisation, "people": [chosen[1].public_id]}
    add(meeting, "contingent", **values)
    inside = people_in(compute(meeting), first)
    assert (len(inside), {p.public_id for p in chosen} <= set(inside)) == (4, True)


def test_organisation_is_spread(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    for person in people:
        db.session.get_one(Registration, person.id).organisation = "Stadt Kassel"
    db.session.commit()
    add(meeting, "spread", most=3, organisation="")
    assert len(people_in(compute(meeting), meeting.items["first"].public_id)) == 3


def test_run_keeps_the_rules_it_was_computed_with(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    rule = add(meeting, "spread", most=1, organisation="Stadt 1")
    run_id = compute(meeting)
    with pytest.raises(Refused):
        service_rules.remove_condition(meeting.event.id, rule, actor="test")
    add(meeting, "no_repeat", reason="Vergessen")  # no two workshops have the same title: the input is the same
    first = meeting.items["first"].public_id
    add(meeting, "contingent", "Zugesagt", item=first, places=1, organisation="Stadt 2", people=[])
    with pytest.raises(Refused):
        service.apply_run(run_id, actor="test")
    service_rules.remove_condition(meeting.event.id, rule, actor="test", reason="Unnötig")
    reasons = [(one.subject, one.reason) for one in queries_rules.changes(meeting.event.id)]
    assert reasons == [("condition", "Unnötig"), ("condition", "Zugesagt"), ("condition", "Vergessen")]
    assert [one.kind for one in queries_rules.stored(meeting.event.id)] == ["no_repeat", "contingent"]


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("same_topic", {"items": ["first"]}),
        ("prerequisite", {"item": "first", "needs": "second"}),
        ("contingent", {"item": "first", "places": 1, "organisation": "", "people": []}),
    ],
)
def test_rule_without_sense_is_refused(app: Flask, kind: str, details: dict[str, Any]) -> None:
    meeting, _people = make_wished_meeting()
    uids = {name: item.public_id for name, item in meeting.items.items()}
    named = {
        k: uids.get(v, v) if isinstance(v, str) else [uids.get(i, i) for i in v] if isinstance(v, list) else v
        for k, v in details.items()
    }
    with pytest.raises(Refused):
        add(meeting, kind, **named)
    with pytest.raises(NotFound):
        add(meeting, kind, **{**named, **({"items": ["x", "y"]} if "items" in named else {"item": "x"})})
    assert queries_rules.stored(meeting.event.id) == []


def test_contradictions_are_named(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    first = meeting.items["first"]
    rule = add(meeting, "contingent", item=first.public_id, places=5, organisation="Stadt 1", people=[])
    assert "5" in complaint(meeting)
    service_rules.remove_condition(meeting.event.id, rule, actor="test")
    assert complaint(meeting) == ""
    add(meeting, "contingent", item=first.public_id, places=3, organisation="Stadt 1", people=[])
    for person in people[1:3]:
        service_pins.pin(person.id, first.id, actor="test")
    assert "2" in complaint(meeting)
    with pytest.raises(Refused):
        service.request_run(meeting.event.id, objective="fair", tie="lottery", seed=0, actor="test")


def test_rule_is_frozen_once_somebody_has_wished(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    with pytest.raises(Refused):
        service_rules.change_rule(meeting.event.id, actor="test", objective="first")
    assert service_rules.change_rule(meeting.event.id, actor="test", reason="Beschluss", objective="first")
    assert not service_rules.change_rule(meeting.event.id, actor="test", objective="first")
    (change,) = queries_rules.changes(meeting.event.id)
    assert (change.reason, change.details) == (
        "Beschluss",
        {"before": {"objective": "fair"}, "after": {"objective": "first"}},
    )


def test_places_are_frozen_from_the_first_run_until_publication(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    first = meeting.items["first"]
    programme.change_item(first.id, capacity=5)
    run_id = compute(meeting)
    with pytest.raises(Refused):
        programme.change_item(first.id, capacity=6)
    with pytest.raises(Refused):
        service_rules.change_places(meeting.event.id, {first.public_id: (6, None)}, actor="test")
    programme.change_item(first.id, title={"de": "Neuer Titel"})
    service_rules.change_places(meeting.event.id, {first.public_id: (6, 2)}, actor="test", reason="Ein Stuhl mehr")
    assert [one.subject for one in queries_rules.changes(meeting.event.id)] == ["places"]
    with pytest.raises(Refused):
        service.apply_run(run_id, actor="test")
    service.apply_run(compute(meeting), actor="test")
    programme.change_item(first.id, capacity=7)
