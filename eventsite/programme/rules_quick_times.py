"""Times and days as people type them: 10:30, 10.30–11 Uhr, 9–10 am, Donnerstag, 11. März, Day 2."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

_DASH = r"(?:[-–—−‒]|bis|to|until|till)"
_CLOCK = r"(\d{{1,2}})(?:[:.](\d{{2}})(?::\d{{2}})?|h(\d{{2}})?)?(?P<half{n}>{half})?(?P<word{n}>\s?(?:Uhr|h)\b)?"
# In German "am" is a preposition: 10:00 am Fluss.
_HALVES = {"de": r"\s?[ap]\.\s?m\b\.?|am\b|\s?pm\b", "": r"\s?[ap]\.?\s?m\b\.?"}


def _range(half: str) -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:von|from|ab|um|at|ca\.|circa)\s+)?"
        + _CLOCK.format(n=1, half=half)
        + rf"(?:\s*{_DASH}\s*"
        + _CLOCK.format(n=2, half=half)
        + r")?(?!\d|:\d|\.\d)(?=$|[\s,;:|–—-])[\s,:|–—-]*",
        re.IGNORECASE,
    )


_RANGES = {language: _range(half) for language, half in _HALVES.items()}
_MONTHS = (
    ("januar", "january", "jan", "jänner"), ("februar", "february", "feb"), ("märz", "march", "mar", "mär", "maerz"),
    ("april", "apr"), ("mai", "may"), ("juni", "june", "jun"), ("juli", "july", "jul"), ("august", "aug"),
    ("september", "sep", "sept"), ("oktober", "october", "okt", "oct"), ("november", "nov"),
    ("dezember", "december", "dez", "dec"),
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_WEEKDAYS = (
    ("montag", "monday", "mo", "mon"), ("dienstag", "tuesday", "di", "tue"), ("mittwoch", "wednesday", "mi", "wed"),
    ("donnerstag", "thursday", "do", "thu"), ("freitag", "friday", "fr", "fri"),
    ("samstag", "saturday", "sa", "sat", "sonnabend"), ("sonntag", "sunday", "so", "sun"),
)  # fmt: skip
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_NTH = {
    "erster": 1, "erste": 1, "first": 1, "zweiter": 2, "zweite": 2, "second": 2, "dritter": 3, "dritte": 3, "third": 3,
}  # fmt: skip
_names = "|".join(sorted(_MONTH, key=len, reverse=True))
_days = "|".join(sorted(_WEEKDAY, key=len, reverse=True))
_DATE = re.compile(
    rf"(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|(?P<d1>\d{{1,2}})\.\s?(?P<m1>\d{{1,2}})\.(?:\s?(?P<y1>\d{{4}}|\d{{2}})(?!\d|:))?"
    rf"|(?P<d2>\d{{1,2}})(?:\.|st|nd|rd|th)?\s(?P<m2>{_names})\b\.?(?:,?\s(?P<y2>\d{{4}})\b)?"
    rf"|(?P<m3>{_names})\b\.?\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y3>\d{{4}})\b)?)",
    re.IGNORECASE,
)
_WEEKDAY_WORD = re.compile(rf"(?P<weekday>{_days})\b\.?", re.IGNORECASE)
_DAY_NUMBER = re.compile(
    rf"(?:(?:tag|day)\s?(?P<n1>\d{{1,2}})|(?P<n2>\d{{1,2}})\.\s?tag|(?P<n3>{'|'.join(_NTH)})\s(?:tag|day))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clock:
    """A time of day that was read: start, end (None where only a start stood), and whether it exists at all."""

    starts: time | None
    ends: time | None
    is_wrong: bool = False


def clock(text: str, language: str = "") -> tuple[Clock, str] | None:
    """The times at the beginning of a text, with what follows; None where it does not begin with any.

    A bare number is a time only where "Uhr", am or pm, or minutes beside it say so.
    """
    found = _RANGES.get(language, _RANGES[""]).match(text)
    if found is None:
        return None
    first = (found[1], found[2] or found[3], found["half1"])
    second = (found[6], found[7] or found[8], found["half2"]) if found[6] else None
    marked = [found[2], found[3], found["half1"], found["word1"], found[7], found[8], found["half2"], found["word2"]]
    if not any(marked):
        return None
    if second is not None and second[2] and not first[2] and int(first[0]) <= 12:
        first = _same_half(first, second)
    starts = _time(*first)
    ends = _time(*second) if second else None
    is_wrong = starts is None or starts == _END_OF_DAY or (second is not None and ends is None)
    return Clock(_of(starts), _of(ends), is_wrong), text[found.end() :]


_END_OF_DAY = 24 * 60


def _same_half(first: tuple[str, str, str], second: tuple[str, str, str]) -> tuple[str, str, str]:
    """9–10:30 pm begins in the evening, 11–1 pm before noon."""
    here, there = _time(first[0], first[1], second[2]), _time(*second)
    return (first[0], first[1], second[2]) if here is not None and there is not None and here < there else first


def _time(hour: str, minute: str | None, half: str | None) -> int | None:
    """Minutes since midnight; None for a time that no clock shows."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if "p" in half.lower() else 0)
    found = hours * 60 + minutes
    return found if minutes <= 59 and found <= _END_OF_DAY else None


def _of(minutes: int | None) -> time | None:
    return None if minutes is None else time(minutes // 60 % 24, minutes % 60)


def day(text: str, first: date, last: date) -> tuple[date | None, str] | None:
    """The day at the beginning of a text, with what follows; None where there is none, (None, …) for one that is not.

    Where no year stands, it is the event's; "Tag 2" and "Donnerstag" are counted within the event.
    """
    text = text.lstrip("#* \t").strip()
    numbered = _DAY_NUMBER.match(text)
    rest = text[numbered.end() :].lstrip(" ,:–—-(") if numbered else text
    weekday = _WEEKDAY_WORD.match(rest)
    after = rest[weekday.end() :].lstrip(" ,:–—-(") if weekday else rest
    dated = _DATE.match(after)
    if dated is not None:
        return _date(dated, first, last), _behind(after[dated.end() :])
    if weekday is not None and (not after or numbered or rest[weekday.end()] in ",:" or _starts_with_clock(after)):
        wanted = _WEEKDAY[weekday["weekday"].lower()]
        of_event = [one for one in _span(first, last) if one.weekday() == wanted]
        return (of_event[0] if of_event else None), _behind(after)
    if numbered is None:
        return None
    number = int(numbered["n1"] or numbered["n2"] or _NTH[numbered["n3"].lower()])
    chosen = first + timedelta(days=number - 1) if 1 <= number <= 366 else None
    return chosen, _behind(rest)


def _starts_with_clock(text: str) -> bool:
    return clock(text) is not None


def _behind(text: str) -> str:
    return text.lstrip(" \t,:)–—*-").strip()


def _span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range(min((last - first).days, 30) + 1)]


def _date(found: re.Match[str], first: date, last: date) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        number = int(found["d1"] or found["d2"] or found["d3"])
        named = found["m2"] or found["m3"]
        month = _MONTH[named.lower()] if named else int(found["m1"])
        year = found["y1"] or found["y2"] or found["y3"]
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, number)
        candidates = [date(each, month, number) for each in range(first.year, last.year + 1)]
        return next((one for one in candidates if first <= one <= last), candidates[0])
    except ValueError:
        return None
