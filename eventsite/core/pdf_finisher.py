"""What the PDF engine leaves open for PDF/UA: running heads as artifacts, language of parts, names of links, scopes."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_log = logging.getLogger(__name__)
_LOCK = threading.Lock()
_KEPT_EMPTY = {"/TD", "/TH", "/TR", "/LI", "/LBody", "/Lbl", "/Document"}


class Tagger:
    """Stands round the engine's builder of structure elements and adds what it knows of the box but does not write."""

    def __init__(self, build: Any, language: str) -> None:
        self._build = build
        self._languages = [language]
        self._links = [""]

    def __call__(self, box: Any, parent: Any, *rest: Any) -> Iterator[Any]:
        real = getattr(box, "_box", box)
        enclosing = self._languages[-1]
        language = real.style["lang"] or enclosing
        # Of the page, html and body boxes the engine yields the children, which have been refined already.
        is_own = real.element is not None and real.element_tag not in ("html", "body") and hasattr(real, "children")
        self._languages.append(language)
        is_link = real.element is not None and real.element_tag.partition(":")[0] == "a"
        self._links.append(_link_words(real.element) if is_link else self._links[-1])
        try:
            for element in self._build(box, parent, *rest):
                if is_own and _is_decorative(real, element):
                    continue
                if is_own:
                    _refine(real, element, self._links[-1])
                    if language != enclosing:
                        element["Lang"] = _string(language)
                yield element
        finally:
            self._languages.pop()
            self._links.pop()


def _string(value: str) -> Any:
    import pydyf

    return pydyf.String(value)


def _is_decorative(box: Any, element: Any) -> bool:
    """Pictures that say nothing: `alt=""` typed on purpose, or hidden from assistive technology."""
    if element["S"] != "/Figure":
        return False
    attributes = box.element.attrib
    return (
        attributes.get("alt") == ""
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") == "presentation"
    )


def _link_words(link: Any) -> str:
    """What a link says: its label, else its words, else the texts of its pictures, else its title."""
    pictures = " ".join(one.attrib.get("alt", "") for one in link.iter("img"))
    words = (
        link.attrib.get("aria-label") or "".join(link.itertext()).strip() or pictures or link.attrib.get("title", "")
    )
    return " ".join(words.split())


def _refine(box: Any, element: Any, link_words: str) -> None:
    if element["S"] == "/Figure" and "Alt" not in element:
        _log.warning("a picture has no alternative text: %s", box.element.attrib.get("src", "svg"))
    if box.link_annotation is not None and "Contents" in box.link_annotation and link_words:
        box.link_annotation["Contents"] = _string(link_words)
    table = element.get("A") if element["S"] in ("/TH", "/TD") else None
    if table is not None:
        if element["S"] == "/TH":
            table["Scope"] = "/Row" if box.element.attrib.get("scope", "").startswith("row") else "/Column"
        if not table.get("Headers", True):
            del table["Headers"]


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """The engine asks for this at every element; building it once per page count makes writing linear."""
    cached: tuple[int, tuple[bytes, ...]] | None = pdf.__dict__.get("_known_pages")
    count = pdf.pages["Count"]
    if cached is None or cached[0] != count:
        cached = count, tuple(f"{number} 0 R".encode() for number in pdf.pages["Kids"][::3])
        pdf.__dict__["_known_pages"] = cached
    return cached[1]


@contextmanager
def tagging(language: str) -> Iterator[None]:
    """Adds our tags while one document is written; one at a time, because the engine's builder is a module function."""
    import pydyf
    from weasyprint.pdf import tags

    with _LOCK:
        build, references = tags._build_box_tree, pydyf.PDF.page_references
        tags._build_box_tree = Tagger(build, language)
        pydyf.PDF.page_references = property(_page_references)
        try:
            yield
        finally:
            tags._build_box_tree = build
            pydyf.PDF.page_references = references


class Tree:
    """The structure tree of a PDF being written, by object numbers."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.root = self.of(pdf.catalog["StructTreeRoot"])
        self.elements: dict[int, Any] = {}
        self.mcids: dict[bytes, set[int]] = {}
        self._walk()

    def of(self, reference: Any) -> Any:
        return self.pdf.objects[int(bytes(reference).split()[0])]

    def kids(self, element: Any) -> list[Any]:
        """The structure elements directly below."""
        below = (self.of(kid) for kid in element.get("K", ()) if isinstance(kid, bytes))
        return [kid for kid in below if kid.get("Type") == "/StructElem"]

    def _walk(self) -> None:
        waiting = [self.of(reference) for reference in self.root["K"]]
        while waiting:
            element = waiting.pop()
            self.elements[element.number] = element
            for kid in element["K"]:
                if isinstance(kid, int):
                    self.mcids.setdefault(bytes(element["Pg"]), set()).add(kid)
            waiting += self.kids(element)


def finish(document: Any, pdf: Any) -> None:
    """Called by the engine just before it writes: leaves a PDF that passes every rule the project checks."""
    tree = Tree(pdf)
    _mark_artifacts(tree)
    _drop_unreachable_annotations(tree)
    _settle_links(tree)
    _settle_captions(tree)
    _settle_list_items(tree)
    _prune_empty(tree)
    _index_identifiers(tree)
    pdf.catalog["MarkInfo"]["Suspects"] = "false"
    if "Outlines" in pdf.catalog:
        pdf.catalog["PageMode"] = "/UseOutlines"
    # What hung outside the tree (elements of running heads) is emptied, so that no reader finds a second structure.
    things: list[Any] = pdf.objects
    for thing in things:
        if hasattr(thing, "get") and thing.get("Type") == "/StructElem" and thing.number not in tree.elements:
            thing.clear()


def _mark_artifacts(tree: Tree) -> None:
    """Turns marked content without a place in the tree into pagination artifacts (ISO 14289-1, 7.8)."""
    nums = tree.of(tree.root["ParentTree"])["Nums"]
    for page_number, page_reference in enumerate(tree.pdf.page_references):
        known = tree.mcids.get(page_reference, set())
        slots = nums[2 * page_number + 1]
        lost = {mcid for mcid in range(len(slots)) if mcid not in known}
        for mcid in lost:
            slots[mcid] = "null"
        if lost:
            _rewrite_marks(tree.of(tree.of(page_reference)["Contents"]).stream, lost)


def _rewrite_marks(operations: list[Any], lost: set[int]) -> None:
    import pydyf

    for place, operation in enumerate(operations):
        if isinstance(operation, pydyf.Dictionary) and operation.get("MCID") in lost:
            kind = "/Layout" if operations[place - 1] == "/Figure" else "/Pagination"
            operations[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary({"Type": kind})]


def _drop_unreachable_annotations(tree: Tree) -> None:
    """Links in running heads would be annotations without a tag; they are repeated in the text anyway."""
    mapping = tree.of(tree.root["ParentTree"])
    pages = len(tree.pdf.page_references)
    head, pairs = mapping["Nums"][: 2 * pages], mapping["Nums"][2 * pages :]
    lost = set()
    for number, reference in zip(pairs[::2], pairs[1::2], strict=True):
        if int(bytes(reference).split()[0]) in tree.elements:
            head.extend((number, reference))
        else:
            lost.add(number)
    mapping["Nums"][:] = head
    for page_reference in tree.pdf.page_references if lost else ():
        page = tree.of(page_reference)
        if "Annots" in page:
            page["Annots"][:] = [one for one in page["Annots"] if tree.of(one).get("StructParent") not in lost]


def _settle_links(tree: Tree) -> None:
    """Hands the annotation of a picture or of bold words inside a link to the link itself (ISO 14289-1, 7.18.5)."""
    nums = tree.of(tree.root["ParentTree"])["Nums"]
    for place in range(2 * len(tree.pdf.page_references), len(nums), 2):
        holder = tree.of(nums[place + 1])
        link = _enclosing_link(tree, holder)
        if holder["S"] in ("/Link", "/Form"):
            continue
        if link is None:
            holder["S"] = "/Link" if holder["S"] in ("/NonStruct", "/Span") else holder["S"]
            continue
        for kid in [one for one in holder["K"] if isinstance(one, bytes) and tree.of(one).get("Type") == "/OBJR"]:
            holder["K"].remove(kid)
            link["K"].append(kid)
        nums[place + 1] = link.reference


def _enclosing_link(tree: Tree, element: Any) -> Any:
    while element is not None and element.get("S") != "/Link":
        element = tree.of(element["P"]) if "P" in element else None
    return element


def _settle_captions(tree: Tree) -> None:
    """Puts a caption into the one picture it belongs to; a caption of several pictures reads as a paragraph."""
    for caption in [one for one in tree.elements.values() if one["S"] == "/Caption"]:
        parent = tree.of(caption["P"])
        if parent["S"] in ("/Table", "/Figure", "/L"):
            continue
        figures = [one for kid in tree.kids(parent) if kid is not caption for one in _figures(tree, kid)]
        if len(figures) != 1:
            caption["S"] = "/P"
            continue
        kids = parent["K"]
        kids.remove(caption.reference)
        caption["P"] = figures[0].reference
        figures[0]["K"].append(caption.reference)


def _figures(tree: Tree, element: Any) -> list[Any]:
    return (
        [element] if element["S"] == "/Figure" else [one for kid in tree.kids(element) for one in _figures(tree, kid)]
    )


def _settle_list_items(tree: Tree) -> None:
    """Gathers everything of a list item but its label in one body; blocks in an item come without one (ISO 32000-1, 14.8.4.3.3)."""
    import pydyf

    for item in [one for one in tree.elements.values() if one["S"] == "/LI"]:
        content = [kid for kid in tree.kids(item) if kid["S"] not in ("/Lbl", "/L")]
        if [kid["S"] for kid in content] in ([], ["/LBody"]):
            continue
        body = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/LBody", "Pg": item["Pg"], "P": item.reference, "K": pydyf.Array()}
        )
        tree.pdf.add_object(body)
        tree.elements[body.number] = body
        place = item["K"].index(content[0].reference)
        for kid in content:
            item["K"].remove(kid.reference)
            if kid["S"] == "/LBody":
                _move(tree, kid, body)
                del tree.elements[kid.number]
            else:
                kid["P"] = body.reference
                body["K"].append(kid.reference)
        item["K"].insert(place, body.reference)


def _move(tree: Tree, source: Any, target: Any) -> None:
    for kid in tree.kids(source):
        kid["P"] = target.reference
    target["K"].extend(source["K"])


def _prune_empty(tree: Tree) -> None:
    """Takes away elements that hold nothing; backwards, so that a parent emptied by it goes too."""
    for number in sorted(tree.elements, reverse=True):
        _prune(tree, number)
    # Parents may have higher numbers than their children (wrapped list items): once more for those.
    for number in sorted(tree.elements):
        _prune(tree, number)


def _prune(tree: Tree, number: int) -> None:
    element = tree.elements[number]
    if element["K"] or element["S"] in _KEPT_EMPTY or "P" not in element:
        return
    parent = tree.of(element["P"])
    if element.reference in parent.get("K", ()):
        parent["K"].remove(element.reference)
    del tree.elements[number]


def _index_identifiers(tree: Tree) -> None:
    """The name tree that lets readers find the header cells a table cell names (ISO 32000-1, 14.7.2)."""
    import pydyf

    named = {element["ID"].string: element for element in tree.elements.values() if "ID" in element}
    if named:
        names = pydyf.Array()
        for name in sorted(named, key=str):
            names.extend((pydyf.String(name), named[name].reference))
        index = pydyf.Dictionary({"Names": names})
        tree.pdf.add_object(index)
        tree.root["IDTree"] = index.reference


_BOTH_STANDARDS = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 the document conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def describe(metadata: Any, *, variant: str, language: str) -> None:
    """Adds the language to the metadata packet, and to an archive file the second standard it keeps (PDF/UA-1)."""
    write = metadata.generate_rdf_metadata
    extra = (
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language></rdf:Description>\n"
    )
    if variant.startswith("pdf/a-"):
        extra += _BOTH_STANDARDS

    def generate(*standard: Any) -> bytes:
        packet: bytes = write(*standard)
        return packet.replace(b"</rdf:RDF>", extra.encode() + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = generate
