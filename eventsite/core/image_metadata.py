"""Credit, rights and descriptions in pictures (IPTC, XMP, EXIF), read and written; places and serial numbers are not even looked at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_XMP = {
    "creator": ("{http://purl.org/dc/elements/1.1/}creator",),
    "credit": ("{http://ns.adobe.com/photoshop/1.0/}Credit",),
    "copyright": ("{http://purl.org/dc/elements/1.1/}rights",),
    "licence_url": ("{http://creativecommons.org/ns#}license", "{http://ns.adobe.com/xap/1.0/rights/}WebStatement"),
    "title": ("{http://purl.org/dc/elements/1.1/}title", "{http://ns.adobe.com/photoshop/1.0/}Headline"),
    "caption": ("{http://purl.org/dc/elements/1.1/}description",),
    "alt_text": ("{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility",),
    "taken": ("{http://ns.adobe.com/photoshop/1.0/}DateCreated", "{http://ns.adobe.com/exif/1.0/}DateTimeOriginal"),
}
_IPTC = {"creator": 80, "credit": 110, "copyright": 116, "title": 5, "caption": 120, "taken": 55}
_EXIF = {"creator": 0x013B, "copyright": 0x8298, "caption": 0x010E}
_LENGTH = 2000
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Written:
    """What a picture says of itself; `taken_at` is the camera's wall clock, without a zone."""

    creator: str = ""
    credit: str = ""
    copyright: str = ""
    licence_url: str = ""
    title: str = ""
    caption: str = ""
    alt_text: str = ""
    taken_at: datetime | None = None


def _tidy(value: str) -> str:
    return _NO_XML.sub("", value).strip()[:_LENGTH]


def _decoded(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_decoded, value)))
    if isinstance(value, bytes):
        try:
            value = value.decode()
        except UnicodeDecodeError:
            value = value.decode("latin-1")
    return _tidy(str(value)) if value else ""


def _of_xmp(packet: bytes) -> dict[str, str]:
    """The fields of an XMP packet; one with a document type or broken XML says nothing."""
    if not packet or len(packet) > 1_000_000 or b"<!" in packet.replace(b"<!--", b""):
        return {}
    start, end = packet.find(b"<"), packet.rfind(b">")
    try:
        root = ElementTree.fromstring(packet[start : end + 1])
    except (ElementTree.ParseError, ValueError):
        return {}
    found: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        for field, names in _XMP.items():
            for name in names:
                value = description.get(name) or _xmp_value(description.find(name))
                if value and field not in found:
                    found[field] = _tidy(value)
    return found


def _xmp_value(element: ElementTree.Element | None) -> str:
    if element is None:
        return ""
    items = [item.text or "" for item in element.iter(f"{_RDF}li")]
    if element.find(f"{_RDF}Alt") is not None:
        items = items[:1]
    return ", ".join(items) or element.get(f"{_RDF}resource") or element.text or ""


def _date(text: str) -> datetime | None:
    """A date in the shapes of EXIF, IPTC and XMP."""
    match = re.match(r"(\d{4})[:-]?(\d{2})[:-]?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?", text)
    try:
        return datetime(*(int(part or 0) for part in match.groups())) if match else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def gather(xmp: bytes, iptc: Mapping[tuple[int, int], Any], exif: Mapping[int, Any], taken: object) -> Written:
    """The words of all three sources, XMP before IPTC before EXIF."""
    sources = [
        _of_xmp(xmp),
        {field: _decoded(iptc.get((2, number))) for field, number in _IPTC.items()},
        {field: _decoded(exif.get(tag)) for field, tag in _EXIF.items()} | {"taken": _decoded(taken)},
    ]
    words = {field: next(filter(None, (one.get(field) for one in sources)), "") for field in _XMP}
    # The camera's own time has hours and minutes, the other two often only the day.
    dates = [date for one in reversed(sources) if (date := _date(one.get("taken", "")))]
    words.pop("taken")
    return Written(**words, taken_at=dates[0] if dates else None)


def credit_packet(*, creator: str = "", credit: str = "", copyright: str = "", licence_url: str = "") -> bytes:  # noqa: A002
    """An XMP packet that carries the credit with a rendition, wherever it is copied to; empty without any word."""
    values = {"creator": creator, "credit": credit, "copyright": copyright, "licence_url": licence_url}
    safe = {name: escape(_tidy(value), {'"': "&quot;"}) for name, value in values.items() if value}
    if not safe:
        return b""
    body = ""
    if "creator" in safe:
        body += f"<dc:creator><rdf:Seq><rdf:li>{safe['creator']}</rdf:li></rdf:Seq></dc:creator>"
    if "copyright" in safe:
        body += f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{safe["copyright"]}</rdf:li></rdf:Alt></dc:rights>'
    if "credit" in safe:
        body += f"<photoshop:Credit>{safe['credit']}</photoshop:Credit>"
    if "licence_url" in safe:
        body += f"<xmpRights:WebStatement>{safe['licence_url']}</xmpRights:WebStatement>"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        f' xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="r"?>'
    ).encode()
