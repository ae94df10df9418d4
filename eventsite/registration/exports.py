"""The participant table as CSV and XLSX: formula-safe, sensitive answers only on purpose."""

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import tables
from eventsite.core.i18n import _, local
from eventsite.events import queries as events
from eventsite.events.models import Event
from eventsite.registration import queries, questions, rules
from eventsite.registration.models import Registration
from eventsite.registration.questions import Asked

_AT_ONCE = 500


def columns(asked: Sequence[Asked]) -> list[str]:
    """The heads of the table, in the current language."""
    fixed = (
        _("Number"),
        _("Status"),
        _("Name"),
        _("E-mail address"),
        _("Organisation"),
        _("Language"),
        _("Place in the order of registration"),
        _("Registered at"),
        _("Confirmed at"),
    )
    return [*fixed, *(local(dict(one.label)) for one in asked)]


def rows(
    event: Event, asked: Sequence[Asked], *, text: str = "", statuses: Sequence[str] = (), sort: str = "queue"
) -> Iterator[list[Any]]:
    """The registrations that match, one list of cells each; a few queries per 500 of them."""
    offset = 0
    while True:
        found = queries.search(event.id, text=text, statuses=statuses, sort=sort, limit=_AT_ONCE, offset=offset)
        answers = queries.answers_of([one.id for one in found])
        for one in found:
            given = {question.key: questions.shown(question, value) for question, value in answers[one.id]}
            yield [*_cells(one, event.timezone), *(given.get(question.key, "") for question in asked)]
        if len(found) < _AT_ONCE:
            return
        offset += _AT_ONCE


def _cells(one: Registration, zone: str) -> list[Any]:
    clock = ZoneInfo(zone)
    return [
        one.public_id,
        str(rules.STATUS_LABELS[one.status]),
        one.name,
        one.email or "",
        one.organisation,
        one.language,
        one.queue_number,
        one.created_at.astimezone(clock).replace(tzinfo=None),
        one.confirmed_at.astimezone(clock).replace(tzinfo=None) if one.confirmed_at else None,
    ]


def asked_for(event_id: int, *, sensitive: bool = False) -> list[Asked]:
    """The questions that stand in the table; those about health only on purpose (GDPR Art. 9)."""
    return [one for one in queries.asked(event_id) if sensitive or one.audience != "sensitive"]


def csv(event: Event, *, bom: bool = False, sensitive: bool = False, **wanted: Any) -> bytes:
    """The table as CSV; with `bom` and semicolons as Excel in German opens it."""
    asked = asked_for(event.id, sensitive=sensitive)
    lines = rows(event, asked, **wanted)
    return tables.to_csv(columns(asked), lines, bom=bom, delimiter=";" if bom else ",")


def xlsx(event: Event, *, sensitive: bool = False, **wanted: Any) -> bytes:
    """The table as a workbook."""
    asked = asked_for(event.id, sensitive=sensitive)
    return tables.to_xlsx(columns(asked), rows(event, asked, **wanted), _("Registrations"))


def registrations_csv(event_slug: str, bom: bool = False) -> bytes:
    """All registrations of an event for the command line; NotFound where there is no such event."""
    return csv(events.get_event(event_slug), bom=bom)
