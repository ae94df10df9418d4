"""The checker itself: each rule finds the document that breaks it."""

import io
import warnings
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.pdf_rules import check_pdf
from tests.unit.core.pdf_samples import CSS, everything, resolve, sample


def rules(content: bytes, language: str | None = "de") -> set[str]:
    """Just the names of the broken rules."""
    return {problem.partition(":")[0].partition(" (")[0] for problem in check_pdf(content, language)}


def broken(change: Callable[[pikepdf.Pdf], object]) -> set[str]:
    """The rules broken by one change to the good document."""
    document = pikepdf.open(io.BytesIO(sample()))
    change(document)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        document.save(buffer, fix_metadata_version=False)
    return rules(buffer.getvalue())


def element(document: pikepdf.Pdf, kind: str, place: int = 0) -> Any:
    found = [
        thing
        for thing in document.objects
        if isinstance(thing, Dictionary)
        and thing.get("/Type") == Name.StructElem
        and thing.get("/S") == Name(f"/{kind}")
    ]
    return found[place]


def link(document: pikepdf.Pdf) -> Any:
    return next(one for page in document.pages for one in page.obj.get("/Annots", []) if "/A" in one)


def _bare(**options: Any) -> bytes:
    """The engine's own output, without our finisher."""
    from weasyprint import CSS as Sheet
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    from eventsite.core import pdf

    fonts, missing = FontConfiguration(), list[str]()
    fetcher = pdf._fetcher(resolve, missing)
    sheet = Sheet(string=CSS, base_url="none:/", url_fetcher=fetcher, font_config=fonts)
    source = HTML(string=everything(5), base_url="none:/", url_fetcher=fetcher)
    result: bytes = source.write_pdf(stylesheets=[sheet], font_config=fonts, **options)
    return result


def test_good_document_has_no_problem() -> None:
    assert check_pdf(sample(), "de") == []


def test_untagged_document() -> None:
    assert {"catalog-marked", "catalog-structure", "xmp-missing", "content-untagged"} <= rules(_bare())


def test_document_without_finisher_has_running_heads_outside_the_tree() -> None:
    assert {"7.8-artifact", "parent-tree-stale", "figure-alt", "tree-id-tree"} <= rules(_bare(pdf_variant="pdf/ua-1"))


CHANGES: list[tuple[str, Callable[[pikepdf.Pdf], object]]] = [
    ("catalog-marked", lambda d: d.Root.__delattr__("MarkInfo")),
    ("catalog-suspects", lambda d: d.Root.MarkInfo.__setitem__("/Suspects", True)),
    ("catalog-lang", lambda d: d.Root.__setitem__("/Lang", String("en"))),
    ("catalog-lang", lambda d: d.Root.__setitem__("/Lang", String("deutsch!"))),
    ("catalog-display-title", lambda d: d.Root.__delattr__("ViewerPreferences")),
    ("catalog-structure", lambda d: d.Root.__delattr__("StructTreeRoot")),
    ("xmp-missing", lambda d: d.Root.__delattr__("Metadata")),
    ("xmp-broken", lambda d: d.Root.Metadata.write(b"<x>")),
    ("xmp-pdfuaid", lambda d: _packet(d, b'pdfuaid:part="1"', b"")),
    ("xmp-title", lambda d: _packet(d, b"Gute Arbeit im Jahr 2026", b"Untitled")),
    ("xmp-title", lambda d: _packet(d, b"Gute Arbeit im Jahr 2026", b"bericht.pdf")),
    ("info-title-differs", lambda d: d.docinfo.__setitem__("/Title", String("Anders"))),
    ("tree-type", lambda d: element(d, "Sect").__setitem__("/S", Name.Section)),
    ("tree-parent", lambda d: element(d, "P").__setitem__("/P", element(d, "Table"))),
    ("tree-nesting", lambda d: element(d, "LI").__setitem__("/S", Name.P)),
    ("tree-nesting", lambda d: element(d, "THead").__setitem__("/S", Name.Div)),
    ("tree-owned-twice", lambda d: element(d, "Document").K.append(element(d, "Table"))),
    ("tree-id-twice", lambda d: [element(d, "TH", n).__setitem__("/ID", String("x")) for n in (0, 1)]),
    ("tree-lang", lambda d: element(d, "BlockQuote").__setitem__("/Lang", String("englisch?"))),
    ("tree-empty", lambda d: element(d, "P").__setitem__("/K", Array())),
    ("tree-role-map", lambda d: d.Root.StructTreeRoot.__setitem__("/RoleMap", Dictionary({"/P": Name.Span}))),
    ("figure-alt", lambda d: element(d, "Figure").__delattr__("Alt")),
    ("figure-alt-file-name", lambda d: element(d, "Figure").__setitem__("/Alt", String("IMG_2041.jpg"))),
    ("note-id", lambda d: element(d, "Span").__setitem__("/S", Name.Note)),
    ("caption-position", lambda d: _caption_to_middle(d)),
    ("table-without-header", lambda d: [_rename(d, "TH", "TD")]),
    ("table-irregular", lambda d: element(d, "TR", 3).K.__delitem__(0)),
    ("table-headers-dead", lambda d: _first_headers(d).__setitem__(0, String("nowhere"))),
    ("table-without-rows", lambda d: element(d, "Table").__setitem__("/K", Array())),
    ("table-header-scope", lambda d: [element(d, "TH").A.__delattr__("Scope"), element(d, "TH").__delattr__("ID")]),
    ("headings-first", lambda d: element(d, "H1").__setitem__("/S", Name.H2)),
    ("headings-skipped", lambda d: [_rename(d, "H2", "H3"), _rename(d, "H3", "H4")]),
    ("headings-mixed", lambda d: element(d, "H2").__setitem__("/S", Name.H)),
    ("headings-none", lambda d: [_rename(d, kind, "P") for kind in ("H1", "H2", "H3")]),
    ("parent-tree", lambda d: d.Root.StructTreeRoot.ParentTree.Nums[1].__setitem__(0, element(d, "Table"))),
    ("mcid-not-painted", lambda d: _one_mark(d).append(9999)),
    ("mcid-owned-twice", lambda d: _one_mark(d).append(_one_mark(d)[0])),
    ("7.8-artifact", lambda d: _one_mark(d).__delitem__(0)),
    ("page-struct-parents", lambda d: d.pages[0].obj.__delitem__("/StructParents")),
    ("page-tabs", lambda d: [page.obj.__delitem__("/Tabs") for page in d.pages]),
    ("content-untagged", lambda d: d.pages[0].contents_add(b"0 0 10 10 re f")),
    ("artifact-in-tag", lambda d: d.pages[0].contents_add(b"/P <</MCID 900>> BDC /Artifact BMC 0 0 9 9 re f EMC EMC")),
    ("tag-in-artifact", lambda d: d.pages[0].contents_add(b"/Artifact BMC /P <</MCID 901>> BDC 0 0 9 9 re f EMC EMC")),
    ("content-unbalanced", lambda d: d.pages[0].contents_add(b"EMC")),
    ("page-blank", lambda d: d.add_blank_page()),
    ("link-in-link", lambda d: _rename(d, "Link", "Span")),
    ("annotation-contents", lambda d: link(d).__delitem__("/Contents")),
    ("annotation-struct-parent", lambda d: link(d).__delitem__("/StructParent")),
    ("link-scheme", lambda d: link(d).A.__setitem__("/URI", String("file:///etc/passwd"))),
    ("link-scheme", lambda d: link(d).A.__setitem__("/S", Name.JavaScript)),
    ("link-dead", lambda d: _inner_link(d).__setitem__("/Dest", String("nirgends"))),
    ("widget-in-form", lambda d: link(d).__setitem__("/Subtype", Name.Widget)),
    ("outline-missing", lambda d: d.Root.__delattr__("Outlines")),
    ("outline-empty-entry", lambda d: d.Root.Outlines.First.__setitem__("/Title", String(" "))),
    ("font-not-embedded", lambda d: _fonts(d)[0].DescendantFonts[0].FontDescriptor.__delitem__(_file_name(d))),
    ("font-to-unicode", lambda d: _fonts(d)[0].__delitem__("/ToUnicode")),
    ("font-cid-to-gid", lambda d: _fonts(d)[0].DescendantFonts[0].__delitem__("/CIDToGIDMap")),
    ("font-not-subset", lambda d: _fonts(d)[0].__setitem__("/BaseFont", Name("/DejaVu"))),
    ("font-widths", lambda d: _fonts(d)[0].DescendantFonts[0].__setitem__("/W", Array([0, 60000, 1]))),
    ("image-twice", lambda d: _copy_picture(d)),
    ("image-dpi", lambda d: d.pages[0].contents_add(b"/Artifact BMC q 20 0 0 20 0 0 cm " + _picture(d) + b" Do Q EMC")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "change"), CHANGES, ids=[f"{n}-{rule}" for n, (rule, _) in enumerate(CHANGES)])
def test_broken_document_is_found(rule: str, change: Callable[[pikepdf.Pdf], object]) -> None:
    assert rule in broken(change)


def test_other_family_is_a_fall_back() -> None:
    assert check_pdf(sample(), "de", families=("DocSans",)) == []
    assert {line.partition(" ")[0] for line in check_pdf(sample(), "de", families=("Atkinson",))} == {"font-fall-back"}


def test_private_hosts_can_be_refused() -> None:
    def to_private(document: pikepdf.Pdf) -> None:
        link(document).A.URI = String("http://127.0.0.1:8000/x")

    document = pikepdf.open(io.BytesIO(sample()))
    to_private(document)
    buffer = io.BytesIO()
    document.save(buffer)
    assert check_pdf(buffer.getvalue(), "de", allow_private_hosts=False) == [
        "link-private-host: http://127.0.0.1:8000/x"
    ]
    assert check_pdf(buffer.getvalue(), "de") == []


def _packet(document: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    document.Root.Metadata.write(document.Root.Metadata.read_bytes().replace(old, new))


def _rename(document: pikepdf.Pdf, old: str, new: str) -> None:
    for thing in document.objects:
        if (
            isinstance(thing, Dictionary)
            and thing.get("/S") == Name(f"/{old}")
            and thing.get("/Type") == Name.StructElem
        ):
            thing.S = Name(f"/{new}")


def _caption_to_middle(document: pikepdf.Pdf) -> None:
    table = element(document, "Table")
    kids = list(table.K)
    table.K = Array([kids[1], kids[0], *kids[2:]])


def _first_headers(document: pikepdf.Pdf) -> Any:
    return next(
        thing.A.Headers
        for thing in document.objects
        if isinstance(thing, Dictionary) and thing.get("/S") == Name.TD and "/Headers" in thing.get("/A", {})
    )


def _one_mark(document: pikepdf.Pdf) -> Any:
    """The kids of the element that owns the first marked content of page one."""
    return document.Root.StructTreeRoot.ParentTree.Nums[1][0].K


def _inner_link(document: pikepdf.Pdf) -> Any:
    return next(one for page in document.pages for one in page.obj.get("/Annots", []) if "/Dest" in one)


def _fonts(document: pikepdf.Pdf) -> list[Any]:
    return [font for font in dict(document.pages[0].Resources.Font).values() if "/DescendantFonts" in font]


def _file_name(document: pikepdf.Pdf) -> str:
    descriptor = _fonts(document)[0].DescendantFonts[0].FontDescriptor
    return next(name for name in descriptor if name.startswith("/FontFile"))


def _pictures(document: pikepdf.Pdf) -> dict[str, Any]:
    things = dict(document.pages[0].Resources.XObject)
    return {name: thing for name, thing in things.items() if thing.get("/Subtype") == Name.Image}


def _picture(document: pikepdf.Pdf) -> bytes:
    return next(iter(_pictures(document))).encode()


def _copy_picture(document: pikepdf.Pdf) -> None:
    original = next(iter(_pictures(document).values()))
    document.pages[0].Resources.XObject["/Copy"] = document.make_stream(
        original.read_raw_bytes(),
        Width=original.Width,
        Height=original.Height,
        Subtype=Name.Image,
        Filter=original.get("/Filter"),
    )
    marks = b"/Artifact BMC q 300 0 0 200 0 0 cm "
    document.pages[0].contents_add(marks + b"/Copy Do " + _picture(document) + b" Do Q EMC")
