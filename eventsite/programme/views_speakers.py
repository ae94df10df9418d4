"""Public pages of everybody on stage in a release."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from eventsite.core import i18n, storage
from eventsite.core.errors import NotFound
from eventsite.events import logos
from eventsite.events.models import Event
from eventsite.programme import queries, queries_speakers, structured
from eventsite.programme.models import Speaker
from eventsite.programme.snapshot import Programme
from eventsite.programme.views_released import address, found_release, graph, picture
from eventsite.web.files import stored_file
from eventsite.web.guard import public, public_page

blueprint = Blueprint("speakers", __name__)


@blueprint.get("/<lang:lang>/<event>/speakers")
@public_page()
def speakers(event: Event) -> Any:
    """Everybody on stage, by name."""
    released = queries.released(event.id)
    listed = _listed(released) if released else []
    title = i18n._("Speakers")
    open_graph = graph(title, i18n.local(event.title), address("speakers.speakers"))
    return render_template("programme/speakers.html", speakers=listed, open_graph=open_graph)


def _listed(released: Programme) -> list[dict[str, Any]]:
    entries = released.people()
    return [_profile(speaker, entries[speaker.public_id]) for speaker in queries_speakers.profiles(released)]


def _profile(speaker: Speaker, entries: list[Any]) -> dict[str, Any]:
    """A profile with the organisations of this event, where some were given, else the present one."""
    at_the_time = list(dict.fromkeys(i18n.local(o) for person, _item in entries for o in person["organisations"]))
    return {
        "slug": entries[0][0]["slug"],
        "name": speaker.name,
        "role_label": speaker.role or None,
        "organisations": at_the_time or ([speaker.organisation] if speaker.organisation else []),
        "picture": picture(speaker),
        "titles": [item["title"] for _person, item in entries],
        "biography": speaker.biography or None,
        "links": speaker.links or [],
    }


@blueprint.get("/<lang:lang>/<event>/speakers/<person>")
@public_page()
def speaker(event: Event, person: str) -> Any:
    """One person with everything they do at this event."""
    released = found_release(event)
    listed, entries = queries_speakers.profiles(released), released.people()
    place = next((n for n, one in enumerate(listed) if entries[one.public_id][0][0]["slug"] == person), None)
    if place is None:
        raise NotFound
    found, shown = listed[place], _profile(listed[place], entries[listed[place].public_id])
    url = address("speakers.speaker", person=person)
    image = address("speakers.portrait", key=found.portrait_key) if found.portrait_key else None
    around = [_neighbour(listed, entries, number) for number in (place - 1, place + 1)]
    return render_template(
        "programme/speaker.html",
        speaker=shown,
        appearances=[{"item": i, "role_label": p["role_label"]} for p, i in entries[found.public_id]],
        previous=around[0],
        following=around[1],
        json_ld=structured.person(found, url=url, image=image),
        open_graph=graph(found.name, ", ".join(shown["organisations"]), url, image, "profile"),
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
    if released is None or key not in queries_speakers.portraits(released):
        raise NotFound
    # Kept by the reader only: a portrait that is taken back must not live on in proxies.
    with storage.open_key(key) as file:
        kind = logos.content_type(file.read(64))
    kept = "private, no-store" if request.args.get("preview") else "private, max-age=31536000, immutable"
    return stored_file(key, content_type=kind, cache=kept)
