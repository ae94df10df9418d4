"""Whoever leads a workshop: the group in numbers, and mails to it without seeing an address; not for assistants."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for

from eventsite.contributions import queries, queries_groups, service_groups
from eventsite.contributions.forms import GroupMailForm
from eventsite.contributions.queries import Holder, Part
from eventsite.contributions.queries_groups import Group
from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.programme.models import ProgrammeItem
from eventsite.registration import letters
from eventsite.site import personal_rooms
from eventsite.web import pages, security
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("speaker_groups", __name__))


@dataclass(frozen=True)
class Led:
    """A workshop that somebody leads, with its group."""

    item: ProgrammeItem
    group: Group
    may_mail: bool


def led(parts: list[Part]) -> dict[str, list[Led]]:
    """The groups of a speaker by event; a fixed number of queries."""
    there = [part for part in parts if queries_groups.are_there(part.event)]
    ids = [item_id for part in there for item_id in queries_groups.led(part.appearances)]
    groups = queries_groups.groups(ids)
    return {
        part.event.public_id: [
            Led(item, groups[item.id], part.plan.may_mail_groups) for item in part.items if item.id in groups
        ]
        for part in there
    }


def _mine(holder: Holder, public_id: str) -> tuple[Part, ProgrammeItem]:
    """A workshop this person leads whose group is known; NotFound for any other, and for assistants."""
    if holder.is_assistant:
        raise NotFound
    for part in queries.desk(holder.speaker).parts:
        for item in part.items:
            is_led = item.id in queries_groups.led(part.appearances)
            if item.public_id == public_id and is_led and queries_groups.are_there(part.event):
                i18n.set_zone(part.event.timezone)
                wanted = request.args.get("lang", "")
                i18n.set_language(wanted if wanted in i18n.languages() else i18n.current_language())
                return part, item
    raise NotFound


@blueprint.route("/s/<token>/groups/<item>", methods=["GET", "POST"])
@personal_link("holder")
def mail(holder: Holder, item: str) -> Any:
    """The form of a mail to the group: looked at first, then sent."""
    part, found = _mine(holder, item)
    speaker, own = holder.speaker, _own_address(holder)
    form, problem = GroupMailForm(), ""
    if not own:
        del form.is_own_reply
    is_valid = form.validate_on_submit()
    if is_valid and "sure" in request.form:
        security.limit(f"group mail {speaker.id}", times=10, minutes=60)
        try:
            _send(found.id, speaker.id, form)
        except Refused as refusal:
            problem = str(refusal)
        else:
            return pages.see_other("speaker_page.page", done="mailed")
    preview = service_groups.compose(*_words(part, found, holder, form)) if is_valid else None
    context = {
        "item": found,
        "number": len(queries_groups.recipients(found.id)),
        "may_mail": part.plan.may_mail_groups,
        "own": own,
        "contact": part.event.contact_email,
        "preview": preview,
        "problem": problem,
        "back_url": url_for("speaker_page.page"),
    }
    page = render_template("site/speaker_group.html", form=form, **context)
    return page, 409 if problem else 422 if form.errors else 200


def _own_address(holder: Holder) -> str:
    return queries.address_of(holder.speaker)


def _send(item_id: int, speaker_id: int, form: Any) -> None:
    is_own = bool("is_own_reply" in form and form.is_own_reply.data)
    service_groups.mail(item_id, speaker_id, form.subject.data, form.text.data, is_own_reply=is_own)


def _words(part: Part, item: ProgrammeItem, holder: Holder, form: Any) -> tuple[Any, ...]:
    """What the mail is made of, for an invented reader."""
    reader = letters.invented(part.event.id, i18n.current_language())
    event = letters.event_for(reader)
    return event, item, holder.speaker.name, form.subject.data, form.text.data, reader
