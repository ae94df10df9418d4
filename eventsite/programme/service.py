"""Verbs of the programme: plan rounds, items, people, and release what was planned."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from eventsite.core import audit, clock, i18n, ids, images, storage, text
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.people import rules as people_rules
from eventsite.people import service as people
from eventsite.programme import changes, queries, rules, snapshot
from eventsite.programme.models import Appearance, ProgrammeItem, ProgrammeRelease, Round, Speaker

PORTRAIT_WIDTH = 480  # pixels
ITEM_WORDS = ("title", "subtitle", "abstract", "leading_questions", "place")


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused(_l("The end must come after the start."))


def _assign(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def create_round(
    event_id: int, *, title: dict[str, str], starts_at: datetime, ends_at: datetime, position: int = 0
) -> Round:
    """A new round of parallel workshops; refuses an end before its start."""
    _check_times(starts_at, ends_at)
    with transaction() as session:
        times = {"starts_at": starts_at, "ends_at": ends_at}
        one = Round(public_id=ids.new_public_id(), event_id=event_id, title=title, position=position, **times)
        session.add(one)
        session.flush()
        return one


def change_round(round_id: int, **values: Any) -> Round:
    """Changes a round; workshops that had its times move along."""
    with transaction() as session:
        one = session.get_one(Round, round_id)
        before = (one.starts_at, one.ends_at)
        _assign(one, values)
        _check_times(one.starts_at, one.ends_at)
        inside = session.scalars(select(ProgrammeItem).where(ProgrammeItem.round_id == round_id))
        for item in inside:
            if (item.starts_at, item.ends_at) == before != (one.starts_at, one.ends_at):
                item.starts_at, item.ends_at, item.updated_at = one.starts_at, one.ends_at, clock.now()
        session.flush()
        return one


def delete_round(round_id: int) -> None:
    """Takes away a round in which there are no workshops and of which no wish speaks; else refuses."""
    with transaction() as session:
        inside = session.scalar(select(func.count()).where(ProgrammeItem.round_id == round_id))
        if inside:
            raise Refused(_l("There are still workshops in this round. Move or delete them first."))
        _delete_row(session, delete(Round).where(Round.id == round_id))


def _delete_row(session: Any, statement: Any) -> None:
    try:
        session.execute(statement)
    except IntegrityError as error:
        raise Refused(
            _l("Wishes, places or files hang on this entry. Cancel it instead; then everybody is told.")
        ) from error


def create_item(
    event_id: int, *, kind: str, title: dict[str, str], appearances: list[dict[str, Any]] | None = None, **values: Any
) -> ProgrammeItem:
    """A new item of the draft; a workshop takes the times of its round where none are given.

    Refuses an unknown kind, an end before the start and an address that is taken.
    """
    with transaction() as session:
        round_id = values.get("round_id")
        if round_id is not None and "starts_at" not in values:
            one = session.get_one(Round, round_id)
            values |= {"starts_at": one.starts_at, "ends_at": one.ends_at}
        taken = queries.slugs(event_id)
        slug = values.pop("slug", "") or rules.item_slug(title, taken)
        instant = clock.now()
        words: dict[str, Any] = {name: {} for name in ITEM_WORDS}
        item = ProgrammeItem(
            **{**words, **values, "title": title, "kind": kind, "slug": slug},
            public_id=ids.new_public_id(),
            event_id=event_id,
            created_at=instant,
            updated_at=instant,
        )
        _check_item(item, taken)
        session.add(item)
        session.flush()
        if appearances:
            set_appearances(item.id, appearances)
        return item


def _check_item(item: ProgrammeItem, taken: set[str]) -> None:
    if item.kind not in rules.KINDS:
        raise Refused(_l("There is no such kind of item."))
    if not any(item.title.values()):
        raise Refused(_l("An item needs a title."))
    if item.slug in taken or text.slugify(item.slug) != item.slug:
        raise Refused(_l("There is an item with this address already, or the address holds letters it may not."))
    if item.capacity is not None and item.capacity < 0:
        raise Refused(_l("The number of places must not be negative."))
    _check_times(item.starts_at, item.ends_at)


def are_places_frozen(event: Event) -> bool:
    """Whether places of workshops stay as they are: wishes have been seen, and the places are not given yet."""
    return event.wishes_seen_at is not None and event.allocation_published_at is None


def change_item(item_id: int, *, actor: str = "system", may_thaw: bool = False, **values: Any) -> ProgrammeItem:
    """Changes an item of the draft; the public sees it with the next release. Refuses like `create_item`.

    Refuses other places once wishes have been seen; `may_thaw` is for the one verb that asks for a reason.
    """
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        if not may_thaw:
            _check_places(item, values)
        appearances = values.pop("appearances", None)
        _assign(item, values)
        with session.no_autoflush:
            others = select(ProgrammeItem.slug).where(
                ProgrammeItem.event_id == item.event_id, ProgrammeItem.id != item_id
            )
            _check_item(item, set(session.scalars(others)))
        item.updated_at = clock.now()
        if appearances is not None:
            set_appearances(item_id, appearances)
        _record("item changed", item, actor, {"fields": sorted(values)})
        session.flush()
        return item


def _check_places(item: ProgrammeItem, values: dict[str, Any]) -> None:
    with transaction() as session:
        is_changed = any(getattr(item, key) != values.get(key, getattr(item, key)) for key in ("capacity", "minimum"))
        if item.round_id is not None and is_changed and are_places_frozen(session.get_one(Event, item.event_id)):
            raise Refused(
                _l(
                    "Wishes have been seen, so places are frozen. They can be changed with a reason under Allocate, Rules."
                )
            )


def _record(action: str, item: ProgrammeItem, actor: str, details: dict[str, Any] | None = None) -> None:
    audit.record(action, subject=f"item {item.public_id}", actor=actor, event_id=item.event_id, details=details)


def cancel_item(item_id: int, *, actor: str = "system") -> None:
    """Cancels an item visibly: it stays in the programme and in calendars, marked as cancelled, from the next release."""
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        if item.cancelled_at is None:
            item.cancelled_at = item.updated_at = clock.now()
            _record("item cancelled", item, actor)


def restore_item(item_id: int, *, actor: str = "system") -> None:
    """Takes the cancellation of an item back."""
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        if item.cancelled_at is not None:
            item.cancelled_at, item.updated_at = None, clock.now()
            _record("item restored", item, actor)


def delete_item(item_id: int, *, actor: str = "system") -> None:
    """Takes an item out of the draft; refuses one on which wishes, places or files hang. Calendars keep a tombstone."""
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        _record("item deleted", item, actor)
        session.flush()
        session.execute(delete(Appearance).where(Appearance.item_id == item_id))
        _delete_row(session, delete(ProgrammeItem).where(ProgrammeItem.id == item_id))
        session.expunge(item)


def create_speaker(name: str, *, email: str | None = None, **values: Any) -> Speaker:
    """A new profile and the person behind it; a name alone is enough. Refuses a second profile of one address."""
    if not name.strip():
        raise Refused(_l("A person needs a name."))
    with transaction() as session:
        person = people.find_or_create_person(name, email)
        if session.scalar(select(Speaker.id).where(Speaker.person_id == person.id)) is not None:
            raise Refused(_l("There is a profile with this e-mail address already."))
        defaults: dict[str, Any] = {
            "role": {},
            "biography": {},
            "links": [],
            "sort_name": people_rules.sort_name(name),
            "slug": rules.speaker_slug(name, queries.speaker_slugs()),
        }
        speaker = Speaker(
            **{**defaults, **values},
            public_id=ids.new_public_id(),
            person_id=person.id,
            name=name,
            link_id=people.create_link("speaker", person_id=person.id).id,
            updated_at=clock.now(),
        )
        session.add(speaker)
        session.flush()
        return speaker


def change_speaker(speaker_id: int, **values: Any) -> Speaker:
    """Changes a profile, over all events at once; its address stays, since others link to it."""
    with transaction() as session:
        speaker = session.get_one(Speaker, speaker_id)
        if not str(values.get("name", speaker.name)).strip():
            raise Refused(_l("A person needs a name."))
        if "name" in values and "sort_name" not in values and values["name"] != speaker.name:
            values["sort_name"] = people_rules.sort_name(values["name"])
        _assign(speaker, values)
        speaker.updated_at = clock.now()
        session.flush()
        return speaker


def set_portrait(speaker_id: int, content: bytes | None, credit: str) -> None:
    """Gives a speaker a square portrait made anew from what was uploaded, or takes it away; a portrait needs a credit."""
    key = None
    if content:
        if not credit.strip():
            raise Refused(_l("Please say whose picture it is (UrhG § 13)."))
        images.check(content)
        (made,) = images.derive(content, [PORTRAIT_WIDTH], ("jpeg",), ratio=1.0)
        key = storage.put(made.content)
    change_speaker(speaker_id, portrait_key=key, portrait_credit=credit.strip() if key else "")


def _check_role(role: str) -> str:
    if role not in rules.ROLES:
        raise Refused(_l("There is no such role."))
    return role


def add_appearance(
    item_id: int,
    speaker_id: int,
    role: str = "speaker",
    *,
    organisations: list[str] | None = None,
    role_label: dict[str, str] | None = None,
) -> Appearance:
    """Puts a speaker into an item, behind those already there; a second time in the same role changes nothing."""
    with transaction() as session:
        known = list(session.scalars(select(Appearance).where(Appearance.item_id == item_id)))
        for one in known:
            if (one.speaker_id, one.role) == (speaker_id, role):
                return one
        appearance = Appearance(
            item_id=item_id,
            speaker_id=speaker_id,
            role=_check_role(role),
            role_label=role_label or {},
            organisations=organisations or [],
            position=max((one.position for one in known), default=-1) + 1,
        )
        session.add(appearance)
        session.flush()
        return appearance


def add_person(item_id: int, speaker_public_id: str, new_name: str, **values: Any) -> Appearance:
    """Puts a known speaker, or a new one of this name, into an item."""
    with transaction():
        known = queries.get_speaker(speaker_public_id) if speaker_public_id else create_speaker(new_name)
        _touch_item(item_id)
        return add_appearance(item_id, known.id, **values)


def remove_appearance(item_id: int, position: int) -> None:
    """Takes the person at a position out of an item; the profile stays."""
    with transaction() as session:
        place = (Appearance.item_id == item_id, Appearance.position == position)
        session.execute(delete(Appearance).where(*place))
        _touch_item(item_id)


def _touch_item(item_id: int) -> None:
    with transaction() as session:
        session.get_one(ProgrammeItem, item_id).updated_at = clock.now()


def store_round(
    event_id: int, round_id: int | None, *, title: dict[str, str], starts_at: datetime, ends_at: datetime
) -> Round:
    """Creates a round, or changes a known one."""
    if round_id is None:
        return create_round(event_id, title=title, starts_at=starts_at, ends_at=ends_at)
    return change_round(round_id, title=title, starts_at=starts_at, ends_at=ends_at)


def set_appearances(item_id: int, appearances: list[dict[str, Any]]) -> None:
    """The people of an item, in this order, instead of those before; each with speaker_id, role and what is known."""
    with transaction() as session:
        session.execute(delete(Appearance).where(Appearance.item_id == item_id))
        session.flush()
        for appearance in appearances:
            add_appearance(item_id, **appearance)
        item = session.get_one(ProgrammeItem, item_id)
        item.updated_at = clock.now()
        session.expire(item, ["appearances"])


def release(event_id: int, actor: str = "system") -> int | None:
    """Shows the draft to the public, with what changed since the last time; None when there is nothing new."""
    with transaction() as session:
        event = events.lock_event(event_id)
        session.flush()
        session.expire_all()  # what was loaded before in this transaction may have changed since
        last = queries.find_release(event_id)
        before = last.snapshot if last else None
        after = snapshot.build(queries.rounds(event_id), queries.items(event_id), before, clock.now())
        if snapshot.is_same(after, before or {"rounds": [], "items": []}):
            return None
        number = last.number + 1 if last else 1
        with i18n.use_zone(event.timezone):
            told = changes.described(snapshot.differences(before, after))
        session.add(
            ProgrammeRelease(
                event_id=event_id,
                number=number,
                released_at=clock.now(),
                released_by=actor,
                snapshot=after,
                changes=told,
            )
        )
        details = {"number": number, "changes": len(told)}
        audit.record("programme released", subject=f"release {number}", actor=actor, event_id=event_id, details=details)
        return number


def unreleased_changes(event_id: int) -> list[dict[str, Any]]:
    """What the next release would change, as it would be told; nothing is stored."""
    last = queries.find_release(event_id)
    before = last.snapshot if last else None
    after = snapshot.build(queries.rounds(event_id), queries.items(event_id), before, clock.now())
    return changes.described(snapshot.differences(before, after))
