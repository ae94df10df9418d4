"""Two profiles of one human: everything moves, nothing is lost, and splitting restores what was."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from eventsite.contributions import queries as contributions
from eventsite.contributions import service_links
from eventsite.core import ids
from eventsite.core.audit import AuditRow
from eventsite.core.db import Model, db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.documentation import service as documentations
from eventsite.documentation.models import Block
from eventsite.events import queries as events
from eventsite.people.models import PersonalLink
from eventsite.programme import (
    queries_released,
    queries_speakers,
    rules_merging,
    service,
    service_appearances,
    service_releases,
)
from eventsite.programme import service_merging as merging
from eventsite.programme import service_speakers as speakers
from eventsite.programme.models import Appearance, Speaker
from tests.conftest import both_databases
from tests.meeting import Meeting, make_meeting, words
from tests.service.registration.test_races import at_once

LINKS = [{"url": "https://a.example", "label": "a"}]


def twins(meeting: Meeting) -> tuple[int, int]:
    """Dr. Daniel März, and a second profile of his with an item, a place on the list and a quotation."""
    kept = meeting.speakers["märz"].id
    other = speakers.create_speaker("Daniel Maerz", email="other@example.org", links=LINKS, organisation="Amt")
    service.add_appearance(meeting.items["first"].id, other.id, "lead")
    service.add_appearance(meeting.items["keynote"].id, other.id, "keynote")
    service_appearances.feature(meeting.event.id, other.id)
    documentations.add_block(
        meeting.event.id, "quote", {"text": words("Ja."), "label": words("X")}, speaker_id=other.id
    )
    service_releases.release(meeting.event.id)
    return kept, other.id


def state() -> dict[str, list[str]]:
    """Every row of every table but what only notes that something happened; rows that were put back have new numbers."""
    db.session.rollback()
    left_out = {"audit_row", "revision", "speaker_merge", "personal_link", "account_session"}
    unstable = {"appearance", "released_appearance"}
    found = {}
    for table in Model.metadata.sorted_tables:
        if table.name not in left_out:
            columns = [c for c in table.c if c.name != "updated_at" and not (table.name in unstable and c.name == "id")]
            found[table.name] = sorted(map(repr, db.session.execute(select(*columns)).all()))
    return found


def moved_appearances(uid: str) -> list[int]:
    row = queries_speakers.merges(db.session.scalar(select(Speaker.id).where(Speaker.public_id == uid)) or 0)[0][0]
    return list(row.moved.get("appearance.speaker_id", []))


def test_every_reference_is_thought_of(app: Flask) -> None:
    of_speakers = {str(column) for column in merging.references("speaker.id")}
    assert {str(column) for column in merging.references("person.id")} == set(merging.OF_PERSONS)
    assert of_speakers - set(merging.NOT_MOVED) == {
        "appearance.speaker_id",
        "block.speaker_id",
        "contribution.speaker_id",
        "event_speaker.speaker_id",
        "group_message.speaker_id",
        "material.speaker_id",
        "speaker.merged_into_id",
        "speaker_change.speaker_id",
        "speaker_merge.kept_id",
    }
    assert set(merging.NOT_MOVED) <= of_speakers
    assert [c.table.name for c in merging.references("speaker.id") if "id" not in c.table.c] == []


@both_databases
def test_merging_moves_everything_and_ends_the_other_link(app: Flask) -> None:
    meeting = make_meeting()
    kept, other = twins(meeting)
    link = db.session.get_one(Speaker, other).link_id
    merging.merge(kept, other, {"organisation": "other", "links": "both"}, actor="test", event_id=meeting.event.id)
    db.session.rollback()
    profile = db.session.get_one(Speaker, kept)
    assert (profile.name, profile.organisation, profile.links) == ("Dr. Daniel März", "Amt", LINKS)
    assert [(item.title["de"], one.role) for one, item, _e in queries_speakers.appearances(kept)] == [
        ("Netze knüpfen", "lead"),
        ("Orte, die tragen", "keynote"),
    ]
    assert queries_speakers.appearances(other) == []
    assert [one.speaker_id for one in queries_speakers.featured(meeting.event.id)] == [kept]
    assert db.session.scalars(select(Block.speaker_id)).all() == [kept]
    assert db.session.get_one(PersonalLink, link).revoked_at is not None
    assert queries_released.successor("daniel-maerz") == "dr-daniel-maerz"
    shown = {one.speaker.slug: len(one.parts) for one in queries_released.on_stage(meeting.event.id)}
    assert shown == {"dr-daniel-maerz": 2, "mara-weiland": 1}
    noted = db.session.scalars(select(AuditRow).where(AuditRow.action == "profiles merged")).one()
    assert (noted.subject, noted.event_id) == (f"speaker {profile.public_id}", meeting.event.id)


@both_databases
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(choices=st.lists(st.sampled_from(["own", "other", "both"]), min_size=7, max_size=7))
def test_split_restores_what_was_merged(app: Flask, choices: list[str]) -> None:
    if not events.published_events():
        twins(make_meeting())
    kept, other = (find(slug) for slug in ("dr-daniel-maerz", "daniel-maerz"))
    before = state()
    chosen = dict(zip(rules_merging.FIELDS, choices, strict=True))
    uid = merging.merge(kept, other, chosen, actor="test")
    assert state() != before
    parts = moved_appearances(db.session.get_one(Speaker, kept).public_id)
    merging.split(kept, parts, merge_uid=uid, actor="test")
    assert state() == before


def find(slug: str) -> int:
    found = db.session.scalar(select(Speaker.id).where(Speaker.slug == slug))
    assert found is not None
    return found


def test_what_was_changed_since_is_not_overwritten(app: Flask) -> None:
    kept, other = twins(make_meeting())
    uid = merging.merge(kept, other, {"organisation": "other", "name": "other"}, actor="test")
    speakers.change_speaker(kept, organisation="Neu")
    merging.split(kept, [], merge_uid=uid, actor="test")
    db.session.rollback()
    profile = db.session.get_one(Speaker, kept)
    assert (profile.name, profile.organisation) == ("Dr. Daniel März", "Neu")


def test_chains_lead_to_the_last_one_and_come_apart_again(app: Flask) -> None:
    kept, other = twins(make_meeting())
    third = speakers.create_speaker("Daniel März")
    merging.merge(kept, other, {}, actor="test")
    uid = merging.merge(third.id, kept, {}, actor="test")
    slugs = ["daniel-maerz", "dr-daniel-maerz"]
    assert [queries_released.successor(slug) for slug in slugs] == ["daniel-maerz-2"] * 2
    merging.split(third.id, [], merge_uid=uid, actor="test")
    assert [queries_released.successor(slug) for slug in slugs] == ["dr-daniel-maerz", None]


def test_split_gives_chosen_appearances_to_a_new_profile(app: Flask) -> None:
    meeting = make_meeting()
    one = meeting.speakers["märz"]
    service.add_appearance(meeting.items["first"].id, one.id, "lead")
    (lead,) = (a.id for a, _item, _event in queries_speakers.appearances(one.id) if a.role == "lead")
    new = merging.split(one.id, [lead], name="Daniel März", actor="test")
    db.session.rollback()
    assert db.session.get_one(Appearance, lead).speaker_id == new.id
    assert [a.role for a, _item, _event in queries_speakers.appearances(one.id)] == ["keynote"]


def test_what_cannot_be_is_refused(app: Flask) -> None:
    meeting = make_meeting()
    kept, other = twins(meeting)
    strange = queries_speakers.appearances(meeting.speakers["weiland"].id)[0][0].id
    with pytest.raises(Refused):
        merging.merge(kept, kept, {}, actor="test")
    with pytest.raises(Refused):
        merging.split(kept, [strange], name="X", actor="test")
    with pytest.raises(Refused):
        merging.split(kept, [], name="X", actor="test")
    uid = merging.merge(kept, other, {}, actor="test")
    third = speakers.create_speaker("Dritte Person").id
    with pytest.raises(Refused):
        merging.merge(third, other, {}, actor="test")
    with pytest.raises(NotFound):
        merging.split(third, [], merge_uid=uid, actor="test")
    with transaction():
        merging.split(kept, [], merge_uid=uid, actor="test")
    with pytest.raises(NotFound):
        merging.split(kept, [], merge_uid=uid, actor="test")


@both_databases
def test_link_of_an_assistant_follows_the_profile_to_its_other_address(app: Flask) -> None:
    kept, other = twins(make_meeting())
    link = service_links.make_assistant_link(kept)
    token = ids.link_token(link.purpose, link.public_id, link.generation)
    uid = merging.merge(kept, other, {"email": "other"}, actor="test")
    assert contributions.holder(token).speaker.id == kept
    merging.split(kept, [], merge_uid=uid, actor="test")
    assert contributions.holder(token).speaker.id == kept


@both_databases
def test_two_who_merge_the_same_two_into_each_other_make_no_circle(app: Flask) -> None:
    kept, other = twins(make_meeting())

    def race(pair: tuple[int, int]) -> str:
        try:
            merging.merge(*pair, {}, actor="test")
        except Refused:
            return "refused"
        return "merged"

    assert sorted(at_once(app, race, [(kept, other), (other, kept)] * 3)) == ["merged"] + ["refused"] * 5
    db.session.rollback()
    assert sorted(db.session.get_one(Speaker, one).merged_into_id is None for one in (kept, other)) == [False, True]


def test_who_came_to_stand_in_the_place_of_a_twin_keeps_it_over_the_split(app: Flask) -> None:
    meeting = make_meeting()
    kept, other = twins(meeting)
    uid = merging.merge(kept, other, {}, actor="test")
    service.add_appearance(meeting.items["keynote"].id, meeting.speakers["weiland"].id)
    merging.split(kept, [], merge_uid=uid, actor="test")
    service.remove_appearance(meeting.items["keynote"].id, 1)
    query = select(Appearance.speaker_id).where(Appearance.item_id == meeting.items["keynote"].id)
    assert db.session.scalars(query.order_by(Appearance.position)).all() == [kept, other]
