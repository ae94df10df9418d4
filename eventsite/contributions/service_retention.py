"""Forgetting what speakers sent: needs soon after the event, the rest with its identities, everything on request."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Text, delete, select, type_coerce, update

from eventsite.contributions import rules, service, service_links
from eventsite.contributions.models import (
    Contribution,
    ContributionConsent,
    ContributionNeed,
    Material,
    SpeakerChange,
)
from eventsite.contributions.models_groups import GroupMessage
from eventsite.core import audit, clock, storage
from eventsite.core.db import db, transaction
from eventsite.core.jobs import periodic
from eventsite.mail.models import OutboxMessage
from eventsite.media.models import Download
from eventsite.people import service as people
from eventsite.people.models import PersonalLink
from eventsite.programme.models import ProgrammeItem, Speaker

KEPT_UNDECIDED = timedelta(days=400)  # a proposal nobody has decided on


def erase_needs(event_id: int) -> int:
    """Deletes diet and access needs of an event's speakers (GDPR Art. 9); how many there were."""
    with transaction() as session:
        mine = select(Contribution.id).where(Contribution.event_id == event_id)
        gone = session.execute(delete(ContributionNeed).where(ContributionNeed.contribution_id.in_(mine)))
        return int(gone.rowcount)  # type: ignore[attr-defined]


def erase_event(event_id: int) -> None:
    """Empties what was told for an event and drops what was never approved; consents stay as proof."""
    items = select(ProgrammeItem.id).where(ProgrammeItem.event_id == event_id)
    never = (Material.item_id.in_(items), Material.state != "approved")
    _drop_files(db.session.scalars(select(Material.key).where(*never)))
    with transaction() as session:
        session.execute(delete(Material).where(*never))
        session.execute(delete(SpeakerChange).where(SpeakerChange.item_id.in_(items)))
        told = {"technology": "", "travel": "", "note": ""}
        session.execute(update(Contribution).where(Contribution.event_id == event_id).values(**told))
        words = {"subject": "", "text": "", "reply_to": ""}
        session.execute(update(GroupMessage).where(GroupMessage.event_id == event_id).values(**words))


@periodic(minutes=60)
def forget_old() -> None:
    """Deletes proposals decided on some weeks ago, and those nobody ever decided on."""
    now = clock.now()
    decided = SpeakerChange.decided_at < now - timedelta(days=rules.LINK_DAYS)
    old = (SpeakerChange.state == "approved") & decided | (SpeakerChange.changed_at < now - KEPT_UNDECIDED)
    if db.session.scalar(select(SpeakerChange.id).where(old).limit(1)) is None:
        db.session.rollback()
        return
    _drop_pictures(old)
    with transaction() as session:
        session.execute(delete(SpeakerChange).where(old))


def forget_speaker(speaker_id: int, *, actor: str) -> None:
    """Deletes everything a speaker sent and ends the links; what is published stays, on a basis of its own."""
    _drop_pictures(SpeakerChange.speaker_id == speaker_id)
    never = (Material.speaker_id == speaker_id, Material.state != "approved")
    _drop_files(db.session.scalars(select(Material.key).where(*never)))
    with transaction() as session:
        speaker = service.lock(speaker_id)
        mine = select(Contribution.id).where(Contribution.speaker_id == speaker_id)
        for table in (ContributionNeed, ContributionConsent):
            session.execute(delete(table).where(table.contribution_id.in_(mine)))
        for public_id in session.scalars(select(Contribution.public_id).where(Contribution.speaker_id == speaker_id)):
            _blank_mails(f"speaker:{public_id}:%")
        session.execute(delete(Contribution).where(Contribution.speaker_id == speaker_id))
        session.execute(delete(SpeakerChange).where(SpeakerChange.speaker_id == speaker_id))
        session.execute(delete(Material).where(*never))
        session.execute(delete(GroupMessage).where(GroupMessage.speaker_id == speaker_id))
        service_links.revoke_assistant(speaker_id)
        if speaker.link_id is not None:
            people.revoke_link(session.get_one(PersonalLink, speaker.link_id))
        audit.record("speaker forgotten", subject=f"speaker {speaker.public_id}", actor=actor)


def _blank_mails(causes: str) -> None:
    with transaction() as session:
        nothing = dict.fromkeys(("to_address", "to_name", "subject", "text", "html"), "")
        mails = update(OutboxMessage).where(OutboxMessage.cause.like(causes))
        session.execute(mails.values(**nothing, attachments=[], state="sent", blanked_at=clock.now()))


def _drop_pictures(which: Any) -> None:
    """Files first, then rows: what a crash leaves is dropped the next time."""
    rows = db.session.execute(select(SpeakerChange.cut_key, SpeakerChange.source_key).where(which)).all()
    _drop_files([key for row in rows for key in row if key], but=which)


def _drop_files(keys: Iterable[str], but: Any = None) -> None:
    """Deletes files to which nothing else refers; the same content may be used twice."""
    for key in set(keys):
        used = (Speaker.portrait_key, Speaker.portrait_original_key, Download.key)
        others: list[Any] = [select(column).where(column == key) for column in used]
        others.append(
            select(Speaker.id).where(type_coerce(Speaker.portrait_files, Text).contains(key, autoescape=True))
        )
        others.append(select(Material.id).where(Material.key == key, Material.state == "approved"))
        if but is not None:
            named = (SpeakerChange.cut_key == key) | (SpeakerChange.source_key == key)
            others.append(select(SpeakerChange.id).where(named, ~but))
        if all(db.session.execute(query.limit(1)).first() is None for query in others):
            storage.delete(key)
    db.session.rollback()
