"""Read and write the directory of an allocation: offerings.csv, preferences.csv, rules.json and the results.

Every refusal is a BadProblem with one sentence that names file, line and column. Accepted besides plain
UTF-8: a byte-order mark, UTF-16 with one, Latin-1, and semicolons or tabs between columns (German Excel).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eventsite.allocation.places import first_twice, place_in
from eventsite.allocation.rules import (
    BadProblem,
    Contingent,
    Offering,
    Participant,
    Plan,
    Problem,
    Result,
    Rules,
    Spread,
    Wish,
    natural,
)

MOST_ROWS, MOST_BYTES, MOST_NUMBER = 200_000, 64_000_000, 10**9
LISTS = ("choices", "never")
Row = dict[str, str]


def read_problem(directory: Path) -> Problem:
    """The problem in a directory; raises BadProblem for everything that is not exactly understood."""
    offerings = _offerings(directory / "offerings.csv")
    participants = _participants(directory / "preferences.csv", offerings)
    path = directory / "rules.json"
    rules = read_rules(_text(path), path.name) if path.exists() else Rules()
    problem = Problem(tuple(offerings.values()), tuple(participants), rules)
    limit = rules.max_choices
    if limit is not None:
        for person in participants:
            for round_, wish in person.wishes.items():
                if len(wish.choices) > limit:
                    line = _line_of(directory / "preferences.csv", person.name, round_)
                    raise BadProblem(
                        f"preferences.csv, line {line}, column “choices”: there are {len(wish.choices)} "
                        f"choices, but max_choices is {limit}."
                    )
    return problem


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadProblem(f"{path.name}, line 1, column 1: the file is larger than {MOST_BYTES // 1_000_000} MB.")
        data = path.read_bytes()
    except OSError as error:
        raise BadProblem(f"{path.name}, line 1, column 1: the file cannot be read ({error.strerror}).") from error
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace") if b"\x81" not in data else data.decode("latin-1")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BadProblem(f"{path.name}, line {line}, column 1: the file is not a text file.")
    return text


def _table(path: Path, needed: tuple[str, ...], optional: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    """Rows with their line numbers, columns by name."""
    text, name = _text(path), path.name
    if not text.strip():
        raise BadProblem(f"{name}, line 1, column 1: the file is empty.")
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    count = width = 0
    try:
        for fields in reader:
            line = reader.line_num
            if not any(field.strip() for field in fields):
                continue
            if header is None:
                # A semicolon too many in a German file may be a list without quotes: that is not guessed at.
                header, width = _header(name, line, fields, needed, optional), len(fields)
                continue
            count += 1
            if count > MOST_ROWS:
                raise BadProblem(f"{name}, line {line}, column 1: there are more than {MOST_ROWS} rows.")
            values = [field.strip() for field in fields]
            while len(values) > len(header) and not values[-1] and (delimiter != ";" or len(values) <= width):
                values.pop()
            if len(values) > len(header):
                raise BadProblem(
                    f"{name}, line {line}, column {len(header) + 1}: the row has {len(values)} columns, "
                    f"the header {len(header)}."
                )
            values += [""] * (len(header) - len(values))
            for column, value in zip(header, values, strict=True):
                if column not in LISTS and ("\n" in value or "\r" in value):
                    raise BadProblem(f"{name}, line {line}, column “{column}”: a name may not hold a line break.")
            yield line, dict(zip(header, values, strict=True))
    except csv.Error as error:
        raise BadProblem(f"{name}, line {reader.line_num}, column 1: this is not a CSV row ({error}).") from error
    if not count:
        raise BadProblem(f"{name}, line 1, column 1: there is no row below the header.")


def _header(name: str, line: int, fields: list[str], needed: tuple[str, ...], optional: tuple[str, ...]) -> list[str]:
    header = [field.strip().lower() for field in fields]
    while header and not header[-1]:
        header.pop()
    for position, column in enumerate(header, 1):
        if column not in needed + optional:
            raise BadProblem(f"{name}, line {line}, column {position}: the column “{column}” is unknown.")
        if header.count(column) > 1:
            raise BadProblem(f"{name}, line {line}, column {position}: the column “{column}” stands twice.")
    for column in needed:
        if column not in header:
            raise BadProblem(f"{name}, line {line}, column 1: the column “{column}” is missing.")
    return header


def _number(where: str, column: str, text: str) -> int:
    if re.fullmatch(r"-[0-9]+", text):
        raise BadProblem(f"{where}, column “{column}”: {text} is negative.")
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > MOST_NUMBER:
        raise BadProblem(f"{where}, column “{column}”: “{text[:40]}” is not a whole number.")
    return int(text)


def _offerings(path: Path) -> dict[tuple[str, str], Offering]:
    found: dict[tuple[str, str], Offering] = {}
    for line, row in _table(path, ("round", "workshop", "capacity"), ("minimum",)):
        where = f"{path.name}, line {line}"
        for column in ("round", "workshop"):
            if not row[column]:
                raise BadProblem(f"{where}, column “{column}”: the cell is empty.")
        if ";" in row["workshop"]:
            raise BadProblem(f"{where}, column “workshop”: a name may not contain a semicolon.")
        capacity = _number(where, "capacity", row["capacity"])
        minimum = _number(where, "minimum", row["minimum"]) if row.get("minimum") else 0
        key = (row["round"], row["workshop"])
        if key in found:
            raise BadProblem(f"{where}, column “workshop”: “{key[1]}” stands twice in round “{key[0]}”.")
        found[key] = Offering(*key, capacity, minimum)
    return found


def _participants(path: Path, offerings: dict[tuple[str, str], Offering]) -> list[Participant]:
    rounds, known = {r for r, _ in offerings}, {w for _, w in offerings}
    wishes: dict[str, dict[str, Wish]] = {}
    for line, row in _table(path, ("participant", "round", "choices"), ("never",)):
        where, name, round_ = f"{path.name}, line {line}", row["participant"], row["round"]
        if not name:
            raise BadProblem(f"{where}, column “participant”: the cell is empty.")
        if round_ not in rounds:
            raise BadProblem(f"{where}, column “round”: the round “{round_}” is unknown.")
        if round_ in wishes.setdefault(name, {}):
            raise BadProblem(f"{where}, column “participant”: “{name}” stands twice for round “{round_}”.")
        choices = _names(where, "choices", row["choices"])
        never = _names(where, "never", row.get("never", ""))
        for workshop in choices:
            if (round_, workshop) not in offerings:
                raise BadProblem(
                    f"{where}, column “choices”: the workshop “{workshop}” is unknown in round “{round_}”."
                )
            if workshop in never:
                raise BadProblem(f"{where}, column “never”: “{workshop}” stands in choices as well.")
        for workshop in never:
            if workshop not in known:
                raise BadProblem(f"{where}, column “never”: the workshop “{workshop}” is unknown.")
        wishes[name][round_] = Wish(tuple(choices), frozenset(never))
    return [Participant(name, rows) for name, rows in wishes.items()]


def _names(where: str, column: str, text: str) -> list[str]:
    names = [part.strip() for part in text.split(";")]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if not name:
            raise BadProblem(f"{where}, column “{column}”: a name between two semicolons is missing.")
        if names.count(name) > 1:
            raise BadProblem(f"{where}, column “{column}”: “{name}” stands twice.")
    return names


def _line_of(path: Path, name: str, round_: str) -> int:
    rows = _table(path, ("participant", "round", "choices"), ("never",))
    return next(line for line, row in rows if (row["participant"], row["round"]) == (name, round_))


def placed(directory: Path, error: BadProblem) -> str:
    """The sentence of a refusal with file, line and column, whoever raised it."""
    name, _, rest = str(error).partition(": ")
    if name == "offerings.csv" and error.at:
        _, round_, workshop, column = error.at
        rows = _table(directory / name, ("round", "workshop", "capacity"), ("minimum",))
        line = next(line for line, row in rows if (row["round"], row["workshop"]) == (round_, workshop))
        return f"{name}, line {line}, column “{column}”: {rest}"
    if name == "preferences.csv" and error.at:
        return f"{name}, line 1, column “{error.at[0]}”: {rest}"
    if name == "rules.json" and error.at and (directory / name).exists():
        return f"{name}, {place_in(_text(directory / name), *error.at)}: {rest}"
    return f"{name}, line 1, column 1: {rest}" if name.endswith((".csv", ".json")) and "," not in name else str(error)


def read_rules(text: str, name: str = "rules.json") -> Rules:
    """The rules in a JSON text; unknown keys and wrong kinds of values are refused."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if (key := first_twice([key for key, _ in pairs])) is not None:
            raise BadProblem(f"{name}, {place_in(text, key)}: the key “{key}” stands twice.")
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        raise BadProblem(
            f"{name}, line {error.lineno}, column {error.colno}: this is not JSON ({error.msg})."
        ) from error
    except BadProblem:
        raise
    except (RecursionError, ValueError) as error:
        what = "a number is too long" if isinstance(error, ValueError) else "the values are nested too deeply"
        raise BadProblem(f"{name}, line 1, column 1: {what}.") from error
    if not isinstance(data, dict):
        raise BadProblem(f"{name}, line 1, column 1: the file must hold one JSON object.")
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in _READERS:
            raise BadProblem(f"{name}, {place_in(text, key)}: the key “{key}” is unknown.")
        try:
            values[key] = _READERS[key](value)
        except (TypeError, ValueError, KeyError) as error:
            raise BadProblem(f"{name}, {place_in(text, key)}: “{key}” must be {_MEANT[key]}.") from error
    return Rules(**values)


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_NUMBER:
        raise TypeError
    return value


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _name(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise TypeError
    return str(value).strip()


def _list_of(length: int | None) -> Any:
    def read(value: Any) -> tuple[tuple[str, ...], ...]:
        if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
            raise TypeError
        if any(len(row) != length for row in value if length is not None):
            raise ValueError
        return tuple(tuple(_name(item) for item in row) for row in value)

    return read


def _members(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(dict.fromkeys(_name(item) for item in value))


def _objects(value: Any, keys: set[str]) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(row, dict) and set(row) == keys for row in value):
        raise TypeError
    return value


def _spreads(value: Any) -> tuple[Spread, ...]:
    return tuple(
        Spread(_members(row["members"]), _whole(row["max_per_offering"]))
        for row in _objects(value, {"members", "max_per_offering"})
    )


def _contingents(value: Any) -> tuple[Contingent, ...]:
    return tuple(
        Contingent(_name(row["round"]), _name(row["workshop"]), _members(row["members"]), _whole(row["places"]))
        for row in _objects(value, {"round", "workshop", "members", "places"})
    )


def _unlisted(value: Any) -> str:
    if value not in ("next", "never"):
        raise ValueError
    return str(value)


_READERS: dict[str, Any] = {
    "max_choices": _whole,
    "no_repeat": _truth,
    "unlisted": _unlisted,
    "pins": _list_of(3),
    "spread": _spreads,
    "together": _list_of(None),
    "contingents": _contingents,
    "same_topic": _list_of(None),
    "requires": _list_of(2),
    "overlaps": _list_of(2),
    "may_cancel": _truth,
}
_MEANT = {
    "max_choices": "a whole number",
    "no_repeat": "true or false",
    "unlisted": "“next” or “never”",
    "pins": "a list of [participant, round, workshop]",
    "together": "a list of lists of participants",
    "spread": "a list of {members, max_per_offering}",
    "same_topic": "a list of lists of workshops",
    "contingents": "a list of {round, workshop, members, places}",
    "may_cancel": "true or false",
    "requires": "a list of [workshop, workshop needed]",
    "overlaps": "a list of [round, round]",
}


def allocation_csv(problem: Problem, plan: Plan) -> str:
    """The plan as CSV, in natural order of participants and rounds."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["participant", "round", "workshop", "rank"])
    for name in sorted(plan, key=lambda n: (natural(n), n)):
        for round_ in sorted(plan[name], key=lambda r: (natural(r), r)):
            workshop = plan[name][round_]
            cell = problem.cell(name, round_, workshop)
            writer.writerow([name, round_, workshop or "", cell[1] if cell and cell[1] else ""])
    return out.getvalue()


def read_allocation(path: Path, problem: Problem) -> Plan:
    """A plan from CSV; ranks must be the true ones."""
    plan: Plan = {p.name: {} for p in problem.participants}
    for line, row in _table(path, ("participant", "round", "workshop", "rank"), ()):
        where, name = f"{path.name}, line {line}", row["participant"]
        if name not in plan or row["round"] not in problem.person[name].wishes:
            raise BadProblem(f"{where}, column “participant”: “{name}” does not attend round “{row['round']}”.")
        if row["round"] in plan[name]:
            raise BadProblem(f"{where}, column “participant”: “{name}” stands twice for round “{row['round']}”.")
        workshop = row["workshop"] or None
        cell = problem.cell(name, row["round"], workshop)
        if cell is None:
            raise BadProblem(f"{where}, column “workshop”: “{name}” may not have “{row['workshop']}”.")
        if row["rank"] != ("" if cell[1] is None else str(cell[1])):
            raise BadProblem(f"{where}, column “rank”: the rank is {cell[1] or 'empty'}, not “{row['rank']}”.")
        plan[name][row["round"]] = workshop
    return plan


def report(result: Result) -> dict[str, Any]:
    """The figures of report.json."""
    keys = ("objective", "levels", "profile", "proved", "bound", "closed", "seed", "tie", "seconds", "fingerprint")
    return {key: getattr(result, key) for key in keys}


def write_result(directory: Path, problem: Problem, result: Result) -> None:
    """Write allocation.csv, report.json and certificate.json."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "allocation.csv").write_text(allocation_csv(problem, result.plan), encoding="utf-8")
    for name, data in (("report.json", report(result)), ("certificate.json", result.certificate)):
        (directory / name).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
