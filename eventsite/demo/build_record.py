"""Builds what remains of a demonstration event: pictures, downloads and the published documentation."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eventsite.core import pdf
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.demo import files, scenes
from eventsite.demo.build_event import Built
from eventsite.demo.shapes import DemoEvent, DownloadFile, Report
from eventsite.documentation import service as documentation
from eventsite.media import service as media

BUILT_AT = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)
SHEET = """
@font-face { font-family: Sheet; src: url(asset:fonts/pdf/atkinson-next-regular.ttf) }
@font-face { font-family: Sheet; font-weight: bold; src: url(asset:fonts/pdf/atkinson-next-bold.ttf) }
@page { size: A4; margin: 22mm 20mm }
body { font: 10.5pt/1.5 Sheet; color: #10222b }
h1 { font-size: 20pt; line-height: 1.15; margin: 0 0 2mm; bookmark-level: 1 }
p { margin: 0 0 1mm }
table { width: 100%; border-collapse: collapse; margin-top: 8mm; table-layout: fixed }
th { text-align: left; border-bottom: 1pt solid #0b5a6b }
th, td { padding: 2mm 3mm 2mm 0; vertical-align: top }
td { border-bottom: .4pt solid #9aa7ad }
th:first-child { width: 28mm } th:last-child { width: 30mm }
"""
STATIC = Path(__file__).parents[2] / "static"


def _fonts_only(address: str) -> Path:
    """Lets the sheet use the fonts that ship with the product, and nothing else."""
    path = STATIC / address.removeprefix("asset:")
    if not address.startswith("asset:fonts/pdf/") or ".." in address:
        raise NotFound(address)
    return path


def pictures(data: DemoEvent, built: Built) -> None:
    """Draws the pictures, makes their renditions and publishes them."""
    assert data.report is not None
    for picture in data.report.gallery:
        photo = media.take_in_photo(
            built.event_id,
            scenes.draw(picture),
            picture.filename,
            alt=picture.alt,
            caption=picture.caption,
            credit=picture.credit["de"],
            licence=picture.licence,
            consent_kind="overview",
            focus_x=picture.focus[0],
            focus_y=picture.focus[1],
        )
        media.derive(photo.id)
        media.publish_photo(photo.id)
        db.session.rollback()


def downloads(data: DemoEvent, built: Built) -> None:
    """Makes the files and offers them; a programme sheet needs the PDF engine and is left out without it."""
    assert data.report is not None
    for file in data.report.downloads:
        content = _content(file, data)
        if content is not None:
            media.add_download(
                built.event_id,
                content,
                file.filename,
                title=file.title,
                language=file.language,
                credit=file.credit["de"],
                licence=file.licence,
                access=file.access,
                item_id=built.items.get(file.item or ""),
            )


def _content(file: DownloadFile, data: DemoEvent) -> bytes | None:
    made = getattr(files, file.build)
    if file.build != "programme_sheet_html":
        return bytes(made())
    if pdf.engine_problem():
        return None
    return pdf.render_isolated(
        f'<html lang="{file.language}"><body>{made(data, file.language)}</body></html>',
        stylesheets=[SHEET],
        resolve=_fonts_only,
        title=file.title[file.language],
        language=file.language,
        created=BUILT_AT,
        identifier=data.slug.encode(),
    )


def report(data: DemoEvent, built: Built) -> None:
    """Writes the blocks of the documentation in the order of the report, and publishes it."""
    assert data.report is not None
    event_id, text = built.event_id, data.report
    documentation.open_documentation(event_id)
    documentation.change_lead(event_id, text.lead)
    _blocks(text, built)
    version = documentation.publish(event_id, actor="demonstration")
    documentation.build(version.id)


def _add(built: Built, kind: str, content: dict[str, Any], **more: Any) -> None:
    documentation.add_block(built.event_id, kind, content, **more)


def _blocks(text: Report, built: Built) -> None:
    quotes = list(text.quotes)
    for heading, body in text.sections:
        _add(built, "text", {"title": heading, "text": body})
        if quotes:
            _quote(quotes.pop(0), built)
    for quote in quotes:
        _quote(quote, built)
    _add(built, "text", {"title": {}, "text": text.note})
    _add(built, "workshops", {"title": {}, "text": text.workshops_intro})
    for item, findings in text.findings.items():
        for finding in findings:
            content = {"title": finding.title, "text": finding.text}
            _add(built, "finding", content, item_id=built.items[item])
    for message in text.core_messages:
        _add(built, "core_message", {"text": message})
    for speaker in text.also_named:
        _add(built, "person", {"title": text.also_named_heading}, speaker_id=built.speakers[speaker])
    _add(built, "downloads", {"title": {}, "text": {}})
    _add(built, "gallery", {"title": text.gallery_heading, "text": text.gallery_intro})
    contact = text.contact
    _add(
        built,
        "contact",
        {
            "title": {},
            "name": contact.name,
            "role": contact.role,
            "organisation": contact.organisation,
            "email": contact.email,
            "phone": contact.phone,
        },
    )


def _quote(quote: Any, built: Built) -> None:
    content = {
        "text": quote.text,
        "rest": quote.rest or {},
        "label": quote.label or {},
        "is_reported": quote.paraphrased,
    }
    _add(built, "quote", content, speaker_id=built.speakers.get(quote.speaker or ""))
