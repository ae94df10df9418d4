"""Verbs of the people in an item: other role and organisations, another order."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules
from eventsite.programme.models import Appearance, ProgrammeItem
from eventsite.programme.service_drafts import recorded


def _rows(session: Session, item_id: int) -> list[Appearance]:
    query = select(Appearance).where(Appearance.item_id == item_id).order_by(Appearance.position, Appearance.id)
    return list(session.scalars(query))


def _place(rows: list[Appearance], position: int) -> int:
    place = next((number for number, one in enumerate(rows) if one.position == position), None)
    if place is None:
        raise NotFound
    return place


@recorded
def change_appearance(
    item_id: int,
    position: int,
    *,
    role: str,
    role_label: dict[str, str],
    organisations: list[str],
    actor: str = "system",
) -> None:
    """Changes what the person at a position does in an item, and for which organisations; the place stays.

    Refuses a role this person has in the item already.
    """
    if role not in rules.ROLES:
        raise Refused(_l("There is no such role."))
    with transaction() as session:
        rows = _rows(session, item_id)
        one = rows[_place(rows, position)]
        if any(other is not one and (other.speaker_id, other.role) == (one.speaker_id, role) for other in rows):
            raise Refused(_l("This person has this role in the item already."))
        one.role, one.role_label, one.organisations = role, role_label, organisations
        session.get_one(ProgrammeItem, item_id).updated_at = clock.now()


@recorded
def move_appearance(item_id: int, position: int, steps: int, *, actor: str = "system") -> None:
    """Moves the person at a position up (negative) or down; beyond the ends it stays at the end."""
    with transaction() as session:
        rows: list[Any] = _rows(session, item_id)
        place = _place(rows, position)
        rows.insert(max(0, place + steps), rows.pop(place))
        for number, row in enumerate(rows):
            row.position = number
        session.get_one(ProgrammeItem, item_id).updated_at = clock.now()
