"""What is proposed for the coming meeting of the demonstration; every name in it is invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TEXT = {
    "de": "Wir suchen Beiträge aus der Praxis: einen Stand auf dem **Markt der Möglichkeiten**, einen kurzen Impuls oder "
    "einen Workshop.\n\n- Zeigen Sie, was bei Ihnen gelungen ist, und auch, was nicht.\n- Sie brauchen keine Folien; "
    "Stellwand, Tisch und Strom sind da.\n- Wir entscheiden zwei Wochen nach dem Ende des Aufrufs und schreiben allen.",
    "en": "We are looking for contributions from practice: a stall at the **market of ideas**, a short input or a "
    "workshop.\n\n- Show what has worked for you, and also what has not.\n- You need no slides; a board, a table and "
    "power are there.\n- We decide two weeks after the call has closed and write to everybody.",
}
REVIEWERS = (("Rita Lesewald", "rita.lesewald@example.org"),)


@dataclass(frozen=True)
class Offer:
    """One proposal: its words, its people (name, address, organisation, role), and what the team thinks of it."""

    kind: str
    minutes: int
    words: Mapping[str, str]
    people: Sequence[tuple[str, str, str, str]]
    answers: Mapping[str, Any] = field(default_factory=dict)
    marks: Sequence[int] = ()
    tags: Sequence[str] = ()
    language: str = "de"


PROPOSALS = (
    Offer(
        "workshop",
        90,
        {
            "title": "Die Bibliothek als drittes Klassenzimmer",
            "subtitle": "Was geschieht, wenn Schule auszieht",
            "abstract": "Zwei Vormittage in der Woche findet in unserer Stadtbücherei Unterricht statt. Wir erzählen, wie "
            "es dazu kam, wer dagegen war und warum heute alle bleiben wollen. Danach planen Sie in Gruppen einen ersten "
            "Vormittag bei sich.",
            "leading_questions": "Wer muss zustimmen?\nWas kostet ein Vormittag wirklich?",
            "target_group": "Bibliotheken, Schulämter, Kommunen bis 50.000 Einwohner",
            "wishes": "Ein Raum mit beweglichen Tischen, lieber am Vormittag.",
            "technology": "Beamer, zwei Stellwände",
        },
        (
            ("Henrike Allmers", "henrike.allmers@example.org", "Stadtbücherei Talwiesen", "lead"),
            ("Jonas Petersohn", "jonas.petersohn@example.org", "Gesamtschule Talwiesen", "moderator"),
        ),
        {"working": "Kurzer Bericht, dann Arbeit in Vierergruppen.", "participants": 24, "twice": "yes"},
        (5, 5),
        ("Bibliothek", "Schule"),
    ),
    Offer(
        "market",
        30,
        {
            "title": "Lernkarte zum Mitnehmen",
            "abstract": "Unsere Karte aller Lernorte im Kreis entstand in einem Sommer mit Ehrenamtlichen. Am Stand können "
            "Sie eine eigene beginnen; Vorlage und Farben bringen wir mit.",
            "target_group": "Alle, die noch keine Karte haben",
            "technology": "Ein Tisch, eine Stellwand",
        },
        (("Ferdinand Okoye", "ferdinand.okoye@example.org", "Landkreis Oberau", "stand"),),
        {"participants": 12, "twice": "yes"},
        (4, 4),
        ("Karten",),
    ),
    Offer(
        "talk",
        15,
        {
            "title": "Fünf Fehler auf dem Weg zum Bildungshaus",
            "abstract": "Wir haben alle gemacht, damit Sie sie nicht machen müssen: vom Brandschutz bis zum Namen.",
            "target_group": "Bauherrinnen und Bauherren wider Willen",
        },
        (("Meret Sandvoss", "meret.sandvoss@example.org", "Gemeinde Niederbach", "speaker"),),
        {"given-before": True},
        (4, 3),
        ("Bauen",),
    ),
    Offer(
        "workshop",
        90,
        {
            "title": "Young people choose their places",
            "abstract": "With a method from two Danish towns, young people map where they really learn. We try it out "
            "together and talk about what the maps changed in the council.",
            "target_group": "Youth work, schools, planning",
            "wishes": "Any round, but not at the same time as the library workshop.",
        },
        (("Signe Mortensen", "signe.mortensen@example.org", "Kommune Havnstad", "lead"),),
        {"participants": 20, "twice": "if-needed"},
        (5,),
        ("Jugend", "Karten"),
        "en",
    ),
    Offer(
        "talk",
        15,
        {
            "title": "Sonntags offen: ein Jahr Erfahrung",
            "abstract": "Seit einem Jahr ist unser Lernhaus sonntags ohne Personal geöffnet. Zahlen, Ärger, Freude.",
        },
        (("Vincent Harbrecht", "vincent.harbrecht@example.org", "Lernhaus Weststadt", "speaker"),),
        {"given-before": False},
    ),
    Offer(
        "market",
        30,
        {
            "title": "Werkzeugkiste für mobile Lernorte",
            "abstract": "Ein Lastenrad, eine Kiste, zwanzig Ideen. Kommen Sie vorbei und probieren Sie aus.",
            "technology": "Platz für ein Lastenrad",
        },
        (("Leonore Filiz", "leonore.filiz@example.org", "Verein Lernrad", "stand"),),
        {"participants": 8},
    ),
)
# Number of the proposal, who of the team (0 reads only, 1 organises), and the words.
COMMENTS = (
    (0, 0, "Sehr konkret, und beide Seiten sind dabei. Unbedingt."),
    (0, 1, "Passt in die erste Runde. Raum mit beweglichen Tischen ist frei."),
    (2, 1, "Gut, aber wir haben schon zwei Beiträge zum Bauen."),
    (3, 0, "Endlich etwas mit Jugendlichen selbst. Auf Englisch, das sollten wir dazusagen."),
)
