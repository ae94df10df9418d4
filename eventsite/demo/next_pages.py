"""Travel, questions and access pages of the follow-up event."""

from __future__ import annotations

from eventsite.demo.shapes import Page

PAGES: tuple[Page, ...] = (
    Page(
        slug="travel",
        title={"de": "Anreise und Übernachtung", "en": "Travel and accommodation"},
        menu_order=10,
        body={
            "de": """\
Die **Alte Webstube** ist ein erfundener Ort. Der Weg dorthin ist beschrieben, wie er auf einer wirklichen Seite stünde.

## Mit der Bahn

Vom Fernbahnhof Kassel-Wilhelmshöhe fahren Straßenbahnen in etwa zehn Minuten in die Innenstadt. Von der Haltestelle „Webstube“ sind es 150 Meter.

## Stufenlos vom Zug in den Saal

1. Am Fernbahnhof führt der Aufzug am Ende des Bahnsteigs zur Brücke, von dort geht es über eine Rampe zur Straßenbahn.
2. Alle Bahnen sind Niederflurwagen. Steigen Sie an der zweiten Tür ein, dort ist Platz für Rollstühle.
3. An der Haltestelle „Webstube“ ist der Bordstein abgesenkt. Der Gehweg ist eben und 2,40 Meter breit, ein Leitstreifen führt bis zum Haupteingang.
4. Die Tür öffnet sich von selbst. Der Aufzug liegt rechts (Tür 90 cm, Kabine 110 × 140 cm, Ansage und Tasten in Brailleschrift).

## Mit dem Rad oder dem Auto

Im Hof stehen 60 Fahrradbügel. Zwei Parkplätze für Menschen mit Behinderung liegen direkt am Eingang; bitte reservieren Sie sie bei der Anmeldung. Weitere Stellplätze gibt es im Parkhaus Färbergasse, fünf Minuten zu Fuß.

## Übernachten

Bis vier Wochen vor der Veranstaltung sind unter dem Stichwort „Lernorte“ Zimmer im **Hotel Haspel** (erfunden) zurückgelegt, drei davon rollstuhlgerecht.
""",
            "en": """\
The **Alte Webstube** is an invented place. The way there is described as it would be on a real page.

## By train

Trams take about ten minutes from the long-distance station Kassel-Wilhelmshöhe to the city centre. From the stop “Webstube” it is 150 metres.

## Step-free from the train to the hall

1. At the long-distance station the lift at the end of the platform takes you up to the bridge, and a ramp leads from there to the tram.
2. All trams have low floors. Board at the second door, where there is room for wheelchairs.
3. The kerb is lowered at the stop “Webstube”. The pavement is level and 2.40 metres wide, and tactile paving leads to the main entrance.
4. The door opens by itself. The lift is on the right (door 90 cm, cabin 110 × 140 cm, announcements and Braille buttons).

## By bicycle or car

There are 60 bicycle stands in the yard. Two parking spaces for disabled people are right beside the entrance; please reserve them when you register. More spaces are in the car park Färbergasse, five minutes on foot.

## Staying overnight

Until four weeks before the event, rooms are held at **Hotel Haspel** (invented) under the name “Lernorte”, three of them accessible for wheelchairs.
""",
        },
    ),
    Page(
        slug="access",
        title={"de": "Barrierefrei teilnehmen", "en": "Access at the event"},
        menu_order=20,
        body={
            "de": """\
## Was für alle da ist

- Alle Räume, auch Bühne und Bus, sind stufenlos erreichbar.
- Im Webersaal gibt es eine induktive Höranlage und Schriftmittlung.
- Ein Ruheraum im ersten Stock ist den ganzen Tag offen.
- Toiletten für alle Geschlechter und eine rollstuhlgerechte Toilette liegen im Erdgeschoss und im ersten Stock.
- Assistenzhunde sind willkommen. Begleitpersonen nehmen kostenlos teil.

## Was wir gern für Sie organisieren

Gebärdensprachdolmetschen, Flüsterdolmetschen, Unterlagen vorab in großer Schrift oder als Text, Begleitung ab der Haltestelle. Sagen Sie uns bei der Anmeldung, was Sie brauchen. **Dolmetschen** können wir bis sechs Wochen vorher zusagen, alles andere bis zehn Tage vorher.

## Mit einer Person sprechen

Radka Sommer (erfunden) kümmert sich um alle Fragen zur Barrierefreiheit: barrierefrei@example.org.
""",
            "en": """\
## There for everyone

- All rooms, including the stage and the bus, have step-free access.
- The Webersaal has an induction loop and live captions (German).
- A quiet room on the first floor is open all day.
- Toilets for all genders and an accessible toilet are on the ground floor and on the first floor.
- Assistance dogs are welcome. Personal assistants take part free of charge.

## What we gladly organise for you

Sign language interpreting, whispered interpreting, materials in advance in large print or as text, company from the tram stop. Tell us what you need when you register. We can promise **interpreting** until six weeks before the event, everything else until ten days before.

## Talk to a person

Radka Sommer (invented) takes care of all questions about access: barrierefrei@example.org.
""",
        },
    ),
    Page(
        slug="faq",
        title={"de": "Häufige Fragen", "en": "Questions and answers"},
        menu_order=30,
        body={
            "de": """\
## Was kostet die Teilnahme?

Nichts. Auch Verpflegung und Abendprogramm sind frei. Reise und Übernachtung tragen Sie selbst.

## Wie werden die Plätze in den Workshops vergeben?

Sie nennen je Runde Ihre Wünsche in einer Reihenfolge. Nach dem Ende der Frist verteilen wir alle Plätze auf einmal, so dass möglichst viele einen ihrer vorderen Wünsche bekommen. Wann Sie sich angemeldet haben, spielt dabei keine Rolle. Nennen Sie am besten drei Wünsche: Wer nur einen nennt, geht eher leer aus.

## Kann ich meine Wünsche ändern?

Ja, bis zum Ende der Frist auf Ihrer persönlichen Seite. Den Link finden Sie in der Bestätigung.

## Ich kann doch nicht kommen. Was tun?

Sagen Sie auf Ihrer persönlichen Seite ab, gern auch noch am Morgen. Ihr Platz geht sofort an die nächste Person auf der Warteliste.

## Muss ich ein Konto anlegen?

Nein. Sie brauchen kein Passwort, nur den persönlichen Link aus der E-Mail.

## Werden Fotos gemacht?

Ja. Erkennbar sind darauf nur Menschen, die bei der Anmeldung zugestimmt haben. Wer es sich anders überlegt, sagt am Einlass Bescheid.
""",
            "en": """\
## What does it cost to take part?

Nothing. Food and the evening programme are free as well. Travel and accommodation are at your own expense.

## How are the places in the workshops given?

For each round you put your wishes in order. After the deadline we give out all places at once, so that as many people as possible get one of their first wishes. When you registered makes no difference. It is best to name three wishes: those who name only one are more likely to miss out.

## Can I change my wishes?

Yes, on your personal page, until the deadline. You will find the link in the confirmation.

## I cannot come after all. What should I do?

Cancel on your personal page, even on the same morning. Your place goes to the next person on the waiting list at once.

## Do I have to create an account?

No. You need no password, only the personal link from the e-mail.

## Will photos be taken?

Yes. Only people who agreed when registering can be recognised in them. If you change your mind, tell us at the entrance.
""",
        },
    ),
)
