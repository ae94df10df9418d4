"""Verbs of workshops offered in several rounds: once more, words for all of them, and each on its own again."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsite.core import ids
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.programme import queries_offerings, service, snapshot
from eventsite.programme.models import Appearance, ProgrammeItem, Round
from eventsite.programme.service_drafts import step

# The same in all rounds; time, room, places and people are each item's own.
SHARED = (*snapshot.WORDS, "tags", "track_id", "language")


class Changed(Refused):
    """Somebody else has changed the same item meanwhile; nothing was changed."""


def stamp(item: ProgrammeItem) -> str:
    """What changes whenever an item does."""
    return item.updated_at.isoformat()


def offer_again(item_id: int, round_id: int, *, actor: str = "system") -> ProgrammeItem:
    """The same workshop once more in another round, with its words and people; participants get it once at most.

    Refuses what is no workshop of a round, a round it is offered in already, and once wishes have been seen.
    """
    with step(queries_offerings.event_of(item_id), actor) as session:
        item = session.get_one(ProgrammeItem, item_id)
        one = session.get(Round, round_id)
        if one is None or one.event_id != item.event_id:
            raise NotFound
        _check_open(session, item)
        if item.kind != "workshop" or item.round_id is None:
            raise Refused(_l("Only a workshop that stands in a round can be offered in another one."))
        if round_id in {other.round_id for other in siblings(session, item)}:
            raise Refused(_l("The workshop is offered in this round already."))
        item.offering = item.offering or ids.new_public_id()
        values = {name: getattr(item, name) for name in SHARED if name != "title"}
        own = {name: getattr(item, name) for name in ("room_id", "capacity", "minimum", "is_open_list", "number")}
        return service.create_item(
            item.event_id,
            kind=item.kind,
            title=item.title,
            round_id=round_id,
            offering=item.offering,
            position=item.position,
            appearances=_appearances(session, item_id),
            actor=actor,
            **values,
            **own,
        )


def change_item(item_id: int, *, seen: str = "", actor: str = "system", **values: Any) -> ProgrammeItem:
    """Changes an item; its words, track and language are changed in all rounds it is offered in.

    `seen` is the stamp of what the editor saw: refuses where somebody has changed the item meanwhile.
    """
    with step(queries_offerings.event_of(item_id), actor) as session:
        present = session.get_one(ProgrammeItem, item_id, populate_existing=True)
        if seen and seen != stamp(present):
            raise Changed(
                _l(
                    "Somebody has changed this item since you opened the page. Below stands what you typed: store it "
                    "again if it is to count, or open the page anew."
                )
            )
        item = service.change_item(item_id, actor=actor, **values)
        shared = {name: value for name, value in values.items() if name in SHARED}
        for other in siblings(session, item):
            changed = {name: value for name, value in shared.items() if getattr(other, name) != value}
            if other.id != item_id and changed:
                service.change_item(other.id, actor=actor, **changed)
        return item


def part(item_id: int, *, actor: str = "system") -> None:
    """Makes an item a workshop of its own again; refuses once wishes have been seen."""
    with step(queries_offerings.event_of(item_id), actor) as session:
        item = session.get_one(ProgrammeItem, item_id)
        _check_open(session, item)
        left = [other for other in siblings(session, item) if other.id != item_id]
        item.offering = None
        if len(left) == 1:
            left[0].offering = None


def siblings(session: Session, item: ProgrammeItem) -> list[ProgrammeItem]:
    """The item in all rounds it is offered in, itself included."""
    if item.offering is None:
        return [item]
    query = select(ProgrammeItem).where(
        ProgrammeItem.event_id == item.event_id, ProgrammeItem.offering == item.offering
    )
    return list(session.scalars(query.order_by(ProgrammeItem.starts_at, ProgrammeItem.id)))


def _check_open(session: Session, item: ProgrammeItem) -> None:
    if service.are_places_frozen(session.get_one(Event, item.event_id)):
        raise Refused(_l("Wishes have been seen, so which workshops count as the same stays as it is."))


def _appearances(session: Session, item_id: int) -> list[dict[str, Any]]:
    query = select(Appearance).where(Appearance.item_id == item_id).order_by(Appearance.position, Appearance.id)
    names = ("speaker_id", "role", "role_label", "organisations")
    return [{name: getattr(row, name) for name in names} for row in session.scalars(query)]
