"""A document with everything our documents use, for the tests of the PDF door and of the checker."""

import io
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from eventsite.core import pdf, qr
from eventsite.core.errors import NotFound

FONTS = Path(__file__).parents[3] / "static" / "fonts" / "pdf"
CSS = """
@font-face { font-family: DocSans; src: url(asset:fonts/atkinson-next-regular.ttf) }
@font-face { font-family: DocSans; font-weight: 700; src: url(asset:fonts/atkinson-next-bold.ttf) }
@page { size: A4; margin: 20mm; background: #fefefe;
  @top-left { content: string(chapter); font: 8pt DocSans; border-bottom: 1px solid gray }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt DocSans }
  @footnote { border-top: 1px solid gray } }
html { font: 10pt/1.4 DocSans; hyphens: auto; hyphenate-character: "-" }
li ul { list-style: "– " }
h1, h2 { string-set: chapter content(); hyphens: none }
h2 { break-before: page; color: #005; border-left: 2mm solid #005; padding-left: 2mm }
nav a::after { content: leader(".") target-counter(attr(href), page) }
.note { float: footnote } .half { width: 60mm; height: 40mm; object-fit: cover }
.band { background: #eee url(media:decoration); border-radius: 2mm; padding: 3mm }
table { table-layout: fixed; width: 100%; border-collapse: collapse } td, th { border: 1px solid #999 }
.qr { width: 20mm; height: 20mm } .two { columns: 2 }
"""


@lru_cache
def photo(colour: str) -> bytes:
    image = Image.new("RGB", (800, 533), colour)
    ImageDraw.Draw(image).ellipse((100, 100, 500, 400), fill="white")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def resolve(name: str) -> Path | bytes:
    """The vendored fonts, pictures from memory."""
    scheme, _, rest = name.partition(":")
    if scheme == "asset" and rest.startswith("fonts/"):
        return FONTS / rest.removeprefix("fonts/")
    colours = {"decoration": "pink", "saal": "teal", "flipchart": "navy"}
    if scheme == "media" and rest in colours:
        return photo(colours[rest])
    raise NotFound(name)


def everything(rows: int = 60) -> str:
    """Cover, contents, quotes, pictures, lists, tables over pages, footnotes, a code and names of many languages."""
    names = ["Łucja Wójcik", "Şahin Öztürk", "Doğan Ğ", "Čeněk Žižka", "Ingrīda Ņ", "Ő. Szűcs"]
    people = "".join(
        f'<tr><th scope="row">{number}. {names[number % len(names)]}</th><td>Referat {number}</td><td></td></tr>'
        for number in range(rows)
    )
    return f"""<!doctype html><html lang="de"><head><title>x</title></head><body>
<header><img src="media:decoration" alt=""><h1>Gute Arbeit im Jahr 2026</h1><p>Kassel, 12. März 2026</p></header>
<nav><ul><li><a href="#auf">Auf einen Blick</a></li><li><a href="#namen">Namen</a></li></ul></nav>
<main><section><h2 id="auf">Auf einen Blick</h2>
<p>Ein Absatz mit <strong>starkem</strong> Wort, <a href="https://example.org/lang">einem Verweis auf eine Seite, der über
das Ende einer Zeile hinausgeht, damit er zwei Kästen hat</a> und einer Fußnote<span class="note">Die Fußnote.</span>.</p>
<blockquote lang="en"><p>We did <em>good</em> work <span lang="de">im Saal</span>.</p></blockquote>
<p class="band">Ein Band mit Bild im Hintergrund.</p>
<figure><img class="half" src="media:saal" alt="Viele Menschen im Saal"><figcaption>Abb. 1: Der Saal</figcaption></figure>
<figure><img class="half" src="media:saal" alt="Noch einmal der Saal"><img class="half" src="media:flipchart" alt="Flipchart">
<figcaption>Abb. 2 und 3</figcaption></figure>
<h3>Ergebnisse</h3><ol><li>Erstens<ul><li>Unterpunkt</li></ul></li><li><p>Zweitens</p></li></ol>
<ul style="list-style: none"><li>Ohne Zeichen</li></ul>
<dl><dt>Ort</dt><dd>Kassel</dd><dt>Zeit</dt><dd>10 Uhr</dd></dl><hr><p></p><div></div>
<div class="two"><p>{"Spalten sind schwer zu setzen. " * 30}</p></div>
<h3><a href="https://example.org/k">Verlinkter <b>Titel</b></a></h3>
<p><a href="#auf"><img class="half" src="media:flipchart" alt="Zurück zum Anfang"></a></p>
{qr.svg("https://example.org/de/kassel/documentation", "Zur Dokumentation im Netz")}</section>
<section><h2 id="namen">Namen</h2><table><caption>Alle Namen</caption>
<colgroup><col><col><col></colgroup><thead><tr><th>Name</th><th colspan="2">Beitrag</th></tr></thead>
<tbody>{people}</tbody></table></section></main></body></html>"""


def settings(**changes: Any) -> dict[str, Any]:
    """What every render of the tests is told."""
    return {
        "stylesheets": [CSS],
        "resolve": resolve,
        "title": "Gute Arbeit im Jahr 2026",
        "language": "de",
        "created": datetime(2026, 3, 20, 9, 0, tzinfo=UTC),
        "identifier": b"kassel-document-1",
    } | changes


@lru_cache
def sample() -> bytes:
    """The document, rendered once for all tests."""
    return pdf.render(everything(), **settings())
