"""Organisers' releases: what the next one changes, a second thought where something is open, the earlier ones compared."""

from typing import Any

import pytest
from flask import Flask

from eventsite.core.db import db
from eventsite.programme import queries, queries_releases, service, service_releases
from tests.browserless import post_form
from tests.meeting import Meeting, at, make_meeting, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

PAGE = "/admin/werkstatt/releases"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting, released once; Anna organises it."""
    found = make_meeting()
    make_account("Anna", event_id=found.event.id)
    return found


def last_number(meeting: Meeting) -> int:
    db.session.rollback()
    last = queries.find_release(meeting.event.id)
    assert last is not None
    return last.number


def test_next_release_is_shown_before_and_after_and_then_done_with_a_word(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    assert "Es gibt nichts Neues zu veröffentlichen." in client.get(PAGE).text
    service.change_item(
        meeting.items["lunch"].id,
        title=words("Imbiss", "Snack"),
        bring=words("Einen Becher", "A mug"),
        online_url="https://geheim.example.org/raum",
    )
    page = client.get(PAGE).text
    for told in ("Mittagspause", "Imbiss", "Einen Becher", "3 Änderungen", "ein Link"):
        assert told in page
    assert "geheim.example.org" not in page
    fields = {"anyway": "y", "note-de": "Der Saal ist belegt.", "note-en": "The hall is taken."}
    answer = post_form(client, PAGE, fields)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}/2")
    shown = client.get(f"{PAGE}/2").text
    assert ("Der Saal ist belegt." in shown, "Anna" in shown, "geheim" in shown) == (True, True, False)
    assert queries_releases.get_release(meeting.event.id, 2).note == {
        "de": "Der Saal ist belegt.",
        "en": "The hall is taken.",
    }


def test_what_is_open_wants_a_second_thought(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    service.change_item(meeting.items["welcome"].id, ends_at=at(10))
    answer = post_form(client, PAGE, {"note-de": "Bleibt stehen"})
    assert (answer.status_code, last_number(meeting)) == (422, 1)
    assert ("Saal" in answer.text, "Bleibt stehen" in answer.text) == (True, True)
    assert "„Netze knüpfen“ hat keinen Raum." in answer.text
    assert post_form(client, PAGE, {"anyway": "y"}).status_code == 303
    assert last_number(meeting) == 2


def test_two_releases_and_the_draft_are_compared(app: Flask, meeting: Meeting) -> None:
    client, lunch = signed_in(app, "Anna"), meeting.items["lunch"].id
    for title in ("Imbiss", "Buffet"):
        service.change_item(lunch, title=words(title))
        service_releases.release(meeting.event.id)
    service.change_item(lunch, title=words("Tafel"))
    page = client.get(f"{PAGE}/comparison?before=1&after=3").text
    assert ("Mittagspause" in page, "Buffet" in page, "Imbiss" in page) == (True, True, False)
    assert "Tafel" in client.get(f"{PAGE}/comparison?before=2&after=draft").text
    assert "Beide sagen dasselbe." in client.get(f"{PAGE}/comparison?before=2&after=2").text
    for bad in ("before=1&after=9", "before=draft&after=1", "before=x&after=1", ""):
        assert client.get(f"{PAGE}/comparison?{bad}").status_code == 404
    assert client.get(f"{PAGE}/9").status_code == 404


def test_releases_cost_the_same_for_few_and_for_many(app: Flask, meeting: Meeting) -> None:
    client, numbers = signed_in(app, "Anna"), []
    for round_ in range(2):
        for number in range(1 + round_ * 30):
            service.create_item(
                meeting.event.id, kind="talk", title=words(f"P {round_} {number}"), starts_at=at(9), ends_at=at(10)
            )
        with count_queries() as sent:
            assert client.get(PAGE).status_code == 200
        numbers.append(len(sent))
        service_releases.release(meeting.event.id)
    assert numbers[0] == numbers[1] <= 12, numbers


@pytest.mark.parametrize("number", ["0", str(2**31), "9" * 30, "9" * 5000])
def test_numbers_no_release_can_have_lead_nowhere(app: Flask, meeting: Meeting, number: str) -> None:
    client = signed_in(app, "Anna")
    pages = (f"{PAGE}/{number}", f"{PAGE}/{number}/affected", f"{PAGE}/comparison?before={number}&after=draft")
    assert [client.get(page).status_code for page in pages] == [404] * 3


def test_item_is_cancelled_visibly_with_a_reason(app: Flask, meeting: Meeting) -> None:
    client, item = signed_in(app, "Anna"), meeting.items["keynote"].public_id
    page = f"/admin/werkstatt/programme/{item}"
    reason: dict[str, Any] = {"reason-de": "Der Redner ist krank.", "reason-en": "The speaker is ill."}
    assert post_form(client, f"{page}/cancellation", {"reason-de": "x" * 501}).status_code == 422
    assert post_form(client, f"{page}/cancellation", reason).status_code == 303
    assert "Der Redner ist krank." in client.get(page).text
    service_releases.release(meeting.event.id)
    for address, told in (("de", "Der Redner ist krank."), ("en", "The speaker is ill.")):
        for path in ("programme", "programme/orte-die-tragen", "calendar.ics"):
            assert told in app.test_client().get(f"/{address}/werkstatt/{path}").text.replace("\r\n ", "")
    assert "EventCancelled" in app.test_client().get("/de/werkstatt/programme/orte-die-tragen").text
    assert post_form(client, f"{page}/restoration", {}, page=page).status_code == 303
    service_releases.release(meeting.event.id)
    assert "krank" not in app.test_client().get("/de/werkstatt/programme/orte-die-tragen").text
