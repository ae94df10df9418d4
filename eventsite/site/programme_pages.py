"""Public pages of the released programme: as a list, by room, for print; and item by item, with places and materials."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, g, render_template, request, url_for

from eventsite.allocation import queries_free
from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.core.i18n import _
from eventsite.events import colours
from eventsite.events import rules as dates
from eventsite.events.models import Event
from eventsite.media.views import file_entry
from eventsite.programme import filters, grid, listing, queries, queries_speakers, structured
from eventsite.programme.snapshot import Programme
from eventsite.programme.views_released import address, found_release, graph, picture
from eventsite.site import front as fronts
from eventsite.site import masthead, queries_programme, round_words
from eventsite.web import cache
from eventsite.web.guard import public_page

blueprint = Blueprint("programme", __name__)
VIEWS = ("rooms", "print")


def frame(event: Event, places: dict[str, str]) -> listing.Frame:
    """What the items of a page of this event share: its zone and the addresses of items and people."""
    item_url, person_url = url_for("programme.item", item="-"), url_for("speakers.speaker", person="-")
    item_parts, person_parts = item_url.split("/-", 1), person_url.split("/-", 1)
    return listing.Frame(
        zone=ZoneInfo(event.timezone),
        item_url=lambda slug: f"{item_parts[0]}/{slug}{item_parts[1]}",
        person_url=lambda slug: f"{person_parts[0]}/{slug}{person_parts[1]}",
        themes=colours.themes,
        places=places,
    )


def _places(event: Event, programme: Programme) -> dict[str, str]:
    """What is left in the workshops, once places were given out; the page changes by itself when one begins."""
    now = clock.now()
    if not round_words.are_told(event, now):
        return {}
    items = round_words.limited(programme.items, now)
    cache.valid_until(min((item["starts_at"] for item in items), default=None))
    return round_words.left(items, queries_free.taken_places(item["id"] for item in items))


@blueprint.get("/<lang:lang>/<event>/programme")
@public_page(vary=("view", *filters.NAMES))
def programme(event: Event) -> Any:
    """The programme, or the part that the address asks for; before the first release it says what will stand here."""
    cache.valid_until(dates.next_change(event, clock.now()))
    asked, view = filters.wanted(request.args), _view()
    released = queries.released(event.id)
    if released is None:
        return render_template("programme/none.html", open_graph=_graph(event))
    zone, writer = ZoneInfo(event.timezone), listing.Writer(frame(event, _places(event, released)))
    days = listing.days(released, filters.fitting(released.items, asked, zone), writer, zone)
    more = {} if asked.is_everything and not view else _aside(asked, view)
    if view == "print":
        back = {"back_url": _url(asked, ""), "file_url": url_for("offline.file")}
        return render_template("programme/print.html", **booklet(event, released, days), **back, **more)
    if not days:
        cache.do_not_keep()
    facets = filters.facets(released.items, asked, zone)
    return render_template(
        "programme/programme.html",
        days=days,
        grids=[grid.grid(day) for day in days] if view == "rooms" else [],
        view=view,
        views=_views(asked, view, has_rooms=view == "rooms" or grid.is_worth_it(days)),
        facets=_linked(facets, asked, view, writer),
        count=sum(not entry.is_quiet for day in days for slot in day.slots for entry in slot.entries),
        everything_url=url_for("programme.programme", view=view or None),
        is_filtered=not asked.is_everything,
        provisional=event.starts_at > clock.now(),
        open_graph=_graph(event),
        **more,
    )


def _view() -> str:
    """How to look at it; what is none of ours is the list, and not worth keeping."""
    view = request.args.get("view", "")
    if view in ("", *VIEWS):
        return view
    cache.do_not_keep()
    return ""


def _aside(asked: filters.Wanted, view: str) -> dict[str, Any]:
    """What a page is told that shows the programme otherwise or in part: machines shall read the whole one."""
    g.kept_arguments = {**asked.address(), "view": view or None}
    return {"robots": "noindex", "alternates": []}


def booklet(event: Event, released: Programme, days: list[listing.Day]) -> dict[str, Any]:
    """What the programme for print and the programme as one file show."""
    return {
        "days": days,
        "details": {item["uid"]: item for item in released.items},
        "place": fronts.place(event),
        "venue": event.venue if masthead.has_venue_page(event) else None,
        "released_at": released.released_at,
        "address": address("programme.programme"),
    }


def _graph(event: Event) -> dict[str, Any]:
    return graph(_("Programme"), i18n.local(event.title), address("programme.programme"))


def _views(asked: filters.Wanted, view: str, *, has_rooms: bool) -> list[dict[str, Any]]:
    """The ways to look at the programme, the present one marked; columns only where anything runs in parallel."""
    names = [("", _("List"), "list"), ("rooms", _("By room"), "columns"), ("print", _("For print"), "printer")]
    return [
        {"label": label, "icon": icon, "current": name == view, "url": _url(asked, name)}
        for name, label, icon in names
        if name != "rooms" or has_rooms
    ]


def _url(asked: filters.Wanted, view: str, **changed: str) -> str:
    return url_for("programme.programme", view=view or None, **asked.address(**changed))


def _linked(
    facets: list[filters.Facet], asked: filters.Wanted, view: str, writer: listing.Writer
) -> list[dict[str, Any]]:
    """The filters with an address for each choice; what is chosen leads back to all."""
    return [
        {
            "label": facet.label,
            "is_chosen": facet.is_chosen,
            "all_url": _url(asked, view, **{facet.name: ""}),
            "options": [
                {
                    "label": option.label,
                    "count": option.count,
                    "is_chosen": option.is_chosen,
                    "track": writer.track(option.track) if option.track else None,
                    "url": _url(asked, view, **{facet.name: option.value}),
                }
                for option in facet.options
            ],
        }
        for facet in facets
    ]


@blueprint.get("/<lang:lang>/<event>/programme/<item>")
@public_page()
def item(event: Event, item: str) -> Any:
    """One item with its people, how one gets a place, and what there is to take home."""
    released, now = found_release(event), clock.now()
    found = released.find(item)
    if found is None:
        raise NotFound
    pictures = {uid: picture(one) for uid, one in queries_speakers.profiles(released).items()}
    people = [{**person, "picture": pictures.get(person["uid"])} for person in found["people"]]
    around = queries_programme.around(event.id, found["id"])
    cache.valid_until(min(around.embargoes, default=None))
    for instant in (found["starts_at"], event.wishes_close_at):
        cache.valid_until(instant if instant is not None and instant > now else None)
    writer = listing.Writer(frame(event, {}))
    previous, following = released.neighbours(found)
    title, url = i18n.local(found["title"]), address("programme.item", item=item)
    return render_template(
        "programme/item.html",
        item={**found, "people": people},
        entry=writer.entry(found),
        round=released.round_of(found),
        places=round_words.state(event, found, now, around.taken),
        elsewhere=[writer.entry(one) for one in released.elsewhere(found)],
        has_venue_page=masthead.has_venue_page(event),
        downloads=[file_entry(one) for one in around.downloads],
        previous=previous,
        following=following,
        json_ld={"@context": "https://schema.org", **_item_data(found, event)},
        open_graph=graph(title, i18n.local(found["subtitle"]) or i18n.local(event.title), url),
    )


def _item_data(item: dict[str, Any], event: Event) -> dict[str, Any]:
    return structured.item(
        item,
        event.timezone,
        url=address("programme.item", item=item["slug"]),
        person_url=lambda slug: address("speakers.speaker", person=slug),
        event_url=address("site.front"),
        around=structured.where(event, address("site.front")),
    )
