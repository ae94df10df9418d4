"""The list of scenes by name, and the one function that draws one."""

from __future__ import annotations

from collections.abc import Callable
from zlib import crc32

from eventsite.demo import portraits, scenes_rooms, scenes_tables, scenes_town
from eventsite.demo.pictures import Canvas
from eventsite.demo.shapes import Picture

SCENES: dict[str, Callable[[Canvas], None]] = {
    "hall": scenes_rooms.hall,
    "panel": scenes_rooms.panel,
    "coffee": scenes_rooms.coffee,
    "evening": scenes_rooms.evening,
    "round-table": scenes_tables.round_table,
    "circle": scenes_tables.circle,
    "flipchart": scenes_tables.flipchart,
    "badges": scenes_tables.badges,
    "quarter": scenes_town.quarter,
}


def draw(picture: Picture) -> bytes:
    """The picture as JPEG bytes, always the same for the same picture."""
    canvas = Canvas(picture.width, picture.height, "#f7efe0", crc32(picture.draw.encode()))
    kind, _, who = picture.draw.partition(":")
    if kind == "portrait":
        portraits.draw(canvas, portraits.SITTERS[who])
    else:
        SCENES[kind](canvas)
    return canvas.jpeg()
