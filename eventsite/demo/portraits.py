"""Portraits of the invented speakers: head and shoulders in flat shapes, without a face that could be anybody's."""

from __future__ import annotations

from dataclasses import dataclass

from eventsite.demo.figures import BRICK, DEEP, INK, OCHRE, PAPER, PETROL, PLUM, RUST, SAND, SKIN, TEAL
from eventsite.demo.pictures import Canvas, Outline, Shade, blob, ellipse, rect, stroke
from eventsite.demo.shapes import Picture, Words

SIZE = 900
BLACK, BROWN, FAIR, GREY, WHITE, AUBURN = "#221c22", "#4c3024", "#c79a56", "#8b8b8a", "#ddd8cf", "#8a3f26"


@dataclass(frozen=True)
class Sitter:
    """Colours and cut of one portrait; hair is short, bob, long, bun, curls, bald or scarf."""

    back: str
    coat: str
    coat_shade: str
    shirt: str
    skin: int
    hair: str
    tone: str
    glasses: bool = False
    beard: bool = False


# fmt: off
BUN: Outline = [(366, 128), (390, 74), (450, 52), (510, 74), (534, 128), (510, 182), (450, 204), (390, 182)]
PARTING: Outline = [(290, 470), (284, 300), (348, 186), (450, 152), (560, 190), (616, 300), (612, 470), (578, 380), (556, 290), (470, 232), (400, 280), (330, 330), (312, 400)]
VEIL: Outline = [(326, 372), (346, 288), (450, 246), (554, 288), (574, 372), (556, 478), (516, 540), (450, 566), (384, 540), (344, 478)]
BEHIND: dict[str, list[Outline]] = {
    "long": [[(286, 300), (450, 140), (614, 300), (650, 560), (668, 740), (560, 790), (340, 790), (232, 740), (250, 560)]],
    "bob": [[(272, 330), (320, 190), (450, 140), (580, 190), (628, 330), (640, 520), (570, 590), (330, 590), (260, 520)]],
    "bun": [BUN],
    "scarf": [[(270, 330), (330, 190), (450, 142), (570, 190), (630, 330), (640, 520), (690, 700), (450, 760), (210, 700), (260, 520)]],
}
BEFORE: dict[str, list[Outline]] = {
    "short": [[(302, 366), (292, 250), (356, 172), (470, 144), (578, 196), (610, 290), (598, 366), (574, 286), (506, 262), (420, 284), (340, 270), (322, 300)]],
    "bob": [PARTING],
    "long": [PARTING],
    "bun": [[(304, 380), (296, 268), (352, 190), (450, 162), (548, 190), (604, 268), (596, 380), (570, 300), (450, 236), (330, 300)]],
    "scarf": [[(286, 420), (282, 300), (346, 196), (450, 160), (554, 196), (618, 300), (614, 420), (640, 640), (450, 730), (260, 640)]],
    "bald": [[(302, 390), (300, 320), (318, 300), (330, 400)], [(598, 390), (600, 320), (582, 300), (570, 400)]],
}
CURLS_BEHIND = ((300, 300, 92), (350, 200, 98), (450, 158, 104), (550, 200, 98), (602, 300, 92), (290, 400, 78), (612, 400, 78), (310, 480, 58), (592, 480, 58))
CURLS_BEFORE = ((330, 262, 54), (390, 222, 58), (456, 206, 60), (522, 224, 58), (574, 268, 52))
# fmt: on

SITTERS: dict[str, Sitter] = {
    "aylin-goegues": Sitter("#e9c27c", PETROL, DEEP, PAPER, 1, "bob", BLACK, glasses=True),
    "lukasz-wisniewski": Sitter("#9cc0b6", RUST, BRICK, SAND, 0, "short", FAIR, beard=True),
    "sirin-yildiz": Sitter("#e7a88a", PLUM, "#33192f", OCHRE, 4, "scarf", TEAL),
    "amara-okonkwo": Sitter("#d9b98a", OCHRE, "#b5772a", PAPER, 3, "curls", BLACK),
    "renee-lefevre-brandt": Sitter("#b4cbd0", "#27475a", INK, PAPER, 0, "bob", GREY),
    "nikolina-babic": Sitter("#efd3a4", "#3f7f6b", "#1f5148", RUST, 0, "long", AUBURN),
    "goran-kovacevic": Sitter("#c9d2b4", "#8d3f2f", "#5a2522", "#2b3a44", 1, "bald", BROWN, beard=True),
    "mai-nguyen": Sitter("#f0c6a8", TEAL, "#2f6b72", PAPER, 4, "long", BLACK),
    "jonas-thiede": Sitter("#d3c7b0", "#3b5673", "#22384f", PAPER, 0, "short", BROWN, glasses=True),
    "samir-haddad": Sitter("#e0b274", "#2d4a44", "#16302c", PAPER, 1, "short", BLACK, beard=True),
    "ingrid-moller": Sitter("#c3d6d2", INK, "#061a22", INK, 0, "bun", WHITE, glasses=True),
    "tomas-dvorak": Sitter("#e3c9a1", "#7a5a3c", "#4d3626", PETROL, 0, "curls", BROWN),
    "fatoumata-diallo": Sitter("#9fbfae", RUST, BRICK, OCHRE, 3, "scarf", OCHRE),
    "friederike-quandt": Sitter("#dcb5a2", "#52324f", "#301c31", PAPER, 0, "short", GREY),
}


def portrait(speaker: str, name: str) -> Picture:
    """The record of one portrait, square, with its alternative text."""
    alt: Words = {
        "de": f"Gezeichnetes Porträt ohne Gesichtszüge, steht für {name}",
        "en": f"Drawn portrait without features, standing for {name}",
    }
    credit = {"de": "Demonstrationsbild, erzeugt", "en": "Demonstration picture, generated"}
    return Picture(speaker, f"portrait:{speaker}", f"{speaker}.jpg", SIZE, SIZE, alt, {"de": name, "en": name}, credit)


def draw(c: Canvas, sitter: Sitter) -> None:
    """One sitter on a plain ground, light from the upper left."""
    c.fill(rect(0, 0, SIZE, SIZE), sitter.back, Shade("#6d4a3a", 45, 0.35, 1.9))
    c.fill(ellipse(330, 330, 300), "#fff4d8", alpha=0.3, blur=80)
    _hair_behind(c, sitter)
    shoulders = blob([(70, 960), (110, 760), (260, 672), (380, 640), (520, 640), (640, 672), (790, 760), (830, 960)])
    c.fill(shoulders, "#3a2430", alpha=0.28, blur=22)
    c.fill(shoulders, sitter.coat, Shade(sitter.coat_shade, 30, 0.3, 1.0))
    c.fill(
        blob([(378, 640), (450, 760), (522, 640), (500, 600), (400, 600)]), sitter.shirt, Shade("#8a6a50", 45, 0.5, 1.8)
    )
    for side in (-1, 1):
        lapel = [
            [
                (450 + side * 78, 630),
                (450 + side * 150, 690),
                (450 + side * 108, 740),
                (450 + side * 128, 770),
                (450, 940),
                (450 + side * 4, 780),
            ]
        ]
        c.fill(lapel, sitter.coat_shade, Shade(sitter.coat, 225, 0.3, 1.3))
    skin = SKIN[sitter.skin]
    warm = "#7a3f2c" if sitter.skin != 3 else "#2f1712"
    c.fill(blob([(386, 500), (514, 500), (518, 640), (450, 716), (382, 640)]), skin, Shade(warm, 70, 0.0, 1.3, 0.9))
    c.fill(blob([(308, 350), (336, 235), (450, 190), (564, 235), (592, 350), (578, 456), (522, 548), (450, 580), (378, 548), (322, 456)]), skin,
           Shade(warm, 25, 0.45, 1.5, 0.9))  # fmt: skip
    if sitter.beard:
        _beard(c, sitter)
    _hair(c, sitter)
    if sitter.glasses:
        for x in (386, 512):
            c.fill(ellipse(x, 376, 54, 48), PAPER, alpha=0.25)
            c.fill(ellipse(x, 376, 56, 50), INK, minus=ellipse(x, 376, 48, 42))
        c.fill(stroke([(438, 368), (449, 360), (460, 368)], 8), INK)


def _beard(c: Canvas, sitter: Sitter) -> None:
    c.fill(blob([(312, 400), (340, 452), (400, 476), (450, 468), (500, 476), (560, 452), (588, 400), (580, 490), (530, 578), (450, 612), (370, 578), (320, 490)]),
           sitter.tone, Shade("#000000", 40, 0.4, 1.7, 0.6))  # fmt: skip


def _hair_behind(c: Canvas, sitter: Sitter) -> None:
    for outline in BEHIND.get(sitter.hair, ()):
        c.fill(blob(outline), sitter.tone, Shade("#000000", 40, 0.3, 1.4, 0.5))
    for x, y, r in CURLS_BEHIND if sitter.hair == "curls" else ():
        c.fill(ellipse(x, y, r), sitter.tone, Shade("#ffffff", 225, 0.62, 1.9, 0.3))


def _hair(c: Canvas, sitter: Sitter) -> None:
    hole = blob(VEIL) if sitter.hair == "scarf" else None
    shine = Shade(INK, 60, 0.45, 1.7) if hole else Shade("#ffffff", 225, 0.62, 1.8, 0.4)
    for outline in BEFORE.get(sitter.hair, ()):
        c.fill(blob(outline), sitter.tone, shine, minus=hole)
    for x, y, r in CURLS_BEFORE if sitter.hair == "curls" else ():
        c.fill(ellipse(x, y, r), sitter.tone, Shade("#ffffff", 225, 0.6, 1.8, 0.3))
    if hole:
        c.fill(stroke([(300, 640), (450, 690), (590, 610)], 10), INK, alpha=0.25, blur=4)
