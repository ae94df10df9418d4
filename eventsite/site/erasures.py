"""The organisers' answer to a request to be forgotten: the person is signed off and erased, places given on."""

from typing import Any

from flask import Blueprint, abort, flash, g

from eventsite.core import i18n
from eventsite.privacy.forms import ButtonForm
from eventsite.site import erasure
from eventsite.web import pages
from eventsite.web.guard import organiser

blueprint = Blueprint("erasures", __name__)


@blueprint.post("/admin/<event>/personal-data/requests/<int:request_id>/erasure")
@organiser("event.edit")
def grant(event: Any, request_id: int) -> Any:
    """Erases the person who asked."""
    if not ButtonForm().validate_on_submit():
        abort(400)
    erasure.grant(event.id, request_id, actor=g.account.public_id)
    flash(i18n._("Deleted."))
    return pages.see_other("privacy_admin.overview", event=event.slug)
