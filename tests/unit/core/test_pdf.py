"""The PDF door: tagged, the same octets every time, and nothing fetched but what we hand over."""

import io
import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from eventsite.core import pdf
from eventsite.core.errors import Refused
from tests.pdf_rules import check_pdf, texts_of
from tests.unit.core.pdf_samples import CSS, everything, resolve, sample, settings


def elements(document: pikepdf.Pdf, kind: str) -> list[Any]:
    """All structure elements of a kind, in reading order."""
    found: list[Any] = []

    def walk(element: Any) -> None:
        if str(element.get("/S", "")) == f"/{kind}":
            found.append(element)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                walk(kid)

    walk(document.Root.StructTreeRoot)
    return found


def test_engine_is_there() -> None:
    assert pdf.engine_problem() is None
    assert re.fullmatch(r"WeasyPrint \d+\.\d+, Pango \d+\.\d+\.\d+", pdf.engine_version())


def test_engine_problem_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LIBRARIES", ("pango-9.9",))
    assert "apt-get install -y libpango-1.0-0" in str(pdf.engine_problem())
    with pytest.raises(pdf.EngineMissing):
        pdf.render("<p>x", **settings())


def test_engine_is_not_loaded_by_the_door() -> None:
    code = "import sys, eventsite.core.pdf as p; p.engine_problem(); print(sorted({'weasyprint','pikepdf'} & set(sys.modules)))"
    root = str(Path(pdf.__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": root}
    )
    assert done.stdout.strip() == "[]"


def test_render_everything_keeps_every_rule() -> None:
    assert check_pdf(sample(), "de") == []


def test_render_archive_variant_keeps_every_rule_and_carries_files() -> None:
    attached = [pdf.Attached("programm.ics", b"BEGIN:VCALENDAR", "Das Programm")]
    content = pdf.render(everything(5), **settings(variant="pdf/a-3a", attachments=attached))
    assert check_pdf(content, "de") == []
    document = pikepdf.open(io.BytesIO(content))
    assert document.attachments["programm.ics"].get_file().read_bytes() == b"BEGIN:VCALENDAR"
    packet = document.Root.Metadata.read_bytes()
    assert b'pdfaid:part="3"' in packet
    assert b'pdfuaid:part="1"' in packet


def test_render_twice_is_the_same_octets() -> None:
    attached = [pdf.Attached("a.txt", b"a")]
    first = pdf.render(everything(5), **settings(attachments=attached))
    assert pdf.render(everything(5), **settings(attachments=attached)) == first
    assert pdf.render(everything(5), **settings(attachments=attached, title="Anders")) != first


def test_render_texts_can_be_extracted() -> None:
    words = " ".join(texts_of(sample()))
    names = ["Łucja Wójcik", "Şahin Öztürk", "Doğan Ğ", "Čeněk Žižka", "Ingrīda Ņ", "Ő. Szűcs"]
    assert [name for name in names if name not in words] == []
    assert "Spalten sind schwer zu setzen. Spalten" in words


def test_running_heads_are_artifacts() -> None:
    document = pikepdf.open(io.BytesIO(sample()))
    kinds = [
        str(instruction.operands[1].Type)
        for instruction in pikepdf.parse_content_stream(document.pages[1], "BDC")
        if instruction.operands[0] == pikepdf.Name.Artifact and "/Type" in instruction.operands[1]
    ]
    assert kinds.count("/Pagination") >= 2


def test_language_of_parts_is_kept() -> None:
    document = pikepdf.open(io.BytesIO(sample()))
    (quote,) = elements(document, "BlockQuote")
    assert str(quote.Lang) == "en"
    assert [str(one.Lang) for kind in ("Span", "NonStruct") for one in elements(document, kind) if "/Lang" in one] == [
        "de"
    ]


def test_pictures_decorative_captioned_and_named() -> None:
    document = pikepdf.open(io.BytesIO(sample()))
    figures = elements(document, "Figure")
    assert [str(one.Alt) for one in figures] == [
        "Viele Menschen im Saal",
        "Noch einmal der Saal",
        "Flipchart",
        "Zurück zum Anfang",
        "Zur Dokumentation im Netz",
    ]
    assert str(figures[0].K[-1].S) == "/Caption"


def test_links_are_named_by_their_words() -> None:
    document = pikepdf.open(io.BytesIO(sample()))
    named = {str(one.Contents) for page in document.pages for one in page.obj.get("/Annots", [])}
    assert {"Auf einen Blick", "Namen", "Verlinkter Titel", "Zurück zum Anfang"} < named
    assert not any("example.org" in name or "\n" in name for name in named)


def test_title_language_and_pages_are_described() -> None:
    described = pdf.describe(sample())
    assert (described.is_tagged, described.title, described.language) == (True, "Gute Arbeit im Jahr 2026", "de")
    assert described.pages >= 4


def test_describe_refuses_what_is_no_pdf() -> None:
    with pytest.raises(Refused):
        pdf.describe(b"hello")


HOSTILE = [
    '<link rel="stylesheet" href="{}">', "<style>@import url({})</style>", '<img src="{}">', '<object data="{}"></object>',
    '<embed src="{}">', "<style>@font-face{{font-family:X;src:url({})}} p{{font-family:X}}</style><p>x</p>",
    "<style>@page{{background:url({})}}</style>", "<ul style=\"list-style:url({})\"><li>x</ul>",
    "<style>p::before{{content:url({})}}</style><p>x</p>",
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title><image href="{}" width="9" height="9"/></svg>',
]  # fmt: skip
ADDRESSES = [
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "http://169.254.169.254/x",
    "//example.org/x",
    "../x",
    "data:,x",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("template", HOSTILE)
def test_hostile_reference_is_denied_and_told(template: str, address: str) -> None:
    with pytest.raises(pdf.MissingPicture):
        pdf.render(f"<h1>x</h1>{template.format(address)}", **settings(stylesheets=[]))


@pytest.mark.parametrize(
    "tag", ['<link rel="attachment" href="file:///etc/passwd">', '<a rel="attachment" href="file:///etc/passwd">x</a>']
)
def test_hostile_attachment_is_not_embedded(tag: str) -> None:
    try:
        content = pdf.render(f"<html lang=de>{tag}<h1>x</h1>", **settings(stylesheets=[]))
    except pdf.MissingPicture:
        return
    document = pikepdf.open(io.BytesIO(content))
    assert len(document.attachments) == 0
    assert not any(b"root:" in thing.read_bytes() for thing in document.objects if isinstance(thing, pikepdf.Stream))


def test_missing_pictures_are_all_named() -> None:
    with pytest.raises(pdf.MissingPicture) as told:
        pdf.render('<img src="media:1"><img src="media:2"><img src="media:saal">', **settings(stylesheets=[]))
    assert told.value.missing == ["media:1", "media:2"]


@pytest.mark.parametrize("content", [b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b""])
def test_media_that_is_no_picture_is_missing(content: bytes) -> None:
    with pytest.raises(pdf.MissingPicture) as told:
        pdf.render('<img src="media:x">', **settings(stylesheets=[], resolve=lambda name: content))
    assert told.value.missing == ["media:x"]


def test_stylesheet_by_name_is_read_through_resolve() -> None:
    def with_style(name: str) -> Path | bytes:
        return CSS.encode() if name == "asset:css/print.css" else resolve(name)

    by_name = pdf.render(everything(3), **settings(stylesheets=["asset:css/print.css"], resolve=with_style))
    assert by_name == pdf.render(everything(3), **settings())


def test_isolated_render_is_the_same_octets() -> None:
    assert pdf.render_isolated(everything(5), **settings()) == pdf.render(everything(5), **settings())


def test_isolated_render_names_missing_pictures() -> None:
    with pytest.raises(pdf.MissingPicture) as told:
        pdf.render_isolated('<img src="media:nirgends">', **settings(stylesheets=[]))
    assert told.value.missing == ["media:nirgends"]


def test_isolated_render_is_stopped_in_time() -> None:
    with pytest.raises(pdf.RenderFailed, match="longer than"):
        pdf.render_isolated(everything(4000), **settings(), timeout=2)


def test_isolated_render_keeps_to_its_memory(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    with pytest.raises(pdf.RenderFailed):
        pdf.render_isolated(everything(5), **settings(), memory_mb=60)


def test_isolated_render_leaves_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    pdf.render_isolated("<html lang=de><h1>x</h1>", **settings(stylesheets=[]))
    assert list(tmp_path.iterdir()) == []
