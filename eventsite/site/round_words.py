"""How full the workshops of a programme are, in words for everybody: what can be wished for, what is left, what is full."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import _, ngettext

Item = dict[str, Any]


def are_told(event: Any, now: datetime) -> bool:
    """Whether places were given out, so that what is left can be told; over the event nobody asks any more."""
    return event.allocation_published_at is not None and event.cancelled_at is None and now < event.ends_at


def limited(items: Iterable[Item], now: datetime) -> list[Item]:
    """The workshops whose places are counted: in a round, with a limit, held, and not begun."""
    return [
        item
        for item in items
        if item["round"] and item["capacity"] and item["status"] != "cancelled" and item["starts_at"] > now
    ]


def left(items: Iterable[Item], taken: Mapping[int, int]) -> dict[str, str]:
    """What is left in each of these workshops, by public id, in a few words."""
    return {item["uid"]: _left(item["capacity"] - taken.get(item["id"], 0)) for item in items}


def _left(free: int) -> str:
    return ngettext("1 place left", "%(num)s places left", free) if free > 0 else _("all places taken")


def state(event: Any, item: Item, now: datetime, taken: int) -> list[str]:
    """The places of one item and how one gets them, in up to two sentences; nothing where there is nothing to say."""
    if not item["capacity"] or item["status"] == "cancelled":
        return []
    places = ngettext("One place.", "%(num)s places.", item["capacity"])
    if not item["round"] or now >= item["starts_at"] or event.cancelled_at is not None:
        return [places]
    if event.allocation_published_at is None:
        return [places, _before(event, now)]
    free = item["capacity"] - taken
    if free > 0:
        return [places, ngettext("One of them is still free.", "%(num)s of them are still free.", free)]
    return [places, _("All are taken. On their personal page, participants can wait for one.")]


def _before(event: Any, now: datetime) -> str:
    closes = event.wishes_close_at or event.registration_closes_at
    if closes is not None and now >= closes:
        return _("They are given out by the wishes that came in.")
    if closes is None:
        return _("They are given out by wishes; you name yours when you register.")
    return _("They are given out by wishes, which you can name until %(date)s.", date=i18n.format_datetime(closes))
