"""Organisers' pages of merging and splitting: side by side, who may, what is asked, and no trace of others' events."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.programme import queries_speakers, service, service_appearances
from eventsite.programme import service_speakers as speakers
from eventsite.programme.models import Speaker
from tests.browserless import post_form
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting, words
from tests.organisers import make_account, signed_in


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting with Anna as organiser, and a second profile of Daniel März who leads a workshop."""
    made = make_meeting()
    make_account("Anna", event_id=made.event.id)
    other = speakers.create_speaker("Daniel Maerz", biography=words("Schreibt.", "Writes."))
    service.add_appearance(made.items["first"].id, other.id, "lead")
    return made


def uid_of(slug: str) -> str:
    db.session.rollback()
    found = db.session.scalar(select(Speaker.public_id).where(Speaker.slug == slug))
    assert found is not None
    return found


def address(deed: str) -> str:
    return f"/admin/werkstatt/speakers/{uid_of('dr-daniel-maerz')}/{deed}"


def test_two_profiles_are_chosen_compared_merged_and_split(app: Flask, meeting: Meeting) -> None:
    client, path = signed_in(app, "Anna"), address("merge")
    offered = re.findall(r'<option value="(\w*)">([^<]*)', client.get(path).text)
    assert [label for _uid, label in offered] == ["Daniel Maerz", "Mara Weiland, Stadt Kassel"]
    both = f"{path}?other={uid_of('daniel-maerz')}"
    assert [word in client.get(both).text for word in ("Forscht.", "Schreibt.", "Netze knüpfen")] == [True] * 3
    fields = ("name", "role", "organisation", "links", "portrait", "email")
    sent = {**dict.fromkeys(fields, "own"), "biography": "other"}
    assert post_form(client, both, {**sent, "name": "neither"}).status_code == 422
    assert post_form(client, both, sent).status_code == 303
    names = [(row.speaker.name, len(row.parts)) for row in queries_speakers.desk(meeting.event.id)]
    assert names == [("Dr. Daniel März", 2), ("Mara Weiland", 1)]
    ticked = re.findall(r'<input[^>]*name="appearances"[^>]*value="(\d+)"', client.get(address("split")).text)
    assert len(ticked) == 2
    chosen = re.findall(
        r'<input checked[^>]*name="(?:target|appearances)"[^>]*value="(\w+)"', client.get(address("split")).text
    )
    answer = post_form(client, address("split"), {"target": chosen[0], "appearances": chosen[1:], "name": ""})
    db.session.rollback()
    names = [(row.speaker.name, len(row.parts)) for row in queries_speakers.desk(meeting.event.id)]
    assert (answer.status_code, names) == (303, [("Daniel Maerz", 1), ("Dr. Daniel März", 1), ("Mara Weiland", 1)])


def test_splitting_asks_for_what_is_missing(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    answers = [
        post_form(client, address("split"), data)
        for data in ({"target": "new", "name": "Neu"}, {"target": "nix"}, {"target": "new", "appearances": ["99999"]})
    ]
    assert [answer.status_code for answer in answers] == [422] * 3


def test_people_of_other_teams_are_merged_by_owners_only(app: Flask, meeting: Meeting) -> None:
    elsewhere = events.create_event(
        host_ids=[], slug="andere", title=words("Andere"), starts_at=NOW, ends_at=NOW.replace(hour=12)
    )
    other = db.session.scalars(select(Speaker).where(Speaker.slug == "daniel-maerz")).one()
    service_appearances.enlist(elsewhere.id, other.id)
    make_account("Olivia", is_owner=True)
    path = f"{address('merge')}?other={uid_of('daniel-maerz')}"
    assert [signed_in(app, name).get(path).status_code for name in ("Anna", "Olivia")] == [403, 200]
    unknown = f"{address('merge')}?other=nobody"
    assert "<option" in signed_in(app, "Anna").get(unknown).text
