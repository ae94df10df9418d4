"""A documented meeting for the tests: pictures, files and blocks, built through the services."""

import io
from typing import Any

from PIL import Image

from eventsite.documentation import service as documentations
from eventsite.media import service as media
from eventsite.media.models import Download, Photo
from tests.meeting import Meeting, make_meeting, words

CREDITED = {"alt": words("Ein Saal"), "credit": "Foto Muster", "licence": "CC0-1.0", "consent_kind": "overview"}
PDF = b"%PDF-1.7\n%%EOF\n"


def jpeg(colour: str = "teal", size: tuple[int, int] = (90, 60)) -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


def add_photo(event_id: int, colour: str = "teal", *, publish: bool = True, **values: Any) -> Photo:
    """A described picture with its renditions, public unless told otherwise."""
    photo = media.take_in_photo(event_id, jpeg(colour), f"{colour}.jpg", **{**CREDITED, **values})
    media.derive(photo.id)
    return media.publish_photo(photo.id) if publish else photo


def add_file(event_id: int, name: str = "vortrag.pdf", **values: Any) -> Download:
    """A small PDF for download."""
    return media.add_download(event_id, PDF, name, **{"title": words("Vortrag"), **values})


def make_documented(**values: Any) -> Meeting:
    """The meeting with a report text, a quote, a finding, a core message, one picture and one file; not yet published."""
    meeting = make_meeting(**values)
    event, add = meeting.event, documentations.add_block
    add_photo(event.id)
    add_file(event.id)
    add(event.id, "text", {"title": words("Der Tag", "The day"), "text": words("Ein *Bericht*.", "A *report*.")})
    add(
        event.id,
        "quote",
        {"text": words("Vertrauen trägt."), "is_reported": True},
        speaker_id=meeting.speakers["märz"].id,
    )
    add(
        event.id,
        "finding",
        {"title": words("Verbindlich"), "text": words("Wer was tut.")},
        item_id=meeting.items["first"].id,
    )
    add(event.id, "core_message", {"text": words("Zuerst die Strukturen.", "Structures first.")})
    return meeting
