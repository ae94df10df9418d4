"""What a table of people has to look like: which column is what, and what is wrong with which line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people.rules import email_key

FIELDS: dict[str, Any] = {
    "email": _l("E-mail address"),
    "name": _l("Name"),
    "first_name": _l("First name, where it has a column of its own"),
    "organisation": _l("Organisation"),
    "language": _l("Language"),
    "note": _l("Note for the team"),
    "basis_note": _l("Basis, in words"),
}
# What people call their columns; compared without capitals, spaces and signs.
NAMES: dict[str, tuple[str, ...]] = {
    "email": ("email", "emailadresse", "mail", "mailadresse", "emailaddress", "epost"),
    "name": ("name", "vollername", "fullname", "nachname", "familienname", "lastname", "surname", "teilnehmer"),
    "first_name": ("vorname", "firstname", "givenname"),
    "organisation": ("organisation", "organization", "institution", "firma", "company", "dienststelle", "einrichtung"),
    "language": ("sprache", "language", "lang"),
    "note": ("notiz", "note", "notes", "bemerkung", "bemerkungen", "anmerkung", "comment"),
    "basis_note": ("grundlage", "rechtsgrundlage", "basis", "legalbasis"),
}
LANGUAGES = {"de": "de", "deutsch": "de", "german": "de", "en": "en", "englisch": "en", "english": "en"}
BASES: dict[str, Any] = {
    "consent": _l("They agreed to be invited"),
    "relation": _l("They took part in an earlier event of ours, or work with us"),
    "office": _l("We write to their office address because of their function"),
}
REASONS: dict[str, Any] = {
    "consent": _l("You receive this message because you agreed to receive our invitations."),
    "relation": _l("You receive this message because you took part in an earlier event of ours or work with us."),
    "office": _l("You receive this message because the event concerns your function."),
}
STATES: dict[str, Any] = {
    "listed": _l("not invited yet"),
    "sending": _l("invitation is being sent"),
    "invited": _l("invited"),
    "bounced": _l("mail came back"),
    "registered": _l("registered"),
    "declined": _l("declined"),
    "unsubscribed": _l("wants no invitations"),
}
LIMITS = {"name": 200, "organisation": 200, "note": 1000, "basis_note": 300, "email": 254}
FAULTS: dict[str, Any] = {
    "email missing": _l("The e-mail address is missing."),
    "email wrong": _l("This does not look like an e-mail address."),
    "name missing": _l("The name is missing."),
    "basis missing": _l("The basis is missing."),
    "language unknown": _l("We do not know this language; de and en are offered."),
    "too long": _l("A cell is too long."),
    "formula": _l("A cell begins like a formula. Please put its value there instead."),
    "twice": _l("This address stands in an earlier line already."),
    "registered": _l("This address is registered already."),
    "invited": _l("This address is on the list of invitations already."),
    "unsubscribed": _l("This person does not want invitations."),
}


@dataclass(frozen=True)
class Known:
    """Addresses (as keys) that cannot come in once more."""

    registered: frozenset[str] = frozenset()
    invited: frozenset[str] = frozenset()
    unsubscribed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Line:
    """One row of the table, read: its line number, its values by field, and what is wrong with it (a key of FAULTS)."""

    number: int
    values: dict[str, str]
    fault: str = ""


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def guess(header: Sequence[str]) -> dict[str, int]:
    """Which column holds what, by the names people usually give; each column once."""
    found: dict[str, int] = {}
    plain = [_plain(name) for name in header]
    for field, names in NAMES.items():
        for name in names:
            if name in plain and plain.index(name) not in found.values():
                found[field] = plain.index(name)
                break
    return found


def read(
    rows: Iterable[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    known: Known,
    *,
    needs_name: bool,
    default_language: str,
) -> list[Line]:
    """Every row with its values cleaned, and the first thing that is wrong with it."""
    seen: set[str] = set()
    found = []
    for number, cells in rows:
        values = _values(cells, columns, default_language)
        fault = _fault(values, columns, needs_name=needs_name) or _clash(email_key(values["email"]), seen, known)
        if not fault:
            seen.add(email_key(values["email"]))
        found.append(Line(number, values, fault))
    return found


def _values(cells: Sequence[str], columns: Mapping[str, int], default_language: str) -> dict[str, str]:
    values = dict.fromkeys(FIELDS, "")
    for field, place in columns.items():
        if field in values and 0 <= place < len(cells):
            values[field] = " ".join(cells[place].split())
    values["email"] = values["email"].removeprefix("mailto:")
    values["name"] = f"{values.pop('first_name')} {values['name']}".strip()
    values["language"] = LANGUAGES.get(values["language"].casefold(), values["language"]) or default_language
    return values


def _fault(values: Mapping[str, str], columns: Mapping[str, int], *, needs_name: bool) -> str:
    if any(text.startswith(("=", "@", "+=")) for text in values.values()):
        return "formula"
    if not values["email"]:
        return "email missing"
    if any(len(values[field]) > most for field, most in LIMITS.items()):
        return "too long"
    if not is_address(values["email"]):
        return "email wrong"
    if needs_name and not values["name"]:
        return "name missing"
    if "basis_note" in columns and not values["basis_note"]:
        return "basis missing"
    return "" if values["language"] in ("de", "en") else "language unknown"


def _clash(key: str, seen: set[str], known: Known) -> str:
    if key in seen:
        return "twice"
    if key in known.registered:
        return "registered"
    if key in known.invited:
        return "invited"
    return "unsubscribed" if key in known.unsubscribed else ""


def is_address(text: str) -> bool:
    """Whether an address can be written to by its shape; no name server is asked."""
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
