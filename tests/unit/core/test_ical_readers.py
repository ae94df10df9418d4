"""What three foreign readers find in our octets: the same instants and words, in every zone, night and alphabet."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from eventsite.core import ical
from eventsite.core.ical import Entry, Feed
from tests.calendar_readers import agreed
from tests.unit.core.test_ical import NASTY

HOUR = timedelta(hours=1)
NINE = datetime(2026, 3, 12, 8, tzinfo=UTC)
ENTRY = Entry(uid="item-1@example.org", summary="Impuls", starts_at=NINE, ends_at=NINE + HOUR, last_modified=NINE)
ZONES = ("Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca",
         "America/New_York", "UTC")  # fmt: skip
MOMENTS = (
    datetime(1962, 7, 1, 12, tzinfo=UTC),  # before 1970
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC),  # the night in which an hour is missing in Europe
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the hour that comes twice, first time
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # and again
    datetime(2026, 11, 1, 5, 30, tzinfo=UTC),  # the same in North America
    datetime(2011, 12, 29, 12, tzinfo=UTC),  # Samoa left out a day
    datetime(2026, 12, 31, 22, 30, tzinfo=UTC),  # over midnight and the year
    datetime(2045, 6, 1, 9, tzinfo=UTC),  # after 2038
)


def test_instants_are_the_same_for_every_reader() -> None:
    wanted = [(zone, moment) for zone in ZONES for moment in MOMENTS]
    feeds = [
        ical.to_ics(Feed(), [replace(ENTRY, starts_at=moment, ends_at=moment + 3 * HOUR, timezone=zone)])
        for zone, moment in wanted
    ]
    found = [(entry.start, entry.end) for (entry,) in agreed(*feeds)]
    assert found == [(moment, moment + 3 * HOUR) for _zone, moment in wanted]


def test_words_are_the_same_for_every_reader() -> None:
    words = [*NASTY, *("ä" * n + "😀" * 40 for n in range(60, 76, 3))]
    feeds = [
        ical.to_ics(Feed(), [replace(ENTRY, summary=one, location=one, description=one, categories=(one, "b"))])
        for one in words
    ]
    expected = [one.replace("\r\n", "\n").replace("\r", "\n") for one in words]
    found = [(e.summary, e.location, e.description, e.categories) for (e,) in agreed(*feeds)]
    assert found == [(one, one, one, (one, "b")) for one in expected]


def test_days_are_the_same_for_every_reader() -> None:
    whole = replace(ENTRY, starts_at=date(2026, 3, 28), ends_at=date(2026, 3, 30))
    ((entry,),) = agreed(ical.to_ics(Feed(), [whole]))
    assert (entry.start, entry.end) == (date(2026, 3, 28), date(2026, 3, 31))
