"""Files: the lists of the workshops as XLSX, and a run with its certificate, so that anybody can check it."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from eventsite.allocation import files
from eventsite.allocation.models import AllocationRun
from eventsite.allocation.rules import Problem, Result
from eventsite.core import i18n, tables
from eventsite.core.i18n import _


def run_files(run: AllocationRun) -> bytes:
    """The directory of a run as a ZIP file: `eventsite allocate DIR --verify` accepts it as it is."""
    problem = Problem.from_dict(run.given)
    values = {key: value for key, value in run.result.items() if key != "reasons"}
    result = Result.from_dict({**values, "certificate": run.certificate})
    written = {
        "offerings.csv": _csv(
            ["round", "workshop", "capacity", "minimum"],
            ([o.round, o.workshop, o.capacity, o.minimum] for o in problem.offerings),
        ),
        "preferences.csv": _csv(["participant", "round", "choices", "never"], _preferences(problem)),
        "rules.json": _json(_rules(problem)),
        "allocation.csv": files.allocation_csv(problem, result.plan),
        "report.json": _json(files.report(result)),
        "certificate.json": _json(result.certificate),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in written.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return buffer.getvalue()


def _preferences(problem: Problem) -> Iterable[Sequence[Any]]:
    for person in problem.participants:
        for round_, wish in person.wishes.items():
            yield [person.name, round_, ";".join(wish.choices), ";".join(sorted(wish.never))]


def _rules(problem: Problem) -> dict[str, Any]:
    """Only the rules that say something; the others have the same meaning when they are absent."""
    written: dict[str, Any] = problem.to_dict()["rules"]
    return {key: value for key, value in written.items() if value not in ([], False, None)}


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def lists_xlsx(lists: Sequence[Any], *, sheet: str) -> bytes:
    """Everybody by workshop: round, workshop, room, time and name, and nothing else about them."""
    head = [_("Round"), _("Workshop"), _("Room"), _("Begins"), _("Name")]
    rows: list[list[Any]] = []
    for one in lists:
        title = f"{one.item.number}. {i18n.local(one.item.title)}" if one.item.number else i18n.local(one.item.title)
        room, begins = i18n.local(one.room) if one.room else "", i18n.format_datetime(one.starts_at)
        rows += [[i18n.local(one.round), title, room, begins, name] for name in one.names]
    return tables.to_xlsx(head, rows, sheet)
