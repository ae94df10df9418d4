"""Public pages of the released programme: by day, item by item, and everybody on stage."""

from typing import Any

from flask import Blueprint, Response, g, render_template, request, url_for

from eventsite.core import clock, i18n, storage
from eventsite.core.errors import NotFound
from eventsite.events import logos
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.programme import queries, structured
from eventsite.programme.models import Speaker
from eventsite.programme.snapshot import Programme
from eventsite.web import cache, pages
from eventsite.web.files import stored_file
from eventsite.web.guard import public, public_page

blueprint = Blueprint("programme", __name__)
PORTRAIT = {"width": 480, "height": 600}  # as css/parts/person.css crops it


def _found(event: Event) -> Programme:
    cache.valid_until(dates.next_change(event, clock.now()))
    programme = queries.released(event.id)
    if programme is None:
        raise NotFound
    return programme


def _address(endpoint: str, **values: Any) -> str:
    return pages.external(url_for(endpoint, preview=None, **values))


def _item_data(item: dict[str, Any], event: Event) -> dict[str, Any]:
    return structured.item(
        item,
        event.timezone,
        url=_address("programme.item", item=item["slug"]),
        person_url=lambda slug: _address("programme.speaker", person=slug),
        event_url=_address("site.front"),
    )


def _graph(title: str, description: str, url: str, image: str | None = None, kind: str = "website") -> dict[str, Any]:
    name = i18n.local(g.event.title)
    return structured.open_graph(kind=kind, title=title, description=description, url=url, image=image, site_name=name)


def _picture(speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None or not speaker.portrait_key:
        return None
    url = url_for("programme.portrait", key=speaker.portrait_key)
    return {"url": url, **PORTRAIT, "credit": speaker.portrait_credit, "alt": ""}


@blueprint.get("/<lang:lang>/<event>/programme")
@public_page()
def programme(event: Event) -> Any:
    """The programme by day; before the first release the page says that it is being put together."""
    cache.valid_until(dates.next_change(event, clock.now()))
    released = queries.released(event.id)
    title, description = i18n._("Programme"), i18n.local(event.title)
    return render_template(
        "programme/programme.html",
        days=released.days(event.timezone) if released else [],
        places={},
        provisional=event.starts_at > clock.now(),
        open_graph=_graph(title, description, _address("programme.programme")),
    )


@blueprint.get("/<lang:lang>/<event>/programme/<item>")
@public_page()
def item(event: Event, item: str) -> Any:
    """One item with its people."""
    released = _found(event)
    found = released.find(item)
    if found is None:
        raise NotFound
    pictures = {speaker.public_id: _picture(speaker) for speaker in queries.profiles(released)}
    people = [{**person, "picture": pictures.get(person["uid"])} for person in found["people"]]
    previous, following = released.neighbours(found)
    title, url = i18n.local(found["title"]), _address("programme.item", item=item)
    return render_template(
        "programme/item.html",
        item={**found, "people": people},
        round=released.round_of(found),
        places=None,
        previous=previous,
        following=following,
        json_ld={"@context": "https://schema.org", **_item_data(found, event)},
        open_graph=_graph(title, i18n.local(found["subtitle"]) or i18n.local(event.title), url),
    )


@blueprint.get("/<lang:lang>/<event>/speakers")
@public_page()
def speakers(event: Event) -> Any:
    """Everybody on stage, by name."""
    released = queries.released(event.id)
    listed = _listed(released) if released else []
    title = i18n._("Speakers")
    graph = _graph(title, i18n.local(event.title), _address("programme.speakers"))
    return render_template("programme/speakers.html", speakers=listed, open_graph=graph)


def _listed(released: Programme) -> list[dict[str, Any]]:
    entries = released.people()
    return [_profile(speaker, entries[speaker.public_id]) for speaker in queries.profiles(released)]


def _profile(speaker: Speaker, entries: list[Any]) -> dict[str, Any]:
    """A profile with the organisations of this event, where some were given, else the present one."""
    at_the_time = list(dict.fromkeys(i18n.local(o) for person, _item in entries for o in person["organisations"]))
    return {
        "slug": entries[0][0]["slug"],
        "name": speaker.name,
        "role_label": speaker.role or None,
        "organisations": at_the_time or ([speaker.organisation] if speaker.organisation else []),
        "picture": _picture(speaker),
        "titles": [item["title"] for _person, item in entries],
        "biography": speaker.biography or None,
        "links": speaker.links or [],
    }


@blueprint.get("/<lang:lang>/<event>/speakers/<person>")
@public_page()
def speaker(event: Event, person: str) -> Any:
    """One person with everything they do at this event."""
    released = _found(event)
    listed, entries = queries.profiles(released), released.people()
    place = next((n for n, one in enumerate(listed) if entries[one.public_id][0][0]["slug"] == person), None)
    if place is None:
        raise NotFound
    found, shown = listed[place], _profile(listed[place], entries[listed[place].public_id])
    url = _address("programme.speaker", person=person)
    image = _address("programme.portrait", key=found.portrait_key) if found.portrait_key else None
    around = [_neighbour(listed, entries, number) for number in (place - 1, place + 1)]
    return render_template(
        "programme/speaker.html",
        speaker=shown,
        appearances=[{"item": i, "role_label": p["role_label"]} for p, i in entries[found.public_id]],
        previous=around[0],
        following=around[1],
        json_ld=structured.person(found, url=url, image=image),
        open_graph=_graph(found.name, ", ".join(shown["organisations"]), url, image, "profile"),
    )


def _neighbour(listed: list[Speaker], entries: dict[str, Any], number: int) -> dict[str, str] | None:
    if not 0 <= number < len(listed):
        return None
    return {"slug": entries[listed[number].public_id][0][0]["slug"], "name": listed[number].name}


@blueprint.get("/portraits/<event>/<key>")
@public
def portrait(event: Event, key: str) -> Response:
    """The portrait of somebody who is in the released programme of this event; nothing else of the storage."""
    released = queries.released(event.id)
    if released is None or key not in queries.portraits(released):
        raise NotFound
    # Kept by the reader only: a portrait that is taken back must not live on in proxies.
    with storage.open_key(key) as file:
        kind = logos.content_type(file.read(64))
    kept = "private, no-store" if request.args.get("preview") else "private, max-age=31536000, immutable"
    return stored_file(key, content_type=kind, cache=kept)
