"""What comes along when an event is copied, table by table and column by column, and how its dates move; pure.

`COPIED` is held against the schema and against privacy's inventory by tests: a new table or a new date cannot be forgotten.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import rules

# What can be ticked, in the order of the page: key → label.
PARTS: dict[str, Any] = {
    "texts": _l("Texts about the event"),
    "pages": _l("Free pages"),
    "venue": _l("Venue and rooms"),
    "hosts": _l("Hosts"),
    "programme": _l("Programme as a draft: tracks, rounds and items"),
    "people": _l("People of the programme, with their roles"),
    "questions": _l("Questions of the registration form"),
    "consents": _l("Consents that are asked for"),
    "surveys": _l("Follow-up forms and the call for workshops, as drafts"),
    "contingents": _l("Contingents, with new codes"),
    "mails": _l("Texts of the mails"),
    "conditions": _l("Rules of the allocation"),
    "team": _l("Team"),
}
NEEDS = {"people": "programme"}
TEXTS = ("subtitle", "lead", "text", "facts", "topics")
# Dates of the event itself, which can be edited before it is copied: field → label.
DATES: dict[str, Any] = {
    "starts_at": _l("Start"),
    "ends_at": _l("End"),
    "registration_opens_at": _l("Registration opens"),
    "registration_closes_at": _l("Registration closes"),
    "wishes_close_at": _l("Wishes can be changed until"),
    "reminder_at": _l("Question whether people still come"),
}


@dataclass(frozen=True)
class Copied:
    """How the rows of one table are copied; columns that are not named here are copied as they are."""

    part: str  # of PARTS; "" always comes along
    owner: str = "event_id"  # the column that leads to the event, or to another copied table
    times: tuple[str, ...] = ()  # move as the start moves, by the clock on the wall
    deadlines: tuple[str, ...] = ()  # move by whole days
    now: tuple[str, ...] = ()
    new: tuple[str, ...] = ("id", "public_id")
    emptied: Mapping[str, Any] = field(default_factory=dict)
    leads: Mapping[str, str] = field(default_factory=dict)  # column → copied table whose new row it leads to
    kept: tuple[str, ...] = ()  # columns that lead to what several events share
    actor: str = ""  # the column that names who did it


# In the order of copying: what others lead to comes first.
COPIED: dict[str, Copied] = {
    "event": Copied(
        "",
        owner="id",
        times=("starts_at", "ends_at"),
        deadlines=("registration_opens_at", "registration_closes_at", "wishes_close_at", "reminder_at"),
        now=("created_at", "updated_at", "entry_changed_at"),
        new=("id", "public_id", "slug", "preview_link_id"),
        emptied={
            **dict.fromkeys(
                ("published_at", "archived_at", "cancelled_at", "registration_closed_at", "allocation_published_at"),
            ),
            **dict.fromkeys(("wishes_seen_at", "hold_until", "moved_from", "answers_until")),
            "registration_closed_reason": {},
            "notice": {},
            "hold_reason": "",
            "sequence": 0,
            "seed": 0,
        },
        kept=("venue_id", "series_id"),
    ),
    "event_host": Copied("hosts", new=(), kept=("host_id",)),
    "info_page": Copied("pages", now=("updated_at",)),
    "track": Copied("programme"),
    "round": Copied("programme", times=("starts_at", "ends_at")),
    "programme_item": Copied(
        "programme",
        times=("starts_at", "ends_at", "online_from"),
        now=("created_at", "updated_at"),
        emptied={"cancelled_at": None, "online_url": ""},  # a link of the former event would lead to strangers
        leads={"round_id": "round", "track_id": "track"},
        kept=("room_id",),
    ),
    "appearance": Copied("people", owner="item_id", leads={"item_id": "programme_item"}, kept=("speaker_id",)),
    "contribution_plan": Copied("programme", deadlines=("due_at",), now=("updated_at",), new=()),
    "survey": Copied(
        "surveys",
        deadlines=("opens_at", "closes_at"),
        now=("created_at",),
        emptied={"sent_at": None, "reminded_at": None},
    ),
    "call": Copied(
        "surveys",
        now=("created_at",),
        new=("id",),
        emptied={"opens_at": None, "closes_at": None},  # a draft that nobody sees before it gets its times
        leads={"survey_id": "survey"},
    ),
    # Those of the form come with "questions", those of follow-up forms with "surveys".
    "question": Copied("", emptied={"retired_at": None}, leads={"survey_id": "survey"}),
    "question_version": Copied(
        "",
        owner="question_id",
        deadlines=("answer_until",),
        now=("created_at",),
        emptied={"number": 1},
        leads={"question_id": "question"},
    ),
    "consent_text": Copied("consents", now=("created_at",), emptied={"number": 1, "retired_at": None}),
    "contingent": Copied(
        "contingents",
        deadlines=("until",),
        now=("created_at",),
        new=("id", "public_id", "code", "code_key"),
        emptied={"taken": 0, "released_at": None},
    ),
    "mail_text": Copied("mails", now=("created_at",), emptied={"version": 1}, actor="actor"),
    "allocation_rule": Copied("conditions", now=("created_at",), actor="created_by"),
    "membership": Copied("team", kept=("account_id",)),
}


def wanted_parts(ticked: Collection[str]) -> frozenset[str]:
    """The parts that come along: those ticked, without those that need another one."""
    chosen = set(ticked) & PARTS.keys()
    return frozenset(part for part in chosen if NEEDS.get(part, part) in chosen)


@dataclass(frozen=True)
class Shift:
    """How far dates move: from one start to another, in the zone of the event."""

    before: datetime
    after: datetime
    zone: str

    @property
    def days(self) -> int:
        """Whole days between the two starts, as a calendar counts them."""
        there = ZoneInfo(self.zone)
        return (self.after.astimezone(there).date() - self.before.astimezone(there).date()).days

    def time(self, instant: datetime) -> datetime:
        """A time of the programme: the clock on the wall moves as that of the start."""
        return rules.shifted(instant, self.before, self.after, self.zone)

    def span(self, starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
        """Start and end; where clocks are changed in between, an end never comes before its start."""
        start, end = self.time(starts_at), self.time(ends_at)
        length = ends_at.astimezone(UTC) - starts_at.astimezone(UTC)
        return start, end if end > start or not length else start + length

    def deadline(self, instant: datetime) -> datetime:
        """A deadline: as many days later, at the same time of day."""
        wall = instant.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None) + timedelta(days=self.days)
        return wall.replace(tzinfo=ZoneInfo(self.zone), fold=0).astimezone(UTC)

    def day(self, text: str) -> str:
        """A day written as 2027-03-11, moved along; whatever else it is stays."""
        try:
            return (date.fromisoformat(text) + timedelta(days=self.days)).isoformat()
        except (ValueError, OverflowError):
            return text

    def is_skipped(self, instant: datetime, moved: datetime, *, is_deadline: bool = False) -> bool:
        """Whether the time of day could not be kept, since the clocks are put forward at that moment."""
        there = ZoneInfo(self.zone)

        def wall(one: datetime) -> datetime:
            return one.astimezone(there).replace(tzinfo=None, fold=0)

        by = timedelta(days=self.days) if is_deadline else wall(self.after) - wall(self.before)
        return wall(moved) != wall(instant) + by


def next_day(day: date, today: date, *, same_weekday: bool) -> date:
    """The day in the first following year that is still to come: the same date, or the same weekday nearest to it."""
    year = max(day.year, today.year - 1)
    while True:
        year += 1
        found = _in_year(day, year)
        if same_weekday:
            found += timedelta(days=(day.weekday() - found.weekday() + 3) % 7 - 3)
        if found > today:
            return found


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year) if (day.month, day.day) != (2, 29) else date(year, 2, 28)


def start_on(starts_at: datetime, day: date, zone: str) -> datetime:
    """The start on another day at the same time of day."""
    there = ZoneInfo(zone)
    at: time = starts_at.astimezone(there).time()
    return datetime.combine(day, at, there).astimezone(UTC)


def with_year(text: str, before: int, after: int) -> str:
    """A title or address with its year put forward; one that names no year stays."""
    return re.sub(rf"(?<!\d){before}(?!\d)", str(after), text)


def slug_for(slug: str, before: int, after: int, taken: Collection[str]) -> str:
    """An address for the copy that nothing else has or had."""
    wanted = with_year(slug, before, after)
    if wanted == slug:
        wanted = f"{slug[:54].rstrip('-')}-{after}"
    return rules.free_slug(wanted, taken)
