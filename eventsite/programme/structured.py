"""What search engines and previews read (schema.org, Open Graph), made of plain values; no personal data is added."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import i18n, text
from eventsite.programme import rules

Data = dict[str, Any]
Address = Callable[[str], str]

_SCHEDULED = "https://schema.org/EventScheduled"
_CANCELLED = "https://schema.org/EventCancelled"
_RESCHEDULED = "https://schema.org/EventRescheduled"
_ATTENDANCE = {
    "onsite": "https://schema.org/OfflineEventAttendanceMode",
    "online": "https://schema.org/OnlineEventAttendanceMode",
    "hybrid": "https://schema.org/MixedEventAttendanceMode",
}


def _without_gaps(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _when(entry: Any, zone: str) -> Data:
    def local(instant: datetime) -> str:
        return instant.astimezone(ZoneInfo(zone)).isoformat()

    return {"startDate": local(entry["starts_at"]), "endDate": local(entry["ends_at"])}


def _status(is_cancelled: bool) -> str:
    return _CANCELLED if is_cancelled else _SCHEDULED


def _event_status(row: Any) -> Data:
    if row.cancelled_at is None and row.moved_from is not None:
        before = row.moved_from.astimezone(ZoneInfo(row.timezone)).isoformat()
        return {"eventStatus": _RESCHEDULED, "previousStartDate": before}
    return {"eventStatus": _status(row.cancelled_at is not None)}


def place(venue: Any) -> Data | None:
    """A venue as schema.org/Place."""
    if venue is None:
        return None
    address = _without_gaps(
        {"@type": "PostalAddress", "streetAddress": venue.address.replace("\n", ", "), "addressLocality": venue.town}
    )
    has_geo = venue.latitude is not None and venue.longitude is not None
    geo = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude} if has_geo else None
    return _without_gaps({"@type": "Place", "name": i18n.local(venue.name), "address": address, "geo": geo})


def where(row: Any, url: str) -> Any:
    """Where an event takes place: its venue, online, or both; machines are told no way in, only the event's page."""
    online = {"@type": "VirtualLocation", "url": url} if row.attendance != "onsite" else None
    venue = place(row.venue) if row.attendance != "online" else None
    found = [one for one in (venue, online) if one]
    return found[0] if len(found) == 1 else found


def event(row: Any, *, url: str, image: str | None, sub_events: Iterable[Data] = ()) -> Data:
    """An event with venue and hosts loaded as schema.org/Event."""
    organizers = [
        _without_gaps({"@type": "Organization", "name": i18n.local(host.name), "url": host.website})
        for host in row.hosts
    ]
    return _without_gaps(
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "@id": f"{url}#event",
            "name": i18n.local(row.title),
            "description": text.shorten(i18n.local(row.lead), 300),
            "url": url,
            "image": [image] if image else None,
            **_when({"starts_at": row.starts_at, "ends_at": row.ends_at}, row.timezone),
            **_event_status(row),
            "eventAttendanceMode": _ATTENDANCE.get(row.attendance),
            "location": where(row, url),
            "organizer": organizers,
            "inLanguage": row.languages,
            "subEvent": list(sub_events),
        }
    )


def _item_place(entry: Data, around: Any) -> Any:
    """The room of an item inside the venue; without a room wherever the event is."""
    venue = next(
        (one for one in (around if isinstance(around, list) else [around]) if one and one["@type"] == "Place"), None
    )
    if not entry["room"]:
        return around
    return _without_gaps({"@type": "Place", "name": i18n.local(entry["room"]["name"]), "containedInPlace": venue})


def item(entry: Data, zone: str, *, url: str, person_url: Address, event_url: str = "", around: Any = None) -> Data:
    """A released item as schema.org/Event with its performers; `around` is where the event takes place."""
    performers = [
        _without_gaps({"@type": "Person", "name": one["name"], "url": person_url(one["slug"])})
        for one in entry["people"]
        if one["role"] not in rules.SUPPORTING_ROLES
    ]
    return _without_gaps(
        {
            "@type": "Event",
            "@id": f"{url}#event",
            "name": i18n.local(entry["title"]),
            "description": text.shorten(
                text.plain(i18n.local(entry["subtitle"]) or i18n.local(entry["abstract"])), 300
            ),
            "url": url,
            **_when(entry, zone),
            "eventStatus": _status(entry["status"] == "cancelled"),
            "location": _item_place(entry, around),
            "performer": performers,
            "maximumAttendeeCapacity": entry["capacity"],
            "inLanguage": entry["language"],
            "superEvent": {"@id": f"{event_url}#event"} if event_url else None,
        }
    )


def person(speaker: Any, *, url: str, image: str | None) -> Data:
    """A profile as schema.org/Person."""
    return _without_gaps(
        {
            "@context": "https://schema.org",
            "@type": "Person",
            "@id": f"{url}#person",
            "name": speaker.name,
            "url": url,
            "image": image,
            "jobTitle": i18n.local(speaker.role),
            "worksFor": {"@type": "Organization", "name": speaker.organisation} if speaker.organisation else None,
            "description": text.shorten(text.plain(i18n.local(speaker.biography)), 300),
            "sameAs": [link["url"] for link in speaker.links or []],
        }
    )


def has_own_page(entry: Data) -> bool:
    """Whether an item is more than a break: only those are told to search engines."""
    return entry["kind"] not in rules.QUIET_KINDS


def open_graph(*, kind: str, title: str, description: str, url: str, image: str | None, site_name: str) -> Data:
    """What a link looks like where it is shared."""
    return _without_gaps(
        {
            "title": title,
            "description": text.shorten(description, 200),
            "type": kind,
            "url": url,
            "image": image,
            "site_name": site_name,
            "locale": {"de": "de_DE", "en": "en_GB"}.get(i18n.current_language(), i18n.current_language()),
        }
    )
