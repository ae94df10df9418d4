"""Static files: bundled, named by their content, compressed once, cached for ever by the reader's browser."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, Response, abort, request

ROOT = Path(__file__).parents[2] / "static"
_TEXT = {"text/css", "text/javascript", "image/svg+xml", "application/json", "application/manifest+json"}
_URL = re.compile(r"""url\((["']?)(?!data:|#)([^)"']+)\1\)""")
_IMPORT = re.compile(r"""((?:from|import)\s*\(?\s*)(["'])(\.{1,2}/[^"']+)\2""")
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")


@dataclass
class Asset:
    """One file as it is sent: its bytes, type, and compressed forms made when first asked for."""

    body: bytes
    content_type: str
    etag: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    def encoding(self, accepted: str) -> tuple[str, bytes]:
        """The best form the browser takes: brotli, gzip or plain."""
        if self.content_type not in _TEXT or len(self.body) < 500:
            return "", self.body
        name = "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
        if name and name not in self.encoded:
            self.encoded[name] = compress(self.body, name, best=True)
        return name, self.encoded.get(name, self.body)


def compress(body: bytes, name: str, *, best: bool = False) -> bytes:
    """The body in `br` or `gzip`; `best` for what is compressed once and sent often."""
    if name == "gzip":
        return gzip.compress(body, 9 if best else 6, mtime=0)
    import brotli

    return bytes(brotli.compress(body, quality=11 if best else 5))


class Assets:
    """All files under static/, found by logical name (`css/public.css`) or by hashed path."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.paths: dict[str, str] = {}  # logical name -> hashed path
        self.files: dict[str, Asset] = {}  # hashed path -> file

    def path(self, name: str) -> str:
        """The hashed path of a file or of a bundle (`x.bundle` lists the files that `x.css` is made of)."""
        if name not in self.paths:
            self._add(name)
        return self.paths[name]

    def _read(self, name: str) -> str:
        source = self.root / name
        bundle = source.with_suffix(".bundle")
        if bundle.exists():
            parts = [line.strip() for line in bundle.read_text().splitlines() if line.strip() and line[0] != "#"]
            return "\n".join(self._rewritten(part, (self.root / part).read_text()) for part in parts)
        return self._rewritten(name, source.read_text())

    def _rewritten(self, name: str, content: str) -> str:
        """References to other files become references to their hashed names."""

        def resolve(target: str) -> str:
            path = (self.root / name).parent / target.split("#")[0]
            return "/static/" + self.path(path.resolve().relative_to(self.root.resolve()).as_posix())

        if name.endswith(".css"):
            return _URL.sub(lambda m: f"url({resolve(m[2])})", content)
        if name.endswith(".js"):
            return _IMPORT.sub(lambda m: f"{m[1]}{m[2]}{resolve(m[3])}{m[2]}", content)
        return content

    def _add(self, name: str) -> None:
        source = self.root / name
        is_text = source.suffix in {".css", ".js"}
        body = self._read(name).encode() if is_text else source.read_bytes()
        digest = hashlib.sha256(body).hexdigest()[:12]
        hashed = f"{source.relative_to(self.root).with_suffix('').as_posix()}.{digest}{source.suffix}"
        content_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.files[hashed] = Asset(body, content_type, digest)
        self.paths[name] = hashed

    def find(self, hashed: str) -> Asset | None:
        """The file of a hashed path, also in a process that has not yet made that address itself."""
        if hashed not in self.files:
            name = re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", hashed)
            target = (self.root / name).resolve()
            known = target.is_file() or target.with_suffix(".bundle").is_file()
            if ".." not in name and target.is_relative_to(self.root.resolve()) and known:
                self.path(name)
        return self.files.get(hashed)


def configure(app: Flask) -> None:
    """Serves /static/… and gives templates `asset("css/public.css")`."""
    assets = Assets()
    app.extensions["assets"] = assets
    app.jinja_env.globals["asset"] = lambda name: "/static/" + assets.path(name)

    def static_file(path: str) -> Response:
        found = assets.find(path)
        if found is None:
            abort(404)
        name, body = found.encoding(request.headers.get("Accept-Encoding", ""))
        response = Response(
            body, content_type=found.content_type + ("; charset=utf-8" if found.content_type in _TEXT else "")
        )
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.set_etag(found.etag + (f"-{name}" if name else ""))
        if found.content_type in _TEXT:
            response.headers["Vary"] = "Accept-Encoding"
        if name:
            response.headers["Content-Encoding"] = name
        response.make_conditional(request)
        return response

    static_file.guard = "public"  # type: ignore[attr-defined]
    app.add_url_rule("/static/<path:path>", "static_file", static_file, methods=["GET"])
