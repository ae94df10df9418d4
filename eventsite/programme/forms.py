"""Forms of items, rounds, people in items, and speakers."""

from typing import Any
from urllib.parse import urlsplit

from wtforms import IntegerField, SelectField, ValidationError
from wtforms.validators import NumberRange, Optional

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.text import shorten
from eventsite.programme import rules
from eventsite.web import forms


def _places(label: Any, **options: Any) -> IntegerField:
    message = _l("Please give a whole number from %(min)s to %(max)s.", min=0, max=10_000)
    return IntegerField(label, validators=[Optional(), NumberRange(0, 10_000, message)], **options)


class ItemForm(forms.Form):
    """Everything about one programme item but its people."""

    kind = SelectField(_l("Kind"), choices=forms.options(rules.KINDS.items()))
    title = forms.words(_l("Title"), required=True, most=300)
    subtitle = forms.words(_l("Subtitle"), most=300)
    number = forms.line(_l("Number"), most=10, description=_l("As it stands before the title of a workshop: 1, 2, A"))
    starts_at = forms.LocalDateTime(_l("Start"), required=True)
    ends_at = forms.LocalDateTime(_l("End"), required=True)
    room_id = SelectField(_l("Room"), coerce=int)
    round_id = SelectField(_l("Workshop round"), coerce=int)
    capacity = _places(_l("Places"))
    minimum = _places(_l("Least number of participants"))
    place = forms.words(_l("Municipality it is about"), most=120)
    abstract = forms.words(_l("Text"), several_lines=True, most=10_000)
    leading_questions = forms.words(
        _l("Leading questions"), several_lines=True, most=4000, description=_l("One a line")
    )
    is_open_list = forms.tick(_l("Further people take part who are not named"))


class RoundForm(forms.Form):
    """A set of parallel workshops."""

    title = forms.words(_l("Title"), required=True, most=120)
    starts_at = forms.LocalDateTime(_l("Start"), required=True)
    ends_at = forms.LocalDateTime(_l("End"), required=True)


class AppearanceForm(forms.Form):
    """A person in an item: known already, or new by name alone."""

    speaker = SelectField(_l("Person"))
    name = forms.line(_l("Or a new person: name"), description=_l("With academic title, as it is to be printed"))
    role = SelectField(_l("Role"), choices=forms.options(rules.ROLES.items()))
    role_label = forms.words(_l("Own name of the role"), most=80)
    organisations = forms.paragraphs(_l("Organisations at the time"), most=1000, description=_l("One a line"))


class SpeakerForm(forms.Form):
    """The public profile of a person."""

    name = forms.line(_l("Name"), required=True, description=_l("With academic title, as it is to be printed"))
    sort_name = forms.line(_l("Sorted under"), required=True)
    role = forms.words(_l("Role or function"))
    organisation = forms.line(_l("Organisation"))
    biography = forms.words(_l("Biography"), several_lines=True, most=5000)
    links = forms.paragraphs(
        _l("Links"), most=2000, description=_l("One a line: https://… and, after a space, its name")
    )
    email = forms.email(_l("E-mail"), description=_l("Is never shown; the personal link goes there."))

    def validate_links(self, field: Any) -> None:
        """Refuses what is no web address instead of losing it."""
        wrong = wrong_links(field.data)
        if wrong:
            raise ValidationError(i18n._("This is no web address: %(what)s. It begins with https://", what=wrong[0]))


class CancellationForm(forms.Form):
    """Why an item is cancelled."""

    reason = forms.words(
        _l("Reason"), several_lines=True, most=500, description=_l("Stands with the cancelled item, in public.")
    )


class Confirmation(forms.Form):
    """Just the protection of a button."""


def links_text(links: list[dict[str, str]]) -> str:
    """Links as they are typed."""
    return "\n".join(f"{link['url']} {link['label']}".strip() for link in links)


def links_of(text: str) -> list[dict[str, str]]:
    """Typed links; only web addresses count, so that no script can hide in one."""
    rows = [line.strip().split(maxsplit=1) for line in (text or "").splitlines() if line.strip()]
    good = [row for row in rows if is_web_address(row[0])]
    return [{"url": row[0], "label": row[1] if len(row) > 1 else row[0].split("//")[1]} for row in good]


def wrong_links(text: str) -> list[str]:
    """The typed lines that are no web address, shortened."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return [shorten(line, 60) for line in lines if not is_web_address(line.split(maxsplit=1)[0])]


def is_web_address(address: str) -> bool:
    """Whether this is an address of the web with a host and without a name or secret before it."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc and "\\" not in address
