"""The phase of an event follows from its dates and its one switch; it never changes between two `next_change`s."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.events import rules
from eventsite.events.rules import Phase

DAY = datetime(2027, 3, 11, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Dates:
    """An ordinary event: announced, open, closed, held."""

    published_at: datetime | None = DAY - timedelta(days=90)
    cancelled_at: datetime | None = None
    starts_at: datetime = DAY
    ends_at: datetime = DAY + timedelta(hours=8)
    registration_opens_at: datetime | None = DAY - timedelta(days=60)
    registration_closes_at: datetime | None = DAY - timedelta(days=14)
    registration_closed_at: datetime | None = None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-91, Phase.DRAFT),
        (-90, Phase.ANNOUNCED),
        (-60, Phase.OPEN),
        (-14, Phase.CLOSED),
        (0, Phase.RUNNING),
        (1, Phase.OVER),
    ],
)
def test_phase_of_an_ordinary_event(days: int, expected: Phase) -> None:
    assert rules.phase(Dates(), DAY + timedelta(days=days)) is expected


def test_phase_of_a_cancelled_event_is_cancelled_for_ever() -> None:
    cancelled = replace(Dates(), cancelled_at=DAY - timedelta(days=5))
    assert {rules.phase(cancelled, DAY + timedelta(days=d)) for d in (-80, 0, 400)} == {Phase.CANCELLED}


def test_phase_without_registration_stays_announced() -> None:
    plain = replace(Dates(), registration_opens_at=None, registration_closes_at=None)
    assert rules.phase(plain, DAY - timedelta(days=1)) is Phase.ANNOUNCED


@given(st.integers(-200 * 24, 100 * 24), st.floats(0, 0.99))
def test_phase_is_constant_until_the_next_change(hours: int, part: float) -> None:
    now = DAY + timedelta(hours=hours)
    change = rules.next_change(Dates(), now)
    end = change or now + timedelta(days=1000)
    assert rules.phase(Dates(), now + (end - now) * part) is rules.phase(Dates(), now)


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("kassel", True),
        ("kassel-2027", True),
        ("a", True),
        ("admin", False),
        ("r", False),
        ("Kassel", False),
        ("-kassel", False),
        ("kassel-", False),
        ("", False),
        ("käse", False),
        ("a" * 61, False),
        ("a\n", False),
        ("../x", False),
    ],
)
def test_slug(slug: str, expected: bool) -> None:
    assert rules.is_slug(slug) is expected


def test_phases_follow_each_other_with_their_dates() -> None:
    plain, opens, closes = Dates(), DAY - timedelta(days=60), DAY - timedelta(days=14)
    found = [(one.phase, one.begins_at, one.ends_at) for one in rules.stretches(plain)]
    assert found == [
        (Phase.ANNOUNCED, None, opens),
        (Phase.OPEN, opens, closes),
        (Phase.CLOSED, closes, DAY),
        (Phase.RUNNING, DAY, DAY + timedelta(hours=8)),
        (Phase.OVER, DAY + timedelta(hours=8), None),
    ]
    bare = replace(plain, registration_opens_at=None, registration_closes_at=None)
    assert [one.phase for one in rules.stretches(bare)] == [Phase.ANNOUNCED, Phase.RUNNING, Phase.OVER]
    assert [one.phase for one in rules.stretches(replace(plain, cancelled_at=DAY))] == [Phase.CANCELLED]


@given(st.lists(st.none() | st.integers(-90 * 24, -1), min_size=2, max_size=2), st.booleans())
def test_moment_in_a_phase_shows_that_phase(hours: list[int | None], is_closed: bool) -> None:
    opens, closes = (DAY + timedelta(hours=hour) if hour is not None else None for hour in hours)
    dates = replace(
        Dates(), registration_opens_at=opens, registration_closes_at=closes, registration_closed_at=opens and DAY
    )
    for one in rules.stretches(dates if is_closed else replace(dates, registration_closed_at=None)):
        moment = rules.moment_in(dates if is_closed else replace(dates, registration_closed_at=None), one.phase)
        assert moment is not None
        shown = rules.public_phase(dates if is_closed else replace(dates, registration_closed_at=None), moment)
        assert shown is one.phase
    assert rules.moment_in(dates, Phase.DRAFT) is None


def test_address_made_from_title_and_year() -> None:
    assert rules.slug_of("Größe & Maß", 2027, set()) == "groesse-mass-2027"
    assert rules.slug_of("Fachtag 2027", 2027, {"fachtag-2027"}) == "fachtag-2027-2"
    assert rules.slug_of("集会", 2027, set()).startswith("event-")
    assert rules.free_slug("archive", set()) == "archive-2"
