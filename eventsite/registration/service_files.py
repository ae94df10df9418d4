"""Files of answers: kept until the form is accepted, taken over by the answer, dropped and then deleted for good."""

from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update

from eventsite.core import clock, ids, storage
from eventsite.core.db import db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.jobs import background, periodic
from eventsite.registration import answer_files
from eventsite.registration.models import AnswerFile

TICKET = "answer file"
KEPT_WITHOUT_FORM = timedelta(hours=6)
_AT_ONCE = 200


def keep(question_id: int, content: bytes, filename: str) -> str:
    """Checks a file and keeps it for six hours; the ticket it is claimed with. Refused with a sentence."""
    public_id = ids.new_public_id()
    checked = answer_files.clean(content, filename, public_id)
    key = storage.put(checked.content)
    with transaction() as session:
        session.add(
            AnswerFile(
                public_id=public_id,
                question_id=question_id,
                registration_id=None,
                key=key,
                filename=checked.filename,
                content_type=checked.content_type,
                size=len(checked.content),
                created_at=clock.now(),
                dropped_at=None,
            )
        )
    return ids.link_token(TICKET, public_id, 1)


def claim(registration_id: int, question_id: int, value: dict[str, Any] | None) -> None:
    """Makes the file of an answer its own, and drops the one it replaces; without a value drops what was there."""
    wanted = value["file"] if value else ""
    with transaction() as session:
        mine = AnswerFile.question_id == question_id, AnswerFile.dropped_at.is_(None)
        free = or_(AnswerFile.registration_id.is_(None), AnswerFile.registration_id == registration_id)
        found = session.scalar(select(AnswerFile).where(AnswerFile.public_id == wanted, free, *mine))
        if value and found is None:
            raise Refused(_l("Your file is not kept any more. Please choose it once more."))
        drop(AnswerFile.registration_id == registration_id, AnswerFile.public_id != wanted, *mine)
        if found is not None:
            found.registration_id = registration_id


def drop(*which: Any) -> None:
    """Forgets the names of files at once and rings for the deletion of the files themselves."""
    with transaction() as session:
        values = {"dropped_at": clock.now(), "filename": ""}
        gone = update(AnswerFile).where(AnswerFile.dropped_at.is_(None), *which).values(**values)
        if session.execute(gone).rowcount:  # type: ignore[attr-defined]
            delete_dropped.later()


@background
def delete_dropped() -> None:
    """Deletes files nobody wants any more and their rows; what a crash left is deleted the next time."""
    late = AnswerFile.created_at < clock.now() - KEPT_WITHOUT_FORM
    nobodys = AnswerFile.registration_id.is_(None) & late
    query = select(AnswerFile.id, AnswerFile.key).where(or_(AnswerFile.dropped_at.is_not(None), nobodys))
    while found := db.session.execute(query.order_by(AnswerFile.id).limit(_AT_ONCE)).all():
        db.session.rollback()
        for row_id, key in found:
            _delete(row_id, key)


def _delete(row_id: int, key: str) -> None:
    """The row first becomes nobody's any more for good, then the file goes, then the row: a crash leaves no file behind."""
    with transaction() as session:
        row = session.get(AnswerFile, row_id)
        if row is None or (row.registration_id is not None and row.dropped_at is None):
            return
        row.dropped_at = row.dropped_at or clock.now()
    storage.delete(key)
    with transaction() as session:
        row = session.get(AnswerFile, row_id)
        if row is not None:
            session.delete(row)


@periodic(minutes=60)
def delete_forgotten() -> None:
    """Deletes files whose form was never accepted, and those whose bell was lost."""
    delete_dropped()
