"""The third event: a small online meeting that is only announced yet; wholly invented."""

from __future__ import annotations

from eventsite.demo.shapes import Appearance, Contact, DemoEvent, Item, Page

ONLINE = DemoEvent(
    slug="bildungsbericht-online",
    kind={"de": "Online-Sprechstunde", "en": "Online clinic"},
    title={"de": "Der Bildungsbericht auf acht Seiten", "en": "An education report in eight pages"},
    subtitle={"de": "Termin vormerken", "en": "Save the date"},
    lead={
        "de": "Zwei Stunden, ein Bildschirm, viele Tabellen: Kommunen zeigen ihre kürzesten Bildungsberichte und was daraus geworden ist. Die Anmeldung öffnet sechs Wochen vorher.",
        "en": "Two hours, one screen, many tables: municipalities show their shortest education reports and what came of them. Registration opens six weeks before.",
    },
    description={
        "de": "Wer einen Bericht kürzt, muss sich entscheiden. In dieser Sprechstunde stellen drei Kommunen vor, welche Zahlen sie behalten haben und welche nicht. Danach gibt es Beratung in kleinen Gruppen. Das Programm folgt.",
        "en": "Whoever shortens a report has to choose. In this clinic three municipalities present which figures they kept and which they dropped. Advice in small groups follows. The programme will be announced.",
    },
    accent="#5b3a73",
    days_ahead=150,
    weekday=1,
    starts="14:00",
    ends="16:00",
    is_online=True,
    capacity=80,
    registration_opens_days_before=42,
    registration_closes_days_before=2,
    hosts=("werkstatt-stadt-und-bildung",),
    contact=Contact(
        name="Ole Brandvik",
        role={"de": "Programm und Technik", "en": "Programme and technology"},
        organisation={"de": "Werkstatt Stadt und Bildung", "en": "City and Education Workshop"},
        email="sprechstunde@example.net",
        phone="+49 30 23125 130",
    ),
    items=(
        Item(
            "auftakt",
            "talk",
            {"de": "Drei Berichte, dreimal acht Seiten", "en": "Three reports, eight pages each"},
            "14:00",
            "14:45",
            appearances=(Appearance("jonas-thiede", "speaker"),),  # known from the coming meeting
        ),
        Item(
            "beratung", "talk", {"de": "Beratung in kleinen Gruppen", "en": "Advice in small groups"}, "14:45", "15:45"
        ),
        Item("schluss", "closing", {"de": "Was wir behalten", "en": "What we keep"}, "15:45", "16:00"),
    ),
    pages=(
        Page(
            slug="how-to",
            title={"de": "So nehmen Sie teil", "en": "How to take part"},
            menu_order=10,
            body={
                "de": """\
Sie brauchen nur einen Browser. Den Zugang finden Sie am Tag vorher auf Ihrer persönlichen Seite und in einer E-Mail.

- Untertitel laufen die ganze Zeit mit, Sie können sie ein- und ausschalten.
- Wer nicht sprechen möchte, schreibt im Chat.
- Es wird nicht aufgezeichnet.
""",
                "en": """\
All you need is a browser. You will find the link on your personal page and in an e-mail the day before.

- Captions run all the time; you can switch them on and off.
- If you would rather not speak, write in the chat.
- Nothing is recorded.
""",
            },
        ),
    ),
    tags=({"de": "Bildungsmonitoring", "en": "Education monitoring"},),
    facts=(
        ({"de": "Ort", "en": "Place"}, {"de": "online, im Browser", "en": "online, in your browser"}),
        ({"de": "Kosten", "en": "Costs"}, {"de": "keine", "en": "none"}),
    ),
)
