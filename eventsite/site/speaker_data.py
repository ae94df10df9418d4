"""What a speaker sent, to take along (GDPR Art. 15) and to have deleted (Art. 17); not for assistants."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from eventsite.contributions import queries, rules, service_retention
from eventsite.contributions.queries import Desk, Holder, Part
from eventsite.core import i18n
from eventsite.core.errors import NotFound
from eventsite.core.i18n import local
from eventsite.site import personal_rooms
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("speaker_data", __name__))


def _own(holder: Holder) -> Desk:
    if holder.is_assistant:
        raise NotFound
    wanted = request.args.get("lang", "")
    if wanted in i18n.languages():
        i18n.set_language(wanted)
    return queries.desk(holder.speaker)


@blueprint.get("/s/<token>/data.json")
@personal_link("holder")
def file(holder: Holder) -> Response:
    """Everything that was sent by this link, for machines."""
    desk = _own(holder)
    profile = queries.profile_values(desk.speaker)
    return personal_rooms.as_json(
        {
            "profile": {**profile, "portrait": {"credit": profile["portrait"].get("credit", "")}},
            "proposals": [
                {
                    "field": row.field,
                    "text": rules.texts(row.field, row.after),
                    "state": row.state,
                    "at": row.changed_at,
                }
                for row in desk.changes.values()
            ],
            "events": [_of_event(desk, part) for part in desk.parts],
        }
    )


def _of_event(desk: Desk, part: Part) -> dict[str, Any]:
    row, need = part.contribution, part.need
    return {
        "event": local(part.event.title),
        "items": [{"title": local(one.item.title), "role": one.role} for one in part.appearances],
        "answer": row.answer if row else "",
        **{name: getattr(row, name) if row else "" for name in ("technology", "travel", "note")},
        "food": need.diet if need else "",
        "access": need.access if need else "",
        "consents": [
            {"text": one.wording, "answer": one.answer, "given_at": one.given_at}
            for one in queries.consents([row.id] if row else [])
        ],
        "files": [
            {"title": one.title, "name": one.filename, "state": one.state, "sent_at": one.created_at}
            for item in part.items
            for one in desk.materials.get(item.id, [])
        ],
    }


@blueprint.route("/s/<token>/erasure", methods=["GET", "POST"])
@personal_link("holder")
def erasure(holder: Holder) -> Any:
    """Shows first what goes and what stays; the button deletes what was sent and ends the links."""
    desk = _own(holder)
    if request.method == "POST":
        service_retention.forget_speaker(desk.speaker.id, actor="speaker")
        return render_template("site/speaker_erased.html")
    contact = next((part.event.contact_email for part in desk.parts if part.event.contact_email), "")
    return render_template("site/speaker_erasure.html", contact=contact, back_url=url_for("speaker_page.page"))
