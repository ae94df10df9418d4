"""Ready questions and consent texts for a professional meeting, in both languages, with purpose and retention."""

from typing import Any

from eventsite.registration.questions import Asked


def option(key: str, german: str, english: str) -> dict[str, Any]:
    """One answer to choose from."""
    return {"key": key, "label": {"de": german, "en": english}}


DIET = Asked(
    key="diet",
    kind="diet",
    label={"de": "Verpflegung", "en": "Food"},
    help={
        "de": "Es gibt für alle ein vegetarisches Buffet. Sagen Sie uns, was die Küche darüber hinaus wissen soll.",
        "en": "There is a vegetarian buffet for everybody. Tell us what else the kitchen should know.",
    },
    options=(
        option("vegan", "vegan", "vegan"),
        option("gluten-free", "glutenfrei", "gluten-free"),
        option("lactose-free", "laktosefrei", "lactose-free"),
        option("halal", "halal", "halal"),
        option("kosher", "koscher", "kosher"),
        option("nuts", "ohne Nüsse", "without nuts"),
    ),
    purpose={
        "de": "Damit die Küche plant. Sie erhält nur Zahlen, keine Namen.",
        "en": "So that the kitchen can plan. It receives figures only, no names.",
    },
    legal_basis="consent",
    audience="sensitive",
    retention="sensitive",
)

ACCESS = Asked(
    key="access",
    kind="access",
    label={"de": "Was wir für Sie vorbereiten", "en": "What we prepare for you"},
    help={
        "de": "Wählen Sie, was Ihnen die Teilnahme leichter macht. Wir melden uns, wenn wir Fragen haben.",
        "en": "Choose what makes taking part easier for you. We get in touch if we have questions.",
    },
    options=(
        option("sign-language", "Gebärdensprache (DGS)", "German Sign Language (DGS)"),
        option("speech-to-text", "Schriftdolmetschen", "speech-to-text interpreting"),
        option("hearing-loop", "Höranlage", "hearing loop"),
        option("wheelchair", "Platz für einen Rollstuhl", "space for a wheelchair"),
        option("large-print", "Unterlagen in großer Schrift oder digital", "documents in large print or digital"),
        option("quiet-room", "Ruheraum", "quiet room"),
        option("assistance", "Ich komme mit einer Begleitperson", "I come with an assistant"),
    ),
    purpose={
        "de": "Damit Sie ohne Hürden teilnehmen können.",
        "en": "So that you can take part without barriers.",
    },
    legal_basis="consent",
    audience="sensitive",
    retention="sensitive",
)

MUNICIPALITY = Asked(
    key="municipality",
    kind="text",
    label={"de": "Kommune oder Landkreis", "en": "Municipality or district"},
    purpose={
        "de": "Damit Kommunen ähnlicher Größe ins Gespräch kommen.",
        "en": "So that municipalities of similar size can meet.",
    },
    section="you",
)

PHONE = Asked(
    key="phone",
    kind="phone",
    label={"de": "Telefon für den Tag selbst", "en": "Telephone for the day itself"},
    purpose={
        "de": "Damit wir Sie erreichen, wenn sich kurzfristig etwas ändert.",
        "en": "So that we can reach you when something changes at short notice.",
    },
    section="you",
)

LUNCH = Asked(
    key="lunch",
    kind="yes_no",
    label={"de": "Essen Sie mit uns zu Mittag?", "en": "Will you have lunch with us?"},
    purpose={
        "de": "Damit genug da ist und nichts weggeworfen wird.",
        "en": "So that there is enough and nothing is thrown away.",
    },
    section="part",
)

EVENING = Asked(
    key="evening",
    kind="yes_no",
    label={"de": "Kommen Sie am Abend mit zum Essen?", "en": "Will you join us for dinner?"},
    help={"de": "Jede und jeder zahlt selbst.", "en": "Everybody pays for themselves."},
    purpose={"de": "Damit wir Tische bestellen.", "en": "So that we can book tables."},
    section="around",
)

TRAVEL = Asked(
    key="travel",
    kind="single",
    label={"de": "Wie reisen Sie an?", "en": "How do you travel?"},
    options=(
        option("train", "mit der Bahn", "by train"),
        option("bicycle", "mit dem Fahrrad", "by bicycle"),
        option("local", "mit Bus, Straßenbahn oder zu Fuß", "by bus, tram or on foot"),
        option("car", "mit dem Auto", "by car"),
    ),
    purpose={
        "de": "Damit es genug Stellplätze gibt, auch für Fahrräder.",
        "en": "So that there are enough parking spaces, for bicycles too.",
    },
    section="around",
)

ACCOMPANYING = Asked(
    key="accompanying",
    kind="number",
    label={"de": "Wie viele Personen bringen Sie am Abend mit?", "en": "How many people do you bring in the evening?"},
    help={"de": "Sie selbst nicht mitgezählt.", "en": "Not counting yourself."},
    purpose={"de": "Damit wir Tische bestellen.", "en": "So that we can book tables."},
    limits={"least": 0, "most": 5},
    section="around",
)

BADGE_NAME = Asked(
    key="badge-name",
    kind="text",
    label={"de": "Name auf dem Namensschild", "en": "Name on the badge"},
    help={
        "de": "Nur wenn dort etwas anderes stehen soll als oben.",
        "en": "Only if it should differ from the name above.",
    },
    purpose={"de": "Damit man Sie so anspricht, wie Sie es möchten.", "en": "So that people address you as you like."},
    limits={"most": 40},
    section="you",
)

PRONOUNS = Asked(
    key="pronouns",
    kind="text",
    label={"de": "Pronomen auf dem Namensschild", "en": "Pronouns on the badge"},
    help={"de": "Freiwillig, zum Beispiel: sie/ihr.", "en": "Voluntary, for example: she/her."},
    purpose={"de": "Steht nur auf dem Namensschild.", "en": "Is printed on the badge only."},
    legal_basis="consent",
    limits={"most": 30},
    section="you",
)

EXPECTATIONS = Asked(
    key="expectations",
    kind="long_text",
    label={"de": "Was möchten Sie mitnehmen?", "en": "What would you like to take home?"},
    purpose={
        "de": "Damit sich die Mitwirkenden vorbereiten. Sie lesen die Antworten ohne Namen.",
        "en": "So that speakers can prepare. They read the answers without names.",
    },
    limits={"most": 600},
    section="part",
)

READY: tuple[Asked, ...] = (
    DIET,
    ACCESS,
    LUNCH,
    EVENING,
    ACCOMPANYING,
    TRAVEL,
    EXPECTATIONS,
    MUNICIPALITY,
    PHONE,
    BADGE_NAME,
    PRONOUNS,
)
DEFAULT: tuple[Asked, ...] = (DIET, ACCESS)

CONSENT_TEXTS: dict[str, dict[str, str]] = {
    "photo": {
        "de": "Ich bin damit einverstanden, dass Bilder der Veranstaltung, auf denen ich zu sehen bin, in der "
        "Dokumentation erscheinen.",
        "en": "I agree that pictures of the event in which I can be seen appear in the documentation.",
    },
    "list": {
        "de": "Mein Name und meine Organisation dürfen in der Teilnahmeliste stehen, die alle Teilnehmenden erhalten.",
        "en": "My name and organisation may stand in the list of participants that all participants receive.",
    },
    "public_list": {
        "de": "Mein Name und meine Organisation dürfen in der Teilnahmeliste auf der öffentlichen Seite stehen.",
        "en": "My name and organisation may stand in the list of participants on the public page.",
    },
    "newsletter": {
        "de": "Ich möchte über weitere Veranstaltungen per E-Mail informiert werden.",
        "en": "I would like to hear about further events by e-mail.",
    },
}
DEFAULT_CONSENTS = ("photo", "list")
