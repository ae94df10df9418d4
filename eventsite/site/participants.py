"""The public list of participants: only who has a place and agreed to stand in it."""

from typing import Any

from flask import Blueprint, render_template

from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.registration import queries
from eventsite.web.guard import public

blueprint = Blueprint("participants", __name__)


@blueprint.get("/<lang:lang>/<event>/participants")
@public
def public_list(event: Event) -> Any:
    """Never kept anywhere, because a consent that is taken back counts at once; exists where the form asks for it."""
    if not queries.asks_for(event.id, "public_list"):
        raise NotFound
    return render_template("site/participants.html", people=queries.listed(event.id, "public_list"))
