"""The index of released appearances: written with each release, equal to the snapshot, and filled by the migration."""

from runpy import run_path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from eventsite import schema
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.programme import queries_released, queries_speakers, service, service_appearances, service_releases
from eventsite.programme import service_speakers as speakers
from eventsite.programme.models_speakers import ReleasedAppearance
from tests.conftest import both_databases
from tests.meeting import Meeting, make_meeting, words


def rows() -> list[tuple[Any, ...]]:
    """The index without its own numbers."""
    db.session.rollback()
    table = ReleasedAppearance.__table__
    found = db.session.execute(select(*(c for c in table.c if c.name != "id")).order_by(table.c.id)).all()
    return [tuple(row) for row in found]


def on_stage(meeting: Meeting) -> list[tuple[str, list[str]]]:
    db.session.rollback()
    return [
        (one.speaker.name, [part.title["de"] for part in one.parts])
        for one in queries_released.on_stage(meeting.event.id)
    ]


@both_databases
def test_index_says_what_was_released(app: Flask) -> None:
    meeting = make_meeting()
    assert on_stage(meeting) == [("Dr. Daniel März", ["Orte, die tragen"]), ("Mara Weiland", ["Begrüßung"])]
    service.add_appearance(meeting.items["first"].id, meeting.speakers["weiland"].id, "lead")
    service.delete_item(meeting.items["keynote"].id)
    before = on_stage(meeting)
    service_releases.release(meeting.event.id)
    assert before == [("Dr. Daniel März", ["Orte, die tragen"]), ("Mara Weiland", ["Begrüßung"])]
    assert on_stage(meeting) == [("Mara Weiland", ["Begrüßung", "Netze knüpfen"])]


@both_databases
def test_migration_indexes_former_releases_alike(app: Flask) -> None:
    meeting = make_meeting()
    service.cancel_item(meeting.items["keynote"].id)
    service_releases.release(meeting.event.id)
    written = rows()
    (path,) = (schema.FOLDER / "versions").glob("*_people_and_their_appearances.py")
    with transaction() as session:
        session.execute(delete(ReleasedAppearance))
        run_path(str(path))["_index_releases"](session.connection())
    assert rows() == written
    assert len(written) == 2


@both_databases
def test_featured_ones_keep_the_order_given_by_hand(app: Flask) -> None:
    event_id = make_meeting().event.id
    people = [speakers.create_speaker(name) for name in ("Ada", "Bo", "Cy")]
    for one in people:
        service_appearances.feature(event_id, one.id)
    ada, bo, cy = (one.id for one in people)
    orders = []
    for number, step in ((cy, -1), (cy, -1), (cy, -1), (ada, 1), (bo, 9)):
        service_appearances.move_featured(event_id, number, step)
        orders.append([one.speaker_id for one in queries_speakers.featured(event_id)])
    service_appearances.unfeature(event_id, ada)
    orders.append([one.speaker_id for one in queries_speakers.featured(event_id)])
    assert orders == [[ada, cy, bo], [cy, ada, bo], [cy, ada, bo], [cy, bo, ada], [cy, ada, bo], [cy, bo]]
    assert [one.featured for one in queries_speakers.featured(event_id)] == [0, 1]


def test_somebody_in_no_item_can_leave_the_list_others_cannot(app: Flask) -> None:
    meeting = make_meeting()
    one = service_appearances.add_to_event(meeting.event.id, name="Neu Hier")
    assert next(row.speaker.name for row in queries_speakers.desk(meeting.event.id)) == "Neu Hier"
    service_appearances.strike(meeting.event.id, one.id, actor="test")
    with pytest.raises(Refused, match="Programmpunkt"):
        service_appearances.strike(meeting.event.id, meeting.speakers["weiland"].id, actor="test")
    names = [row.speaker.name for row in queries_speakers.desk(meeting.event.id)]
    assert names == ["Dr. Daniel März", "Mara Weiland"]


def test_known_person_is_added_with_a_role_and_not_twice(app: Flask) -> None:
    meeting = make_meeting()
    uid, item_id = meeting.speakers["weiland"].public_id, meeting.items["first"].id
    for _ in range(2):
        service_appearances.add_to_event(meeting.event.id, known=uid, item_id=item_id, role="lead")
    row = queries_speakers.desk(meeting.event.id)[1]
    assert [(item.title, part.role) for item, part in row.parts] == [
        (words("Begrüßung", "Welcome"), "host"),
        (words("Netze knüpfen"), "lead"),
    ]
