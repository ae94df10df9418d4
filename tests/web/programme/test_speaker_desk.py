"""The organisers' desk of speakers: table, filters, search, new people, profiles, who stands first, files."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import clock, tables
from eventsite.core.db import db, transaction
from eventsite.programme import queries_speakers, service, service_appearances
from eventsite.programme import service_speakers as speakers
from eventsite.programme.models import Speaker
from tests.browserless import csrf_token, post_form
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, make_meeting, visit, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

DESK = "/admin/werkstatt/speakers"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting with an organiser called Anna."""
    made = make_meeting()
    make_account("Anna", event_id=made.event.id)
    return made


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+"><bdi>(.*?)</bdi>', html)


def shown(client: FlaskClient, query: str = "") -> list[str]:
    return names(client.get(f"{DESK}{query}").text)


def test_table_says_what_is_missing_and_filters_by_it(app: Flask, meeting: Meeting) -> None:
    speakers.change_speaker(meeting.speakers["weiland"].id, biography=words("", "Builds bridges."), portrait_key="x")
    client = signed_in(app, "Anna")
    assert shown(client) == ["Dr. Daniel März", "Mara Weiland"]
    assert {key: shown(client, f"?lacks={key}") for key in ("portrait", "biography-de", "biography-en", "item")} == {
        "portrait": ["Dr. Daniel März"],
        "biography-de": ["Mara Weiland"],
        "biography-en": ["Dr. Daniel März"],
        "item": [],
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("marz", ["Dr. Daniel März"]), ("kassel MARA", ["Mara Weiland"]), ("begrussung", ["Mara Weiland"]), ("%", [])],
)
def test_search_knows_names_organisations_and_items(
    app: Flask, meeting: Meeting, typed: str, expected: list[str]
) -> None:
    assert names(signed_in(app, "Anna").get(DESK, query_string={"q": typed}).text) == expected


def test_new_person_of_a_known_name_is_asked_about(app: Flask, meeting: Meeting) -> None:
    client, path = signed_in(app, "Anna"), f"{DESK}/new"
    sent = {
        "known": "",
        "item": "",
        "name": "daniel marz",
        "role": "speaker",
        "email": "other@example.org",
        "organisation": "Amt",
    }
    first = post_form(client, path, sent)
    assert (first.status_code, "<bdi>Dr. Daniel März</bdi>" in first.text) == (422, True)
    assert 'value="daniel marz"' in first.text
    second = post_form(client, path, {**sent, "is_another": "y"})
    assert second.status_code == 303
    db.session.rollback()
    found = [(one.name, one.organisation, one.slug) for one in queries_speakers.speakers_of(meeting.event.id)]
    assert found[:2] == [("Dr. Daniel März", "", "dr-daniel-maerz"), ("daniel marz", "Amt", "daniel-marz")]


def test_new_person_needs_a_name_and_an_own_address(app: Flask, meeting: Meeting) -> None:
    client, path = signed_in(app, "Anna"), f"{DESK}/new"
    answers = [
        post_form(client, path, {"known": "", "item": "", "role": "speaker", **values})
        for values in ({"name": " "}, {"name": "Neu", "email": "maerz@example.org"}, {"name": "Neu", "email": "nix"})
    ]
    assert [answer.status_code for answer in answers] == [422] * 3
    assert [len(re.findall(r'class="field__error" id="(\w+)-error"', a.text)) for a in answers] == [1, 1, 1]


def test_profile_keeps_everything_typed_when_a_link_is_no_address(app: Flask, meeting: Meeting) -> None:
    client, path = signed_in(app, "Anna"), f"{DESK}/{meeting.speakers['märz'].public_id}"
    profile = {
        "name": "Daniel März", "sort_name": "März Daniel", "role-de": "Leiter", "role-en": "Head",
        "organisation": "Stadt Aubergen", "biography-de": "Forscht.", "biography-en": "Does research.",
        "email": "maerz@example.org", "links": "https://example.org Seite\njavascript:alert(1) Klick",
    }  # fmt: skip
    wrong = post_form(client, path, profile)
    assert (wrong.status_code, "javascript:alert(1) Klick" in wrong.text) == (422, True)
    right = post_form(client, path, {**profile, "links": "https://example.org Seite", "email": "dm@example.org"})
    db.session.rollback()
    found = queries_speakers.get_speaker(meeting.speakers["märz"].public_id)
    assert (right.status_code, found.role, found.biography["en"], found.links, found.person.email) == (
        303,
        {"de": "Leiter", "en": "Head"},
        "Does research.",
        [{"url": "https://example.org", "label": "Seite"}],
        "dm@example.org",
    )


def test_featured_people_are_ordered_by_buttons(app: Flask, meeting: Meeting) -> None:
    client, path = signed_in(app, "Anna"), f"{DESK}/featured"
    first, second = (meeting.speakers[name].public_id for name in ("märz", "weiland"))
    for uid in (first, second):
        assert post_form(client, path, {"speaker": uid}).status_code == 303
    token = csrf_token(client, path)
    client.post(f"{DESK}/{second}/place/up", data={"csrf_token": token})
    assert re.findall(r'<li id="featured-(\w+)"', client.get(path).text) == [second, first]
    public = visit(app, "/de/werkstatt/speakers").text
    assert re.findall(r'href="/de/werkstatt/speakers/([\w-]+)"', public) == ["mara-weiland", "dr-daniel-maerz"]
    assert re.findall(r'class="order">.*?</ul>', public, re.DOTALL)[0].count("<li>") == 3


def test_files_hold_the_same_people_and_no_formula(app: Flask, meeting: Meeting) -> None:
    speakers.change_speaker(meeting.speakers["weiland"].id, organisation="=HYPERLINK(1)")
    client = signed_in(app, "Anna")
    text = client.get(f"{DESK}.csv").data.decode("utf-8-sig").splitlines()
    assert [line.split(",")[:3] for line in text[1:]] == [
        ["Dr. Daniel März", "März Daniel", ""],
        ["Mara Weiland", "Weiland Mara", "'=HYPERLINK(1)"],
    ]
    book = tables.read_table(io.BytesIO(client.get(f"{DESK}.xlsx").data).getvalue(), "x.xlsx")
    assert [row[0] for _line, row in book.rows] == ["Dr. Daniel März", "Mara Weiland"]
    assert "maerz@example.org" not in "".join(text)


@both_databases
def test_queries_of_the_desk_do_not_grow(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")

    def count(path: str) -> int:
        db.session.remove()
        with count_queries() as sent:
            assert client.get(path).status_code == 200
        return len(sent)

    profile = f"{DESK}/{meeting.speakers['märz'].public_id}"
    paths = (DESK, f"{DESK}/new", f"{DESK}/featured", profile, f"{DESK}.csv", f"{profile}/portrait")
    event_id, times = meeting.event.id, {"starts_at": meeting.event.starts_at, "ends_at": meeting.event.ends_at}
    few = [count(path) for path in paths]
    with transaction():
        fill(event_id, 100, **times)
    assert [count(path) for path in paths] == few
    assert max(few) <= 10


def fill(event_id: int, many: int, **times: Any) -> None:
    """So many more people, each in an item, every second featured."""
    for number in range(many):
        one = speakers.create_speaker(f"Person Nummer{number}")
        parts = [{"speaker_id": one.id, "role": "speaker"}]
        service.create_item(event_id, kind="talk", title=words(f"V {number}"), appearances=parts, **times)
        if number % 2:
            service_appearances.feature(event_id, one.id)


def test_profile_somebody_else_changed_meanwhile_is_not_overwritten(app: Flask, meeting: Meeting) -> None:
    client, one = signed_in(app, "Anna"), meeting.speakers["märz"]
    page = f"{DESK}/{one.public_id}"
    saw = re.findall(r'name="seen"[^>]*value="([^"]+)"', client.get(page).text)[0]
    with clock.freeze(NOW + timedelta(minutes=1)):
        speakers.change_speaker(one.id, biography=words("Forscht und lehrt."))
    typed = {"name": "Daniel März", "sort_name": "März, Daniel", "email": "maerz@example.org"}
    answer = post_form(client, page, {**typed, "seen": saw})
    db.session.rollback()
    assert (answer.status_code, "seit Sie die Seite" in answer.text, 'value="Daniel März"' in answer.text) == (
        422, True, True,
    )  # fmt: skip
    assert db.session.get_one(Speaker, one.id).biography == words("Forscht und lehrt.")
    saw = re.findall(r'name="seen"[^>]*value="([^"]+)"', answer.text)[0]
    assert post_form(client, page, {**typed, "seen": saw}).status_code == 303
