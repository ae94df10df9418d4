"""Languages: gettext catalogues, texts per language, dates and numbers as German and English readers expect them."""

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent.parent / "translations"
DEFAULT = "de"
_language: ContextVar[str] = ContextVar("language", default=DEFAULT)
# Letters that Unicode does not take apart, filed under the letter readers look for.
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_zone: ContextVar[str] = ContextVar("zone", default="Europe/Berlin")


@lru_cache
def languages() -> tuple[str, ...]:
    """The shipped languages, German first; a further one is added by a catalogue alone."""
    found = sorted(p.parent.parent.name for p in FOLDER.glob("*/LC_MESSAGES/messages.po"))
    return tuple(sorted(found, key=lambda code: (code != "de", code)))


def current_language() -> str:
    """The language of the page, mail or document being written."""
    return _language.get()


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Writes everything inside in one language; an unknown code means the default."""
    token = _language.set(code if code in languages() else DEFAULT)
    try:
        yield
    finally:
        _language.reset(token)


def set_language(code: str) -> None:
    """Sets the language for the rest of this request."""
    _language.set(code if code in languages() else DEFAULT)


def current_zone() -> str:
    """The time zone in which instants are shown: that of the event at hand."""
    return _zone.get()


def set_zone(name: str) -> None:
    """Shows instants in this zone for the rest of this request or job."""
    _zone.set(name)


@contextmanager
def use_zone(name: str) -> Iterator[None]:
    """Shows all instants inside in one time zone."""
    token = _zone.set(name)
    try:
        yield
    finally:
        _zone.reset(token)


@lru_cache
def _catalogue(code: str) -> NullTranslations:
    path = FOLDER / code / "LC_MESSAGES" / "messages.mo"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)


def _(message: str, **values: Any) -> str:
    """The message in the current language, with %(name)s placeholders filled."""
    text = _catalogue(current_language()).gettext(message) if message else ""
    return text % values if values else text


def ngettext(singular: str, plural: str, count: int, **values: Any) -> str:
    """The message for this count in the current language; %(num)s is the count."""
    text = _catalogue(current_language()).ngettext(singular, plural, count)
    return text % {"num": format_number(count), **values}


class LazyText:
    """A message that is looked up when it is shown, in the language of that moment."""

    def __init__(self, message: str, **values: Any) -> None:
        self.message, self.values = message, values

    def __str__(self) -> str:
        return _(self.message, **self.values)

    def __html__(self) -> str:
        from markupsafe import escape

        return str(escape(str(self)))

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __hash__(self) -> int:
        return hash((self.message, tuple(sorted(self.values.items()))))

    def __mod__(self, values: Any) -> str:
        return str(self) % values


def lazy_gettext(message: str, **values: Any) -> Any:
    """A message to be looked up later; for texts defined at import and sentences of exceptions."""
    return LazyText(message, **values)


@dataclass(frozen=True)
class LocalText:
    """A text and the language it is really in."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def local_text(value: dict[str, str] | str | None, language: str | None = None) -> LocalText:
    """The text in the wanted language, else in the first language that has one (visible fall-back)."""
    wanted = language or current_language()
    if value is None or isinstance(value, str):
        return LocalText(value or "", wanted)
    for code in (wanted, *languages(), *value):
        if value.get(code):
            return LocalText(value[code], code)
    return LocalText("", wanted)


def local(value: dict[str, str] | str | None, language: str | None = None) -> str:
    """Just the words of `local_text`."""
    return local_text(value, language).text


def _babel_dates() -> Any:
    from babel import dates

    return dates


def _locale() -> str:
    return {"en": "en_GB"}.get(current_language(), current_language())


def _in_zone(value: Any, zone: str | None) -> Any:
    return value.astimezone(ZoneInfo(zone or current_zone())) if isinstance(value, datetime) else value


def format_date(value: date | datetime, zone: str | None = None, style: str = "long") -> str:
    """A date as it is written out: 12. März 2026, 12 March 2026."""
    value = _in_zone(value, zone)
    return str(_babel_dates().format_date(value, style, locale=_locale()))


def format_day_month(value: date | datetime, zone: str | None = None) -> str:
    """A day without its year, for axes and narrow columns: 12. Nov., 12 Nov."""
    return str(_babel_dates().format_skeleton("MMMd", _in_zone(value, zone), locale=_locale()))


def format_weekday(value: date | datetime, zone: str | None = None) -> str:
    """The name of the weekday."""
    value = _in_zone(value, zone)
    return str(_babel_dates().format_date(value, "EEEE", locale=_locale()))


def format_time(value: datetime | time, zone: str | None = None) -> str:
    """A time of day on the 24-hour clock, 09:30; the word "Uhr" is `format_clock`'s."""
    value = _in_zone(value, zone)
    return f"{value.hour:02d}:{value.minute:02d}"


def format_datetime(value: datetime, zone: str | None = None) -> str:
    """Date and time in one phrase."""
    return _("%(date)s, %(time)s", date=format_date(value, zone), time=format_clock(value, zone))


def format_clock(value: datetime, zone: str | None = None) -> str:
    """A time with the word the language puts to it: 10:30 Uhr, 10:30."""
    return f"{format_time(value, zone)} Uhr" if current_language() == "de" else format_time(value, zone)


def format_timespan(start: datetime, end: datetime, zone: str | None = None) -> str:
    """From and to on one day, with an en dash: 10:30–12:00."""
    return f"{format_time(start, zone)}–{format_time(end, zone)}"


def format_hours(start: datetime, end: datetime, zone: str | None = None) -> str:
    """From when to when, beside a date or a span of dates: 10:30–12:00 Uhr, or on several days with the weekdays."""
    first, last = _in_zone(start, zone), _in_zone(end, zone)
    if first.date() == last.date():
        span = format_timespan(start, end, zone)
        return f"{span} Uhr" if current_language() == "de" else span
    begins = f"{format_weekday(first)}, {format_clock(start, zone)}"
    return _("%(begins)s to %(ends)s", begins=begins, ends=f"{format_weekday(last)}, {format_clock(end, zone)}")


def format_datespan(start: datetime, end: datetime, zone: str | None = None) -> str:
    """One day, or first to last day, as short as the language allows."""
    first, last = _in_zone(start, zone).date(), _in_zone(end, zone).date()
    if first == last:
        return format_date(first)
    return str(_babel_dates().format_interval(first, last, "yMMMMd", locale=_locale()))


def format_number(value: int | float) -> str:
    """A number with the separators of the language."""
    if isinstance(value, int) and -1000 < value < 1000:
        return str(value)
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=_locale()))


def format_size(octets: int) -> str:
    """A file size for people: 240 kB, 1,4 MB."""
    if octets < 1_000_000:
        return f"{max(1, round(octets / 1000))} kB"
    from babel.numbers import format_decimal

    return f"{format_decimal(round(octets / 1_000_000, 1), locale=_locale())} MB"


@lru_cache
def _countries(locale: str) -> tuple[tuple[str, str], ...]:
    from babel import Locale

    names = Locale.parse(locale).territories
    found = [(code, name) for code, name in names.items() if len(code) == 2 and code.isalpha()]
    return tuple(sorted(found, key=lambda one: sort_key(one[1])))


def countries() -> tuple[tuple[str, str], ...]:
    """Codes (ISO 3166-1 alpha-2) and names of the countries, sorted by name in the current language."""
    return _countries(_locale())


@lru_cache
def _language_name(code: str, locale: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        found = Locale.parse(code).get_language_name(locale)
    except (ValueError, UnknownLocaleError):
        return code
    return str(found or code)


def language_name(code: str) -> str:
    """The name of a language in the current language: Englisch; an unknown code is its own name."""
    return _language_name(code, _locale())


def sort_key(text: str) -> tuple[str, str]:
    """Sorts names as a German telephone directory reader expects (DIN 5007-1: ä as a); stable for other scripts."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    return "".join(c for c in plain if not unicodedata.combining(c)), text


def compile_catalogues() -> int:
    """Turns every messages.po into messages.mo where it is missing or older; returns how many were written."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    written = 0
    for source in FOLDER.glob("*/LC_MESSAGES/messages.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        temporary = target.with_suffix(f".{os.getpid()}.mo")  # several processes may do this at once
        with temporary.open("wb") as file:
            write_mo(file, catalogue)
        temporary.replace(target)
        written += 1
    return written


if __name__ == "__main__":
    if sys.argv[1:] != ["compile"]:
        raise SystemExit("usage: python -m eventsite.core.i18n compile")
    compile_catalogues()
