"""What speakers and their assistants store by their link: proposals for the public, and what only the team reads."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from eventsite.contributions import queries, rules
from eventsite.contributions.models import Contribution, ContributionConsent, ContributionNeed, SpeakerChange
from eventsite.core import audit, clock, i18n, ids
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker


def lock(speaker_id: int) -> Speaker:
    """A speaker, held until the end of the transaction, so that two who write at once do so one after the other."""
    with transaction() as session:
        query = select(Speaker).where(Speaker.id == speaker_id).with_for_update()
        found = session.scalar(query.execution_options(populate_existing=True))
        if found is None:
            raise NotFound
        return found


def propose_profile(speaker_id: int, typed: Mapping[str, Any], seen: str, *, author: str) -> None:
    """Stores fields of a profile as proposals; raises Clash where somebody else wrote something different meanwhile."""
    if not str(typed.get("name", "x")).strip():
        raise Refused(_l("A person needs a name."))
    with transaction():
        speaker = lock(speaker_id)
        _propose(speaker_id, None, queries.profile_values(speaker), typed, seen, author)


def propose_words(speaker_id: int, item_id: int, typed: Mapping[str, Any], seen: str, *, author: str) -> None:
    """Stores the words of an item as proposals; NotFound for an item whose words are not the speaker's own."""
    if "title" in typed and not rules.settled(typed["title"]):
        raise Refused(_l("An item needs a title."))
    with transaction() as session:
        lock(speaker_id)
        item = get_own_item(speaker_id, item_id)
        session.refresh(item)
        _propose(speaker_id, item_id, queries.word_values(item), typed, seen, author)


def get_own_item(speaker_id: int, item_id: int) -> ProgrammeItem:
    """An item whose words and materials are this speaker's own; NotFound for any other."""
    with transaction() as session:
        mine = select(Appearance.id).where(
            Appearance.item_id == item_id, Appearance.speaker_id == speaker_id, Appearance.role.in_(rules.CONTENT_ROLES)
        )
        item = session.get(ProgrammeItem, item_id)
        if item is None or session.scalar(mine.limit(1)) is None:
            raise NotFound
        return item


def _propose(
    speaker_id: int, item_id: int | None, live: dict[str, Any], typed: Mapping[str, Any], seen: str, author: str
) -> None:
    with transaction():
        same = SpeakerChange.item_id == item_id if item_id else SpeakerChange.item_id.is_(None)
        rows = queries.waiting_changes(SpeakerChange.speaker_id == speaker_id, same)
        changes = {(row.item_id, row.field): row for row in rows}
        stored = queries.proposed({name: live[name] for name in typed}, changes, item_id)
        for name, value in rules.merged(typed, stored, seen).items():
            if rules.print_of(value) != rules.print_of(stored[name]):
                put(speaker_id, item_id, name, live[name], rules.settled(value), author, changes.get((item_id, name)))


def put(
    speaker_id: int, item_id: int | None, field: str, live: Any, value: Any, author: str, row: SpeakerChange | None
) -> None:
    """Writes one proposal anew or over the one that waits; the value the public sees already is none."""
    with transaction() as session:
        if rules.print_of(value) == rules.print_of(live):
            if row is not None:
                session.delete(row)
            return
        if row is None:
            row = SpeakerChange(public_id=ids.new_public_id(), speaker_id=speaker_id, item_id=item_id, field=field)
            session.add(row)
        row.before, row.after, row.state, row.word = live, value, "open", ""
        row.author, row.changed_at = author, clock.now()
        if field == "portrait":
            row.cut_key, row.source_key = value.get("key"), value.get("source")
        session.flush()


def contribution(event_id: int, speaker_id: int) -> Contribution:
    """The row of a speaker at an event, made where there is none; NotFound for who does not appear there."""
    with transaction() as session:
        lock(speaker_id)
        query = select(Contribution).where(Contribution.event_id == event_id, Contribution.speaker_id == speaker_id)
        row = session.scalar(query.execution_options(populate_existing=True))
        if row is not None:
            return row
        there = select(Appearance.id).join(ProgrammeItem).where(ProgrammeItem.event_id == event_id)
        if session.scalar(there.where(Appearance.speaker_id == speaker_id).limit(1)) is None:
            raise NotFound
        row = Contribution(
            public_id=ids.new_public_id(), event_id=event_id, speaker_id=speaker_id, language="", answer="",
            technology="", travel="", note="", settled=[], reminders=0, updated_at=clock.now(),
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row


def change_practical(event_id: int, speaker_id: int, typed: Mapping[str, Any], seen: str) -> None:
    """Stores technology, travel, the note and the language; raises Clash like the proposals."""
    with transaction() as session:
        row = contribution(event_id, speaker_id)
        values = rules.merged(typed, queries.practical_values(row), seen)
        row.technology, row.travel, row.note = values["technology"], values["travel"], values["note"]
        row.language = values["language"] if values["language"] in i18n.languages() else ""
        row.settled = [key for key in rules.MAY_BE_NOTHING if values[f"no_{key}"]]
        row.updated_at = clock.now()
        session.flush()


def change_needs(event_id: int, speaker_id: int, typed: Mapping[str, Any], seen: str) -> None:
    """Stores diet and access needs; nothing is kept where nothing is told. Raises Clash like the proposals."""
    with transaction() as session:
        row = contribution(event_id, speaker_id)
        need = session.get(ContributionNeed, row.id, populate_existing=True)
        values = rules.merged(typed, queries.need_values(need), seen)
        session.execute(delete(ContributionNeed).where(ContributionNeed.contribution_id == row.id))
        if need is not None:
            session.expunge(need)
        if values["diet"] or values["access"]:
            session.add(
                ContributionNeed(
                    contribution_id=row.id, diet=values["diet"], access=values["access"], updated_at=clock.now()
                )
            )
        row.updated_at = clock.now()
        session.flush()


def answer(event_id: int, speaker_id: int, said: str) -> None:
    """Keeps whether the person comes; it can be changed until the event is over. Refuses any other word."""
    if said not in ("yes", "no"):
        raise Refused(_l("Please choose an answer."))
    with transaction():
        row = contribution(event_id, speaker_id)
        if row.answer != said:
            row.answer, row.answered_at, row.updated_at = said, clock.now(), clock.now()
            _note(row, f"speaker says {said}")


def give_consents(event_id: int, speaker_id: int, answers: Mapping[str, str]) -> None:
    """Logs decisions on recording and slides with time and the words that were shown; the same again is no new one."""
    with transaction() as session:
        row = contribution(event_id, speaker_id)
        known = {one.kind: one.answer for one in queries.consents([row.id])}
        for kind, said in answers.items():
            if kind not in rules.CONSENTS or said not in rules.ANSWERS:
                raise Refused(_l("Please choose an answer."))
            if known.get(kind) == said:
                continue
            session.add(
                ContributionConsent(
                    contribution_id=row.id, kind=kind, answer=said, wording=str(rules.CONSENTS[kind]),
                    language=i18n.current_language(), given_at=clock.now(),
                )
            )  # fmt: skip
            _note(row, "speaker consent", kind=kind, answer=said)
        session.flush()


def _note(row: Contribution, action: str, **details: Any) -> None:
    subject = f"contribution {row.public_id}"
    audit.record(action, subject=subject, actor="speaker", event_id=row.event_id, details=details)
