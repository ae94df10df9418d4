"""The eight workshops of the follow-up event, four in each of two rounds; all invented."""

from __future__ import annotations

from eventsite.demo.shapes import Appearance, Item, Words

TIMES = {"vormittag": ("11:15", "12:45"), "nachmittag": ("14:00", "15:30")}


def _workshop(
    key: str, round_key: str, number: int, title: Words, subtitle: Words, abstract: Words, questions: tuple[Words, ...],
    people: tuple[tuple[str, str], ...], room: str, capacity: int, place: str | None = None,
) -> Item:  # fmt: skip
    starts, ends = TIMES[round_key]
    return Item(
        key, "workshop", title, starts, ends, subtitle=subtitle, room=room, round=round_key, number=number, place=place,
        capacity=capacity, minimum=8, abstract=abstract, questions=questions,
        appearances=tuple(Appearance(speaker, kind) for speaker, kind in people),
    )  # fmt: skip


WORKSHOPS: tuple[Item, ...] = (
    _workshop(
        "schule-nach-16-uhr",
        "vormittag",
        1,
        {"de": "Die Schule nach 16 Uhr", "en": "The school after 4 p.m."},
        {
            "de": "Wie ein Schulgebäude abends dem Stadtteil gehört",
            "en": "How a school building belongs to the neighbourhood in the evening",
        },
        {
            "de": "Aula, Küche, Werkraum: Die teuersten Räume eines Viertels stehen am Abend meist leer. In Aubergen öffnet eine Grundschule sie seit drei Jahren für Chöre, Deutschkurse und Reparaturabende. Der Workshop geht den Weg von der ersten Anfrage bis zur Schlüsselliste durch: Haftung, Reinigung, Heizung, Vertrauen. Am Ende steht eine Checkliste, mit der Sie am nächsten Tag zum Schulamt gehen können.",
            "en": "Assembly hall, kitchen, workshop: the most expensive rooms of a neighbourhood usually stand empty in the evening. For three years a primary school in Aubergen has opened them for choirs, German classes and repair evenings. The workshop follows the path from the first request to the list of keys: liability, cleaning, heating, trust. It ends with a checklist that you can take to your school authority the next day.",
        },
        (
            {
                "de": "Welche Räume im eigenen Viertel stehen abends leer?",
                "en": "Which rooms in your own area stand empty in the evening?",
            },
            {"de": "Wer muss Ja sagen, damit sich eine Tür öffnet?", "en": "Who has to say yes for a door to open?"},
            {
                "de": "Was braucht die Schule zurück, damit es eine gute Nachbarschaft bleibt?",
                "en": "What does the school need in return so that neighbours stay on good terms?",
            },
        ),
        (("renee-lefevre-brandt", "speaker"), ("hanna-oelschlaeger", "moderator")),
        "spule",
        40,
        "Aubergen",
    ),
    _workshop(
        "bibliothek-als-wohnzimmer",
        "vormittag",
        2,
        {"de": "Die Bibliothek als Wohnzimmer", "en": "The library as a living room"},
        {
            "de": "Offene Räume planen, betreiben, aushalten",
            "en": "Planning open spaces, running them, living with them",
        },
        {
            "de": "Ein Ort ohne Kasse, mit Licht, Steckdosen und Toilette: Mehr braucht es oft nicht, damit Menschen bleiben und voneinander lernen. Eine Architektin und ein Bibliotheksleiter zeigen zwei Umbauten, einen großen und einen für unter 30 000 Euro. Sie sprechen auch über das Schwierige: Lärm, Leerlauf, Öffnung ohne Personal. Danach zeichnen die Gruppen ihren eigenen offenen Raum im Maßstab 1:50.",
            "en": "A place without a till, with light, sockets and a toilet: often that is all it takes for people to stay and learn from one another. An architect and a library director show two conversions, a large one and one for less than 30,000 euros. They also talk about what is hard: noise, idle hours, opening without staff. Then the groups draw an open space of their own at a scale of 1:50.",
        },
        (
            {
                "de": "Was hält Menschen an einem Ort, an dem sie nichts kaufen müssen?",
                "en": "What keeps people in a place where they do not have to buy anything?",
            },
            {"de": "Wie viel Betreuung braucht Offenheit?", "en": "How much supervision does openness need?"},
        ),
        (("lukasz-wisniewski", "speaker"), ("ingrid-moller", "speaker")),
        "faerberei",
        42,
    ),
    _workshop(
        "zahlen-fuers-quartier",
        "vormittag",
        3,
        {"de": "Zahlen, die das Quartier versteht", "en": "Figures the neighbourhood understands"},
        {"de": "Kleinräumige Bildungsdaten ohne Beschämung", "en": "Small-area education data without shaming"},
        {
            "de": "Daten zeigen, wo Lernorte fehlen. Sie können aber auch einen Stadtteil abstempeln. Der Workshop stellt einen Bildungsbericht auf acht Seiten vor, der gemeinsam mit Bewohnerinnen und Bewohnern entstanden ist. An mitgebrachten Tabellen üben die Teilnehmenden drei Dinge: die eine wichtige Zahl finden, sie fair vergleichen und in einem Satz sagen, was daraus folgt. Bringen Sie gern eine eigene Tabelle mit.",
            "en": "Data show where places to learn are missing. They can also brand a neighbourhood. The workshop presents an education report of eight pages that was made together with residents. With tables that participants bring along, they practise three things: finding the one figure that matters, comparing it fairly, and saying in one sentence what follows from it. Feel free to bring a table of your own.",
        },
        (
            {
                "de": "Welche Zahl würde im eigenen Viertel etwas verändern?",
                "en": "Which figure would change something in your own area?",
            },
            {
                "de": "Wer darf mitreden, bevor der Bericht erscheint?",
                "en": "Who has a say before the report is published?",
            },
            {"de": "Was gehört nicht in einen öffentlichen Bericht?", "en": "What does not belong in a public report?"},
        ),
        (("jonas-thiede", "speaker"),),
        "kette",
        32,
        "Landkreis Weidenbach",
    ),
    _workshop(
        "eltern-als-lotsen",
        "vormittag",
        4,
        {"de": "Eltern lotsen Eltern", "en": "Parents guiding parents"},
        {"de": "Ein Ausbildungsgang in elf Sprachen", "en": "A training course in eleven languages"},
        {
            "de": "Wer das Schulsystem von innen erlebt hat, erklärt es am besten. In Obersee begleiten ausgebildete Elternlotsinnen und Elternlotsen andere Familien zu Elternabenden, Anmeldungen und Beratungsgesprächen. Der Workshop zeigt, wie sie gewonnen, geschult und bezahlt werden und wo ihre Aufgabe endet. In Rollenspielen erproben wir zwei Gespräche, die oft schiefgehen.",
            "en": "Those who have experienced the school system from the inside explain it best. In Obersee, trained parent guides accompany other families to parents' evenings, enrolments and advice sessions. The workshop shows how they are found, trained and paid, and where their task ends. In role plays we try out two conversations that often go wrong.",
        },
        (
            {
                "de": "Wie wird aus Hilfsbereitschaft eine verlässliche Aufgabe?",
                "en": "How does readiness to help become a reliable task?",
            },
            {"de": "Wo liegt die Grenze zur Sozialberatung?", "en": "Where is the line to social counselling?"},
        ),
        (("fatoumata-diallo", "speaker"), ("samir-haddad", "moderator")),
        "schuss",
        38,
        "Obersee",
    ),
    _workshop(
        "jugendliche-planen-mit",
        "nachmittag",
        5,
        {"de": "Jugendliche planen mit", "en": "Young people join the planning"},
        {"de": "Vom Jugendbudget zum gebauten Platz", "en": "From a youth budget to a square that gets built"},
        {
            "de": "Beteiligung, aus der nichts folgt, enttäuscht. In Obersee verfügt der Jugendrat über ein eigenes Budget, und die Verwaltung hat zugesagt, auf jeden Beschluss binnen vier Wochen zu antworten. Der Workshop zeigt den Ablauf eines Jahres, die Spielregeln und zwei Vorhaben, die gescheitert sind. Danach entwerfen Sie eine Zusage, die Ihre eigene Verwaltung halten könnte.",
            "en": "Participation that leads to nothing disappoints. In Obersee the youth council has a budget of its own, and the administration has promised to answer every decision within four weeks. The workshop shows the course of a year, the rules of the game and two projects that failed. After that you draft a promise that your own administration could keep.",
        },
        (
            {"de": "Worüber dürfen Jugendliche wirklich entscheiden?", "en": "What may young people really decide?"},
            {"de": "Wer antwortet ihnen, und bis wann?", "en": "Who answers them, and by when?"},
        ),
        (("mai-nguyen", "speaker"), ("yara-el-amin", "speaker")),
        "faerberei",
        42,
        "Obersee",
    ),
    _workshop(
        "werkbank-auf-raedern",
        "nachmittag",
        6,
        {"de": "Die Werkbank auf Rädern", "en": "The workbench on wheels"},
        {"de": "Mobile Lernorte für Stadtrand und Dorf", "en": "Mobile places to learn for outskirts and villages"},
        {
            "de": "Wo kein Lernort ist, fährt er hin: Ein umgebauter Linienbus bringt Hobelbank, Nähmaschinen und 3D-Drucker zu 26 Haltepunkten. Der Workshop rechnet offen vor, was das kostet, welche Genehmigungen nötig sind und warum der Bus jedes Mal eine Woche bleibt. Im praktischen Teil bauen alle ein kleines Möbel, das in den Koffer passt. Der Bus steht im Hof; eine Rampe führt hinein.",
            "en": "Where there is no place to learn, one drives there: a converted city bus takes a workbench, sewing machines and a 3D printer to 26 stops. The workshop openly works out what this costs, which permits are needed and why the bus stays for a week each time. In the practical part everybody builds a small piece of furniture that fits into a suitcase. The bus stands in the yard; a ramp leads into it.",
        },
        (
            {"de": "Welche Orte erreicht bisher niemand?", "en": "Which places does nobody reach so far?"},
            {"de": "Was bleibt, wenn der Bus weiterfährt?", "en": "What stays when the bus moves on?"},
            {
                "de": "Wer übernimmt Strom, Stellplatz und Versicherung?",
                "en": "Who takes care of power, parking and insurance?",
            },
        ),
        (("tomas-dvorak", "speaker"),),
        "spule",
        34,
    ),
    _workshop(
        "nach-der-foerderung",
        "nachmittag",
        7,
        {"de": "Wenn die Förderung endet", "en": "When the grant ends"},
        {"de": "Aus Projekten werden Angebote", "en": "Turning projects into services"},
        {
            "de": "Drei Jahre Anschub, dann die Frage: Wer zahlt weiter? Der Landkreis Weidenbach hat elf befristete Projekte geprüft, vier beendet, vier zusammengelegt und drei in den Haushalt übernommen. Der Workshop stellt die Kriterien vor und das Gespräch, das am schwersten war. Anhand eigener Beispiele erarbeiten die Teilnehmenden einen Ausstiegsplan, der schon im Antrag stehen kann.",
            "en": "Three years of start-up money, then the question: who goes on paying? Weidenbach District reviewed eleven fixed-term projects, ended four, merged four and took three into its budget. The workshop presents the criteria, and the conversation that was hardest. Working on examples of their own, participants draw up an exit plan that can stand in the application from the start.",
        },
        (
            {
                "de": "Woran erkennen wir, dass ein Projekt bleiben soll?",
                "en": "How do we see that a project should stay?",
            },
            {
                "de": "Wie beendet man etwas, das allen lieb ist?",
                "en": "How do you end something that everyone is fond of?",
            },
        ),
        (("nikolina-babic", "speaker"), ("friederike-quandt", "moderator")),
        "kette",
        36,
        "Landkreis Weidenbach",
    ),
    _workshop(
        "sport-chor-garten",
        "nachmittag",
        8,
        {"de": "Sport, Chor, Garten", "en": "Sport, choir, garden"},
        {"de": "Vereine als Lernorte ernst nehmen", "en": "Taking clubs seriously as places to learn"},
        {
            "de": "Im Verein lernen Menschen Deutsch, Verantwortung und Buchführung, ohne dass es jemand so nennt. Ein Vereinsvorsitzender und eine Quartiersmanagerin berichten, wie sie dieses Lernen sichtbar gemacht haben, ohne das Ehrenamt mit Formularen zu erdrücken. Gemeinsam entsteht eine Vereinbarung zwischen Kommune und Verein auf einer einzigen Seite.",
            "en": "In clubs people learn German, responsibility and bookkeeping, without anyone calling it that. A club chair and a neighbourhood manager describe how they made this learning visible without crushing volunteers under forms. Together we write an agreement between municipality and club that fits on a single page.",
        },
        (
            {
                "de": "Was können Vereine, das eine Behörde nicht kann?",
                "en": "What can clubs do that a public office cannot?",
            },
            {"de": "Welche Gegenleistung ist fair?", "en": "What is a fair return?"},
        ),
        (("goran-kovacevic", "speaker"), ("sirin-yildiz", "moderator")),
        "schuss",
        38,
    ),
)

# The most wanted first: the invented wishes follow this order.
POPULAR: dict[str, tuple[str, ...]] = {
    "vormittag": ("bibliothek-als-wohnzimmer", "schule-nach-16-uhr", "zahlen-fuers-quartier", "eltern-als-lotsen"),
    "nachmittag": ("nach-der-foerderung", "werkbank-auf-raedern", "jugendliche-planen-mit", "sport-chor-garten"),
}
