"""The follow-up event in Kassel: wholly invented, its dates counted from the start of the demonstration."""

from __future__ import annotations

from dataclasses import replace

from eventsite.demo.next_pages import PAGES
from eventsite.demo.next_people import SPEAKERS
from eventsite.demo.next_tracks import EXTRAS, TRACKS
from eventsite.demo.next_workshops import WORKSHOPS
from eventsite.demo.shapes import Appearance, Contact, DemoEvent, Item, Picture, Room, Round, Venue, Words
from eventsite.registration import library
from eventsite.registration.questions import Asked

CONTACT = Contact(
    name="Radka Sommer",
    role={"de": "Anmeldung und Barrierefreiheit", "en": "Registration and access"},
    organisation={"de": "Netzwerkbüro Lernorte", "en": "Learning Places Network Office"},
    email="lernorte@example.org",
    phone="+49 30 23125 120",
)


def _room(key: str, name: str, capacity: int, de: str, en: str) -> Room:
    return Room(key, {"de": name, "en": name}, capacity, {"de": de, "en": en})


MAP = Picture(
    "lageplan", "quarter", "lageplan.jpg", 1200, 800,
    {
        "de": "Gezeichneter Blick von oben auf das Viertel: Von der Haltestelle am runden Platz führt ein heller, ebener Weg zwischen zwei Häuserzeilen hindurch zum Hof der Webstube.",
        "en": "Drawn view of the neighbourhood from above: from the tram stop at the round square a light, level path leads between two rows of houses to the yard of the Webstube.",
    },
    {"de": "Lageplan", "en": "Site plan"},
    {"de": "Demonstrationsbild, erzeugt", "en": "Demonstration picture, generated"},
)  # fmt: skip

VENUE = Venue(
    name={"de": "Alte Webstube", "en": "Alte Webstube"},
    street="Spindelweg 8",
    postcode="34117",
    city="Kassel",
    directions={
        "de": "Straßenbahn bis „Webstube“, von dort 150 Meter auf ebenem Weg. Der Haupteingang liegt zum Hof, unter dem Sheddach.",
        "en": "Tram to “Webstube”, then 150 metres on level ground. The main entrance faces the yard, under the saw-tooth roof.",
    },
    access={
        "de": "Haus, Saal und Bühne sind stufenlos erreichbar. Aufzug mit Ansage, rollstuhlgerechte Toiletten auf beiden Etagen, induktive Höranlage im Webersaal, Ruheraum im ersten Stock, Leitstreifen ab der Haltestelle.",
        "en": "House, hall and stage have step-free access. Lift with announcements, accessible toilets on both floors, induction loop in the Webersaal, quiet room on the first floor, tactile paving from the tram stop.",
    },
    rooms=(
        _room("webersaal", "Webersaal", 160, "Erdgeschoss, Höranlage, Bühne mit Rampe", "Ground floor, induction loop, stage with a ramp"),
        _room("foyer", "Foyer", 180, "Erdgeschoss", "Ground floor"),
        _room("faerberei", "Färberei", 44, "Erdgeschoss, Ausgang zum Hof", "Ground floor, exit to the yard"),
        _room("spule", "Spule", 42, "Erdgeschoss, Ausgang zum Hof", "Ground floor, exit to the yard"),
        _room("kette", "Kette", 38, "Erster Stock, Aufzug", "First floor, lift"),
        _room("schuss", "Schuss", 40, "Erster Stock, Aufzug", "First floor, lift"),
    ),
    picture=MAP,
)  # fmt: skip

ROUNDS: tuple[Round, ...] = (
    Round(
        "vormittag",
        {"de": "Workshops am Vormittag", "en": "Morning workshops"},
        {
            "de": "Orte und Menschen: vier Workshops darüber, wo gelernt wird und wer den Weg dorthin zeigt.",
            "en": "Places and people: four workshops on where learning happens and who shows the way there.",
        },
        "11:15",
        "12:45",
    ),
    Round(
        "nachmittag",
        {"de": "Workshops am Nachmittag", "en": "Afternoon workshops"},
        {
            "de": "Beteiligen und bleiben: vier Workshops darüber, wie Lernorte getragen werden und wer sie trägt.",
            "en": "Taking part and lasting: four workshops on how places to learn are sustained, and by whom.",
        },
        "14:00",
        "15:30",
    ),
)

NETWORK: Words = {"de": "Netzwerkbüro Lernorte", "en": "Learning Places Network Office"}
WORKSHOP: Words = {"de": "Werkstatt Stadt und Bildung", "en": "City and Education Workshop"}

PLENARY: tuple[Item, ...] = (
    Item("ankommen", "arrival", {"de": "Ankommen und Frühstück", "en": "Arrival and breakfast"}, "08:45", "09:30", room="foyer"),
    Item(
        "begruessung", "welcome", {"de": "Begrüßung", "en": "Welcome"}, "09:30", "09:45", room="webersaal",
        appearances=(Appearance("friederike-quandt", "welcome", (NETWORK,)), Appearance("bernd-achterberg", "welcome", (WORKSHOP,))),
    ),
    Item(
        "das-quartier-lernt-mit", "keynote", {"de": "Das Quartier lernt mit", "en": "The neighbourhood learns along"}, "09:45", "10:40",
        subtitle={"de": "Was Lernorte gemeinsam haben, die bleiben", "en": "What lasting places to learn have in common"}, room="webersaal",
        abstract={
            "de": "Warum füllt sich die eine Stadtteilbibliothek, während die andere leer bleibt? Aylin Göğüş hat acht Jahre lang beobachtet, wo Menschen in ihrem Viertel lernen: am Küchentisch, im Kleingarten, im Waschsalon, in der Schule nach Schulschluss. Ihr Vortrag zeigt fünf Merkmale der Orte, die geblieben sind, und eine Karte, auf der ein Amt selten vorkommt. Danach ist Zeit für Fragen.",
            "en": "Why does one district library fill up while another stays empty? For eight years Aylin Göğüş has observed where people learn in their neighbourhood: at the kitchen table, on the allotment, in the laundrette, at school after lessons. Her talk shows five features of the places that lasted, and a map on which public offices rarely appear. There is time for questions afterwards.",
        },
        appearances=(Appearance("aylin-goegues", "keynote"), Appearance("amara-okonkwo", "moderator")),
    ),
    Item("kaffeepause", "break", {"de": "Kaffeepause und Wege in die Räume", "en": "Coffee break and time to find the rooms"}, "10:40", "11:15", room="foyer"),
    Item(
        "mittagspause", "break", {"de": "Mittagessen und Markt der Lernorte", "en": "Lunch and market of learning places"}, "12:45", "14:00", room="foyer",
        abstract={
            "de": "Suppen, Brot und zwölf Tische: Initiativen aus der Region zeigen, was sie tun. Alle Speisen sind vegetarisch und gekennzeichnet.",
            "en": "Soups, bread and twelve tables: initiatives from the region show what they do. All food is vegetarian and labelled.",
        },
    ),
    Item("teepause", "break", {"de": "Teepause", "en": "Tea break"}, "15:30", "16:00", room="foyer"),
    Item(
        "wem-gehoert-der-lernort", "panel", {"de": "Wem gehört der Lernort?", "en": "Who owns the place to learn?"}, "16:00", "16:50", room="webersaal",
        subtitle={"de": "Podium mit einem freien Stuhl für das Publikum", "en": "Panel with one empty chair for the audience"},
        abstract={
            "de": "Die Stadt zahlt die Miete, der Verein schließt auf, die Nachbarschaft füllt den Raum: Wer entscheidet dann? Fünf Menschen aus Verwaltung, Verein, Schule und Jugendrat sprechen über Verantwortung und darüber, was sie voneinander brauchen. Ein sechster Stuhl bleibt frei für alle, die mitreden wollen.",
            "en": "The city pays the rent, the club unlocks the door, the neighbourhood fills the room: so who decides? Five people from administration, club, school and youth council talk about responsibility and about what they need from one another. A sixth chair stays empty for everyone who wants to join in.",
        },
        appearances=(
            Appearance("amara-okonkwo", "moderator"), Appearance("renee-lefevre-brandt", "panellist"), Appearance("goran-kovacevic", "panellist"),
            Appearance("sirin-yildiz", "panellist"), Appearance("nikolina-babic", "panellist"), Appearance("yara-el-amin", "panellist"),
        ),
    ),
    Item(
        "abschluss", "closing", {"de": "Was wir mitnehmen", "en": "What we take home"}, "16:50", "17:15", room="webersaal",
        appearances=(Appearance("friederike-quandt", "host", (NETWORK,)),),
    ),
    Item(
        "abendprogramm", "social", {"de": "Abendspaziergang und lange Tafel", "en": "Evening walk and long table"}, "18:00", "21:00",
        abstract={
            "de": "Ein Spaziergang durch das Viertel zu vier Lernorten, drei Kilometer auf ebenen Wegen; eine kürzere Strecke von 900 Metern läuft parallel. Ab 19:30 Uhr steht im Hof eine lange Tafel, bei Regen im Foyer.",
            "en": "A walk through the neighbourhood to four places to learn, three kilometres on level paths; a shorter route of 900 metres runs alongside. From 7.30 p.m. a long table is set in the yard, or in the foyer if it rains.",
        },
        appearances=(Appearance("sirin-yildiz", "host"),),
    ),
)  # fmt: skip

COVER = Picture(
    "quartier", "quarter", "quartier.jpg", 1800, 1200,
    {
        "de": "Illustration: Ein Stadtviertel von oben. Zwischen Häusern mit roten Dächern verbinden helle Wege eine Schule, einen Garten, einen Bus und einen runden Platz, auf dem Menschen stehen.",
        "en": "Illustration: a neighbourhood from above. Between houses with red roofs, light paths connect a school, a garden, a bus and a round square with people on it.",
    },
    {"de": "Lernorte liegen näher beieinander, als der Stadtplan zeigt", "en": "Places to learn are closer together than the map shows"},
    {"de": "Demonstrationsbild, erzeugt", "en": "Demonstration picture, generated"},
)  # fmt: skip

QUESTIONS: tuple[Asked, ...] = (
    library.LUNCH,
    replace(library.DIET, condition={"key": "lunch", "values": ["yes"]}),
    replace(
        library.ACCESS,
        help={
            "de": "Dolmetschen bestellen wir früh, deshalb fragen wir jetzt. Lieber mündlich? Radka Sommer, +49 30 23125 120.",
            "en": "Interpreters have to be booked early, so we ask now. Rather by phone? Radka Sommer, +49 30 23125 120.",
        },
    ),
    replace(
        library.EVENING,
        label={
            "de": "Bleiben Sie zum Abendspaziergang und zur langen Tafel?",
            "en": "Will you stay for the evening walk and the long table?",
        },
        help={},
    ),
    replace(library.ACCOMPANYING, condition={"key": "evening", "values": ["yes"]}, limits={"least": 0, "most": 2}),
)

KASSEL_NEXT = DemoEvent(
    slug="kassel-next",
    kind={"de": "Fachtagung", "en": "Conference"},
    title={"de": "Lernorte im Quartier", "en": "Places to learn"},
    subtitle={"de": "Bildung wächst dort, wo Menschen ohnehin sind", "en": "Education grows where people already are"},
    lead={
        "de": "Bibliothek, Vereinsheim, Schulküche, Bus: Ein Stadtteil hat mehr Lernorte, als sein Bildungsbericht kennt. Eine Tagung mit acht Workshops für alle, die sie öffnen, verbinden und erhalten.",
        "en": "Library, clubhouse, school kitchen, bus: a neighbourhood has more places to learn than its education report knows of. A conference with eight workshops for everyone who opens, connects and keeps them.",
    },
    description={
        "de": """\
Gelernt wird nicht nur in Schulen. Kommunen, Vereine und Nachbarschaften schaffen Orte, an denen Menschen lesen, bauen, beraten und sich beraten lassen. Oft wissen sie wenig voneinander, und oft hängt alles an einem Schlüssel, einer Förderung oder einer Person.

Die Tagung bringt Menschen zusammen, die solche Orte betreiben, planen und bezahlen. Am Vormittag geht es darum, **wo** gelernt wird, am Nachmittag darum, **wie es bleibt**. Jeder Workshop beginnt mit einem Fall und endet mit etwas, das Sie am nächsten Tag benutzen können.""",
        "en": """\
Learning does not only happen in schools. Municipalities, clubs and neighbourhoods create places where people read, build, advise and get advice. Often they know little of one another, and often everything depends on one key, one grant or one person.

The conference brings together people who run, plan and pay for such places. The morning is about **where** learning happens, the afternoon about **how it lasts**. Each workshop begins with a case and ends with something you can use the next day.""",
    },
    target_group={
        "de": "Kommunales Bildungsmanagement, Quartiersarbeit, Schulen, Bibliotheken, Volkshochschulen, Vereine",
        "en": "Municipal education management, neighbourhood work, schools, libraries, adult education, clubs",
    },
    accent="#9b3d22",
    days_ahead=60,
    weekday=3,
    starts="08:45",
    ends="21:00",
    capacity=150,
    registration_opens_days_before=90,
    registration_closes_days_before=14,
    wishes_close_days_before=14,
    access_closes_days_before=35,
    questions=QUESTIONS,
    consents=("photo", "list", "public_list"),
    hosts=("netzwerkbuero-lernorte", "werkstatt-stadt-und-bildung"),
    contact=CONTACT,
    venue=VENUE,
    rounds=ROUNDS,
    items=PLENARY + WORKSHOPS,
    tracks=TRACKS,
    extras=EXTRAS,
    speakers=SPEAKERS,
    pages=PAGES,
    pictures=(COVER,),
    cover="quartier",
    tags=(
        {"de": "Lernorte", "en": "Places to learn"},
        {"de": "Quartier", "en": "Neighbourhood"},
        {"de": "Ganztag", "en": "All-day school"},
        {"de": "Beteiligung", "en": "Participation"},
    ),
    facts=(
        ({"de": "Kosten", "en": "Costs"}, {"de": "keine, Verpflegung inbegriffen", "en": "none, food included"}),
        (
            {"de": "Sprache", "en": "Language"},
            {"de": "Deutsch, Schriftmittlung im Saal", "en": "German, live captions in the hall"},
        ),
        (
            {"de": "Barrierefreiheit", "en": "Access"},
            {
                "de": "stufenlos, Höranlage, Ruheraum, Dolmetschen auf Anfrage",
                "en": "step-free, induction loop, quiet room, interpreting on request",
            },
        ),
        (
            {"de": "Workshops", "en": "Workshops"},
            {"de": "zwei Runden, Plätze nach Wünschen", "en": "two rounds, places given by wishes"},
        ),
    ),
)
