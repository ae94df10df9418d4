"""Verbs of the draft programme: plan rounds, items and the people in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from eventsite.core import audit, clock, ids, text
from eventsite.core.db import assign, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.programme import queries, queries_speakers, rules, rules_times, snapshot
from eventsite.programme import service_speakers as speakers
from eventsite.programme.models import Appearance, ProgrammeItem, Round
from eventsite.programme.service_drafts import recorded


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused(_l("The end must come after the start."))
    if ends_at - starts_at > rules_times.LONGEST:
        raise Refused(rules_times.too_long())


@recorded
def create_round(
    event_id: int,
    *,
    title: dict[str, str],
    starts_at: datetime,
    ends_at: datetime,
    position: int = 0,
    actor: str = "system",
) -> Round:
    """A new round of parallel workshops; refuses an end before its start."""
    _check_times(starts_at, ends_at)
    with transaction() as session:
        times = {"starts_at": starts_at, "ends_at": ends_at}
        one = Round(public_id=ids.new_public_id(), event_id=event_id, title=title, position=position, **times)
        session.add(one)
        session.flush()
        return one


@recorded
def change_round(round_id: int, *, actor: str = "system", **values: Any) -> Round:
    """Changes a round; workshops that had its times move along."""
    with transaction() as session:
        one = session.get_one(Round, round_id)
        before = (one.starts_at, one.ends_at)
        assign(one, values)
        _check_times(one.starts_at, one.ends_at)
        inside = session.scalars(select(ProgrammeItem).where(ProgrammeItem.round_id == round_id))
        for item in inside:
            if (item.starts_at, item.ends_at) == before != (one.starts_at, one.ends_at):
                item.starts_at, item.ends_at, item.updated_at = one.starts_at, one.ends_at, clock.now()
        session.flush()
        return one


@recorded
def delete_round(round_id: int, *, actor: str = "system") -> None:
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


@recorded
def create_item(
    event_id: int,
    *,
    kind: str,
    title: dict[str, str],
    appearances: list[dict[str, Any]] | None = None,
    actor: str = "system",
    **values: Any,
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
        words: dict[str, Any] = {name: {} for name in snapshot.WORDS}
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
    if item.online_url and not item.online_url.startswith(("https://", "http://")):
        raise Refused(_l("An address begins with https://"))
    _check_times(item.starts_at, item.ends_at)


def are_places_frozen(event: Event) -> bool:
    """Whether places of workshops stay as they are: wishes have been seen, and the places are not given yet."""
    return event.wishes_seen_at is not None and event.allocation_published_at is None


@recorded
def change_item(item_id: int, *, actor: str = "system", may_thaw: bool = False, **values: Any) -> ProgrammeItem:
    """Changes an item of the draft; the public sees it with the next release. Refuses like `create_item`.

    Refuses other places once wishes have been seen; `may_thaw` is for the one verb that asks for a reason.
    """
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        if not may_thaw:
            _check_places(item, values)
        appearances = values.pop("appearances", None)
        assign(item, values)
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


@recorded
def cancel_item(item_id: int, *, reason: dict[str, str] | None = None, actor: str = "system") -> None:
    """Cancels an item visibly: it stays in the programme and in calendars, marked as cancelled, from the next release.

    The reason is shown with it; once cancelled, a further call gives another reason.
    """
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        words = {code: told for code, told in (reason or {}).items() if told}
        if item.cancelled_at is None or item.cancel_reason != words:
            item.cancelled_at, item.cancel_reason = item.cancelled_at or clock.now(), words
            item.updated_at = clock.now()
            _record("item cancelled", item, actor)


@recorded
def restore_item(item_id: int, *, actor: str = "system") -> None:
    """Takes the cancellation of an item back."""
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        if item.cancelled_at is not None:
            item.cancelled_at, item.cancel_reason, item.updated_at = None, {}, clock.now()
            _record("item restored", item, actor)


@recorded
def delete_item(item_id: int, *, actor: str = "system") -> None:
    """Takes an item out of the draft; refuses one on which wishes, places or files hang. Calendars keep a tombstone."""
    with transaction() as session:
        item = session.get_one(ProgrammeItem, item_id)
        _record("item deleted", item, actor)
        session.flush()
        session.execute(delete(Appearance).where(Appearance.item_id == item_id))
        _delete_row(session, delete(ProgrammeItem).where(ProgrammeItem.id == item_id))
        session.expunge(item)


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


@recorded
def add_person(
    item_id: int, speaker_public_id: str, new_name: str, *, actor: str = "system", **values: Any
) -> Appearance:
    """Puts a known speaker, or a new one of this name, into an item."""
    with transaction():
        known = (
            queries_speakers.get_speaker(speaker_public_id) if speaker_public_id else speakers.create_speaker(new_name)
        )
        _touch_item(item_id)
        return add_appearance(item_id, known.id, **values)


@recorded
def remove_appearance(item_id: int, position: int, *, actor: str = "system") -> None:
    """Takes the person at a position out of an item; the profile stays."""
    with transaction() as session:
        place = (Appearance.item_id == item_id, Appearance.position == position)
        session.execute(delete(Appearance).where(*place))
        _touch_item(item_id)


def _touch_item(item_id: int) -> None:
    with transaction() as session:
        session.get_one(ProgrammeItem, item_id).updated_at = clock.now()


@recorded
def store_round(
    event_id: int,
    round_id: int | None,
    *,
    title: dict[str, str],
    starts_at: datetime,
    ends_at: datetime,
    actor: str = "system",
) -> Round:
    """Creates a round, or changes a known one."""
    if round_id is None:
        return create_round(event_id, title=title, starts_at=starts_at, ends_at=ends_at)
    return change_round(round_id, title=title, starts_at=starts_at, ends_at=ends_at)


@recorded
def set_appearances(item_id: int, appearances: list[dict[str, Any]], *, actor: str = "system") -> None:
    """The people of an item, in this order, instead of those before; each with speaker_id, role and what is known."""
    with transaction() as session:
        session.execute(delete(Appearance).where(Appearance.item_id == item_id))
        session.flush()
        for appearance in appearances:
            add_appearance(item_id, **appearance)
        item = session.get_one(ProgrammeItem, item_id)
        item.updated_at = clock.now()
        session.expire(item, ["appearances"])
