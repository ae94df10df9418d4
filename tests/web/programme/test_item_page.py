"""The page of an item: every field is kept, people in order with roles of their own, names asked about, more rounds."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.programme import queries, queries_offerings, queries_speakers, service, service_tracks
from eventsite.programme.models import ProgrammeItem
from tests.browserless import csrf_token, post_form
from tests.conftest import NOW
from tests.meeting import Meeting, at, make_meeting, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting(released=False)


@pytest.fixture
def anna(app: Flask, meeting: Meeting) -> FlaskClient:
    make_account("Anna", event_id=meeting.event.id)
    return signed_in(app, "Anna")


def page_of(item: ProgrammeItem, step: str = "") -> str:
    return f"/admin/werkstatt/programme/{item.public_id}{step}"


def stored(meeting: Meeting, name: str = "keynote") -> ProgrammeItem:
    db.session.rollback()
    return queries.get_item(meeting.event.id, meeting.items[name].public_id)


def filled(meeting: Meeting, **changed: str) -> dict[str, str]:
    track = service_tracks.store_track(meeting.event.id, None, title=words("Orte"), colour="#0b5a6b")
    return {
        "kind": "talk", "title-de": "Orte", "starts_at": "2027-03-11T10:30", "ends_at": "2027-03-11T12:00",
        "room_id": "0", "round_id": "0", "track_id": str(track.id), "tags": "Daten / Data\nNetze", "language": "mul",
        "target_group-de": "Kommunen", "prerequisites-de": "Keine", "bring-en": "A laptop",
        "online_url": "https://raum.example.org/1", "online_from": "2027-03-11T10:15", **changed,
    }  # fmt: skip


def test_every_field_is_stored_and_shown_again(anna: FlaskClient, meeting: Meeting) -> None:
    path = page_of(meeting.items["keynote"])
    assert post_form(anna, path, filled(meeting)).status_code == 303
    item = stored(meeting)
    assert (item.target_group["de"], item.prerequisites["de"], item.bring["en"], item.tags, item.language) == (
        "Kommunen", "Keine", "A laptop", [{"de": "Daten", "en": "Data"}, {"de": "Netze"}], "mul",
    )  # fmt: skip
    assert (item.online_url, item.online_from, item.track and item.track.title["de"]) == (
        "https://raum.example.org/1", at(9, 15), "Orte",
    )  # fmt: skip
    html = anna.get(path).text
    assert (html.count(" ausgefüllt)</span>"), "Daten / Data\nNetze" in html, 'value="2027-03-11T10:15"' in html) == (
        3,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"online_url": "javascript:alert(1)"}, "Eine Adresse beginnt mit https://"),
        ({"ends_at": "2027-03-12T16:30"}, "Ein Programmpunkt dauert höchstens 24 Stunden."),
        ({"ends_at": "2027-03-11T10:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}, "Diese Uhrzeit gibt es nicht"),
        ({"language": "xx"}, "error-summary"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_is_kept(
    anna: FlaskClient, meeting: Meeting, changed: Any, sentence: str
) -> None:
    answer = post_form(anna, page_of(meeting.items["keynote"]), filled(meeting, **changed))
    assert (answer.status_code, sentence in answer.text, "A laptop" in answer.text) == (422, True, True)
    assert stored(meeting).bring == {}


def test_what_somebody_else_changed_meanwhile_is_not_lost(anna: FlaskClient, meeting: Meeting) -> None:
    path, typed = page_of(meeting.items["keynote"]), filled(meeting)
    saw = re.findall(r'name="seen"[^>]*value="([^"]+)"', anna.get(path).text)[0]
    with clock.freeze(NOW + timedelta(minutes=1)):
        service.change_item(meeting.items["keynote"].id, title=words("Orte, die halten"), actor="berta")
    answer = post_form(anna, path, {**typed, "seen": saw})
    assert (answer.status_code, "seit Sie die Seite geöffnet haben" in answer.text, "A laptop" in answer.text) == (
        422, True, True,
    )  # fmt: skip
    assert stored(meeting).title["de"] == "Orte, die halten"
    saw = re.findall(r'name="seen"[^>]*value="([^"]+)"', answer.text)[0]
    assert post_form(anna, path, {**typed, "seen": unescape(saw)}).status_code == 303
    assert stored(meeting).title["de"] == "Orte"


def test_night_on_which_a_time_comes_twice_says_which_is_meant(anna: FlaskClient, meeting: Meeting) -> None:
    times = {"starts_at": "2027-10-31T02:30", "ends_at": "2027-10-31T04:00"}
    path = page_of(meeting.items["keynote"])
    assert post_form(anna, path, filled(meeting, **times)).status_code == 303
    assert "gemeint ist die erste" in anna.get(path).text


def test_item_over_midnight_is_fine(anna: FlaskClient, meeting: Meeting) -> None:
    times = {"starts_at": "2027-03-11T22:00", "ends_at": "2027-03-12T01:00"}
    assert post_form(anna, page_of(meeting.items["keynote"]), filled(meeting, **times)).status_code == 303


def people(meeting: Meeting) -> list[Any]:
    return [(a.speaker.name, a.role, a.role_label, a.organisations) for a in stored(meeting).appearances]


def add(client: FlaskClient, meeting: Meeting, **data: str) -> Any:
    path = page_of(meeting.items["keynote"])
    fields = {f"people-{name}": value for name, value in {"speaker": "", "role": "speaker", **data}.items()}
    return post_form(client, f"{path}/people", fields, page=path)


def test_person_has_several_roles_and_organisations_and_another_place(anna: FlaskClient, meeting: Meeting) -> None:
    uid = meeting.speakers["märz"].public_id
    add(anna, meeting, speaker=uid, role="moderator", organisations="Stadt Kassel\nLand Hessen")
    path = page_of(meeting.items["keynote"])
    post_form(anna, f"{path}/people/1/up", {}, page=path)
    fields = {"p1-role": "panellist", "p1-role_label-de": "Erzählt", "p1-organisations": "Universität"}
    assert post_form(anna, f"{path}/people/1", fields, page=path).status_code == 303
    assert people(meeting) == [
        ("Dr. Daniel März", "moderator", {}, ["Stadt Kassel", "Land Hessen"]),
        ("Dr. Daniel März", "panellist", {"de": "Erzählt"}, ["Universität"]),
    ]
    for position, way in ((0, "up"), (1, "down"), (0, "down")):
        post_form(anna, f"{path}/people/{position}/{way}", {}, page=path)
    assert [role for _name, role, *_rest in people(meeting)] == ["panellist", "moderator"]


def test_role_a_person_has_already_is_refused_at_the_field(anna: FlaskClient, meeting: Meeting) -> None:
    add(anna, meeting, speaker=meeting.speakers["märz"].public_id, role="moderator")
    path = page_of(meeting.items["keynote"])
    answer = post_form(anna, f"{path}/people/1", {"p1-role": "keynote"}, page=path)
    assert (answer.status_code, [role for _n, role, *_r in people(meeting)]) == (422, ["keynote", "moderator"])


@pytest.mark.parametrize(
    ("answer", "slugs"),
    [("", ["dr-daniel-maerz"]), ("known", ["dr-daniel-maerz"]), ("new", ["dr-daniel-maerz", "maerz-daniel"])],
)
def test_same_name_is_asked_about_before_a_second_profile_is_made(
    anna: FlaskClient, meeting: Meeting, answer: str, slugs: list[str]
) -> None:
    namesake = {"known": meeting.speakers["märz"].public_id}.get(answer, answer)
    response = add(anna, meeting, name="März, Daniel", role="moderator", **({"namesake": namesake} if namesake else {}))
    assert (response.status_code, 'name="people-namesake"' in response.text) == (
        (303, False) if answer else (422, True)
    )
    assert sorted(s.slug for s in queries_speakers.speakers() if "März" in s.name) == slugs
    assert len(people(meeting)) == (2 if answer else 1)


def test_nobody_chosen_is_told_and_keeps_what_was_typed(anna: FlaskClient, meeting: Meeting) -> None:
    answer = add(anna, meeting, organisations="Stadt Fulda")
    assert (answer.status_code, "Stadt Fulda" in answer.text, len(people(meeting))) == (422, True, 1)


@pytest.mark.parametrize("name", ["王小明", "Ада Лавлейс", "محمد", "Nguyễn Thị Minh Khai", "O’Neill-Ødegård"])
def test_names_of_any_script_are_kept(anna: FlaskClient, meeting: Meeting, name: str) -> None:
    assert add(anna, meeting, name=name).status_code == 303
    assert people(meeting)[-1][0] == name


def test_page_costs_the_same_for_many_people_and_rounds(anna: FlaskClient, meeting: Meeting) -> None:
    path, counts = page_of(meeting.items["first"]), []
    anna.get(path)
    for number in (1, 20):
        for each in range(number):
            service.add_person(meeting.items["first"].id, "", f"Person {each}", role="lead")
            service.create_round(meeting.event.id, title=words(f"Runde {each}"), starts_at=at(12), ends_at=at(13))
            events.add_room(meeting.event.venue_id or 0, name=words(f"Raum {each}"))
        with count_queries() as sent:
            assert anna.get(path).status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 10


def test_workshop_is_offered_again_with_its_words_and_on_its_own_again(anna: FlaskClient, meeting: Meeting) -> None:
    second = service.create_round(meeting.event.id, title=words("Runde 2"), starts_at=at(14), ends_at=at(15))
    path = page_of(meeting.items["first"])
    answer = post_form(anna, f"{path}/rounds", {"again-round_id": str(second.id)}, page=path)
    twin = queries_offerings.siblings(stored(meeting, "first"))[0]
    assert (answer.status_code, twin.title["de"], twin.starts_at, twin.capacity) == (303, "Netze knüpfen", at(14), 12)
    times = {"starts_at": "2027-03-11T13:00", "ends_at": "2027-03-11T15:00", "kind": "workshop", "capacity": "9"}
    post_form(anna, path, filled(meeting, **times, round_id=str(meeting.round.id), number="1"))
    twin = queries_offerings.siblings(stored(meeting, "first"))[0]
    assert (twin.title["de"], twin.bring["en"], twin.capacity, twin.starts_at) == ("Orte", "A laptop", 12, at(14))
    post_form(anna, f"{path}/rounds/parting", {}, page=path)
    assert (stored(meeting, "first").offering, queries.get_item(meeting.event.id, twin.public_id).offering) == (
        None,
        None,
    )


@pytest.mark.parametrize("round_", ["own", "0", "x"])
def test_round_that_cannot_be_is_refused(anna: FlaskClient, meeting: Meeting, round_: str) -> None:
    path = page_of(meeting.items["first"])
    service.create_round(meeting.event.id, title=words("Runde 2"), starts_at=at(14), ends_at=at(15))
    value = str(meeting.round.id) if round_ == "own" else round_
    answer = post_form(anna, f"{path}/rounds", {"again-round_id": value}, page=path)
    assert (answer.status_code, stored(meeting, "first").offering) == (422, None)


TRACKS = "/admin/werkstatt/tracks"


def test_tracks_are_named_coloured_ordered_and_taken_away(anna: FlaskClient, meeting: Meeting) -> None:
    for name, colour in (("Orte", "#0b5a6b"), ("Netze", "#ffff00")):
        data = {"title-de": name, "title-en": name, "colour": colour}
        assert post_form(anna, f"{TRACKS}/new", data).status_code == 303
    rows = re.findall(r"tracks/([\w-]+)\">(\w+)<", anna.get(TRACKS).text)
    assert [name for _uid, name in rows] == ["Orte", "Netze"]
    pale = re.search(r'name="colour"[^>]*value="(#\w+)"', anna.get(f"{TRACKS}/{rows[1][0]}").text)
    assert pale and pale[1] != "#ffff00"
    post_form(anna, f"{TRACKS}/{rows[1][0]}/up", {}, page=TRACKS)
    post_form(anna, f"{TRACKS}/{rows[0][0]}/removal", {}, page=TRACKS)
    assert re.findall(r"tracks/[\w-]+\">(\w+)<", anna.get(TRACKS).text) == ["Netze"]


@pytest.mark.parametrize("data", [{"title-de": ""}, {"colour": "red"}, {"colour": ""}, {"title-de": "x" * 61}])
def test_bad_track_is_told(anna: FlaskClient, meeting: Meeting, data: dict[str, str]) -> None:
    answer = post_form(anna, f"{TRACKS}/new", {"title-de": "Orte", "colour": "#0b5a6b", **data})
    assert (answer.status_code, "error-summary" in answer.text) == (422, True)


def test_track_of_items_is_taken_away_and_the_items_stay(anna: FlaskClient, meeting: Meeting) -> None:
    track = service_tracks.store_track(meeting.event.id, None, title=words("Orte"), colour="#0b5a6b")
    service.change_item(meeting.items["keynote"].id, track_id=track.id)
    anna.post(f"{TRACKS}/{track.public_id}/removal", data={"csrf_token": csrf_token(anna, TRACKS)})
    assert (stored(meeting).track, unescape(stored(meeting).title["de"])) == (None, "Orte, die tragen")
