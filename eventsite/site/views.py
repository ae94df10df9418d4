"""The public pages that show several features: list of events, front page, free pages, legal pages, accent, sitemap."""

from typing import Any

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for

from eventsite.core import clock, i18n, jobs, storage
from eventsite.core.errors import NotFound
from eventsite.documentation import queries as documentations
from eventsite.events import colours, logos, queries_series, rules
from eventsite.events.models import Event
from eventsite.programme import queries_released, structured
from eventsite.programme.snapshot import Programme
from eventsite.registration import queries as registrations
from eventsite.registration import queries_surveys
from eventsite.site import addresses, masthead, previews, privacy_notice, queries, sitemap
from eventsite.site import front as fronts
from eventsite.web import cache, errors, pages
from eventsite.web.files import stored_file
from eventsite.web.guard import load_event, public, public_page

blueprint = Blueprint("site", __name__)
FOR_EVER = "public, max-age=31536000, immutable"
PAST = 6  # past events on the start page; the others stand in the archive
PRIVATE = "private, no-store"


@blueprint.get("/")
@public
def start() -> Response:
    """To the list of events in the reader's language."""
    response: Any = redirect(url_for("site.events", lang=pages.preferred_language()), 302)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@blueprint.get("/<lang:lang>/")
@public_page()
def events() -> Any:
    """What is to come, and what was."""
    now = clock.now()
    upcoming: list[dict[str, Any]] = []
    archive: list[dict[str, Any]] = []
    for event, has_report in queries.announced_events(past=PAST, now=now):
        cache.valid_until(rules.next_change(event, now))
        phase = rules.phase(event, now)
        if phase == rules.Phase.DRAFT:
            continue
        row = fronts.listed(event, phase, has_report=has_report)
        is_archived = event.archived_at is not None and event.archived_at <= now
        if phase == rules.Phase.OVER or is_archived:
            archive.append(row)
        else:
            upcoming.insert(0, row)
    return render_template("site/events.html", upcoming=upcoming, archive=archive)


def _address(endpoint: str, **values: Any) -> str:
    return pages.external(url_for(endpoint, preview=None, **values))


def _structured(event: Event, programme: Programme | None) -> dict[str, Any]:
    items = [i for i in programme.items if structured.has_own_page(i)] if programme else []
    found = [
        structured.item(
            item,
            event.timezone,
            url=_address("programme.item", item=item["slug"]),
            person_url=lambda slug: _address("speakers.speaker", person=slug),
        )
        for item in items
    ]
    return structured.event(event, url=_address("site.front"), image=None, sub_events=found)


def _graph(title: str, description: str) -> dict[str, Any]:
    url, name = pages.external(request.path), masthead.site_facts().name
    return structured.open_graph(
        kind="website", title=title, description=description, url=url, image=None, site_name=name
    )


@blueprint.get("/<lang:lang>/<event>/")
@public_page()
def front(event: Event) -> Any:
    """The front page of an event; after the event it leads with the documentation."""
    now, seen = clock.now(), previews.wanted(event)
    cache.valid_until(rules.next_change(event, now))
    found, phase = queries.front(event), seen or rules.public_phase(event, now)
    is_told = masthead.flags(event).has_documentation
    return render_template(
        "site/front.html",
        place=fronts.place(event),
        series=fronts.series(event, queries_series.siblings(event), now) if event.series_id else None,
        seen=previews.strip(event, seen),
        box=fronts.box(event, phase, found.places, is_preview=seen is not None),
        days=found.programme.days(event.timezone) if found.programme else [],
        hosts=fronts.hosts(event),
        report=fronts.report(_published(event)) if is_told else None,
        call=fronts.call(masthead.call_state(event), masthead.flags(event).call),
        json_ld=_structured(event, found.programme),
        open_graph=_graph(i18n.local(event.title), i18n.local(event.lead)),
    )


def _published(event: Event) -> Any:
    return documentations.find_published(event.id, i18n.current_language())


@blueprint.get("/<lang:lang>/<event>/<page>")
@public_page()
def page(event: Event, page: str) -> Any:
    """A free page of an event; routes of their own names come first."""
    found = queries.get_info_page(event.id, page)
    return render_template("site/page.html", page=found)


@blueprint.get("/<lang:lang>/imprint")
@blueprint.get("/<lang:lang>/<event>/imprint")
@public_page()
def imprint(event: Event | None = None) -> Any:
    """Who answers for the event, or for the site."""
    return render_template("site/imprint.html", hosts=event.hosts if event else queries.hosts_of_site())


@blueprint.get("/<lang:lang>/privacy")
@blueprint.get("/<lang:lang>/<event>/privacy")
@public_page()
def privacy(event: Event | None = None) -> Any:
    """What happens with data: the site's own words, and what this event's form really asks."""
    rows = []
    if event is not None:
        asked, followed = queries_surveys.asked_anywhere(event.id)
        rows = privacy_notice.rows(event, asked, registrations.consent_texts(event.id), followed)
        if masthead.call_state(event) != "hidden":
            rows += privacy_notice.rows_of_call()
    hosts = event.hosts if event else queries.hosts_of_site()[:1]
    return render_template("site/privacy.html", rows=rows, hosts=hosts, extra=event.privacy_note if event else None)


@blueprint.get("/<lang:lang>/accessibility")
@blueprint.get("/<lang:lang>/<event>/accessibility")
@public_page()
def accessibility(event: Event | None = None) -> Any:
    """The accessibility statement, and for an event how its place can be reached."""
    extra = event.venue.step_free if event and event.venue else None
    email = event.contact_email if event else next((host.email for host in queries.hosts_of_site()), "")
    return render_template("site/accessibility.html", extra=extra, email=email)


@blueprint.get("/theme/<event>.css")
@public
def theme(event: Event) -> Response:
    """The accent of an event as custom properties; kept for ever under the accent that stands in the address."""
    response = Response(colours.stylesheet(event.accent), content_type="text/css; charset=utf-8")
    is_present = request.args.get("v") == event.accent.lstrip("#")
    kept = FOR_EVER if is_present else "public, no-cache"
    response.headers["Cache-Control"] = PRIVATE if request.args.get("preview") else kept
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/logos/<key>")
@public
def logo(key: str) -> Response:
    """The logo of a host, or of an event that the reader may see."""
    is_hosts, slugs = queries.logo_owner(key)
    if not is_hosts:
        _load_any(slugs)
    with storage.open_key(key) as file:
        kind = logos.content_type(file.read(200))
    return stored_file(key, content_type=kind, cache=PRIVATE if request.args.get("preview") else FOR_EVER)


def _load_any(slugs: list[str]) -> None:
    for slug in slugs:
        try:
            load_event(slug)
        except NotFound:
            continue
        return
    raise NotFound


@blueprint.get("/sitemap.xml")
@public_page()
def map_of_site() -> Response:
    """Every public page in every language."""
    now, releases = clock.now(), queries.last_releases()
    free, documented = queries.free_pages(), queries.documentation_dates()
    listed = [sitemap.Page("site.events", {}), sitemap.Page("archive.page", {})]
    for event, _has_report in queries.announced_events():
        cache.valid_until(rules.next_change(event, now))
        if rules.phase(event, now) != rules.Phase.DRAFT:
            own = (releases.get(event.id), free.get(event.id, []), documented.get(event.id))
            listed += sitemap.pages_of(event, *own)
    listed += [sitemap.Page("speakers.person", {"person": s}, changed) for s, changed in queries_released.addresses()]
    text = sitemap.to_xml(iter(listed), current_app.view_functions)
    return Response(text, content_type="application/xml; charset=utf-8")


@blueprint.get("/robots.txt")
@public
def robots() -> Response:
    """What machines may read: public pages, nothing personal, nothing of the organisers."""
    hidden = "".join(
        f"Disallow: {path}\n" for path in ("/admin/", "/r/", "/p/", "/s/", "/i/", "/g/", "/n/", "/calendar/")
    )
    text = f"User-agent: *\n{hidden}\nSitemap: {pages.external(url_for('site.map_of_site'))}\n"
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@blueprint.get("/healthz")
@public
def health() -> Response:
    """200 when database, storage and queue answer, else 503 with a line for each that does not."""
    problems = {"database": queries.database_problem(), "storage": storage.problem(), "queue": _queue_problem()}
    lines = [f"{name}: {problem}" for name, problem in problems.items() if problem]
    response = Response("\n".join(lines or ["ok"]) + "\n", 503 if lines else 200, content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response


def _queue_problem() -> str | None:
    try:
        jobs.pending()
    except Exception as problem:  # whatever the queue's library raises, the answer is the same
        return type(problem).__name__
    return None


@blueprint.get("/<path:path>")
@public
def without_language(path: str) -> Response:
    """An address without a language leads to the same page in the reader's, if there is one."""
    return addresses.with_language(path)


@blueprint.app_errorhandler(NotFound)
def not_found(problem: NotFound) -> Any:
    """Pages of an event that has a new name are found there for ever; everything else is not found."""
    moved = addresses.moved()
    if moved is not None:
        return moved
    return errors.error_page(404, problem.message)
