"""A speaker's own page behind the secret link: what is wanted, and a section for each thing that is saved as one goes."""

from typing import Any

from flask import Blueprint, Response, g, jsonify, render_template, request

from eventsite.contributions import queries, queries_facts, rules, service_files, service_links
from eventsite.contributions.queries import Desk, Holder, Part
from eventsite.core import clock, i18n, ids
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import _
from eventsite.events import queries as events
from eventsite.programme.rules import role_name
from eventsite.site import personal_rooms, speaker_groups, speaker_sections
from eventsite.site.speaker_sections import Section
from eventsite.web import pages, security
from eventsite.web.files import stored_file
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("speaker_page", __name__))
MOST_SAVES = 400  # in ten minutes: one may type for long


def _load(holder: Holder) -> Desk:
    """What the page shows, with the zone, language and look of the event it is about."""
    desk = queries.desk(holder.speaker)
    first = desk.parts[0]
    i18n.set_zone(first.event.timezone)
    chosen = next((part.contribution.language for part in desk.parts if part.contribution is not None), "")
    wanted = request.args.get("lang", "") or chosen
    if wanted in i18n.languages():
        i18n.set_language(wanted)
    is_public = first.event.published_at is not None and first.event.published_at <= clock.now()
    if len(desk.parts) == 1 and is_public:
        g.event = events.get_event(first.event.slug)
    return desk


@blueprint.get("/s/<token>/")
@personal_link("holder")
def page(holder: Holder) -> Any:
    """Everything that is wanted, and what was sent."""
    desk = _load(holder)
    return _page(desk, holder, [one.show() for one in speaker_sections.sections(desk, holder)])


@blueprint.route("/s/<token>/<section>", methods=["GET", "POST"])
@personal_link("holder")
def save(holder: Holder, section: str) -> Any:
    """Stores one section; a script is answered in short, a form by the page. Looking leads to the section."""
    desk = _load(holder)
    found = speaker_sections.sections(desk, holder)
    one = speaker_sections.find(found, section)
    if request.method == "GET":
        return pages.see_other("speaker_page.page", _anchor=section)
    security.limit(f"speaker {holder.speaker.id}", times=MOST_SAVES, minutes=10)
    status = _store(one.take())
    if request.accept_mimetypes.best == "application/json":
        return _in_short(one, status)
    if status == 200:
        return pages.see_other("speaker_page.page", done=one.key, _anchor=section)
    shown = [other if other is one else other.show() for other in found]
    return _page(desk, holder, shown), status


def _store(one: Section) -> int:
    """Stores what was sent; what is wrong stands in the section, and the answer is its status."""
    if not one.form.validate():
        return 422
    try:
        one.store()
    except rules.Clash as clash:
        one.problem = str(clash)
        one.told_clash(clash)
        return 409
    except NotFound:
        raise
    except Refused as refusal:
        one.problem = str(refusal)
        return 422
    return 200


def _in_short(one: Section, status: int) -> Any:
    if status == 200:
        told = _("Saved at %(time)s.", time=i18n.format_time(clock.now()))
        # A section with a file has no prints: it is sent by its button.
        return jsonify(told=told, seen=rules.seen_of(one.typed()) if one.kind.is_quick else "")
    errors = [sentence for _target, sentence in one.form.error_summary()]
    told = one.problem or (errors[0] if errors else "")
    return jsonify(told=told + " " + _("Not saved yet."), is_clash=status == 409), status


def _page(desk: Desk, holder: Holder, sections: list[Section]) -> Any:
    open_one = next((one for one in sections if one.problem or one.form.errors), None)
    assistant = None if holder.is_assistant else queries.assistant_link(holder.speaker)
    context = {
        "desk": desk,
        "is_assistant": holder.is_assistant,
        "groups": [(part, _wanted(desk, part, sections), _of(sections, part)) for part in desk.parts],
        "profile": _of(sections, None),
        "led": {} if holder.is_assistant else speaker_groups.led(desk.parts),
        "assistant_url": _address("assistant", assistant) if assistant is not None else None,
        "wrong": open_one,
        "done": done_in_words(request.args.get("done", "")),
        "cells": rules.CELLS,
        "role_name": role_name,
        "may_share": not holder.is_assistant,
    }
    return render_template("site/speaker_page.html", **context)


def _of(sections: list[Section], part: Part | None) -> list[Section]:
    return [one for one in sections if one.place.part is part]


def _wanted(desk: Desk, part: Part, sections: list[Section]) -> list[tuple[str, str, str]]:
    """What is wanted for an event: label, state, and where it is typed; without what nobody asks for."""
    inside = {one.item_id for one in part.appearances}
    changes = [row for (item, _name), row in desk.changes.items() if item is None or item in inside]
    files = [row for item in inside for row in desk.materials.get(item, [])]
    facts = queries_facts.facts(desk.speaker, part.appearances, part.contribution, part.consents, changes, files)
    anchors: dict[str, str] = {}
    for one in sections:
        if one.place.part in (part, None):
            anchors.update({key: anchors.get(key, one.anchor) for key in one.kind.wanted})
    states = rules.cells(facts, part.plan.wanted)
    return [
        (str(rules.WANTED[key]), state, anchors[key])
        for key, state in states.items()
        if key in anchors and state != "none"
    ]


def done_in_words(key: str) -> str:
    """What was just done, told on the page one comes back to."""
    if key in speaker_sections.KINDS:
        title = speaker_sections.KINDS[key].title
        return _("Saved: %(section)s.", section=title)
    return {
        "assistant": _("The second link works now. Pass it on to the person who helps you."),
        "revoked": _("The second link does not work any more."),
        "mailed": _("Your mail is on its way to the group."),
        "withdrawn": _("The file is withdrawn."),
    }.get(key, "")


def _address(purpose: str, link: Any) -> str:
    return pages.external(f"/s/{ids.link_token(purpose, link.public_id, link.generation)}/")


@blueprint.post("/s/<token>/assistant")
@personal_link("holder")
def assistant(holder: Holder) -> Any:
    """Makes a second link, or ends it; not for whoever holds one."""
    if holder.is_assistant:
        raise NotFound
    if request.form.get("deed") == "revoke":
        service_links.revoke_assistant(holder.speaker.id)
        return pages.see_other("speaker_page.page", done="revoked", _anchor="assistant")
    service_links.make_assistant_link(holder.speaker.id)
    return pages.see_other("speaker_page.page", done="assistant", _anchor="assistant")


@blueprint.get("/s/<token>/files/portrait")
@personal_link("holder")
def portrait(holder: Holder) -> Response:
    """The portrait as it was sent last, cut as it will be shown."""
    desk = _load(holder)
    values = queries.proposed(queries.profile_values(desk.speaker), desk.changes, None)["portrait"] or {}
    if not values.get("key"):
        raise NotFound
    return stored_file(values["key"], content_type="image/jpeg")


@blueprint.get("/s/<token>/files/<material>")
@personal_link("holder")
def material(holder: Holder, material: str) -> Response:
    """A file as it was sent last."""
    one = service_files.get_own(_load(holder).speaker.id, material)
    return stored_file(one.key, content_type=one.content_type, filename=one.filename, inline=False)


@blueprint.post("/s/<token>/files/<material>/withdrawal")
@personal_link("holder")
def withdraw(holder: Holder, material: str) -> Any:
    """Takes a file back that was not approved yet."""
    service_files.take_back(_load(holder).speaker.id, material)
    return pages.see_other("speaker_page.page", done="withdrawn")
