"""Files for download are what they hold, not what they are called; everything active or odd is refused."""

import io
import zipfile

import pytest

from eventsite.core.errors import Refused
from eventsite.media import filetypes


def archive(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        if mimetype:
            made.writestr("mimetype", mimetype)
        for name in names:
            made.writestr(name, "x")
    return buffer.getvalue()


ODT = archive("content.xml", mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (b"%PDF-1.7\n...", "a.pdf", "pdf"),
        (b"%PDF-1.7\n...", "a.docx", "pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", "docx"),
        (archive("xl/workbook.xml"), "a.bin", "xlsx"),
        (archive("ppt/presentation.xml"), "a.pptx", "pptx"),
        (ODT, "a.odt", "odt"),
        (archive("a.txt"), "a.zip", "zip"),
        (b"\xff\xd8\xff\xe0", "a.jpeg", "jpg"),
        (b"\x00\x00\x00\x20ftypisom", "a.mp4", "mp4"),
        ("Täglich;1\n".encode(), "a.csv", "csv"),
        (b"WEBVTT\n\n", "a.vtt", "vtt"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a.ics", "ics"),
        (b"Guten Tag", "a.TXT", "txt"),
    ],
)
def test_kind_follows_from_the_content(content: bytes, name: str, ending: str) -> None:
    assert filetypes.recognise(content, name).ending == ending


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "leer.pdf"),
        (b"<html><script>alert(1)</script>", "a.pdf"),
        (b"<!DOCTYPE html>", "a.txt"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bild.svg"),
        (b"MZ\x90\x00", "setup.exe"),
        (b"PK\x03\x04 broken", "a.docx"),
        (archive("word/document.xml", "word/vbaProject.bin"), "a.docm"),
        (b"caf\xe9", "a.txt"),
        (b"a\x00b", "a.csv"),
        (b'"never closed', "a.csv"),
        (b"no header", "a.vtt"),
        (b"BEGIN:VCALENDAR", "a.ics"),
        (b"plain words", "a.html"),
    ],
)
def test_everything_else_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(Refused):
        filetypes.recognise(content, name)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Arbeits blatt.odt", "Arbeits-blatt.odt"),
        ("../../etc/passwd", "passwd.odt"),
        ("C:\\fakepath\\Täg\u202elich.exe", "Täglich.odt"),
        ("\x00\r\n", "file.odt"),
        ("x" * 300 + ".odt", "x" * 80 + ".odt"),
    ],
)
def test_names_lose_what_could_deceive(name: str, safe: str) -> None:
    assert filetypes.safe_name(name, filetypes.recognise(ODT, name)) == safe
