"""QR codes: named, without inline style, and with the right modules."""

import re

import segno

from eventsite.core import qr


def _modules(svg: str) -> set[tuple[int, int]]:
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1", svg)
    return {(int(x) + step, int(y)) for x, y, length in runs for step in range(int(length))}


def test_svg_has_the_modules_of_the_text() -> None:
    text = "https://example.org/de/kassel/documentation"
    expected = {
        (x + 2, y + 2)
        for y, row in enumerate(segno.make(text, error="m", micro=False).matrix)
        for x, dark in enumerate(row)
        if dark
    }
    assert _modules(qr.svg(text, "Dokumentation")) == expected


def test_svg_names_itself_and_has_no_style() -> None:
    svg = qr.svg("x", 'Zur "Doku" <a>')
    assert "<title>Zur &#34;Doku&#34; &lt;a&gt;</title>" in svg
    assert 'role="img"' in svg
    assert "style" not in svg
