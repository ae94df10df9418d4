"""Planning: rounds, items and their people are stored as meant, or refused with a sentence."""

from typing import Any

import pytest
from flask import Flask

from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.media.models import Download
from eventsite.programme import queries, queries_speakers, service, service_speakers
from eventsite.programme.models import Appearance, ProgrammeItem
from tests.conftest import both_databases
from tests.meeting import Meeting, at, make_meeting, words


def titles(meeting: Meeting) -> list[str]:
    return [item.title["de"] for item in queries.items(meeting.event.id)]


@both_databases
def test_draft_is_read_in_order_of_time_with_people(app: Flask) -> None:
    meeting = make_meeting(released=False)
    found = [(i.title["de"], [a.speaker.name for a in i.appearances]) for i in queries.items(meeting.event.id)]
    assert found == [
        ("Begrüßung", ["Mara Weiland"]),
        ("Orte, die tragen", ["Dr. Daniel März"]),
        ("Mittagspause", []),
        ("Netze knüpfen", []),
        ("Räume öffnen", []),
    ]


def test_workshop_takes_the_times_of_its_round(app: Flask) -> None:
    meeting = make_meeting(released=False)
    item = meeting.items["first"]
    assert (item.starts_at, item.ends_at, item.slug) == (at(12), at(14), "netze-knuepfen")


@both_databases
def test_moved_round_takes_its_workshops_along_but_not_the_early_one(app: Flask) -> None:
    meeting = make_meeting(released=False)
    service.change_item(meeting.items["second"].id, starts_at=at(12, 30))
    service.change_round(meeting.round.id, starts_at=at(13), ends_at=at(15))
    found = [(i.starts_at, i.ends_at) for i in queries.rounds(meeting.event.id)[0].items]
    assert found == [(at(13), at(15)), (at(12, 30), at(14))]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "lecture"}, "There is no such kind of item."),
        ({"title": {"de": ""}}, "An item needs a title."),
        ({"ends_at": at(9)}, "The end must come after the start."),
        ({"slug": "begruessung"}, "There is an item with this address already"),
        ({"slug": "../x"}, "There is an item with this address already"),
        ({"capacity": -1}, "The number of places must not be negative."),
        ({"appearances": [{"speaker_id": 1, "role": "king"}]}, "There is no such role."),
    ],
)
def test_bad_item_is_refused_and_nothing_is_stored(app: Flask, values: Any, sentence: str) -> None:
    meeting = make_meeting(released=False)
    good: dict[str, Any] = {"kind": "talk", "title": words("Neu"), "starts_at": at(9), "ends_at": at(10)}
    with pytest.raises(Refused) as refusal:
        service.create_item(meeting.event.id, **{**good, **values})
    assert refusal.value.message.message.startswith(sentence)
    assert len(titles(meeting)) == 5


def test_same_title_twice_gives_two_addresses(app: Flask) -> None:
    meeting = make_meeting(released=False)
    times: Any = {"starts_at": at(14), "ends_at": at(15)}
    slugs = [service.create_item(meeting.event.id, kind="talk", title=words("Fazit"), **times).slug for _n in range(3)]
    assert slugs == ["fazit", "fazit-2", "fazit-3"]


def test_change_keeps_the_address_of_another_item_free(app: Flask) -> None:
    meeting = make_meeting(released=False)
    with pytest.raises(Refused):
        service.change_item(meeting.items["first"].id, slug="begruessung")
    assert queries.get_item(meeting.event.id, meeting.items["first"].public_id).slug == "netze-knuepfen"


@both_databases
def test_people_of_an_item_are_replaced_in_order(app: Flask) -> None:
    meeting = make_meeting(released=False)
    item, people = meeting.items["keynote"], meeting.speakers
    wanted: list[dict[str, Any]] = [
        {"speaker_id": people["weiland"].id, "role": "moderator", "role_label": words("Durch den Tag")},
        {"speaker_id": people["märz"].id, "role": "keynote", "organisations": ["Universität Kassel"]},
    ]
    service.set_appearances(item.id, wanted)
    service.set_appearances(item.id, wanted)
    found = queries.get_item(meeting.event.id, item.public_id).appearances
    assert [(a.speaker.name, a.role, a.organisations, a.position) for a in found] == [
        ("Mara Weiland", "moderator", [], 0),
        ("Dr. Daniel März", "keynote", ["Universität Kassel"], 1),
    ]


def test_appearance_added_twice_is_there_once(app: Flask) -> None:
    meeting = make_meeting(released=False)
    item, person = meeting.items["first"], meeting.speakers["märz"]
    first = service.add_appearance(item.id, person.id, "lead")
    assert service.add_appearance(item.id, person.id, "lead").id == first.id
    assert db.session.query(Appearance).filter_by(item_id=item.id).count() == 1


@both_databases
def test_deleted_item_is_gone_with_its_people(app: Flask) -> None:
    meeting = make_meeting(released=False)
    service.delete_item(meeting.items["keynote"].id)
    assert titles(meeting) == ["Begrüßung", "Mittagspause", "Netze knüpfen", "Räume öffnen"]
    assert db.session.query(Appearance).count() == 1


@both_databases
def test_item_on_which_something_hangs_is_not_deleted(app: Flask) -> None:
    meeting = make_meeting(released=False)
    item_id, event_id = meeting.items["first"].id, meeting.event.id
    with transaction() as session:
        session.add(make_download(event_id, item_id))
    with pytest.raises(Refused):
        service.delete_item(item_id)
    assert db.session.get(ProgrammeItem, item_id) is not None


def make_download(event_id: int, item_id: int) -> Download:
    values: dict[str, Any] = {"title": words("Folien"), "filename": "x.pdf", "content_type": "application/pdf"}
    return Download(
        public_id="d1", event_id=event_id, item_id=item_id, key="0" * 64, size=1, created_at=at(9), **values
    )


def test_round_with_workshops_is_not_deleted(app: Flask) -> None:
    meeting = make_meeting(released=False)
    with pytest.raises(Refused):
        service.delete_round(meeting.round.id)
    for name in ("first", "second"):
        service.delete_item(meeting.items[name].id)
    service.delete_round(meeting.round.id)
    assert queries.rounds(meeting.event.id) == []


def test_second_profile_of_one_address_is_refused(app: Flask) -> None:
    make_meeting(released=False)
    with pytest.raises(Refused):
        service_speakers.create_speaker("Daniel März", email="MAERZ@example.org")
    assert [s.name for s in queries_speakers.speakers()] == ["Dr. Daniel März", "Mara Weiland"]


def test_two_people_of_one_name_have_two_addresses(app: Flask) -> None:
    make_meeting(released=False)
    assert service_speakers.create_speaker("Mara Weiland").slug == "mara-weiland-2"


def test_changed_name_keeps_the_address_and_sorts_anew(app: Flask) -> None:
    person = make_meeting(released=False).speakers["weiland"]
    changed = service_speakers.change_speaker(person.id, name="Mara Abel")
    assert (changed.slug, changed.sort_name) == ("mara-weiland", "Abel Mara")


def test_clashes_of_a_draft_are_told(app: Flask) -> None:
    meeting = make_meeting(released=False)
    assert queries.clashes(meeting.event) == []
    service.change_item(meeting.items["lunch"].id, room_id=meeting.items["second"].room_id, ends_at=at(12, 30))
    found = [(clash.kind, len(clash.items)) for clash in queries.clashes(meeting.event)]
    assert found == [("room", 2)]
