"""Makes the demonstration's downloads: a programme sheet, a working sheet (ODT) and a network grid (CSV)."""

from __future__ import annotations

import csv
from html import escape
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from eventsite.demo.shapes import DemoEvent, Item

QUESTIONS = (
    ("Ausgangslage", (
        "Welche Runden und Absprachen gibt es schon?",
        "Wer sitzt dort, und wer fehlt?",
        "Was wissen wir, und was vermuten wir nur?",
    )),
    ("Ziel", (
        "Was soll in sechs Monaten anders sein? Ein Satz genügt.",
        "Woran merken die Menschen vor Ort, dass es gelungen ist?",
        "Was können wir hier nicht lösen, und wem sagen wir das?",
    )),
    ("Zusammenarbeit", (
        "Was bringt jede Seite ein, und was gibt sie ab?",
        "Wer informiert wen, wie oft und auf welchem Weg?",
        "Wie gehen wir mit Daten um, die nicht allen gehören?",
    )),
    ("Bestand", (
        "Wer hat den Auftrag, und wo steht er geschrieben?",
        "Was geschieht, wenn eine Person die Stelle wechselt?",
        "Wann prüfen wir, ob es diese Runde noch braucht?",
    )),
)  # fmt: skip

GRID_HEAD = (
    "Organisation",
    "Art",
    "Bringt ein",
    "Braucht von uns",
    "Kontakt hält",
    "Letztes Gespräch",
    "Nächster Schritt",
)
GRID_ROWS = (
    ("Jobcenter (Beispiel)", "Behörde", "Zugang zu Maßnahmen", "frühe Hinweise auf Bedarf", "Bildungsbüro", "2026-02-10", "gemeinsame Sprechstunde planen"),
    ("Volkshochschule (Beispiel)", "Bildungsträger", "Kurse, Räume", "Zahlen zu Sprachständen", "Koordination", "2026-01-28", "Kursplan abstimmen"),
    ("Nachbarschaftsverein (Beispiel)", "Verein", "Vertrauen, Ehrenamtliche", "feste Ansprechperson", "Quartiersbüro", "2026-02-19", "Vereinbarung unterschreiben"),
    ("Handwerkskammer (Beispiel)", "Kammer", "Betriebe, Praktika", "Begleitung der Jugendlichen", "Koordination", "2025-12-04", "Termin erneuern"),
    ("", "", "", "", "", "", ""),
)  # fmt: skip

_NAMES = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def network_grid_csv() -> bytes:
    """The network grid; with a byte order mark and semicolons, as German spreadsheets expect it."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(GRID_HEAD)
    writer.writerows(GRID_ROWS)
    return out.getvalue().encode("utf-8-sig")


def working_sheet_odt() -> bytes:
    """The working sheet as an OpenDocument text with real headings, always the same bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        parts = (
            ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", _content()), ("styles.xml", _styles()),
            ("meta.xml", _meta()), ("META-INF/manifest.xml", _manifest()),
        )  # fmt: skip
        for name, text in parts:
            info = ZipInfo(name, (2026, 3, 12, 12, 0, 0))
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return out.getvalue()


def programme_sheet_html(event: DemoEvent, language: str = "de") -> str:
    """The programme on one page as a body of HTML, for our own PDF door."""
    rows = []
    for item in sorted(event.items, key=lambda entry: (entry.day, entry.starts, entry.number or 0)):
        rows.append(
            f"<tr><td>{item.starts}–{item.ends}</td><td>{_title(item, language)}</td><td>{_room(event, item, language)}</td></tr>"
        )
    labels = ("Zeit", "Programmpunkt", "Raum") if language == "de" else ("Time", "Item", "Room")
    head = "".join(f'<th scope="col">{label}</th>' for label in labels)
    title, subtitle = escape(event.title[language]), escape(event.subtitle[language])
    place = escape(f"{event.venue.name[language]}, {event.venue.city}") if event.venue else ""
    return f"<h1>{title}</h1><p>{subtitle}</p><p>{place}</p><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _title(item: Item, language: str) -> str:
    number = f"{item.number}. " if item.number else ""
    return f"{number}{escape(item.title[language])}"


def _room(event: DemoEvent, item: Item, language: str) -> str:
    rooms = event.venue.rooms if event.venue else ()
    return next((escape(room.name[language]) for room in rooms if room.key == item.room), "")


def _content() -> str:
    body = ['<text:h text:style-name="H1" text:outline-level="1">Eine Kooperation prüfen</text:h>']
    body.append(
        "<text:p>Zwölf Fragen für ein Gespräch im Team. Schreiben Sie Stichworte; was offen bleibt, ist oft das Wichtigste.</text:p>"
    )
    for heading, questions in QUESTIONS:
        body.append(f'<text:h text:style-name="H2" text:outline-level="2">{escape(heading)}</text:h>')
        for question in questions:
            body.append(
                f'<text:p text:style-name="Frage">{escape(question)}</text:p><text:p text:style-name="Antwort"/>'
            )
    body.append("<text:p>Demonstrationsdatei, frei verwendbar (CC0).</text:p>")
    text = "".join(body)
    return f'{_HEAD}<office:document-content {_NAMES} office:version="1.3"><office:body><office:text>{text}</office:text></office:body></office:document-content>'


def _styles() -> str:
    def style(name: str, text: str, paragraph: str) -> str:
        return (
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
            f"<style:text-properties {text}/></style:style>"
        )

    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt" fo:language="de" fo:country="DE"/></style:default-style>',
        style("H1", 'fo:font-size="20pt" fo:font-weight="bold"', 'fo:margin-bottom="0.4cm"'),
        style("H2", 'fo:font-size="14pt" fo:font-weight="bold" fo:color="#0b5a6b"', 'fo:margin-top="0.6cm" fo:margin-bottom="0.2cm"'),
        style("Frage", 'fo:font-weight="bold"', 'fo:margin-top="0.2cm"'),
        style("Antwort", 'fo:font-size="11pt"', 'fo:margin-bottom="0.9cm" fo:border-bottom="0.5pt solid #777777"'),
    )  # fmt: skip
    return f'{_HEAD}<office:document-styles {_NAMES} office:version="1.3"><office:styles>{"".join(styles)}</office:styles></office:document-styles>'


def _meta() -> str:
    return f'{_HEAD}<office:document-meta {_NAMES} office:version="1.3"><office:meta><dc:title>Eine Kooperation prüfen</dc:title><dc:language>de-DE</dc:language></office:meta></office:document-meta>'


def _manifest() -> str:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = [("/", "application/vnd.oasis.opendocument.text")] + [
        (name, "text/xml") for name in ("content.xml", "styles.xml", "meta.xml")
    ]
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in entries
    )
    return f'{_HEAD}<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">{rows}</manifest:manifest>'
