"""The Kassel meeting as the outline takes it: real order, names and titles; every sentence is the test's own."""

from datetime import UTC, date, datetime
from typing import Any

from eventsite.documentation.outline import Materials, Part

DAY = datetime(2026, 3, 12, tzinfo=UTC)
Words = dict[str, str]


def both(german: str, english: str = "") -> Words:
    return {"de": german, "en": english} if english else {"de": german}


def at(hour: int, minute: int = 0) -> datetime:
    return DAY.replace(hour=hour - 1, minute=minute)


def person(name: str, *organisations: str, role: str = "") -> dict[str, Any]:
    uid = name.split()[-1].lower()
    return {
        "uid": uid, "slug": uid, "name": name, "sort_name": name.split()[-1], "role_label": role,
        "organisations": list(organisations),
    }  # fmt: skip


def item(row: int, kind: str, title: Words, start: datetime, end: datetime, **values: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "id": row, "uid": f"i{row}", "slug": f"item-{row}", "kind": kind, "number": "", "title": title,
        "subtitle": {}, "abstract": {}, "leading_questions": {}, "place": {}, "starts_at": start, "ends_at": end,
        "room": None, "round": None, "position": row, "status": "confirmed", "open_people": False, "people": [],
    }  # fmt: skip
    return {**usual, **values}


WORKSHOPS = (
    ("Vernetzungsplattform für zivilgesellschaftliches Engagement", ""),
    ("Vernetzungsstrukturen zum Übergang Schule–Beruf", ""),
    ("Tragfähiges Netzwerk der beruflichen Integration junger Flüchtlinge in Nürnberg", "Nürnberg"),
    ("Kooperationsprozesse der kommunalen Steuerungsgruppe im Programm „Willkommen in Dessau-Roßlau“", "Dessau-Roßlau"),
)


def days(workshops: int = 4) -> list[dict[str, Any]]:
    welcome = item(
        1, "welcome", both("Begrüßung", "Welcome"), at(10), at(10, 20),
        people=[person("Markus Weiland", "DLR-Projektträger", "Transferagentur für Großstädte")],
    )  # fmt: skip
    keynote = item(2, "keynote", both("Externe Kooperation"), at(10, 20), at(11), people=[person("Markus Lindner")])
    panel = item(
        3, "panel", both("Podium", "Panel"), at(11), at(12, 15), open_people=True,
        people=[person("Christine Knüppel"), person("Martina Schuster")],
    )  # fmt: skip
    lunch = item(4, "break", both("Mittagspause", "Lunch"), at(12, 15), at(13, 15))
    listed = [
        item(
            10 + n, "workshop", both(WORKSHOPS[n % 4][0]), at(13, 15), at(15), number=str(n + 1), round="r",
            place=both(WORKSHOPS[n % 4][1]) if WORKSHOPS[n % 4][1] else {},
        )
        for n in range(workshops)
    ]  # fmt: skip
    round_ = {
        "id": 1, "uid": "r", "title": both("Workshops"), "position": 0, "starts_at": at(13, 15), "ends_at": at(15),
        "items": listed,
    }  # fmt: skip
    entries = [welcome, keynote, panel, lunch, *([round_] if listed else [])]
    return [{"date": date(2026, 3, 12), "entries": entries}]


def parts() -> list[Part]:
    reported = {"is_reported": True}
    findings = ("Verbindlichkeit herstellen", "Die strategische Ebene überzeugen", "Strukturen prüfen")
    return [
        Part("t1", "text", {"title": both("Der Tag", "The day"), "text": both("Ein *Bericht*.", "A *report*.")}),
        Part("q1", "quote", {"text": both("Erst sehen, was da ist."), **reported}, person=person("Christine Knüppel")),
        Part("q2", "quote", {"text": both("In alle Richtungen."), **reported}, person=person("Martina Schuster")),
        Part("t2", "text", {"title": both("Vertrauen"), "text": both("Mehr.")}),
        Part("q3", "quote", {"text": both("Kurz."), "rest": both("Lang."), **reported, "name": "Jürgen Ripplinger"}),
        Part("q4", "quote", {"text": both("Offen sagen."), "label": both("Teilnehmende Person"), **reported}),
        Part("w0", "workshops", {"text": both("Vier Fälle.")}),
        *[
            Part(f"f{n}", "finding", {"title": both(title), "text": both("Ein Absatz.")}, item_id=11)
            for n, title in enumerate(findings, 1)
        ],
        Part("m1", "core_message", {"text": both("Vertrauen trägt.", "Trust carries.")}),
        Part("p1", "person", {"title": both("Ebenfalls genannt"), "name": "Dr. Daniel März"}),
        Part("g1", "gallery", {"title": both("Einige Eindrücke")}),
        Part(
            "c1", "contact", {"title": both("Ansprechperson"), "name": "Annegret Sommerfeld", "email": "a@example.org"}
        ),
    ]


def photo(number: int = 1) -> dict[str, Any]:
    return {
        "id": f"ph{number}", "url": "/media/x.jpg", "width": 900, "height": 600, "sources": [], "large_url": "/media/y.jpg",
        "alt": both("Ein Saal", "A hall"), "is_decorative": False, "caption": both("Der Saal"), "credit": "Foto Muster",
        "licence": "CC0 1.0", "licence_url": "https://creativecommons.org/publicdomain/zero/1.0/", "print_key": "0" * 64,
        "item_id": None,
    }  # fmt: skip


def file(number: int = 1, item_id: int | None = None) -> dict[str, Any]:
    return {
        "id": f"d{number}", "title": both("Arbeitsblatt"), "filename": "arbeitsblatt.odt", "kind": "ODT", "size": 2048,
        "licence": "CC0 1.0", "credit": "", "language": "de", "item_id": item_id,
    }  # fmt: skip


def event() -> dict[str, Any]:
    return {
        "slug": "kassel", "kind": both("Fachveranstaltung"), "title": both("Externe Kooperation", "External cooperation"),
        "subtitle": {}, "lead": both("Ein Tag in Kassel."), "facts": [], "starts_at": at(10), "ends_at": at(16),
        "zone": "Europe/Berlin", "accent": "#0b5a6b", "place": {"name": both("Kulturbahnhof"), "address": "", "town": "Kassel"},
        "hosts": [{"name": both("DLR-Projektträger"), "website": ""}, {"name": both("Transferagentur für Großstädte")}],
        "contact": {"name": "Tagungsbüro", "email": "buero@example.org", "phone": ""},
    }  # fmt: skip


def materials(**values: Any) -> Materials:
    usual: dict[str, Any] = {
        "event": event(), "lead": both("Was bleibt."), "days": days(), "parts": parts(), "photos": [photo()],
        "files": [file(), file(2, 11)], "participants": 78,
    }  # fmt: skip
    return Materials(**{**usual, **values})
