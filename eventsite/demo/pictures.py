"""Draws the demonstration's pictures: flat shapes with grainy shade on a supersampled canvas (the only PIL outside core)."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

Point = tuple[float, float]
Outline = list[Point]
Shape = list[Outline]
Points = Sequence[Point]
Outlines = Sequence[Points]

SCALE = 2
NOISE = 512


@dataclass(frozen=True)
class Shade:
    """A grainy second colour that grows from `start` to `end` (0 to 1) across the shape, towards `angle` degrees."""

    colour: str
    angle: float = 90
    start: float = 0.2
    end: float = 1.1
    amount: float = 1.0


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None, rot: float = 0) -> Shape:
    """An ellipse as an outline of 72 points."""
    ry = rx if ry is None else ry
    turn = math.radians(rot)
    cos, sin = math.cos(turn), math.sin(turn)
    points = []
    for step in range(72):
        a = math.tau * step / 72
        x, y = rx * math.cos(a), ry * math.sin(a)
        points.append((cx + x * cos - y * sin, cy + x * sin + y * cos))
    return [points]


def rect(x: float, y: float, w: float, h: float, r: float = 0, rot: float = 0) -> Shape:
    """A rectangle with round corners, turned around its centre."""
    r = min(r, w / 2, h / 2)
    points: Outline = []
    corners = ((x + w - r, y + r, -90), (x + w - r, y + h - r, 0), (x + r, y + h - r, 90), (x + r, y + r, 180))
    for cx, cy, first in corners:
        for step in range(9 if r else 1):
            a = math.radians(first + step * 90 / 8)
            points.append((cx + r * math.cos(a), cy + r * math.sin(a)))
    return [points] if not rot else turned([points], x + w / 2, y + h / 2, rot)


def arch(x: float, y: float, w: float, h: float) -> Shape:
    """A window with a round top."""
    r = w / 2
    top = [(x + r - r * math.cos(math.pi * s / 36), y + r - r * math.sin(math.pi * s / 36)) for s in range(37)]
    return [[*top, (x + w, y + h), (x, y + h)]]


def blob(points: Points) -> Shape:
    """A smooth closed outline through the points."""
    return [_smooth(points, closed=True)]


def stroke(points: Points, width: float, end_width: float | None = None, smooth: bool = True) -> Shape:
    """A line with round ends; with `end_width` it tapers."""
    line = _smooth(points, closed=False) if smooth and len(points) > 2 else points
    last = width if end_width is None else end_width
    shape: Shape = []
    for index in range(len(line) - 1):
        (x0, y0), (x1, y1) = line[index], line[index + 1]
        r0 = (width + (last - width) * index / (len(line) - 1)) / 2
        r1 = (width + (last - width) * (index + 1) / (len(line) - 1)) / 2
        length = math.hypot(x1 - x0, y1 - y0) or 1
        nx, ny = -(y1 - y0) / length, (x1 - x0) / length
        shape.append([
            (x0 + nx * r0, y0 + ny * r0), (x1 + nx * r1, y1 + ny * r1),
            (x1 - nx * r1, y1 - ny * r1), (x0 - nx * r0, y0 - ny * r0),
        ])  # fmt: skip
        shape += ellipse(x1, y1, r1)
    return shape + ellipse(*line[0], width / 2)


def turned(shape: Outlines, cx: float, cy: float, degrees: float) -> Shape:
    """The shape turned around a point."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [
        [(cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos) for x, y in outline]
        for outline in shape
    ]


def moved(shape: Outlines, dx: float, dy: float) -> Shape:
    """The shape moved."""
    return [[(x + dx, y + dy) for x, y in outline] for outline in shape]


def _smooth(points: Points, closed: bool) -> Outline:
    """Catmull-Rom through the points, eight steps each."""
    count = len(points)
    result: Outline = []
    for index in range(count if closed else count - 1):
        p1, p2 = points[index], points[(index + 1) % count]
        p0 = points[index - 1] if closed or index else p1
        p3 = points[(index + 2) % count] if closed or index + 2 < count else p2
        for step in range(8):
            t = step / 8
            result.append((_spline(p0[0], p1[0], p2[0], p3[0], t), _spline(p0[1], p1[1], p2[1], p3[1], t)))
    return result if closed else [*result, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)


class Canvas:
    """A sheet of paper in final pixels; draws at twice the size and shrinks at the end."""

    def __init__(self, width: int, height: int, paper: str, seed: int) -> None:
        from PIL import Image

        self.width, self.height = width, height
        self.random = random.Random(seed)
        self.image = Image.new("RGB", (width * SCALE, height * SCALE), paper)
        tile = Image.frombytes("L", (NOISE, NOISE), self.random.randbytes(NOISE * NOISE))
        tile = tile.resize((NOISE * SCALE, NOISE * SCALE), Image.Resampling.NEAREST)
        self.noise = Image.new("L", self.image.size)
        for x in range(0, self.image.width, tile.width):
            for y in range(0, self.image.height, tile.height):
                self.noise.paste(tile, (x, y))

    def fill(
        self, shape: Outlines, colour: str, shade: Shade | None = None, alpha: float = 1, minus: Outlines | None = None,
        within: Outlines | None = None, blur: float = 0,
    ) -> None:  # fmt: skip
        """Paint a shape; `minus` cuts holes, `within` clips, `blur` softens the edge (for shadows and light)."""
        from PIL import ImageChops, ImageFilter

        box = self._box(shape, blur)
        if box is None:
            return
        mask = self._mask(shape, box)
        if minus:
            mask = ImageChops.subtract(mask, self._mask(minus, box))
        if blur:
            mask = self._soft(mask, blur, ImageFilter)
        if within:
            mask = ImageChops.multiply(mask, self._mask(within, box))
        if alpha < 1:
            mask = mask.point([round(v * alpha) for v in range(256)])
        self.image.paste(colour, box, mask)
        if shade:
            self.image.paste(shade.colour, box, ImageChops.multiply(mask, self._grain(box, shade)))

    def shadow(
        self, shape: Outlines, dx: float, dy: float, blur: float = 10, alpha: float = 0.3, colour: str = "#0c2a33",
        within: Outlines | None = None,
    ) -> None:  # fmt: skip
        """Cast a soft shadow of a shape that lies flat."""
        self.fill(moved(shape, dx, dy), colour, alpha=alpha, blur=blur, within=within)

    def jpeg(self, quality: int = 88) -> bytes:
        """The finished picture, shrunk, with a breath of paper grain over all of it."""
        from PIL import Image, ImageChops

        small = self.image.reduce(SCALE)
        grain = self.noise.crop((0, 0, small.width, small.height)).point([118 + v // 25 for v in range(256)])
        grained = ImageChops.overlay(small, Image.merge("RGB", (grain, grain, grain)))
        out = BytesIO()
        grained.save(out, "JPEG", quality=quality, optimize=True, progressive=True, subsampling=0)
        return out.getvalue()

    def _box(self, shape: Outlines, blur: float) -> tuple[int, int, int, int] | None:
        xs = [x for outline in shape for x, _ in outline]
        ys = [y for outline in shape for _, y in outline]
        pad = 2 + 3 * blur
        box = (
            max(0, math.floor((min(xs) - pad) * SCALE)), max(0, math.floor((min(ys) - pad) * SCALE)),
            min(self.image.width, math.ceil((max(xs) + pad) * SCALE)),
            min(self.image.height, math.ceil((max(ys) + pad) * SCALE)),
        )  # fmt: skip
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _mask(self, shape: Outlines, box: tuple[int, int, int, int]) -> Image:
        from PIL import Image, ImageDraw

        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        draw = ImageDraw.Draw(mask)
        for outline in shape:
            draw.polygon([(x * SCALE - box[0], y * SCALE - box[1]) for x, y in outline], fill=255)
        return mask

    def _soft(self, mask: Image, blur: float, filters: Any) -> Image:
        """Blur at a quarter of the size: soft edges need no detail."""
        from PIL import Image

        if blur < 4:
            return mask.filter(filters.GaussianBlur(blur * SCALE))
        quarter = mask.resize((max(1, mask.width // 8), max(1, mask.height // 8)), Image.Resampling.BOX)
        return quarter.filter(filters.GaussianBlur(blur * SCALE / 8)).resize(mask.size, Image.Resampling.BICUBIC)

    def _grain(self, box: tuple[int, int, int, int], shade: Shade) -> Image:
        from PIL import Image, ImageChops

        size = (box[2] - box[0], box[3] - box[1])
        cos, sin = math.cos(math.radians(shade.angle)), math.sin(math.radians(shade.angle))
        reach = (abs(cos) + abs(sin)) / 2
        values = bytearray()
        for row in range(24):
            for column in range(24):
                along = ((column / 23 - 0.5) * cos + (row / 23 - 0.5) * sin) / (2 * reach) + 0.5
                level = (along - shade.start) / (shade.end - shade.start)
                values.append(round(255 * shade.amount * min(1.0, max(0.0, level))))
        ramp = Image.frombytes("L", (24, 24), bytes(values)).resize(size, Image.Resampling.BICUBIC)
        dots = ImageChops.add(ramp, self.noise.crop(box), 1, -255)
        return dots.point([min(255, v * 3) for v in range(256)])
