"""The registration form as participants will see it, with drafts, before anybody can register; nothing is stored."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request

from eventsite.core import i18n
from eventsite.registration import answer_files
from eventsite.site.registration_form import registration_form
from eventsite.web.guard import organiser

blueprint = Blueprint("form_preview", __name__)


@blueprint.route("/admin/<event>/questions/preview", methods=["GET", "POST"])
@organiser("event.edit")
def preview(event: Any) -> Any:
    """The form in one of the languages; sent, it is judged as a real one and then forgotten."""
    wanted = request.args.get("language", "")
    if wanted in i18n.languages():
        i18n.set_language(wanted)
    filled = registration_form(event, is_trial=True)
    if filled.is_accepted(_only_check):
        flash(i18n._("This registration would have been accepted. Nothing was stored."))
    others = [code for code in i18n.languages() if code != i18n.current_language()]
    context = {"state": "", "closes_at": event.registration_closes_at, "is_preview": True, "preview_languages": others}
    g.private = True
    page = render_template("site/register.html", **filled.context(), **context)
    return page, 422 if filled.form.error_summary() else 200


def _only_check(_question_id: int, content: bytes, filename: str) -> str:
    """Refuses what would be refused; keeps nothing."""
    return answer_files.clean(content, filename, "preview").filename
