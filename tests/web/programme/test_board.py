"""The board by plain forms: who may, moving, conflicts that keep what was typed, everything later, duplicates."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.programme import queries, service
from tests.browserless import csrf_token, post_form
from tests.meeting import Meeting, at, make_meeting, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

BOARD, SHIFT = "/admin/werkstatt/programme/board", "/admin/werkstatt/programme/shift"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting(released=False)
    make_account("Olivia", event_id=made.event.id)
    make_account("Helge", event_id=made.event.id, role="helper")
    make_account("Fremd")
    return made


@pytest.fixture
def olivia(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Olivia")


def page_of(meeting: Meeting, name: str) -> str:
    return f"/admin/werkstatt/programme/{meeting.items[name].public_id}/move"


def fields(client: FlaskClient, page: str) -> dict[str, str]:
    """What a form holds as it is opened."""
    text = client.get(page).text
    found = {}
    for name in ("starts_at", "length", "seen", "instant"):
        value = re.search(rf'<input[^>]*name="{name}"[^>]*>', text)
        assert value is not None, name
        found[name] = unescape((re.search(r'value="([^"]*)"', value[0]) or ["", ""])[1])
    return found


def place(meeting: Meeting, name: str) -> tuple[Any, Any, str | None]:
    db.session.rollback()
    one = queries.get_item(meeting.event.id, meeting.items[name].public_id)
    return one.starts_at, one.ends_at, one.room.public_id if one.room else None


@pytest.mark.parametrize(("name", "status"), [("Olivia", 200), ("Helge", 403), ("Fremd", 404)])
def test_only_who_edits_the_programme_opens_the_board(app: Flask, meeting: Meeting, name: str, status: int) -> None:
    client, uid = signed_in(app, name), meeting.round.public_id
    pages = (BOARD, SHIFT, page_of(meeting, "lunch"), f"/admin/werkstatt/rounds/{uid}/move")
    assert [client.get(page).status_code for page in pages] == [status] * 4


def test_form_moves_and_leads_back_to_the_card(olivia: FlaskClient, meeting: Meeting) -> None:
    page, room = page_of(meeting, "lunch"), events.queries.rooms(meeting.event)[1].public_id
    known = fields(olivia, page)
    assert (known["starts_at"], known["length"]) == ("2027-03-11T12:00", "60")
    wanted = known | {"starts_at": "2027-03-11T12:15", "length": "30", "room": room}
    answer = post_form(olivia, page, wanted)
    uid = meeting.items["lunch"].public_id
    assert (answer.status_code, answer.location) == (303, f"{BOARD}?day=2027-03-11#card-{uid}")
    assert place(meeting, "lunch") == (at(11, 15), at(11, 45), room)
    shown = olivia.get(answer.location).text
    assert "„Mittagspause“ steht jetzt hier: 11. März 2027, 12:15–12:45, Raum 1." in shown
    assert "Letzte Änderung: „Mittagspause“ verlegt" in shown


def test_instant_of_the_pointer_counts_more_than_the_typed_time(olivia: FlaskClient, meeting: Meeting) -> None:
    page = page_of(meeting, "lunch")
    known = fields(olivia, page) | {"instant": "2027-03-11T10:45:00.000Z", "room": ""}
    assert post_form(olivia, page, known).status_code == 303
    assert place(meeting, "lunch") == (at(10, 45), at(11, 45), None)


def test_conflict_keeps_what_was_typed_and_can_be_stored_then(olivia: FlaskClient, meeting: Meeting) -> None:
    page = page_of(meeting, "lunch")
    wanted = fields(olivia, page) | {"starts_at": "2027-03-11T15:00", "length": "45", "room": ""}
    service.change_item(meeting.items["lunch"].id, starts_at=at(11, 30), actor="berta")
    answer = post_form(olivia, page, wanted)
    assert answer.status_code == 409
    assert "Jemand hat „Mittagspause“ inzwischen verlegt" in answer.text
    assert all(text in answer.text for text in ('value="2027-03-11T15:00"', 'value="45"'))
    assert place(meeting, "lunch")[0] == at(11, 30)
    again = wanted | {"seen": re.search(r'name="seen"[^>]*value="([^"]*)"', answer.text)[1]}  # type: ignore[index]
    assert post_form(olivia, page, again).status_code == 303
    assert place(meeting, "lunch") == (at(14), at(14, 45), None)


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"starts_at": "gestern"}, 422),
        ({"starts_at": ""}, 422),
        ({"starts_at": "2027-03-28T02:30"}, 422),  # the clocks skip it
        ({"length": "0"}, 422),
        ({"length": "1800"}, 422),
        ({"length": "lang"}, 422),
        ({"room": "cellar"}, 422),
        ({"seen": ""}, 409),
        ({"seen": "\x00'" * 200}, 409),
        ({"instant": "9999-99-99"}, 303),
        ({"instant": "0001-01-01T00:00:00+00:00"}, 303),
    ],
)
def test_bad_input_is_answered_kindly(olivia: FlaskClient, meeting: Meeting, values: Any, status: int) -> None:
    page = page_of(meeting, "lunch")
    known, before = fields(olivia, page), place(meeting, "lunch")
    assert post_form(olivia, page, {**known, "room": "", **values}).status_code == status
    assert place(meeting, "lunch") == before


def test_round_moves_by_its_form(olivia: FlaskClient, meeting: Meeting) -> None:
    page = f"/admin/werkstatt/rounds/{meeting.round.public_id}/move"
    wanted = fields(olivia, page) | {"starts_at": "2027-03-11T13:30"}
    assert post_form(olivia, page, wanted).status_code == 303
    assert place(meeting, "second")[:2] == (at(12, 30), at(14, 30))
    assert post_form(olivia, page, wanted).status_code == 409


def test_everything_later_is_shown_first(olivia: FlaskClient, meeting: Meeting) -> None:
    shown = olivia.get(f"{SHIFT}?day=2027-03-11&since=12:00&by=15").text
    assert "4 Einträge verschieben sich" in shown and "12:15–13:15" in shown
    data = {"day": "2027-03-11", "since": "12:00", "by": "15"}
    data["seen"] = re.search(r'name="seen" value="([^"]*)"', shown)[1]  # type: ignore[index]
    assert place(meeting, "lunch")[0] == at(11)
    assert post_form(olivia, SHIFT, data, page=BOARD).status_code == 303
    assert (place(meeting, "lunch")[0], place(meeting, "keynote")[0]) == (at(11, 15), at(9, 30))
    answer = post_form(olivia, SHIFT, data, page=BOARD)
    assert (answer.status_code, place(meeting, "lunch")[0]) == (409, at(11, 15))
    assert "Bitte sehen Sie die Vorschau noch einmal an." in answer.text


@pytest.mark.parametrize(
    "query", ["day=2027-03-11&since=&by=15", "day=x&since=12:00&by=15", "since=25:00&by=0", "by=x"]
)
def test_nonsense_moves_nothing(olivia: FlaskClient, meeting: Meeting, query: str) -> None:
    answer = olivia.get(f"{SHIFT}?{query}")
    assert (answer.status_code, "verschieben sich" in answer.text) == (422, False)
    data = {"csrf_token": csrf_token(olivia, BOARD), **dict(part.split("=") for part in query.split("&"))}
    assert olivia.post(SHIFT, data=data).status_code == 422


def test_duplicate_asks_where_it_goes(olivia: FlaskClient, meeting: Meeting) -> None:
    page = page_of(meeting, "keynote")
    answer = post_form(olivia, page.replace("/move", "/copies"), {}, page=page)
    assert answer.status_code == 303
    assert "Verdoppelt. Wohin kommt der zweite?" in olivia.get(answer.location).text
    assert [item.title["de"] for item in queries.items(meeting.event.id)].count("Orte, die tragen") == 2


def test_day_is_chosen_in_the_address(olivia: FlaskClient, meeting: Meeting) -> None:
    service.change_item(meeting.items["lunch"].id, starts_at=at(11, day=12), ends_at=at(12, day=12))
    shown = [
        re.findall(r'class="plan__title"><a[^>]*>([^<]*)<', olivia.get(f"{BOARD}?day={day}").text)
        for day in ("2027-03-12", "2031-01-01", "morgen")
    ]
    assert shown[0] == ["Mittagspause"]
    assert shown[1] == shown[2] and "Begrüßung" in shown[1]


def test_queries_stay_the_same_with_200_items(olivia: FlaskClient, meeting: Meeting) -> None:
    rooms, counts = [room.id for room in events.queries.rooms(meeting.event)], []
    for number in (1, 199):
        for n in range(number):
            times: Any = {"starts_at": at(9) + timedelta(minutes=n), "ends_at": at(9, 20) + timedelta(minutes=n)}
            people = [{"speaker_id": meeting.speakers["märz"].id, "role": "speaker"}]
            title = words(f"Vortrag {n} {number}")
            service.create_item(
                meeting.event.id, kind="talk", title=title, appearances=people, room_id=rooms[n % 2], **times
            )
        service.change_item(meeting.items["lunch"].id, room_id=rooms[number == 1], actor="ada")
        with count_queries() as sent:
            assert olivia.get(BOARD).text.count("data-grip") == 6 + (1 if number == 1 else 200)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 10
