"""What participants change themselves: wishes, details and answers, consents."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from eventsite.allocation import ballots, queries_rules, queries_wishes
from eventsite.allocation import together as togetherness
from eventsite.core import clock
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import forms as fields
from eventsite.registration import queries, rules, service_answers
from eventsite.registration import service as registrations
from eventsite.registration.forms import Questionnaire
from eventsite.registration.models import Registration
from eventsite.site import personal_rooms, signup
from eventsite.site.registration_form import keep_files
from eventsite.site.wish_sheet import Sheet
from eventsite.web import forms, pages, security
from eventsite.web.files import stored_file
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_changes", __name__))
MOST_CODES = 20  # in ten minutes: enough for somebody who mistypes
LANGUAGES = [SelectChoice("de", "Deutsch"), SelectChoice("en", "English")]


class DetailsForm(personal_rooms.ButtonForm):
    """What somebody told about oneself; questions are added per event."""

    name = forms.line(_l("First name and family name"), required=True)
    organisation = forms.line(_l("Organisation"))
    language = SelectField(_l("Language of our messages"), choices=LANGUAGES)


def _filled(base: Any, added: dict[str, Any], values: dict[str, Any]) -> Any:
    return type("AddedForm", (base,), added)(data=values)


@blueprint.route("/r/<token>/wishes", methods=["GET", "POST"])
@personal_link("registration")
def wishes(registration: Registration) -> Any:
    """The sheet of wishes as it was last stored; open until the deadline."""
    event = g.event
    if not rules.may_change_wishes(registration.status, event, clock.now()):
        raise Refused(_l("Wishes can no longer be changed. Please write to the organisers instead."))
    sheet = Sheet(queries_wishes.offered(event.id), event.max_choices)
    form = _filled(personal_rooms.ButtonForm, sheet.fields(), sheet.values(queries_wishes.wishes(registration.id)))
    if form.validate_on_submit() and (choices := sheet.read(form)) is not None:
        signup.change_wishes(registration.id, choices)
        return pages.see_other("personal.page", done="wishes")
    context = {
        "wishes": sheet.shown(form),
        "max_choices": event.max_choices,
        "rule": ballots.rule_in_words(event.objective, event.tie),
        "points": ballots.rule_in_full(event.tie, event.seed),
        "changes": queries_rules.changes(event.id),
        "until": event.wishes_close_at or event.registration_closes_at,
        "back_url": url_for("personal.page"),
    }
    return render_template("site/personal_wishes.html", form=form, **context), 422 if form.is_submitted() else 200


class GroupForm(personal_rooms.ButtonForm):
    """The code of a group, and which button was pressed."""

    group_code = forms.line(_l("Code for the same workshops"), most=40)


@blueprint.route("/r/<token>/together", methods=["GET", "POST"])
@personal_link("registration")
def together(registration: Registration) -> Any:
    """The group one is in, with its code and how many are in it; start, join, leave."""
    form, deed = GroupForm(), request.form.get("deed", "")
    if form.validate_on_submit():
        if deed == "join":
            security.limit(f"group code {registration.id}", times=MOST_CODES, minutes=10)
        try:
            signup.change_group(registration.id, deed, form.group_code.data or "")
        except Refused as refusal:
            form.group_code.errors = [str(refusal)]
        else:
            return pages.see_other("personal_changes.together")
    code = queries_wishes.group_code(registration.id)
    context = {
        "code": togetherness.shown(code) if code else "",
        "size": queries_wishes.group_size(registration.event_id, code) if code else 0,
        "most": togetherness.MOST,
        "may_change": rules.may_change_wishes(registration.status, g.event, clock.now()),
        "back_url": url_for("personal.page"),
    }
    return render_template("site/personal_together.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.route("/r/<token>/details", methods=["GET", "POST"])
@personal_link("registration")
def details(registration: Registration) -> Any:
    """Name, organisation, language and answers."""
    if registration.status not in rules.LIVE:
        return pages.see_other("personal.page")
    asked = queries.asked(registration.event_id)
    stored = {one.key: value for one, value in queries.answers_of([registration.id])[registration.id]}
    sheet = Questionnaire(asked, clock.now(), stored, queries.full_options(registration.event_id, asked))
    values = {"name": registration.name, "organisation": registration.organisation, "language": registration.language}
    form = _filled(DetailsForm, sheet.fields(), {**values, **sheet.values()})
    if form.is_submitted():
        keep_files(form, sheet)
    if form.validate_on_submit():
        registrations.change_details(
            registration.id,
            name=form["name"].data,
            organisation=form.organisation.data or "",
            language=form.language.data,
            answers=sheet.answers(form),
            actor="participant",
        )
        return pages.see_other("personal.page", done="details")
    context = {"question_sections": sheet.shown(form), "back_url": url_for("personal.page")}
    page = render_template("site/personal_details.html", form=form, registration=registration, **context)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/r/<token>/consents", methods=["GET", "POST"])
@personal_link("registration")
def consents(registration: Registration) -> Any:
    """Giving and withdrawing on the same page, the one as easy as the other (GDPR Art. 7(3))."""
    texts = queries.consent_texts(registration.event_id)
    added = fields.consent_fields(texts, queries.consents_given(registration.id))
    form = _filled(personal_rooms.ButtonForm, added, {})
    if form.validate_on_submit():
        kinds = fields.consents(form, texts)
        service_answers.set_consents(registration.id, kinds, channel="personal page", actor="participant")
        return pages.see_other("personal.page", done="consents")
    context = {"consent_fields": [form[name] for name in added], "back_url": url_for("personal.page")}
    page = render_template("site/personal_consents.html", form=form, registration=registration, **context)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/r/<token>/data")
@personal_link("registration")
def data(registration: Registration) -> Any:
    """Everything we hold about this registration, for people (GDPR Art. 15)."""
    found = personal_rooms.own_data(g.event, queries.get_full(registration.id))
    context = {"data": found, "file_url": url_for("personal.data_file"), "back_url": url_for("personal.page")}
    words = {"labels": rules.STATUS_LABELS, "consent_words": personal_rooms.consent_in_words}
    return render_template("site/personal_data.html", **words, **context)


@blueprint.get("/r/<token>/files/<file>")
@personal_link("registration")
def file(registration: Registration, file: str) -> Any:
    """A file one gave oneself, to take along (GDPR Art. 15)."""
    one, _audience = queries.get_answer_file(registration.id, file)
    return stored_file(one.key, content_type=one.content_type, filename=one.filename, inline=False)
