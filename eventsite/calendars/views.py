"""Calendar feeds: of the site, of an event, of one item, and everybody's own under a link that can only read."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, request, url_for

from eventsite.calendars import queries, queries_team
from eventsite.core import clock, i18n, ical
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.people.models import Account
from eventsite.programme import entries
from eventsite.programme import queries as programmes
from eventsite.programme import queries_released as released_people
from eventsite.registration.models import Registration
from eventsite.web import cache, pages
from eventsite.web.files import disposition
from eventsite.web.guard import personal_link, public_page

blueprint = Blueprint("calendars", __name__)


def base_url() -> str:
    """The address of the site, without a slash at the end."""
    return str(current_app.config["SETTINGS"].base_url).rstrip("/")


def answer(feed: ical.Feed, listed: list[ical.Entry], filename: str) -> Response:
    """A calendar as a file that opens in the calendar program."""
    response = Response(ical.to_ics(feed, listed), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = disposition(filename, inline=True)
    return response


def feed(event: Event, listed: list[ical.Entry], **values: Any) -> ical.Feed:
    """The head of an event's feed; its date is that of the latest entry, so that nothing changes without a change."""
    defaults: dict[str, Any] = {
        "name": i18n.local(event.title),
        "colour": event.accent,
        "source": pages.external(request.path),
        "url": pages.external(url_for("site.front", event=event.slug, preview=None)),
        "timezone": event.timezone,
        "language": i18n.current_language(),
        "last_modified": max((entry.last_modified for entry in listed), default=None),
        "refresh": timedelta(hours=1),
    }
    return ical.Feed(**{**defaults, **values})


@blueprint.get("/<lang:lang>/<event>/calendar.ics")
@public_page()
def event(event: Event) -> Response:
    """The event and its released programme."""
    listed = queries.event_entries(event, base_url())
    return answer(feed(event, listed), listed, f"{event.slug}.ics")


@blueprint.get("/<lang:lang>/<event>/programme/<item>.ics")
@public_page()
def item(event: Event, item: str) -> Response:
    """One item to take along or to subscribe; it has the UID of the feed, and stays as a tombstone once it is taken out."""
    programme = programmes.released(event.id)
    same = [one for one in programme.everything if one["slug"] == item] if programme else []
    if not same:
        raise NotFound
    entry = entries.item_entry(min(same, key=lambda one: bool(one["removed"])), entries.frame_of(event, base_url()))
    return answer(feed(event, [entry], name=entry.summary, url=entry.url), [entry], f"{item}.ics")


@blueprint.get("/<lang:lang>/<event>/speakers/<person>/calendar.ics")
@public_page()
def speaker(event: Event, person: str) -> Any:
    """Everything one person does at an event, with the UIDs of its feed; a merged profile leads to the other."""
    found = released_people.find_on_stage(event.id, person)
    if found is None:
        kept = released_people.successor(person)
        if kept is None:
            raise NotFound
        return redirect(url_for("calendars.speaker", person=kept), 301)
    listed = queries.speaker_entries(event, found.id, base_url())
    name = i18n._("%(name)s at “%(title)s”", name=found.name, title=i18n.local(event.title))
    url = pages.external(url_for("speakers.speaker", person=person, preview=None))
    return answer(feed(event, listed, name=name, url=url), listed, f"{event.slug}-{found.slug}.ics")


@blueprint.get("/<lang:lang>/calendar.ics")
@public_page()
def site() -> Response:
    """All public events."""
    for later in queries.next_publication():
        cache.valid_until(later.published_at)
    listed = queries.site_entries(base_url())
    feed = ical.Feed(
        name=i18n._("Events"),
        source=pages.external(request.path),
        url=pages.external(url_for("site.events")),
        language=i18n.current_language(),
        last_modified=max((entry.last_modified for entry in listed), default=clock.now().replace(minute=0, second=0)),
    )
    return answer(feed, listed, "calendar.ics")


@blueprint.get("/calendar/<token>.ics")
@personal_link("calendar")
def personal(calendar: Registration) -> Response:
    """A participant's own feed: never kept by proxies, never indexed; an unchanged one is answered with 304."""
    i18n.set_language(calendar.language)
    listed = queries.personal_entries(calendar, base_url())
    name = i18n._("%(title)s (my programme)", title=i18n.local(g.event.title))
    url = pages.external(url_for("site.front", event=g.event.slug, lang=calendar.language))
    return _secret(answer(feed(g.event, listed, name=name, source="", url=url), listed, f"{g.event.slug}.ics"))


@blueprint.get("/calendar/team/<token>.ics")
@personal_link("team")
def team(team: Account) -> Response:
    """An organiser's own feed: events, drafts and duties."""
    i18n.set_language(team.language)
    listed = queries_team.team_entries(team, base_url())
    latest = max((entry.last_modified for entry in listed), default=None)
    head = ical.Feed(name=i18n._("My events"), language=team.language, last_modified=latest or team.created_at)
    return _secret(answer(head, listed, "events.ics"))


def _secret(response: Response) -> Response:
    """Never kept by proxies, never indexed; an unchanged one is answered with 304."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.add_etag()
    response.make_conditional(request)
    return response
