"""The kept counts of an event beside the rows they count: what must be equal after everything that happens."""

from typing import Any

from eventsite.core.db import db
from eventsite.registration import rules
from eventsite.registration.models import Contingent, OptionCount, OptionHold, PlaceCount, Registration

COUNTED = ("taken", "waiting", "online_taken", "online_waiting", "to_onsite", "to_online", "reserved")


def kept(event_id: int) -> dict[Any, int]:
    """What the tables say without counting: pools, contingents by name, options by question and key."""
    db.session.rollback()
    row = db.session.get(PlaceCount, event_id)
    found: dict[Any, int] = {name: getattr(row, name) if row else 0 for name in COUNTED}
    for one in db.session.scalars(db.select(Contingent).where(Contingent.event_id == event_id)):
        found["contingent", one.id] = one.taken
    for option in db.session.scalars(db.select(OptionCount).where(OptionCount.event_id == event_id)):
        found["option", option.question_id, option.option_key] = option.taken
    return found


def live(event_id: int) -> list[Registration]:
    """Everybody who has not ended, in the order of registration."""
    db.session.rollback()
    query = db.select(Registration).where(Registration.event_id == event_id, Registration.status.in_(rules.LIVE))
    return list(db.session.scalars(query.order_by(Registration.queue_number)))


def true(event_id: int) -> dict[Any, int]:
    """The same, counted from the rows."""
    people = live(event_id)
    found: dict[Any, int] = dict.fromkeys(COUNTED, 0)
    for one in people:
        prefix = "online_" if one.mode == "online" else ""
        found[prefix + ("taken" if one.holds_place else "waiting")] += 1
        if one.wanted_mode:
            found[f"to_{one.wanted_mode}"] += 1
    for contingent in db.session.scalars(db.select(Contingent).where(Contingent.event_id == event_id)):
        taken = sum(1 for one in people if one.in_contingent and one.contingent_id == contingent.id)
        found["contingent", contingent.id] = taken
        if contingent.released_at is None:
            found["reserved"] += contingent.places - taken
    ids = {one.id for one in people}
    for option in db.session.scalars(db.select(OptionCount).where(OptionCount.event_id == event_id)):
        holds = db.session.scalars(
            db.select(OptionHold.registration_id).filter_by(
                question_id=option.question_id, option_key=option.option_key
            )
        ).all()
        assert set(holds) <= ids
        found["option", option.question_id, option.option_key] = len(holds)
    return found
