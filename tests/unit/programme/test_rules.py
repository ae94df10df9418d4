"""Clashes of a draft, and addresses made of titles and names."""

from typing import Any

import pytest

from eventsite.core import i18n
from eventsite.programme import rules
from eventsite.programme.rules import Planned
from tests.unit.programme.rows import hour

START, END = hour(8), hour(18)


def planned(uid: str, start: int = 9, end: int = 10, **values: Any) -> Planned:
    return Planned(uid, uid.upper(), values.pop("kind", "talk"), hour(start), hour(end), **values)


def found(*items: Planned) -> list[tuple[str, tuple[str, ...]]]:
    return [(clash.kind, clash.items) for clash in rules.clashes(items, START, END)]


def test_plain_programme_has_no_clash() -> None:
    ada = (("p1", "Ada"),)
    assert found(planned("a", speakers=ada, room="r1"), planned("b", 10, 11, speakers=ada, room="r1")) == []


def test_room_twice_is_found() -> None:
    assert found(planned("a", room="r1"), planned("b", room="r1"), planned("c", room="r2")) == [("room", ("a", "b"))]


def test_items_without_a_room_do_not_clash() -> None:
    assert found(planned("a"), planned("b")) == []


def test_speaker_twice_is_found_with_the_name() -> None:
    ada, bo = ("p1", "Ada"), ("p2", "Bo")
    clashes = rules.clashes([planned("a", speakers=(ada, bo)), planned("b", speakers=(ada,))], START, END)
    with i18n.use_language("en"):
        sentences = [str(clash.message) for clash in clashes]
    assert sentences == ["Ada is needed in “A” and “B” at the same time."]


@pytest.mark.parametrize(("start", "end"), [(7, 9), (17, 19)])
def test_item_outside_the_event_is_found(start: int, end: int) -> None:
    assert found(planned("a", start, end)) == [("outside", ("a",))]


@pytest.mark.parametrize(("capacity", "kinds"), [(20, []), (21, ["places"]), (None, [])])
def test_places_beyond_the_room_are_found(capacity: int | None, kinds: list[str]) -> None:
    assert [kind for kind, _items in found(planned("a", room="r1", room_capacity=20, capacity=capacity))] == kinds


def test_workshop_without_a_round_is_found() -> None:
    assert found(planned("a", kind="workshop"), planned("b", 10, 11, kind="workshop", round="r")) == [
        ("no round", ("a",))
    ]


def test_every_clash_of_a_bad_draft_is_found() -> None:
    ada = (("p1", "Ada"),)
    assert found(
        planned("a", 9, 12, room="r1", speakers=ada),
        planned("b", 10, 11, room="r1", speakers=ada),
        planned("c", 11, 13, room="r1"),
    ) == [("room", ("a", "b")), ("speaker", ("a", "b")), ("room", ("a", "c"))]


@pytest.mark.parametrize(
    ("title", "taken", "slug"),
    [
        ({"de": "Über Räume"}, [], "ueber-raeume"),
        ({"de": "Über Räume"}, ["ueber-raeume"], "ueber-raeume-2"),
        ({"de": "Über Räume"}, ["ueber-raeume", "ueber-raeume-2"], "ueber-raeume-3"),
        ({"en": "English only"}, [], "english-only"),
        ({"de": "…"}, [], "item-b4935894"),
    ],
)
def test_item_slug_is_made_of_the_title(title: Any, taken: list[str], slug: str) -> None:
    assert rules.item_slug(title, taken) == slug


@pytest.mark.parametrize(
    ("name", "taken", "slug"),
    [
        ("Łukasz Wiśniewski", [], "lukasz-wisniewski"),
        ("Ada", {"ada"}, "ada-2"),
        ("Dr. Şirin Yıldız", [], "dr-sirin-yildiz"),
    ],
)
def test_speaker_slug_is_made_of_the_name(name: str, taken: Any, slug: str) -> None:
    assert rules.speaker_slug(name, taken) == slug
