"""For those whom somebody else has registered: saying the own part and confirming; and the page of the group's contact."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from wtforms import SelectField

from eventsite.allocation import queries_wishes
from eventsite.core import clock
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import forms as fields
from eventsite.registration import queries, queries_ways, rules, service_groups
from eventsite.registration.forms import Questionnaire
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import RegistrationGroup
from eventsite.registration.rules import Status
from eventsite.site import personal_rooms, signup
from eventsite.site.personal_changes import LANGUAGES
from eventsite.site.registration_form import Filled
from eventsite.site.wish_sheet import Sheet
from eventsite.web import forms, pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_group", __name__))


class JoiningForm(personal_rooms.ButtonForm):
    """What somebody says who was registered by somebody else; questions, wishes and consents are added."""

    name = forms.line(_l("First name and family name"), required=True)
    organisation = forms.line(_l("Organisation"))
    language = SelectField(_l("Language of our messages"), choices=LANGUAGES)
    shows_state = forms.tick(_l("Whoever registered me may see whether I have confirmed"))


@blueprint.route("/r/<token>/joining", methods=["GET", "POST"])
@personal_link("registration")
def joining(registration: Registration) -> Any:
    """The own details, answers, wishes and consents, and with them the confirmation."""
    is_late = rules.is_overdue(registration.status, registration.held_until, clock.now())
    is_open = registration.status == Status.PENDING and registration.held_until is not None
    if registration.group_id is None or is_late or not is_open:
        return pages.see_other("personal.confirmation")
    group = queries_ways.get_group(registration.group_id)
    filled, refused = _form(registration), ""
    if filled.is_accepted():
        try:
            registration = _join(registration, filled)
        except Refused as refusal:
            refused = str(refusal)
        else:
            return pages.see_other("personal.page", done="asked" if registration.awaits_decision else "confirmed")
    context = {**filled.context(), "group": group, "errors": [("", refused)] if refused else []}
    status = 409 if refused else 422 if request.method == "POST" else 200
    return render_template("site/joining.html", registration=registration, **context), status


def _form(registration: Registration) -> Filled:
    event = g.event
    asked, texts = queries.asked(event.id), queries.consent_texts(event.id)
    questionnaire = Questionnaire(asked, clock.now(), full=queries.full_options(event.id, asked))
    sheet = Sheet(queries_wishes.offered(event.id), event.max_choices)
    added = {**sheet.fields(), **questionnaire.fields(), **fields.consent_fields(texts)}
    values = {name: getattr(registration, name) for name in ("name", "organisation", "language")}
    form = type("EventJoiningForm", (JoiningForm,), added)(data=values)
    return Filled(event, form, sheet, questionnaire, texts)


def _join(registration: Registration, filled: Filled) -> Registration:
    form = filled.form
    details = signup.Details(
        form["name"].data, registration.email, form.organisation.data or "", form.language.data or registration.language
    )
    return signup.join_group(
        registration.id,
        details,
        answers=filled.answers,
        consents=filled.consents,
        choices=filled.choices or {},
        shows_state=bool(form.shows_state.data),
    )


@blueprint.route("/r/<token>/group", methods=["GET", "POST"])
@personal_link("registration")
def group(registration: Registration) -> Any:
    """Whether the contact sees the state; changed as easily as it was said."""
    if registration.group_id is None:
        return pages.see_other("personal.page")
    if request.method == "POST":
        service_groups.show_state(registration.id, is_shown=request.form.get("shows_state") == "yes")
        return pages.see_other("personal.page", done="details")
    found = queries_ways.get_group(registration.group_id)
    context = {"group": found, "form": personal_rooms.ButtonForm(), "back_url": url_for("personal.page")}
    return render_template("site/personal_group.html", registration=registration, **context)


@blueprint.get("/g/<token>/")
@personal_link("group")
def contact(group: RegistrationGroup) -> Any:
    """What the contact may see: who of those that agreed has confirmed, and how many others there are."""
    members = [one for one in queries_ways.members(group.id) if one.shows_state]
    shown = [(one.name, service_groups.is_confirmed(one)) for one in members]
    return render_template("site/group.html", group=group, shown=shown, others=group.size - len(shown))
