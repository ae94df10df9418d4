"""No table is forgotten: each is named in privacy's inventory for copying an event, for export and for erasure.

The inventory is four dicts, table → what happens, in words: COPY (into a new event made from an old one), EXPORT (what
a person may ask for), ERASE (what is removed or blanked, and when), EXEMPT (why a table needs none of those it is not
named in). What is exported and erased belongs to persons, and is copied only where COPY names it.
"""

from collections.abc import Mapping

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from eventsite import schema  # noqa: F401 - loads every table
from eventsite.core.db import Model
from eventsite.privacy import inventory

PURPOSES = ("COPY", "EXPORT", "ERASE")
OF_PERSONS = ("EXPORT", "ERASE")
PERSONAL_TABLES = {"people", "person", "persons", "registration", "registrations"}

Inventory = Mapping[str, Mapping[str, str]]


def faults(metadata: MetaData, inventory: Inventory) -> list[str]:
    found = [f"{name} is not a table" for words in inventory.values() for name in words if name not in metadata.tables]
    found += [
        f"{purpose}: {name} says nothing"
        for purpose, words in inventory.items()
        for name in words
        if not words[name].strip()
    ]
    for name, table in sorted(metadata.tables.items()):
        missing = [purpose for purpose in PURPOSES if name not in inventory[purpose]]
        if missing == ["COPY"]:
            continue
        if missing and name not in inventory["EXEMPT"]:
            found.append(f"{name}: not named in {', '.join(missing)}")
        for column in personal_columns(table):
            if set(OF_PERSONS) & set(missing) and column not in inventory["EXEMPT"].get(name, ""):
                found.append(f"{name}.{column} points to a person: name the column in its reason")
    return found


def personal_columns(table: Table) -> list[str]:
    """Columns that point to a person or a registration."""
    return [
        column.name
        for column in table.columns
        if {key.target_fullname.split(".")[0] for key in column.foreign_keys} & PERSONAL_TABLES
    ]


def test_every_table_is_named() -> None:
    assert faults(Model.metadata, {purpose: getattr(inventory, purpose) for purpose in (*PURPOSES, "EXEMPT")}) == []


def test_persons_and_registrations_are_where_this_test_looks() -> None:
    assert len(PERSONAL_TABLES & Model.metadata.tables.keys()) == 2
    assert any(personal_columns(table) for table in Model.metadata.tables.values())


def small_schema() -> MetaData:
    metadata = MetaData()
    Table("people", metadata, Column("id", Integer, primary_key=True))
    Table("wishes", metadata, Column("id", Integer, primary_key=True), Column("person_id", ForeignKey("people.id")))
    Table("rooms", metadata, Column("id", Integer, primary_key=True))
    return metadata


COMPLETE = {
    "COPY": {"rooms": "copied"},
    "EXPORT": {"people": "all", "wishes": "all"},
    "ERASE": {"people": "blanked", "wishes": "removed"},
    "EXEMPT": {"rooms": "about no person"},
}


def changed(purpose: str, **entries: str | None) -> Inventory:
    words = {**COMPLETE[purpose], **entries}
    return {**COMPLETE, purpose: {name: said for name, said in words.items() if said is not None}}


@pytest.mark.parametrize(
    ("inventory", "expected"),
    [
        (COMPLETE, []),
        (changed("EXEMPT", rooms=None), ["rooms: not named in EXPORT, ERASE"]),
        (
            changed("ERASE", wishes=None),
            ["wishes: not named in COPY, ERASE", "wishes.person_id points to a person: name the column in its reason"],
        ),
        (changed("COPY", halls="copied"), ["halls is not a table"]),
        (changed("EXPORT", people=" "), ["EXPORT: people says nothing"]),
        (changed("COPY", wishes="all"), []),
    ],
)
def test_planted_gap_is_found(inventory: Inventory, expected: list[str]) -> None:
    assert faults(small_schema(), inventory) == expected
