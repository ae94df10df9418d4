"""Pictures: what may come in, the renditions that go out without hidden data, and the words a camera or agency wrote into them."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.image_metadata import Written, gather

if TYPE_CHECKING:
    from PIL import Image as PilImage

MAX_PIXELS = 80_000_000
MAX_SIDE = 20_000
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")
QUALITY = {"avif": 60, "webp": 78, "jpeg": 80}
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg", "png": "image/png"}
_ORIENTATION = 0x0112
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
_SWAPPED = (5, 6, 7, 8)


@dataclass(frozen=True)
class Checked:
    """What a picture is: its true format and its size as it is looked at, the orientation applied."""

    format: str
    width: int
    height: int
    orientation: int
    is_animated: bool


@dataclass(frozen=True)
class Rendition:
    """One file made of a picture."""

    format: str
    width: int
    height: int
    content: bytes

    @property
    def media_type(self) -> str:
        """The media type it is served with."""
        return MEDIA_TYPES[self.format]


def _image_module() -> Any:
    from PIL import Image

    # Our own limit is checked before anything is decoded; the library's later and softer one would only warn.
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    return Image


@contextmanager
def _opened(source: bytes | Path) -> Iterator["PilImage.Image"]:
    """The picture, not yet decoded; Refused with the reason when it is none of ours."""
    import warnings

    image_module = _image_module()
    try:
        with warnings.catch_warnings():
            # Odd metadata is common in cameras' files and no reason to refuse or to fail.
            warnings.simplefilter("ignore")
            image = image_module.open(io.BytesIO(source) if isinstance(source, bytes) else source, formats=FORMATS)
    except image_module.DecompressionBombError:
        raise Refused(_l("The picture has too many pixels (at most 80 megapixels).")) from None
    except Exception as problem:  # the decoders raise many kinds for broken files
        raise Refused(_reason(source)) from problem
    with image:
        width, height = image.size
        if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
            raise Refused(_l("The picture has too many pixels (at most 80 megapixels)."))
        yield image


def _reason(source: bytes | Path) -> object:
    """Why a file is no picture for us, in words that help."""
    if isinstance(source, bytes):
        head = source[:512]
    else:
        with source.open("rb") as file:
            head = file.read(512)
    start = head.lstrip(b"\xef\xbb\xbf\x00 \t\r\n")
    if not head:
        return _l("The file is empty.")
    if start.startswith(b"<"):
        return _l("SVG and HTML files are not accepted as pictures, because they can carry programs.")
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return _l("HEIC pictures are not accepted here. Please save the picture as JPEG.")
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"II*\x00", b"MM\x00*")):
        return _l("The picture is damaged and cannot be read.")
    return _l("This is not a picture in a known format. JPEG, PNG, WebP, AVIF and TIFF are accepted.")


def _orientation(image: "PilImage.Image") -> int:
    if image.format == "TIFF":
        return 1  # the decoder turns these itself
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken EXIF block must not cost the picture
        return 1
    return value if isinstance(value, int) and value in _TURNS else 1


@contextmanager
def _decoding() -> Iterator[None]:
    """Odd metadata is common in cameras' files and no reason to warn; damage is one sentence."""
    import warnings

    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the PDF engine sets it in its process; half a picture is none
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Refused:
        raise
    except Exception as problem:  # the decoders raise many kinds for broken files
        raise Refused(_l("The picture is damaged and cannot be read.")) from problem


def check(source: bytes | Path) -> Checked:
    """The true format and size of an upload, decoded once on a small scale; Refused with the reason otherwise."""
    with _opened(source) as image:
        orientation = _orientation(image)
        width, height = image.size
        if orientation in _SWAPPED:
            width, height = height, width
        found = Checked((image.format or "").lower(), width, height, orientation, getattr(image, "n_frames", 1) > 1)
        with _decoding():
            image.draft("RGB", (256, 256))
            image.load()
        return found


def _shown(image: "PilImage.Image", want: tuple[int, int]) -> "PilImage.Image":
    """The picture in sRGB, about `want` pixels large or a little more, upright; small first, turned last, to save memory."""
    from PIL import Image

    orientation = _orientation(image)
    profile = image.info.get("icc_profile")
    wanted = want[::-1] if orientation in _SWAPPED else want
    image.draft("RGB", wanted)
    image.load()
    if image.mode in ("P", "PA") or (image.mode in ("L", "RGB") and "transparency" in image.info):
        image = image.convert("RGBA")
    elif image.mode.startswith(("I", "F")):
        image = _eight_bits(image)
    scale = min(1.0, max(wanted[0] / image.width, wanted[1] / image.height))
    if scale < 1:
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        image = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = _in_srgb(image, profile)
    if orientation in _TURNS:
        image = image.transpose(Image.Transpose(_TURNS[orientation]))
    image.info.clear()
    return image


def _eight_bits(image: "PilImage.Image") -> "PilImage.Image":
    low, high = (value if isinstance(value, int | float) else value[0] for value in image.getextrema())
    factor = 255 / (high - low) if high > low else 1
    return image.convert("F").point(lambda value: value * factor - low * factor).convert("L")


def _in_srgb(image: "PilImage.Image", profile: bytes | None) -> "PilImage.Image":
    """Converts by the embedded profile, where it is sound; an unsound one is ignored as browsers do."""
    from PIL import ImageCms

    target = "RGBA" if image.mode in ("RGBA", "LA", "PA") else "RGB"
    if profile and image.mode in ("RGB", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(source).lower():
                converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                return converted if converted is not None else image.convert(target)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image if image.mode == target else image.convert(target)


def _encoded(image: "PilImage.Image", form: str, quality: int | None, packet: bytes) -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    quality = quality or QUALITY.get(form, 0)
    extra = {"xmp": packet} if packet and form != "png" else {}
    if form == "jpeg":
        if image.mode == "RGBA":
            paper = Image.new("RGB", image.size, "white")
            paper.paste(image, mask=image.getchannel("A"))
            image = paper
        image.save(buffer, "JPEG", quality=quality, optimize=True, subsampling="4:2:0", **extra)
    elif form == "webp":
        image.save(buffer, "WEBP", quality=quality, method=4, **extra)
    elif form == "avif":
        image.save(buffer, "AVIF", quality=quality, speed=8, **extra)
    elif form == "png":
        image.save(buffer, "PNG", optimize=True)
    else:
        raise ValueError(f"unknown format {form}")
    return buffer.getvalue()


def derive(
    source: bytes | Path,
    widths: Sequence[int],
    formats: Sequence[str] = ("avif", "webp", "jpeg"),
    *,
    ratio: float | None = None,
    focus: tuple[float, float] = (0.5, 0.5),
    quality: int | None = None,
    packet: bytes = b"",
) -> list[Rendition]:
    """Renditions in every width and format: upright, in sRGB, without any metadata, never larger than the source.

    `ratio` (width : height) crops round the focus point, given as parts of width and height from the upper left. A width
    beyond the source gives one rendition of the source's own width. `packet` is the credit that travels with every file
    (image_metadata.credit_packet). Refused when the source is damaged.
    """
    with _opened(source) as opened, _decoding():
        full = _upright_size(opened)
        box = crop_box(full[0], full[1], ratio or full[0] / full[1], focus)
        sizes = sorted({min(width, box[2] - box[0]) for width in widths}, reverse=True)
        scale = min(1.0, max(sizes, default=1) / (box[2] - box[0]))
        picture = _shown(opened, (max(1, round(full[0] * scale)), max(1, round(full[1] * scale))))
        return [
            Rendition(form, image.width, image.height, _encoded(image, form, quality, packet))
            for image in _sized(picture, full, box, sizes)
            for form in formats
        ]


def _sized(
    picture: "PilImage.Image", full: tuple[int, int], box: tuple[int, int, int, int], widths: Sequence[int]
) -> Iterator["PilImage.Image"]:
    """The cropped picture in falling widths, each made of the one before."""
    from PIL import Image

    across, down = picture.width / full[0], picture.height / full[1]
    part = (box[0] * across, box[1] * down, box[2] * across, box[3] * down)
    height_of = (box[3] - box[1]) / (box[2] - box[0])
    for width in widths:
        size = width, max(1, round(width * height_of))
        picture = picture.resize(size, Image.Resampling.LANCZOS, box=part, reducing_gap=2.0)
        part = (0, 0, picture.width, picture.height)
        yield picture


def _upright_size(image: "PilImage.Image") -> tuple[int, int]:
    return image.size[::-1] if _orientation(image) in _SWAPPED else image.size


def crop_box(
    width: int, height: int, ratio: float, focus: tuple[float, float] = (0.5, 0.5)
) -> tuple[int, int, int, int]:
    """The largest part of that ratio (width : height) whose middle is as near to the focus point as the edges allow."""
    wide, high = min(width, round(height * ratio)) or 1, min(height, round(width / ratio)) or 1
    left = min(max(0, round(width * focus[0] - wide / 2)), width - wide)
    top = min(max(0, round(height * focus[1] - high / 2)), height - high)
    return left, top, left + wide, top + high


def read_metadata(source: bytes | Path) -> Written:
    """Creator, credit, rights, texts and date from XMP, IPTC and EXIF; never a place, and nothing of what is broken."""
    with _opened(source) as image, _decoding():
        exif = image.getexif()
        return gather(_xmp_packet(image), _iptc(image), exif, exif.get_ifd(0x8769).get(0x9003))


def _xmp_packet(image: "PilImage.Image") -> bytes:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if not packet and image.format == "TIFF":
        packet = getattr(image, "tag_v2", {}).get(700, b"")
    return packet.encode() if isinstance(packet, str) else bytes(packet)


def _iptc(image: "PilImage.Image") -> dict[tuple[int, int], Any]:
    from PIL import IptcImagePlugin
    from PIL.ImageFile import ImageFile

    try:
        return dict(IptcImagePlugin.getiptcinfo(cast(ImageFile, image)) or {})
    except Exception:  # a broken IPTC block must not cost the other words
        return {}
