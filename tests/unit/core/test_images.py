"""Pictures: what is accepted, what is refused and why, and renditions without hidden data."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw

from eventsite.core import image_metadata, images
from eventsite.core.errors import Refused

RED, BLUE = (220, 20, 20), (20, 20, 220)


def picture(form: str = "JPEG", size: tuple[int, int] = (400, 200), orientation: int = 1, **options: object) -> bytes:
    """Left half red, right half blue, with an EXIF block that holds a place."""
    image = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill=RED)
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRETMAKER"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 18.0, 45.0)
    exif.get_ifd(0x8769)[0xA431] = "SERIAL12345"
    buffer = io.BytesIO()
    image.save(buffer, form, exif=exif, **options)
    return buffer.getvalue()


def opened(rendition: images.Rendition) -> Image.Image:
    return Image.open(io.BytesIO(rendition.content))


def is_like(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=False))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_check_accepted_format(form: str) -> None:
    found = images.check(picture(form))
    assert (found.format, found.width, found.height, found.is_animated) == (form.lower(), 400, 200, False)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize(("orientation", "size"), [(1, (400, 200)), (3, (400, 200)), (6, (200, 400)), (8, (200, 400))])
def test_check_size_is_the_size_looked_at(form: str, orientation: int, size: tuple[int, int]) -> None:
    found = images.check(picture(form, orientation=orientation))
    assert (found.width, found.height) == size


def _bomb() -> bytes:
    """A PNG of 30000 by 30000 pixels in a few octets."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        (b"\xef\xbb\xbf \n<!doctype html><p>x", "SVG"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
        (b"%PDF-1.7", "not a picture"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "not a picture"),
        (b"BM" + b"\x00" * 60, "not a picture"),
        (b"hello", "not a picture"),
        (picture()[:2000], "damaged"),
        (picture("PNG")[:300], "damaged"),
        (picture("WEBP")[:200], "damaged"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "damaged"),
        (_bomb(), "too many pixels"),
    ],
)
def test_check_odd_file_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        images.check(content)


def test_check_broken_exif_is_no_reason_to_refuse() -> None:
    content = picture().replace(b"Exif\x00\x00", b"Exif\x00\x00\xff\xff\xff", 1)
    assert images.check(content).orientation == 1


def test_derive_widths_and_formats() -> None:
    made = images.derive(picture(size=(1000, 500)), (800, 400))
    assert [(one.format, one.width, one.height) for one in made] == [
        ("avif", 800, 400), ("webp", 800, 400), ("jpeg", 800, 400), ("avif", 400, 200), ("webp", 400, 200), ("jpeg", 400, 200),
    ]  # fmt: skip
    assert [(opened(one).format or "").lower() for one in made[:3]] == ["avif", "webp", "jpeg"]
    assert [one.media_type for one in made[:3]] == ["image/avif", "image/webp", "image/jpeg"]


def test_derive_is_never_larger_than_the_source() -> None:
    made = images.derive(picture(), (1600, 800, 300), ("jpeg",))
    assert [one.width for one in made] == [400, 300]


@pytest.mark.parametrize("source", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_derive_applies_the_orientation(source: str, orientation: int) -> None:
    (made,) = images.derive(picture(source, orientation=orientation), (400,), ("png",))
    from PIL import ImageOps

    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(picture(source, orientation=orientation)))).convert("RGB")
    result = opened(made)
    assert result.size == expected.size
    for x, y in ((20, 20), (result.width - 20, 20), (20, result.height - 20)):
        reference = expected.getpixel((x, y))
        assert isinstance(reference, tuple)
        assert is_like(result.getpixel((x, y)), reference)


@pytest.mark.parametrize("form", ["avif", "webp", "jpeg", "png"])
def test_derive_leaves_no_metadata(form: str) -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = picture(comment=b"<script>polyglot</script>", xmp=b"<x>SECRETPLACE</x>", icc_profile=icc)
    assert b"polyglot" in source
    (made,) = images.derive(source, (300,), (form,))
    result = opened(made)
    assert (dict(result.getexif()), result.info.get("xmp"), result.info.get("comment")) == ({}, None, None)
    assert not any(word in made.content for word in (b"SECRET", b"SERIAL", b"polyglot", b"Exif"))


@pytest.mark.parametrize("form", ["avif", "webp", "jpeg"])
def test_derive_carries_the_credit(form: str) -> None:
    packet = image_metadata.credit_packet(
        creator="Łucja Şahin", credit='Foto "A" & B', licence_url="https://example.org/l"
    )
    (made,) = images.derive(picture(), (300,), (form,), packet=packet)
    words = images.read_metadata(made.content)
    assert (words.creator, words.credit, words.licence_url) == ("Łucja Şahin", 'Foto "A" & B', "https://example.org/l")


def test_derive_transparency_on_white_in_jpeg() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(buffer, "PNG")
    (made,) = images.derive(buffer.getvalue(), (50,), ("jpeg",))
    assert is_like(opened(made).getpixel((25, 25)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F", "YCbCr", "LAB"])
def test_derive_any_colour_mode(mode: str) -> None:
    buffer = io.BytesIO()
    Image.new(mode, (64, 32)).save(buffer, "PNG" if mode == "LA" else "TIFF")
    made = images.derive(buffer.getvalue(), (32,), ("jpeg", "webp", "avif"))
    assert [(one.width, one.height) for one in made] == [(32, 16)] * 3


def test_derive_converts_to_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert images.derive(picture(icc_profile=lab), (100,), ("jpeg",))
    assert images.derive(picture(icc_profile=b"broken"), (100,), ("jpeg",))


def test_derive_damaged_source_is_refused() -> None:
    with pytest.raises(Refused, match="damaged"):
        images.derive(picture()[:1500], (100,))


def test_derive_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(picture())
    assert images.derive(path, (100,), ("jpeg",)) == images.derive(picture(), (100,), ("jpeg",))


@pytest.mark.parametrize(("focus", "colour"), [((0.0, 0.5), RED), ((1.0, 0.5), BLUE)])
def test_derive_crops_round_the_focus(focus: tuple[float, float], colour: tuple[int, int, int]) -> None:
    (made,) = images.derive(picture(), (100,), ("png",), ratio=1.0, focus=focus)
    result = opened(made)
    assert result.size == (100, 100)
    assert is_like(result.getpixel((10, 50)), colour)
    assert is_like(result.getpixel((90, 50)), colour)


@pytest.mark.parametrize(
    ("ratio", "focus", "box"),
    [
        (1.0, (0.5, 0.5), (100, 0, 300, 200)),
        (1.0, (0.0, 0.0), (0, 0, 200, 200)),
        (1.0, (1.0, 1.0), (200, 0, 400, 200)),
        (4.0, (0.5, 0.1), (0, 0, 400, 100)),
        (2.0, (0.3, 0.3), (0, 0, 400, 200)),
    ],
)
def test_crop_box(ratio: float, focus: tuple[float, float], box: tuple[int, int, int, int]) -> None:
    assert images.crop_box(400, 200, ratio, focus) == box
