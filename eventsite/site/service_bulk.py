"""Does one deed to many registrations: in small transactions, to the end even after a crash, and once however often asked."""

import logging
from collections.abc import Sequence

from sqlalchemy import insert, select

from eventsite.core import audit, clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.events import service as events
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.registration.models_desk import BulkDeed, BulkRow
from eventsite.site import rules_bulk, signup

log = logging.getLogger("eventsite.site.bulk")
AT_ONCE = 20  # registrations in one transaction, so that nobody who registers waits long for the lock


def start(
    event_id: int, deed: str, registration_ids: Sequence[int], *, key: str, actor: str, reason: str = "", notify: bool
) -> BulkDeed:
    """Notes a deed with all it is meant for, and rings for it; the same key again is the same deed.

    Refuses an unknown deed, nobody, and an exception from the order without its reason.
    """
    if deed not in rules_bulk.DEEDS or not registration_ids:
        raise Refused(_l("Please choose people and what is to be done."))
    if deed in rules_bulk.NEED_REASON and not reason.strip():
        raise Refused(_l("Please give the reason for this exception."))
    with transaction() as session:
        events.lock_event(event_id)
        known = session.scalar(select(BulkDeed).where(BulkDeed.public_id == key))
        if known is not None:
            return known
        row = BulkDeed(
            public_id=key,
            event_id=event_id,
            deed=deed,
            reason=reason.strip(),
            notify=notify or deed not in rules_bulk.MAY_BE_QUIET,
            actor=actor,
            created_at=clock.now(),
            finished_at=None,
        )
        session.add(row)
        session.flush()
        ids = dict.fromkeys(registration_ids)
        lines = [{"bulk_id": row.id, "registration_id": one, "state": "open", "why": ""} for one in ids]
        session.execute(insert(BulkRow), lines)
        details = {"deed": deed, "number": len(ids), "notify": row.notify}
        audit.record("deed for many", subject=f"bulk {key}", actor=actor, event_id=event_id, details=details)
        run.later(row.id)
        return row


@background
def run(bulk_id: int) -> None:
    """Works through what is open; two at once share the work."""
    while _some(bulk_id):
        pass


def _some(bulk_id: int) -> bool:
    """The next few; false when nothing was open any more."""
    with transaction() as session:
        bulk = session.get_one(BulkDeed, bulk_id)
        events.lock_event(bulk.event_id)
        query = select(BulkRow).where(BulkRow.bulk_id == bulk_id, BulkRow.state == "open").order_by(BulkRow.id)
        rows = list(session.scalars(query.limit(AT_ONCE).execution_options(populate_existing=True)))
        for row in rows:
            row.why = _attempt(bulk, row.registration_id)
            row.state = "left" if row.why else "done"
        if len(rows) < AT_ONCE and bulk.finished_at is None:
            bulk.finished_at = clock.now()
        return len(rows) == AT_ONCE


def _attempt(bulk: BulkDeed, registration_id: int) -> str:
    """Does the deed to one registration; why not, where it does not apply any more."""
    with transaction() as session:
        row = session.get_one(Registration, registration_id, populate_existing=True)
        why = rules_bulk.obstacle(bulk.deed, row)
        if why is not None:
            return why
        try:
            with session.begin_nested():  # what a refusal leaves behind is taken back alone
                _do(bulk, row)
        except Refused as refusal:
            return str(getattr(refusal.message, "message", refusal.message))  # untranslated: shown in any language
        return ""


def _do(bulk: BulkDeed, row: Registration) -> None:
    actor, reason = bulk.actor, bulk.reason
    if bulk.deed == "accept":
        signup.accept(row.id, actor=actor)
    elif bulk.deed == "confirm":
        registrations.confirm(row.id, actor=actor)
    elif bulk.deed == "move_up":
        registrations.move_up(row.id, actor=actor, reason=reason)
    elif bulk.deed == "resend":
        registrations.send_link(row)
    elif bulk.deed == "cancel":
        signup.sign_off(row.id, actor=actor, reason=reason, notify=bulk.notify)
    elif bulk.deed == "refuse":
        signup.turn_away(row.id, actor=actor, reason=reason, notify=bulk.notify)
    elif bulk.deed == "reinstate":
        registrations.reinstate(row.id, actor=actor, cause=reason or "reinstated", notify=bulk.notify)


@periodic(minutes=1)
def finish() -> None:
    """Goes on with deeds whose bell was lost or whose worker died."""
    ids = list(db.session.scalars(select(BulkDeed.id).where(BulkDeed.finished_at.is_(None))))
    db.session.rollback()
    for bulk_id in ids:
        try:
            run(bulk_id)
        except Exception:  # one deed that fails must not hold up the others
            log.exception("deed %s for many failed; it is tried again", bulk_id)
