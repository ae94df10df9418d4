"""The list of changes of a release as sentences, in every shipped language."""

from datetime import datetime
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import _

Change = dict[str, Any]


def described(changes: list[Change]) -> list[Change]:
    """The same changes, each with a sentence per language under "text"."""
    return [{**change, "text": {code: _in(code, change) for code in i18n.languages()}} for change in changes]


def _in(code: str, change: Change) -> str:
    with i18n.use_language(code):
        return sentence(change)


def sentence(change: Change) -> str:
    """One change in the current language and zone."""
    before, after = change.get("before", {}), change.get("after", {})
    title = i18n.local(change["title"])
    match change["kind"]:
        case "added":
            return _("New: “%(title)s”, %(time)s.", title=title, time=_time(after))
        case "removed":
            return _("No longer in the programme: “%(title)s”.", title=title)
        case "cancelled":
            return _("Cancelled: “%(title)s”.", title=title)
        case "restored":
            return _("Takes place after all: “%(title)s”.", title=title)
        case "moved":
            return _(
                "New time of “%(title)s”: %(after)s, before %(before)s.", title=title, **_both(_time, before, after)
            )
        case "room":
            return _(
                "New room of “%(title)s”: %(after)s, before %(before)s.", title=title, **_both(_room, before, after)
            )
        case "renamed":
            return _("New title: “%(title)s”, before “%(before)s”.", title=title, before=i18n.local(before["title"]))
        case "people":
            return _(
                "Other people in “%(title)s”: %(after)s.", title=title, after=_names(after) or _("nobody named yet")
            )
        case "track":
            return _("New track of “%(title)s”: %(after)s.", title=title, after=_track(after))
        case "track retold":
            return _("The track “%(title)s” has another name or colour.", title=title)
        case "online":
            return _("Other online access to “%(title)s”.", title=title)
    return _("Other words in “%(title)s”.", title=title)


def _both(form: Any, before: Change, after: Change) -> dict[str, str]:
    return {"before": form(before), "after": form(after)}


def _time(values: Change) -> str:
    start, end = datetime.fromisoformat(values["starts_at"]), datetime.fromisoformat(values["ends_at"])
    return _("%(date)s, %(time)s", date=i18n.format_date(start), time=i18n.format_timespan(start, end))


def _room(values: Change) -> str:
    return i18n.local(values["room"]["name"]) if values["room"] else _("no room")


def _track(values: Change) -> str:
    return i18n.local(values["track"]["title"]) if values["track"] else _("no track")


def _names(values: Change) -> str:
    return ", ".join(person["name"] for person in values["people"])
