"""The speakers of the follow-up event; all of them are invented."""

from __future__ import annotations

from eventsite.demo.shapes import Speaker, Words


def _speaker(
    key: str, given_name: str, family_name: str, role: Words, organisation: Words, biography: Words | None = None,
    title: str = "", portrait: bool = True, links: tuple[tuple[str, str], ...] = (), is_featured: bool = False,
) -> Speaker:  # fmt: skip
    return Speaker(
        key,
        given_name,
        family_name,
        title,
        role,
        organisation,
        biography,
        f"{key}@example.org",
        key if portrait else None,
        links,
        is_featured,
    )


SPEAKERS: tuple[Speaker, ...] = (
    _speaker(
        "aylin-goegues",
        "Aylin",
        "Göğüş",
        {"de": "Professorin für Stadt- und Bildungsforschung", "en": "Professor of urban and educational research"},
        {"de": "Hochschule Niederwalde", "en": "Niederwalde University of Applied Sciences"},
        {
            "de": "Aylin Göğüş untersucht, wie Menschen in ihrem Stadtteil lernen, auch dort, wo niemand einen Lehrplan geschrieben hat. Sie hat mehrere Langzeitstudien in mittelgroßen Städten geleitet und zeichnet ihre Ergebnisse am liebsten als Stadtplan. Vor der Wissenschaft arbeitete sie als Lehrerin an einer Gesamtschule.",
            "en": "Aylin Göğüş studies how people learn in their part of town, even where nobody has written a curriculum. She has led several long-term studies in medium-sized cities and likes to draw her results as city maps. Before turning to research she taught at a comprehensive school.",
        },
        title="Prof. Dr.",
        links=(("https://www.example.org/goegues", "Forschung"), ("https://social.example.org/@goegues", "Mastodon")),
        is_featured=True,
    ),
    _speaker(
        "lukasz-wisniewski",
        "Łukasz",
        "Wiśniewski",
        {"de": "Leiter der Stadtteilbibliotheken", "en": "Head of district libraries"},
        {"de": "Stadt Aubergen", "en": "City of Aubergen"},
        {
            "de": "Łukasz Wiśniewski verantwortet sieben Stadtteilbibliotheken, von denen drei auch ohne Personal geöffnet sind. Er ist gelernter Buchhändler und hat berufsbegleitend Bibliothekswesen studiert. Sein Maßstab: Wer nichts ausleiht, ist trotzdem willkommen.",
            "en": "Łukasz Wiśniewski runs seven district libraries, three of which also open without staff. He trained as a bookseller and studied librarianship alongside his job. His yardstick: people who borrow nothing are welcome all the same.",
        },
    ),
    _speaker(
        "sirin-yildiz",
        "Şirin",
        "Yıldız",
        {"de": "Quartiersmanagerin", "en": "Neighbourhood manager"},
        {"de": "Nachbarschaftsbüro Hafenkante", "en": "Hafenkante Neighbourhood Office"},
        {
            "de": "Şirin Yıldız kennt die meisten Hausmeister in ihrem Viertel beim Vornamen. Seit neun Jahren bringt sie Vereine, Schulen und Wohnungsunternehmen zusammen, oft bei einem Tee auf dem Gehweg. Sie hat Sozialgeografie studiert.",
            "en": "Şirin Yıldız is on first-name terms with most caretakers in her neighbourhood. For nine years she has brought together clubs, schools and housing companies, often over tea on the pavement. She studied social geography.",
        },
    ),
    _speaker(
        "amara-okonkwo",
        "Amara",
        "Okonkwo",
        {"de": "Journalistin und Moderatorin", "en": "Journalist and moderator"},
        {"de": "freiberuflich", "en": "freelance"},
        {
            "de": "Amara Okonkwo moderiert Gespräche, in denen auch die Stillen zu Wort kommen. Sie hat über Kommunalpolitik promoviert, schreibt über Schulen und Städte und bereitet jedes Podium mit Hausbesuchen vor.",
            "en": "Amara Okonkwo moderates conversations in which the quiet ones get a word in. She holds a doctorate on local politics, writes about schools and cities, and prepares every panel with visits on site.",
        },
        title="Dr.",
        is_featured=True,
    ),
    _speaker(
        "renee-lefevre-brandt",
        "Renée",
        "Lefèvre-Brandt",
        {"de": "Schulleiterin", "en": "Head teacher"},
        {"de": "Grundschule am Kanal, Aubergen", "en": "Canal Primary School, Aubergen"},
        {
            "de": "Renée Lefèvre-Brandt hat ihre Schule für den Abend geöffnet: Aula, Küche und Werkraum gehören nach 16 Uhr dem Stadtteil. Sie verhandelt seither mehr über Schlüssel als über Noten und findet das richtig so.",
            "en": "Renée Lefèvre-Brandt opened her school for the evening: after 4 p.m. the assembly hall, kitchen and workshop belong to the neighbourhood. Since then she has negotiated more about keys than about grades, and thinks that is as it should be.",
        },
    ),
    _speaker(
        "nikolina-babic",
        "Nikolina",
        "Babić",
        {"de": "Fachbereichsleiterin Finanzen und Förderung", "en": "Head of finance and grants"},
        {"de": "Volkshochschule Landkreis Weidenbach", "en": "Weidenbach District Adult Education Centre"},
        {
            "de": "Nikolina Babić rechnet gern laut vor. Sie hat für ihren Landkreis aus elf befristeten Projekten drei dauerhafte Angebote gemacht und berät andere Kommunen dabei, Förderung vom Ende her zu denken.",
            "en": "Nikolina Babić likes to do her sums aloud. For her district she turned eleven fixed-term projects into three permanent services, and she advises other municipalities on planning grants from the end backwards.",
        },
    ),
    _speaker(
        "goran-kovacevic",
        "Goran",
        "Kovačević",
        {"de": "Vorsitzender", "en": "Chair"},
        {"de": "Sportgemeinschaft Hafenkante e. V.", "en": "Hafenkante Sports Community"},
        {
            "de": "Goran Kovačević trainiert seit zwanzig Jahren Kinder im Ringen und hilft nebenbei bei Bewerbungen. Hauptberuflich ist er Elektromeister. Sein Verein stellt Räume, Zeit und das größte Netzwerk im Viertel.",
            "en": "Goran Kovačević has coached children in wrestling for twenty years and helps with job applications on the side. He is a master electrician by trade. His club contributes rooms, time and the largest network in the area.",
        },
    ),
    _speaker(
        "mai-nguyen",
        "Mai",
        "Nguyễn",
        {"de": "Referentin für Jugendbeteiligung", "en": "Officer for youth participation"},
        {"de": "Stadt Obersee", "en": "Town of Obersee"},
        {
            "de": "Mai Nguyễn plant Beteiligung so, dass am Ende etwas gebaut wird. Mit Jugendlichen hat sie zwei Plätze, eine Buslinie und ein Jugendbudget durchgesetzt. Sie ist Landschaftsarchitektin.",
            "en": "Mai Nguyễn plans participation so that something gets built in the end. Together with young people she has achieved two public squares, a bus line and a youth budget. She is a landscape architect.",
        },
    ),
    _speaker(
        "jonas-thiede",
        "Jonas",
        "Thiede",
        {"de": "Bildungsmonitoring", "en": "Education monitoring"},
        {"de": "Landkreis Weidenbach", "en": "Weidenbach District"},
        {
            "de": "Jonas Thiede ist Statistiker und der Meinung, dass eine Tabelle erst fertig ist, wenn die Nachbarin sie erklären kann. Er gibt jedes Jahr den kleinsten Bildungsbericht heraus, den er kennt: acht Seiten.",
            "en": "Jonas Thiede is a statistician who thinks a table is only finished once the woman next door can explain it. Every year he publishes the smallest education report he knows of: eight pages.",
        },
    ),
    _speaker(
        "hanna-oelschlaeger",
        "Hanna",
        "Ölschläger",
        {"de": "Koordinatorin Ganztag", "en": "All-day school coordinator"},
        {"de": "Stadt Aubergen", "en": "City of Aubergen"},
        {
            "de": "Hanna Ölschläger bringt Stundenplan, Mensa und Musikschule in einen Tag. Sie kommt aus der Hortleitung und führt die vermutlich längste Liste von Hausmeisternummern der Stadt.",
            "en": "Hanna Ölschläger fits timetable, canteen and music school into one day. She used to run an after-school centre and keeps what is probably the city's longest list of caretakers' telephone numbers.",
        },
        portrait=False,
    ),
    _speaker(
        "samir-haddad",
        "Samir",
        "Haddad",
        {"de": "Leiter des Nachbarschaftshauses", "en": "Head of the community centre"},
        {"de": "Nachbarschaftshaus Lindenhof, Obersee", "en": "Lindenhof Community Centre, Obersee"},
        {
            "de": "Samir Haddad hat als Dolmetscher angefangen und leitet heute ein Haus mit 40 Gruppen und einer Kaffeemaschine. Er bildet Eltern aus, die andere Eltern durch das Schulsystem begleiten.",
            "en": "Samir Haddad started out as an interpreter and now runs a house with 40 groups and one coffee machine. He trains parents who guide other parents through the school system.",
        },
    ),
    _speaker(
        "ingrid-moller",
        "Ingrid",
        "Møller",
        {"de": "Architektin", "en": "Architect"},
        {"de": "Büro für öffentliche Innenräume", "en": "Office for Public Interiors"},
        {
            "de": "Ingrid Møller entwirft Räume, in denen niemand etwas kaufen muss. Sie hat in Dänemark und Norddeutschland Bibliotheken umgebaut und misst ihren Erfolg an der Zahl der besetzten Fensterplätze.",
            "en": "Ingrid Møller designs rooms in which nobody has to buy anything. She has rebuilt libraries in Denmark and northern Germany and measures success by the number of window seats taken.",
        },
    ),
    _speaker(
        "tomas-dvorak",
        "Tomáš",
        "Dvořák",
        {"de": "Werkstattleiter", "en": "Workshop manager"},
        {"de": "Rollende Werkstatt gGmbH", "en": "Rolling Workshop (non-profit)"},
        {
            "de": "Tomáš Dvořák fährt einen umgebauten Bus mit Hobelbank, 3D-Drucker und Nähmaschinen. Der gelernte Tischler hält an Schulhöfen und Marktplätzen und lässt zuerst die Kinder ans Werkzeug.",
            "en": "Tomáš Dvořák drives a converted bus with a workbench, a 3D printer and sewing machines. A trained joiner, he stops at schoolyards and market squares and lets the children use the tools first.",
        },
    ),
    _speaker(
        "fatoumata-diallo",
        "Fatoumata",
        "Diallo",
        {"de": "Elternlotsin und Ausbilderin", "en": "Parent guide and trainer"},
        {"de": "Nachbarschaftshaus Lindenhof, Obersee", "en": "Lindenhof Community Centre, Obersee"},
        {
            "de": "Fatoumata Diallo hat ihre drei Kinder durch drei Schulformen begleitet und daraus einen Beruf gemacht. Heute bildet sie Elternlotsinnen und Elternlotsen in elf Sprachen aus.",
            "en": "Fatoumata Diallo saw her three children through three types of school and made a profession of it. Today she trains parent guides in eleven languages.",
        },
    ),
    _speaker(
        "yara-el-amin",
        "Yara",
        "El-Amin",
        {"de": "Mitglied im Jugendrat", "en": "Member of the youth council"},
        {"de": "Jugendrat Obersee", "en": "Obersee Youth Council"},
        None,
        portrait=False,
    ),
    _speaker(
        "friederike-quandt",
        "Friederike",
        "Quandt",
        {"de": "Leiterin", "en": "Director"},
        {"de": "Netzwerkbüro Lernorte", "en": "Learning Places Network Office"},
        {
            "de": "Friederike Quandt leitet das Netzwerkbüro seit seiner Gründung. Sie hat vorher eine Kreisverwaltung umgebaut und weiß deshalb, wie lange ein Umlaufbeschluss dauern darf.",
            "en": "Friederike Quandt has headed the network office since it was founded. Before that she reorganised a district administration, so she knows how long a written resolution may take.",
        },
    ),
    _speaker(
        "bernd-achterberg",
        "Bernd",
        "Achterberg",
        {"de": "Vorstand", "en": "Board member"},
        {"de": "Werkstatt Stadt und Bildung", "en": "City and Education Workshop"},
        None,
        portrait=False,
    ),
)
