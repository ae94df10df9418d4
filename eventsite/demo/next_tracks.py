"""The tracks of the follow-up event, and for whom its workshops are; all invented."""

from __future__ import annotations

from eventsite.demo.shapes import Extra, Track, Words

TRACKS: tuple[Track, ...] = (
    Track("raeume", {"de": "Räume öffnen", "en": "Opening rooms"}, "#0b5a6b"),
    Track("menschen", {"de": "Menschen verbinden", "en": "Connecting people"}, "#8a3b12"),
    Track("bleiben", {"de": "Was bleibt", "en": "What lasts"}, "#4b5d16"),
)

DATA: Words = {"de": "Daten", "en": "Data"}
MONEY: Words = {"de": "Geld", "en": "Money"}
PARENTS: Words = {"de": "Familie", "en": "Families"}
YOUTH: Words = {"de": "Jugend", "en": "Young people"}
CLUBS: Words = {"de": "Vereine", "en": "Clubs"}
SCHOOL: Words = {"de": "Schule", "en": "Schools"}

EXTRAS: dict[str, Extra] = {
    "schule-nach-16-uhr": Extra(
        "raeume",
        (SCHOOL, CLUBS),
        {"de": "Schulverwaltung, Schulleitungen, Vereine, Quartiersarbeit", "en": "School authorities, heads, clubs, neighbourhood work"},
        bring={"de": "Den Belegungsplan einer Schule, wenn Sie einen haben", "en": "The room plan of a school, if you have one"},
    ),
    "bibliothek-als-wohnzimmer": Extra(
        "raeume",
        (CLUBS,),
        {"de": "Bibliotheken und alle, die einen offenen Raum betreiben", "en": "Libraries and everybody who runs an open space"},
    ),
    "zahlen-fuers-quartier": Extra(
        "bleiben",
        (DATA,),
        {"de": "Bildungsmonitoring und Quartiersarbeit", "en": "Education monitoring and neighbourhood work"},
        prerequisites={"de": "Keine Statistikkenntnisse nötig", "en": "No knowledge of statistics needed"},
        bring={"de": "Eine Tabelle aus Ihrem Bildungsbericht, ausgedruckt", "en": "A table of your education report, on paper"},
    ),
    "eltern-als-lotsen": Extra(
        "menschen",
        (PARENTS, SCHOOL),
        {"de": "Familienbildung, Schulsozialarbeit, Integration", "en": "Family education, school social work, integration"},
    ),
    "jugendliche-planen-mit": Extra(
        "menschen",
        (YOUTH,),
        {"de": "Jugendarbeit, Stadtplanung, Jugendliche ab 14", "en": "Youth work, town planning, young people from 14"},
        bring={"de": "Ein Foto eines Ortes, den Sie ändern möchten", "en": "A photograph of a place you would like to change"},
    ),
    "werkbank-auf-raedern": Extra(
        "raeume",
        (YOUTH, SCHOOL),
        {"de": "Alle, die Angebote zu Menschen bringen", "en": "Everybody who takes offers to people"},
        bring={"de": "Kleidung, die Sägespäne verträgt", "en": "Clothes that do not mind sawdust"},
    ),
    "nach-der-foerderung": Extra(
        "bleiben",
        (MONEY,),
        {"de": "Projektleitungen, Kämmereien, Stiftungen", "en": "Project leads, treasurers, foundations"},
        prerequisites={"de": "Ein Projekt, dessen Förderung in zwei Jahren endet", "en": "A project whose grant ends within two years"},
    ),
    "sport-chor-garten": Extra(
        "menschen",
        (CLUBS,),
        {"de": "Vereine, Volkshochschulen, Quartiersarbeit", "en": "Clubs, adult education, neighbourhood work"},
    ),
    "das-quartier-lernt-mit": Extra("menschen", ()),
    "wem-gehoert-der-lernort": Extra("bleiben", (MONEY,)),
}  # fmt: skip
