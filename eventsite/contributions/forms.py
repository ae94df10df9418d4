"""The sections of a speaker's page, each a form of its own, and the forms of the organisers."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField
from wtforms.validators import Optional

from eventsite.contributions import rules
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import TickList
from eventsite.media import filetypes
from eventsite.web import forms

LANGUAGES = [("", _l("as the event")), ("de", "Deutsch"), ("en", "English")]
NOTHING = _l("I need nothing")
# Which part of a picture stays: three steps across and down, as parts of its width and height.
FOCUS = {
    "0.2,0.2": _l("top left"), "0.5,0.2": _l("top"), "0.8,0.2": _l("top right"),
    "0.2,0.5": _l("left"), "0.5,0.5": _l("middle"), "0.8,0.5": _l("right"),
    "0.2,0.8": _l("bottom left"), "0.5,0.8": _l("bottom"), "0.8,0.8": _l("bottom right"),
}  # fmt: skip


class SectionForm(forms.Form):
    """A section of the page behind a link: its secret address protects it, so it needs no cookie."""

    class Meta(FlaskForm.Meta):
        """Without the token of a session."""

        csrf = False

    seen = HiddenField(validators=[forms.AtMost(600)])


class AboutForm(SectionForm):
    """How a person is shown."""

    name = forms.line(_l("Name"), required=True, description=_l("With academic title, as it is to be shown"))
    role = forms.words(_l("Role or function"))
    organisation = forms.line(_l("Organisation"))


class BiographyForm(SectionForm):
    """A few sentences about a person."""

    biography = forms.words(
        _l("Biography"), several_lines=True, most=5000, description=_l("Four to six sentences in the third person.")
    )


class LinksForm(SectionForm):
    """Where more about a person can be read."""

    links = forms.paragraphs(
        _l("Links"), most=2000, description=_l("One a line: https://… and, after a space, its name")
    )


class PortraitForm(SectionForm):
    """A picture with everything that is needed to show it."""

    picture = FileField(
        _l("Picture"), description=_l("JPEG, PNG or WebP, best at least 800 pixels wide"),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )  # fmt: skip
    credit = forms.line(
        _l("Credit"), required=True, description=_l("Who made the picture, as it is to stand beside it")
    )
    focus = RadioField(
        _l("Which part is to stay when the picture is cut to a square?"), choices=lambda: forms.options(FOCUS.items()),
        default="0.5,0.5", validators=[forms.Required()],
    )  # fmt: skip
    has_rights = forms.tick(
        _l("I may pass this picture on, and it may be published with this credit for this event and its documentation.")
    )


class WordsForm(SectionForm):
    """What stands in the programme about an item."""

    title = forms.words(_l("Title"), most=300)
    abstract = forms.words(_l("Text"), several_lines=True, most=10_000)
    leading_questions = forms.words(
        _l("Leading questions"), several_lines=True, most=4000, description=_l("One a line")
    )


class AnswerForm(SectionForm):
    """Whether the person comes."""

    said = RadioField(
        _l("Will you be there?"), validators=[forms.Required(_l("Please choose an answer."))],
        choices=lambda: forms.options([("yes", _l("Yes, I will be there")), ("no", _l("No, I cannot come"))]),
    )  # fmt: skip


class PracticalForm(SectionForm):
    """What the team has to prepare."""

    technology = forms.paragraphs(
        _l("Technology"), most=2000, description=_l("Projector, sound, moderation kit, own computer, online …")
    )
    no_technology = forms.tick(NOTHING)
    travel = forms.paragraphs(_l("Travel"), most=2000, description=_l("When you arrive and leave, train, hotel …"))
    no_travel = forms.tick(NOTHING)
    note = forms.paragraphs(_l("Note to the organisers"), most=2000)
    language = SelectField(_l("Language of our messages"), choices=lambda: forms.options(LANGUAGES), default="")


class NeedsForm(SectionForm):
    """Diet and access."""

    diet = forms.paragraphs(_l("Food"), most=1000, description=_l("What you do not eat, allergies"))
    access = forms.paragraphs(
        _l("Access"), most=1000, description=_l("Step-free ways, interpreting, a seat near the front, a quiet room …")
    )


class ConsentsForm(SectionForm):
    """Recording and slides; nothing is chosen beforehand."""

    recording = RadioField(rules.CONSENTS["recording"], choices=lambda: forms.options(rules.ANSWERS.items()))
    slides = RadioField(rules.CONSENTS["slides"], choices=lambda: forms.options(rules.ANSWERS.items()))


class MaterialForm(SectionForm):
    """A file for an item."""

    file = FileField(_l("File"), description=_l("Accepted are: %(kinds)s.", kinds=filetypes.ACCEPTED))
    title = forms.line(_l("Title of the file"))
    publish_after = forms.LocalDateTime(
        _l("Not to be published before"), description=_l("Left empty: as soon as the organisers have approved it.")
    )
    replaces = SelectField(_l("Replaces"), choices=[], validators=[Optional()])


class ButtonForm(forms.Form):
    """Just the protection of a button of the organisers."""


class PlanForm(forms.Form):
    """What is wanted until when, and the reminders."""

    wanted = TickList(
        _l("What we would like to have of everybody"), choices=lambda: forms.options(rules.WANTED.items())
    )
    due_at = forms.LocalDateTime(_l("Wanted by"))
    reminder_days = forms.line(
        _l("Reminders, days before"), most=40,
        description=_l("Numbers, for example 14, 3. Only those get one who lack something; it stops by itself."),
    )  # fmt: skip

    may_mail_groups = forms.tick(_l("Whoever leads or moderates a workshop may mail its group through the site"))


class GroupMailForm(SectionForm):
    """A mail to the group of a workshop."""

    subject = forms.line(_l("Subject"), required=True, most=150)
    text = forms.paragraphs(_l("Text"), required=True, most=5000)
    is_own_reply = forms.tick(_l("Answers go to my own address; everybody in the group sees it"))


class AddressForm(forms.Form):
    """Where the link goes."""

    email = forms.email(_l("E-mail address"), required=True)


class EndForm(forms.Form):
    """When a link ends."""

    expires_at = forms.LocalDateTime(_l("The link works until"), required=True)


def picked(form: PortraitForm) -> tuple[float, float]:
    """The chosen focus point."""
    across, _, down = str(form.focus.data or "0.5,0.5").partition(",")
    return float(across), float(down)


def filled(form: Any, name: str) -> bytes:
    """What was uploaded; nothing where no file was chosen."""
    data = form[name].data
    return data.read() if data and not isinstance(data, str) else b""
