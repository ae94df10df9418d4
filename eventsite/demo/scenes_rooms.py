"""Scenes seen from a visitor's eyes: the hall, the panel, the coffee table, the evening."""

from __future__ import annotations

from eventsite.demo.figures import (
    BRICK,
    DEEP,
    INK,
    MIST,
    OCHRE,
    PAPER,
    PETROL,
    PLUM,
    ROSE,
    RUST,
    SAND,
    TEAL,
    Looks,
    cast,
    plant,
    seated,
    standing,
)  # fmt: skip
from eventsite.demo.pictures import Canvas, Shade, Shape, arch, blob, ellipse, rect, stroke

A = Looks(RUST, BRICK, skin=1, hair=0)
B = Looks(OCHRE, "#b5772a", "#1f4a57", skin=3, hair=2, long_hair=True, skirt=True)
C = Looks(TEAL, "#2f6b72", skin=0, hair=1)
D = Looks("#f3e4cb", "#cfae86", "#4a2b3f", skin=2, hair=0, long_hair=True)
E = Looks(PLUM, "#3a1f36", skin=4, hair=3)
F = Looks(PETROL, DEEP, skin=0, hair=4)


def hall(c: Canvas) -> None:
    """The station hall in the morning: three tall windows, light on the floor, people arriving."""
    w = c.width
    c.fill(rect(0, 0, w, 860), "#d9c19a", Shade("#a97f5c", 270, 0.25, 1.1))
    c.fill(rect(0, 800, w, 500), "#b98f66", Shade("#5d3a3a", 90, 0.1, 1.15))
    openings = ((150, 210, 330, 590), (620, 90, 560, 710), (1320, 210, 330, 590))
    for opening in openings:
        _window(c, *opening)
    c.fill(rect(0, 826, w, 18), "#7c5142")
    for x in (520, 1220):
        c.fill(rect(x, 0, 60, 836), "#a57a58", Shade("#5f3b36", 0, 0.1, 1.1))
        c.fill(rect(x - 14, 800, 88, 44), "#7c5142", Shade("#4b2c2e", 0, 0.2, 1.1))
        c.fill(rect(x - 14, 168, 88, 26), "#7c5142")
    for x in (0, 1690):
        c.fill(rect(x, 0, 110, 1200), "#3c2a33", Shade(INK, 90, 0.0, 1.0))
    c.fill(stroke([(900, 0), (900, 44)], 10), INK)
    c.fill(ellipse(900, 96, 62), INK)
    c.fill(ellipse(900, 96, 50), PAPER, Shade(ROSE, 60, 0.4, 1.4))
    c.fill(stroke([(900, 96), (917, 125)], 7) + stroke([(900, 96), (877, 91)], 8), INK)
    crowd = (
        (330, 905, 250, C, 0.02),
        (700, 880, 215, B, 0.0),
        (775, 886, 230, A, -0.02),
        (1130, 915, 262, D, 0.01),
        (1480, 890, 228, F, -0.02),
    )
    for x, foot, tall, looks, lean in crowd:
        cast(c, x, foot, tall, (x - 900) / 1500, 0.85)
        standing(c, x, foot, tall, looks, lean, 0.045)
    cast(c, 510, 1120, 430, -0.3, 0.7, 0.45)
    standing(c, 510, 1120, 460, E, 0.03, 0.075)
    c.fill(rect(575, 985, 92, 128, 14), "#27414b", Shade(INK, 30, 0.2, 1.1))
    c.fill(stroke([(588, 985), (588, 900), (640, 900), (640, 985)], 7, smooth=False), INK)


def _window(c: Canvas, x: float, y: float, wide: float, high: float) -> None:
    """A tall arched window with the town behind it and its light on the floor."""
    c.fill(arch(x - 34, y - 34, wide + 68, high + 34), "#c8a578", Shade("#8a5f48", 30, 0.2, 1.2))
    pane = arch(x, y, wide, high)
    c.fill(pane, "#fdf3d9", Shade("#f4cf8b", 90, 0.1, 1.2))
    for index in range(7):
        roof = y + high - 70 - 34 * ((index * 37) % 5)
        c.fill(
            rect(x + index * wide / 7, roof, wide / 7 + 3, 400),
            "#9fbdb4",
            Shade("#dfe2c8", 270, 0.2, 1.2),
            within=pane,
            alpha=0.85,
        )
    bars: Shape = []
    for part in range(1, 4 if wide < 400 else 6):
        bx = x + wide * part / (4 if wide < 400 else 6)
        bars += stroke([(bx, y), (bx, y + high)], 9)
    for by in (y + wide / 2, y + wide / 2 + 170, y + wide / 2 + 340):
        bars += stroke([(x, by), (x + wide, by)], 9)
    c.fill(bars, "#5b4038", within=pane)
    c.fill(rect(x - 34, y + high, wide + 68, 26), "#8a5f48")
    far, spread = 420, 0.32
    for part in range(4):
        left, right = x + wide * (part / 4 + 0.02), x + wide * ((part + 1) / 4 - 0.02)
        middle = c.width / 2
        beam: Shape = [
            [
                (left, 842),
                (right, 842),
                (right + (right - middle) * spread, 842 + far),
                (left + (left - middle) * spread, 842 + far),
            ]
        ]
        c.fill(beam, "#ffe6ad", alpha=0.62, blur=2)


def panel(c: Canvas) -> None:
    """Five people in conversation on a stage, the audience's heads in front."""
    w = c.width
    c.fill(rect(0, 0, w, 1200), "#0c4653", Shade("#062b36", 270, 0.1, 1.0))
    for index in range(15):
        x = index * 124
        c.fill(rect(x, 0, 70, 830), "#126475", Shade("#0a4552", 0, 0.1, 1.0), alpha=0.55)
    c.fill(ellipse(900, 410, 470), "#f2c572", alpha=0.35, blur=60)
    c.fill(ellipse(900, 410, 390), "#eec27a", Shade("#d0793f", 90, 0.15, 1.1))
    c.fill(rect(0, 800, w, 230), "#c58a57", Shade("#7e4633", 90, 0.05, 1.0))
    for index in range(12):
        c.fill(stroke([(900 + (index - 5.5) * 120, 800), (900 + (index - 5.5) * 200, 1030)], 3), "#8a5236", alpha=0.5)
    c.fill(rect(0, 1000, w, 220), "#2d1f2b")
    people = ((300, C, 0.4, 0.0), (600, D, 0.3, 1.0), (900, A, 0.0, 0.0), (1200, F, -0.3, 0.0), (1500, B, -0.4, 0.55))
    for x, looks, turn, gesture in people:
        c.fill(ellipse(x, 948, 150, 26), INK, alpha=0.45, blur=8)
        seated(c, x, 770, 420, looks, turn, gesture, "#4a2a3c")
    for x in (450, 1350):
        c.fill(ellipse(x, 955, 66, 14), INK, alpha=0.4, blur=6)
        c.fill(stroke([(x, 850), (x, 950)], 12), INK)
        c.fill(ellipse(x, 846, 74, 18), PAPER, Shade(SAND, 0, 0.3, 1.1))
        for glass in (-26, 18):
            c.fill(rect(x + glass, 800, 22, 44, 5), "#cfe6e4", alpha=0.75)
            c.fill(rect(x + glass, 818, 22, 26, 5), "#7fb7bd", alpha=0.8)
    _audience(c)


def _audience(c: Canvas) -> None:
    """Two rows of heads, lit from the stage."""
    for row, (y, size, tone) in enumerate(((1052, 46, "#2a3346"), (1128, 60, "#131f2d"))):
        for index in range(13 if row == 0 else 10):
            step = c.width / (12 if row == 0 else 9)
            cx = index * step + row * 50 + c.random.uniform(-20, 20) - 10
            top = y + c.random.uniform(-16, 16)
            warm = Shade("#f0a860", 270, 0.62, 1.35)
            c.fill(blob([(cx - size * 1.7, top + 190), (cx - size * 1.45, top + size * 1.75), (cx - size * 0.5, top + size * 1.25),
                         (cx + size * 0.5, top + size * 1.25), (cx + size * 1.45, top + size * 1.75), (cx + size * 1.7, top + 190)]), tone, Shade("#c9803f", 270, 0.8, 1.5))  # fmt: skip
            c.fill(rect(cx - size * 0.32, top + size * 0.5, size * 0.64, size), tone)
            if c.random.random() < 0.4:
                c.fill(ellipse(cx, top - size * 0.98, size * 0.4), tone, warm)
            c.fill(ellipse(cx, top, size * 0.78, size * 0.95), tone, warm)


def coffee(c: Canvas) -> None:
    """The coffee table by the window: pots, cups, cake and apples in the light of the afternoon."""
    w, h = c.width, c.height
    c.fill(rect(0, 0, w, h), "#e9d3b0", Shade("#c79b72", 30, 0.2, 1.2))
    window = rect(880, 60, 560, 640)
    c.fill(rect(852, 32, 616, 700), PAPER, Shade(SAND, 90, 0.3, 1.2))
    c.fill(window, "#cfe4df", Shade("#f7e3b4", 90, 0.2, 1.1))
    for x, y, r, tone in ((960, 640, 150, TEAL), (1150, 700, 190, "#3f827c"), (1360, 640, 160, TEAL)):
        c.fill(ellipse(x, y, r), tone, Shade("#2a625f", 60, 0.2, 1.2), within=window)
    c.fill(stroke([(1160, 60), (1160, 700)], 16) + stroke([(880, 330), (1440, 330)], 16), PAPER)
    c.fill([[(120, 0), (560, 0), (300, 760), (-200, 760)]], "#fff0c9", alpha=0.42, blur=6)
    table = 700
    c.fill(rect(0, table, w, h - table), PETROL, Shade(DEEP, 90, 0.1, 1.1))
    c.fill(rect(0, table, w, 120), "#f8f0df", Shade("#d9c39f", 90, 0.1, 1.3))
    for index in range(17):
        x = index * 100
        c.fill(
            [[(x, table + 120), (x + 100, table + 120), (x + 50, table + 178)]],
            "#f3e8d0",
            Shade("#c9ab83", 0, 0.3, 1.3),
        )

    _pots(c)
    _cups(c)
    _cake(c)
    plant(c, 1510, 760, 360)
    for x, y, colour in ((566, 846, RUST), (1418, 812, OCHRE)):
        _on_table(c, ellipse(x, 790, 30, 10))
        c.fill(ellipse(x, y - 75, 38), colour, Shade(BRICK, 40, 0.4, 1.2))
        c.fill(stroke([(x, y - 108), (x + 8, y - 128)], 6), INK)
    for offset in (0, 34):
        c.fill(
            stroke([(330 + offset, 316), (312 + offset, 266), (340 + offset, 216), (322 + offset, 160)], 12, 3),
            "#fffaf0",
            alpha=0.6,
            blur=3,
        )


def _on_table(c: Canvas, shape: Shape) -> None:
    """The shadow that a thing on the coffee table throws to the right."""
    c.shadow(shape, 90, 12, 10, 0.25, within=rect(0, 694, c.width, 130))


def _pots(c: Canvas) -> None:
    for x, colour, dark in ((462, "#1c6c7a", DEEP), (210, RUST, BRICK)):
        _on_table(c, rect(x - 90, 720, 190, 40, 10))
        if dark == BRICK:
            c.fill(stroke([(x - 70, 400), (x - 160, 420), (x - 152, 600), (x - 90, 640)], 26), dark)
            c.fill([[(x - 74, 330), (x + 74, 330), (x + 98, 752), (x - 98, 752)]], colour, Shade(dark, 0, 0.25, 1.05))
            c.fill(stroke([(x + 60, 396), (x + 104, 348), (x + 120, 346)], 36, 22), colour, Shade(dark, 0, 0.0, 1.3))
        else:
            c.fill(stroke([(x + 60, 430), (x + 140, 440), (x + 136, 570), (x + 70, 600)], 22), dark)
            c.fill(rect(x - 78, 330, 156, 424, 26), colour, Shade(dark, 0, 0.25, 1.05))
            c.fill(rect(x - 78, 640, 156, 20), OCHRE)
        c.fill(rect(x - 80, 300, 160, 44, 16), INK)
        c.fill(rect(x - 26, 262, 52, 44, 18), INK)
        c.fill(rect(x - 52, 372, 18, 340, 9), "#ffffff", alpha=0.28, blur=2)


def _cups(c: Canvas) -> None:
    for column, count in ((668, 4), (798, 3)):
        _on_table(c, rect(column - 70, 740, 150, 30, 12))
        for index in range(count):
            y = 752 - index * 48
            c.fill(stroke([(column + 58, y - 38), (column + 92, y - 34), (column + 66, y - 8)], 12), "#e7d9bd")
            c.fill(
                blob(
                    [(column - 64, y - 48), (column + 64, y - 48), (column + 46, y), (column, y + 6), (column - 46, y)]
                ),
                PAPER,
                Shade("#c8a981", 10, 0.4, 1.2),
            )
            c.fill(ellipse(column, y - 48, 64, 13), "#fffaf0", Shade(SAND, 180, 0.3, 1.2))


def _cake(c: Canvas) -> None:
    _on_table(c, rect(930, 738, 430, 40, 18))
    c.fill(stroke([(1150, 700), (1150, 756)], 40), "#e7d9bd")
    c.fill(ellipse(1150, 762, 110, 18), "#e7d9bd", Shade("#b9946a", 0, 0.3, 1.2))
    c.fill(ellipse(1150, 694, 250, 34), "#fff8ea", Shade("#d5bb92", 0, 0.4, 1.2))
    cake: Shape = [[(960, 590), (1340, 590), (1340, 688), (960, 688)]]
    c.fill(cake + ellipse(1150, 688, 190, 24), "#c98a4b", Shade("#8a4f2c", 0, 0.2, 1.1))
    c.fill(rect(960, 622, 380, 20), "#f3dcb0")
    c.fill(ellipse(1150, 590, 190, 26), "#7a3d2a", Shade("#4d231f", 0, 0.3, 1.2))
    for x in range(985, 1330, 48):
        c.fill(ellipse(x, 580 + 10 * ((x // 48) % 2), 17, 13), RUST, Shade(BRICK, 40, 0.3, 1.1))


def evening(c: Canvas) -> None:
    """The building at dusk: lit windows, a clock, people leaving across the square."""
    w = c.width
    c.fill(rect(0, 0, w, 1200), "#1b3f59", Shade("#0d2739", 270, 0.35, 1.3))
    for y, wide, high, tone, alpha in (
        (760, 1400, 520, "#6d5576", 0.5),
        (800, 1300, 380, "#c9706a", 0.5),
        (830, 1200, 260, "#f2a566", 0.65),
    ):
        c.fill(ellipse(900, y, wide, high), tone, alpha=alpha, blur=70)
    c.fill(ellipse(1470, 250, 52), "#fbe7bd")
    c.fill(ellipse(1470, 250, 90), "#fbe7bd", alpha=0.22, blur=26)
    for x, high in ((0, 170), (150, 230), (300, 150), (1450, 210), (1590, 160), (1700, 250)):
        c.fill(rect(x, 800 - high, 170, high + 60), "#3a4259", Shade("#25304a", 0, 0.2, 1.1))
    c.fill(rect(330, 420, 1140, 420), "#7d4a45", Shade("#452b3b", 180, 0.2, 1.1))
    c.fill(rect(310, 398, 1180, 34), "#5a3540")
    c.fill(rect(720, 270, 360, 570), "#8e544a", Shade("#4f2f3d", 180, 0.2, 1.1))
    c.fill([[(690, 280), (900, 170), (1110, 280)]], "#4b2d3b", Shade("#2c2033", 180, 0.2, 1.1))
    c.fill(ellipse(900, 238, 34), PAPER, Shade(OCHRE, 90, 0.4, 1.3))
    c.fill(stroke([(900, 238), (900, 216)], 5) + stroke([(900, 238), (892, 252)], 5), INK)
    _lit_windows(c)
    door = arch(800, 580, 200, 262)
    c.fill(arch(782, 562, 236, 280), "#4b2d3b")
    c.fill(door, "#ffe3a1", Shade("#f2a850", 90, 0.3, 1.3))
    c.fill(stroke([(900, 580), (900, 842)], 8), "#4b2d3b")
    c.fill(rect(0, 836, w, 370), "#57546a", Shade("#1b2438", 90, 0.05, 1.0))
    c.fill([[(790, 842), (1010, 842), (1330, 1200), (470, 1200)]], "#ffc877", alpha=0.5, blur=16)
    for x in (420, 540, 660, 1138, 1258, 1378):
        c.fill(
            [[(x - 34, 842), (x + 34, 842), (x + (x - 900) * 0.3 + 60, 1030), (x + (x - 900) * 0.3 - 60, 1030)]],
            "#ffc877",
            alpha=0.2,
            blur=12,
        )
    for x, y, r in ((170, 640, 150), (70, 720, 120), (1650, 650, 150), (1745, 735, 110)):
        c.fill(stroke([(x, y), (x, 880)], 18), "#231d2e")
        c.fill(ellipse(x, y, r, r * 1.05), "#2f4a4e", Shade("#14262f", 120, 0.1, 1.0))
    for x in (590, 1230):
        c.fill(stroke([(x, 620), (x, 905)], 9), "#1a1b2b")
        c.fill(ellipse(x, 606, 70), "#ffdf9b", alpha=0.3, blur=18)
        c.fill(ellipse(x, 606, 21), "#fff1c9")
    crowd = ((850, 905, 165, A), (935, 898, 155, D), (700, 990, 230, F), (1130, 1010, 250, B), (1210, 1016, 262, E))
    for x, foot, tall, looks in crowd:
        cast(c, x, foot, tall, (x - 900) / 900, 0.62, 0.5)
        standing(c, x, foot, tall, looks, (x - 900) / 9000, 0.05)
    c.fill(rect(0, 836, w, 5), MIST, alpha=0.3)


def _lit_windows(c: Canvas) -> None:
    """Arched windows, most of them lit."""
    glass = "#ffd98a"
    windows: list[tuple[float, float, float, float]] = [(775, 330, 110, 190), (915, 330, 110, 190)]
    windows += [(x, 490, 82, 150) for x in (380, 500, 620, 1098, 1218, 1338)]
    windows += [(x, 690, 82, 120) for x in (380, 500, 620, 1098, 1218, 1338)]
    for index, (x, y, wide, high) in enumerate(windows):
        lit = index not in (4, 9, 12)
        c.fill(arch(x - 10, y - 10, wide + 20, high + 14), "#5a3540")
        c.fill(
            arch(x, y, wide, high), glass if lit else "#39415a", Shade("#ef9f4a" if lit else "#27314a", 90, 0.2, 1.2)
        )
        c.fill(
            stroke([(x + wide / 2, y), (x + wide / 2, y + high)], 6)
            + stroke([(x, y + high * 0.5), (x + wide, y + high * 0.5)], 6),
            "#5a3540",
        )
