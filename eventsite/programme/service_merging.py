"""Verbs of profiles that are one human: merge two, and take that back; every reference in every table is thought of."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Column, Table, Text, UniqueConstraint, delete, func, insert, select, type_coerce, update

from eventsite.core import audit, clock, ids
from eventsite.core.db import Model, touch, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.people import service as people
from eventsite.people.models import PersonalLink
from eventsite.programme import (
    queries,
    queries_released,
    queries_speakers,
    rules_merging,
    service_appearances,
    service_speakers,
)
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.programme.models_drafts import DraftStep
from eventsite.programme.models_speakers import SpeakerMerge

# References to a profile that do not simply move to the one that is kept, and why.
NOT_MOVED: dict[str, str] = {
    "speaker_merge.merged_id": "says which profile it was",
    "released_appearance.speaker_id": "written anew out of the last releases",
}
# References to a person: they belong to an address, and stay with it. Which address is kept is chosen.
OF_PERSONS: dict[str, str] = {
    "speaker.person_id": "the two profiles exchange their persons where the other address is chosen",
    "registration.person_id": "made with that address",
    "outbox_message.person_id": "sent to that address",
    "personal_link.person_id": "links of speakers and assistants follow the profile, all others their address",
}
# The same twice: of these rows one is enough.
TWICE: dict[str, tuple[str, ...]] = {"appearance": ("item_id", "role")}
LINKS = ("speaker", "assistant")


def references(target: str) -> list["Column[Any]"]:
    """Every column of every table that points to this one ("speaker.id")."""
    keys = (key for table in Model.metadata.sorted_tables for key in table.foreign_keys)
    return [key.parent for key in keys if key.target_fullname == target]


def merge(kept_id: int, merged_id: int, chosen: Mapping[str, str], *, actor: str, event_id: int | None = None) -> str:
    """Makes two profiles one: `chosen` names the fields (rules_merging.FIELDS) that come from the other, or of both.

    Everything that pointed to the other now points to the one that is kept; the other's address leads there for ever and
    its personal links end. Returns the public id of what was noted, with which `split` takes it back.
    """
    if kept_id == merged_id:
        raise Refused(_l("These are not two profiles."))
    with transaction() as session:
        concerned = _lock([kept_id, merged_id], event_id)
        kept, merged = session.get_one(Speaker, kept_id), session.get_one(Speaker, merged_id)
        if kept.merged_into_id is not None or merged.merged_into_id is not None:
            raise Refused(_l("One of these profiles was merged into another already."))
        _end_links(merged)
        fields = _take_fields(kept, merged, chosen)
        session.flush()
        dropped = _drop_twins(kept_id, merged_id)
        moved = {str(column): _move(column, merged_id, kept_id) for column in references("speaker.id")}
        merged.merged_into_id = kept_id
        row = SpeakerMerge(public_id=ids.new_public_id(), kept_id=kept_id, merged_id=merged_id, merged_by=actor)
        row.merged_at, row.fields, row.dropped = clock.now(), fields, dropped
        row.moved = {name: keys for name, keys in moved.items() if keys}
        session.add(row)
        _rename_in_steps(merged.public_id, kept.public_id)
        session.flush()
        _refresh(concerned)
        note = {"merged": merged.public_id, "moved": {name: len(keys) for name, keys in row.moved.items()}}
        audit.record(
            "profiles merged", subject=f"speaker {kept.public_id}", actor=actor, event_id=event_id, details=note
        )
        return row.public_id


def _lock(speaker_ids: Iterable[int], event_id: int | None = None) -> set[int]:
    """Holds the events in which these profiles stand, then the profiles, always in one order; the events.

    So no release writes the index meanwhile, and two organisers cannot merge the same two into each other.
    """
    wanted = sorted(speaker_ids)
    with transaction() as session:
        found = queries_released.events_of(wanted)
        for one in sorted(found if event_id is None else {*found, event_id}):
            events.lock_event(one)
        query = select(Speaker).where(Speaker.id.in_(wanted)).order_by(Speaker.id).with_for_update()
        session.scalars(query.execution_options(populate_existing=True)).all()
        return found


def _end_links(speaker: Speaker) -> None:
    with transaction() as session:
        own = (PersonalLink.person_id == speaker.person_id) & PersonalLink.purpose.in_(LINKS)
        for link in session.scalars(select(PersonalLink).where(own | (PersonalLink.id == (speaker.link_id or 0)))):
            people.revoke_link(link)


def _take_fields(kept: Speaker, merged: Speaker, chosen: Mapping[str, str]) -> dict[str, list[Any]]:
    """Takes what was chosen from the other profile; what stood there before and stands there now."""
    values = rules_merging.taken(kept, merged, chosen)
    noted = {name: [getattr(kept, name), value] for name, value in values.items() if getattr(kept, name) != value}
    for name, (_before, value) in noted.items():
        setattr(kept, name, value)
    if chosen.get("email") == rules_merging.OTHER:
        noted["person_id"] = [kept.person_id, merged.person_id]
        _exchange_persons(kept, merged)
    kept.updated_at = clock.now()
    return noted


def _exchange_persons(one: Speaker, other: Speaker) -> None:
    with transaction() as session:
        first, second = one.person_id, other.person_id
        spare = people.find_or_create_person(one.name, None)  # no two profiles may have one person, not even in between
        one.person_id = spare.id
        session.flush()
        other.person_id = first
        session.flush()
        one.person_id = second
        helpers = select(PersonalLink).where(PersonalLink.purpose == "assistant")
        both = helpers.where(PersonalLink.person_id.in_((first, second)))
        for link in session.scalars(both).all():  # these lead to the profile by its person
            link.person_id = second if link.person_id == first else first
        for speaker in (one, other):
            if speaker.link_id is not None:
                session.get_one(PersonalLink, speaker.link_id).person_id = speaker.person_id
        session.flush()
        people.forget_alone(spare.id)


def _drop_twins(kept_id: int, merged_id: int) -> list[dict[str, Any]]:
    """Takes away what both profiles have in the same place; the rows as they stood."""
    found: list[dict[str, Any]] = []
    with transaction() as session:
        for name, columns in TWICE.items():
            table = Model.metadata.tables[name]
            for row in _twins(table, table.c.speaker_id, columns, kept_id, merged_id):
                found.append({"table": name, **row})
                session.execute(delete(table).where(table.c.id == row["id"]))
    return found


def _twins(
    table: Table, key: "Column[Any]", columns: Iterable[str], kept_id: int, merged_id: int
) -> list[dict[str, Any]]:
    other = table.alias()
    same = [table.c[name] == other.c[name] for name in columns]
    query = select(table).join(other, (other.c[key.name] == kept_id) & (key == merged_id)).where(*same)
    with transaction() as session:
        return [dict(row) for row in session.execute(query).mappings()]


def _move(key: "Column[Any]", merged_id: int, kept_id: int) -> list[int]:
    """Lets rows point to the kept profile; what may be there once only stays where the kept one has it. Their ids."""
    if str(key) in NOT_MOVED:
        return []
    table: Any = key.table
    unique = [c.columns.keys() for c in table.constraints if isinstance(c, UniqueConstraint)]
    unique += [index.columns.keys() for index in table.indexes if index.unique]
    with transaction() as session:
        rows = set(session.scalars(select(table.c.id).where(key == merged_id)))
        for names in unique:
            if key.name in names:
                others = [name for name in names if name != key.name]
                rows -= {row["id"] for row in _twins(table, key, others, kept_id, merged_id)}
        session.execute(update(table).where(table.c.id.in_(rows)).values({key.name: kept_id}))
        session.expire_all()
    return sorted(rows)


def _rename_in_steps(before: str, after: str) -> None:
    """Steps of drafts that can be undone name people by their public ids."""
    with transaction() as session:
        named = type_coerce(DraftStep.rows, Text).contains(before, autoescape=True)
        for step in session.scalars(select(DraftStep).where(named)):
            step.rows = rules_merging.renamed(step.rows, before, after)


def _refresh(event_ids: Iterable[int]) -> None:
    """Writes the index of these events anew, and lets their public pages be made again."""
    for event_id in sorted(event_ids):
        last = queries.find_release(event_id)
        if last is not None:
            service_appearances.index_release(event_id, last.snapshot)
        touch(f"event:{event_id}")
    touch("site")


def split(kept_id: int, appearance_ids: Iterable[int], *, actor: str, merge_uid: str = "", name: str = "") -> Speaker:
    """Takes a merge back, or gives a new profile of this name to somebody else; the chosen appearances go there.

    What a merge moved goes back as far as it still stands where it was put; fields go back unless they were changed since.
    Public pages follow at once where a merge is taken back, with the next release where the profile is new.
    """
    chosen = set(appearance_ids)
    with transaction() as session:
        concerned = _lock([kept_id])
        kept = session.get_one(Speaker, kept_id)
        own = set(session.scalars(select(Appearance.id).where(Appearance.speaker_id == kept_id)))
        if not chosen <= own:
            raise Refused(_l("Please choose among the appearances of this profile."))
        if merge_uid:
            target = _restored(kept, merge_uid)
        elif chosen:
            target = service_speakers.create_speaker(name)
        else:
            raise Refused(_l("Please choose at least one appearance."))
        moves = update(Appearance).where(Appearance.id.in_(chosen)).values(speaker_id=target.id)
        session.execute(moves)
        session.expire_all()
        _refresh(concerned)
        note = {"split": target.public_id, "appearances": len(chosen)}
        audit.record("profile split", subject=f"speaker {kept.public_id}", actor=actor, details=note)
        return target


def _restored(kept: Speaker, merge_uid: str) -> Speaker:
    row = queries_speakers.get_merge(kept.id, merge_uid)
    with transaction() as session:
        merged = session.get_one(Speaker, row.merged_id)
        merged.merged_into_id, row.split_at = None, clock.now()
        session.flush()
        for name, keys in row.moved.items():
            table = Model.metadata.tables[name.partition(".")[0]]
            key = table.c[name.partition(".")[2]]
            if table.name != "appearance" and key.name in table.c:
                back = update(table).where(table.c.id.in_(keys), key == kept.id).values({key.name: merged.id})
                session.execute(back)
        _give_fields_back(kept, merged, row.fields)
        _bring_back(row.dropped)
        session.expire_all()
        return merged


def _give_fields_back(kept: Speaker, merged: Speaker, fields: dict[str, list[Any]]) -> None:
    for name, (before, after) in fields.items():
        if name == "person_id":
            if (kept.person_id, merged.person_id) == (after, before):
                _exchange_persons(kept, merged)
        elif getattr(kept, name) == after:
            setattr(kept, name, before)
    kept.updated_at = clock.now()


def _bring_back(dropped: list[dict[str, Any]]) -> None:
    """Puts rows back that were there twice, where what they belong to still exists."""
    with transaction() as session:
        session.flush()
        for row in dropped:
            if session.get(ProgrammeItem, row["item_id"]) is not None:
                values = {name: value for name, value in row.items() if name not in ("id", "table")}
                last = select(func.max(Appearance.position)).where(Appearance.item_id == row["item_id"])
                others = select(Appearance.id).where(
                    Appearance.item_id == row["item_id"], Appearance.position == row["position"]
                )
                if session.scalar(others.limit(1)) is not None:  # somebody has come to stand there meanwhile
                    values["position"] = (session.scalar(last) or 0) + 1
                session.execute(insert(Model.metadata.tables[row["table"]]).values(values))
