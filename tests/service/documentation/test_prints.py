"""The PDF: it keeps the rules of PDF/UA, says what the page says, and needs nothing from outside."""

import io
from typing import Any

import pikepdf
import pytest
from flask import Flask

from eventsite.core import pdf, storage
from eventsite.documentation import outline, prints
from eventsite.documentation.outline import Part
from tests.conftest import NOW
from tests.documented import jpeg
from tests.pdf_rules import check_pdf, texts_of
from tests.unit.documentation.kassel import both, days, file, materials, parts, photo

FAMILIES = ("Atkinson Doc",)
NAMES = "Łukasz Żółć, Şule Yağmur, Jiří Dvořák, Ērika Ņikitina"


def made(tree: dict[str, Any]) -> bytes:
    return pdf.render(**prints.job(tree, number=3, created=NOW))


def pictures(number: int) -> list[dict[str, Any]]:
    key = storage.put(jpeg())
    return [{**photo(n), "print_key": key} for n in range(number)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_kassel_document_keeps_every_rule(app: Flask, language: str) -> None:
    content = made(outline.build(materials(photos=pictures(3)), language))
    assert check_pdf(content, language=language, families=FAMILIES) == []
    pages = texts_of(content)
    assert "Externe Kooperation" in pages[0] or "External cooperation" in pages[0]
    whole = " ".join(pages)
    for words in ("Markus Weiland", "Verbindlichkeit herstellen", "Dr. Daniel März", "Foto Muster", "Nürnberg"):
        assert words in whole


@pytest.mark.parametrize(("workshops", "photos"), [(0, 0), (1, 1), (40, 0)])
def test_odd_numbers_of_things_keep_every_rule(app: Flask, workshops: int, photos: int) -> None:
    tree = outline.build(materials(days=days(workshops), parts=parts()[:4], photos=pictures(photos), files=[]), "de")
    assert check_pdf(made(tree), language="de", families=FAMILIES) == []


def test_names_of_many_countries_are_drawn_with_our_own_font(app: Flask) -> None:
    part = Part("n", "text", {"title": both(NAMES), "text": both(f"{NAMES}. " + "Sehrlangername" * 12)})
    content = made(outline.build(materials(parts=[part], photos=[], files=[]), "de"))
    assert check_pdf(content, language="de", families=FAMILIES) == []
    assert NAMES in " ".join(texts_of(content))


def test_same_tree_gives_the_same_octets_here_and_in_a_process_of_its_own(app: Flask) -> None:
    tree = outline.build(materials(photos=[], files=[file()]), "de")
    assert made(tree) == prints.documentation_pdf(tree, number=3, created=NOW)


def test_outline_leads_to_every_chapter(app: Flask) -> None:
    content = made(outline.build(materials(photos=[]), "de"))
    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as found:
        (cover,) = found.root
        titles = [str(entry.title) for entry in cover.children]
    assert [t for t in titles if t in ("Begrüßung", "Der Tag", "Ebenfalls genannt", "Ansprechperson")] == [
        "Begrüßung", "Der Tag", "Ebenfalls genannt", "Ansprechperson",
    ]  # fmt: skip


def test_hostile_references_in_content_reach_nothing(app: Flask) -> None:
    typed = "![x](https://evil.example/a.png) <link rel=attachment href=file:///etc/passwd> [x](file:///etc/passwd)"
    tree = outline.build(materials(parts=[Part("t", "text", {"text": both(typed)})], photos=[], files=[]), "de")
    html = prints.documentation_html(tree, number=1, created=NOW)
    assert not any(bad in html for bad in ("<link", 'href="file:', "<img"))


@pytest.mark.parametrize(
    "name", ["asset:../eventsite/config.py", "asset:/etc/passwd", "media:../x", "file:///etc/passwd"]
)
def test_nothing_but_our_own_files_is_opened(app: Flask, name: str) -> None:
    with pytest.raises(Exception, match=r"^$|[Ff]ile|[Dd]atei|passwd|config"):
        prints.resolve(name)
