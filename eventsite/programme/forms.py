"""Forms of rounds, tracks and cancellations; those of items are in forms_items.py."""

from typing import Any
from urllib.parse import urlsplit

from wtforms import ColorField, HiddenField, ValidationError
from wtforms.validators import Regexp

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.text import shorten
from eventsite.events import colours
from eventsite.web import forms


class TrackForm(forms.Form):
    """A thread through the programme."""

    title = forms.words(_l("Name"), required=True, most=60)
    colour = ColorField(
        _l("Colour"),
        default=colours.DEFAULT,
        validators=[Regexp(r"#[0-9a-fA-F]{6}$", message=_l("Please give the colour as # and six hexadecimal digits."))],
        description=_l("It is darkened where it could not be read."),
    )


class RoundForm(forms.Form):
    """A set of parallel workshops."""

    title = forms.words(_l("Title"), required=True, most=120)
    starts_at = forms.LocalDateTime(_l("Start"), required=True)
    ends_at = forms.LocalDateTime(_l("End"), required=True)


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
    seen = HiddenField()  # when the profile was changed last, as the page showed it

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
