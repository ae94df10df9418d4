"""A stored file as an answer: ranges, a strong ETag, the right name (RFC 6266), nothing active inside."""

import unicodedata
from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.wsgi import wrap_file

from eventsite.core import storage

_CSP = "default-src 'none'; sandbox"


def disposition(filename: str, *, inline: bool) -> str:
    """The Content-Disposition of a file: a plain name for old readers and the true one (RFC 6266, RFC 8187)."""
    plain = unicodedata.normalize("NFKD", filename.replace("ß", "ss")).encode("ascii", "ignore").decode()
    plain = "".join(c for c in plain if c.isprintable() and c not in '"\\%;') or "file"
    kind = "inline" if inline else "attachment"
    if plain == filename:
        return f'{kind}; filename="{plain}"'
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def stored_file(
    key: str, *, content_type: str, filename: str = "", inline: bool = True, cache: str = "private, no-store"
) -> Response:
    """The file of a key, whole or in parts, in memory only piece by piece; works for a folder and for a bucket."""
    size = storage.size(key)
    response = Response(
        wrap_file(request.environ, storage.open_key(key)), content_type=content_type, direct_passthrough=True
    )
    response.content_length = size
    response.set_etag(key[:40])
    response.headers["Cache-Control"] = cache
    response.headers["Content-Security-Policy"] = _policy(content_type)
    if filename:
        response.headers["Content-Disposition"] = disposition(filename, inline=inline)
    try:
        answer: Any = response.make_conditional(request, accept_ranges=True, complete_length=size)
    except Exception:  # a range that lies outside: the error page takes the place of the file
        response.close()
        raise
    return answer


def _policy(content_type: str) -> str:
    # A sandbox would keep browsers from showing PDFs at all; their viewer runs no page of ours.
    return "default-src 'none'" if content_type in ("application/pdf",) or content_type[:6] == "image/" else _CSP
