"""Public pages of everybody on stage: the list of an event, a person there, and the person over all years."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from eventsite.core import clock, i18n, storage
from eventsite.core.errors import NotFound
from eventsite.events import logos
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.programme import queries_released, rules_speakers, structured
from eventsite.programme.models import Speaker
from eventsite.programme.queries_released import At, OnStage
from eventsite.programme.rules_speakers import BY_NAME, BY_ROLE, FEATURED
from eventsite.programme.views_released import address, graph, picture
from eventsite.web import cache
from eventsite.web.files import stored_file
from eventsite.web.guard import public, public_page

blueprint = Blueprint("speakers", __name__)


@blueprint.get("/<lang:lang>/<event>/speakers")
@public_page(vary=("by",))
def speakers(event: Event) -> Any:
    """Everybody on stage: the featured first, by name with letters to jump to, or by role."""
    cache.valid_until(dates.next_change(event, clock.now()))
    listed = [_entry(one) for one in queries_released.on_stage(event.id)]
    orders = [FEATURED] if any(one["featured"] is not None for one in listed) else []
    orders += [BY_NAME, BY_ROLE] if len(listed) > 1 else []
    by = request.args.get("by", "")
    by = by if by in orders else (orders or [BY_NAME])[0]
    title = i18n._("Speakers")
    return render_template(
        "programme/speakers.html",
        number=len(listed),
        groups=rules_speakers.groups(listed, by),
        has_pictures=any(one["picture"] for one in listed),
        orders=orders if len(listed) > 1 else [],
        by=by,
        open_graph=graph(title, i18n.local(event.title), address("speakers.speakers")),
    )


def _entry(one: OnStage) -> dict[str, Any]:
    return {
        "slug": one.speaker.slug,
        "name": one.speaker.name,
        "sort_name": one.speaker.sort_name,
        "role_label": one.speaker.role or None,
        "organisations": one.organisations,
        "picture": picture(one.speaker),
        "featured": one.featured,
        "roles": list(dict.fromkeys(part.role for part in one.parts)),
    }


@blueprint.get("/<lang:lang>/<event>/speakers/<person>")
@public_page()
def speaker(event: Event, person: str) -> Any:
    """One person with everything they do at this event and did at others; a merged profile leads to the other."""
    cache.valid_until(dates.next_change(event, clock.now()))
    around = queries_released.neighbours(event.id, person)
    found = queries_released.person(person, event.id) if around else None
    if around is None or found is None:
        return _moved("speakers.speaker", person)
    cache.valid_until(found.changes_at)
    return _page(found.speaker, event, *_parted(found.at, event), around)


def _parted(everywhere: list[At], event: Event) -> tuple[list[At], list[At]]:
    here = [at for at in everywhere if at.event_id == event.id]
    return here, [at for at in everywhere if at.event_id != event.id]


@blueprint.get("/<lang:lang>/speakers/<person>")
@public_page()
def person(person: str) -> Any:
    """One person over all years, under an address that stays whatever happens to events."""
    found = queries_released.person(person)
    if found is None:
        return _moved("speakers.person", person)
    cache.valid_until(found.changes_at)
    return _page(found.speaker, None, [], found.at, (None, None))


def _moved(endpoint: str, slug: str) -> Any:
    kept = queries_released.successor(slug)
    if kept is None:
        raise NotFound
    return redirect(url_for(endpoint, person=kept), 301)


def _page(speaker: Speaker, event: Event | None, here: list[At], elsewhere: list[At], around: Any) -> Any:
    at = event.slug if event else elsewhere[0].slug
    url = address("speakers.person", person=speaker.slug)
    image = address("speakers.portrait", key=speaker.portrait_key, event=at) if speaker.portrait_key else None
    parts = [part for one in here or elsewhere[:1] for part in one.parts]
    organisations = list({i18n.local(o): o for part in parts for o in part["organisations"]}.values())
    shown: dict[str, Any] = {
        "slug": speaker.slug,
        "name": speaker.name,
        "role_label": speaker.role or None,
        "organisations": organisations or ([speaker.organisation] if speaker.organisation else []),
        "picture": picture(speaker, at),
        "biography": speaker.biography or None,
        "links": speaker.links or [],
    }
    told = ", ".join(i18n.local(one) for one in shown["organisations"])
    return render_template(
        "programme/speaker.html",
        speaker=shown,
        here=here,
        elsewhere=elsewhere,
        previous=around[0],
        following=around[1],
        canonical=None if request.args.get("preview") else url,
        json_ld=structured.person(speaker, url=url, image=image),
        open_graph=graph(speaker.name, told, url, image, "profile"),
    )


@blueprint.get("/portraits/<event>/<key>")
@public
def portrait(event: Event, key: str) -> Response:
    """The portrait of somebody who is in the released programme of this event; nothing else of the storage."""
    if not queries_released.is_shown(event.id, key):
        raise NotFound
    # Kept by the reader only: a portrait that is taken back must not live on in proxies.
    with storage.open_key(key) as file:
        kind = logos.content_type(file.read(64))
    kept = "private, no-store" if request.args.get("preview") else "private, max-age=31536000, immutable"
    return stored_file(key, content_type=kind, cache=kept)
