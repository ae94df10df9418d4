"""The public archive: past events by year, topic, place and series; the filters stand in the address."""

from typing import Any

from flask import Blueprint, render_template, request

from eventsite.core import clock, i18n
from eventsite.events import queries_series, rules
from eventsite.site import front as fronts
from eventsite.site import queries_archive, rules_archive
from eventsite.web import cache, pages
from eventsite.web.guard import public_page

blueprint = Blueprint("archive", __name__)
SIZE = 20  # events on a page


@blueprint.get("/<lang:lang>/archive")
@public_page(vary=(*rules_archive.FILTERS, "page"))
def page() -> Any:
    """What was, latest first."""
    now = clock.now()
    past, changes_at = queries_archive.past_events(now)
    cache.valid_until(changes_at)
    wanted = {name: request.args.get(name, "").strip()[:80] for name in rules_archive.FILTERS}
    found = rules_archive.matching(past, wanted)
    shown = pages.pager(len(found), SIZE)
    full = queries_archive.listed([one.id for one in found[shown.offset : shown.offset + SIZE]])
    rows = [fronts.listed(event, rules.phase(event, now), has_report=report) for event, report in full]
    names = {one.slug: i18n.local(one.title) for one in queries_series.all_series()}
    facets = {
        name: [
            (value, f"{names.get(value, value) if name == 'series' else value} ({count})") for value, count in values
        ]
        for name, values in rules_archive.facets(past, wanted).items()
    }
    context = {"archive": rows, "pager": shown, "facets": facets, "wanted": wanted, "total": len(found)}
    return render_template("site/archive.html", is_filtered=any(wanted.values()), all_past=len(past), **context)
