"""Imprint, privacy notice and accessibility statement of the demonstration site, and its free pages."""

from __future__ import annotations

from eventsite.demo.hosts import DEMO_NOTE
from eventsite.demo.shapes import Page, Words

SITE_NAME: Words = {"de": "Fachveranstaltungen", "en": "Professional meetings"}
SITE_LEAD: Words = {
    "de": "Tagungen und Werkstätten zur Bildung in Städten und Kreisen: anmelden, mitarbeiten, nachlesen.",
    "en": "Conferences and working meetings on education in towns and districts: register, take part, read up.",
}

IMPRINT: Words = {
    "de": f"""\
{DEMO_NOTE["de"]}

## Anbieter dieser Seite

**Tagungsbüro (erfunden)**
Beispielallee 1
00001 Musterstadt

Telefon: +49 30 23125 110
E-Mail: tagungsbuero@example.org

## Verantwortlich für den Inhalt

Nach § 18 Abs. 2 MStV: Annegret Sommerfeld (erfundener Name), Anschrift wie oben. Die veranstaltenden Organisationen stehen mit eigenem Impressum auf der Seite jeder Veranstaltung.

## Woher die Inhalte stammen

Die Veranstaltung „Externe Kooperation“ erzählt eine wirkliche Fachveranstaltung nach. Namen, Titel und Reihenfolge sind übernommen, alle Texte neu geschrieben. Aussagen der genannten Personen sind sinngemäß wiedergegeben; welche Aussage bei wem steht, ist Teil der Demonstration. Das Datum, die Räume und alle Teilnehmenden sind erfunden.

Die beiden anderen Veranstaltungen, ihre Orte, Organisationen und Mitwirkenden sind vollständig erfunden. Ähnlichkeiten mit wirklichen Personen wären Zufall. Alle Bilder wurden für die Demonstration gezeichnet und sind frei verwendbar (CC0).
""",
    "en": f"""\
{DEMO_NOTE["en"]}

## Provider of this site

**Conference office (invented)**
Beispielallee 1
00001 Musterstadt

Telephone: +49 30 23125 110
E-mail: tagungsbuero@example.org

## Responsible for the content

Annegret Sommerfeld (an invented name), address as above. The host organisations have an imprint of their own on the page of each event.

## Where the content comes from

The event “External cooperation” retells a real professional meeting. Names, titles and the order of things were kept, all texts are newly written. Statements of the people named are given in essence; which statement stands with whom is part of the demonstration. The date, the rooms and all participants are invented.

The two other events, their venues, organisations and contributors are entirely invented. Any likeness to real people would be chance. All pictures were drawn for the demonstration and may be used freely (CC0).
""",
}

PRIVACY: Words = {
    "de": """\
**Demonstrationsdaten:** So könnte ein Datenschutzhinweis aussehen. Wer die Software einsetzt, ersetzt ihn durch den eigenen.

## Wenn Sie nur lesen

Diese Seiten setzen kein Cookie, laden nichts von anderen Servern und zählen niemanden. Ein Cookie entsteht erst, wenn Sie ein Formular öffnen. Es enthält keine Angaben zu Ihrer Person und verfällt mit dem Schließen des Browsers.

## Wenn Sie sich anmelden

Wir speichern Ihren Namen, Ihre E-Mail-Adresse, Ihre Organisation und Ihre Workshop-Wünsche, um die Veranstaltung durchzuführen. Angaben zu Essen und Barrierefreiheit sind freiwillig. Nur das Tagungsteam sieht sie, und sie werden 14 Tage nach der Veranstaltung gelöscht. Alle anderen Angaben löschen wir nach sechs Monaten, sofern keine Nachweispflicht dagegensteht.

## Fotos und Teilnahmeliste

Ob Sie auf Fotos erkennbar sein oder in der Teilnahmeliste stehen möchten, fragen wir getrennt. Sie können beides auf Ihrer persönlichen Seite jederzeit ändern.

## Ihre Rechte

Auf Ihrer persönlichen Seite sehen Sie, was wir über Sie gespeichert haben. Sie können die Daten mitnehmen, berichtigen und löschen lassen. Fragen beantwortet das Tagungsbüro: tagungsbuero@example.org. Außerdem können Sie sich bei einer Datenschutzaufsicht beschweren.
""",
    "en": """\
**Demonstration data:** This is what a privacy notice could look like. Whoever uses the software replaces it with their own.

## If you only read

These pages set no cookie, load nothing from other servers and count nobody. A cookie is only set when you open a form. It contains nothing about you and ends when you close the browser.

## If you register

We store your name, your e-mail address, your organisation and your workshop wishes in order to run the event. Details about food and accessibility are voluntary. Only the conference team sees them, and they are deleted 14 days after the event. Everything else is deleted after six months unless proof has to be kept.

## Photos and list of participants

We ask separately whether you may be recognisable in photos and whether you want to be on the list of participants. You can change both on your personal page at any time.

## Your rights

Your personal page shows what we have stored about you. You can take the data with you, correct it or have it deleted. The conference office answers questions: tagungsbuero@example.org. You can also complain to a data protection authority.
""",
}

ACCESSIBILITY: Words = {
    "de": """\
**Demonstrationsdaten:** Diese Erklärung zeigt den Aufbau. Vor dem Einsatz ist sie zu prüfen und anzupassen.

## Stand

Diese Seiten sollen den Web Content Accessibility Guidelines 2.2 auf Stufe AA und der BITV 2.0 entsprechen. Grundlage ist eine Selbstbewertung mit automatischen und händischen Prüfungen.

## Was noch nicht barrierefrei ist

- **Dateien zum Herunterladen:** Tabellen und Textdateien, die Mitwirkende beisteuern, sind nicht alle geprüft. Auf Wunsch schicken wir den Inhalt in einer anderen Form.
- **Leichte Sprache und Gebärdensprache:** Für die Demonstration gibt es dazu noch keine Fassungen.

## Barriere melden

Sie stoßen auf ein Hindernis? Schreiben Sie an barrierefrei@example.org und nennen Sie die Adresse der Seite. Wir antworten innerhalb eines Monats.

## Schlichtung

Hilft unsere Antwort nicht weiter, können Sie sich an die zuständige Schlichtungsstelle wenden. Für Stellen des Bundes ist das die Schlichtungsstelle nach § 16 BGG. Das Verfahren kostet nichts, und Sie brauchen keinen Rechtsbeistand.
""",
    "en": """\
**Demonstration data:** This statement shows the structure. It has to be checked and adapted before use.

## Status

These pages are meant to conform to the Web Content Accessibility Guidelines 2.2 at level AA and to the German BITV 2.0. The basis is a self-assessment with automatic and manual checks.

## What is not accessible yet

- **Files to download:** not all tables and text files contributed by others have been checked. On request we send the content in another form.
- **Easy language and sign language:** there are no such versions for the demonstration yet.

## Report a barrier

Have you met an obstacle? Write to barrierefrei@example.org and give the address of the page. We answer within one month.

## Arbitration

If our answer does not help, you can turn to the competent arbitration body. For federal bodies in Germany this is the arbitration service under § 16 BGG. The procedure is free of charge, and you need no lawyer.
""",
}

LEGAL_PAGES: tuple[Page, ...] = (
    Page("imprint", {"de": "Impressum", "en": "Imprint"}, IMPRINT, 10),
    Page("privacy", {"de": "Datenschutz", "en": "Privacy"}, PRIVACY, 20),
    Page("accessibility", {"de": "Erklärung zur Barrierefreiheit", "en": "Accessibility statement"}, ACCESSIBILITY, 30),
)
