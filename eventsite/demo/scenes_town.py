"""The neighbourhood from above: roofs, trees, a school, a garden, a bus, and paths that lead to one square."""

from __future__ import annotations

from eventsite.demo.figures import BRICK, DEEP, HAIR, INK, MIST, OCHRE, PAPER, PETROL, PLUM, ROSE, RUST, SAND, TEAL
from eventsite.demo.pictures import Canvas, Outline, Shade, Shape, blob, ellipse, moved, rect, stroke, turned

ROOFS = ((RUST, BRICK), ("#b7502f", "#7c2f1f"), ("#d98a5b", "#a8552f"), ("#8d5560", PLUM))
SQUARE = (930, 640)
PATHS: tuple[Outline, ...] = (
    [(930, 640), (700, 560), (520, 380), (330, 250)],
    [(930, 640), (1180, 520), (1360, 320), (1470, 200)],
    [(930, 640), (1190, 760), (1390, 930), (1560, 1010)],
    [(930, 640), (700, 800), (470, 900), (260, 1000)],
)


def quarter(c: Canvas) -> None:
    """The whole picture."""
    c.fill(rect(0, 0, c.width, c.height), "#b9c9a0", Shade("#7f9f80", 45, 0.1, 1.2))
    _streets(c)
    for path in PATHS:
        c.fill(stroke(path, 62), "#d8c39a", alpha=0.8)
        c.fill(stroke(path, 50), "#fbeccb")
    _blocks(c)
    _school(c)
    _garden(c)
    _bus(c)
    _library(c)
    _square(c)
    _trees(c)


def _streets(c: Canvas) -> None:
    river: Outline = [(-60, 640), (180, 700), (330, 640), (470, 690), (560, 1000), (760, 1090), (900, 1300)]
    c.fill(stroke([(x - 330, y + 240) for x, y in river], 250), "#5c9fa6", Shade(PETROL, 60, 0.2, 1.2))
    for line in (
        [(640, -50), (690, 360), (600, 760), (700, 1260)],
        [(-50, 470), (500, 520), (1200, 340), (1860, 420)],
        [(1180, -50), (1250, 400), (1200, 800), (1290, 1260)],
        [(520, 1160), (1000, 960), (1400, 720), (1860, 700)],
    ):
        c.fill(stroke(line, 46), "#e6d7b6", Shade("#c8b28c", 45, 0.4, 1.4))
        c.fill(stroke(line, 3), PAPER, alpha=0.8)


def _house(c: Canvas, x: float, y: float, wide: float, deep: float, rot: float, tone: int, high: float = 34) -> None:
    """A gabled roof with a sunny and a shaded half, and its shadow."""
    cx, cy = x + wide / 2, y + deep / 2
    roof = rect(x, y, wide, deep, 3, rot)
    for step in (0.35, 0.7, 1.0):
        c.shadow(roof, high * step, high * step * 0.75, 3, 0.22, "#23302f")
    light, dark = ROOFS[tone]
    c.fill(roof, light, Shade(dark, 45, 0.6, 1.6))
    c.fill(turned(rect(x, cy, wide, deep / 2, 3), cx, cy, rot), dark, Shade(INK, 45, 0.6, 2.0))
    c.fill(turned(stroke([(x + 2, cy), (x + wide - 2, cy)], 4), cx, cy, rot), "#f3c79c", alpha=0.6)
    chimney = turned(rect(x + wide * 0.7, y + deep * 0.2, 14, 14), cx, cy, rot)
    c.fill(moved(chimney, 8, 6), "#23302f", alpha=0.4)
    c.fill(chimney, SAND)
    if wide > 90:
        window = turned(rect(x + wide * 0.2, y + deep * 0.16, 26, 20, 2), cx, cy, rot)
        c.fill(window, "#bfe0df", Shade(PAPER, 225, 0.4, 1.2))


def _blocks(c: Canvas) -> None:
    rows = (
        ((730, 40, 4, 8, -6), (735, 150, 4, 8, -4), (60, 385, 3, 4, 4), (400, 60, 2, 6, 2)),
        ((1290, 480, 4, 9, -5), (1300, 590, 4, 6, -4), (1530, 800, 3, 3, 2), (1310, 1060, 2, 3, 6), (720, 1010, 4, 3, -20), (760, 1120, 4, 8, -16)),
        ((40, 60, 1, 2, 8), (900, 370, 2, 6, 8), (680, 270, 4, 10, -10), (1270, 50, 1, 5, 4), (60, 620, 1, 4, -8)),
    )  # fmt: skip
    for group in rows:
        for x, y, count, gap, rot in group:
            for index in range(count):
                wide = 96 + (index * 31 + x) % 34
                _house(
                    c,
                    x + index * (118 + gap),
                    y + index * rot * 1.7,
                    wide,
                    74,
                    rot,
                    (index + x // 10) % 4,
                    26 + (index * 7 + y) % 16,
                )


def _school(c: Canvas) -> None:
    """A long building around a yard, upper left."""
    yard = rect(190, 140, 300, 200, 10, 5)
    c.fill(yard, "#f0d9a8", Shade(ROSE, 45, 0.4, 1.4))
    for x, y, wide, deep in ((170, 118, 330, 62), (170, 172, 62, 178)):
        _house(c, x, y, wide, deep, 5, 2, 46)
    c.fill(stroke([(330, 250), (420, 258)], 5) + stroke([(375, 232), (372, 278)], 5), PAPER)
    c.fill(ellipse(374, 255, 30), PAPER, minus=ellipse(374, 255, 25))


def _library(c: Canvas) -> None:
    """A flat roof with skylights, upper right."""
    roof = rect(1390, 110, 250, 190, 6, -8)
    for step in (0.4, 0.7, 1.0):
        c.shadow(roof, 54 * step, 40 * step, 4, 0.22, "#23302f")
    c.fill(roof, "#f4ead3", Shade("#cfb48a", 45, 0.3, 1.3))
    for column in range(4):
        for row in range(2):
            light = turned(rect(1418 + column * 52, 140 + row * 74, 34, 54, 4), 1515, 205, -8)
            c.fill(light, OCHRE if (column + row) % 3 else "#fff3c4", Shade("#fff3c4", 225, 0.3, 1.2))


def _garden(c: Canvas) -> None:
    """Allotments with beds in rows, lower left."""
    c.fill(rect(110, 900, 340, 230, 12, -6), "#a7bd7c", Shade("#6f9460", 45, 0.2, 1.2))
    for row in range(5):
        for column in range(3):
            bed = turned(rect(136 + column * 104, 920 + row * 40, 84, 24, 8), 280, 1015, -6)
            c.fill(bed, "#6b4a35", Shade("#3d2a26", 45, 0.4, 1.3))
            for plant in range(4):
                dot = turned(ellipse(150 + column * 104 + plant * 18, 932 + row * 40, 8), 280, 1015, -6)
                c.fill(dot, (TEAL, "#3f8a5c", RUST, OCHRE)[(row * 2 + column + plant // 2) % 4])
    _house(c, 378, 1060, 70, 54, -6, 3, 20)


def _bus(c: Canvas) -> None:
    """The bus with its awning, lower right."""
    body = rect(1490, 985, 250, 84, 18, 8)
    for step in (0.5, 1.0):
        c.shadow(body, 34 * step, 26 * step, 4, 0.3, "#23302f")
    c.fill(body, OCHRE, Shade("#b5772a", 45, 0.4, 1.3))
    c.fill(turned(rect(1506, 1000, 200, 54, 10), 1615, 1027, 8), "#f6d58d", Shade(OCHRE, 45, 0.3, 1.4))
    c.fill(turned(rect(1712, 994, 18, 66, 8), 1615, 1027, 8), "#bfe0df")
    for index in range(6):
        strip = turned(rect(1510 + index * 30, 936, 30, 52), 1615, 1027, 8)
        c.fill(strip, PAPER if index % 2 else RUST, Shade(BRICK, 90, 0.6, 2.0))


def _square(c: Canvas) -> None:
    """The round square where the paths meet, with people and a tree."""
    x, y = SQUARE
    c.fill(ellipse(x, y, 176), "#d8c39a")
    c.fill(ellipse(x, y, 164), "#fdf1d3", Shade("#eccf9b", 45, 0.3, 1.3))
    for radius in (128, 92):
        c.fill(ellipse(x, y, radius), "#e3bf86", minus=ellipse(x, y, radius - 5))
    people = (
        (-96, -50, 0),
        (-70, -74, 1),
        (70, -92, 2),
        (104, 10, 3),
        (84, 40, 4),
        (-20, 112, 5),
        (8, 120, 0),
        (-118, 30, 2),
        (40, 86, 1),
        (-44, 70, 3),
    )
    shirts = (RUST, TEAL, PLUM, PETROL, OCHRE, "#ffffff")
    for dx, dy, who in people:
        c.fill(
            blob(
                [(x + dx, y + dy - 6), (x + dx + 52, y + dy + 26), (x + dx + 46, y + dy + 38), (x + dx - 6, y + dy + 8)]
            ),
            INK,
            alpha=0.35,
            blur=2,
        )
        c.fill(ellipse(x + dx, y + dy, 17, 11, 35), shirts[who], Shade(INK, 45, 0.5, 2.0))
        c.fill(ellipse(x + dx, y + dy - 2, 8.5), HAIR[who])
    _tree(c, x, y - 6, 58, "#2f7a5f", "#123d3a")


def _tree(c: Canvas, x: float, y: float, r: float, light: str, dark: str) -> None:
    crown: Shape = blob(
        [
            (x + r * k, y + r * m)
            for k, m in (
                (-1, 0.1),
                (-0.72, -0.74),
                (0.05, -1),
                (0.8, -0.66),
                (1, 0.12),
                (0.6, 0.8),
                (-0.1, 0.98),
                (-0.74, 0.7),
            )
        ]
    )
    c.shadow(crown, r * 0.55, r * 0.45, 3, 0.35, "#23302f")
    c.fill(crown, light, Shade(dark, 45, 0.25, 1.1))
    c.fill(ellipse(x - r * 0.3, y - r * 0.32, r * 0.36), MIST, alpha=0.22, blur=3)


def _trees(c: Canvas) -> None:
    dice = c.random
    free = (
        (620, 520), (560, 610), (760, 470), (520, 760), (620, 860), (820, 900), (1120, 950), (1150, 860), (1400, 700), (1500, 690),
        (1120, 380), (1190, 300), (1330, 400), (1460, 400), (1580, 360), (1700, 300), (1740, 620), (1420, 1120), (1760, 1130),
        (90, 520), (190, 540), (560, 60), (40, 250), (560, 280), (880, 280), (1080, 240), (1700, 90), (1330, 250), (700, 690), (1240, 660), (40, 830), (480, 1040), (560, 1110),
    )  # fmt: skip
    leaves = (
        ("#3f8a6c", "#1d4f48"),
        ("#5e9a63", "#2b6150"),
        ("#88a957", "#4d7a4b"),
        ("#d9973f", "#a8602c"),
        (PETROL, DEEP),
    )
    for x, y in free:
        light, dark = leaves[dice.choices(range(5), (5, 4, 3, 2, 1))[0]]
        _tree(c, x + dice.uniform(-14, 14), y + dice.uniform(-14, 14), dice.uniform(24, 42), light, dark)
