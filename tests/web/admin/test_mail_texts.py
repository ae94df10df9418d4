"""Mails of an event in the organisers' own words: edited, refused with the line, previewed for three people, reset."""

import re
from typing import Any

import pytest
from flask import Flask

from eventsite.core import jobs
from eventsite.core.db import db
from eventsite.mail import kinds, queries, transport
from eventsite.mail.models import MailText
from eventsite.registration import service as registrations
from eventsite.site import signup
from tests.browserless import post_form
from tests.meeting import make_meeting
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import sign_up

PAGE = "/admin/werkstatt/mails/texts/confirmed"
WORDS = {
    "subject_de": "Schön, {Name}: {Veranstaltung}",
    "opening_de": "wir **freuen** uns.",
    "closing_de": "",
    "subject_en": "Good, {name}: {event}",
    "opening_en": "we are glad.",
    "closing_en": "Bring a pen.",
}


@pytest.fixture
def desk(app: Flask) -> Any:
    """Anna in front of the mails of the meeting."""
    meeting = make_meeting()
    make_account("Anna", event_id=meeting.event.id)
    return meeting.event, signed_in(app, "Anna")


def subjects(language: str) -> list[str]:
    jobs.run_sweeps()
    return [mail["Subject"] for mail in transport.sent if mail["Content-Language"] == language]


def test_stored_words_are_what_is_sent_until_they_are_reset(desk: Any) -> None:
    event, client = desk
    assert post_form(client, PAGE, WORDS).status_code == 303
    one = sign_up(event.id, 1)
    registrations.confirm(one.id)
    details = signup.Details("Two", "two@example.org", language="en")
    signup.sign_up(event.id, details, confirmed=True)
    assert "Schön, Person 1: Werkstatt Lernorte" in subjects("de")
    assert subjects("en") == ["Good, Two: Workshop on Places to Learn"]
    body = transport.sent[-1].get_body(("plain",))
    assert body is not None
    assert ("we are glad." in body.get_content(), "Bring a pen." in body.get_content()) == (True, True)
    assert post_form(client, f"{PAGE}/reset", {}, page=PAGE).status_code == 303
    assert queries.texts(event.id) == {}
    rows = db.session.execute(db.select(MailText.language, MailText.version, MailText.is_default)).all()
    assert sorted(tuple(row) for row in rows) == [("de", 1, False), ("de", 2, True), ("en", 1, False), ("en", 2, True)]


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        (
            "opening_de",
            "erste\nDank an {Nmae}",
            "Zeile 2: {Nmae} ist kein Platzhalter dieser Mail. Meinten Sie {name}?",
        ),
        ("closing_en", "bis {Frist}", "Zeile 1: {Frist} ist kein Platzhalter dieser Mail."),
        ("subject_de", "Hallo {Name", "Zeile 1: Der geschweiften Klammer „{“ fehlt das Gegenstück."),
        ("subject_en", "", "Bitte füllen Sie dieses Feld aus."),
        ("opening_de", "x" * 5001, "höchstens 5.000 Zeichen"),
    ],
)
def test_bad_words_are_refused_with_a_sentence_and_kept(desk: Any, part: str, typed: str, sentence: str) -> None:
    event, client = desk
    answer = post_form(client, PAGE, {**WORDS, part: typed})
    assert answer.status_code == 422
    assert re.sub(r"\s+", " ", answer.text).count(sentence) >= 1
    assert (typed.splitlines() or [""])[-1] in answer.text
    assert queries.newest(event.id) == []


def test_look_shows_three_real_people_and_stores_nothing(desk: Any) -> None:
    event, client = desk
    for number in range(1, 4):
        sign_up(event.id, number, confirmed=True)
    signup.sign_up(event.id, signup.Details("Zoë English", "z@example.org", language="en"), confirmed=True)
    page = post_form(client, PAGE, {**WORDS, "look": "1"})
    assert page.status_code == 200
    assert page.text.count("<iframe") == 3
    assert [name in page.text for name in ("Person 1", "Person 3", "Zoë English")] == [True, True, True]
    assert "Schön, Person 1: Werkstatt Lernorte" in page.text
    assert ("/r/" in page.text, "[personal link]" in page.text) == (False, True)
    assert "'sha256-" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert queries.newest(event.id) == []


def test_every_kind_is_shown_with_an_invented_person_where_nobody_is(desk: Any) -> None:
    for kind in kinds.KINDS:
        page = desk[1].get(f"/admin/werkstatt/mails/texts/{kind}")
        shown = (kind, page.status_code, page.text.count("<iframe"), "Clara Öztürk" in page.text)
        assert shown == (kind, 200, 2, True)
    listed = desk[1].get("/admin/werkstatt/mails/texts").text
    assert [kind for kind in kinds.KINDS if f"/texts/{kind}" not in listed] == []


def test_pages_cost_the_same_with_many(desk: Any) -> None:
    event, client = desk
    counts = []
    for size in (1, 100):
        for number in range(size):
            sign_up(event.id, size * 1000 + number, confirmed=True, notify=False)
        with count_queries() as sent:
            assert client.get(PAGE).status_code == 200
        counts.append(len(sent))
    assert max(counts) <= 10
    assert counts[0] == counts[1]


def test_same_words_are_no_new_version(desk: Any) -> None:
    event, client = desk
    for _time in range(2):
        post_form(client, PAGE, WORDS)
    assert [row.version for row in queries.newest(event.id)] == [1, 1]


def test_helper_and_unknown_kind(app: Flask, desk: Any) -> None:
    make_account("Ben", event_id=desk[0].id, role="helper")
    assert signed_in(app, "Ben").get(PAGE).status_code == 403
    assert desk[1].get("/admin/werkstatt/mails/texts/nothing").status_code == 404
