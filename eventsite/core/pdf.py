"""Tagged PDFs (PDF/UA-1) from HTML: deterministic, without network, if wanted in a process of its own."""

import atexit
import ctypes
import hashlib
import json
import logging
import os
import re
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eventsite.core.errors import NotFound, Refused, Unavailable
from eventsite.core.i18n import lazy_gettext as _l

Resolve = Callable[[str], Path | bytes]
SCHEMES = ("media", "asset")
APT_LINE = "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
LIBRARIES = ("gobject-2.0", "pango-1.0", "harfbuzz", "fontconfig", "pangoft2-1.0", "harfbuzz-subset")
_REFERENCE = re.compile(r"(?:media|asset):[\w./~%@+-]+")
_log = logging.getLogger(__name__)


class MissingPicture(Refused):
    """The document refers to pictures or files that are not there; `missing` lists them."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = list(missing)
        names = ", ".join(self.missing[:10]) + (" …" if len(self.missing) > 10 else "")
        super().__init__(_l("The document refers to pictures or files that are missing: %(names)s", names=names))


class RenderFailed(Unavailable):
    """The engine did not come to an end; `detail` is for the log."""

    def __init__(self, message: object, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class EngineMissing(Unavailable):
    """The system libraries of the PDF engine are not installed; the sentence says how to get them."""


@dataclass(frozen=True)
class Attached:
    """A file that travels inside the PDF, such as the programme as .ics."""

    name: str
    content: bytes
    description: str = ""
    relationship: str = "Data"


@dataclass(frozen=True)
class Described:
    """What a PDF says about itself."""

    pages: int
    is_tagged: bool
    title: str
    language: str


def engine_problem() -> str | None:
    """Why no PDF can be made here, with the command that helps, or None; does not load the engine."""
    missing = [name for name in LIBRARIES if not _loads(name)]
    if not missing:
        return None
    return str(
        _l("The PDF engine is missing (%(names)s). Please run: %(line)s", names=", ".join(missing), line=APT_LINE)
    )


def _loads(name: str) -> bool:
    endings = {"darwin": ".0.dylib", "win32": "-0.dll"}
    number = "1" if name == "fontconfig" else "0"
    candidates = [f"lib{name}{endings[sys.platform]}"] if sys.platform in endings else [f"lib{name}.so.{number}"]
    for candidate in candidates:
        with suppress(OSError):
            ctypes.CDLL(candidate)
            return True
    return False


def engine_version() -> str:
    """The engine's versions for `eventsite check`: WeasyPrint 70.0, Pango 1.50.12; empty when something is missing."""
    from importlib.metadata import version

    if engine_problem():
        return ""
    name = "libpango-1.0.0.dylib" if sys.platform == "darwin" else "libpango-1.0.so.0"
    tell = ctypes.CDLL(name).pango_version_string
    tell.restype = ctypes.c_char_p
    return f"WeasyPrint {version('weasyprint')}, Pango {tell().decode()}"


def _fetcher(resolve: Resolve, missing: list[str]) -> Any:
    """The only way of the engine to anything outside the HTML: our two schemes, nothing else, no redirects."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            scheme, colon, name = url.partition(":")
            if not colon or scheme.lower() not in SCHEMES:
                missing.append(url[:200])
                raise ValueError(f"not one of our files: {url[:200]}")
            try:
                found = resolve(f"{scheme.lower()}:{name}")
                body = found.open("rb") if isinstance(found, Path) else found
            except (NotFound, LookupError, OSError) as problem:
                missing.append(url)
                raise ValueError(f"missing: {url}") from problem
            if scheme.lower() == "media" and _looks_active(found):
                missing.append(url)
                raise ValueError(f"not a picture: {url}")
            # A file address lets the engine read pictures when it writes them instead of holding all of them in memory.
            address = found.absolute().as_uri() if isinstance(found, Path) else url
            return URLFetcherResponse(address, body, {"Content-Type": _content_type(name)})

    return Fetcher(allowed_protocols=SCHEMES, allow_redirects=False)


def _looks_active(found: Path | bytes) -> bool:
    """True for SVG and other markup, which the engine would run through itself."""
    if isinstance(found, Path):
        with found.open("rb") as file:
            head = file.read(512)
    else:
        head = found[:512]
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")


def _content_type(name: str) -> str:
    endings = {".css": "text/css", ".svg": "image/svg+xml"}
    return endings.get(Path(name).suffix.lower(), "application/octet-stream")


class _Listener(logging.Handler):
    """Collects what the engine only logs: pictures that could not be decoded are missing pictures."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._missing = missing
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if "has no required alt description" in line:
            return  # the finisher knows which of these are decoration
        self.lines.append(line)
        if found := re.match(r"Failed to load (?:image at '([^']+)'|inline SVG)", line):
            self._missing.append(found[1] or "svg")


@contextmanager
def _listening(missing: list[str]) -> Iterator[_Listener]:
    logger, listener = logging.getLogger("weasyprint"), _Listener(missing)
    logger.addHandler(listener)
    before, logger.propagate = logger.propagate, False
    try:
        yield listener
    finally:
        logger.propagate = before
        logger.removeHandler(listener)


_prepared: dict[str, tuple[Any, list[Any]]] = {}
_one_at_a_time = threading.Lock()  # shared fonts are not made for threads, and threads would not be quicker
atexit.register(_prepared.clear)  # the engine's fonts clean up after themselves, which needs a living interpreter


def _styles(stylesheets: Sequence[str], resolve: Resolve, fetcher: Any) -> tuple[Any, list[Any]]:
    """Fonts and parsed stylesheets, shared by all documents of this process that use the same ones."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    texts = [_stylesheet_text(sheet, resolve) for sheet in stylesheets]
    key = hashlib.sha256(json.dumps(texts).encode()).hexdigest()
    if key not in _prepared:
        fonts = FontConfiguration()
        sheets = [CSS(string=text, base_url="none:/", url_fetcher=fetcher, font_config=fonts) for text in texts]
        if len(_prepared) >= 8:
            _prepared.clear()
        _prepared[key] = fonts, sheets
    return _prepared[key]


def _stylesheet_text(sheet: str, resolve: Resolve) -> str:
    """A stylesheet is given as its text, or as `asset:…`."""
    if not sheet.startswith("asset:"):
        return sheet
    found = resolve(sheet)
    return (found.read_bytes() if isinstance(found, Path) else found).decode()


def _attachments(attachments: Sequence[Attached], created: datetime) -> list[Any]:
    from weasyprint import Attachment

    when = created.astimezone(UTC)
    return [
        Attachment(
            string=one.content,
            base_url="none:/",
            name=one.name,
            description=one.description or one.name,
            created=when,
            modified=when,
            relationship=one.relationship,
        )
        for one in attachments
    ]


def render(
    html: str,
    *,
    stylesheets: Sequence[str],
    resolve: Resolve,
    title: str,
    language: str,
    created: datetime,
    identifier: bytes,
    variant: str = "pdf/ua-1",
    attachments: Sequence[Attached] = (),
    author: str = "",
    description: str = "",
) -> bytes:
    """The HTML as a tagged PDF, same input same octets; MissingPicture when what it refers to is not there."""
    if problem := engine_problem():
        raise EngineMissing(problem)
    from weasyprint import HTML

    from eventsite.core import pdf_finisher

    missing: list[str] = []
    fetcher = _fetcher(resolve, missing)
    with _one_at_a_time, _listening(missing) as heard:
        fonts, sheets = _styles(stylesheets, resolve, fetcher)
        source = HTML(string=html, base_url="none:/", url_fetcher=fetcher)
        document = source.render(font_config=fonts, stylesheets=sheets, optimize_images=False)
        if missing:
            _prepared.clear()
            raise MissingPicture(sorted(set(missing)))
        stamp = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        about = document.metadata
        about.title, about.lang, about.created, about.modified = title, language, stamp, stamp
        about.generator, about.authors, about.description = "eventsite", [author] if author else [], description or None
        about.attachments = []
        pdf_finisher.describe(about, variant=variant, language=language)
        with pdf_finisher.tagging(language), warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the engine leaves its colour profile open
            content: bytes = document.write_pdf(
                finisher=pdf_finisher.finish,
                pdf_variant=variant,
                pdf_identifier=identifier,
                attachments=_attachments(attachments, created),
            )
        if missing:  # pictures inside drawings are only asked for while the file is written
            raise MissingPicture(sorted(set(missing)))
    for line in heard.lines:
        _log.warning("pdf: %s", line)
    return content


def _manifest(texts: Sequence[str], resolve: Resolve, folder: Path) -> dict[str, str]:
    """Where the files lie that the texts refer to; stylesheets among them are looked through as well."""
    found: dict[str, str] = {}
    waiting = [name for text in texts for name in _REFERENCE.findall(text)]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        with suppress(NotFound, LookupError, OSError):
            thing = resolve(name)
            if isinstance(thing, bytes):
                path = folder / f"file-{len(found)}{Path(name).suffix[:8]}"
                path.write_bytes(thing)
                thing = path
            found[name] = str(thing.absolute())
            if name.endswith(".css"):
                waiting += _REFERENCE.findall(thing.read_text())
    return found


def render_isolated(
    html: str,
    *,
    stylesheets: Sequence[str],
    resolve: Resolve,
    title: str,
    language: str,
    created: datetime,
    identifier: bytes,
    variant: str = "pdf/ua-1",
    attachments: Sequence[Attached] = (),
    author: str = "",
    description: str = "",
    timeout: float = 600,
    memory_mb: int = 2048,
) -> bytes:
    """Like `render`, in a niced process with limits of time and address space; RenderFailed says which one was reached.

    `resolve` is asked here for every `media:` and `asset:` name in the texts, so the other process needs no database.
    """
    if problem := engine_problem():
        raise EngineMissing(problem)
    with tempfile.TemporaryDirectory(prefix="eventsite-pdf-") as name:
        folder = Path(name)
        job: dict[str, Any] = {
            "html": html, "stylesheets": list(stylesheets), "files": _manifest([html, *stylesheets], resolve, folder),
            "title": title, "language": language, "created": created.isoformat(), "identifier": identifier.hex(),
            "variant": variant, "author": author, "description": description, "memory_mb": memory_mb,
            "attachments": [[one.name, one.content.hex(), one.description, one.relationship] for one in attachments],
        }  # fmt: skip
        (folder / "job.json").write_text(json.dumps(job))
        _run(folder, timeout)
        return (folder / "result.pdf").read_bytes()


def _run(folder: Path, timeout: float) -> None:
    command = [sys.executable, "-m", "eventsite.core.pdf_process", str(folder)]
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))}
    try:
        done = subprocess.run(
            command, timeout=timeout, capture_output=True, check=False, env=environment, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as slow:
        raise RenderFailed(
            _l("The PDF took longer than %(seconds)s seconds and was stopped.", seconds=round(timeout))
        ) from slow
    detail = done.stderr.decode(errors="replace")[-4000:]
    if (folder / "missing.json").exists():
        raise MissingPicture(json.loads((folder / "missing.json").read_text()))
    if done.returncode or not (folder / "result.pdf").exists():
        _log.error("pdf process ended with %s: %s", done.returncode, detail)
        if "MemoryError" in detail or done.returncode in (-9, -11, -6):
            raise RenderFailed(_l("The PDF needs more memory than it may use."), detail)
        raise RenderFailed(_l("The PDF could not be made."), detail)
    if detail:
        _log.warning("pdf: %s", detail)


def describe(content: bytes) -> Described:
    """Pages, tags, title and language of any PDF, also an uploaded one; Refused when it is none."""
    import io

    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            marks: Any = pdf.Root.get("/MarkInfo", {})
            is_tagged = bool(marks.get("/Marked", False)) and "/StructTreeRoot" in pdf.Root
            title = str(pdf.docinfo.get("/Title", "")) if pdf.trailer.get("/Info") is not None else ""
            with pdf.open_metadata(set_pikepdf_as_editor=False) as packet:
                title = str(packet.get("dc:title") or title)
            return Described(len(pdf.pages), is_tagged, title.strip(), str(pdf.Root.get("/Lang", "")))
    except pikepdf.PdfError as problem:
        raise Refused(_l("The file is not a readable PDF.")) from problem
