"""The host organisations of the demonstration; every address, number and imprint here is invented."""

from __future__ import annotations

from eventsite.demo.shapes import Host, Words

DEMO_NOTE: Words = {
    "de": (
        "**Demonstrationsdaten:** Diese Seite zeigt eine Software. Anschriften, Telefonnummern und E-Mail-Adressen sind "
        "erfunden; die Domains example.org und example.net gehören niemandem."
    ),
    "en": (
        "**Demonstration data:** This site shows a piece of software. Addresses, telephone numbers and e-mail addresses "
        "are invented; the domains example.org and example.net belong to nobody."
    ),
}


def _imprint(name_de: str, name_en: str, address: str, email: str, phone: str) -> Words:
    return {
        "de": (
            f"{DEMO_NOTE['de']}\n\n**{name_de}**  \n{address}\n\nTelefon: {phone}  \nE-Mail: {email}\n\n"
            "Vertreten durch: die Leitung der Organisation (in der Demonstration ohne Namen).  \n"
            f"Verantwortlich für den Inhalt nach § 18 Abs. 2 MStV: Redaktion der Veranstaltung, {address.split('  ')[0]}"
        ),
        "en": (
            f"{DEMO_NOTE['en']}\n\n**{name_en}**  \n{address}\n\nTelephone: {phone}  \nE-mail: {email}\n\n"
            "Represented by: the head of the organisation (no name in this demonstration).  \n"
            f"Responsible for the content: the editors of the event, {address.split('  ')[0]}"
        ),
    }


def _host(
    key: str, name: Words, short_name: str, description: Words, address: str, phone: str, domain: str = "example.org"
) -> Host:
    email = f"{key}@{domain}"
    return Host(
        key=key,
        name=name,
        short_name=short_name,
        description=description,
        address=address,
        email=email,
        phone=phone,
        website=f"https://{key}.{domain}/",
        imprint=_imprint(name["de"], name["en"], address.replace("\n", "  \n"), email, phone),
    )


HOSTS: tuple[Host, ...] = (
    _host(
        "dlr-projekttraeger",
        {"de": "DLR-Projektträger", "en": "DLR Projektträger"},
        "DLR-PT",
        {"de": "Projektträger", "en": "Project management agency"},
        "Beispielallee 1\n00001 Musterstadt",
        "+49 30 23125 101",
    ),
    _host(
        "transferagentur-grossstaedte",
        {
            "de": "Transferagentur für Großstädte",
            "en": "Transferagentur für Großstädte (transfer agency for large cities)",
        },
        "Transferagentur",
        {"de": "Transferagentur", "en": "Transfer agency"},
        "Beispielplatz 2\n00002 Musterstadt",
        "+49 30 23125 102",
    ),
    _host(
        "netzwerkbuero-lernorte",
        {"de": "Netzwerkbüro Lernorte", "en": "Learning Places Network Office"},
        "Netzwerkbüro",
        {
            "de": "Erfundene Fachstelle, die Städte und Kreise beim Aufbau lokaler Lernorte begleitet.",
            "en": "An invented agency that supports towns and districts in building local places to learn.",
        },
        "Spulengasse 4\n00004 Musterstadt",
        "+49 30 23125 104",
    ),
    _host(
        "werkstatt-stadt-und-bildung",
        {"de": "Werkstatt Stadt und Bildung", "en": "City and Education Workshop"},
        "Werkstatt",
        {
            "de": "Erfundener Verein, der Verwaltung, Schule und Nachbarschaft an einen Tisch bringt.",
            "en": "An invented association that brings administration, schools and neighbourhoods to one table.",
        },
        "Uferweg 19\n00005 Musterstadt",
        "+49 30 23125 105",
        "example.net",
    ),
)
