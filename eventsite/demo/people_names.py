"""Invents participants: names, organisations, answers and skewed wishes, always the same for the same seed."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
# The keys are those of registration.library; None is for those who eat what everybody eats.
DIETS = ((None, 76), ("vegan", 12), ("halal", 5), ("gluten-free", 3), ("lactose-free", 3), ("nuts", 1))
ACCESS = ("wheelchair", "hearing-loop", "sign-language", "speech-to-text", "large-print", "quiet-room", "assistance")
CONSENTS = (("photo", 0.66), ("list", 0.6))
OTHER_DIETS = ("bitte ohne Sellerie", "kein Kaffee, aber gern viel Tee")
OTHER_ACCESS = ("Ich komme mit Assistenzhund", "Bitte ein Platz nahe am Ausgang")


@dataclass(frozen=True)
class Wishes:
    """Ranked item keys of one round, best first, and the items never wanted."""

    ranked: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True)
class Participant:
    """An invented participant.

    `answers` go by the question's key, `consents` lists the kinds given, `arrival` is the minutes after the doors
    open, or None for somebody who stays away.
    """

    number: int
    given_name: str
    family_name: str
    email: str
    organisation: str
    language: str
    answers: Mapping[str, Any]
    consents: tuple[str, ...]
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
        answers={**_meals(number), **_answers(dice)},
        consents=tuple(kind for kind, share in CONSENTS if dice.random() < share),
        arrival=None if dice.random() < 0.09 else round(dice.triangular(0, 55, 24)),
        wishes=chosen,
        pins={key: dice.choice(list(items)) for key, items in rounds.items() if pins and dice.random() < 0.025},
    )


def _meals(number: int) -> dict[str, Any]:
    """Most stay for lunch, some for the evening, a few of these bring somebody; forms that do not ask forget it."""
    is_there = number % 7 in (1, 3, 4)
    return {"lunch": number % 12 != 0, "evening": is_there, **({"accompanying": 1} if number % 14 == 4 else {})}


def _answers(dice: random.Random) -> dict[str, Any]:
    """Answers to the questions on food and access, most people leave both empty."""
    answers: dict[str, Any] = {}
    diet = dice.choices([key for key, _ in DIETS], [weight for _, weight in DIETS])[0]
    if diet:
        answers["lunch"] = True
        answers["diet"] = {"chosen": [diet], "other": dice.choice(OTHER_DIETS) if dice.random() < 0.08 else ""}
    if dice.random() < 0.08:
        answers["access"] = {
            "chosen": [dice.choice(ACCESS)],
            "other": dice.choice(OTHER_ACCESS) if dice.random() < 0.2 else "",
        }
    return answers


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
