"""Verbs of releases: show the draft to the public, and say what that would change."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from eventsite.core import audit, clock, i18n
from eventsite.core.db import transaction
from eventsite.events import service as events
from eventsite.programme import changes, differences, queries, queries_releases, service_appearances, snapshot
from eventsite.programme.differences import Stored
from eventsite.programme.models import ProgrammeItem, ProgrammeRelease


def release(event_id: int, actor: str = "system", note: dict[str, str] | None = None) -> int | None:
    """Shows the draft to the public, with what changed since the last time; None when there is nothing new.

    The note stands with the changes, in public too.
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        session.flush()
        _wait_for_editors(session)
        session.expire_all()  # what was loaded before in this transaction may have changed since
        last = queries.find_release(event_id)
        before = last.snapshot if last else None
        after = _frozen(event_id, before)
        if snapshot.is_same(after, before):
            return None
        number = last.number + 1 if last else 1
        with i18n.use_zone(event.timezone):
            told = changes.described(differences.between(before, after))
        session.add(
            ProgrammeRelease(
                event_id=event_id,
                number=number,
                released_at=clock.now(),
                released_by=actor,
                snapshot=after,
                changes=told,
                note={code: words for code, words in (note or {}).items() if words and words.strip()},
            )
        )
        service_appearances.index_release(event_id, after)
        details = {"number": number, "changes": len(told)}
        audit.record("programme released", subject=f"release {number}", actor=actor, event_id=event_id, details=details)
        return number


def _wait_for_editors(session: Session) -> None:
    """Lets nobody edit between the reads of a release, so that it never holds half of an edit.

    On SQLite the transaction is alone anyway. On PostgreSQL those who edit wait the few milliseconds of a release, and
    it waits for edits that have begun; reading goes on.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE round, programme_item, appearance IN SHARE MODE"))


def _frozen(event_id: int, before: Stored | None, items: list[ProgrammeItem] | None = None) -> Stored:
    draft = queries.items(event_id) if items is None else items
    return snapshot.build(queries_releases.draft_rounds(event_id), draft, before, clock.now())


def unreleased(event_id: int, items: list[ProgrammeItem] | None = None) -> tuple[Stored | None, Stored]:
    """The last release, and the draft as the next one would freeze it; nothing is stored. The draft's items may be
    handed in."""
    last = queries.find_release(event_id)
    before = last.snapshot if last else None
    return before, _frozen(event_id, before, items)


def unreleased_changes(event_id: int, items: list[ProgrammeItem] | None = None) -> list[dict[str, Any]]:
    """What the next release would change, as it would be told; nothing is stored."""
    return changes.described(differences.between(*unreleased(event_id, items)))
