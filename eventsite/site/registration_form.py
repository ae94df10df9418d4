"""The registration form of an event put together: details, wishes, questions, consents; the same for its preview."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from wtforms import ValidationError

from eventsite.allocation import ballots, queries_wishes, together
from eventsite.allocation.ballots import Choice
from eventsite.core import clock
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.registration import answer_files, queries, service_files
from eventsite.registration import forms as fields
from eventsite.registration.forms import Questionnaire
from eventsite.registration.models import ConsentText
from eventsite.registration.rules import Places
from eventsite.registration.service import Wanted
from eventsite.site import doors, place_fields, together_fields
from eventsite.site.queries import front
from eventsite.site.wish_sheet import Sheet
from eventsite.web import forms

Keep = Callable[[int, bytes, str], str]


class RegistrationForm(forms.Form):
    """What every registration asks; questions, wishes and consents are added per event."""

    name = forms.line(_l("First name and family name"), required=True)
    email = forms.email(_l("E-mail address"), required=True)
    organisation = forms.line(_l("Organisation"))
    website = forms.line(_l("Leave this field empty"), most=2000)

    def validate_website(self, field: Any) -> None:
        """Programs fill what people do not see; a person whose browser did it only sends the form once more."""
        if field.data:
            field.data = ""
            raise ValidationError(_l("The form looked as if a program had filled it in. Please send it once more."))


@dataclass
class Filled:
    """The form of one request with all its parts."""

    event: Event
    form: Any
    wishes: Sheet
    questionnaire: Questionnaire
    texts: list[ConsentText]
    places: list[Places] | None = None  # how full it is; not asked where somebody holds a place already
    choices: dict[int, Choice] | None = None
    wanted: Wanted | None = None
    together: str | None = None

    def is_accepted(self, keep: Keep = service_files.keep) -> bool:
        """Whether the form was sent and nothing is wrong in any part; files are kept for the next time if something is."""
        if not self.form.is_submitted():
            return False
        keep_files(self.form, self.questionnaire, keep)
        is_valid = self.form.validate()
        self.choices = self.wishes.read(self.form)
        self.together = together_fields.read(self.event, self.form) if "group_code" in self.form else ""
        self.wanted = place_fields.read(self.event, self.form)
        return is_valid and None not in (self.choices, self.together, self.wanted)

    def field_of(self, question_id: int) -> Any:
        """The field of a question of this form."""
        asked = next(one for one in self.questionnaire.asked if one.question_id == question_id)
        return self.form[fields.field_name(asked)]

    @property
    def answers(self) -> dict[str, Any]:
        """The answers by key."""
        return self.questionnaire.answers(self.form)

    @property
    def consents(self) -> dict[str, str]:
        """What is answered to each kind of consent."""
        return fields.consents(self.form, self.texts)

    def context(self) -> dict[str, Any]:
        """What templates/site/register.html expects of the form."""
        sections = self.questionnaire.shown(self.form)
        return {
            "form": self.form,
            "way": doors.way_in_words(self.event),
            "wishes": self.wishes.shown(self.form),
            "about_you": next((one for one in sections if one["key"] == "you"), None),
            "question_sections": [one for one in sections if one["key"] != "you"],
            "has_files": any(one.kind == "file" for one in self.questionnaire.asked),
            "consent_fields": [self.form[name] for name in fields.consent_fields(self.texts)],
            "max_choices": self.event.max_choices,
            "rule": ballots.rule_in_words(self.event.objective, self.event.tie),
            "points": ballots.rule_in_full(self.event.tie, self.event.seed),
            "most_together": together.MOST,
            "privacy_note": self.event.privacy_note,
        }


def registration_form(event: Event, *, is_trial: bool = False) -> Filled:
    """The form as it stands now, filled with what was sent; a trial shows drafts too and keeps nothing."""
    asked, texts = queries.asked(event.id, with_drafts=is_trial), queries.consent_texts(event.id)
    full = queries.full_options(event.id, asked)
    questionnaire = Questionnaire(asked, clock.now(), full=full, is_trial=is_trial)
    seen = front(event)
    sheet = Sheet(queries_wishes.offered_of(seen.programme, event.id), event.max_choices)
    added = {
        **sheet.fields(),
        **place_fields.fields(event, seen.places),
        **(together_fields.fields() if sheet.rounds else {}),
        **questionnaire.fields(),
        **fields.consent_fields(texts),
    }
    form = type("EventRegistrationForm", (RegistrationForm,), {**doors.fields(event), **added})(data=doors.given(event))
    return Filled(event, form, sheet, questionnaire, texts, seen.places)


def keep_files(form: Any, questionnaire: Questionnaire, keep: Keep = service_files.keep) -> None:
    """Checks the files that were sent and keeps them, so that nobody has to choose them again after a mistake."""
    for one in questionnaire.asked:
        upload = request.files.get(fields.field_name(one)) if one.kind == "file" else None
        if upload is None or not upload.filename:
            continue
        try:
            content = upload.stream.read(answer_files.MOST_OCTETS + 1)
            form[fields.other_name(one)].data = keep(one.question_id, content, upload.filename)
        except Refused as refusal:
            form[fields.field_name(one)].refusal = str(refusal)
