"""What the Kassel meeting's documentation says: report, quotes, findings, core messages; reported speech throughout."""

from __future__ import annotations

from eventsite.demo.shapes import Finding, Quote, Words

LEAD: Words = {
    "de": (
        "Sprachkurse, Wohnungen, Ausbildungsplätze, Vereine: Was Neuzugewanderte zum Ankommen brauchen, liegt selten in "
        "einer Hand. In Kassel ging es darum, wie Kommunen mit Partnern außerhalb der Verwaltung verlässlich arbeiten."
    ),
    "en": (
        "Language courses, housing, apprenticeships, clubs: what newcomers need in order to arrive is rarely in one pair "
        "of hands. The meeting in Kassel asked how municipalities can work reliably with partners outside their own walls."
    ),
}

SECTIONS: tuple[tuple[Words, Words], ...] = (
    (
        {"de": "Ein Tag im Kulturbahnhof", "en": "A day at the Kulturbahnhof"},
        {
            "de": """\
Wer Bildung vor Ort gestalten will, kommt mit der eigenen Verwaltung allein nicht weit. Jobcenter, Kammern, Wohlfahrtsverbände, Schulen, Migrantenorganisationen und viele Ehrenamtliche tragen ihren Teil bei, jede Seite mit eigenen Regeln und eigenen Zielen. Die Kommunalen Koordinatorinnen und Koordinatoren haben die Aufgabe, daraus ein Angebot zu machen, in dem sich Menschen zurechtfinden, die neu in Deutschland sind. Für sie war dieser Tag gedacht.

Markus Weiland vom DLR-Projektträger begrüßte die Teilnehmenden gemeinsam mit der Transferagentur für Großstädte. Den Rahmen setzte der Impulsvortrag „Externe Kooperation“ von Markus Lindner. Danach gehörte die Bühne der kommunalen Praxis: Auf dem Podium berichteten unter anderem Christine Knüppel und Martina Schuster, was Zusammenarbeit im Alltag leichter macht und woran sie scheitern kann. Am Nachmittag teilte sich das Plenum auf vier Workshops auf.""",
            "en": """\
Anyone who wants to shape education locally will not get far with their own administration alone. Job centres, chambers, welfare associations, schools, migrant organisations and many volunteers all play a part, each side with rules and aims of its own. The municipal coordinators have the task of turning this into an offer in which people who are new to Germany can find their way. The day was meant for them.

Markus Weiland of DLR Projektträger welcomed the participants together with the Transferagentur für Großstädte. Markus Lindner set the frame with his short keynote on external cooperation. After that the stage belonged to municipal practice: on the panel Christine Knüppel and Martina Schuster, among others, talked about what makes cooperation easier from day to day, and where it can fail. In the afternoon the plenary split up into four workshops.""",
        },
    ),
    (
        {"de": "Erst sehen, was schon da ist", "en": "First see what is already there"},
        {
            "de": """\
Einen Bauplan, der überall passt, gibt es nicht. Das Podium war sich einig, dass Kommunen von sehr verschiedenen Punkten aus beginnen: Die eine hat seit Jahren eine Bildungskonferenz und ein eigenes Büro dafür, in der anderen fängt eine einzelne Person mit einer Telefonliste an. Christine Knüppel riet sinngemäß dazu, vor jeder neuen Idee auf die vorhandenen Strukturen zu schauen. Meist gebe es bereits Runden, in denen die Richtigen sitzen; wer eine weitere danebenstelle, koste alle Beteiligten Zeit und wenig später auch die Geduld.

Ebenso wichtig sei, worauf man sich einige. Ziele müssten klar und machbar sein, so Knüppel sinngemäß: lieber eine Absprache, die im nächsten Vierteljahr umgesetzt werde, als ein Leitbild, das niemand im Alltag wiederfinde. Aus dem Publikum kam die Ergänzung, dass zur Klarheit auch das Gegenteil gehöre. Manches lasse sich vor Ort nicht lösen. Wer das offen ausspreche, verliere nicht an Ansehen, sondern gewinne Verlässlichkeit.""",
            "en": """\
There is no blueprint that fits everywhere. The panel agreed that municipalities start from very different positions: one has had an education conference and an office for it for years, in another a single person begins with a telephone list. Christine Knüppel's advice, in essence, was to look at the structures that exist before any new idea. Usually there are already circles in which the right people sit; whoever puts another one beside them costs everybody time, and soon afterwards patience too.

It matters just as much what people agree on. Aims have to be clear and feasible, Knüppel said in essence: better an arrangement that is put into practice in the next quarter than a mission statement that nobody meets again in daily work. Someone in the audience added that clarity includes its opposite. Some things cannot be solved locally. Those who say so openly do not lose standing, they gain reliability.""",
        },
    ),
    (
        {
            "de": "Im Gespräch bleiben, auch wenn wenig geschehen ist",
            "en": "Keep talking, even when little has happened",
        },
        {
            "de": """\
Martina Schuster lenkte den Blick auf die Verständigung zwischen den Terminen. Information müsse in alle Richtungen fließen, erklärte sie sinngemäß: zur Leitung und in die Teams, zu den Trägern und zurück. Das gelte gerade dann, wenn noch wenig geschehen sei. Eine kurze Nachricht über den Stand der Dinge halte ein Netzwerk zusammen, Schweigen dagegen werde schnell als Stillstand verstanden.

Geduld brauche auch der gemeinsame Nutzen. Schuster nannte sinngemäß das Beispiel einer gemeinsam gepflegten Datenbank. Bis alle Beteiligten sähen, was sie selbst davon hätten, könne es dauern, und bis dahin müsse jemand die Pflege übernehmen und immer wieder zeigen, wofür sie gut sei. Den Grund dafür sah das Podium im Vertrauen. Wer kooperiert, gibt ein Stück Eigenständigkeit ab: über Daten, über Zuständigkeiten, manchmal über die eigene Sicht auf ein Problem. Dazu ist nur bereit, wer weiß, dass die andere Seite sorgsam damit umgeht.""",
            "en": """\
Martina Schuster turned to what happens between the meetings. Information has to flow in all directions, she explained in essence: to the leadership and into the teams, to the providers and back. This holds above all when little has happened yet. A short note on where things stand keeps a network together, whereas silence is soon taken for standstill.

Shared benefit needs patience too. In essence, Schuster gave the example of a database kept by several partners. It can take time until everyone sees what is in it for them, and until then somebody has to keep it up and show again and again what it is good for. The panel saw the reason in trust. Those who cooperate give up a piece of their autonomy: over data, over responsibilities, sometimes over their own view of a problem. Only those who know that the other side will treat it with care are ready to do so.""",
        },
    ),
    (
        {"de": "Auf Augenhöhe und fest verankert", "en": "At eye level, and firmly anchored"},
        {
            "de": """\
Damit gute Zusammenarbeit nicht an einzelnen Menschen hängt, muss sie in den Häusern verankert sein: mit Zuständigkeiten, Zeit und einem Auftrag der Leitung. Zugleich verträgt sie kein Oben und Unten. Ein Verein, der mit wenigen Freiwilligen arbeitet, bringt anderes ein als ein Amt, aber nichts Geringeres. Kooperation gelinge nur auf Augenhöhe, hieß es dazu sinngemäß aus der Runde.

Mehrfach kam das Gespräch auf die Zeit zurück, in der viele Geflüchtete in die Städte und Kreise kamen. Ihre Ankunft habe wie ein Katalysator gewirkt. Sie habe sichtbar gemacht, was einer Kommune fehlt, und zwar nicht nur den Neuen: bezahlbarer Wohnraum, Möglichkeiten zur Beteiligung, Wege zu Qualifikation und gut begleitete Übergänge von der Schule in Ausbildung und Beruf. Was für Neuzugewanderte aufgebaut wird, kommt deshalb am Ende vielen zugute.""",
            "en": """\
If good cooperation is not to depend on single people, it has to be anchored in the institutions: with responsibilities, time and a mandate from the leadership. At the same time it cannot bear an above and a below. An association that works with a handful of volunteers brings something different to the table than a public office does, but nothing less. Cooperation only works at eye level, as the panel put it in essence.

More than once the conversation came back to the time when many refugees arrived in towns and districts. Their arrival, it was said, worked as a catalyst. It showed what a municipality lacks, and not only for those who are new: affordable housing, chances to take part, ways to qualifications, and well-supported transitions from school to training and work. What is built for newcomers therefore benefits many others in the end.""",
        },
    ),
    (
        {"de": "Vier Fälle, vier Wege", "en": "Four cases, four ways"},
        {
            "de": """\
Wie verschieden Zusammenarbeit aussehen kann, zeigten die vier Workshops am Nachmittag. Es ging um eine Plattform, auf der sich zivilgesellschaftliches Engagement vernetzt, um Strukturen für den Übergang von der Schule in den Beruf, um ein Netzwerk für junge Flüchtlinge in Nürnberg und um die Arbeit der kommunalen Steuerungsgruppe in Dessau-Roßlau. Überall stand ein Fall aus der Praxis am Anfang.

Der Workshop zum Übergang Schule–Beruf hat seine Ergebnisse in drei Punkten festgehalten; sie stehen weiter unten. Zu den drei anderen liegen keine schriftlichen Ergebnisse vor. Auch das gehört zu einem ehrlichen Bild des Tages: Ein gutes Gespräch wirkt weiter, selbst wenn niemand mitgeschrieben hat.""",
            "en": """\
How different cooperation can look became clear in the four workshops of the afternoon. They dealt with a platform on which civic engagement connects, with structures for the transition from school to work, with a network for young refugees in Nuremberg, and with the work of the municipal steering group in Dessau-Roßlau. A case from practice stood at the beginning of each.

The workshop on the transition from school to work recorded its findings in three points, which you will find further down. There are no written findings from the other three. That, too, belongs to an honest picture of the day: a good conversation goes on working even if nobody took notes.""",
        },
    ),
)

NOTE: Words = {
    "de": (
        "Alle Aussagen sind sinngemäß und in eigenen Worten wiedergegeben. Welche Aussage bei welcher Person steht, ist Teil "
        "der Demonstration."
    ),
    "en": (
        "All statements are retold in essence and in our own words. Which statement stands with which person is part of the "
        "demonstration."
    ),
}

WORKSHOPS_INTRO: Words = {
    "de": (
        "Nach der Mittagspause arbeiteten die Teilnehmenden in vier Workshops nebeneinander. In jedem stellten Referierende "
        "einen Fall aus der Praxis vor, an dem die Gruppe weiterdachte."
    ),
    "en": (
        "After lunch the participants worked in four workshops side by side. In each of them, speakers presented a case from "
        "practice that the group then took further."
    ),
}

FINDINGS: dict[str, tuple[Finding, ...]] = {
    "uebergang-schule-beruf": (
        Finding(
            {"de": "Verbindlichkeit herstellen", "en": "Make things binding"},
            {
                "de": (
                    "Absprachen tragen erst, wenn feststeht, wer was bis wann tut. Die Gruppe empfiehlt, Zuständigkeiten "
                    "schriftlich festzuhalten, Vertretungen gleich mitzubenennen und am Ende jedes Treffens die nächsten "
                    "Schritte laut vorzulesen. Eine kurze Kooperationsvereinbarung genügt, wenn alle sie kennen."
                ),
                "en": (
                    "Arrangements only carry weight once it is clear who does what by when. The group recommends putting "
                    "responsibilities in writing, naming stand-ins from the start and reading the next steps aloud at the "
                    "end of each meeting. A short cooperation agreement is enough if everyone knows it."
                ),
            },
        ),
        Finding(
            {"de": "Die strategische Ebene überzeugen", "en": "Convince the strategic level"},
            {
                "de": (
                    "Ein Netzwerk am Übergang von der Schule in den Beruf braucht Rückhalt aus Leitung und Politik. Überzeugend "
                    "sind wenige Zahlen, ein erzählter Fall und eine Bitte, über die sich entscheiden lässt. Wer früh "
                    "einbezogen wird, setzt sich später eher für die Sache ein."
                ),
                "en": (
                    "A network for the transition from school to work needs the backing of leaders and politicians. A few "
                    "figures, one case told well and a request that can be decided on are convincing. Those who are "
                    "involved early are more likely to stand up for the matter later."
                ),
            },
        ),
        Finding(
            {"de": "Strukturen laufend prüfen und weiterentwickeln", "en": "Keep reviewing and developing structures"},
            {
                "de": (
                    "Was bei der Gründung passte, kann zwei Jahre später im Weg stehen. Einmal im Jahr sollte das Netzwerk "
                    "fragen, welche Runden noch gebraucht werden, wer fehlt und was enden darf. So bleibt die Struktur "
                    "schlank und die Bereitschaft zur Mitarbeit hoch."
                ),
                "en": (
                    "What fitted at the start may be in the way two years later. Once a year the network should ask which "
                    "circles are still needed, who is missing and what may come to an end. That keeps the structure lean "
                    "and the willingness to take part high."
                ),
            },
        ),
    ),
}

QUOTES: tuple[Quote, ...] = (
    Quote(
        text={
            "de": (
                "Jede Kommune starte an einem anderen Punkt. Zuerst solle man sich ansehen, welche Strukturen es schon gibt, "
                "und erst danach fragen, was noch fehlt."
            ),
            "en": (
                "Every municipality, she said, starts from a different point. One should first look at the structures that "
                "exist, and only then ask what is missing."
            ),
        },
        speaker="christine-knueppel",
    ),
    Quote(
        text={
            "de": (
                "Kommunikation müsse in alle Richtungen gehen. Auch dass noch wenig geschehen sei, sei eine Nachricht, die "
                "die Partner hören sollten."
            ),
            "en": (
                "Communication, she said, has to go in all directions. That little has happened yet is news, too, and the "
                "partners should hear it."
            ),
        },
        speaker="martina-schuster",
    ),
    Quote(
        text={
            "de": (
                "Vertrauen sei die Grundlage jeder Kooperation, denn wer sich darauf einlasse, gebe ein Stück der eigenen "
                "Eigenständigkeit ab."
            ),
            "en": "Trust, he said, is the basis of all cooperation, because whoever enters into it gives up some autonomy.",
        },
        rest={
            "de": (
                "Deshalb reiche es nicht, dass sich einzelne Menschen gut verstehen. Die Zusammenarbeit müsse in der "
                "Institution gesichert sein, damit sie auch hält, wenn jemand die Stelle wechselt. Und sie brauche Augenhöhe: "
                "Nur wer sich ernst genommen fühle, bringe ein, was er weiß. Dass es dauern könne, bis alle den Wert eines "
                "gemeinsamen Vorhabens erkennen, sei kein Scheitern, sondern der übliche Weg."
            ),
            "en": (
                "That is why it is not enough for individuals to get on well. Cooperation must be secured in the "
                "institution, so that it lasts when somebody changes jobs. And it has to happen at eye level: only those who "
                "feel taken seriously will bring in what they know. That it can take time until all see the value of a "
                "shared undertaking is not failure, he said, but the usual way."
            ),
        },
        speaker="juergen-ripplinger",
    ),
    Quote(
        text={
            "de": (
                "Man solle offen sagen, was sich vor Ort nicht lösen lässt. Damit sei allen mehr geholfen als mit einem Ziel, "
                "an das niemand glaubt."
            ),
            "en": (
                "One should say openly what cannot be solved locally. That helps everyone more than an aim nobody believes in."
            ),
        },
        label={"de": "Teilnehmende Person aus dem Publikum", "en": "A participant from the audience"},
    ),
)

CORE_MESSAGES: tuple[Words, ...] = (
    {
        "de": "Kommunen beginnen an verschiedenen Punkten. Was anderswo trägt, ist Anregung, keine Vorlage.",
        "en": "Municipalities start from different positions. What works elsewhere is a stimulus, not a template.",
    },
    {
        "de": "Zuerst zählen die Strukturen, die es schon gibt.",
        "en": "The structures that already exist come first.",
    },
    {
        "de": "Ziele müssen klar und machbar sein.",
        "en": "Aims have to be clear and feasible.",
    },
    {
        "de": "Kommunikation geht in alle Richtungen, auch wenn noch wenig geschehen ist.",
        "en": "Communication goes in all directions, even when little has happened yet.",
    },
    {
        "de": "Was sich nicht lösen lässt, wird offen gesagt.",
        "en": "What cannot be solved is said openly.",
    },
    {
        "de": "Bis alle den Wert eines gemeinsamen Werkzeugs sehen, etwa einer Datenbank, darf Zeit vergehen.",
        "en": "It may take time until all see the value of a shared tool such as a database.",
    },
    {
        "de": "Vertrauen ist die Grundlage, denn Partner geben ein Stück Eigenständigkeit ab.",
        "en": "Trust is the basis, because partners give up a piece of their autonomy.",
    },
    {
        "de": "Kooperation gehört in der Institution verankert und geschieht auf Augenhöhe.",
        "en": "Cooperation belongs anchored in the institution and happens at eye level.",
    },
)
