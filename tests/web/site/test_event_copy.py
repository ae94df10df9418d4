"""The wizard that copies an event: proposed days, every date before anything is stored, bad input with its sentence."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from flask import Flask

from eventsite.core.db import db
from eventsite.events import queries as events
from eventsite.events import service
from eventsite.events.models import Event
from eventsite.people import queries as people
from eventsite.programme import queries as programmes
from eventsite.programme import service as programme
from tests.browserless import csrf_token
from tests.meeting import Meeting, at, make_meeting, make_site, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

PATH = "/admin/werkstatt/copy"
CHOICE = {"title-de": "Werkstatt 2028", "title-en": "", "slug": "werkstatt-2028", "day": "weekday", "other_day": ""}
PARTS = ["texts", "venue", "hosts", "programme", "people"]


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting with an owner and an organiser of its own."""
    made = make_meeting(host_id=make_site())
    make_account("Anna", is_owner=True)
    make_account("Otto", event_id=made.event.id)
    return made


def fields(page: str) -> dict[str, str]:
    """The dates and what is hidden, as a browser would send them."""
    names = "starts_at|ends_at|registration_opens_at|registration_closes_at|wishes_close_at|reminder_at|shown|shown_day"
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(rf'name="({names})"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = unescape(value[1]) if value else ""
    return found


def send(client: Any, **values: Any) -> Any:
    token = csrf_token(client, PATH)
    return client.post(PATH, data={"csrf_token": token, **CHOICE, "parts": PARTS, **values})


def test_from_choice_to_copy(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Otto")
    page = client.get(PATH).text
    assert "Derselbe Wochentag: Donnerstag, 9. März 2028" in page
    assert "Dasselbe Datum: Samstag, 11. März 2028" in page
    assert 'value="werkstatt-2028"' in page
    shown = send(client)
    assert (shown.status_code, db.session.scalar(db.select(db.func.count(Event.id)))) == (200, 1)
    dates = fields(shown.text)
    assert (dates["starts_at"], dates["ends_at"]) == ("2028-03-09T09:30", "2028-03-09T16:00")
    assert (dates["registration_opens_at"], dates["wishes_close_at"]) == ("2028-01-03T09:00", "")
    assert "Donnerstag, 9. März 2028, 10:30 Uhr" in unescape(shown.text)
    made = send(client, **dates, sure="1")
    assert made.location == "/admin/werkstatt-2028/"
    copy = events.get_event("werkstatt-2028")
    assert (copy.starts_at, copy.published_at) == (datetime(2028, 3, 9, 8, 30, tzinfo=UTC), None)
    assert [len(item.appearances) for item in programmes.items(copy.id)] == [1, 1, 0, 0, 0]
    assert [(one.account.name, one.role) for one in people.team(copy.id)] == [("Otto", "organiser")]
    assert client.get("/admin/werkstatt-2028/").status_code == 200
    assert client.get("/de/werkstatt-2028/").status_code == 404


def test_another_start_moves_everything_that_nobody_changed(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    dates = fields(send(client).text)
    changed = {**dates, "starts_at": "2028-04-06T10:00", "registration_closes_at": "2028-02-01T12:00"}
    again = send(client, **changed, sure="1")
    assert (again.status_code, events.find_event("werkstatt-2028")) == (200, None)
    moved = fields(again.text)
    assert (moved["starts_at"], moved["ends_at"]) == ("2028-04-06T10:00", "2028-04-06T16:30")
    assert (moved["registration_opens_at"], moved["registration_closes_at"]) == ("2028-01-31T09:00", "2028-02-01T12:00")
    assert "Donnerstag, 6. April 2028, 11:00 Uhr" in unescape(again.text)
    assert send(client, **moved, sure="1").status_code == 303
    assert programmes.items(events.get_event("werkstatt-2028").id)[0].starts_at == datetime(
        2028, 4, 6, 8, 30, tzinfo=UTC
    )


def test_another_day_computes_the_dates_anew(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    dates = fields(send(client).text)
    other = send(client, **dates, day="other", other_day="2027-10-05", sure="1")
    assert fields(other.text)["starts_at"] == "2027-10-05T09:30"
    assert events.find_event("werkstatt-2028") is None


BAD: tuple[tuple[dict[str, Any], str], ...] = (
    ({"slug": "werkstatt"}, "Es gibt schon eine Veranstaltung mit dieser Adresse."),
    ({"slug": "einst"}, "Es gibt schon eine Veranstaltung mit dieser Adresse."),
    ({"slug": "Neu Neu"}, "Die Adresse darf nur"),
    ({"ends_at": "2028-03-09T08:00"}, "Die Veranstaltung muss nach ihrem Beginn enden."),
    ({"ends_at": "irgendwann"}, "Bitte geben Sie Datum und Uhrzeit"),
    ({"starts_at": ""}, "Bitte füllen Sie dieses Feld aus."),
    ({"title-de": ""}, "Bitte füllen Sie dieses Feld aus."),
    ({"day": "other"}, "Bitte geben Sie ein Datum"),
    ({"day": "other", "other_day": "0001-01-01"}, "Bitte prüfen Sie das Jahr."),
    ({"day": "never"}, "Bitte wählen Sie eine der Antworten."),
    ({"parts": ["everything"]}, "steht nicht zur Auswahl"),
    ({"registration_opens_at": "2028-03-26T02:30"}, "Diese Uhrzeit gibt es nicht"),
)


def test_bad_input_is_told_and_nothing_stored(app: Flask, meeting: Meeting) -> None:
    service.change_event(meeting.event.id, slug="einst")
    service.change_event(meeting.event.id, slug="werkstatt")
    client = signed_in(app, "Anna")
    dates = fields(send(client).text)
    answers = [(send(client, **{**dates, **values, "sure": "1"}), sentence) for values, sentence in BAD]
    assert [answer.status_code for answer, _sentence in answers] == [422] * len(BAD)
    assert [sentence for answer, sentence in answers if sentence not in unescape(answer.text)] == []
    assert events.find_event("werkstatt-2028") is None


def test_time_that_does_not_exist_is_told_before(app: Flask, meeting: Meeting) -> None:
    opens = datetime(2027, 3, 7, 1, 30, tzinfo=UTC)
    service.change_event(
        meeting.event.id, registration_opens_at=opens, registration_closes_at=datetime(2027, 3, 9, tzinfo=UTC)
    )
    page = unescape(send(signed_in(app, "Anna"), day="other", other_day="2028-04-01").text)
    told = "02:30 Uhr gibt es an diesem Tag nicht, weil die Uhren vorgestellt werden"
    assert f"Anmeldung öffnet: {told}; daraus wird 28. März 2028" not in page
    page = unescape(send(signed_in(app, "Anna"), day="other", other_day="2028-03-30").text)
    assert f"Anmeldung öffnet: {told}; daraus wird 26. März 2028, 03:30 Uhr." in page


def test_page_costs_the_same_with_many_rows(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    token = csrf_token(client, PATH)
    data, event_id = {"csrf_token": token, **CHOICE, "parts": PARTS}, meeting.event.id
    db.session.remove()  # what a test still holds must not save a query
    with count_queries() as few:
        client.post(PATH, data=data)
    for number in range(60):
        service.set_info_page(event_id, f"seite-{number}", title=words("Seite"), text=words("Text"))
        title = words(f"Punkt {number}")
        programme.create_item(event_id, kind="talk", title=title, starts_at=at(9), ends_at=at(10))
    db.session.remove()
    with count_queries() as many:
        assert "60" in client.post(PATH, data=data).text
    assert len(few) == len(many) <= 10
