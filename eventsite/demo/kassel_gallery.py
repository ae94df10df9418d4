"""The pictures of the Kassel meeting: illustrations with alternative text, caption and credit."""

from __future__ import annotations

from eventsite.demo.shapes import Picture, Words

CREDIT: Words = {"de": "Demonstrationsbild, erzeugt", "en": "Demonstration picture, generated"}


def _picture(
    key: str, draw: str, size: tuple[int, int], alt: Words, caption: Words, focus: tuple[float, float] = (0.5, 0.5)
) -> Picture:
    return Picture(key, draw, f"{key}.jpg", size[0], size[1], alt, caption, CREDIT, focus=focus)


GALLERY: tuple[Picture, ...] = (
    _picture(
        "bahnhofshalle",
        "hall",
        (1800, 1200),
        {
            "de": (
                "Illustration: Eine hohe Halle mit drei Bogenfenstern. Morgenlicht fällt in Streifen auf den Boden, sechs Menschen "
                "stehen und gehen umher, eine Person im Vordergrund hat einen Rollkoffer dabei."
            ),
            "en": (
                "Illustration: a high hall with three arched windows. Morning light falls on the floor in stripes, six people "
                "stand and walk about; one in the foreground has a wheeled suitcase."
            ),
        },
        {
            "de": "Ankommen in der Halle, kurz vor halb zehn",
            "en": "Arriving in the hall, shortly before half past nine",
        },
        (0.5, 0.55),
    ),
    _picture(
        "namensschilder",
        "badges",
        (1600, 1200),
        {
            "de": (
                "Illustration: Namensschilder mit roten, gelben und rosafarbenen Bändern liegen in Reihen auf einem Tisch; eine "
                "Hand nimmt eines davon."
            ),
            "en": (
                "Illustration: name badges with red, yellow and pink ribbons lie in rows on a table; a hand picks up one of them."
            ),
        },
        {"de": "Am Einlass liegen die Schilder bereit", "en": "Badges waiting at the entrance"},
        (0.58, 0.48),
    ),
    _picture(
        "podium",
        "panel",
        (1800, 1200),
        {
            "de": (
                "Illustration: Fünf Menschen sitzen auf einer Bühne im Gespräch, hinter ihnen eine große helle Scheibe, davor die "
                "Köpfe des Publikums."
            ),
            "en": (
                "Illustration: five people sit on a stage in conversation, a large bright disc behind them and the heads of the "
                "audience in front."
            ),
        },
        {
            "de": "Im Saal: Kommunen berichten aus ihrer Praxis",
            "en": "In the hall: municipalities talk about their practice",
        },
        (0.5, 0.55),
    ),
    _picture(
        "runder-tisch",
        "round-table",
        (1600, 1200),
        {
            "de": (
                "Illustration: Sechs Menschen um einen runden Holztisch, von oben gesehen. Ihre Hände ordnen Karten, die durch "
                "Fäden verbunden sind; dazwischen stehen Kaffeetassen."
            ),
            "en": (
                "Illustration: six people around a round wooden table, seen from above. Their hands arrange cards that are "
                "connected by threads; coffee cups stand in between."
            ),
        },
        {"de": "Ein Netzwerk wird gelegt, Karte für Karte", "en": "Laying out a network, card by card"},
    ),
    _picture(
        "flipchart",
        "flipchart",
        (1200, 1800),
        {
            "de": (
                "Illustration: Eine Person mit Haarknoten zeichnet an einem Flipchart. Auf dem Blatt verbinden Pfeile fünf Kästen, "
                "daneben kleben drei Notizzettel."
            ),
            "en": (
                "Illustration: a person with a bun draws on a flip chart. Arrows connect five boxes on the sheet, with three "
                "sticky notes beside them."
            ),
        },
        {"de": "Wer redet mit wem? Skizze aus einem Workshop", "en": "Who talks to whom? A sketch from a workshop"},
        (0.5, 0.42),
    ),
    _picture(
        "stuhlkreis",
        "circle",
        (1400, 1400),
        {
            "de": (
                "Illustration: Ein Kreis aus zwölf leeren Stühlen von oben, in der Mitte ein runder Teppich mit Karten und einer "
                "Pflanze. Neben einem Stuhl steht ein Rucksack."
            ),
            "en": (
                "Illustration: a circle of twelve empty chairs from above, with a round carpet, cards and a plant in the middle. "
                "A backpack stands beside one of the chairs."
            ),
        },
        {"de": "Fünf Minuten vor dem Beginn der Workshops", "en": "Five minutes before the workshops begin"},
    ),
    _picture(
        "kaffeepause",
        "coffee",
        (1600, 1000),
        {
            "de": (
                "Illustration: Ein gedeckter Tisch am Fenster mit zwei Kannen, gestapelten Tassen, einem Kuchen, zwei Äpfeln und "
                "einer Topfpflanze."
            ),
            "en": (
                "Illustration: a table by the window with two pots, stacked cups, a cake, two apples and a potted plant."
            ),
        },
        {"de": "Die Pause gehört zum Programm", "en": "The break is part of the programme"},
    ),
    _picture(
        "abend",
        "evening",
        (1800, 1200),
        {
            "de": (
                "Illustration: Ein Backsteinbau mit Uhrgiebel in der Abenddämmerung, die meisten Fenster sind erleuchtet. Menschen "
                "gehen über den Platz, der Mond steht am Himmel."
            ),
            "en": (
                "Illustration: a brick building with a clock in its gable at dusk, most windows lit. People walk across the "
                "square, the moon is in the sky."
            ),
        },
        {"de": "Der Abend nach der Veranstaltung", "en": "The evening after the meeting"},
        (0.5, 0.5),
    ),
)
