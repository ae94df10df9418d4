"""Tables in and out: formulas stay texts, dates stay dates, odd files are refused with a sentence."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
import python_calamine
import xlsxwriter

from eventsite.core import tables
from eventsite.core.errors import Refused

DANGEROUS = ["=1+1", "+49 561", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200b=1", "＝1"]


def _cells(workbook: bytes) -> list[list[object]]:
    book = python_calamine.load_workbook(io.BytesIO(workbook))
    return list(book.get_sheet_by_index(0).to_python())


def test_to_csv_rows() -> None:
    rows = [["Łucja; Şahin", 3, None], ['sagt "ja"', date(2026, 3, 12), True]]
    assert tables.to_csv(["Name", "Zahl", "x"], rows).decode() == (
        'Name,Zahl,x\r\nŁucja; Şahin,3,\r\n"sagt ""ja""",2026-03-12,1\r\n'
    )


def test_to_csv_for_german_excel() -> None:
    assert tables.to_csv(["a", "b"], [["ä", "c;d"]], bom=True, delimiter=";") == '\ufeffa;b\r\nä;"c;d"\r\n'.encode()


@pytest.mark.parametrize("text", DANGEROUS)
def test_safe_cell_dangerous_text_is_no_formula(text: str) -> None:
    assert tables.safe_cell(text) == f"'{text}"


def test_safe_cell_numbers_stay_numbers() -> None:
    assert tables.safe_cell(-3) == "-3"


def test_csv_lines_stream_in_pieces() -> None:
    pieces = list(tables.csv_lines(["a"], (["x" * 1000] for _ in range(200))))
    assert len(pieces) > 2
    assert b"".join(pieces) == tables.to_csv(["a"], (["x" * 1000] for _ in range(200)))


@pytest.mark.parametrize("text", DANGEROUS)
def test_to_xlsx_dangerous_text_is_a_string_cell(text: str) -> None:
    content = tables.to_xlsx(["a"], [[text]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_to_xlsx_types() -> None:
    when = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
    content = tables.to_xlsx(["Name", "Tag", "Zeit", "n"], [["https://example.org", when.date(), when, 7]], "a/b:c")
    assert _cells(content) == [
        ["Name", "Tag", "Zeit", "n"],
        ["https://example.org", date(2026, 3, 12), datetime(2026, 3, 12, 9, 30), 7.0],  # noqa: DTZ001 - a sheet has no zone
    ]


def test_to_xlsx_control_characters_do_not_break_the_file() -> None:
    assert _cells(tables.to_xlsx(["a"], [["x\x00\x0by\ud800"]])) == [["a"], ["xy"]]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffName;Ort\r\nŞahin;Köln\r\n".encode(),
        "Name,Ort\nŞahin,Köln\n".encode(),
        "Name\tOrt\nŞahin\tKöln".encode("utf-16"),
    ],
)
def test_read_table_csv_encodings_and_separators(content: bytes) -> None:
    table = tables.read_table(content, "liste.csv")
    assert (table.header, table.rows) == (["Name", "Ort"], [(2, ["Şahin", "Köln"])])


def test_read_table_latin_1() -> None:
    assert tables.read_table("Name;Ort\nMüller;Köln".encode("latin-1"), "L.CSV").rows == [(2, ["Müller", "Köln"])]


def test_read_table_line_numbers_survive_empty_lines_and_breaks_in_cells() -> None:
    table = tables.read_table(b'a,b\n\n"x\ny",1\nz,2\n', "t.csv")
    assert table.rows == [(3, ["x\ny", "1"]), (5, ["z", "2"])]
    assert list(table.records()) == [(3, {"a": "x\ny", "b": "1"}), (5, {"a": "z", "b": "2"})]


def test_read_table_xlsx_round_trip() -> None:
    content = tables.to_xlsx(["Name", "Nr", "Tag"], [["Łucja", 12, date(2026, 3, 1)], ["Bo", 1.5, None]])
    assert tables.read_table(content, "x.xlsx").rows == [(2, ["Łucja", "12", "2026-03-01"]), (3, ["Bo", "1.5"])]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.csv"),
        (b"\n\n", "a.csv"),
        (b"PK\x03\x04broken", "a.xlsx"),
        (b"\x89PNG\r\n\x1a\n\x00", "a.csv"),
        (b"a,b", "a.exe"),
        (b"," * 5000 + b"x", "a.csv"),
        (b"a\n" + b"x\n" * (tables.MAX_ROWS + 1), "a.csv"),
        (b'a\n"' + b"x" * 200_000, "a.csv"),
    ],
    ids=["nothing", "blank", "broken", "picture", "ending", "wide", "long", "large-cell"],
)
def test_read_table_odd_file_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(Refused):
        tables.read_table(content, name)


def test_read_table_zip_bomb_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 101_000_000)
    with pytest.raises(Refused):
        tables.read_table(buffer.getvalue(), "bomb.xlsx")


def test_read_table_merged_cells_count_in_their_first_cell() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Name", "E-Mail", "Ort"])
        page.merge_range(1, 0, 2, 0, "Ada")
        page.write_row(1, 1, ["ada@example.org", "Kassel"])
        page.write_row(2, 1, ["bo@example.org", "Fulda"])
        page.merge_range(3, 0, 3, 2, "Gäste aus Fulda")
    found = tables.read_table(content.getvalue(), "guests.xlsx")
    assert found.rows == [
        (2, ["Ada", "ada@example.org", "Kassel"]),
        (3, ["", "bo@example.org", "Fulda"]),
        (4, ["Gäste aus Fulda"]),
    ]
