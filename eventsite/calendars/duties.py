"""What the team has to do and by when, as calendar entries made of the dates of an event."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from eventsite.core.i18n import _
from eventsite.core.ical import Alarm, Entry
from eventsite.programme.entries import Frame

LENGTH = timedelta(minutes=15)  # calendars do not show what has no length
AHEAD = timedelta(days=1)


def deadlines(event: Any) -> Iterator[tuple[str, datetime, str]]:
    """Name, instant and what is to do, of every date of an event that asks something of its team."""
    named = (
        ("opens", event.registration_opens_at, _("Registration opens")),
        ("closes", event.registration_closes_at, _("Registration closes")),
        ("wishes", event.wishes_close_at, _("Wishes close: allocate the workshops")),
        ("answers", event.answers_until, _("Answers about the new date are due")),
        ("reminder", event.reminder_at, _("Participants are asked whether they still come")),
        ("hold", event.hold_until, _("The hold on personal data ends")),
    )
    yield from ((name, instant, words) for name, instant, words in named if instant is not None)


def entries(event: Any, frame: Frame, admin_url: str) -> list[Entry]:
    """The duties of an event in the current language; they block no time and remind a day ahead."""
    return [
        Entry(
            uid=f"{event.public_id}-{name}@{frame.host}",
            summary=f"{words} ({frame.title})",
            starts_at=instant,
            ends_at=instant + LENGTH,
            last_modified=event.updated_at,
            timezone=frame.timezone,
            description=admin_url,
            url=admin_url,
            klass="PRIVATE",
            is_busy=False,
            alarms=(Alarm(AHEAD, words),),
            language=frame.language,
        )
        for name, instant, words in deadlines(event)
    ]
