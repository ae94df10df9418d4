"""The project's own checker of PDF/UA-1: what every generated PDF must keep, as a list of problems in words."""

import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests import pdf_content, pdf_fonts

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_GROUPING = {
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
}
_BLOCK = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD"}
_BLOCK |= {"THead", "TBody", "TFoot"}
_INLINE = {
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
}
_INLINE |= {"WT", "WP", "Figure", "Formula", "Form"}
STANDARD = _GROUPING | _BLOCK | _INLINE
_CHILDREN = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody", "L"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
_PARENTS = {
    "LI": {"L"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TH": {"TR"},
    "TD": {"TR"},
    "TOCI": {"TOC"},
}
_NOT_EMPTY = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Link", "Figure", "Table", "L", "Caption"}
_SCHEMES = ("https:", "http:", "mailto:", "tel:")
_PRIVATE_HOST = re.compile(
    r"https?://(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|\[)", re.IGNORECASE
)


class Element:
    """One structure element with what was found below it."""

    def __init__(self, raw: Any, parent: "Element | None") -> None:
        self.raw, self.parent = raw, parent
        self.kind = str(raw.get("/S", "/")).lstrip("/")
        self.kids: list[Element] = []
        self.marks: list[tuple[int, int]] = []
        self.objects: list[Any] = []

    def below(self) -> "Iterator[Element]":
        """This element and everything under it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.below()

    @property
    def has_content(self) -> bool:
        """True when something is painted for this element."""
        return any(one.marks or one.objects for one in self.below())


class Checker:
    """Walks one PDF and collects problems."""

    def __init__(
        self, pdf: pikepdf.Pdf, language: str | None, families: Collection[str], allow_private_hosts: bool
    ) -> None:
        self.pdf, self.language, self.allow_private_hosts = pdf, language, allow_private_hosts
        self.families = families
        self.problems: list[str] = []
        self.page_of = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self.root: Element | None = None
        self.by_object: dict[tuple[int, int], Element] = {}

    def say(self, rule: str, words: object = "") -> None:
        self.problems.append(f"{rule}: {words}" if words != "" else rule)

    def elements(self) -> "Iterator[Element]":
        if self.root is not None:
            yield from list(self.root.below())[1:]

    def run(self) -> list[str]:
        """All rules, cheapest first."""
        self.catalog()
        self.metadata()
        self.build_tree()
        if self.root is not None:
            self.tree()
            self.tables()
            self.headings()
        self.parent_tree_and_content()
        self.annotations()
        self.outline()
        self.problems += pdf_fonts.problems(self.pdf, self.families)
        self.problems += pdf_content.image_problems(self.pdf)
        return self.problems

    # Catalog and metadata

    def catalog(self) -> None:
        root = self.pdf.Root
        marks = root.get("/MarkInfo", Dictionary())
        if marks.get("/Marked") is not True:
            self.say("catalog-marked")
        if marks.get("/Suspects") is True:
            self.say("catalog-suspects")
        language = str(root.get("/Lang", ""))
        if not _LANGUAGE.fullmatch(language):
            self.say("catalog-lang", repr(language))
        elif self.language and language != self.language:
            self.say("catalog-lang", f"{language} instead of {self.language}")
        if root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle") is not True:
            self.say("catalog-display-title")
        if "/StructTreeRoot" not in root:
            self.say("catalog-structure")

    def metadata(self) -> None:
        if "/Metadata" not in self.pdf.Root:
            self.say("xmp-missing")
            return
        try:
            packet = ElementTree.fromstring(self.pdf.Root.Metadata.read_bytes().strip())
        except ElementTree.ParseError as problem:
            self.say("xmp-broken", problem)
            return
        found: dict[str, str] = {}
        for element in packet.iter():
            found |= {name: value for name, value in element.attrib.items() if value}
            words = "".join(element.itertext()).strip()
            if words:
                found.setdefault(element.tag, words)
        if len(list(packet.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"))) != 1:
            self.say("xmp-rdf-once")
        if found.get("{http://www.aiim.org/pdfua/ns/id/}part") not in ("1", "2"):
            self.say("xmp-pdfuaid")
        elif found["{http://www.aiim.org/pdfua/ns/id/}part"] == "2" and not found.get(
            "{http://www.aiim.org/pdfua/ns/id/}rev"
        ):
            self.say("xmp-pdfuaid-rev")
        title = found.get("{http://purl.org/dc/elements/1.1/}title", "")
        if not title or re.search(r"(?i)^untitled|^ohne titel|\.(pdf|html?|docx?)$", title):
            self.say("xmp-title", repr(title))
        for name in ("CreatorTool", "CreateDate", "ModifyDate"):
            if not found.get(f"{{http://ns.adobe.com/xap/1.0/}}{name}"):
                self.say("xmp-" + name.lower())
        if str(self.pdf.docinfo.get("/Title", title)) != title:
            self.say("info-title-differs", title)

    # Structure tree

    def build_tree(self) -> None:
        if "/StructTreeRoot" not in self.pdf.Root:
            return
        raw = self.pdf.Root.StructTreeRoot
        self.root = Element(raw, None)
        waiting = [(self.root, raw)]
        while waiting:
            element, raw = waiting.pop()
            kids = raw.get("/K")
            for kid in list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]:
                if isinstance(kid, int):
                    self._mark(element, raw.get("/Pg"), kid)
                elif kid.get("/Type") == Name.MCR:
                    self._mark(element, kid.get("/Pg", raw.get("/Pg")), int(kid.MCID))
                elif kid.get("/Type") == Name.OBJR:
                    element.objects.append(kid.Obj)
                else:
                    child = Element(kid, element)
                    if kid.objgen in self.by_object:
                        self.say("tree-owned-twice", child.kind)
                        continue
                    self.by_object[kid.objgen] = child
                    element.kids.append(child)
                    waiting.append((child, kid))

    def _mark(self, element: Element, page: Any, mcid: int) -> None:
        number = self.page_of.get(page.objgen) if page is not None else None
        if number is None:
            self.say("tree-mark-without-page", element.kind)
        else:
            element.marks.append((number, mcid))

    def tree(self) -> None:
        roles = {
            str(k).lstrip("/"): str(v).lstrip("/") for k, v in self.pdf.Root.StructTreeRoot.get("/RoleMap", {}).items()
        }
        identifiers: Counter[str] = Counter()
        for name, target in roles.items():
            if name in STANDARD or (target not in STANDARD and target not in roles):
                self.say("tree-role-map", f"{name} -> {target}")
        for element in self.elements():
            element.kind = roles.get(element.kind, element.kind)
            assert element.parent is not None
            if element.raw.get("/P") is None or element.raw.P.objgen != element.parent.raw.objgen:
                self.say("tree-parent", element.kind)
            if "/ID" in element.raw:
                identifiers[str(element.raw.ID)] += 1
            self._element(element)
        for identifier, count in identifiers.items():
            if count > 1:
                self.say("tree-id-twice", identifier)
        if identifiers and "/IDTree" not in self.pdf.Root.StructTreeRoot:
            self.say("tree-id-tree")

    def _element(self, element: Element) -> None:
        kind, raw = element.kind, element.raw
        assert element.parent is not None
        if kind not in STANDARD:
            self.say("tree-type", kind)
        if kind in _PARENTS and element.parent.kind not in _PARENTS[kind]:
            self.say("tree-nesting", f"{kind} in {element.parent.kind or 'root'}")
        for kid in element.kids:
            if kind in _CHILDREN and kid.kind not in _CHILDREN[kind]:
                self.say("tree-nesting", f"{kid.kind} below {kind}")
        if kind in _CHILDREN and element.marks:
            self.say("tree-content-in", kind)
        if kind in ("Figure", "Formula"):
            words = str(raw.get("/Alt", raw.get("/ActualText", ""))).strip()
            if not words:
                self.say("figure-alt")
            elif re.search(r"(?i)\.(jpe?g|png|webp|avif|tiff?|svg)$|^(img|dsc|image|bild)[-_ ]?\d*$", words):
                self.say("figure-alt-file-name", words)
        if kind == "Note" and not str(raw.get("/ID", "")):
            self.say("note-id")
        if kind in _NOT_EMPTY and not element.has_content:
            self.say("tree-empty", kind)
        if kind == "Caption":
            siblings = element.parent.kids
            if [one.kind for one in siblings].count("Caption") > 1:
                self.say("caption-count", element.parent.kind)
            if element.parent.kind in ("Table", "Figure", "L") and element not in (siblings[0], siblings[-1]):
                self.say("caption-position", element.parent.kind)
        if "/Lang" in raw and not _LANGUAGE.fullmatch(str(raw.Lang)):
            self.say("tree-lang", str(raw.Lang))

    # Tables and headings

    def tables(self) -> None:
        for table in [one for one in self.elements() if one.kind == "Table"]:
            self._table(table)

    def _table(self, table: Element) -> None:
        sections = Counter(kid.kind for kid in table.kids)
        if sections["THead"] > 1 or sections["TFoot"] > 1:
            self.say("table-sections", dict(sections))
        if sections["THead"] and not sections["TBody"]:
            self.say("table-head-without-body")
        rows = [row for part in table.kids for row in ([part] if part.kind == "TR" else part.kids) if row.kind == "TR"]
        if not rows:
            self.say("table-without-rows")
            return
        widths = _row_widths(rows)
        if widths is None:
            self.say("table-cells-overlap")
        elif len(set(widths)) > 1:
            self.say("table-irregular", widths)
        cells = [cell for row in rows for cell in row.kids]
        headers = [cell for cell in cells if cell.kind == "TH"]
        if not headers:
            self.say("table-without-header")
        known = {str(cell.raw.ID) for cell in headers if "/ID" in cell.raw}
        for header in headers:
            if _attribute(header, "/Scope") not in ("/Row", "/Column", "/Both") and "/ID" not in header.raw:
                self.say("table-header-scope")
        for cell in cells:
            for named in _attribute_list(cell, "/Headers"):
                if str(named) not in known:
                    self.say("table-headers-dead", str(named))

    def headings(self) -> None:
        levels = [one.kind for one in self.elements() if re.fullmatch(r"H[1-6]?", one.kind)]
        if "H" in levels and len(set(levels)) > 1:
            self.say("headings-mixed")
        numbers = [int(level[1]) for level in levels if level != "H"]
        if not levels:
            self.say("headings-none")
        elif numbers and numbers[0] != 1:
            self.say("headings-first", f"H{numbers[0]}")
        for before, after in pairwise(numbers):
            if after > before + 1:
                self.say("headings-skipped", f"H{before} -> H{after}")

    # Content

    def parent_tree_and_content(self) -> None:
        slots = dict(_number_tree(self.pdf.Root.get("/StructTreeRoot", Dictionary()).get("/ParentTree")))
        owned: dict[int, dict[int, Element]] = {}
        for element in self.elements():
            for page, mcid in element.marks:
                if mcid in owned.setdefault(page, {}):
                    self.say("mcid-owned-twice", f"page {page + 1}, {mcid}")
                owned[page][mcid] = element
            for thing in element.objects:
                holder = slots.get(int(thing.get("/StructParent", -1)))
                if holder is None or holder.objgen != element.raw.objgen:
                    self.say("parent-tree-object", element.kind)
        for number, page in enumerate(self.pdf.pages):
            painted = pdf_content.marks_of(page)
            self.problems += [f"{words} (page {number + 1})" for words in painted.problems]
            if painted.is_blank:
                self.say("page-blank", number + 1)
            here = owned.get(number, {})
            for mcid in painted.mcids:
                if mcid not in here:
                    self.say("7.8-artifact", f"page {number + 1}: content {mcid} has no place in the tree")
            for mcid in set(here) - set(painted.mcids):
                self.say("mcid-not-painted", f"page {number + 1}: {mcid}")
            self._slots_of_page(number, page, slots, here)

    def _slots_of_page(self, number: int, page: Any, slots: dict[int, Any], here: dict[int, Element]) -> None:
        if "/StructParents" not in page.obj:
            if here:
                self.say("page-struct-parents", number + 1)
            return
        row = slots.get(int(page.obj.StructParents))
        for mcid, element in here.items():
            if row is None or mcid >= len(row) or row[mcid] is None or row[mcid].objgen != element.raw.objgen:
                self.say("parent-tree", f"page {number + 1}: {mcid}")
        for mcid, reference in enumerate(row if row is not None else []):
            if reference is not None and mcid not in here:
                self.say("parent-tree-stale", f"page {number + 1}: {mcid}")

    # Annotations and outline

    def annotations(self) -> None:
        holders = {thing.objgen: element for element in self.elements() for thing in element.objects}
        names = _destinations(self.pdf)
        for number, page in enumerate(self.pdf.pages):
            annotations = list(page.obj.get("/Annots", []))
            if annotations and page.obj.get("/Tabs") != Name.S:
                self.say("page-tabs", number + 1)
            for annotation in annotations:
                self._annotation(number, annotation, holders.get(annotation.objgen), names)

    def _annotation(self, number: int, annotation: Any, holder: Element | None, names: set[str]) -> None:
        where, kind = f"page {number + 1}", str(annotation.get("/Subtype"))
        if int(annotation.get("/F", 0)) & 2:
            return
        if kind == "/Widget":
            if holder is None or holder.kind != "Form":
                self.say("widget-in-form", where)
            if not str(annotation.get("/TU", "")):
                self.say("widget-name", where)
            return
        if "/StructParent" not in annotation:
            self.say("annotation-struct-parent", where)
        if kind == "/Link" and (holder is None or holder.kind != "Link"):
            self.say("link-in-link", where)
        elif holder is None:
            self.say("annotation-in-tree", where)
        if not str(annotation.get("/Contents", "")).strip():
            self.say("annotation-contents", where)
        action = annotation.get("/A")
        if action is not None:
            target = str(action.get("/URI", ""))
            if action.get("/S") != Name.URI or not target.lower().startswith(_SCHEMES):
                self.say("link-scheme", target or str(action.get("/S")))
            if not self.allow_private_hosts and _PRIVATE_HOST.match(target):
                self.say("link-private-host", target)
        destination = annotation.get("/Dest")
        if isinstance(destination, pikepdf.String) and str(destination) not in names:
            self.say("link-dead", str(destination))
        if destination is None and action is None and kind == "/Link":
            self.say("link-without-target", where)

    def outline(self) -> None:
        headings = [one for one in self.elements() if re.fullmatch(r"H[1-6]?", one.kind)]
        with self.pdf.open_outline() as outline:
            waiting = list(outline.root)
            if not waiting and len(self.pdf.pages) > 3 and len(headings) > 1:
                self.say("outline-missing")
            while waiting:
                entry = waiting.pop()
                if not (entry.title or "").strip():
                    self.say("outline-empty-entry")
                waiting += entry.children


def _attribute(element: Element, name: str) -> str:
    value = _raw_attribute(element, name)
    return "" if value is None else str(value)


def _raw_attribute(element: Element, name: str) -> Any:
    attributes = element.raw.get("/A")
    for one in list(attributes) if isinstance(attributes, Array) else [] if attributes is None else [attributes]:
        if isinstance(one, Dictionary) and name in one:
            return one[name]
    return None


def _attribute_list(element: Element, name: str) -> list[Any]:
    value = _raw_attribute(element, name)
    return list(value) if isinstance(value, Array) else []


def _row_widths(rows: list[Element]) -> list[int] | None:
    """How many columns each row covers, spans counted; None when cells overlap or reach below the table."""
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(rows):
        column = 0
        for cell in row.kids:
            while (line, column) in taken:
                column += 1
            across, down = int(_raw_attribute(cell, "/ColSpan") or 1), int(_raw_attribute(cell, "/RowSpan") or 1)
            spots = {(line + y, column + x) for y in range(down) for x in range(across)}
            if spots & taken or line + down > len(rows):
                return None
            taken |= spots
            column += across
    return [sum(1 for y, _ in taken if y == line) for line in range(len(rows))]


def _number_tree(node: Any) -> Iterator[tuple[int, Any]]:
    if node is None:
        return
    numbers = list(node.get("/Nums", []))
    yield from zip((int(key) for key in numbers[::2]), numbers[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from _number_tree(kid)


def _destinations(pdf: pikepdf.Pdf) -> set[str]:
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    found = {str(name).lstrip("/") for name in pdf.Root.get("/Dests", Dictionary())}
    waiting = [names] if names is not None else []
    while waiting:
        node = waiting.pop()
        found |= {str(name) for name in list(node.get("/Names", []))[::2]}
        waiting += list(node.get("/Kids", []))
    return found


def check_pdf(
    source: bytes | Path | str,
    language: str | None = None,
    *,
    families: Collection[str] = (),
    allow_private_hosts: bool = True,
) -> list[str]:
    """Every broken rule of one PDF in words, `rule: where`; an empty list is a clean document.

    With `families`, any other font family is a fall-back nobody wanted.
    """
    with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as pdf:
        return Checker(pdf, language, families, allow_private_hosts).run()


def texts_of(source: bytes | Path | str) -> list[str]:
    """The words of every page as a reader would copy them, soft hyphens and line breaks taken out."""
    with pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source) as pdf:
        return pdf_fonts.page_texts(pdf)
