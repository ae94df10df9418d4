"""Organisers: the call itself, its text, times, kinds and lengths, and how visitors will see it."""

from typing import Any

from flask import Blueprint, flash, g, render_template, request, url_for
from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules as programme
from eventsite.proposals import forms as fields
from eventsite.proposals import queries, rules, service, service_call, views
from eventsite.proposals.models import Call
from eventsite.site import desk
from eventsite.web import forms, pages
from eventsite.web.guard import organiser

blueprint = Blueprint("call_desk", __name__)
COLUMNS = ("text", "opens_at", "closes_at", "asks_people", "most_words", "is_blind", "keep_months")


def _several(label: Any, choices: Any, **options: Any) -> SelectMultipleField:
    widgets = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
    return SelectMultipleField(label, choices=forms.options(choices), **widgets, **options)


class CallForm(forms.Form):
    """What may be proposed, until when, and how it is read."""

    text = forms.words(
        _l("Text of the call"),
        several_lines=True,
        most=8000,
        description=_l("What you are looking for, what you offer, when you decide. Headings and lists as everywhere."),
    )
    opens_at = forms.LocalDateTime(_l("Opens"), description=_l("Left empty, nobody sees the call."))
    closes_at = forms.LocalDateTime(_l("Closes"), description=_l("Until then people may change what they sent."))
    kinds = _several(
        _l("What can be proposed"),
        [(kind, programme.KINDS[kind]) for kind in rules.KINDS],
        validators=[forms.Required(_l("Please choose at least one kind."))],
    )
    lengths = _several(
        _l("Possible lengths"),
        [(str(one), _l("%(minutes)s minutes", minutes=one)) for one in rules.LENGTHS],
        description=_l("None: it is not asked."),
    )
    most_words = IntegerField(
        _l("Most words of the text"),
        description=_l("0 for no limit."),
        validators=[InputRequired(_l("Please fill in this field.")), NumberRange(0, 2000)],
    )
    asks_people = forms.tick(_l("Ask for the names of further people on stage"))
    is_blind = forms.tick(
        _l("Hide the names while proposals are in review"),
        description=_l("Whoever may edit the programme can show them; reviewers cannot."),
    )
    keep_months = SelectField(
        _l("What was not accepted is deleted"),
        choices=forms.options([(str(n), _l("%(months)s months after the decision", months=n)) for n in (3, 6, 12, 24)]),
    )


GROUPS = (
    (_l("The call"), ("text", "opens_at", "closes_at")),
    (_l("What is asked"), ("kinds", "lengths", "most_words", "asks_people")),
    (_l("How it is read"), ("is_blind", "keep_months")),
)


def _form(call: Call | None) -> CallForm:
    usual: dict[str, Any] = {"kinds": ["workshop"], "lengths": ["60", "90"], "most_words": 300, "asks_people": True}
    if call is not None:
        usual = {name: getattr(call, name) for name in COLUMNS}
        usual |= {"kinds": call.kinds, "lengths": [str(one) for one in call.lengths]}
    return CallForm(data={**usual, "keep_months": str(call.keep_months if call else 6)})


@blueprint.route("/admin/<event>/call", methods=["GET", "POST"])
@organiser("programme.edit")
def settings(event: Any) -> Any:
    """The call of the event; what is stored counts at once."""
    call = queries.find_call(event.id)
    form = _form(call)
    if form.validate_on_submit():
        values = {name: form[name].data for name in (*COLUMNS, "kinds")}
        values |= {"keep_months": int(form.keep_months.data), "lengths": [int(one) for one in form.lengths.data or ()]}
        try:
            service_call.store(event.id, actor=g.account.public_id, **values)
        except Refused as refusal:
            (form.closes_at if form.kinds.data else form.kinds).errors = [str(refusal)]
        else:
            flash(i18n._("Stored."))
            return pages.see_other("call_desk.settings", event=event.slug)
    may_ask = call is not None and desk.may("event.edit")
    context = {
        "call": call,
        "state": service.call_state(event),
        "groups": GROUPS,
        "sheet": queries.sheet_id(call.survey_id) if call is not None and may_ask else None,
        "number": len(queries.asked(call)) if call is not None else 0,
        "back": (i18n._("Back to the proposals"), url_for("proposal_desk.proposals")),
    }
    return render_template("site/call_settings.html", form=form, **context), 422 if form.is_submitted() else 200


@blueprint.route("/admin/<event>/call/preview", methods=["GET", "POST"])
@organiser("programme.edit")
def preview(event: Any) -> Any:
    """The form as people will see it, in both languages; sent, it is judged as a real one and then forgotten."""
    call = queries.get_call(event.id)
    wanted = request.args.get("language", "")
    if wanted in i18n.languages():
        i18n.set_language(wanted)
    sheet = fields.sheet(call)
    if not fields.wants_more() and sheet.is_accepted():
        flash(i18n._("These answers would have been accepted. Nothing was stored."))
    told = views.told(call, "open")
    languages = [code for code in i18n.languages() if code != i18n.current_language()]
    page = render_template("site/call_preview.html", **{**told, **sheet.context()}, languages=languages)
    return page, 422 if sheet.form.error_summary() else 200
