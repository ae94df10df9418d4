"""What changed, as a page and as a feed: releases of the programme, and what was announced of the event."""

from typing import Any

from flask import Blueprint, Response, render_template

from eventsite.calendars import changes
from eventsite.core import i18n
from eventsite.events.models import Event
from eventsite.programme import changes as told
from eventsite.programme import queries_releases
from eventsite.programme.views_released import address, graph
from eventsite.registration.queries_coming import announcements
from eventsite.web.guard import public_page

blueprint = Blueprint("programme_changes", __name__)


def _news(event: Event) -> list[changes.News]:
    released = changes.news_of(queries_releases.summaries(event.id), told.public)
    announced = changes.announcements(announcements(event.id), event.notice)
    return sorted([*announced, *released], key=lambda one: one.released_at, reverse=True)


@blueprint.get("/<lang:lang>/<event>/changes")
@public_page()
def page(event: Event) -> Any:
    """Release by release, the last one first."""
    title = i18n._("What changed in the programme")
    about = graph(title, i18n.local(event.title), address("programme_changes.page"))
    return render_template("programme/changes.html", releases=_news(event), open_graph=about)


@blueprint.get("/<lang:lang>/<event>/changes.atom")
@public_page()
def feed(event: Event) -> Response:
    """The same for feed readers."""
    source = changes.Source(event, address("programme_changes.feed"), address("programme_changes.page"))
    return Response(changes.to_atom(source, _news(event)), content_type="application/atom+xml; charset=utf-8")
