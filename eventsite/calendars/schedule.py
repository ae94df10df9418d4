"""The released programme as conference apps read it: schedule.xml and schedule.json (https://c3voc.de/wiki/schedule).

Both are made of one tree. Texts stay Markdown, as other systems write them there too. What was cancelled is left out:
the formats have no word for it, and the apps tell their readers of a session that is gone.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.programme import rules

# Every guid is made of a public id in this name space: the same for ever, on whatever host the site lives.
NAMESPACE = UUID("5c0d6f0a-0c8c-5d0e-9f6e-6b7d1d2f8a41")
LONGEST_LISTED = 31  # days without a session are listed for events up to this length only
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 § 2.2
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+")

Tree = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """What the files are made of besides the items: the event, its addresses, and files by the id of their item."""

    event: Any
    base_url: str  # of the site, without a slash at the end
    version: str
    attachments: dict[int, list[Tree]]  # {"url", "title"} of each public file

    @property
    def url(self) -> str:
        """The event's address in the current language."""
        return f"{self.base_url}/{i18n.current_language()}/{self.event.slug}/"


def guid(public_id: str) -> str:
    """The guid of anything with a public id; RFC 9562 § 5.5."""
    return str(uuid5(NAMESPACE, public_id))


def acronym(slug: str) -> str:
    """An event's address with the letters both schemas allow, at least four of them."""
    return slug.replace("-", "_").ljust(4, "_")


def tree(source: Source, items: Iterable[Tree]) -> Tree:
    """The programme as both files tell it: conference, days, rooms, sessions, in the current language."""
    zone = ZoneInfo(source.event.timezone)
    shown = [item for item in items if not item["removed"] and item["status"] != "cancelled"]
    days: dict[date, list[Tree]] = {day: [] for day in _days_of(source.event, zone)}
    for item in sorted(shown, key=lambda item: (item["starts_at"], item["position"], item["uid"])):
        days.setdefault(item["starts_at"].astimezone(zone).date(), []).append(_session(item, source, zone))
    tracks = {item["track"]["uid"]: item["track"] for item in shown if item.get("track")}
    rooms = {item["room"]["uid"]: item["room"] for item in shown if item["room"]}
    return {
        "conference": _conference(source, zone, days, tracks.values()),
        "rooms": [{"name": i18n.local(room["name"]), "guid": guid(uid)} for uid, room in rooms.items()],
        "days": [_day(number, day, days[day], zone) for number, day in enumerate(sorted(days), start=1)],
    }


def _days_of(event: Any, zone: ZoneInfo) -> list[date]:
    first, last = event.starts_at.astimezone(zone).date(), event.ends_at.astimezone(zone).date()
    length = (last - first).days + 1
    return [first + timedelta(days=n) for n in range(length if length <= LONGEST_LISTED else 1)]


def _conference(source: Source, zone: ZoneInfo, days: dict[date, list[Tree]], tracks: Iterable[Tree]) -> Tree:
    event = source.event
    return {
        "title": i18n.local(event.title),
        "acronym": acronym(event.slug),
        "start": min(days).isoformat(),
        "end": max(days).isoformat(),
        "days": len(days),
        "base_url": source.base_url,
        "url": source.url,
        "zone": event.timezone,
        "colour": event.accent,
        "tracks": [{"name": i18n.local(one["title"]), "color": one["colour"]} for one in tracks],
    }


def _stamp(instant: datetime, zone: ZoneInfo) -> str:
    """Local time with its offset; in UTC where a zone of old was off by seconds, which XML Schema cannot write."""
    local = instant.astimezone(zone)
    offset = local.utcoffset() or timedelta()
    return (local if offset.total_seconds() % 60 == 0 else instant.astimezone(UTC)).isoformat(timespec="seconds")


def _duration(item: Tree) -> str:
    minutes = int((item["ends_at"] - item["starts_at"]).total_seconds() // 60)
    return f"{min(minutes // 60, 99):02d}:{minutes % 60:02d}"


def _day(number: int, day: date, sessions: list[Tree], zone: ZoneInfo) -> Tree:
    midnight = datetime.combine(day, datetime.min.time(), zone)
    following = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone)
    starts = [session["starts_at"] for session in sessions] or [midnight]
    ends = [session["ends_at"] for session in sessions] or [following]
    rooms: dict[str, list[Tree]] = {}
    for session in sessions:
        rooms.setdefault(session["room"], []).append(session)
    times = {"start": _stamp(min(starts), zone), "end": _stamp(max(ends), zone)}
    return {"index": number, "date": day.isoformat(), **times, "rooms": rooms}


def _session(item: Tree, source: Source, zone: ZoneInfo) -> Tree:
    slug = f"{item['id']}-{item['slug']}"
    number = f"{item['number']}: " if item["number"] else ""
    notes = [i18n.local(item[name]) for name in ("leading_questions", "target_group", "prerequisites", "bring")
             if item.get(name)]  # fmt: skip
    room = item["room"]
    return {
        "id": item["id"],
        "guid": guid(item["uid"]),
        "starts_at": item["starts_at"],
        "ends_at": item["ends_at"],
        "date": _stamp(item["starts_at"], zone),
        "end": _stamp(item["ends_at"], zone),
        "start": f"{item['starts_at'].astimezone(zone):%H:%M}",
        "duration": _duration(item),
        "room": i18n.local(room["name"]) if room else _("No room"),
        "room_guid": guid(room["uid"]) if room else "",
        "slug": f"{acronym(source.event.slug)}-{slug}",
        "url": f"{source.url}programme/{item['slug']}",
        "title": number + i18n.local(item["title"]),
        "subtitle": i18n.local(item["subtitle"]),
        "track": i18n.local(item["track"]["title"]) if item.get("track") else "",
        "type": item["kind"],
        "kind": str(rules.KINDS.get(item["kind"], item["kind"])),
        "language": item["language"],
        "abstract": i18n.local(item["abstract"]),
        "description": "\n\n".join(notes),
        "persons": [_person(person, source) for person in item["people"]],
        "attachments": source.attachments.get(item["id"], []),
    }


def _person(person: Tree, source: Source) -> Tree:
    return {"name": person["name"], "guid": guid(person["uid"]), "url": f"{source.url}speakers/{person['slug']}"}


def to_json(found: Tree, source: Source) -> bytes:
    """schedule.json, valid against https://c3voc.de/schedule/schema.json; the same tree gives the same octets."""
    head = found["conference"]
    conference = {
        "acronym": head["acronym"],
        "title": head["title"],
        "start": head["start"],
        "end": head["end"],
        "daysCount": head["days"],
        "timeslot_duration": "00:05",
        **({"time_zone_name": head["zone"]} if _ZONE.match(head["zone"]) or head["zone"] == "UTC" else {}),
        "colors": {"primary": head["colour"]},
        "url": head["url"],
        "tracks": head["tracks"],
        "rooms": found["rooms"],
        "days": [_json_day(day) for day in found["days"]],
    }
    schedule = {"version": source.version, "base_url": f"{source.base_url}/", "conference": conference}
    whole = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "eventsite"},
        "schedule": schedule,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _json_day(day: Tree) -> Tree:
    rooms = {name: [_json_session(session) for session in inside] for name, inside in day["rooms"].items()}
    times = {"day_start": day["start"], "day_end": day["end"]}
    return {"index": day["index"], "date": day["date"], **times, "rooms": rooms}


def _json_session(session: Tree) -> Tree:
    names = ("guid", "id", "date", "start", "end", "duration", "room", "slug", "url", "title", "subtitle", "track",
             "type", "language", "abstract", "description", "persons")  # fmt: skip
    files = [{"type": "related", **one} for one in session["attachments"]]
    return {**{name: session[name] for name in names}, "links": [], "attachments": files}


def to_xml(found: Tree, source: Source) -> bytes:
    """schedule.xml, valid against the schema of https://c3voc.de/wiki/schedule; the same tree gives the same octets."""
    root = ElementTree.Element("schedule")
    ElementTree.SubElement(root, "generator", name="eventsite", system=source.base_url)
    _put(root, "url", f"{source.url}schedule.xml")
    _put(root, "version", source.version)
    _xml_conference(ElementTree.SubElement(root, "conference"), found["conference"])
    guids = {room["name"]: room["guid"] for room in found["rooms"]}
    for day in found["days"]:
        values = {name: day[name] for name in ("date", "start", "end")}
        element = ElementTree.SubElement(root, "day", index=str(day["index"]), **values)
        for name, inside in day["rooms"].items():
            known = {"guid": guids[name]} if name in guids else {}
            room = ElementTree.SubElement(element, "room", name=_clean(name), **known)
            for session in inside:
                _xml_session(room, session)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="utf-8") + b"\n"


def _clean(value: str) -> str:
    return FORBIDDEN.sub("", value)


def _put(parent: ElementTree.Element, name: str, value: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = _clean(value)


def _xml_conference(element: ElementTree.Element, head: Tree) -> None:
    _put(element, "title", head["title"])
    _put(element, "acronym", head["acronym"])
    for name in ("start", "end"):
        _put(element, name, head[name])
    _put(element, "days", str(head["days"]))
    _put(element, "timeslot_duration", "00:05")
    for name in ("base_url", "url"):
        _put(element, name, head[name])
    _put(element, "time_zone_name", head["zone"])
    ElementTree.SubElement(element, "color", primary=head["colour"])
    for track in head["tracks"]:
        ElementTree.SubElement(element, "track", name=_clean(track["name"]), color=track["color"])


def _xml_session(room: ElementTree.Element, session: Tree) -> None:
    element = ElementTree.SubElement(room, "event", id=str(session["id"]), guid=session["guid"])
    for name in ("room", "title", "subtitle"):
        _put(element, name, session[name])
    _put(element, "type", session["kind"])
    for name in ("date", "start", "duration", "abstract", "slug", "track"):
        _put(element, name, session[name])
    persons = ElementTree.SubElement(element, "persons")
    for person in session["persons"]:
        _put(persons, "person", person["name"], guid=person["guid"])
    for name in ("language", "description"):
        _put(element, name, session[name])
    if session["attachments"]:
        files = ElementTree.SubElement(element, "attachments")
        for one in session["attachments"]:
            _put(files, "attachment", one["title"], href=one["url"])
    _put(element, "url", session["url"])
