"""Typing a programme in: read, asked about, changed, stored once, undone; nothing before the organiser says so."""

import io
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import tables
from eventsite.core.db import db
from eventsite.programme import queries, queries_drafts, queries_speakers, service
from tests.browserless import post_form
from tests.conftest import both_databases
from tests.meeting import Meeting, at, make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

PAGE = "/admin/werkstatt/programme/quick"
TYPED = """8:30–9:00 Ankommen, Saal
14:00–14:30 Fazit, Sahl; Mara Weiland (Stadt Kassel), Ada Byron (Universität)
14:30–15:00 Workshop-Runde 2
- Workshop 7: Orte zählen, Raum 1, 15 Plätze; Bo Li, N. N."""


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting(released=False)


@pytest.fixture
def anna(app: Flask, meeting: Meeting) -> FlaskClient:
    make_account("Anna", event_id=meeting.event.id)
    return signed_in(app, "Anna")


def chosen(html: str) -> dict[str, str]:
    """What a browser would send back of a page that was not touched."""
    fields = dict(re.findall(r'<input[^>]*name="(seen)"[^>]*value="(\w*)"', html))
    for name, inside in re.findall(r'<select[^>]*name="([\w]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        marked = re.search(r'<option selected value="([^"]*)"', inside) or re.search(r'<option value="([^"]*)"', inside)
        fields[name] = marked[1] if marked else ""
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    return {**fields, "text": unescape(text[1]).strip() if text else ""}


def store(client: FlaskClient, text: str, **changed: str) -> Any:
    data = {"text": text, "language": "de", "mode": "add"}
    page = post_form(client, PAGE, {**data, **changed})
    return post_form(client, PAGE, {**chosen(page.text), "mode": "add", **changed, "deed": "store"})


def draft(meeting: Meeting) -> list[Any]:
    db.session.rollback()
    return [
        (
            i.title["de"],
            i.kind,
            i.number,
            i.room and i.room.name["de"],
            i.capacity,
            [a.speaker.name for a in i.appearances],
        )
        for i in queries.items(meeting.event.id)
    ]


OLD = [
    ("Begrüßung", "welcome", "", "Saal", None, ["Mara Weiland"]),
    ("Orte, die tragen", "keynote", "", "Saal", None, ["Dr. Daniel März"]),
    ("Mittagspause", "break", "", None, None, []),
    ("Netze knüpfen", "workshop", "1", None, 12, []),
    ("Räume öffnen", "workshop", "2", "Raum 1", 12, []),
]
NEW = [
    ("Fazit", "closing", "", "Saal", None, ["Mara Weiland", "Ada Byron"]),
    ("Orte zählen", "workshop", "7", "Raum 1", 15, ["Bo Li"]),
]
ARRIVAL = ("Ankommen", "arrival", "", "Saal", None, [])


def test_reading_stores_nothing_and_asks_about_rooms_and_people(anna: FlaskClient, meeting: Meeting) -> None:
    page = post_form(anna, PAGE, {"text": TYPED, "language": "de", "mode": "add"})
    labels = [unescape(label) for label in re.findall(r'<label class="field__label"[^>]*>(.*?)</label>', page.text)]
    assert (page.status_code, labels[-2:], draft(meeting)) == (
        200,
        ["Raum „Sahl“", "Ist „Mara Weiland“ schon bekannt?"],
        OLD,
    )
    assert chosen(page.text)["text"] == TYPED


@both_databases
def test_confirmed_lines_are_in_the_draft_as_one_step_and_twice_is_once(anna: FlaskClient, meeting: Meeting) -> None:
    answers = [store(anna, TYPED) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert draft(meeting) == [ARRIVAL, *OLD, *NEW]
    assert [one.title["de"] for one in queries.rounds(meeting.event.id)] == ["Workshop-Runde", "Workshop-Runde 2"]
    assert sorted(s.name for s in queries_speakers.speakers()) == [
        "Ada Byron",
        "Bo Li",
        "Dr. Daniel März",
        "Mara Weiland",
    ]
    last = queries.items(meeting.event.id)[-1]
    assert (last.is_open_list, last.round and last.round.title["de"], last.language) == (True, "Workshop-Runde 2", "de")
    assert len(queries_drafts.steps(meeting.event.id)) == 1


def test_line_with_a_problem_stops_everything_until_it_is_left_out(anna: FlaskClient, meeting: Meeting) -> None:
    refused = store(anna, f"{TYPED}\nohne Zeit")
    assert (refused.status_code, draft(meeting)) == (422, OLD)
    name = re.findall(r'name="(skip_\w+)"', refused.text)[-1]
    assert (store(anna, f"{TYPED}\nohne Zeit", **{name: "y"}).status_code, len(draft(meeting))) == (303, 8)


def test_text_changed_after_it_was_looked_at_is_shown_again(anna: FlaskClient, meeting: Meeting) -> None:
    data = {**chosen(post_form(anna, PAGE, {"text": TYPED, "language": "de", "mode": "add"}).text), "mode": "add"}
    answer = post_form(anna, PAGE, {**data, "text": f"{TYPED}\n15:00 Nachtrag", "deed": "store"})
    assert (answer.status_code, "Nachtrag" in answer.text, draft(meeting)) == (422, True, OLD)


def test_another_person_of_the_same_name_is_another_profile(anna: FlaskClient, meeting: Meeting) -> None:
    page = post_form(anna, PAGE, {"text": TYPED, "language": "de", "mode": "add"})
    name = re.findall(r'name="(person_\w+)"', page.text)[0]
    store(anna, TYPED, **{name: "new"})
    assert [s.slug for s in queries_speakers.speakers() if s.name == "Mara Weiland"] == [
        "mara-weiland",
        "mara-weiland-2",
    ]


def test_draft_as_text_changed_and_taken_back_in_keeps_every_item(anna: FlaskClient, meeting: Meeting) -> None:
    typed = chosen(anna.get(f"{PAGE}?draft=1").text)["text"]
    uids = [item.public_id for item in queries.items(meeting.event.id)]
    store(anna, typed, mode="replace")
    assert (draft(meeting), queries_drafts.steps(meeting.event.id)) == (OLD, [])
    store(anna, typed.replace("10:00–10:30", "10:05–10:30").replace("12:00–13:00 Mittagspause\n", ""), mode="replace")
    items = queries.items(meeting.event.id)
    assert [item.public_id for item in items] == [uid for uid in uids if uid != uids[2]]
    assert (items[0].starts_at.minute, items[1].abstract["de"]) == (5, "Was **trägt**?")


def test_what_is_cancelled_stays_when_the_draft_becomes_what_is_typed(anna: FlaskClient, meeting: Meeting) -> None:
    service.cancel_item(meeting.items["lunch"].id)
    store(anna, chosen(anna.get(f"{PAGE}?draft=1").text)["text"], mode="replace")
    assert (draft(meeting), queries_drafts.steps(meeting.event.id)) == (OLD, [])


@pytest.mark.parametrize(("start", "end"), [(at(12, 30), at(13, 30)), (at(13), at(15)), (at(8), at(9))])
def test_workshop_with_own_times_and_the_next_ones_stay_as_they_are(
    anna: FlaskClient, meeting: Meeting, start: Any, end: Any
) -> None:
    service.change_item(meeting.items["first"].id, starts_at=start, ends_at=end)
    service.change_item(meeting.items["second"].id, kind="poster")
    store(anna, chosen(anna.get(f"{PAGE}?draft=1").text)["text"], mode="replace")
    assert queries_drafts.steps(meeting.event.id) == []


def test_of_two_lines_that_read_the_same_one_can_be_left_out(anna: FlaskClient, meeting: Meeting) -> None:
    text = "11.03.2027\n14:00–14:30 Imbiss\n12.03.2027\n14:00–14:30 Imbiss"
    page = post_form(anna, PAGE, {"text": text, "language": "de", "mode": "add"}).text
    boxes = re.findall(r'name="(skip_\w+)"', page)
    store(anna, text, **{boxes[0]: "y"})
    assert [(i.title["de"], i.starts_at.day) for i in queries.items(meeting.event.id)][5:] == [("Imbiss", 12)]


def test_table_is_read_by_its_headings_and_by_the_columns_chosen(anna: FlaskClient, meeting: Meeting) -> None:
    content = tables.to_xlsx(["Wann", "Titel", "Wer"], [["14:00–15:00", "Fazit", "Ada Byron"]])
    upload = {"table": (io.BytesIO(content), "programm.xlsx"), "language": "de", "mode": "add"}
    page = post_form(anna, PAGE, upload, content_type="multipart/form-data")
    assert chosen(page.text)["text"] == "Wann\tTitel\tWer\n14:00–15:00\tFazit\tAda Byron"
    answer = store(anna, chosen(page.text)["text"], column_starts="0")
    assert (answer.status_code, draft(meeting)[-1]) == (303, ("Fazit", "closing", "", None, None, ["Ada Byron"]))


@pytest.mark.parametrize(
    "data", [{"text": " "}, {"text": "x", "language": "xx"}, {"text": "x", "mode": "y"}, {"text": "x" * 200_001}]
)
def test_bad_input_is_told(anna: FlaskClient, data: dict[str, str]) -> None:
    answer = post_form(anna, PAGE, {"language": "de", "mode": "add", **data})
    assert (answer.status_code, "error-summary" in answer.text) == (422, True)


def test_file_that_is_no_table_is_told(anna: FlaskClient) -> None:
    upload = {"table": (io.BytesIO(b"\x00\x01"), "x.xlsx"), "language": "de", "mode": "add", "text": ""}
    answer = post_form(anna, PAGE, upload, content_type="multipart/form-data")
    assert (answer.status_code, 'id="table-error"' in answer.text) == (422, True)


def test_page_costs_the_same_for_one_line_and_for_a_hundred(anna: FlaskClient) -> None:
    counts = []
    for number in (1, 1, 100):
        text = "\n".join(f"9:{n % 60:02} Punkt {n}, Saal; Person {n}" for n in range(number))
        token = _token(anna)
        with count_queries() as sent:
            anna.post(PAGE, data={**token, "text": text, "language": "de", "mode": "add"})
        counts.append(len(sent))
    assert counts[1] == counts[2] <= 10


def _token(client: FlaskClient) -> dict[str, str]:
    return {"csrf_token": re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(PAGE).text)[0]}
