"""Scenes seen from above or close up: round table, circle of chairs, flip chart, name badges."""

from __future__ import annotations

import math

from eventsite.demo.figures import (
    BRICK,
    DEEP,
    HAIR,
    INK,
    MIST,
    OCHRE,
    PAPER,
    PETROL,
    PLUM,
    ROSE,
    RUST,
    SAND,
    SKIN,
    TEAL,
    Looks,
    plant,
)  # fmt: skip
from eventsite.demo.pictures import Canvas, Shade, blob, ellipse, moved, rect, stroke, turned

SHIRTS = (
    (RUST, BRICK),
    (TEAL, "#2f6b72"),
    (OCHRE, "#b5772a"),
    ("#f3e4cb", "#c8a884"),
    (PLUM, "#3a1f36"),
    ("#3f7f9a", "#1d4f69"),
)


def round_table(c: Canvas) -> None:
    """Six people around a table from above; their hands sort cards that threads connect."""
    w, h = c.width, c.height
    cx, cy = w / 2, h / 2
    c.fill(rect(0, 0, w, h), "#17505c", Shade("#0a3440", 40, 0.1, 1.1))
    for index in range(9):
        c.fill(stroke([(index * 230 - 260, 0), (index * 230 + 160, h)], 4), "#0d4450", alpha=0.6)
    c.shadow(ellipse(cx, cy, 400), 50, 60, 26, 0.5)
    order = ((20, 0), (78, 1), (142, 2), (200, 3), (258, 4), (322, 5))
    for degrees, who in order:
        _from_above(c, cx, cy, degrees, who)
    c.fill(ellipse(cx, cy, 404), "#8a5433")
    c.fill(ellipse(cx, cy, 392), "#dfa96d", Shade("#b8783f", 45, 0.25, 1.2))
    for index in range(7):
        c.fill(
            ellipse(cx - 30, cy - 20, 60 + index * 62, 52 + index * 58),
            "#c88f55",
            alpha=0.35,
            minus=ellipse(cx - 30, cy - 20, 56 + index * 62, 48 + index * 58),
            within=ellipse(cx, cy, 392),
        )
    cards = (
        (-150, -130, -12, PAPER),
        (40, -190, 7, OCHRE),
        (190, -60, 14, PAPER),
        (150, 130, -9, ROSE),
        (-40, 190, 5, PAPER),
        (-210, 80, 16, MIST),
        (-10, -10, -4, RUST),
    )
    middle = (cx - 10, cy - 10)
    for x, y, _rot, _tone in cards[:-1]:
        bend = (cx + x * 0.5 + y * 0.14, cy + y * 0.5 - x * 0.14)
        c.fill(stroke([middle, bend, (cx + x, cy + y)], 6), RUST, alpha=0.9)
    for x, y, rot, tone in cards:
        card = rect(cx + x - 68, cy + y - 46, 136, 92, 8, rot)
        c.shadow(card, 8, 10, 5, 0.35)
        c.fill(card, tone, Shade("#8a5433", 45, 0.6, 1.6))
        for line, length in ((-18, 84), (2, 96), (22, 56)):
            text = stroke([(cx + x - 48, cy + y + line), (cx + x - 48 + length, cy + y + line)], 7)
            c.fill(turned(text, cx + x, cy + y, rot), PAPER if tone == RUST else INK, alpha=0.75)
    for x, y in ((-300, -90), (280, 90), (60, 310)):
        c.shadow(ellipse(cx + x, cy + y, 52), 14, 16, 6, 0.35)
        c.fill(ellipse(cx + x, cy + y, 54), "#fffaf0", Shade(SAND, 45, 0.3, 1.2))
        c.fill(stroke([(cx + x + 38, cy + y - 22), (cx + x + 64, cy + y - 38)], 16), "#fffaf0")
        c.fill(ellipse(cx + x, cy + y, 38), PAPER, Shade("#b9946a", 225, 0.2, 1.2))
        c.fill(ellipse(cx + x, cy + y, 31), "#5a3326", Shade("#2e1916", 45, 0.2, 1.2))
    for degrees, who in order:
        _arms(c, cx, cy, degrees, who)


def _from_above(c: Canvas, cx: float, cy: float, degrees: float, who: int) -> None:
    """Chair, shoulders and head of a person at the table's edge."""
    shirt, dark = SHIRTS[who]
    y = cy - 496
    chair = rect(cx - 105, y - 96, 210, 150, 50)
    c.shadow(turned(chair, cx, cy, degrees), 34, 40, 16, 0.45)
    c.fill(turned(chair, cx, cy, degrees), "#0f2f3a", Shade("#2f6370", 45, 0.5, 1.5))
    body = blob(
        [
            (cx - 128, y + 16),
            (cx - 70, y - 34),
            (cx + 70, y - 34),
            (cx + 128, y + 16),
            (cx + 84, y + 58),
            (cx - 84, y + 58),
        ]
    )
    c.fill(turned(body, cx, cy, degrees), shirt, Shade(dark, 60, 0.3, 1.1))


def _arms(c: Canvas, cx: float, cy: float, degrees: float, who: int) -> None:
    """Arms that reach onto the table, and the head above them."""
    shirt, dark = SHIRTS[who]
    y = cy - 496
    reach = (150, 205, 170, 230, 160, 190)[who]
    for side in (-1, 1):
        far = reach if side == (1 if who % 2 else -1) else reach - 60
        elbow, wrist = (cx + side * 124, y + 92), (cx + side * 56, y + far)
        sleeve = stroke([(cx + side * 108, y + 14), elbow, wrist], 58, 40)
        arm = stroke([wrist, (wrist[0] - side * 14, wrist[1] + 38)], 34, 30)
        fingers = [
            stroke(
                [
                    (wrist[0] - side * (14 + f * 9), wrist[1] + 36),
                    (wrist[0] - side * (18 + f * 13), wrist[1] + 78 - abs(f) * 7),
                ],
                13,
                10,
            )
            for f in (-1.2, 0, 1.2)
        ]
        hand = arm + [outline for finger in fingers for outline in finger]
        c.shadow(turned(sleeve + hand, cx, cy, degrees), 16, 18, 8, 0.3)
        c.fill(turned(hand, cx, cy, degrees), SKIN[(who * 2 + 1) % 5], Shade("#8a4a34", 45, 0.5, 1.7))
        c.fill(turned(sleeve, cx, cy, degrees), shirt, Shade(dark, 45, 0.4, 1.2))
    crown = turned(ellipse(cx, y + 6, 60, 66), cx, cy, degrees)
    c.shadow(crown, 18, 20, 8, 0.35)
    c.fill(crown, HAIR[who], Shade("#ffffff", 225, 0.55, 2.0, 0.4))
    if who % 2:
        c.fill(turned(ellipse(cx, y - 34, 30), cx, cy, degrees), HAIR[who], Shade("#ffffff", 225, 0.4, 2.0, 0.4))


def circle(c: Canvas) -> None:
    """A circle of empty chairs from above, long shadows, cards laid out in the middle."""
    w, h = c.width, c.height
    cx, cy = w / 2, h / 2
    c.fill(rect(0, 0, w, h), "#e3bd8c", Shade("#b67f52", 45, 0.15, 1.15))
    for index in range(1, 12):
        x = index * 120
        c.fill(stroke([(x, 0), (x, h)], 3), "#a9764d", alpha=0.55)
        for y in range((index * 170) % 410, h, 410):
            c.fill(stroke([(x, y), (x + 120, y)], 3), "#a9764d", alpha=0.55)
    beam = [[(-100, 250), (820, -200), (1640, 900), (700, 1640)]]
    c.fill(beam, "#fff1cc", alpha=0.3, blur=24)
    c.fill(ellipse(cx, cy, 262), PETROL, Shade(DEEP, 45, 0.2, 1.1))
    c.fill(ellipse(cx, cy, 236), TEAL, alpha=0.8, minus=ellipse(cx, cy, 228))
    c.fill(ellipse(cx, cy, 210), TEAL, alpha=0.5, minus=ellipse(cx, cy, 206))
    tones = (PAPER, OCHRE, RUST, ROSE, PAPER, MIST, OCHRE, PAPER)
    for index, tone in enumerate(tones):
        a = math.tau * index / len(tones)
        left, top = cx + 128 * math.cos(a) - 44, cy + 128 * math.sin(a) - 30
        card = rect(left, top, 88, 60, 5, math.degrees(a) + 90 + (index * 29) % 22 - 11)
        c.shadow(card, 8, 6, 4, 0.4)
        c.fill(card, tone, Shade("#8a5433", 45, 0.7, 1.7))
    c.fill(ellipse(cx, cy, 46), PAPER, Shade(SAND, 45, 0.3, 1.2))
    for index in range(6):
        leaf = turned(blob([(cx, cy), (cx + 18, cy - 30), (cx, cy - 64), (cx - 18, cy - 30)]), cx, cy, index * 60 + 12)
        c.fill(leaf, "#2f6b5a" if index % 2 else "#3f8a6c", Shade("#123d3a", 45, 0.4, 1.3))
    colours = (RUST, RUST, PETROL, RUST, OCHRE, RUST, RUST, PETROL, RUST, RUST, OCHRE, RUST)
    for index, tone in enumerate(colours):
        if index == 9:
            continue
        _chair(c, cx, cy, index * 30 + (6 if index in (3, 7) else 0), tone, 470 + (46 if index == 5 else 0))
    _chair(c, cx + 130, cy - 40, 262, RUST, 560)
    bag = rect(cx + 330, cy + 420, 110, 130, 36, 20)
    c.shadow(bag, 66, 46, 14, 0.4)
    c.fill(bag, PLUM, Shade("#2b1428", 45, 0.2, 1.1))
    c.fill(rect(cx + 352, cy + 470, 66, 56, 14, 20), "#7a4a6d")


def _chair(c: Canvas, cx: float, cy: float, degrees: float, tone: str, radius: float) -> None:
    """A chair from above that looks to the middle."""
    y = cy - radius
    seat = turned(rect(cx - 64, y - 56, 128, 118, 30), cx, cy, degrees)
    back = turned(
        blob(
            [
                (cx - 76, y - 34),
                (cx - 62, y - 78),
                (cx, y - 92),
                (cx + 62, y - 78),
                (cx + 76, y - 34),
                (cx + 56, y - 44),
                (cx, y - 64),
                (cx - 56, y - 44),
            ]
        ),
        cx,
        cy,
        degrees,
    )
    for step in range(1, 4):
        c.shadow(seat + back, 26 * step, 18 * step, 8 + step * 4, 0.2, "#4a2430")
    dark = {RUST: BRICK, PETROL: DEEP, OCHRE: "#b5772a"}[tone]
    c.fill(seat, tone, Shade(dark, 45, 0.3, 1.2))
    c.fill(back, dark, Shade("#ffffff", 225, 0.6, 2.0, 0.4))


def flipchart(c: Canvas) -> None:
    """A flip chart with boxes and arrows; somebody draws the last line."""
    w, h = c.width, c.height
    c.fill(rect(0, 0, w, h), "#e8c9a0", Shade("#c08a60", 60, 0.2, 1.2))
    c.fill([[(0, 160), (760, 0), (1200, 0), (1200, 420), (0, 980)]], "#fff0cc", alpha=0.35, blur=20)
    c.fill(rect(0, 1560, w, 260), "#7c4a3a", Shade("#452633", 90, 0.0, 1.0))
    c.fill(rect(0, 1552, w, 14), "#f4e2c2")
    plant(c, 1050, 1640, 560)
    for x0, x1 in ((300, 210), (700, 800)):
        c.fill(stroke([(x0, 300), (x1, 1690)], 26, 22), INK)
    c.fill(stroke([(500, 300), (560, 1610)], 20), "#0c2028")
    sheet = [[(150, 190), (850, 190), (866, 1230), (140, 1230)]]
    c.shadow(sheet, 70, 50, 22, 0.35)
    c.fill(sheet, "#fffaf0", Shade("#d9c3a0", 55, 0.45, 1.3))
    c.fill(rect(130, 150, 742, 66, 14), INK, Shade("#2f5865", 180, 0.3, 1.4))
    c.fill(blob([(780, 1230), (866, 1140), (866, 1230)]), "#d8c29e")
    boxes = (
        (220, 300, 230, 150, PETROL),
        (560, 330, 220, 140, OCHRE),
        (390, 600, 240, 160, RUST),
        (200, 900, 220, 150, OCHRE),
        (590, 880, 220, 150, PETROL),
    )
    for start, bend, end in (
        ((450, 375), (505, 360), (556, 392)),
        ((345, 455), (372, 530), (440, 596)),
        ((660, 474), (640, 540), (590, 598)),
        ((450, 764), (400, 820), (330, 894)),
    ):
        _arrow(c, start, bend, end)
    for index, (x, y, wide, high, tone) in enumerate(boxes):
        outline = rect(x, y, wide, high, 22, (-2, 3, -1, 2, -3)[index])
        c.fill(outline, tone, alpha=0.9 if index == 2 else 0.2)
        c.fill(outline, tone, minus=rect(x + 9, y + 9, wide - 18, high - 18, 15, (-2, 3, -1, 2, -3)[index]))
        for line, length in ((0.36, 0.6), (0.62, 0.42)):
            points = [
                (x + wide * 0.2 + step * wide * length / 8, y + high * line + (3 if step % 2 else -3))
                for step in range(9)
            ]
            c.fill(stroke(points, 8), PAPER if index == 2 else INK)
    for x, y, rot, tone in ((690, 640, 6, "#f5c95f"), (720, 760, -5, "#f0a48c"), (200, 640, -7, "#a9d0c4")):
        note = rect(x, y, 104, 100, 2, rot)
        c.shadow(note, 8, 10, 4, 0.3)
        c.fill(note, tone, Shade("#b5772a", 60, 0.6, 1.8))
        c.fill(
            turned(
                stroke([(x + 20, y + 36), (x + 80, y + 36)], 7) + stroke([(x + 20, y + 60), (x + 62, y + 60)], 7),
                x + 52,
                y + 50,
                rot,
            ),
            INK,
            alpha=0.7,
        )
    _writer(c)


def _arrow(c: Canvas, start: tuple[float, float], bend: tuple[float, float], end: tuple[float, float]) -> None:
    c.fill(stroke([start, bend, end], 11), INK)
    angle = math.atan2(end[1] - bend[1], end[0] - bend[0])
    for side in (-0.55, 0.55):
        back = (end[0] - 36 * math.cos(angle + side), end[1] - 36 * math.sin(angle + side))
        c.fill(stroke([end, back], 11), INK)


def _writer(c: Canvas) -> None:
    """A person from behind at the right edge, whose arm reaches across the sheet."""
    from eventsite.demo.figures import head

    c.fill(stroke([(630, 770), (668, 812), (684, 846)], 11), INK)
    c.fill(stroke([(686, 850), (716, 896)], 20, 14), INK)
    c.fill(stroke([(702, 878), (752, 960)], 26), RUST)
    looks = Looks("#f3e4cb", "#cfae86", skin=2, hair=0)
    coat = blob(
        [(846, 1118), (930, 1010), (1070, 990), (1190, 1060), (1260, 1300), (1260, 1860), (800, 1860), (830, 1400)]
    )
    c.shadow(coat, -50, 20, 26, 0.3)
    c.fill(coat, TEAL, Shade("#255c66", 20, 0.25, 1.05))
    head(c, 1010, 850, 112, looks, -1)
    c.fill(
        blob(
            [
                (900, 850),
                (905, 760),
                (1010, 708),
                (1110, 750),
                (1130, 860),
                (1100, 960),
                (1000, 975),
                (960, 930),
                (930, 900),
            ]
        ),
        HAIR[0],
        Shade("#ffffff", 215, 0.62, 2.0, 0.35),
    )
    c.fill(ellipse(1122, 720, 66), HAIR[0], Shade("#ffffff", 215, 0.55, 2.0, 0.35))
    arm = stroke([(900, 1110), (850, 1260), (770, 1010)], 120, 66)
    c.shadow(arm, -20, 36, 16, 0.3)
    c.fill(arm, TEAL, Shade("#255c66", 60, 0.3, 1.1))
    c.fill(ellipse(756, 976, 46, 52), SKIN[2], Shade("#6b3322", 60, 0.4, 1.5))
    for index in range(3):
        c.fill(stroke([(742 + index * 14, 952 + index * 14), (716 + index * 16, 930 + index * 18)], 26, 20), SKIN[2])


def badges(c: Canvas) -> None:
    """Name badges laid out on a table, ribbons in three colours, one still to be fetched."""
    w, h = c.width, c.height
    c.fill(rect(0, 0, w, h), PETROL, Shade("#073642", 45, 0.1, 1.1))
    c.fill([[(-100, 300), (700, -200), (1300, -200), (300, 1400), (-100, 1400)]], "#2a8792", alpha=0.3, blur=40)
    ribbons = (RUST, OCHRE, ROSE)
    picks = c.random
    for row in range(3):
        for column in range(4):
            x, y = 40 + column * 420 + (row % 2) * -130, 40 + row * 420
            if (row, column) == (1, 2):
                continue
            rot, ribbon = picks.uniform(-7, 7), ribbons[(row * 2 + column) % 3]
            _badge(c, x, y, rot, ribbon, (row * 4 + column) % 5)
    hand_x, hand_y = 900, 610
    _badge(c, hand_x - 150, hand_y - 180, -14, OCHRE, 2)
    arm = stroke([(1400, 1350), (1250, 1030), (1058, 740)], 190, 110)
    c.shadow(arm, 26, 34, 18, 0.4)
    c.fill(stroke([(1088, 790), (1018, 680)], 104, 92), SKIN[1], Shade("#7a3f2c", 45, 0.3, 1.5))
    for index in range(4):
        c.fill(
            stroke(
                [
                    (1034 - index * 22, 660 + index * 16),
                    (984 - index * 10, 586 + index * 26),
                    (948 - index * 4, 580 + index * 32),
                ],
                38,
                28,
            ),
            SKIN[1],
            Shade("#7a3f2c", 60, 0.5, 1.8),
        )
    c.fill(stroke([(1058, 740), (1038, 630), (994, 560)], 44, 30), SKIN[1], Shade("#7a3f2c", 60, 0.6, 1.8))
    c.fill(arm, "#f3e4cb", Shade("#c19a6d", 45, 0.3, 1.1))
    c.fill(turned(rect(1010, 712, 130, 34, 12), 1075, 729, -32), "#d9bd92")


def _badge(c: Canvas, x: float, y: float, rot: float, ribbon: str, kind: int) -> None:
    """One badge with its ribbon: lines instead of a name."""
    cx, cy = x + 150, y + 200
    loop = [(cx - 6, cy - 96), (cx - 90, cy - 190), (cx - 10, cy - 246), (cx + 84, cy - 186), (cx + 6, cy - 96)]
    lace = turned(stroke(loop, 22), cx, cy, rot)
    c.shadow(lace, 8, 10, 5, 0.4)
    c.fill(lace, ribbon, Shade(INK, 60, 0.5, 1.8))
    card = rect(cx - 150, cy - 100, 300, 210, 16, rot)
    c.shadow(card, 16, 20, 9, 0.45)
    c.fill(card, "#fffaf0", Shade("#d3b98f", 45, 0.5, 1.5))
    parts = [(rect(cx - 150, cy - 100, 300, 46, 14), ribbon), (rect(cx - 26, cy - 90, 52, 16, 8), DEEP)]
    parts += [
        (rect(cx - 118, cy - 26, (180, 210, 150, 196, 168)[kind], 30, 6), INK),
        (rect(cx - 118, cy + 24, (130, 90, 176, 120, 150)[kind], 14, 6), TEAL),
    ]
    parts += [
        (rect(cx - 118, cy + 50, (170, 140, 100, 160, 120)[kind], 14, 6), MIST),
        (rect(cx + 84, cy + 46, 40, 40, 6), INK),
    ]
    for shape, tone in parts:
        c.fill(turned(shape, cx, cy, rot), tone)
    for dx, dy in ((8, 8), (22, 8), (8, 22), (24, 24)):
        c.fill(turned(moved(rect(cx + 84, cy + 46, 8, 8), dx - 2, dy - 2), cx, cy, rot), "#fffaf0")
