"""The state of an event for other websites: JSON, a button as SVG, a frame without a form; no script, no cookie."""

import json
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from eventsite.core import clock
from eventsite.events import rules
from eventsite.events.models import Event
from eventsite.registration import queries
from eventsite.registration import rules as registration_rules
from eventsite.site import status
from eventsite.site.status import State
from eventsite.web import cache, pages
from eventsite.web.guard import public_page

blueprint = Blueprint("status", __name__)
# Others may read it, and keep it for a minute: a busy website then costs one question a minute.
FOR_A_MINUTE = "public, max-age=60"
FOR_OTHERS = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
PICTURE_CSP = "default-src 'none'; frame-ancestors 'none'"
FRAME_CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none';"
    " frame-ancestors "
)


def _for_a_minute(response: Response) -> Response:
    if not request.args.get("preview"):  # a draft is kept nowhere
        response.headers["Cache-Control"] = FOR_A_MINUTE
    return response


def _found(event: Event) -> tuple[State, Any]:
    now = clock.now()
    cache.valid_until(rules.next_change(event, now))
    places = registration_rules.together(queries.all_places(event))
    return status.state(event, rules.phase(event, now), places), places


@blueprint.get("/<lang:lang>/<event>/status.json")
@public_page()
def facts(event: Event) -> Response:
    """The state as facts for programs of other sites."""
    found, places = _found(event)
    front = pages.external(url_for("site.front"))
    told = status.facts(
        event, found, places, url=front, register_url=pages.external(url_for("registration_form.register"))
    )
    response = Response(json.dumps(told, ensure_ascii=False, indent=1) + "\n", content_type="application/json")
    response.headers.update(FOR_OTHERS)
    return _for_a_minute(response)


@blueprint.get("/<lang:lang>/<event>/status.svg")
@public_page()
def button(event: Event) -> Response:
    """The state as a picture that another site shows inside a link."""
    found, _places = _found(event)
    size = {"width": status.width(found), "height": status.HEIGHT}
    drawn = render_template("site/status.svg", found=found, accent=status.accent(event), **size)
    response = Response(drawn, content_type="image/svg+xml; charset=utf-8")
    response.headers.update(FOR_OTHERS)
    response.headers["Content-Security-Policy"] = PICTURE_CSP
    return _for_a_minute(response)


@blueprint.get("/<lang:lang>/<event>/frame")
@public_page()
def frame(event: Event) -> Response:
    """The state as a small page for a frame; its link leads here, so that nobody types data inside another site."""
    found, _places = _found(event)
    response = make_response(render_template("site/status_frame.html", found=found))
    response.headers["Content-Security-Policy"] = FRAME_CSP + status.ancestors(event.frame_hosts)
    response.headers["X-Robots-Tag"] = "noindex"
    return _for_a_minute(response)
