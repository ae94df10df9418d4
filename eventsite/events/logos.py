"""Of which kind a stored picture is, told by its first bytes, so that it is served as what it is."""

_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def content_type(head: bytes) -> str:
    """The media type of a picture whose file begins like this; unknown things are no pictures."""
    for start, name in _KINDS:
        if head.startswith(start):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] == b"ftypavif":
        return "image/avif"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "image/svg+xml" if text.startswith((b"<svg", b"<?xml")) else "application/octet-stream"
