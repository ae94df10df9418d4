"""The organisers' list as CSV and XLSX: the filter and the columns chosen, formula-safe; health only in a file of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import i18n, tables
from eventsite.core.i18n import _
from eventsite.events import queries as events
from eventsite.events.models import Event
from eventsite.registration import queries, questions, rules
from eventsite.registration.questions import Asked
from eventsite.site import queries_roster, rules_roster
from eventsite.site.rules_roster import Facets, Wanted

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}


@dataclass(frozen=True)
class Shape:
    """How a CSV file is to be written; Excel in German wants a byte order mark and semicolons."""

    separator: str = ","
    bom: bool = False


def heads(wanted: Wanted, known: Facets) -> list[str]:
    """The heads of the table: the name, then the columns chosen."""
    labels = rules_roster.column_labels(known)
    return [_("Name"), *(labels[column] for column in wanted.columns)]


def rows(event: Event, wanted: Wanted, known: Facets) -> Iterator[list[Any]]:
    """The registrations that fit, one list of cells each; a few queries per 500, and no more than these in memory."""
    language, zone = i18n.current_language(), ZoneInfo(event.timezone)
    for part in queries_roster.everybody(event, wanted, known):
        i18n.set_language(language)  # a streamed answer is written after the request's own settings are gone
        found = queries_roster.cells(part, wanted, known)
        for one in part:
            yield [one.name, *(_local(found[one.id].get(column), zone) for column in wanted.columns)]


def _local(value: Any, zone: ZoneInfo) -> Any:
    return value.astimezone(zone).replace(tzinfo=None) if isinstance(value, datetime) else value


def csv(event: Event, wanted: Wanted, known: Facets, shape: Shape) -> Iterator[bytes]:
    """The table as CSV, in pieces."""
    lines = rows(event, wanted, known)
    return tables.csv_lines(heads(wanted, known), lines, bom=shape.bom, delimiter=shape.separator)


def xlsx(event: Event, wanted: Wanted, known: Facets) -> bytes:
    """The table as a workbook."""
    return tables.to_xlsx(heads(wanted, known), rows(event, wanted, known), _("Registrations"))


def sensitive_questions(event_id: int) -> list[Asked]:
    """The questions about health, which stand in no ordinary file (GDPR Art. 9)."""
    return [one for one in queries.asked(event_id) if one.audience == "sensitive"]


def sensitive_table(event: Event, asked: Sequence[Asked]) -> tuple[list[str], Iterator[list[Any]]]:
    """Heads and rows of the answers about health, of those who take part and have given any."""
    head = [_("Name"), _("Number"), _("Status"), *(i18n.local(dict(one.label)) for one in asked)]
    return head, _sensitive_rows(event, asked)


def _sensitive_rows(event: Event, asked: Sequence[Asked]) -> Iterator[list[Any]]:
    wanted = Wanted(statuses=tuple(str(one) for one in sorted(rules.LIVE)))
    keys = [one.key for one in asked]
    for part in queries_roster.everybody(event, wanted, Facets()):
        answers = queries.answers_of([one.id for one in part])
        for one in part:
            given = {q.key: questions.shown(q, value) for q, value in answers[one.id] if q.key in keys}
            if given:
                status = str(rules.STATUS_LABELS[one.status])
                yield [one.name, one.public_id, status, *(given.get(key, "") for key in keys)]


def registrations_csv(event_slug: str, bom: bool = False) -> bytes:
    """All registrations of an event for the command line; NotFound where there is no such event."""
    event = events.get_event(event_slug)
    known = queries_roster.facets(event.id)
    answers = [f"q-{one.key}" for one in known.questions]
    columns = ("number", "status", "email", "organisation", "language", "queue", "registered", "confirmed", *answers)
    shape = Shape(";" if bom else ",", bom)
    return b"".join(csv(event, Wanted(sort="queue", columns=columns), known, shape))
