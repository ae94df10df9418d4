"""Verbs of who is where: the index of a release, the list of an event, and the order of the featured ones."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from eventsite.core import audit
from eventsite.core.db import touch, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.programme import queries_speakers, service, service_speakers
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.programme.models_speakers import EventSpeaker, ReleasedAppearance

# Public id and number of every profile; a merged one counts as the one that was kept.
SPEAKERS = select(Speaker.public_id, func.coalesce(Speaker.merged_into_id, Speaker.id))


def index_release(event_id: int, snapshot: dict[str, Any]) -> None:
    """Writes who is in which item of a release instead of what was written for the release before."""
    parts = [(item, person) for item in snapshot["items"] if not item.get("removed") for person in item["people"]]
    with transaction() as session:
        uids = {person["uid"] for _item, person in parts}
        known = {uid: number for uid, number in session.execute(SPEAKERS) if uid in uids}
        session.execute(delete(ReleasedAppearance).where(ReleasedAppearance.event_id == event_id))
        rows: dict[tuple[int, str, str], dict[str, Any]] = {}
        for item, person in parts:
            number = known.get(person["uid"])
            if number is not None:  # of two merged profiles both may have been in one item
                rows.setdefault((number, item["uid"], person["role"]), _row(event_id, number, item, person))
        if rows:
            session.execute(insert(ReleasedAppearance), list(rows.values()))
        touch(f"event:{event_id}")
        touch("site")


def _row(event_id: int, speaker_id: int, item: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "speaker_id": speaker_id,
        "item_uid": item["uid"],
        "item_slug": item["slug"],
        "starts_at": datetime.fromisoformat(item["starts_at"]),
        "ends_at": datetime.fromisoformat(item["ends_at"]),
        "is_cancelled": item["status"] == "cancelled",
        **{name: item[name] for name in ("title", "kind")},
        **{name: person[name] for name in ("role", "role_label", "organisations")},
    }


def enlist(event_id: int, speaker_id: int) -> EventSpeaker:
    """Puts somebody on the list of an event, in an item or not yet; a second time changes nothing."""
    with transaction() as session:
        events.lock_event(event_id)
        query = select(EventSpeaker).where(EventSpeaker.event_id == event_id, EventSpeaker.speaker_id == speaker_id)
        known = session.scalar(query)
        if known is None:
            known = EventSpeaker(event_id=event_id, speaker_id=speaker_id, featured=None)
            session.add(known)
            session.flush()
        return known


def strike(event_id: int, speaker_id: int, *, actor: str) -> None:
    """Takes somebody off the list of an event; refuses one who is in an item. The profile stays."""
    with transaction() as session:
        inside = select(Appearance.id).join(ProgrammeItem).where(ProgrammeItem.event_id == event_id)
        if session.scalar(inside.where(Appearance.speaker_id == speaker_id).limit(1)) is not None:
            raise Refused(_l("This person is in an item of the programme. Take the person out there first."))
        place = (EventSpeaker.event_id == event_id, EventSpeaker.speaker_id == speaker_id)
        session.execute(delete(EventSpeaker).where(*place))
        subject = session.get_one(Speaker, speaker_id).public_id
        audit.record("speaker taken off the list", subject=f"speaker {subject}", actor=actor, event_id=event_id)


def feature(event_id: int, speaker_id: int) -> None:
    """Puts somebody behind those who stand first on the public list of an event."""
    with transaction():
        one = enlist(event_id, speaker_id)
        if one.featured is None:
            _number(event_id, [*_featured(event_id), one])


def unfeature(event_id: int, speaker_id: int) -> None:
    """Lets somebody stand among all others again."""
    with transaction():
        one = enlist(event_id, speaker_id)
        one.featured = None
        _number(event_id, [other for other in _featured(event_id) if other is not one])


def move_featured(event_id: int, speaker_id: int, step: int) -> None:
    """Moves one of the featured up (negative) or down; beyond the ends it stays at the end."""
    with transaction():
        events.lock_event(event_id)
        rows = _featured(event_id)
        place = next((n for n, one in enumerate(rows) if one.speaker_id == speaker_id), None)
        if place is not None:
            one = rows.pop(place)
            rows.insert(max(0, place + step), one)
            _number(event_id, rows)


def _featured(event_id: int) -> list[EventSpeaker]:
    query = select(EventSpeaker).where(EventSpeaker.event_id == event_id, EventSpeaker.featured.is_not(None))
    with transaction() as session:
        return list(session.scalars(query.order_by(EventSpeaker.featured, EventSpeaker.id)))


def _number(event_id: int, rows: list[EventSpeaker]) -> None:
    for place, one in enumerate(rows):
        one.featured = place
    touch(f"event:{event_id}")


def add_to_event(
    event_id: int,
    *,
    name: str = "",
    known: str = "",
    item_id: int | None = None,
    role: str = "speaker",
    actor: str = "system",
    **values: Any,
) -> Speaker:
    """Puts a known person (by public id), or a new one of this name, on the list of an event, and into an item if asked."""
    with transaction():
        if known:
            speaker = queries_speakers.get_speaker(known)
        else:
            speaker = service_speakers.create_speaker(name, **values)
        enlist(event_id, speaker.id)
        if item_id is not None:
            service.add_person(item_id, speaker.public_id, "", actor=actor, role=role)
        return speaker
