"""A stored picture is served as what its first bytes say."""

import pytest

from eventsite.events import logos


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x1cftypavif", "image/avif"),
        (b"GIF89a", "image/gif"),
        (b"\xef\xbb\xbf <svg xmlns=", "image/svg+xml"),
        (b"<?xml version", "image/svg+xml"),
        (b"<html>", "application/octet-stream"),
        (b"%PDF-1.7", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_content_type_is_told_by_the_first_bytes(head: bytes, kind: str) -> None:
    assert logos.content_type(head) == kind
