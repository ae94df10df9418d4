"""The form in which organisers write a follow-up form: what it is, when it is open, whom it asks."""

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.models_surveys import Survey
from eventsite.registration.rules import MODE_LABELS, STATUS_LABELS
from eventsite.site.queries_roster import title_of
from eventsite.site.rules_roster import Facets
from eventsite.web import forms

_FILTERS = ("presence", "place", "mode")
KINDS = (
    ("named", _l("By name: answers belong to the registration and can be changed until the end")),
    ("anonymous", _l("Anonymous: answers carry no person, only the day; once given they cannot be changed")),
)


class SurveyForm(forms.Form):
    """What is asked for, from whom, until when."""

    title = forms.words(_l("Title"), required=True, most=120)
    introduction = forms.words(
        _l("Introduction"),
        several_lines=True,
        most=1000,
        description=_l("It stands in the mail and above the questions."),
    )
    purpose = forms.words(
        _l("What the answers are needed for"), most=300, description=_l("It stands in the privacy notice.")
    )
    kind = RadioField(_l("Answers"), choices=forms.options(KINDS), default="named")
    opens_at = forms.LocalDateTime(_l("Opens"), description=_l("Mails wait for it. Left empty: at once."))
    closes_at = forms.LocalDateTime(_l("Closes"), description=_l("Left empty: it stays open."))
    status = SelectMultipleField(
        _l("Status"),
        choices=forms.options(STATUS_LABELS.items()),
        default=["confirmed"],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    presence = SelectField(
        _l("Was there"),
        choices=forms.options([("", _l("all")), ("yes", _l("was there")), ("no", _l("was not there"))]),
    )
    place = SelectField(_l("In the workshop"))
    mode = SelectField(_l("Takes part"), choices=forms.options([("", _l("all")), *MODE_LABELS.items()]))


GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_l("What it is"), ("title", "introduction", "purpose", "kind")),
    (_l("When it can be answered"), ("opens_at", "closes_at")),
    (_l("Who is asked"), ("status", "presence", "place", "mode")),
)


def survey_form(survey: Survey | None, known: Facets) -> SurveyForm:
    """The form of a new or a known follow-up form."""
    form = SurveyForm(data=_filled(survey) if survey else None)
    workshops = [(one.uid, title_of(one)) for part in known.rounds for one in part.workshops]
    form.place.choices = forms.options([("", i18n._("all")), *workshops])
    if survey is not None and survey.sent_at is not None:
        del form.kind
    return form


def _filled(survey: Survey) -> dict[str, Any]:
    names = ("title", "introduction", "purpose", "opens_at", "closes_at")
    audience = survey.audience
    return {
        **{name: getattr(survey, name) for name in names},
        "kind": "anonymous" if survey.is_anonymous else "named",
        "status": audience.get("status", "").split(","),
        **{name: audience.get(name, "") for name in _FILTERS},
    }


def values_of(form: SurveyForm) -> dict[str, Any]:
    """What a valid form says, as service_surveys.store takes it."""
    filters = {"status": ",".join(form.status.data or ()), **{name: form[name].data or "" for name in _FILTERS}}
    values = {name: form[name].data for name in ("title", "introduction", "purpose", "opens_at", "closes_at")}
    if "kind" in form:
        values["is_anonymous"] = form.kind.data == "anonymous"
    return {**values, "audience": {name: value for name, value in filters.items() if value}}
