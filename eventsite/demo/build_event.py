"""Builds the frame of a demonstration event through the services: hosts, site, venue, dates, programme, free pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eventsite.core.db import transaction
from eventsite.demo import hosts, legal, portraits, scenes
from eventsite.demo.shapes import DemoEvent, Extra, Item, Speaker
from eventsite.events import service as events
from eventsite.events import service_maps, service_series
from eventsite.events.queries import get_event
from eventsite.programme import service as programmes
from eventsite.programme import service_appearances, service_releases, service_speakers, service_tracks
from eventsite.registration import service_answers
from eventsite.registration.questions import Asked

FACE = (0.5, 0.45)  # of the drawn portraits


@dataclass
class Built:
    """Database ids of what was built, by the keys of the data."""

    event_id: int
    slug: str
    day: date
    zone: str
    hosts: list[int]
    rooms: dict[str, int] = field(default_factory=dict)
    rounds: dict[str, int] = field(default_factory=dict)
    tracks: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    speakers: dict[str, int] = field(default_factory=dict)
    consents: tuple[str, ...] = ()

    def at(self, text: str, day: int = 0) -> datetime:
        """A local time of the event ("09:30") as an instant."""
        return local_instant(self.day + timedelta(days=day), text, self.zone)


def local_instant(day: date, text: str, zone: str) -> datetime:
    """A local date and time as an instant in UTC."""
    return datetime.combine(day, time.fromisoformat(text), ZoneInfo(zone)).astimezone(UTC)


def found_site() -> dict[str, int]:
    """The hosts by key, and the site with its legal pages."""
    made = {}
    for host in hosts.HOSTS:
        row = events.create_host(
            name=host.name,
            imprint=host.imprint,
            address=host.address,
            email=host.email,
            phone=host.phone,
            website=host.website,
        )
        made[host.key] = row.id
    events.set_up_site(
        name=legal.SITE_NAME,
        intro=legal.SITE_LEAD,
        host_id=next(iter(made.values())),
        privacy=legal.PRIVACY,
        accessibility=legal.ACCESSIBILITY,
    )
    return made


def series(links_of: tuple[str, ...]) -> None:
    """The meetings that are held again and again under one name."""
    with transaction():
        title = {"de": "Bildung in der Stadt", "en": "Education in the city"}
        made = service_series.store_series(None, title=title, slug="bildung-in-der-stadt")
        for slug in links_of:
            events.change_event(get_event(slug).id, series_id=made.id)


def first_day(data: DemoEvent, today: date, days_ahead: int | None = None) -> date:
    """The fixed date, or the first suitable weekday from so many days ahead."""
    if data.date is not None:
        return date.fromisoformat(data.date)
    day = today + timedelta(days=data.days_ahead or 0 if days_ahead is None else days_ahead)
    if data.weekday is not None and days_ahead is None:
        day += timedelta(days=(data.weekday - day.weekday()) % 7)
    return day


def build(data: DemoEvent, host_ids: dict[str, int], day: date, known: dict[str, int] | None = None) -> Built:
    """The event with everything but people who come and what remains; `known` are speakers of other events by key."""
    with transaction():
        venue_id, rooms = _venue(data)
        made = [host_ids[key] for key in data.hosts]
        built = Built(0, data.slug, day, data.timezone, made, rooms=rooms)
        event = events.create_event(host_ids=made, **_values(data, built, venue_id))
        built.event_id, built.consents = event.id, data.consents
        for page in data.pages:
            events.set_info_page(event.id, page.slug, title=page.title, text=page.body, position=page.menu_order)
        service_answers.set_up_form(event.id, _questions(data, built), data.consents)
    built.speakers.update(known or {})
    _speakers(data.speakers, built)
    _programme(data, built)
    if data.items:
        service_releases.release(built.event_id, "demonstration")
    events.publish_event(built.event_id)
    return built


def _questions(data: DemoEvent, built: Built) -> list[Asked]:
    """The form, with the early deadline for what takes time to prepare."""
    until = _before(built, data.access_closes_days_before)
    return [replace(one, answer_until=until) if one.kind == "access" else one for one in data.questions]


def _before(built: Built, days: int | None) -> datetime | None:
    return None if days is None else built.at("10:00", -days)


def _values(data: DemoEvent, built: Built, venue_id: int | None) -> dict[str, Any]:
    last_day = max((item.day for item in data.items), default=0)
    return {
        "slug": data.slug,
        "kind": data.kind,
        "title": data.title,
        "subtitle": data.subtitle,
        "lead": data.lead,
        "text": data.description,
        "facts": [{"label": label, "text": text} for label, text in data.facts],
        "topics": [tag["de"] for tag in data.tags],
        "accent": data.accent,
        "timezone": data.timezone,
        "starts_at": built.at(data.starts),
        "ends_at": built.at(data.ends, last_day),
        "attendance": "online" if data.is_online else "onsite",
        "venue_id": venue_id,
        "contact_name": data.contact.name,
        "contact_email": data.contact.email,
        "contact_phone": data.contact.phone,
        "registration_opens_at": _before(built, data.registration_opens_days_before),
        "registration_closes_at": _before(built, data.registration_closes_days_before),
        "wishes_close_at": _before(built, data.wishes_close_days_before),
        "capacity": data.capacity,
        "may_hand_over": True,
        "reminder_at": _before(built, 4),
        "seed": int(built.day.strftime("%Y%m%d")),
    }


def _venue(data: DemoEvent) -> tuple[int | None, dict[str, int]]:
    if data.venue is None:
        return None, {}
    place = data.venue
    venue = events.create_venue(
        name=place.name,
        address=f"{place.street}\n{place.postcode} {place.city}",
        town=place.city,
        directions=place.directions,
        step_free=place.access,
    )
    if place.picture is not None:
        drawn, credit = scenes.draw(place.picture), place.picture.credit["de"]
        service_maps.set_map(venue.id, drawn, alt=place.picture.alt, credit=credit)
    rooms = {}
    for position, room in enumerate(place.rooms):
        values: dict[str, Any] = {"name": room.name, "capacity": room.capacity, "equipment": room.access}
        rooms[room.key] = events.add_room(venue.id, position=position, **values).id
    return venue.id, rooms


def _speakers(speakers: Sequence[Speaker], built: Built) -> None:
    for speaker in speakers:
        values: dict[str, Any] = {
            "role": speaker.role or {},
            "organisation": (speaker.organisation or {}).get("de", ""),
            "biography": speaker.biography or {},
            "sort_name": f"{speaker.family_name} {speaker.given_name}",
            "links": [{"url": url, "label": label} for url, label in speaker.links],
        }
        row = service_speakers.create_speaker(speaker.name, email=speaker.email, **values)
        if speaker.portrait:
            picture = portraits.portrait(speaker.portrait, speaker.name)
            service_speakers.set_portrait(row.id, scenes.draw(picture), picture.credit["de"], focus=FACE)
        built.speakers[speaker.key] = row.id
        if speaker.is_featured:
            service_appearances.feature(built.event_id, row.id)


def _programme(data: DemoEvent, built: Built) -> None:
    with transaction():
        for position, one in enumerate(data.rounds):
            row = programmes.create_round(
                built.event_id,
                title=one.title,
                starts_at=built.at(one.starts, one.day),
                ends_at=built.at(one.ends, one.day),
                position=position,
            )
            built.rounds[one.key] = row.id
        for track in data.tracks:
            made = service_tracks.store_track(built.event_id, None, title=track.title, colour=track.colour)
            built.tracks[track.key] = made.id
        for position, item in enumerate(data.items):
            built.items[item.key] = _item(item, built, position, data.extras.get(item.key))


def _said(extra: Extra | None, built: Built) -> dict[str, Any]:
    """What an item says besides its text."""
    if extra is None:
        return {}
    words = {name: getattr(extra, name) or {} for name in ("target_group", "prerequisites", "bring")}
    return {**words, "tags": list(extra.tags), "track_id": built.tracks[extra.track]}


def _item(item: Item, built: Built, position: int, extra: Extra | None) -> int:
    questions = {
        code: "\n".join(question[code] for question in item.questions) for code in ("de", "en") if item.questions
    }
    row = programmes.create_item(
        built.event_id,
        kind=item.kind,
        slug=item.key,
        title=item.title,
        subtitle=item.subtitle or {},
        abstract=item.abstract or {},
        leading_questions=questions,
        place={"de": item.place, "en": item.place} if item.place else {},
        number=str(item.number or ""),
        starts_at=built.at(item.starts, item.day),
        ends_at=built.at(item.ends, item.day),
        room_id=built.rooms.get(item.room or ""),
        round_id=built.rounds.get(item.round or ""),
        capacity=item.capacity,
        minimum=item.minimum,
        position=position,
        is_open_list=item.people_note is not None,
        appearances=[
            {"speaker_id": built.speakers[a.speaker], "role": a.kind, "organisations": list(a.organisations)}
            for a in item.appearances
        ],
        **_said(extra, built),
    )
    return row.id


def move_on(built_days: int, event_id: int) -> None:
    """Moves an event and its programme by whole days, and releases the new times."""
    from eventsite.events.models import Event
    from eventsite.programme import queries
    from eventsite.proposals import queries as calls
    from eventsite.proposals import service_call

    by = timedelta(days=built_days)
    names = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "wishes_close_at")
    with transaction() as session:
        event = session.get_one(Event, event_id)
        moved = {name: getattr(event, name) + by for name in names if getattr(event, name) is not None}
        times = {item.id: (item.starts_at + by, item.ends_at + by) for item in queries.items(event_id)}
        events.change_event(event_id, **moved)
        for one in queries.rounds(event_id):
            programmes.change_round(one.id, starts_at=one.starts_at + by, ends_at=one.ends_at + by)
        for item_id, (starts_at, ends_at) in times.items():
            programmes.change_item(item_id, starts_at=starts_at, ends_at=ends_at)
        call = calls.find_call(event_id)
        if call is not None and call.opens_at is not None and call.closes_at is not None:
            moments = {"opens_at": call.opens_at + by, "closes_at": call.closes_at + by}
            service_call.store(event_id, actor="demonstration", **moments)
        service_releases.release(event_id, "demonstration")
