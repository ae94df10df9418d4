"""An event's accent in the light and the dark theme, with the contrast WCAG asks for (2.2, 1.4.3)."""

import colorsys
import re

TEXT_CONTRAST = 4.5
DEFAULT = "#0d5b66"
# Paper, toned paper (with a little of the accent in it) and what is written on the accent: as in css/tokens.css.
LIGHT = ("#fdfcf9", "#f2f1ec", "#ffffff")
DARK = ("#15181b", "#1f2327", "#101315")
_TINT = 0.09
_STEP = 0.005

Rgb = tuple[float, float, float]


def _rgb(colour: str) -> Rgb:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def _hex(rgb: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in rgb)


def _luminance(rgb: Rgb) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours `#rrggbb`, from 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _tinted(paper: str, accent: str) -> str:
    return _hex(tuple(p + (a - p) * _TINT for p, a in zip(_rgb(paper), _rgb(accent), strict=True)))  # type: ignore[arg-type]


def _holds(accent: str, grounds: tuple[str, ...]) -> bool:
    return all(contrast(accent, ground) >= TEXT_CONTRAST for ground in (*grounds, _tinted(grounds[0], accent)))


def _shifted(hue: float, lightness: float, saturation: float) -> str:
    return _hex(colorsys.hls_to_rgb(hue, lightness, saturation))


def themes(accent: str) -> tuple[str, str]:
    """The accent for the light and for the dark theme: the hue is kept, the lightness moves until both can be read.

    Anything that is not `#rrggbb` gives the product's own accent.
    """
    wanted = accent.lower() if re.fullmatch(r"#[0-9a-fA-F]{6}", accent or "") else DEFAULT
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(wanted))
    light, level = wanted, lightness
    while not _holds(light, LIGHT) and level > 0:
        level = max(0.0, level - _STEP)
        light = _shifted(hue, level, saturation)
    softened, level = min(saturation, 0.55), max(0.66, lightness)
    dark = _shifted(hue, level, softened)
    while not _holds(dark, DARK) and level < 1:
        level = min(1.0, level + _STEP)
        dark = _shifted(hue, level, softened)
    return light, dark


def stylesheet(accent: str) -> str:
    """The two custom properties that an event sets."""
    light, dark = themes(accent)
    return f":root{{--accent:{light};--accent-dark:{dark}}}\n"
