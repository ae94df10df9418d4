"""Words in pictures: found in all three places, never a GPS position, broken blocks cost nothing."""

import io
import struct
from datetime import datetime

import pytest
from PIL import Image

from eventsite.core import images
from eventsite.core.image_metadata import Written, credit_packet, gather

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:i="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 photoshop:Credit="dpa" exif:GPSLatitude="51,18.7N" photoshop:DateCreated="2026-03-12">
<dc:creator><rdf:Seq><rdf:li>Łucja Ğ</rdf:li><rdf:li>Bo</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Saal</rdf:li><rdf:li xml:lang="en">Hall</rdf:li></rdf:Alt></dc:description>
<i:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Menschen im Saal</rdf:li></rdf:Alt></i:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def _iptc_block(**fields: str) -> bytes:
    numbers = {"creator": 80, "copyright": 116, "caption": 120}
    body = b"".join(
        b"\x1c\x02" + bytes([numbers[k]]) + struct.pack(">H", len(v.encode())) + v.encode() for k, v in fields.items()
    )
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(body)) + body + b"\x00" * (len(body) % 2)
    payload = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload


def _jpeg(iptc: bytes = b"", **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "JPEG", **options)
    return buffer.getvalue()[:2] + iptc + buffer.getvalue()[2:]


def test_xmp_words() -> None:
    assert images.read_metadata(_jpeg(xmp=XMP)) == Written(
        creator="Łucja Ğ, Bo",
        credit="dpa",
        caption="Saal",
        alt_text="Menschen im Saal",
        taken_at=datetime(2026, 3, 12),  # noqa: DTZ001 - a camera's clock
    )


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_xmp_words_in_other_formats(form: str) -> None:
    buffer = io.BytesIO()
    options: dict[str, object] = {"xmp": XMP}
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options = {"pnginfo": info}
    elif form == "TIFF":
        options = {"tiffinfo": {700: XMP}}
    Image.new("RGB", (16, 16)).save(buffer, form, **options)
    assert images.read_metadata(buffer.getvalue()).alt_text == "Menschen im Saal"


def test_iptc_words() -> None:
    words = images.read_metadata(_jpeg(_iptc_block(creator="Şule", copyright="© 2026", caption="Größe")))
    assert (words.creator, words.copyright, words.caption) == ("Şule", "© 2026", "Größe")


def test_exif_words_and_time() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Anna"
    exif[0x8298] = "CC BY 4.0"
    exif.get_ifd(0x8769)[0x9003] = "2026:03:12 14:05:06"
    exif.get_ifd(0x8825)[2] = (51.0, 18.0, 45.0)
    words = images.read_metadata(_jpeg(exif=exif))
    assert words == Written(creator="Anna", copyright="CC BY 4.0", taken_at=datetime(2026, 3, 12, 14, 5, 6))  # noqa: DTZ001


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"not xml",
        b"<x>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        b"\xff\xfe<x/>",
        b"<x>" * 5000,
    ],
)
def test_broken_packet_says_nothing(packet: bytes) -> None:
    assert gather(packet, {}, {}, None) == Written()


def test_odd_dates_say_nothing() -> None:
    for text in ("", "0000:00:00 00:00:00", "2026:13:45", "gestern"):
        assert gather(b"", {}, {}, text).taken_at is None


def test_credit_packet_without_words_is_empty() -> None:
    assert credit_packet() == b""


def test_credit_packet_hostile_words_stay_words() -> None:
    packet = credit_packet(creator='</rdf:li><x y="', copyright="\x00ä")
    assert gather(packet, {}, {}, None) == Written(creator='</rdf:li><x y="', copyright="ä")
