"""Hours beside a date: on one day from and to, on several days with the names of the days."""

from datetime import UTC, datetime

from eventsite.core import i18n


def test_hours_of_one_and_of_several_days() -> None:
    start, end = datetime(2027, 3, 12, 8, 30, tzinfo=UTC), datetime(2027, 3, 12, 15, tzinfo=UTC)
    last, night = datetime(2027, 3, 14, 11, tzinfo=UTC), datetime(2027, 3, 13, 0, 30, tzinfo=UTC)
    with i18n.use_zone("Europe/Berlin"):
        with i18n.use_language("de"):
            assert i18n.format_hours(start, end) == "09:30–16:00 Uhr"
            assert i18n.format_hours(start, last) == "Freitag, 09:30 Uhr bis Sonntag, 12:00 Uhr"
        with i18n.use_language("en"):
            assert i18n.format_hours(start, end) == "09:30–16:00"
            assert i18n.format_hours(end, night) == "Friday, 16:00 to Saturday, 01:30"
