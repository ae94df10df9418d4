"""Files given as answers: hostile until recognised by their content; pictures are written anew, PDFs opened once."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from eventsite.core import i18n, images, pdf
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l

MOST_OCTETS = 8_000_000
MOST_PAGES = 200
ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp"  # what the browser offers first; what counts is the content
_WIDTH = 2400  # enough to read a scanned page
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")


@dataclass(frozen=True)
class Clean:
    """A checked file, ready to be kept."""

    content: bytes
    content_type: str
    filename: str


def told() -> str:
    """What may be sent, said before it is chosen."""
    return i18n._("PDF, JPEG, PNG or WebP, at most %(size)s.", size=i18n.format_size(MOST_OCTETS))


def clean(content: bytes, filename: str, mark: str) -> Clean:
    """The file as it is kept; Refused with a sentence for everything that is not accepted.

    `mark` is written into the file, so that no two kept files are the same and deleting one never takes another's.
    """
    if not content:
        raise Refused(_l("The file is empty."))
    if len(content) > MOST_OCTETS:
        raise Refused(_l("The file is too large: at most %(size)s.", size=i18n.format_size(MOST_OCTETS)))
    if content.startswith(b"%PDF-"):
        return Clean(_checked_pdf(content, mark), "application/pdf", _name(filename, "pdf"))
    if content.startswith(_PICTURES):
        return Clean(_written_anew(content, mark), "image/jpeg", _name(filename, "jpg"))
    raise Refused(_l("This kind of file is not accepted. %(kinds)s", kinds=told()))


def _checked_pdf(content: bytes, mark: str) -> bytes:
    try:
        pages = pdf.describe(content).pages
    except Refused:
        raise
    except Exception as problem:  # the library raises many kinds for files made to break it
        raise Refused(_l("The file is not a readable PDF.")) from problem
    if pages > MOST_PAGES:
        raise Refused(_l("The PDF has too many pages: at most %(most)s.", most=i18n.format_number(MOST_PAGES)))
    return content.rstrip(b"\r\n") + f"\n% {mark}\n".encode()


def _written_anew(content: bytes, mark: str) -> bytes:
    """Without places, serial numbers and whatever else lay behind the picture."""
    (picture,) = images.derive(content, [_WIDTH], ["jpeg"])
    return picture.content + mark.encode()


def _name(filename: str, ending: str) -> str:
    """The name without path, control and direction-changing characters, with the ending of the true kind."""
    name = unicodedata.normalize("NFC", filename.replace("\\", "/").rpartition("/")[2])
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem = name.rpartition(".")[0] if "." in name else name
    return f"{' '.join(stem.split()).strip(' .')[:80] or i18n._('file')}.{ending}"


def value_of(row: Any) -> dict[str, Any]:
    """What is stored as the answer."""
    return {"file": row.public_id, "name": row.filename, "size": row.size}
