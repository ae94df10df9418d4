"""The published documentation: the page, the same tree as JSON, and its PDF."""

from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, render_template, url_for

from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.core.i18n import _
from eventsite.documentation import outline_words, queries
from eventsite.documentation.models import DocumentationVersion, DocumentFile
from eventsite.events.models import Event
from eventsite.media import queries as media
from eventsite.web import errors, pages
from eventsite.web.files import stored_file
from eventsite.web.guard import public, public_page

blueprint = Blueprint("documentation", __name__)


def _published(event: Event) -> tuple[DocumentationVersion, DocumentFile | None]:
    language = i18n.current_language()
    found = queries.find_published(event.id, language)
    if found is None:
        raise NotFound(_("The documentation of this event is not published yet."))
    return found


def _tree(event: Event, version: DocumentationVersion) -> outline_words.Tree:
    """The frozen tree of the page's language, without pictures and files withdrawn since."""
    trees = version.tree
    tree = trees.get(i18n.current_language()) or next(iter(trees.values()))
    return outline_words.pruned(tree, media.shown_ids(event.id).__contains__)


@blueprint.get("/<lang:lang>/<event>/documentation")
@public_page()
def documentation(event: Event) -> Any:
    """The documentation as a page to read, with a table of contents and addresses for every finding."""
    version, file = _published(event)
    tree = _tree(event, version)
    place = i18n.local(tree["event"]["place"])
    return render_template(
        "documentation/documentation.html",
        tree=outline_words.marked(tree),
        pdf={"state": file.state, "size": file.size, "pages": file.pages} if file else None,
        place=place,
        json_ld=_structured(event, version, tree),
        open_graph=_open_graph(event, tree),
    )


def _address(endpoint: str, **values: Any) -> str:
    return pages.external(url_for(endpoint, **values))


def _picture(tree: outline_words.Tree) -> dict[str, Any] | None:
    return next((photo for block in tree["blocks"] for photo in block.get("photos", [])), None)


def _open_graph(event: Event, tree: outline_words.Tree) -> dict[str, Any]:
    picture = _picture(tree)
    return {
        "title": f"{_('Documentation')}: {i18n.local(tree['title'])}",
        "description": i18n.local(tree["lead"]),
        "url": _address("documentation.documentation", event=event.slug),
        "image": pages.external(picture["large_url"]) if picture else None,
        "image_alt": i18n.local(picture["alt"]) if picture else None,
        "type": "article",
    }


def _structured(event: Event, version: DocumentationVersion, tree: outline_words.Tree) -> dict[str, Any]:
    """schema.org: a report about an event, with its hosts and its PDF."""
    hosts = [{"@type": "Organization", "name": i18n.local(host["name"])} for host in tree["event"]["hosts"]]
    place = {"@type": "Place", "name": i18n.local(tree["event"]["place"]), "address": tree["event"]["address"]}
    assert version.published_at is not None
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": i18n.local(tree["title"]),
        "description": i18n.local(tree["lead"]),
        "inLanguage": tree["language"],
        "datePublished": version.published_at.isoformat(),
        "version": version.number,
        "url": _address("documentation.documentation", event=event.slug),
        "publisher": hosts,
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": _address("documentation.pdf", event=event.slug),
            "encodingFormat": "application/pdf",
        },
        "about": {
            "@type": "Event",
            "name": i18n.local(tree["title"]),
            "startDate": tree["event"]["starts_at"],
            "endDate": tree["event"]["ends_at"],
            "eventStatus": "https://schema.org/EventScheduled",
            "location": place,
            "organizer": hosts,
            "url": _address("site.front", event=event.slug),
        },
    }


@blueprint.get("/<lang:lang>/<event>/documentation.json")
@public_page()
def tree(event: Event) -> Response:
    """The whole tree for machines: the same content as page and PDF."""
    version, _file = _published(event)
    made = {**_tree(event, version), "version": version.number}
    response = make_response(current_app.json.dumps(made, ensure_ascii=False, sort_keys=False))
    response.content_type = "application/json; charset=utf-8"
    return response


@blueprint.get("/<lang:lang>/<event>/documentation.pdf")
@public
def pdf(event: Event) -> Response:
    """The PDF of the last published version; while it is missing, a page says why."""
    _version, file = _published(event)
    if file is None:
        raise NotFound(_("The documentation is not published in this language."))
    if file.state != "ready" or not file.key:
        reason = _("The PDF of this documentation could not be made.")
        return errors.error_page(503, f"{reason} {file.problem}".strip())
    is_open = event.published_at is not None and event.published_at <= clock.now()
    g.private = not is_open
    return stored_file(
        file.key,
        content_type="application/pdf",
        filename=f"{event.slug}-{_('documentation')}-{file.language}.pdf",
        cache="public, no-cache" if is_open else "private, no-store",
    )
