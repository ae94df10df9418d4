"""The free pages of the Kassel meeting."""

from __future__ import annotations

from eventsite.demo.shapes import Page

PAGES: tuple[Page, ...] = (
    Page(
        slug="travel",
        title={"de": "Anreise", "en": "Getting there"},
        menu_order=10,
        body={
            "de": """\
## Mit der Bahn

Der Kulturbahnhof ist Teil des Kasseler Hauptbahnhofs. Fernzüge halten in **Kassel-Wilhelmshöhe**; von dort fahren Regionalzüge und Straßenbahnen in die Innenstadt. Planen Sie für den Umstieg eine Viertelstunde ein.

## Zu Fuß und mit dem Rad

Von der Innenstadt gehen Sie etwa zehn Minuten. Fahrräder können Sie vor dem Gebäude abstellen.

## Mit dem Auto

Rund um den Hauptbahnhof gibt es Parkhäuser. Wenn Sie einen Parkplatz nahe am Eingang brauchen, schreiben Sie bitte vorab an das Tagungsbüro.

## Stufenlos ans Ziel

Vom Bahnsteig bis in den Saal gibt es einen Weg ohne Stufen. Wer begleitet werden möchte, wird auf Wunsch am Gleis abgeholt. (Diese Angabe gehört zu den Demonstrationsdaten.)
""",
            "en": """\
## By train

The Kulturbahnhof is part of Kassel's central station. Long-distance trains stop at **Kassel-Wilhelmshöhe**; regional trains and trams take you into the city from there. Please allow a quarter of an hour for the change.

## On foot and by bicycle

It is about ten minutes' walk from the city centre. You can leave bicycles in front of the building.

## By car

There are car parks around the central station. If you need a space close to the entrance, please write to the conference office beforehand.

## Step-free

There is a way without steps from the platform to the hall. If you would like company, somebody will meet you on the platform. (This is demonstration data.)
""",
        },
    ),
    Page(
        slug="faq",
        title={"de": "Häufige Fragen", "en": "Questions and answers"},
        menu_order=20,
        body={
            "de": """\
## Bekomme ich eine Teilnahmebescheinigung?

Ja. Schreiben Sie an die Ansprechperson. Wer da war, ist am Einlass vermerkt worden.

## Wo finde ich die Unterlagen?

Programm, Arbeitsblatt und Netzwerkraster stehen bei den Downloads der Dokumentation.

## Darf ich die Dokumentation weitergeben?

Ja, gern. Die Seite bleibt unter dieser Adresse stehen, und das PDF hat denselben Inhalt.

## Ich möchte etwas berichtigen. An wen wende ich mich?

Schreiben Sie an die Ansprechperson. Berichtigungen erscheinen als neue Fassung der Dokumentation.
""",
            "en": """\
## Will I get a certificate of attendance?

Yes. Write to the contact person. Those who came were noted at the entrance.

## Where are the materials?

Programme, working sheet and network grid are among the downloads of the documentation.

## May I pass the documentation on?

Yes, please do. The page stays at this address, and the PDF has the same content.

## I would like to correct something. Whom do I ask?

Write to the contact person. Corrections appear as a new version of the documentation.
""",
        },
    ),
)
