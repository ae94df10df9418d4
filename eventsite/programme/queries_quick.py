"""Reads what typed programmes are held against: the days, rooms and people there are, and what is in the draft."""

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events import queries as events
from eventsite.events.models import Event
from eventsite.programme import queries, queries_speakers
from eventsite.programme import rules_quick_words as words
from eventsite.programme.models import Appearance, ProgrammeItem, Round
from eventsite.programme.rules_quick import Line, Setting, usual_role
from eventsite.programme.rules_quick_match import Known, Standing
from eventsite.programme.rules_quick_people import Guest


def rooms(event: Event) -> list[Known]:
    """The rooms of the venue, by their row."""
    return [Known(str(room.id), tuple(room.name.values())) for room in events.rooms(event)]


def people() -> list[Known]:
    """Everybody with a profile, by public id."""
    return [Known(one.public_id, (one.name,), one.organisation) for one in queries_speakers.speakers()]


def setting(event: Event, known: list[Known], language: str) -> Setting:
    """What lines are read against."""
    zone = ZoneInfo(event.timezone)
    first, last = event.starts_at.astimezone(zone).date(), event.ends_at.astimezone(zone).date()
    return Setting(first, last, tuple(name for room in known for name in room.names), language)


def standing(event_id: int) -> list[Standing]:
    """Items and rounds of the draft; what is cancelled is never written out, so it is not held against what is typed."""
    items = [
        Standing(i.id, False, i.kind, tuple(i.title.values()), i.starts_at, i.ends_at)
        for i in queries.items(event_id)
        if i.cancelled_at is None
    ]
    sets = queries.rounds(event_id)
    return items + [Standing(r.id, True, words.ROUND, tuple(r.title.values()), r.starts_at, r.ends_at) for r in sets]


def get_row(item_id: int) -> ProgrammeItem:
    """An item of the draft with its people, by its row."""
    query = select(ProgrammeItem).where(ProgrammeItem.id == item_id).options(selectinload(ProgrammeItem.appearances))
    return db.session.scalars(query).one()


def as_typed(event: Event) -> list[Line]:
    """The draft as lines, so that it can be written out, changed and read again; what is cancelled is left out."""
    zone = ZoneInfo(event.timezone)
    rows: list[Round | ProgrammeItem] = [*queries.rounds(event.id)]
    items = [item for item in queries.items(event.id) if item.cancelled_at is None]
    rows += [item for item in items if item.round_id is None]
    rows.sort(key=lambda row: (row.starts_at, row.ends_at, row.position))
    found: list[Line] = []
    for row in rows:
        if isinstance(row, Round):
            inside = [item for item in items if item.round_id == row.id]
            inside.sort(key=lambda item: (item.position, item.number))
            times, found = (row.starts_at, row.ends_at), [*found, _line(row, zone)]
            for place, item in enumerate(
                inside
            ):  # a hyphen means the line above with a time, so one with its own ends it
                has_others = any((one.starts_at, one.ends_at) != times for one in inside[:place])
                found.append(_line(item, zone, None if has_others else row))
        else:
            found.append(_line(row, zone))
    return found


def _line(row: Round | ProgrammeItem, zone: ZoneInfo, inside: Round | None = None) -> Line:
    starts, ends = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
    is_parallel = inside is not None and (row.starts_at, row.ends_at) == (inside.starts_at, inside.ends_at)
    title = i18n.local(row.title)
    times = {"starts": None, "ends": None} if is_parallel else {"starts": starts.time(), "ends": ends.time()}
    if isinstance(row, Round):
        return Line(0, words.ROUND, title, day=starts.date(), **times)
    return Line(
        0,
        row.kind,
        title,
        day=starts.date(),
        **times,
        is_parallel=is_parallel,
        item_number=row.number,
        room=i18n.local(row.room.name) if row.room else "",
        places=row.capacity,
        guests=tuple(_guest(one, row.kind) for one in row.appearances),
        is_open=row.is_open_list,
    )


def _guest(one: Appearance, kind: str) -> Guest:
    label = i18n.local(one.role_label)
    organisations = tuple(i18n.local(name) for name in one.organisations)
    return Guest(one.speaker.name, organisations, "" if label or one.role == usual_role(kind) else one.role, label)
