"""People, plants and furniture that several scenes use: calm silhouettes without faces."""

from __future__ import annotations

from dataclasses import dataclass

from eventsite.demo.pictures import Canvas, Shade, blob, ellipse, rect, stroke

INK = "#12303a"
PETROL = "#0b5a6b"
DEEP = "#083f4c"
TEAL = "#6fa8a6"
MIST = "#c9dcd6"
PAPER = "#f7efe0"
SAND = "#ecdcc0"
OCHRE = "#e2a746"
RUST = "#c65a3b"
BRICK = "#8f3a24"
ROSE = "#e9b79c"
PLUM = "#5a3350"

SKIN = ("#f0c9a4", "#d79b70", "#a86c48", "#6b4331", "#e6b48d")
HAIR = ("#2b2226", "#5a3826", "#1d2b33", "#b98a4e", "#8c8a86", "#3b2a3f")


@dataclass(frozen=True)
class Looks:
    """Colours and cut of a figure: top, its shade, trousers, skin and hair by number, long hair."""

    top: str
    shade: str
    legs: str = INK
    skin: int = 0
    hair: int = 0
    long_hair: bool = False
    skirt: bool = False


def head(c: Canvas, x: float, y: float, r: float, looks: Looks, turn: float = 0) -> None:
    """A head seen from the front or turned aside (-1 to 1): hair, neck, face without features."""
    hair, skin = HAIR[looks.hair], SKIN[looks.skin]
    if looks.long_hair:
        c.fill(blob([(x - r * 1.12, y - r * 0.3), (x, y - r * 1.28), (x + r * 1.12, y - r * 0.3),
                     (x + r * 1.16, y + r * 1.5), (x - turn * r, y + r * 1.75), (x - r * 1.16, y + r * 1.5)]), hair)  # fmt: skip
    c.fill(rect(x - r * 0.38, y + r * 0.4, r * 0.76, r * 1.3, r * 0.3), skin, Shade("#7a3f2c", 90, 0.1, 1.6, 0.6))
    c.fill(ellipse(x, y, r * 0.92, r * 1.08), skin, Shade("#b0583a", 25, 0.5, 1.6, 0.7))
    cap = blob([(x - r * 1.0, y + r * 0.1), (x - r * 0.98, y - r * 0.75), (x - r * 0.2, y - r * 1.3),
                (x + r * 0.75, y - r * 1.05), (x + r * 1.02, y + r * 0.05), (x + r * (0.7 + turn * 0.2), y - r * 0.42),
                (x + turn * r * 0.5, y - r * 0.58), (x - r * (0.7 - turn * 0.2), y - r * 0.35)])  # fmt: skip
    c.fill(cap, hair, Shade("#ffffff", 200, 0.6, 2.2, 0.35))


def standing(c: Canvas, x: float, foot: float, tall: float, looks: Looks, lean: float = 0, step: float = 0.1) -> None:
    """A figure on its feet; `lean` moves the shoulders, `step` spreads the feet (both in parts of the height)."""
    unit = tall / 8
    hip, shoulder = foot - unit * 3.9, foot - unit * 6.55
    sx = x + lean * tall
    for side in (-1, 1):
        fx = x + side * step * tall
        c.fill(stroke([(x + side * unit * 0.38, hip), (fx, foot - unit * 0.2)], unit * 0.82, unit * 0.42), looks.legs)
        c.fill(
            stroke(
                [(fx, foot - unit * 0.1), (fx + unit * 0.4 * (1 if lean >= 0 else -1), foot - unit * 0.08)], unit * 0.34
            ),
            INK,
        )
    hem = hip + unit * (1.5 if looks.skirt else 0.55)
    wide = 1.25 if looks.skirt else 0.98
    mid, waist = (sx + x) / 2, (shoulder + hip) / 2 + unit * 0.2
    body = blob([(sx - unit * 0.98, shoulder + unit * 0.25), (sx - unit * 0.45, shoulder - unit * 0.14),
                 (sx + unit * 0.45, shoulder - unit * 0.14), (sx + unit * 0.98, shoulder + unit * 0.25),
                 (mid + unit * 0.8, waist), (x + unit * wide * 0.9, hip), (x + unit * wide, hem),
                 (x - unit * wide, hem), (x - unit * wide * 0.9, hip), (mid - unit * 0.8, waist)])  # fmt: skip
    head(c, sx + lean * tall * 0.25, shoulder - unit * 0.82, unit * 0.52, looks)
    c.fill(body, looks.top, Shade(looks.shade, 20, 0.35, 1.15))
    c.fill(stroke([(sx - unit * 0.98, shoulder + unit * 0.35), (sx - unit * 1.2, shoulder + unit * 1.5),
                   (sx - unit * 1.0, hip + unit * 0.1)], unit * 0.5, unit * 0.38), looks.shade)  # fmt: skip


def cast(c: Canvas, x: float, foot: float, tall: float, dx: float, dy: float, alpha: float = 0.35) -> None:
    """The long shadow of a standing figure, thrown towards (dx, dy)."""
    w = tall / 9
    c.fill(blob([(x - w, foot - 4), (x + w, foot - 4), (x + dx * tall + w * 0.9, foot + dy * tall * 0.8),
                 (x + dx * tall, foot + dy * tall), (x + dx * tall - w * 0.9, foot + dy * tall * 0.8)]),
           INK, alpha=alpha, blur=3)  # fmt: skip


def seated(
    c: Canvas,
    x: float,
    seat: float,
    tall: float,
    looks: Looks,
    turn: float = 0,
    gesture: float = 0,
    chair: str = PETROL,
) -> None:
    """A figure on an easy chair, seen from the front; `gesture` lifts one hand (0 to 1)."""
    u = tall / 6
    c.fill(rect(x - u * 1.2, seat - u * 1.7, u * 2.4, u * 2.7, u * 0.6), chair, Shade(INK, 60, 0.2, 1.1))
    for side in (-1, 1):
        c.fill(stroke([(x + side * u * 1.0, seat + u * 0.9), (x + side * u * 1.15, seat + u * 2.1)], u * 0.16), INK)
    for side in (-1, 1):
        knee = (x + side * u * 0.75 + turn * u * 0.4, seat + u * 0.55)
        c.fill(
            stroke([(x + side * u * 0.4, seat - u * 0.1), knee], u * 0.8),
            looks.legs,
            Shade("#000000", 90, 0.2, 1.8, 0.5),
        )
        c.fill(stroke([knee, (knee[0] + side * u * 0.05, seat + u * 2.1)], u * 0.66, u * 0.42), looks.legs)
        c.fill(stroke([(knee[0], seat + u * 2.2), (knee[0] + side * u * 0.35, seat + u * 2.24)], u * 0.34), INK)
    head(c, x + turn * u * 0.2, seat - u * 3.05, u * 0.55, looks, turn)
    c.fill(blob([(x - u * 0.86, seat - u * 1.88), (x - u * 0.4, seat - u * 2.28), (x + u * 0.4, seat - u * 2.28),
                 (x + u * 0.86, seat - u * 1.88), (x + u * 0.66, seat - u * 0.9), (x + u * 0.74, seat + u * 0.1),
                 (x - u * 0.74, seat + u * 0.1), (x - u * 0.66, seat - u * 0.9)]),
           looks.top, Shade(looks.shade, 25, 0.35, 1.15))  # fmt: skip
    hand = (x - u * 0.2 + turn * u, seat - u * (0.15 + gesture * 1.1))
    c.fill(
        stroke(
            [(x + u * 0.76, seat - u * 1.82), (x + u * 1.12, seat - u * 0.75), (x + u * 0.3, seat - u * 0.1)],
            u * 0.46,
            u * 0.36,
        ),
        looks.shade,
    )
    elbow = (x - u * (1.12 + 0.3 * gesture), seat - u * 0.75)
    reach = (x - u * (0.3 + 1.2 * gesture), hand[1])
    c.fill(stroke([(x - u * 0.76, seat - u * 1.82), elbow, reach], u * 0.46, u * 0.36), looks.shade)
    for at in (reach, (x + u * 0.3, seat - u * 0.1)):
        c.fill(ellipse(*at, u * 0.22), SKIN[looks.skin])


def plant(c: Canvas, x: float, foot: float, tall: float, leaf: str = "#2f6b5a", dark: str = "#123d3a") -> None:
    """A plant in a pot."""
    for index in range(9):
        side = (index - 4) / 4
        tip = (x + side * tall * 0.42, foot - tall * (1.0 - 0.35 * side * side))
        mid = (x + side * tall * 0.13, foot - tall * 0.62)
        c.fill(stroke([(x, foot - tall * 0.3), mid, tip], tall * 0.085, tall * 0.01), leaf if index % 2 else dark)
    c.fill([[(x - tall * 0.17, foot - tall * 0.32), (x + tall * 0.17, foot - tall * 0.32), (x + tall * 0.12, foot), (x - tall * 0.12, foot)]],
           RUST, Shade(BRICK, 10, 0.3, 1.2))  # fmt: skip
