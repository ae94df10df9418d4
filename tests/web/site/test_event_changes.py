"""Calling off and moving from the organisers' area: shown first, then done; banner and structured data; the answers' page."""

from typing import Any

import pytest
from flask import Flask

from eventsite.core import clock, jobs
from eventsite.registration import service_coming
from eventsite.site import announcing
from tests.browserless import post_form
from tests.conftest import NOW
from tests.meeting import at, make_meeting, visit
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import fresh, mails, page_of, sign_up

CHANGES = "/admin/werkstatt/changes"
NEW = {"starts_at": "2027-03-20T09:30", "ends_at": "2027-03-20T16:00", "answers_until": "2027-03-01T18:00"}


@pytest.fixture
def desk(app: Flask) -> Any:
    """Anna, and somebody with a place."""
    event = make_meeting().event
    make_account("Anna", event_id=event.id)
    one = sign_up(event.id, 1, confirmed=True, notify=False)
    return event, signed_in(app, "Anna"), one


def test_calling_off_is_shown_then_done_and_taken_back(app: Flask, desk: Any) -> None:
    _event, client, one = desk
    words = {"notice-de": "Sturmwarnung.", "notice-en": "Storm."}
    look = post_form(client, f"{CHANGES}/cancellation", words)
    assert (look.status_code, "Das schreibt an 2 Personen." in look.text, "Sturmwarnung." in look.text) == (
        200,
        True,
        True,
    )
    assert ("Abgesagt: Werkstatt Lernorte" in look.text, mails()) == (True, [])
    assert post_form(client, f"{CHANGES}/cancellation", {**words, "sure": "1"}).status_code == 303
    jobs.run_sweeps()
    assert mails() == [(f"{who}@example.org", "Abgesagt: Werkstatt Lernorte") for who in ("person1", "maerz")]
    for address in ("/de/werkstatt/", "/de/werkstatt/programme", page_of(one)):
        page = visit(app, address).text
        assert ("Diese Veranstaltung ist abgesagt." in page, "Sturmwarnung." in page) == (True, True)
    assert "https://schema.org/EventCancelled" in visit(app, "/en/werkstatt/").text
    assert "STATUS:CANCELLED" in visit(app, "/de/werkstatt/calendar.ics").text
    assert post_form(client, f"{CHANGES}/return", {}, page=CHANGES).status_code == 303
    assert "abgesagt" not in visit(app, "/de/werkstatt/").text


def test_moving_is_shown_then_done(app: Flask, desk: Any) -> None:
    _event, client, one = desk
    look = post_form(client, f"{CHANGES}/date", NEW)
    assert (look.status_code, "20. März 2027" in look.text, "bisher: 11. März 2027" in look.text) == (200, True, True)
    assert post_form(client, f"{CHANGES}/date", {**NEW, "sure": "1"}).status_code == 303
    assert fresh(one.id).asked_at == NOW
    front = visit(app, "/en/werkstatt/").text
    assert ("New date:" in front, "https://schema.org/EventRescheduled" in front) == (True, True)
    assert '"previousStartDate": "2027-03-11T09:30:00+01:00"' in front.replace('":"', '": "')
    assert "SEQUENCE:1" in visit(app, "/de/werkstatt/calendar.ics").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts_at": "2027-03-11T09:30", "ends_at": "2027-03-11T16:00"}, "Das ist der jetzige Termin."),
        ({"starts_at": "2020-03-11T09:30"}, "Der neue Termin muss in der Zukunft liegen."),
        ({"ends_at": "2027-03-20T08:00"}, "Die Veranstaltung muss nach ihrem Beginn enden."),
        ({"answers_until": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"answers_until": "2027-03-21T08:00"}, "zwischen jetzt und dem neuen Termin"),
        ({"starts_at": "morgen"}, "Bitte geben Sie Datum und Uhrzeit"),
    ],
)
def test_bad_date_is_refused_and_kept(desk: Any, typed: dict[str, str], sentence: str) -> None:
    answer = post_form(desk[1], f"{CHANGES}/date", {**NEW, **typed, "sure": "1"})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert mails() == []


def test_coming_page_asks_and_its_buttons_answer(app: Flask, desk: Any) -> None:
    event, _client, one = desk
    announcing.move(event.id, announcing.Move(at(9, day=20), at(15, day=20), at(9, day=1), False, False), {}, actor="x")
    address = page_of(one, "coming")
    assert "Kommen Sie?" in visit(app, page_of(one)).text
    for asked in (address, f"{address}?answer=no", f"{address}?answer=yes"):
        assert (visit(app, asked).status_code, fresh(one.id).coming) == (200, "")
    assert visit(app, address, "POST", data={"answer": "yes"}).status_code == 303
    assert (fresh(one.id).coming, fresh(one.id).status) == ("yes", "confirmed")
    assert visit(app, address, "POST", data={"answer": "no"}).status_code == 303
    assert (fresh(one.id).coming, fresh(one.id).status) == ("no", "cancelled")
    assert visit(app, address).status_code == 303
    assert visit(app, address, "POST", data={"answer": "yes"}).status_code == 409


def test_reminder_is_set_and_answers_are_seen(desk: Any) -> None:
    _event, client, one = desk
    address = "/admin/werkstatt/coming"
    for typed, status in (("2027-03-12T09:00", 422), ("2026-03-12T09:00", 422), ("2027-03-04T09:00", 303)):
        assert post_form(client, address, {"reminder_at": typed}).status_code == status
    with clock.freeze(at(8, day=4)):
        service_coming.remind_due()
    page = client.get(address).text
    assert ("Gefragt, noch keine Antwort" in page, "Person 1" in page) == (True, True)
    assert post_form(client, f"{address}/places", {}, page=address).status_code == 303
    assert fresh(one.id).status == "cancelled"
    assert "Person 1" not in client.get(address).text


def test_answers_cost_the_same_with_many(desk: Any) -> None:
    event, client, _one = desk
    counts = []
    for size in (1, 60):
        for number in range(size):
            service = sign_up(event.id, 100 * size + number, confirmed=True, notify=False)
            assert service.status in ("confirmed", "waiting")
        events_asked = announcing.Move(at(9, day=20 + size % 2), at(15, day=22), at(9, day=1), False, False)
        announcing.move(event.id, events_asked, {}, actor="x")
        with count_queries() as sent:
            assert client.get("/admin/werkstatt/coming").status_code == 200
        counts.append(len(sent))
    assert (max(counts) <= 10, counts[0] == counts[1]) == (True, True)


def test_helper_may_not(app: Flask, desk: Any) -> None:
    make_account("Ben", event_id=desk[0].id, role="helper")
    client = signed_in(app, "Ben")
    assert [client.get(f"{CHANGES}{path}").status_code for path in ("", "/date", "/cancellation")] == [403] * 3
    assert client.get("/admin/werkstatt/coming").status_code == 403
