"""A portrait as pages see it: plain values, in sizes and formats from which the browser takes what fits."""

from collections.abc import Callable
from typing import Any

WIDTHS = (160, 320, 640)  # pixels of the square
FORMATS = ("avif", "webp", "jpeg")
WHOLE, WHOLE_WIDTH = "whole", 800  # uncropped, for choosing the focus; organisers only
FORMER = "former"  # the plain file of a portrait that was replaced: published documentations show it until all are gone
FOCUS = (0.5, 0.4)  # of a new portrait: heads are above the middle
SMALLEST = 120  # pixels of the shorter side
PLAIN = {"width": 480, "height": 480}  # of portraits made before there were several sizes

Address = Callable[[str], str]


def picture(speaker: Any, address: Address) -> dict[str, Any] | None:
    """The values of parts/person.html; `address` makes the address of a file out of its key. None without a portrait."""
    if speaker is None or not speaker.portrait_key:
        return None
    files = _present(speaker)
    plain = [one for one in files if one["format"] == "jpeg"]
    shown = next((one for one in plain if one["key"] == speaker.portrait_key), PLAIN)
    sources = [{"type": f"image/{form}", "srcset": _srcset(files, form, address)} for form in FORMATS[:-1]]
    return {
        "url": address(speaker.portrait_key),
        "width": shown["width"],
        "height": shown["height"],
        "srcset": _srcset(files, "jpeg", address),
        "sources": [source for source in sources if source["srcset"]],
        "credit": speaker.portrait_credit,
        "alt": "",
    }


def _present(speaker: Any) -> list[dict[str, Any]]:
    """The files of the present portrait, the smallest first; none where it was set without them."""
    files = [one for one in speaker.portrait_files or [] if one["format"] in FORMATS]
    is_made = any(one["key"] == speaker.portrait_key for one in files)
    return sorted(files, key=lambda one: int(one["width"])) if is_made else []


def _srcset(files: list[dict[str, Any]], form: str, address: Address) -> str:
    return ", ".join(f"{address(one['key'])} {one['width']}w" for one in files if one["format"] == form)


def whole(speaker: Any) -> dict[str, Any] | None:
    """The uncropped picture from which another section can be taken; None where only a crop was kept."""
    files = speaker.portrait_files or [] if _present(speaker) else []
    return next((one for one in files if one["format"] == WHOLE), None)


def keys(speaker: Any) -> set[str]:
    """The files that may be shown to everybody."""
    files = {one["key"] for one in speaker.portrait_files or [] if one["format"] != WHOLE}
    return files | ({speaker.portrait_key} if speaker.portrait_key else set())
