"""The Kassel meeting on external cooperation: a real meeting, retold from known facts; date and rooms are chosen."""

from __future__ import annotations

from eventsite.demo import kassel_report as report
from eventsite.demo.kassel_files import DOWNLOADS
from eventsite.demo.kassel_gallery import GALLERY
from eventsite.demo.kassel_pages import PAGES
from eventsite.demo.shapes import Appearance, Contact, DemoEvent, Item, Report, Room, Round, Speaker, Venue

DLR = {"de": "DLR-Projektträger", "en": "DLR Projektträger"}
TRANSFERAGENTUR = {"de": "Transferagentur für Großstädte", "en": "Transferagentur für Großstädte"}

# Real people: name and, where it is known, the organisation of that day. Nothing else may be added.
SPEAKERS: tuple[Speaker, ...] = (
    Speaker("markus-weiland", "Markus", "Weiland", organisation=DLR),
    Speaker("markus-lindner", "Markus", "Lindner"),
    Speaker("christine-knueppel", "Christine", "Knüppel"),
    Speaker("martina-schuster", "Martina", "Schuster"),
    Speaker("juergen-ripplinger", "Jürgen", "Ripplinger"),
    Speaker("daniel-maerz", "Daniel", "März", title="Dr."),
)

CONTACT = Contact(
    name="Annegret Sommerfeld",
    role={"de": "Ansprechperson für diese Veranstaltung", "en": "Contact person for this event"},
    organisation={"de": "Tagungsbüro (erfunden)", "en": "Conference office (invented)"},
    email="tagungsbuero@example.org",
    phone="+49 30 23125 110",
)

_STEP_FREE = {"de": "stufenlos erreichbar", "en": "step-free access"}

VENUE = Venue(
    name={"de": "Kulturbahnhof Kassel", "en": "Kulturbahnhof Kassel"},
    street="Rainer-Dierichs-Platz 1",
    postcode="34117",
    city="Kassel",
    directions={
        "de": (
            "Der Kulturbahnhof liegt im Kasseler Hauptbahnhof, mitten in der Stadt. Vom Fernbahnhof Kassel-Wilhelmshöhe fahren "
            "Regionalzüge und Straßenbahnen in wenigen Minuten dorthin."
        ),
        "en": (
            "The Kulturbahnhof is part of Kassel's central station, in the middle of the city. Regional trains and trams take "
            "a few minutes from the long-distance station Kassel-Wilhelmshöhe."
        ),
    },
    access={
        "de": "Saal und Workshopräume waren stufenlos erreichbar. Im Saal stand eine induktive Höranlage bereit.",
        "en": "Hall and workshop rooms had step-free access. The hall was fitted with an induction loop.",
    },
    rooms=(
        Room("saal", {"de": "Saal", "en": "Hall"}, 120, _STEP_FREE),
        Room("raum-1", {"de": "Raum 1", "en": "Room 1"}, 26, _STEP_FREE),
        Room("raum-2", {"de": "Raum 2", "en": "Room 2"}, 26, _STEP_FREE),
        Room("raum-3", {"de": "Raum 3", "en": "Room 3"}, 24, _STEP_FREE),
        Room("raum-4", {"de": "Raum 4", "en": "Room 4"}, 24, _STEP_FREE),
        Room("foyer", {"de": "Foyer", "en": "Foyer"}, 120, _STEP_FREE),
    ),
)

ROUNDS: tuple[Round, ...] = (
    Round(
        "workshops",
        {"de": "Workshops", "en": "Workshops"},
        {
            "de": "Vier Workshops nebeneinander. In jedem stellen Referierende einen Fall aus der Praxis vor.",
            "en": "Four workshops side by side. In each of them speakers present a case from practice.",
        },
        "13:15",
        "15:00",
    ),
)

ITEMS: tuple[Item, ...] = (
    Item(
        "ankommen",
        "arrival",
        {"de": "Ankommen bei Kaffee und Tee", "en": "Arrival with coffee and tea"},
        "09:30",
        "10:00",
        room="foyer",
    ),
    Item(
        "begruessung",
        "welcome",
        {"de": "Begrüßung", "en": "Welcome"},
        "10:00",
        "10:20",
        room="saal",
        appearances=(Appearance("markus-weiland", "welcome", (DLR, TRANSFERAGENTUR)),),
    ),
    Item(
        "impulsvortrag",
        "keynote",
        {"de": "Externe Kooperation", "en": "External cooperation"},
        "10:20",
        "11:00",
        subtitle={"de": "Impulsvortrag", "en": "Short keynote"},
        room="saal",
        appearances=(Appearance("markus-lindner", "keynote"),),
    ),
    Item(
        "podium",
        "panel",
        {"de": "Podium: Stimmen aus den Kommunen", "en": "Panel: voices from the municipalities"},
        "11:00",
        "12:15",
        room="saal",
        appearances=(Appearance("christine-knueppel", "panellist"), Appearance("martina-schuster", "panellist")),
        people_note={"de": "und weitere Gäste aus Kommunen", "en": "and further guests from municipalities"},
    ),
    Item("mittagspause", "break", {"de": "Mittagspause", "en": "Lunch break"}, "12:15", "13:15", room="foyer"),
    Item(
        "engagement-plattform",
        "workshop",
        {
            "de": "Vernetzungsplattform für zivilgesellschaftliches Engagement",
            "en": "A networking platform for civic engagement",
        },
        "13:15",
        "15:00",
        room="raum-1",
        round="workshops",
        number=1,
        capacity=24,
    ),
    Item(
        "uebergang-schule-beruf",
        "workshop",
        {
            "de": "Vernetzungsstrukturen zum Übergang Schule–Beruf",
            "en": "Network structures for the transition from school to work",
        },
        "13:15",
        "15:00",
        room="raum-2",
        round="workshops",
        number=2,
        capacity=24,
    ),
    Item(
        "netzwerk-nuernberg",
        "workshop",
        {
            "de": "Tragfähiges Netzwerk der beruflichen Integration junger Flüchtlinge in Nürnberg",
            "en": "A sustainable network for the vocational integration of young refugees in Nuremberg",
        },
        "13:15",
        "15:00",
        room="raum-3",
        round="workshops",
        number=3,
        place="Nürnberg",
        capacity=22,
    ),
    Item(
        "steuerungsgruppe-dessau-rosslau",
        "workshop",
        {
            "de": "Kooperationsprozesse der kommunalen Steuerungsgruppe im Programm „Willkommen in Dessau-Roßlau“",
            "en": "Cooperation processes of the municipal steering group in the programme “Willkommen in Dessau-Roßlau”",
        },
        "13:15",
        "15:00",
        room="raum-4",
        round="workshops",
        number=4,
        place="Dessau-Roßlau",
        capacity=22,
    ),
    Item("kaffeepause", "break", {"de": "Kaffeepause", "en": "Coffee break"}, "15:00", "15:30", room="foyer"),
    Item(
        "abschluss",
        "closing",
        {"de": "Zusammenschau und Ausblick", "en": "Summary and outlook"},
        "15:30",
        "16:00",
        room="saal",
    ),
)

# The most wanted first: the invented wishes follow this order.
POPULAR: dict[str, tuple[str, ...]] = {
    "workshops": (
        "uebergang-schule-beruf",
        "engagement-plattform",
        "netzwerk-nuernberg",
        "steuerungsgruppe-dessau-rosslau",
    ),
}

REPORT = Report(
    title={"de": "Externe Kooperation: die Dokumentation", "en": "External cooperation: the documentation"},
    lead=report.LEAD,
    sections=report.SECTIONS,
    note=report.NOTE,
    workshops_intro=report.WORKSHOPS_INTRO,
    findings=report.FINDINGS,
    quotes=report.QUOTES,
    core_messages=report.CORE_MESSAGES,
    also_named_heading={"de": "Ebenfalls genannt", "en": "Also named"},
    also_named=("daniel-maerz",),
    downloads=DOWNLOADS,
    gallery_heading={"de": "Einige Eindrücke", "en": "Some impressions"},
    gallery_intro={
        "de": "Die Bilder sind Illustrationen für die Demonstration. Sie zeigen keine wirklichen Personen.",
        "en": "The pictures are illustrations made for the demonstration. They show no real people.",
    },
    gallery=GALLERY,
    contact=CONTACT,
)

KASSEL = DemoEvent(
    slug="kassel",
    kind={"de": "Fachveranstaltung", "en": "Professional meeting"},
    title={"de": "Externe Kooperation", "en": "External cooperation"},
    subtitle={
        "de": "Wie kommunales Bildungsmanagement Partner gewinnt und hält",
        "en": "How municipal education management wins partners and keeps them",
    },
    lead={
        "de": (
            "Bildung für Neuzugewanderte gelingt nur mit vielen Partnern. Ein Tag in Kassel darüber, wie Kommunen Kooperationen "
            "aufbauen, die halten, mit Impuls, Podium und vier Workshops aus der Praxis."
        ),
        "en": (
            "Education for newcomers only succeeds with many partners. A day in Kassel about how municipalities build "
            "cooperation that lasts, with a keynote, a panel and four workshops from practice."
        ),
    },
    description={
        "de": (
            "Kommunale Koordinatorinnen und Koordinatoren der Bildungsangebote für Neuzugewanderte arbeiten täglich mit "
            "Stellen zusammen, denen sie nichts vorschreiben können: Jobcentern, Kammern, Trägern, Vereinen. Die "
            "Fachveranstaltung fragt, was diese Zusammenarbeit trägt. Sie bringt Erfahrungen aus Städten und Kreisen zusammen "
            "und lässt Zeit, am eigenen Fall weiterzudenken."
        ),
        "en": (
            "Municipal coordinators of education for newcomers work every day with bodies to which they cannot give orders: job "
            "centres, chambers, providers, associations. The meeting asks what carries this cooperation. It brings together "
            "experience from towns and districts and leaves time to think through one's own case."
        ),
    },
    target_group={
        "de": "Kommunale Koordinatorinnen und Koordinatoren, kommunales Bildungsmanagement und ihre Partner",
        "en": "Municipal coordinators of education for newcomers, municipal education management and their partners",
    },
    accent="#0b5a6b",
    date="2026-03-12",
    starts="09:30",
    ends="16:00",
    capacity=90,
    registration_opens_days_before=70,
    registration_closes_days_before=14,
    wishes_close_days_before=14,
    hosts=("dlr-projekttraeger", "transferagentur-grossstaedte"),
    contact=CONTACT,
    venue=VENUE,
    rounds=ROUNDS,
    items=ITEMS,
    speakers=SPEAKERS,
    pages=PAGES,
    pictures=GALLERY,
    cover="bahnhofshalle",
    report=REPORT,
    tags=(
        {"de": "Externe Kooperation", "en": "External cooperation"},
        {"de": "Bildungsmanagement", "en": "Education management"},
        {"de": "Neuzugewanderte", "en": "Newcomers"},
    ),
    facts=(
        (
            {"de": "Für wen", "en": "For whom"},
            {
                "de": "Kommunale Koordinatorinnen und Koordinatoren und ihre Partner",
                "en": "Municipal coordinators and their partners",
            },
        ),
        ({"de": "Sprache", "en": "Language"}, {"de": "Deutsch", "en": "German"}),
    ),
)
