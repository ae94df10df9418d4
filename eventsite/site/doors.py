"""The way in on a public form: the field for a code, who may register in words, and refusals at the field they are about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import HiddenField

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.registration import queries_lists, rules_ways
from eventsite.registration.models_lists import Invitation
from eventsite.registration.rules_ways import Way
from eventsite.registration.service_ways import Entry, KeyRefused
from eventsite.web import forms, security

# Wrong codes of one network within ten minutes: enough for an office's typing errors, useless for guessing.
MOST_WRONG_CODES = 30


@dataclass
class Door:
    """What somebody came with, and whether it opened."""

    entry: Entry
    is_open: bool = True


def invited(event: Event) -> Invitation | None:
    """The invitation to this event that the address or the form carries."""
    token = request.args.get("invitation") or request.form.get("invitation") or ""
    found = queries_lists.find_invitation(token[:80]) if token else None
    return found if found is not None and found.event_id == event.id else None


def given(event: Event) -> dict[str, str]:
    """What an invitation fills in; it can all be changed."""
    found = invited(event)
    return {"name": found.name, "email": found.email, "organisation": found.organisation} if found else {}


def fields(event: Event) -> dict[str, Any]:
    """The field for a code where codes open the form; a link ending in ?code=… fills it in, an invitation replaces it."""
    if invited(event) is not None:
        token = (request.args.get("invitation") or request.form.get("invitation") or "")[:80]
        return {"invitation": HiddenField(default=token)}
    if not rules_ways.asks_for_code(event.way_in):
        return {}
    code = forms.clean_line(request.args.get("code", ""))[:60]
    about = _l("It stands in your invitation. Capitals, spaces and hyphens make no difference.")
    return {"code": forms.line(_l("Invitation code"), most=60, default=code, description=about)}


def way_in_words(event: Event) -> dict[str, Any]:
    """Who may register, told before anybody fills in the form."""
    domains = rules_ways.named_domains(event.entry_domains)
    sentences = {
        Way.OPEN: "",
        Way.MODERATED: i18n._("The organisers decide about every registration and then write to you."),
        Way.INVITED: i18n._("This event is for invited people."),
        Way.MIXED: i18n._("With an invitation code you are in at once. About everybody else the organisers decide."),
    }
    text = sentences[Way(event.way_in)]
    if domains and rules_ways.asks_for_code(event.way_in):
        text += " " + i18n._("Addresses at %(domains)s need no code.", domains=domains)
    return {"text": text, "is_code_optional": event.way_in == Way.MIXED or bool(domains)}


@contextmanager
def at_its_field(event: Event, form: Any) -> Iterator[Door]:
    """Lets a refusal stand at its field, with everything typed kept, and slows down guessing of codes."""
    typed = form.code.data if "code" in form else ""
    if typed:
        security.refuse_over("code", times=MOST_WRONG_CODES, minutes=10)
    found = invited(event) if "invitation" in form else None
    door = Door(Entry(code=typed or "", invitation_id=found.id if found else None))
    try:
        yield door
    except KeyRefused as refusal:
        door.is_open = False
        field = refusal.field if refusal.field in form else "email"
        form[field].errors = [*form[field].errors, str(refusal)]
        if typed and refusal.field == "code":
            security.count("code", minutes=10)
