"""The downloads of the Kassel meeting; `files` makes them."""

from __future__ import annotations

from eventsite.demo.shapes import DownloadFile

_CREDIT = {"de": "Demonstrationsdatei, erzeugt", "en": "Demonstration file, generated"}

DOWNLOADS: tuple[DownloadFile, ...] = (
    DownloadFile(
        key="programm",
        filename="programm-externe-kooperation.pdf",
        title={"de": "Programm auf einer Seite", "en": "Programme on one page (German)"},
        description={
            "de": "Alle Programmpunkte mit Zeiten und Räumen, zum Ausdrucken.",
            "en": "All programme items with times and rooms, to print.",
        },
        build="programme_sheet_html",
        language="de",
        licence="CC0-1.0",
        credit=_CREDIT,
    ),
    DownloadFile(
        key="arbeitsblatt",
        filename="arbeitsblatt-kooperation.odt",
        title={"de": "Arbeitsblatt: Eine Kooperation prüfen", "en": "Working sheet: reviewing a cooperation (German)"},
        description={
            "de": "Zwölf Fragen für das Gespräch im Team, zum Ausfüllen in jeder Textverarbeitung.",
            "en": "Twelve questions for a conversation in the team, to fill in with any word processor.",
        },
        build="working_sheet_odt",
        language="de",
        licence="CC0-1.0",
        credit=_CREDIT,
        item="uebergang-schule-beruf",
    ),
    DownloadFile(
        key="netzwerkraster",
        filename="netzwerkraster.csv",
        title={"de": "Netzwerkraster als Tabelle", "en": "Network grid as a table (German)"},
        description={
            "de": "Wer bringt was ein, wer hält den Kontakt? Eine Tabelle zum Weiterschreiben, mit Beispielzeilen.",
            "en": "Who brings what, who keeps in touch? A table to carry on with, with rows as examples.",
        },
        build="network_grid_csv",
        language="de",
        licence="CC0-1.0",
        credit=_CREDIT,
    ),
)
