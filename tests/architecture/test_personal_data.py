"""No table is forgotten: each is named in privacy's inventory for copying an event, for export and for erasure.

The inventory is dicts, table → what happens, in words: COPY (into a new event made from an old one), NOT_COPIED (why
never), EXPORT (what a person may ask for), ERASE (what is removed or blanked, and when), EXEMPT (why a table needs none
of those it is not named in). What is exported and erased belongs to persons, and is copied only where COPY names it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import Column, DateTime, ForeignKey, Integer, MetaData, Table

from eventsite import schema  # noqa: F401 - loads every table
from eventsite.core.db import Model
from eventsite.privacy import inventory
from eventsite.site import copying, rules_copying

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


def undecided(tables: Collection[str], inventory: Any) -> list[str]:
    """Tables of which nobody has said whether they come along when an event is copied, or of which both is said."""
    of_persons = set(inventory.EXPORT) | set(inventory.ERASE)
    found = [f"{name}: copied or not? Name it in COPY or NOT_COPIED" for name in tables if name not in inventory.COPY]
    found = [line for line in found if line.split(":")[0] not in of_persons | set(inventory.NOT_COPIED)]
    return found + [f"{name}: both copied and not" for name in inventory.COPY if name in inventory.NOT_COPIED]


def test_every_table_is_copied_with_an_event_or_never() -> None:
    tables = sorted(Model.metadata.tables)
    assert undecided(tables, inventory) == []
    assert [name for name in inventory.NOT_COPIED if name not in tables] == []
    assert undecided([*tables, "planted"], inventory) == ["planted: copied or not? Name it in COPY or NOT_COPIED"]


def test_every_copied_column_is_decided() -> None:
    """Dates and what leads elsewhere: a new column of a copied table has to be placed in site/rules_copying.py."""
    assert copying.MODELS.keys() == rules_copying.COPIED.keys() == inventory.COPY.keys()
    assert [fault for name in rules_copying.COPIED for fault in undecided_columns(Model.metadata.tables[name])] == []
    planted = Table("round", MetaData(), Column("told_at", DateTime), Column("person_id", ForeignKey("person.id")))
    assert list(undecided_columns(planted)) == ["round.told_at", "round.person_id"]


def undecided_columns(table: Table) -> Iterator[str]:
    spec = rules_copying.COPIED[table.name]
    decided = {*spec.times, *spec.deadlines, *spec.now, *spec.new, *spec.emptied, *spec.leads, *spec.kept, spec.owner}
    for column in table.columns:
        is_date = isinstance(getattr(column.type, "impl", column.type), DateTime)
        if (is_date or column.foreign_keys or column.unique) and column.key not in decided:
            yield f"{table.name}.{column.key}"


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
