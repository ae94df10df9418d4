"""What is read from a table of people, and what is wrong with which line."""

import pytest

from eventsite.registration import rules_lists
from eventsite.registration.rules_lists import Known

COLUMNS = {"email": 0, "name": 1}


def read(*cells: list[str], known: Known = Known(), needs_name: bool = False, **columns: int) -> list[str]:
    """The fault of each line."""
    rows = list(enumerate(cells, start=2))
    found = rules_lists.read(rows, {**COLUMNS, **columns}, known, needs_name=needs_name, default_language="de")
    return [line.fault for line in found]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["E-Mail", "Nachname", "Vorname", "Institution"], {"email": 0, "name": 1, "first_name": 2, "organisation": 3}),
        (["Name", "E-mail address", "Sprache"], {"name": 0, "email": 1, "language": 2}),
        (["Mail", "Rechts-Grundlage", "Bemerkung"], {"email": 0, "basis_note": 1, "note": 2}),
        (["A", "B"], {}),
        (["Name", "Name", "email"], {"name": 0, "email": 2}),
        ([], {}),
    ],
)
def test_columns_are_guessed_by_their_names(header: list[str], expected: dict[str, int]) -> None:
    assert rules_lists.guess(header) == expected


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (["a@example.org", "A"], ""),
        (["  mailto:a@example.org ", "A"], ""),
        (["müller@bücher.example", ""], ""),
        ([], "email missing"),
        (["", "A"], "email missing"),
        (["a@", "A"], "email wrong"),
        (["a b@example.org", "A"], "email wrong"),
        (["a@example.org, b@example.org", "A"], "email wrong"),
        (["a@example.org", "=HYPERLINK(1)"], "formula"),
        (["=A1", ""], "formula"),
        (["a@example.org", "x" * 201], "too long"),
        (["registered@example.org", ""], "registered"),
        (["INVITED@example.org", ""], "invited"),
        (["never@example.org", ""], "unsubscribed"),
    ],
)
def test_fault_of_a_line(cells: list[str], fault: str) -> None:
    def one(name: str) -> frozenset[str]:
        return frozenset({f"{name}@example.org"})

    assert read(cells, known=Known(one("registered"), one("invited"), one("never"))) == [fault]


def test_twice_in_the_table_is_named_at_the_later_line() -> None:
    assert read(["a@example.org"], ["b@example.org"], ["A@Example.org"]) == ["", "", "twice"]


def test_faulty_line_does_not_make_a_later_good_one_a_duplicate() -> None:
    assert read(["a@example.org", "=1"], ["a@example.org", "A"]) == ["formula", ""]


def test_name_and_basis_are_asked_for_where_they_count() -> None:
    assert read(["a@example.org", ""], needs_name=True) == ["name missing"]
    assert read(["a@example.org", "A", ""], basis_note=2) == ["basis missing"]


def test_values_are_joined_and_languages_understood() -> None:
    rows = [
        (2, ["a@example.org", " Łęcka ", "Zoë", "Englisch"]),
        (3, ["b@example.org", "B"]),
        (4, ["c@example.org", "", "", "fr"]),
    ]
    columns = {**COLUMNS, "first_name": 2, "language": 3}
    found = rules_lists.read(rows, columns, Known(), needs_name=False, default_language="de")
    assert [(one.values["name"], one.values["language"], one.fault) for one in found] == [
        ("Zoë Łęcka", "en", ""),
        ("B", "de", ""),
        ("", "fr", "language unknown"),
    ]


def test_every_fault_has_a_sentence() -> None:
    assert all(str(sentence).endswith(".") for sentence in rules_lists.FAULTS.values())
