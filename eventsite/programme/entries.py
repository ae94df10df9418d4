"""Calendar entries made of released items (RFC 5545, 5546): one item, one entry, with a UID that never changes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.core.ical import CANCELLED, CONFIRMED, TENTATIVE, Conference, Entry, Mailbox
from eventsite.programme import rules

# A swap of workshops outranks every change of a released item, so that SEQUENCE rises with each of the two.
STEP = 1000
NIGHT = timedelta(hours=18)  # what is shorter than this and goes over midnight is an evening, not two days


@dataclass(frozen=True)
class Frame:
    """What all entries of an event share; `url` is the event's address in the language of the feed."""

    host: str  # behind the @ of every UID: the host of the site's address
    uid: str
    title: str
    url: str
    timezone: str
    language: str
    place: str = ""
    geo: tuple[float, float] | None = None
    organizer: Mailbox | None = None
    contact: str = ""
    image: str = ""
    sequence: int = 0  # of the event, added to every entry: so cancelling the whole and taking it back both raise it
    changed_at: datetime | None = None
    is_cancelled: bool = False


def frame_of(event: Any, base_url: str) -> Frame:
    """The frame of an event with its venue loaded, in the current language."""
    venue, language = event.venue, i18n.current_language()
    words = [i18n.local(venue.name), *venue.address.splitlines()] if venue else []
    words += [venue.town] if venue and venue.town not in venue.address else []
    has_geo = venue is not None and venue.latitude is not None and venue.longitude is not None
    name = event.contact_name or i18n.local(event.title)
    return Frame(
        host=base_url.partition("://")[2].split("/")[0].split(":")[0],
        uid=event.public_id,
        title=i18n.local(event.title),
        url=f"{base_url.rstrip('/')}/{language}/{event.slug}/",
        timezone=event.timezone,
        language=language,
        place=", ".join(dict.fromkeys(word.strip() for word in words if word.strip())),
        geo=(venue.latitude, venue.longitude) if has_geo else None,
        organizer=Mailbox(name, event.contact_email) if event.contact_email else None,
        contact=", ".join(part for part in (event.contact_name, event.contact_phone, event.contact_email) if part),
        image=f"{base_url.rstrip('/')}{event.logo_url}" if event.logo_url else "",
        sequence=event.sequence,
        changed_at=event.entry_changed_at,
        is_cancelled=event.cancelled_at is not None,
    )


def _status(is_cancelled: bool) -> str:
    return CANCELLED if is_cancelled else CONFIRMED


def event_entry(event: Any, frame: Frame, *, is_busy: bool = True) -> Entry:
    """The event as a whole, as days where it lasts several; it blocks no time where its items do."""
    lines = [i18n.local(event.subtitle), i18n.local(event.lead)]
    return Entry(
        uid=f"{event.public_id}@{frame.host}",
        summary=frame.title,
        **_span(event),
        last_modified=event.entry_changed_at,
        created=event.created_at,
        timezone=frame.timezone,
        sequence=event.sequence,
        status=_status(event.cancelled_at is not None),
        location=frame.place,
        **_described(lines, frame.url, frame.title),
        url=frame.url,
        image_url=frame.image,
        organizer=frame.organizer,
        contact=frame.contact,
        geo=frame.geo,
        is_busy=is_busy,
        language=frame.language,
    )


def _span(event: Any) -> dict[str, Any]:
    zone = ZoneInfo(event.timezone)
    days = [instant.astimezone(zone).date() for instant in (event.starts_at, event.ends_at)]
    is_one_day = days[0] == days[1] or event.ends_at - event.starts_at < NIGHT
    times = (event.starts_at, event.ends_at) if is_one_day else days
    return {"starts_at": times[0], "ends_at": times[1]}


def _described(lines: Iterable[str], url: str, label: str) -> dict[str, Any]:
    """The description as text, and as HTML for Outlook, which shows addresses in plain text badly."""
    shown = [line for line in lines if line]
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in shown)
    return {
        "description": "\n\n".join([*shown, url]),
        "html_description": f'<html><body>{paragraphs}<p><a href="{escape(url)}">{escape(label)}</a></p></body></html>',
    }


def _people(item: dict[str, Any]) -> str:
    names = []
    for person in item["people"]:
        organisations = ", ".join(i18n.local(one) for one in person["organisations"])
        names.append(f"{person['name']} ({organisations})" if organisations else person["name"])
    return ", ".join([*names, *([_("and others")] if item["open_people"] else [])])


def item_entry(item: dict[str, Any], frame: Frame) -> Entry:
    """A released item as everybody sees it; a tombstone is a cancelled entry."""
    room = i18n.local(item["room"]["name"]) if item["room"] else ""
    url = f"{frame.url}programme/{item['slug']}"
    why = i18n.local(item["reason"])
    lines = [why, i18n.local(item["subtitle"]), _people(item), i18n.local(item["summary"]), frame.title]
    number = f" {item['number']}" if item["number"] and item["kind"] == "workshop" else ""
    title = i18n.local(item["title"])
    return Entry(
        uid=f"{item['uid']}@{frame.host}",
        summary=f"{rules.KINDS['workshop']}{number}: {title}" if item["kind"] == "workshop" else title,
        starts_at=item["starts_at"],
        ends_at=item["ends_at"],
        last_modified=max(item["last_modified"], frame.changed_at or item["last_modified"]),
        created=item["created"],
        timezone=frame.timezone,
        sequence=item["sequence"] + frame.sequence,
        status=_status(item["status"] == "cancelled" or frame.is_cancelled),
        location=", ".join(part for part in (room, frame.place) if part),
        **_described(lines, frame.url if item["removed"] else url, title),
        url=frame.url if item["removed"] else url,
        categories=(str(rules.KINDS.get(item["kind"], item["kind"])),),
        organizer=frame.organizer,
        contact=frame.contact,
        geo=frame.geo,
        is_busy=item["kind"] not in rules.QUIET_KINDS,
        related_to=f"{frame.uid}@{frame.host}",
        language=frame.language,
    )


def with_online_link(entry: Entry, item: dict[str, Any], now: datetime) -> Entry:
    """The entry with the way in from afar once its time has come, for the entitled only (RFC 7986 § 5.11).

    That changes the entry at an instant known beforehand, so that it is the date of the change.
    """
    begin = rules.online_from(item["starts_at"], item["online_from"])
    if not item["online_url"].startswith(("https://", "http://")) or now < begin or entry.status == CANCELLED:
        return entry
    link = Conference(item["online_url"], entry.summary)
    return replace(
        entry,
        conferences=(link,),
        description=f"{entry.description}\n\n{item['online_url']}",
        last_modified=max(entry.last_modified, begin),
    )


def own_uid(round_uid: str, owner: str, frame: Frame) -> str:
    """The UID of one participant's workshop in one round: whichever workshop it is, the entry moves along."""
    return f"{round_uid}-{owner}@{frame.host}"


def own_workshop(
    item: dict[str, Any], frame: Frame, *, round_uid: str, owner: str, sequence: int, changed_at: datetime
) -> Entry:
    """A participant's workshop of a round; `sequence` and `changed_at` are those of the allocation."""
    entry = item_entry(item, frame)
    return replace(
        entry,
        uid=own_uid(round_uid, owner, frame),
        sequence=(sequence + 1) * STEP + entry.sequence,
        last_modified=max(entry.last_modified, changed_at),
        klass="PRIVATE",
    )


def own_round(
    one: dict[str, Any], frame: Frame, *, owner: str, sequence: int | None = None, changed_at: datetime | None = None
) -> Entry:
    """A round in which a participant has no workshop: not yet allocated, or (with a `sequence`) told that there is none."""
    own_sequence = one["sequence"] + frame.sequence
    status = TENTATIVE if sequence is None and not frame.is_cancelled else CANCELLED
    instants = (one["last_modified"], changed_at, frame.changed_at)
    return Entry(
        uid=own_uid(one["uid"], owner, frame),
        summary=i18n.local(one["title"]),
        starts_at=one["starts_at"],
        ends_at=one["ends_at"],
        last_modified=max(instant for instant in instants if instant is not None),
        timezone=frame.timezone,
        sequence=own_sequence if sequence is None else (sequence + 1) * STEP + own_sequence,
        status=status,
        location=frame.place,
        description="\n\n".join([_("The workshops are allocated later; this entry then becomes yours."), frame.url])
        if sequence is None
        else frame.url,
        url=frame.url,
        organizer=frame.organizer,
        klass="PRIVATE",
        language=frame.language,
    )


def waiting_entry(item: dict[str, Any], frame: Frame, *, owner: str) -> Entry:
    """A place on the waiting list of a workshop: tentative, and it blocks no time."""
    entry = item_entry(item, frame)
    return replace(
        entry,
        uid=f"{item['uid']}-{owner}-waiting@{frame.host}",
        summary=_("Waiting list: %(title)s", title=entry.summary),
        status=CANCELLED if entry.status == CANCELLED else TENTATIVE,
        is_busy=False,
        klass="PRIVATE",
    )


def public_entries(event: Any, items: Iterable[dict[str, Any]], frame: Frame) -> list[Entry]:
    """The public feed of an event: the event itself and everything released, tombstones included."""
    listed = [item_entry(item, frame) for item in items]
    return [event_entry(event, frame, is_busy=not listed), *listed]
