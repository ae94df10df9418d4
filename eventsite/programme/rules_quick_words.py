"""The words by which typed lines are understood, German and English: kinds, roles, organisations, quotation."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

ROUND = "round"  # a line that is no item but a set of parallel workshops
# Kind → words that name it: at the beginning of a line before a colon, or somewhere in a title. The first ones are written.
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "arrival": (
        "Ankommen", "Arrival", "Ankunft", "Einlass", "Anmeldung", "Registrierung", "Check-in", "Registration", "Doors",
        "Stehkaffee",
    ),
    "closing": (
        "Abschluss", "Closing", "Verabschiedung", "Schlusswort", "Schlussworte", "Fazit", "Ausblick", "Farewell",
        "Wrap-up", "Closing words", "Tagesabschluss", "Ende", "End",
    ),
    "break": (
        "Pause", "Break", "Mittagspause", "Kaffeepause", "Mittagessen", "Mittag", "Imbiss", "Lunch", "Lunch break",
        "Coffee", "Coffee break", "Tea break", "Kaffee", "Kaffee und Kuchen", "Kaffee und Tee", "Coffee and cake",
        "Coffee & cake", "Mittagsimbiss", "Mittagsbuffet", "Frühstück", "Breakfast",
    ),
    "social": (
        "Ausklang", "Get-together", "Abendessen", "Abendveranstaltung", "Empfang", "Vernetzung", "Dinner", "Reception",
        "Networking", "Sektempfang", "Stadtführung", "Guided tour", "Party",
    ),
    "welcome": (
        "Begrüßung", "Welcome", "Begrüssung", "Willkommen", "Grußwort", "Grussworte", "Grußworte", "Eröffnung",
        "Opening", "Opening words", "Introduction",
    ),
    "keynote": ("Keynote", "Keynote", "Hauptvortrag", "Festvortrag", "Keynote lecture"),
    "panel": (
        "Podium", "Panel", "Podiumsdiskussion", "Podiumsgespräch", "Panel discussion", "Talkrunde", "Fishbowl",
        "Diskussionsrunde",
    ),
    "workshop": ("Workshop", "Workshop", "Werkstatt", "Seminar", "Session", "Breakout", "WS"),
    "market": (
        "Markt der Möglichkeiten", "Market of ideas", "Marktplatz", "Market", "Markt", "Galerierundgang", "Gallery walk",
        "Ausstellung", "Exhibition",
    ),
    "stand": ("Marktstand", "Market stand", "Stand", "Infostand", "Booth"),
    "poster": ("Poster", "Poster", "Posterpräsentation"),
    "talk": ("Vortrag", "Talk", "Input", "Impuls", "Impulsvortrag", "Referat", "Lecture", "Bericht", "Presentation"),
    ROUND: ("Workshop-Runde", "Workshop round", "Workshoprunde", "Runde", "Round", "Workshopphase", "Workshop phase"),
}  # fmt: skip
# Two words stand first in the tables: the German one and the English one. They are what is written.
ROLE_WORDS: dict[str, tuple[str, ...]] = {
    "welcome": ("Begrüßung", "Opening words", "Grußwort", "Welcome", "Eröffnung"),
    "moderator": ("Moderation", "Chair", "Moderator", "Moderatorin", "Moderiert von", "Moderated by", "Host"),
    "keynote": ("Keynote", "Keynote"),
    "speaker": ("Input", "Talk", "Vortrag", "Impuls", "Referent", "Referentin", "Speaker", "Speakers", "Referat"),
    "respondent": ("Kommentar", "Response", "Respondent"),
    "panellist": ("Podium", "Panel", "Auf dem Podium", "On the panel", "Panellists"),
    "lead": ("Leitung", "Workshop lead", "Workshopleitung", "Lead", "Led by", "Workshop-Leitung"),
    "host": ("Gastgebende", "For the hosts", "Gastgeber", "Gastgeberin"),
    "stand": ("Am Stand", "At the stand"),
    "rapporteur": ("Bericht", "Report", "Berichterstattung", "Rapporteur"),
    "graphic": ("Graphic Recording", "Graphic recording"),
    "photographer": ("Fotografie", "Photography", "Foto", "Fotos", "Photos"),
    "interpreter": (
        "Gebärdensprachdolmetschen", "Sign-language interpreting", "Gebärdensprache", "Sign language", "DGS",
    ),
    "captioner": ("Schriftdolmetschen", "Speech-to-text interpreting", "Captions"),
    "translator": ("Dolmetschen", "Interpreting", "Übersetzung"),
    "technician": ("Technik", "Technology"),
}  # fmt: skip
# What somebody named in a line does where nothing is said.
USUAL_ROLES = {
    "arrival": "host",
    "welcome": "welcome",
    "keynote": "keynote",
    "panel": "panellist",
    "workshop": "lead",
    "market": "stand",
    "stand": "stand",
    "poster": "stand",
}
_OPEN = ("n n", "nn", "n n n", "tba", "tbc", "u a", "ua", "u v a", "uva", "et al", "und andere", "and others",
         "und weitere", "weitere", "others", "andere", "wird noch bekannt gegeben", "to be announced")  # fmt: skip
_ORGANISATION = re.compile(
    r"\b(?:universit|hochschul|fachhochschul|ministeri|landkreis|kreis\b|stadt\b|stadtverwaltung|gemeinde|land\b|bund\b|"
    r"bundes|amt\b|institut|verein|verband|stiftung|netzwerk|agentur|akademie|bibliothek|museum|schule|volkshochschule|"
    r"vhs\b|gmbh|ggmbh|e\. ?v\.|ag\b|university|ministry|city of|council|institute|foundation|agency|association|"
    r"college|library|office|department|network|ltd\b|inc\b)|(?:träger|amt|zentrum|büro|werk|verband|verein|schule|rat)\b",
    re.IGNORECASE,
)
_ROOM = re.compile(
    r"^(?:(?:großer|kleiner|grosser|main|large|small|blauer|roter|grüner|weißer)\s+)?(?:raum|saal|hörsaal|halle|foyer|aula|"
    r"bühne|plenum|seminarraum|sitzungssaal|festsaal|innenhof|hof|garten|mensa|cafeteria|bibliothek|atrium|studio|"
    r"room|hall|auditorium|lobby|stage|ballroom|courtyard|theatre|online|zoom|r\.)\b.{0,30}$|"
    r"^.{0,25}(?:saal|raum|halle|foyer|bühne|hof)(?:\s+[\w.]{1,5})?$",
    re.IGNORECASE,
)

ALIKE = 0.75  # of 1: a slip of the pen, no other word


def plain(words: str) -> str:
    """Words without case, accents and punctuation, as they are compared; the order stays."""
    taken_apart = unicodedata.normalize("NFKD", words.casefold().replace("ß", "ss"))
    letters = "".join(c if c.isalnum() else " " for c in taken_apart if not unicodedata.combining(c))
    return " ".join(letters.split())


def _table(words: dict[str, tuple[str, ...]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, names in words.items():
        for name in names:
            found.setdefault(plain(name), key)
    return found


_KINDS, _ROLES = _table(KIND_WORDS), _table(ROLE_WORDS)
_LONGEST_FIRST = sorted(_KINDS, key=lambda words: (-len(words.split()), -len(words), words))
_ENDINGS = {"vortrag": "talk", "workshop": "workshop", "pause": "break", "podium": "panel"}
# Name a kind before a colon or alone, but begin titles of other things: "Stand der Dinge", "Markt und Staat".
_AMBIGUOUS = frozenset(
    {"stand", "markt", "market", "mittag", "session", "coffee", "kaffee", "registration", "party", "ende", "end"}
    | {"fruhstuck", "breakfast"}
)
# Alone behind a time they say when the line above ends.
_ENDS = re.compile(
    r"ende?(?: (?:der|des|of|of the) (?:veranstaltung|tagung|konferenz|programms|tages|ersten tages|zweiten tages|event|"
    r"conference|meeting|programme|day|first day|second day))?|veranstaltungsende|tagungsende|end of (?:event|conference|day)"
)
_ROUND_TITLE = re.compile(
    r"(?:parallele? )?(?:workshop ?runden?|workshops|runde|workshop ?phase|round|workshop rounds?|parallel workshops|"
    r"workshop sessions?|breakout sessions?)(?: [0-9a-z]{1,3})?"
)


def kind_named(words: str) -> str:
    """The kind that exactly these words name; empty when none."""
    return _KINDS.get(plain(words), "")


def role_named(words: str) -> str:
    """The role that exactly these words name; empty when none."""
    return _ROLES.get(plain(words), "")


def kind_guessed(title: str, usual: str = "talk") -> str:
    """The kind a title speaks of: by its first words, then by any of its words; else the usual one."""
    text = plain(title)
    if _ROUND_TITLE.fullmatch(text):
        return ROUND
    known = [words for words in _LONGEST_FIRST if _KINDS[words] != ROUND]
    for words in known:
        if text == words or (words not in _AMBIGUOUS and text.startswith(f"{words} ")):
            return _KINDS[words]
    first = text.split(" ")[0]
    for ending, kind in _ENDINGS.items():
        if first.endswith(ending):
            return kind
    padded = f" {text} "
    certain = ("break", "keynote", "panel")  # other words stand in titles of talks too
    plainly = (words for words in known if words not in _AMBIGUOUS and _KINDS[words] in certain)
    return next((_KINDS[words] for words in plainly if f" {words} " in padded), usual)


def is_end(title: str) -> bool:
    """Whether a title only says that it is over now ("Ende der Veranstaltung")."""
    return bool(_ENDS.fullmatch(plain(title)))


def is_open_list(name: str) -> bool:
    """Whether somebody typed that more people are to come, not a name."""
    return plain(name) in _OPEN


def is_organisation(words: str) -> bool:
    """Whether this looks like an organisation rather than a person."""
    return bool(_ORGANISATION.search(words))


def is_room(words: str) -> bool:
    """Whether this looks like the name of a room."""
    return bool(_ROOM.match(words.strip()))


def likeness(typed: str, names: Iterable[str]) -> float:
    """From 0 to 1; one that is part of the other ("Aula" of "Große Aula") is very much alike."""
    here = plain(typed)
    best = 0.0
    for name in map(plain, names):
        if not here or not name:
            continue
        if f" {here} " in f" {name} " or f" {name} " in f" {here} ":
            best = max(best, 0.9)
        elif here.replace(" ", "") == name.replace(" ", ""):
            best = max(best, 0.95)
        elif not _digits(here) ^ _digits(name):  # room 1 is no slip for room 2
            best = max(best, SequenceMatcher(None, here, name).ratio())
    return best


def _digits(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", text))


def split(text: str, separators: str) -> list[str]:
    """Parts between separators that stand outside of quotation marks and brackets; empty ones are left out.

    A mark or bracket that never closes is a letter like others.
    """
    for marks, brackets in ((True, True), (False, True), (True, False), (False, False)):
        parts = _split(text, separators, marks=marks, brackets=brackets)
        if parts is not None:
            return [part.strip() for part in parts if part.strip()]
    return []


def _split(text: str, separators: str, *, marks: bool, brackets: bool) -> list[str] | None:
    parts, start, depth, place = [], 0, 0, 0
    while place < len(text):
        letter = text[place]
        if marks and letter == '"' and _may_open(text, start, place):
            end = closing(text, place)
            if end is None:
                return None
            place = end
        elif brackets and letter in "([":
            depth += 1
        elif brackets and letter in ")]":
            depth = max(0, depth - 1)
        elif not depth and letter in separators:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return None if depth else [*parts, text[start:]]


def _may_open(text: str, start: int, place: int) -> bool:
    before = text[start:place].rstrip()
    return not before or before[-1] in "([:,;@/|"


def closing(text: str, place: int) -> int | None:
    """Where the quotation mark at a place closes; a doubled one is a letter. None when it never does."""
    place += 1
    while place < len(text):
        if text[place] == '"':
            if text[place + 1 : place + 2] != '"':
                return place
            place += 1
        place += 1
    return None


def unquoted(words: str) -> str:
    """Words without the quotation marks around them; doubled ones inside are single ones."""
    words = words.strip()
    if len(words) >= 2 and words[0] == '"' and closing(words, 0) == len(words) - 1:
        return words[1:-1].replace('""', '"').strip()
    return words


def quoted(words: str, special: Iterable[str]) -> str:
    """Words as they can be typed anywhere: between quotation marks where they hold a letter that means something."""
    is_plain = not any(letter in words for letter in (*special, '"')) and words[:1].isalpha()
    return words if is_plain else '"' + words.replace('"', '""') + '"'
