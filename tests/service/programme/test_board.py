"""The verbs of the board: moving, moving rounds, everything later, duplicating; who saw something else is told so."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.programme import queries, queries_board, queries_drafts, rules_board, service, service_board
from eventsite.programme.models import ProgrammeItem
from eventsite.programme.service_board import Overtaken
from tests.conftest import both_databases
from tests.meeting import Meeting, at, make_meeting, words
from tests.service.registration.test_races import at_once


def item(meeting: Meeting, name: str) -> ProgrammeItem:
    db.session.rollback()
    return queries.get_item(meeting.event.id, meeting.items[name].public_id)


def seen(meeting: Meeting, name: str) -> str:
    one = item(meeting, name)
    return rules_board.stamp(one, one.room.public_id if one.room else None)


def move(meeting: Meeting, name: str, start: Any, minutes: int = 30, room: int | None = None, **values: Any) -> None:
    sees = values.pop("seen", None) or seen(meeting, name)
    where = {"starts_at": start, "ends_at": start + timedelta(minutes=minutes), "room_id": room}
    service_board.move(meeting.items[name].id, seen=sees, actor="ada", **where)


def place(meeting: Meeting, name: str) -> tuple[Any, Any, str]:
    one = item(meeting, name)
    return one.starts_at, one.ends_at, queries_board.room_name(one)


def sentences(meeting: Meeting) -> list[str]:
    db.session.rollback()
    return [step.told for step in queries_drafts.steps(meeting.event.id)]


@both_databases
def test_item_goes_to_another_time_length_and_room(app: Flask) -> None:
    meeting = make_meeting(released=False)
    room = events.queries.rooms(meeting.event)[1].id
    move(meeting, "lunch", at(11, 15), 45, room)
    assert place(meeting, "lunch") == (at(11, 15), at(12), "Raum 1")
    assert sentences(meeting) == ["„Mittagspause“ verlegt: 12:15–13:00, vorher 12:00–13:00; Raum 1"]


@both_databases
def test_whoever_saw_another_place_is_told_and_nothing_is_lost(app: Flask) -> None:
    meeting = make_meeting(released=False)
    saw = seen(meeting, "lunch")
    service.change_item(meeting.items["lunch"].id, title=words("Imbiss"), actor="berta")
    move(meeting, "lunch", at(11, 15), seen=saw)  # another title is in nobody's way
    with pytest.raises(Overtaken, match=r"„Imbiss“ inzwischen verlegt; .* 11\. März 2027, 12:15–12:45, kein Raum"):
        move(meeting, "lunch", at(14), seen=saw)
    assert (place(meeting, "lunch")[0], len(sentences(meeting))) == (at(11, 15), 2)


@both_databases
def test_of_two_movers_at_once_one_wins_and_the_other_is_told(app: Flask) -> None:
    meeting = make_meeting(released=False)
    saw, lunch_id = seen(meeting, "lunch"), meeting.items["lunch"].id

    def race(hour: int) -> str:
        where = {"starts_at": at(hour), "ends_at": at(hour, 30), "room_id": None}
        try:
            service_board.move(lunch_id, seen=saw, actor=f"mover {hour}", **where)
        except Overtaken:
            return "told"
        return "moved"

    assert sorted(at_once(app, race, range(6, 14))) == ["moved"] + ["told"] * 7
    assert len(sentences(meeting)) == 1


@pytest.mark.parametrize(
    ("start", "length", "room", "sentence"),
    [
        (at(9), 0, None, "nach dem Beginn"),
        (at(9), -30, None, "nach dem Beginn"),
        (at(9), 30 * 60, None, "24 Stunden"),
        (at(9), 30, 4711, "diesen Raum gibt es"),
    ],
)
def test_impossible_places_are_refused(app: Flask, start: Any, length: int, room: Any, sentence: str) -> None:
    meeting = make_meeting(released=False)
    before = place(meeting, "lunch")
    with pytest.raises(Refused) as refusal:
        move(meeting, "lunch", start, length, room)
    assert sentence.casefold() in str(refusal.value).casefold()
    assert (place(meeting, "lunch"), sentences(meeting)) == (before, [])


@both_databases
def test_round_takes_all_its_workshops_along_as_one_step(app: Flask) -> None:
    meeting = make_meeting(released=False)
    service.change_item(meeting.items["second"].id, starts_at=at(12, 30))
    saw = rules_board.stamp(meeting.round)
    times = {"starts_at": at(12, 45), "ends_at": at(14, 30)}
    service_board.move_round(meeting.round.id, seen=saw, actor="ada", **times)
    assert [place(meeting, name)[:2] for name in ("first", "second")] == [
        (at(12, 45), at(14, 30)),
        (at(13, 15), at(14, 45)),
    ]
    assert sentences(meeting) == ["„Workshop-Runde“ verlegt: 13:45–15:30, vorher 13:00–15:00, mit 2 Workshops"]
    with pytest.raises(Overtaken):
        service_board.move_round(meeting.round.id, seen=saw, actor="berta", **times)


def later(meeting: Meeting, since: Any) -> tuple[list[str], str]:
    db.session.rollback()
    found = queries_board.later(meeting.event, since)
    return [one.title["de"] for one in found], rules_board.stamp_of_all(found)


@both_databases
def test_everything_later_moves_as_previewed(app: Flask) -> None:
    meeting = make_meeting(released=False)
    titles, saw = later(meeting, at(11))
    assert titles == ["Mittagspause", "Workshop-Runde", "Netze knüpfen", "Räume öffnen"]
    count = service_board.shift(meeting.event.id, at(11), timedelta(minutes=15), seen=saw, actor="ada")
    assert (count, place(meeting, "keynote")[1], place(meeting, "lunch")[:2], place(meeting, "first")[:2]) == (
        4, at(11), (at(11, 15), at(12, 15)), (at(12, 15), at(14, 15)),
    )  # fmt: skip
    assert queries.rounds(meeting.event.id)[0].starts_at == at(12, 15)
    assert len(sentences(meeting)) == 1
    with pytest.raises(Overtaken, match="Vorschau"):
        service_board.shift(meeting.event.id, at(11), timedelta(minutes=15), seen=saw, actor="ada")


@both_databases
def test_duplicate_stands_behind_with_its_people(app: Flask) -> None:
    meeting = make_meeting(released=False)
    made = service_board.duplicate(meeting.items["keynote"].id, actor="ada")
    db.session.rollback()
    found = queries.get_item(meeting.event.id, made.public_id)
    assert (found.title, found.starts_at, found.ends_at, found.slug) == (
        meeting.items["keynote"].title, at(11), at(12, 30), "orte-die-tragen-2",
    )  # fmt: skip
    assert ([a.speaker.name for a in found.appearances], found.abstract) == (
        ["Dr. Daniel März"],
        words("Was **trägt**?"),
    )
    assert sentences(meeting) == ["„Orte, die tragen“ hinzugefügt"]


def test_duplicated_workshop_stands_beside_it_in_its_round(app: Flask) -> None:
    meeting = make_meeting(released=False)
    made = service_board.duplicate(meeting.items["first"].id, actor="ada")
    assert (made.round_id, made.starts_at, made.number, made.capacity) == (meeting.round.id, at(12), "", 12)


def test_board_shows_a_day_with_rooms_rounds_and_marks(app: Flask) -> None:
    meeting = make_meeting(released=False)
    rooms = events.queries.rooms(meeting.event)
    service.change_item(meeting.items["lunch"].id, room_id=rooms[0].id, starts_at=at(10, 30))
    found = queries_board.board(meeting.event)
    columns = [
        (column.room.name["de"] if column.room else None, [one.title["de"] for one in column.items])
        for column in found.columns
    ]
    assert columns == [
        ("Saal", ["Begrüßung", "Orte, die tragen", "Mittagspause"]),
        ("Raum 1", ["Räume öffnen"]),
        (None, ["Netze knüpfen"]),
    ]
    assert [one.public_id for one in found.rounds] == [meeting.round.public_id]
    both = {meeting.items[name].public_id: ["Raum doppelt belegt"] for name in ("keynote", "lunch")}
    assert (found.marks, [clash.kind for clash in found.clashes]) == (both, ["room"])
    assert found.cards[meeting.items["lunch"].public_id].lanes == 2


@both_databases
def test_workshop_that_comes_to_the_former_times_of_its_round_moves_once(app: Flask) -> None:
    meeting = make_meeting(released=False)
    service.change_item(meeting.items["second"].id, starts_at=at(10), ends_at=at(12))
    saw = rules_board.stamp(meeting.round)
    service_board.move_round(meeting.round.id, seen=saw, actor="ada", starts_at=at(14), ends_at=at(16))
    assert [place(meeting, name)[0] for name in ("first", "second")] == [at(14), at(12)]
