"""What organisers' rules mean for the people and workshops at hand."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from eventsite.allocation import conditions
from eventsite.allocation.conditions import Condition, Setting
from eventsite.allocation.rules import Contingent, Spread


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, 11, hour, minute, tzinfo=UTC)


SETTING = Setting(
    rounds={"1": (at(9), at(10)), "2": (at(10), at(11)), "3": (at(10, 30), at(12))},
    workshops={"a": ("1", "Netze"), "b": ("1", "Orte"), "c": ("2", " netze "), "d": ("3", "Wege")},
    organisations={
        "p1": "Stadt Kassel",
        "p2": "stadt  kassel",
        "p3": "Stadt Kassel",
        "p4": "Volkshochschule",
        "p5": "",
    },
)
NOTHING: dict[str, Any] = {
    "same_topic": (),
    "requires": (),
    "contingents": (),
    "spread": (),
    "overlaps": (("2", "3"),),
    "may_cancel": False,
}
CITY = ("p1", "p2", "p3")


def test_workshop_offered_in_several_rounds_is_one_without_any_rule() -> None:
    offered = replace(SETTING, offerings={"a": "o1", "d": "o1", "b": "o2", "gone": "o2"})
    rule = Condition("same_topic", {"items": ["b", "gone"]})
    assert conditions.applied([rule], offered) == NOTHING | {"same_topic": (("a", "d"),)}
    assert conditions.has_effect(rule, offered) is False


def test_workshops_that_need_each_other_are_refused() -> None:
    there, back = ({"item": "d", "needs": "a"}, {"item": "a", "needs": "d"})
    found = [conditions.fault(Condition("prerequisite", details), SETTING) for details in (there, back)]
    assert found == ["", "earlier"]


@pytest.mark.parametrize(
    ("kind", "details", "found"),
    [
        ("no_repeat", {}, {"same_topic": (("a", "c"),)}),
        ("may_cancel", {}, {"may_cancel": True}),
        ("same_topic", {"items": ["b", "d", "gone"]}, {"same_topic": (("b", "d"),)}),
        ("same_topic", {"items": ["b", "gone"]}, {}),
        ("prerequisite", {"item": "d", "needs": "a"}, {"requires": (("d", "a"),)}),
        ("prerequisite", {"item": "d", "needs": "gone"}, {}),
        ("spread", {"most": 2, "organisation": ""}, {"spread": (Spread(CITY, 2),)}),
        ("spread", {"most": 3, "organisation": ""}, {}),
        ("spread", {"most": 1, "organisation": "STADT kassel"}, {"spread": (Spread(CITY, 1),)}),
        (
            "contingent",
            {"item": "b", "places": 2, "organisation": "Volkshochschule", "people": ["p5", "gone"]},
            {"contingents": (Contingent("1", "b", ("p4", "p5"), 2),)},
        ),
        ("contingent", {"item": "b", "places": 2, "organisation": "Niemand", "people": []}, {}),
    ],
)
def test_rule_becomes_what_the_engine_takes(kind: str, details: dict[str, Any], found: dict[str, Any]) -> None:
    one = Condition(kind, details)
    assert conditions.applied([one], SETTING) == {**NOTHING, **found}
    assert conditions.has_effect(one, SETTING) == bool(found)


@pytest.mark.parametrize(
    ("kind", "details", "fault"),
    [
        ("same_topic", {"items": ["a"]}, "two"),
        ("same_topic", {"items": ["a", "a"]}, "two"),
        ("prerequisite", {"item": "a", "needs": "d"}, "earlier"),
        ("prerequisite", {"item": "a", "needs": "b"}, "earlier"),
        ("prerequisite", {"item": "c", "needs": "b"}, ""),
        ("contingent", {"item": "a", "places": 1, "organisation": "", "people": []}, "members"),
        ("contingent", {"item": "a", "places": 1, "organisation": "", "people": ["p1"]}, ""),
        ("no_repeat", {}, ""),
    ],
)
def test_rule_without_sense_is_found(kind: str, details: dict[str, Any], fault: str) -> None:
    assert conditions.fault(Condition(kind, details), SETTING) == fault
