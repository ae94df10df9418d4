"""What is arranged for whom: noted by the team, with who and when; gone with the answers about health."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from eventsite.core import audit, clock
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.registration import queries_access, rules_access
from eventsite.registration.models import Registration
from eventsite.registration.models_desk import AccessTask


def settle(
    event: Event, registration: str, need: str, *, state: str, due_on: date | None = None, note: str = "", actor: str
) -> None:
    """Notes what became of a need; without a date of its own it is due so many days before the event as usual."""
    if state not in rules_access.STATES:
        raise Refused(_l("Please choose one of the answers."))
    event_id = event.id
    with transaction() as session:
        event = events.lock_event(event_id)
        task = queries_access.get_task(event, registration, need)
        query = select(Registration.id).where(Registration.event_id == event_id, Registration.public_id == registration)
        owner = session.scalars(query).one()
        known = select(AccessTask).where(
            AccessTask.registration_id == owner,
            AccessTask.question_id == task.question_id,
            AccessTask.need == need,
        )
        row = session.scalar(known)
        if row is None:
            row = AccessTask(event_id=event_id, registration_id=owner, question_id=task.question_id, need=need)
            session.add(row)
        starts = event.starts_at.astimezone(ZoneInfo(event.timezone)).date()
        is_usual = due_on == rules_access.due_on(starts, need, event.access_days)
        row.state, row.due_on, row.note = state, None if is_usual else due_on, note.strip()
        row.changed_at, row.changed_by = clock.now(), actor
        subject = f"registration {registration}"
        audit.record(f"access need {state}", subject=subject, actor=actor, event_id=event_id, details={})


def set_days(event_id: int, days: Mapping[str, int], *, actor: str) -> None:
    """How many days before the event each kind of need is to be arranged; what is usual is not stored."""
    if any(not 0 <= number <= rules_access.MOST_DAYS for number in days.values()):
        raise Refused(_l("Please give a number of days between 0 and 365."))
    own = {need: number for need, number in days.items() if number != rules_access.days_before(need, {})}
    events.change_event(event_id, access_days=own, actor=actor)
