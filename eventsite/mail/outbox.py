"""Puts mails into the outbox and delivers them: once per cause, with growing pauses, never inside a transaction.

Personal links stand in the stored bodies as markers only and become addresses at the moment of sending; 30 days after
sending the bodies are blanked.
"""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select, update

from eventsite.core import clock, ids
from eventsite.core.db import db, transaction
from eventsite.core.jobs import background, periodic
from eventsite.mail import transport
from eventsite.mail.bounces import Report
from eventsite.mail.models import OutboxMessage

log = logging.getLogger("eventsite.mail")
PAUSES = (1, 5, 15, 60, 240, 720, 1440, 2880)  # minutes before the next try
CLAIM_MINUTES = 15  # a mail that has been "sending" for longer belongs to a worker that died
BLANK_DAYS = 30


@dataclass(frozen=True)
class Mail:
    """A finished mail: what it says, in text and HTML, and what hangs on it ({"filename", "type", "text"})."""

    subject: str
    text: str
    html: str
    attachments: list[dict[str, str]] = field(default_factory=list)


def put(
    mail: Mail,
    *,
    to_address: str,
    to_name: str,
    cause: str,
    language: str,
    event_id: int | None = None,
    person_id: int | None = None,
    reply_to: str = "",
    unsubscribe: str = "",
) -> bool:
    """Adds a mail to the running transaction unless there is one for this cause already; rings for its delivery.

    Tells whether it was added. Without an address it is a letter, which the team prints: it waits in the state "letter" until it is "written".
    """
    with transaction() as session:
        if session.scalar(select(OutboxMessage.id).where(OutboxMessage.cause == cause)) is not None:
            return False
        instant = clock.now()
        row = OutboxMessage(
            public_id=ids.new_public_id(16),
            event_id=event_id,
            person_id=person_id,
            cause=cause,
            language=language,
            to_name=_one_line(to_name),
            to_address=to_address,
            reply_to=reply_to,
            subject=_one_line(mail.subject),
            text=mail.text,
            html=mail.html,
            attachments=mail.attachments,
            unsubscribe=unsubscribe,
            state="waiting" if to_address else "letter",
            created_at=instant,
            next_attempt_at=instant,
        )
        session.add(row)
        deliver.later()
        return True


def _one_line(words: str) -> str:
    return " ".join(words.split())[:200]


@background
def deliver() -> None:
    """Sends what is due, one after the other; each is claimed first and marked sent right after the server took it."""
    if not transport.is_ready():
        return
    while (message_id := _claim()) is not None:
        _send(message_id)


def _claim() -> int | None:
    instant = clock.now()
    stuck = instant - timedelta(minutes=CLAIM_MINUTES)
    due = or_(
        (OutboxMessage.state == "waiting") & (OutboxMessage.next_attempt_at <= instant),
        (OutboxMessage.state == "sending") & (OutboxMessage.next_attempt_at <= stuck),
    )
    if db.session.scalar(select(OutboxMessage.id).where(due).limit(1)) is None:
        db.session.rollback()
        return None
    with transaction() as session:
        found = session.scalar(
            select(OutboxMessage).where(due).order_by(OutboxMessage.id).limit(1).with_for_update(skip_locked=True)
        )
        if found is None:
            return None
        found.state, found.next_attempt_at = "sending", instant
        return found.id


def _send(message_id: int) -> None:
    message = db.session.get_one(OutboxMessage, message_id)
    try:
        transport.send(message)
        problem = None
    except transport.Undelivered as error:
        problem = error
    db.session.rollback()
    with transaction() as session:
        message = session.get_one(OutboxMessage, message_id)
        if problem is None:
            message.state, message.sent_at, message.reason = "sent", clock.now(), ""
            return
        message.attempts += 1
        message.reason = str(problem)
        gives_up = problem.is_final or message.attempts > len(PAUSES)
        message.state = "failed" if gives_up else "waiting"
        message.bounced_at = clock.now() if problem.is_final else None
        message.next_attempt_at = clock.now() + timedelta(minutes=PAUSES[min(message.attempts, len(PAUSES)) - 1])


@periodic(minutes=1)
def deliver_due() -> None:
    """Finds the mails whose bell was lost or whose pause is over."""
    deliver()


@periodic(minutes=60)
def blank_old_bodies() -> None:
    """Blanks the bodies of mails sent long ago; that they were sent stays known."""
    limit = clock.now() - timedelta(days=BLANK_DAYS)
    with transaction() as session:
        session.execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.state.in_(("sent", "written")),
                OutboxMessage.sent_at < limit,
                OutboxMessage.blanked_at.is_(None),
            )
            .values(text="", html="", attachments=[], blanked_at=clock.now())
        )


def try_again(public_id: str) -> None:
    """Sends a failed mail once more at the organiser's wish."""
    with transaction() as session:
        message = session.scalar(select(OutboxMessage).where(OutboxMessage.public_id == public_id))
        if message is not None and message.state == "failed":
            message.state, message.attempts, message.next_attempt_at = "waiting", 0, clock.now()
            message.bounced_at = None
            deliver.later()


def note_report(report: Report) -> OutboxMessage | None:
    """Keeps what a server reported about a mail: lost for good it has failed, else only the reason is kept.

    None where no such mail was sent; the same report twice is once.
    """
    with transaction() as session:
        message = session.scalar(select(OutboxMessage).where(OutboxMessage.public_id == report.message_id))
        if message is None or message.state not in ("sent", "failed"):
            return None
        message.reason = report.reason
        if report.is_hard:
            message.state, message.bounced_at = "failed", message.bounced_at or clock.now()
        return message


def _matching(event_id: int | None, person_id: int | None, state: str, text: str) -> list[Any]:
    conditions: list[Any] = []
    if event_id is not None:
        conditions.append(OutboxMessage.event_id == event_id)
    if person_id is not None:
        conditions.append(OutboxMessage.person_id == person_id)
    if state:
        conditions.append(OutboxMessage.state == state)
    for word in text.split()[:6]:
        pattern = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        columns = (OutboxMessage.subject, OutboxMessage.to_name, OutboxMessage.to_address)
        conditions.append(or_(*(column.ilike(pattern, escape="\\") for column in columns)))
    return conditions


def messages(
    *,
    event_id: int | None = None,
    person_id: int | None = None,
    state: str = "",
    text: str = "",
    limit: int = 100,
    offset: int = 0,
) -> list[OutboxMessage]:
    """Mails that match, newest first."""
    query = select(OutboxMessage).where(*_matching(event_id, person_id, state, text))
    return list(db.session.scalars(query.order_by(OutboxMessage.id.desc()).limit(limit).offset(offset)))


def find(public_id: str) -> OutboxMessage | None:
    """One mail by its public id."""
    return db.session.scalar(select(OutboxMessage).where(OutboxMessage.public_id == public_id))


def count(event_id: int | None = None, *, state: str = "", text: str = "") -> int:
    """How many mails match, of one event or altogether."""
    query = select(func.count(OutboxMessage.id)).where(*_matching(event_id, None, state, text))
    return db.session.scalar(query) or 0


def send_test(mail: Mail, *, to_address: str, to_name: str, language: str) -> None:
    """Puts a test mail into the outbox; each one has a cause of its own."""
    put(mail, to_address=to_address, to_name=to_name, cause=f"test {ids.new_public_id()}", language=language)
