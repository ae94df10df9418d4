"""Invents participants: names, organisations, answers and skewed wishes, always the same for the same seed."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eventsite.demo.shapes import Words

GIVEN = (
    "Anja", "Ayşe", "Birgit", "Bożena", "Carla", "Çiğdem", "Dagmar", "Đurđica", "Elif", "Emine", "Éva", "Farida", "Gesine",
    "Grażyna", "Hatice", "Heike", "Ilse", "Inês", "Jana", "Jiřina", "Kateřina", "Kirsten", "Lale", "Linh", "Łucja", "Małgorzata",
    "Maren", "Meryem", "Nadia", "Nilgün", "Olena", "Petra", "Rüya", "Samira", "Silke", "Šárka", "Stefanie", "Tuğba", "Ulrike",
    "Yasmin", "Zofia", "Alexander", "Andrzej", "Bilal", "Bülent", "Carsten", "Cédric", "Daniel", "Dragan", "Emre", "Erik", "Faruk",
    "François", "Gábor", "Hakan", "Henning", "Ibrahim", "Ivan", "Jakob", "Jörg", "Karim", "Kofi", "Lars", "Loïc", "Luka", "Mateusz",
    "Mehmet", "Michał", "Nils", "Oğuz", "Olaf", "Paweł", "Quang", "René", "Rolf", "Sönke", "Stanisław", "Søren", "Thorsten", "Uğur",
    "Vlado", "Wolfgang", "Yusuf", "Zoltán", "Kim", "Sascha", "Robin", "Noor",
)  # fmt: skip
FAMILY = (
    "Abendroth", "Adeyemi", "Ağaoğlu", "Albrecht", "Bąk", "Bauermann", "Bešić", "Blumenthal", "Çelik", "Černý", "Dąbrowski",
    "Demirtaş", "Dreyer", "Đorđević", "Eberlein", "Erdoğmuş", "Fähnrich", "Ferreira", "Friedrichsen", "Gołębiowska", "Grünewald",
    "Güneş", "Haberkorn", "Hájek", "Hofmeister", "Horváth", "Ibrahimović", "Jędrzejczak", "Jørgensen", "Kaczmarek", "Kılıç",
    "Köhnlein", "Kowalczyk", "Krüger-Ünal", "Lindqvist", "Łukaszewska", "Maïga", "Marković", "Meißner", "Mensah", "Mühlbach",
    "Nováková", "Nowak", "O’Connor", "Öztürk", "Papadopoulou", "Pětrošová", "Pham", "Quast", "Radović", "Rahimi", "Reuschenbach",
    "Rübsam", "Sağlam", "Schäfer", "Schröter", "Şahin", "Šimić", "Sørensen", "Steinhäuser", "Święch", "Tadić", "Traoré", "Tröndle",
    "Uçar", "Ünlü", "van der Meulen", "Vogelsang", "Vuković", "Wąsik", "Weißhaupt", "Wieczorek", "Yılmaz", "Zając", "Zeidler",
    "Živković", "Żuraw",
)  # fmt: skip
TOWNS = (
    "Aubergen", "Obersee", "Niederwalde", "Weidenbach", "Lindenfurt", "Kaltenmühle", "Birkenau-Süd", "Hohenried", "Marktfelden",
    "Sandhafen", "Ulmenstedt", "Wiesenthal-Land", "Grünhagen", "Steinfurth", "Eichwerder", "Rothenlohe",
)  # fmt: skip
BODIES = (
    "Stadt {town}", "Landkreis {town}", "Stadt {town}, Bildungsbüro", "Landkreis {town}, Bildungskoordination",
    "Volkshochschule {town}", "Jobcenter {town}", "Stadtbibliothek {town}", "Schulamt {town}", "Jugendmigrationsdienst {town}",
    "Integrationsbeirat {town}", "Berufsschulzentrum {town}", "Handwerkskammer {town}", "Nachbarschaftshaus {town}", "",
)  # fmt: skip
DIETS = (("none", 52), ("vegetarian", 26), ("vegan", 10), ("halal", 6), ("gluten-free", 4), ("lactose-free", 2))
ACCESS: tuple[Words, ...] = (
    {"de": "Rollstuhlplatz im Saal, bitte vorn", "en": "Wheelchair space in the hall, near the front please"},
    {
        "de": "Ich höre mit Hörgeräten und nutze die induktive Anlage",
        "en": "I wear hearing aids and use the induction loop",
    },
    {"de": "Dolmetschen in Deutsche Gebärdensprache", "en": "German sign language interpreting"},
    {"de": "Unterlagen bitte vorab als Text", "en": "Materials in advance as text, please"},
    {"de": "Ich komme mit Assistenzhund", "en": "I come with an assistance dog"},
    {"de": "Sitzplatz nahe am Ausgang", "en": "A seat close to the exit"},
)


@dataclass(frozen=True)
class Wishes:
    """Ranked item keys of one round, best first, and the items never wanted."""

    ranked: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Participant:
    """An invented participant; `arrival` is the minutes after the doors open, None for somebody who stays away."""

    number: int
    given_name: str
    family_name: str
    email: str
    organisation: str
    language: str
    diet: str
    access: Words | None
    photo: str
    on_list: bool
    arrival: int | None
    wishes: Mapping[str, Wishes] = field(default_factory=dict)
    pins: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name as it is printed."""
        return f"{self.given_name} {self.family_name}"


def participants(
    count: int, seed: int, rounds: Mapping[str, Sequence[str]], pins: bool = False, domain: str = "example.org"
) -> list[Participant]:
    """`count` different people; `rounds` names the item keys of each round, the most wanted first."""
    dice = random.Random(seed)
    taken: set[str] = set()
    return [_participant(dice, number, rounds, pins, domain, taken) for number in range(1, count + 1)]


def _participant(
    dice: random.Random, number: int, rounds: Mapping[str, Sequence[str]], pins: bool, domain: str, taken: set[str]
) -> Participant:
    given, family = _name(dice, taken)
    chosen = {key: _wishes(dice, items) for key, items in rounds.items()}
    return Participant(
        number=number,
        given_name=given,
        family_name=family,
        email=_email(dice, given, family, number, domain, taken),
        organisation=dice.choice(BODIES).format(town=dice.choice(TOWNS)),
        language="en" if dice.random() < 0.08 else "de",
        diet=dice.choices([key for key, _ in DIETS], [weight for _, weight in DIETS])[0],
        access=dice.choice(ACCESS) if dice.random() < 0.07 else None,
        photo=dice.choices(("yes", "no", "ask"), (64, 26, 10))[0],
        on_list=dice.random() < 0.6,
        arrival=None if dice.random() < 0.09 else round(dice.triangular(0, 55, 24)),
        wishes=chosen,
        pins={key: dice.choice(list(items)) for key, items in rounds.items() if pins and dice.random() < 0.025},
    )


def _name(dice: random.Random, taken: set[str]) -> tuple[str, str]:
    """A name nobody has yet, as long as there are some left."""
    for _ in range(40):
        given, family = dice.choice(GIVEN), dice.choice(FAMILY)
        if f"{given} {family}" not in taken:
            break
    taken.add(f"{given} {family}")
    return given, family


def _email(dice: random.Random, given: str, family: str, number: int, domain: str, taken: set[str]) -> str:
    host = domain if dice.random() < 0.7 else "example.net"
    address = f"{_ascii(given)}.{_ascii(family)}@{host}"
    if address in taken:
        address = f"{_ascii(given)}.{_ascii(family)}.{number}@{host}"
    taken.add(address)
    return address


def _ascii(name: str) -> str:
    """The name in the letters of an e-mail address."""
    for letters, plain in (
        ("äöüÄÖÜß", ("ae", "oe", "ue", "ae", "oe", "ue", "ss")),
        ("łŁđĐøØı’", ("l", "l", "d", "d", "o", "o", "i", "")),
    ):
        for letter, replacement in zip(letters, plain, strict=True):
            name = name.replace(letter, replacement)
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return bare.lower().replace(" ", "-")


def _wishes(dice: random.Random, items: Sequence[str]) -> Wishes:
    """Wishes by Zipf's law: the first workshop is wanted about four times as often as the fourth."""
    how_many = dice.choices((0, 1, 2, 3), (5, 12, 23, 60))[0]
    left = list(items)
    ranked: list[str] = []
    while left and len(ranked) < how_many:
        weights = [1 / (items.index(item) + 1) for item in left]
        pick = dice.choices(left, weights)[0]
        ranked.append(pick)
        left.remove(pick)
    never = (dice.choice(left),) if left and ranked and dice.random() < 0.16 else ()
    return Wishes(tuple(ranked), never)
