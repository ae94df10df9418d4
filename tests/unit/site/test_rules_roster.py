"""What an address of the organisers' list asks for, and what becomes of what it should not ask for."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from eventsite.registration import library
from eventsite.site import rules_roster
from eventsite.site.rules_roster import Facets, Part, Wanted, Workshop
from tests.every_kind import ATTENDANCE

KNOWN = Facets(
    [ATTENDANCE, library.MUNICIPALITY],
    [Part(1, "r1", {"de": "Runde"}, [Workshop(7, "w7", {"de": "Netze"}, "1")])],
    {"photo": {"de": "Bilder"}},
)


def read(**given: str | list[str]) -> Wanted:
    arguments = {name.replace("__", "-"): [v] if isinstance(v, str) else v for name, v in given.items()}
    return rules_roster.read(arguments, KNOWN)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {}),
        ({"q": "  Clara \x00  Öztürk "}, {"text": "Clara Öztürk"}),
        ({"status": "waiting,confirmed"}, {"statuses": ("confirmed", "waiting")}),
        ({"status": ["waiting", "confirmed"]}, {"statuses": ("confirmed", "waiting")}),
        ({"a__attendance": "online"}, {"answers": (("attendance", "online"),)}),
        ({"a__attendance": "none"}, {"answers": (("attendance", "none"),)}),
        ({"wish": "w7", "place": "none"}, {"wish": "w7", "place": "none"}),
        ({"consent": "-photo"}, {"consent": "-photo"}),
        ({"source": "import", "language": "en"}, {"source": "import", "language": "en"}),
        ({"since": "2027-01-05"}, {"since": date(2027, 1, 5)}),
        ({"sort": "newest"}, {"sort": "newest"}),
        ({"sort": "password"}, {}),
        ({"columns": "email,q-municipality,wish-r1"}, {"columns": ("email", "q-municipality", "wish-r1")}),
        ({"columns": ["status", "status", "q-diet"]}, {"columns": ("status",)}),
        ({"columns": "q-diet"}, {}),
    ],
)
def test_address_is_read(given: Any, expected: dict[str, Any]) -> None:
    assert read(**given) == replace(Wanted(), **expected)


@pytest.mark.parametrize(
    "given",
    [
        {"status": "confirmed,gone"},
        {"a__attendance": "moon"},
        {"a__municipality": "Kassel"},  # free text is searched, not filtered
        {"a__diet": "vegan"},  # health is never a filter: the file made from it would tell
        {"wish": "w8"},
        {"place": "w8"},
        {"consent": "blood"},
        {"source": "<script>"},
        {"since": "yesterday"},
        {"until": "0001-01-01"},
        {"presence": "maybe"},
        {"mail": "sent"},
        {"mode": "moon"},
        {"coming": "maybe"},
        {"decision": "yes"},
    ],
)
def test_what_is_unknown_is_named_so_that_nobody_fits_instead_of_everybody(given: Any) -> None:
    assert len(read(**given).unknown) == 1


def test_arguments_say_the_same_again() -> None:
    given = {
        "q": "Clara", "status": "confirmed,waiting", "organisation": "Stadt", "a-attendance": "online", "wish": "w7",
        "place": "none", "consent": "-photo", "source": "form", "language": "de", "mode": "online",
        "coming": "no", "decision": "open", "mail": "failed",
        "presence": "yes",
        "since": "2027-01-01", "until": "2027-01-31", "sort": "queue", "columns": "email,q-municipality",
    }  # fmt: skip
    wanted = rules_roster.read({name: [value] for name, value in given.items()}, KNOWN)
    assert (wanted.arguments(), wanted.further, wanted.unknown) == (given, 14, ())
    assert Wanted().arguments() == {}


def test_helpers_search_names_and_nothing_else() -> None:
    given = {name: [value] for name, value in {"q": "Clara", "mail": "failed", "columns": "email"}.items()}
    expected = Wanted(text="Clara", columns=rules_roster.NAMES_ONLY)
    assert rules_roster.read(given, Facets(), names_only=True) == expected


def test_every_column_has_a_head() -> None:
    labels = rules_roster.column_labels(KNOWN)
    assert [key for key in labels if key not in rules_roster.FIXED] == [
        *("q-attendance", "q-municipality", "wish-r1", "place-r1", "consent-photo")
    ]
    assert all(labels.values())
