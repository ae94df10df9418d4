"""Foreign calendars: a strict reader decides whether a text is one."""

import pytest

from eventsite.core import ical

_EVENT = "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{}\r\nEND:VEVENT\r\n"
_WHOLE = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n"


def test_whole_calendar_is_one() -> None:
    assert ical.is_calendar(_WHOLE.format(_EVENT.format("20260101T090000Z")))


@pytest.mark.parametrize(
    "text",
    ["", "hello", "BEGIN:VCALENDAR\nfoo", _EVENT.format("20260101T090000Z"), _WHOLE.format(_EVENT.format("tomorrow"))],
)
def test_anything_else_is_none(text: str) -> None:
    assert not ical.is_calendar(text)
