"""What a file for download truly is: binary kinds by their content, text kinds by ending and a strict parse."""

import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any

from eventsite.core import ical
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l

_OFFICE = {
    "word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.graphics": "odg",
}
_MAGIC = (
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\x1a\x45\xdf\xa3", "webm", "video/webm"),
)
_TEXTS = {
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
_ACTIVE = re.compile(rb"<\s*(?:!doctype|html|script|svg|\?xml|body|iframe)", re.IGNORECASE)
ACCEPTED = "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, ODG, ZIP, JPEG, PNG, MP4, WebM, TXT, CSV, VTT, ICS"


@dataclass(frozen=True)
class FileType:
    """The true kind of a file."""

    ending: str
    content_type: str


def recognise(content: bytes, filename: str) -> FileType:
    """The kind of a file from what it holds; Refused with the reason for everything that is not accepted."""
    if not content:
        raise Refused(_l("The file is empty."))
    found = _binary(content) or _text(content, filename)
    if found is None:
        raise Refused(_l("This kind of file is not accepted. Accepted are: %(kinds)s.", kinds=ACCEPTED))
    return found


def _binary(content: bytes) -> FileType | None:
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return FileType("pdf", "application/pdf")
    for magic, ending, content_type in _MAGIC:
        if content.startswith(magic):
            return FileType(ending, content_type)
    if content[4:8] == b"ftyp" and content[8:12] not in (b"heic", b"heix", b"mif1", b"avif"):
        return FileType("mp4", "video/mp4")
    return _archive(content) if content.startswith(b"PK\x03\x04") else None


def _archive(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            about = archive.getinfo("mimetype") if "mimetype" in names else None
            declared = archive.read("mimetype").decode("ascii", "ignore") if about and about.file_size < 200 else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as problem:
        raise Refused(_l("The file is damaged and cannot be read.")) from problem
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refused(_l("Office files with macros are not accepted. Please save the file without macros."))
    if declared in _OPEN_DOCUMENT:
        return FileType(_OPEN_DOCUMENT[declared], declared)
    for name, (ending, content_type) in _OFFICE.items():
        if name in names:
            return FileType(ending, content_type)
    return FileType("zip", "application/zip")


def _text(content: bytes, filename: str) -> FileType | None:
    ending = filename.rpartition(".")[2].lower()
    if ending not in _TEXTS:
        return None
    if _ACTIVE.search(content[:2048]):
        raise Refused(_l("The file is called %(name)s but holds a web page.", name=filename[:80]))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_l("Text files must be stored as UTF-8.")) from None
    if "\x00" in text or not _holds(ending, text):
        raise Refused(_l("The file does not hold what its ending .%(ending)s says.", ending=ending))
    return FileType(ending, _TEXTS[ending])


def _holds(ending: str, text: str) -> bool:
    if ending == "csv":
        try:
            return any(row for row in csv.reader(io.StringIO(text), strict=True))
        except csv.Error:
            return False
    if ending == "vtt":
        return re.match(r"WEBVTT(?:[ \t\n\r]|\Z)", text) is not None
    if ending == "ics":
        return ical.is_calendar(text)
    return True


def safe_name(filename: str, found: FileType) -> str:
    """A file name without path, control or direction-changing characters, with the ending of the true kind."""
    name = unicodedata.normalize("NFC", filename.replace("\\", "/").rpartition("/")[2])
    name = "".join(c if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*' else "" for c in name)
    stem, dot, ending = name.rpartition(".")
    keeps = bool(dot) and (ending.lower() == found.ending or (ending.lower(), found.ending) == ("jpeg", "jpg"))
    words = re.sub(r"\s+", "-", (stem if keeps or (dot and len(ending) <= 5) else name).strip(" .")) or "file"
    return f"{words[:80]}.{found.ending}"


def label(content_type: str, filename: str) -> Any:
    """The kind in a word people know: PDF, DOCX."""
    return filename.rpartition(".")[2].upper() if "." in filename else content_type
