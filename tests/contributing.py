"""Speakers and their links for the tests: the addresses of their pages, what waits, and a picture to send."""

import re
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventsite.contributions import queries, queries_approval, rules
from eventsite.contributions.queries import Desk
from eventsite.core import ids
from eventsite.core.db import db
from eventsite.people.models import PersonalLink
from eventsite.programme import service as programme
from eventsite.programme.models import Speaker
from tests.meeting import Meeting, make_meeting


def make_staged(**values: Any) -> Meeting:
    """The meeting, in which Daniel März also leads the first workshop."""
    meeting = make_meeting(**values)
    programme.add_appearance(meeting.items["first"].id, meeting.speakers["märz"].id, "lead")
    programme.add_appearance(meeting.items["second"].id, meeting.speakers["weiland"].id, "moderator")
    return meeting


def token_of(link_id: int | None) -> str:
    """The secret of a link."""
    db.session.rollback()
    link = db.session.get_one(PersonalLink, link_id)
    return ids.link_token(link.purpose, link.public_id, link.generation)


def page_of(speaker: Speaker, step: str = "") -> str:
    """The address of a speaker's page."""
    db.session.rollback()
    return f"/s/{token_of(db.session.get_one(Speaker, speaker.id).link_id)}/{step}"


def desk_of(speaker: Speaker) -> Desk:
    """What the page shows now."""
    db.session.rollback()
    return queries.desk(db.session.get_one(Speaker, speaker.id))


def waiting(event_id: int) -> list[tuple[str, Any, str]]:
    """Field, wanted value and prints of everything that waits for the organisers."""
    db.session.rollback()
    return [
        (row.field, row.after, rules.print_of(row.after))
        for one in queries_approval.sent(event_id)
        for row in one.changes
    ]


def proposal(event_id: int, field: str) -> tuple[str, str]:
    """Public id and prints of the open proposal of a field."""
    db.session.rollback()
    rows = [row for one in queries_approval.sent(event_id) for row in one.changes if row.field == field]
    return rows[0].public_id, rules.print_of(rows[0].after)


def seen_in(page: str, section: str) -> str:
    """The hidden prints of a section of a page."""
    found = re.search(rf'name="{section}-seen"[^>]*value="([^"]*)"', page)
    assert found is not None, section
    return found[1]


def send(client: FlaskClient, address: str, section: str, **fields: Any) -> TestResponse:
    """Opens the page, types into one section and saves it."""
    seen = fields.pop("seen", None) or seen_in(client.get(address).text, section)
    typed = {f"{section}-{name}": value for name, value in fields.items()}
    return client.post(f"{address}{section}", data={f"{section}-seen": seen, **typed})


def picture(width: int = 900, height: int = 600) -> bytes:
    """A JPEG, red on the left and blue on the right."""
    from PIL import Image

    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    buffer = BytesIO()
    image.save(buffer, "JPEG")
    return buffer.getvalue()
