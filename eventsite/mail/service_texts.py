"""Rewriting the mails of an event: every version stays, the newest counts, and the default can be taken up again."""

from sqlalchemy import func, select

from eventsite.core import audit, clock, i18n
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.mail import kinds, queries, rules, wording
from eventsite.mail.kinds import Kind
from eventsite.mail.models import MailText
from eventsite.mail.rules import Problem
from eventsite.mail.wording import Words


def get_kind(key: str) -> Kind:
    """A kind by its key; raises NotFound."""
    if key not in kinds.KINDS:
        raise NotFound
    return kinds.KINDS[key]


def faults(kind: Kind, text: str) -> list[str]:
    """What is wrong with a text of this kind, a sentence each that names the line and the placeholder."""
    return [_told(problem) for problem in rules.problems(text, kinds.known(kind))]


def _told(problem: Problem) -> str:
    if problem.is_broken:
        return _("Line %(line)s: the brace “%(brace)s” lacks its other half.", line=problem.line, brace=problem.typed)
    told = _("Line %(line)s: %(name)s is not a placeholder of this mail.", line=problem.line, name=problem.typed)
    return told + (" " + _("Did you mean %(name)s?", name=problem.meant) if problem.meant else "")


def store(event_id: int, key: str, language: str, words: Words, *, actor: str) -> None:
    """Stores words as the newest version; refuses empty ones and placeholders the kind does not have.

    The same words again are no new version, and the default words are the default.
    """
    kind = get_kind(key)
    if not words.subject.strip() or not words.opening.strip():
        raise Refused(_l("A mail needs a subject and an opening."))
    for part in (words.subject, words.opening, words.closing):
        if found := faults(kind, part):
            raise Refused(found[0])
    with transaction(), i18n.use_language(language):
        usual = wording.default(kind)
        if words != queries.texts(event_id).get((key, language), usual):
            _add(event_id, key, language, words, actor=actor, is_default=words == usual)


def reset(event_id: int, key: str, *, actor: str) -> None:
    """Takes up the default words again, in every language; what was written stays as a former version."""
    get_kind(key)
    with transaction():
        for row in queries.newest(event_id):
            if row.kind == key and not row.is_default:
                words = Words(row.subject, row.opening, row.closing)
                _add(event_id, key, row.language, words, actor=actor, is_default=True)


def _add(event_id: int, key: str, language: str, words: Words, *, actor: str, is_default: bool = False) -> None:
    with transaction() as session:
        same = (MailText.event_id == event_id, MailText.kind == key, MailText.language == language)
        former = session.scalar(select(func.count(MailText.id)).where(*same)) or 0
        row = MailText(
            event_id=event_id,
            kind=key,
            language=language,
            subject=words.subject,
            opening=words.opening,
            closing=words.closing,
            is_default=is_default,
            version=former + 1,
            actor=actor,
            created_at=clock.now(),
        )
        session.add(row)
        session.flush()
        audit.record(
            "mail text reset" if is_default else "mail text changed",
            subject=f"mail {key} {language}",
            actor=actor,
            event_id=event_id,
            details={"version": row.version},
        )
