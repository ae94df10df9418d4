"""The own programme of somebody who is registered: what is for all, the own workshops, waiting lists, rooms, online links."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for

from eventsite.allocation import queries_wishes, reasons
from eventsite.allocation.models import Allocation
from eventsite.core import clock, i18n
from eventsite.core.i18n import _
from eventsite.events import queries as events
from eventsite.events.models import Event
from eventsite.programme import queries as programmes
from eventsite.programme import rules as programme_rules
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status
from eventsite.site import personal_questions, round_choices


def entries(event: Event, full: Registration) -> list[dict[str, Any]]:
    """What stands in the day of a registered person, in order of time: everything for all, the own workshop of each round."""
    released = programmes.released(event.id)
    if released is None:
        return []
    places = queries_wishes.allocations(full.id) if event.allocation_published_at else {}
    titles = {item["uid"]: i18n.local(item["title"]) for item in released.everything}
    mine: list[dict[str, Any]] = []
    for day in released.days(event.timezone):
        for entry in day["entries"]:
            one = _round_entry(entry, places, titles) if "items" in entry else _item_entry(entry)
            mine.append({**one, "day": day["date"]})
    mine.sort(key=lambda one: (one["starts_at"], one["ends_at"]))  # an own workshop may have other times than its round
    return _with_rooms(event, full, _with_changes(event, full, mine))


def days(event: Event, full: Registration) -> list[tuple[date, list[dict[str, Any]]]]:
    """The same by local day."""
    zone = ZoneInfo(event.timezone)
    return [
        (day, list(found))
        for day, found in groupby(entries(event, full), key=lambda one: one["starts_at"].astimezone(zone).date())
    ]


def _with_rooms(event: Event, full: Registration, mine: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What one needs to get in: whether the room has steps, and the online link once its time has come."""
    steps = {room.public_id: not room.is_step_free for room in events.rooms(event)}
    now, has_place = clock.now(), full.status == Status.CONFIRMED
    for entry in mine:
        item = entry["item"]
        room = item["room"] if item else None
        entry["steps"] = "" if not room or room["uid"] not in steps else _steps(has_steps=steps[room["uid"]])
        entry["online_url"], entry["online_from"] = "", None
        if not item or not has_place or item["status"] == "cancelled" or now >= event.ends_at:
            continue
        if item["online_url"].startswith(("https://", "http://")):
            begin = programme_rules.online_from(item["starts_at"], item["online_from"])
            entry["online_url"], entry["online_from"] = (item["online_url"], None) if now >= begin else ("", begin)
    return mine


def _steps(*, has_steps: bool) -> str:
    return _("not step-free") if has_steps else _("step-free")


def _with_changes(event: Event, full: Registration, mine: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What can be changed in each round: after publication its page and the waiting lists, before it the wishes."""
    is_told = event.allocation_published_at is not None
    lines = round_choices.own_lines(full) if is_told else {}
    absent = () if is_told else queries_wishes.absences_of([full.id]).get(full.id, ())
    for entry in mine:
        one = entry["round"]
        if one is None:
            continue
        if one["id"] in absent:
            entry["note"] = _("You do not take part in this round.")
        waits = [(item, *lines[item["id"]]) for item in one["items"] if item["id"] in lines]
        entry["waiting"] = waits
        entry["ask_url"] = personal_questions.ask_url(event, entry["item"]) if is_told else None
        if round_choices.may_change(event, full, one["starts_at"]):
            entry["change_url"] = url_for("personal_workshops.show", one=one["uid"])
            if entry["item"] is None and not entry["reason"]:
                entry["note"] = _("You have no workshop in this round yet. You can choose a free place.")
    return mine


def _item_entry(item: dict[str, Any]) -> dict[str, Any]:
    note = _cancelled(_("Cancelled."), item) if item["status"] == "cancelled" else None
    return {
        "item": item,
        "round": None,
        "starts_at": item["starts_at"],
        "ends_at": item["ends_at"],
        "note": note,
        "reason": "",
        "waiting": [],
        "change_url": None,
        "ask_url": None,
    }


def _round_entry(one: dict[str, Any], places: Mapping[int, Allocation], titles: Mapping[str, str]) -> dict[str, Any]:
    place = places.get(one["id"])
    item = next((i for i in one["items"] if place is not None and i["id"] == place.item_id), None)
    times = {"starts_at": (item or one)["starts_at"], "ends_at": (item or one)["ends_at"]}
    reason = reasons.sentence(place.reason, titles) if place is not None else ""
    return {
        "item": item,
        "round": one,
        "note": _note(place, item),
        "reason": reason,
        "waiting": [],
        "change_url": None,
        "ask_url": None,
        **times,
    }


def _note(place: Allocation | None, item: dict[str, Any] | None) -> str | None:
    if place is None:
        return _("You will learn which workshop is yours once the places have been allocated.")
    if item is None and place.reason and place.reason.get("kind") == "given_back":
        return None
    if item is None:
        return _("There was no place for you in this round. The organisers are glad to help on the day.")
    if item["status"] == "cancelled":
        return _cancelled(_("This workshop is cancelled. The organisers get in touch."), item)
    return _("Your wish number %(rank)s.", rank=place.rank) if place.rank else None


def _cancelled(told: str, item: dict[str, Any]) -> str:
    why = i18n.local(item["reason"])
    return f"{told} {why}" if why else told
