"""Tables in and out: CSV and XLSX for people who calculate, safe against cells that would run as formulas."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 20_000, 200, 32_000
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NOT_FOR_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True)
class Table:
    """A table that was read: its header and its rows, each with the line a person finds it at."""

    header: list[str]
    rows: list[tuple[int, list[str]]]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row by the names of the columns; missing cells are empty."""
        for line, cells in self.rows:
            padded = cells + [""] * (len(self.header) - len(cells))
            yield line, dict(zip(self.header, padded, strict=False))


def safe_cell(value: Any) -> str:
    """The value as text that no spreadsheet takes for a formula: an apostrophe before = + - @ tab and breaks."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    text = str(value).replace("\x00", "")
    return f"'{text}" if _INVISIBLE.sub("", text).lstrip(" ").startswith(_DANGEROUS) else text


def csv_lines(
    columns: Sequence[object], rows: Iterable[Sequence[Any]], *, bom: bool = False, delimiter: str = ","
) -> Iterator[bytes]:
    """The table as CSV in pieces of UTF-8 for streamed answers (RFC 4180: CRLF, quoted where needed)."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    if bom:
        buffer.write("\ufeff")
    writer.writerow([safe_cell(column) for column in columns])
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        if buffer.tell() > 65536:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def to_csv(
    columns: Sequence[object], rows: Iterable[Sequence[Any]], *, bom: bool = False, delimiter: str = ","
) -> bytes:
    """The table as CSV; Excel in German wants `bom=True, delimiter=";"`."""
    return b"".join(csv_lines(columns, rows, bom=bom, delimiter=delimiter))


def _naive(value: datetime) -> datetime:
    """A spreadsheet knows no zones; the wall clock of the value is kept."""
    return value.replace(tzinfo=None)


def to_xlsx(
    columns: Sequence[object], rows: Iterable[Sequence[Any]], sheet: str = "Tabelle", *, created: datetime | None = None
) -> bytes:
    """The table as XLSX with a bold frozen header, filter and fitting widths; texts stay texts, dates stay dates."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, options)
    if created:
        book.set_properties({"created": _naive(created)})
    page = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", sheet).strip()[:31] or "Tabelle")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    styles: dict[type, Any] = {
        kind: book.add_format({"num_format": shape, "valign": "top", "align": "left"})
        for kind, shape in ((datetime, "dd.mm.yyyy hh:mm"), (date, "dd.mm.yyyy"), (time, "hh:mm"))
    }
    widths = [len(str(column)) for column in columns]
    page.write_row(0, 0, [str(column) for column in columns], head)
    count = 0
    for count, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            length = _write_cell(page, count, place, value, styles)
            if place < len(widths):
                widths[place] = max(widths[place], length)
    for place, width in enumerate(widths):
        page.set_column(place, place, min(60, max(8, width + 2)))
    page.freeze_panes(1, 0)
    if columns:
        page.autofilter(0, 0, max(count, 1), len(columns) - 1)
    book.close()
    return buffer.getvalue()


def _write_cell(page: Any, line: int, place: int, value: Any, styles: dict[type, Any]) -> int:
    """Writes one cell by the type of its value and returns how wide it wants to be."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        page.write_boolean(line, place, value)
        return 6
    if isinstance(value, int | float):
        page.write_number(line, place, value)
        return len(str(value))
    if isinstance(value, datetime | date | time):
        shown = _naive(value) if isinstance(value, datetime) else value
        page.write_datetime(line, place, shown, styles[type(value)])
        return 16 if isinstance(value, datetime) else 10
    text = _NOT_FOR_XML.sub("", str(value))[:MAX_CELL]
    page.write_string(line, place, text)
    return max((len(part) for part in text.split("\n")), default=0)


def read_table(content: bytes, filename: str) -> Table:
    """The first sheet or the CSV as texts; Refused with a sentence when it is neither, empty or too large."""
    is_workbook = content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    lines = _workbook_lines(content) if is_workbook else _csv_lines(content, filename)
    table = Table([], [])
    for line, cells in lines:
        cleaned = [cell.strip() for cell in cells]
        while cleaned and not cleaned[-1]:
            cleaned.pop()
        if not cleaned:
            continue
        if len(table.rows) >= MAX_ROWS:
            raise Refused(_l("The table has more than %(most)s rows. Please split it.", most=MAX_ROWS))
        if len(cleaned) > MAX_COLUMNS:
            raise Refused(_l("The table has more than %(most)s columns.", most=MAX_COLUMNS))
        if any(len(cell) > MAX_CELL for cell in cleaned):
            raise Refused(_l("A cell in line %(line)s holds more than %(most)s characters.", line=line, most=MAX_CELL))
        if table.header:
            table.rows.append((line, cleaned))
        else:
            table.header.extend(cleaned)
    if not table.header:
        raise Refused(_l("The table is empty."))
    return table


def _workbook_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    import python_calamine

    _refuse_zip_bomb(content)
    try:
        rows = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except Exception as problem:  # the reader's many kinds of error all mean the same to the person
        raise Refused(_l("The file cannot be read as a table. Please save it as XLSX or CSV.")) from problem
    return ((line, [_cell_text(cell) for cell in row]) for line, row in enumerate(rows, start=1))


def _refuse_zip_bomb(content: bytes) -> None:
    import zipfile

    if content[:2] != b"PK":
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as problem:
        raise Refused(_l("The file cannot be read as a table. Please save it as XLSX or CSV.")) from problem
    if unpacked > 100_000_000:
        raise Refused(_l("The table is too large."))


def _cell_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    return safe_cell(value) if not isinstance(value, str) else value


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")


def _csv_lines(content: bytes, filename: str) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    if "\x00" in text or not filename.lower().endswith((".csv", ".txt", ".tsv")):
        raise Refused(_l("The file cannot be read as a table. Please save it as XLSX or CSV."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as problem:
        raise Refused(_l("The file cannot be read as a table. Please save it as XLSX or CSV.")) from problem
