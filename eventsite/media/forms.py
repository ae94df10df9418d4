"""Forms of pictures and files."""

from typing import Any

import wtforms
from wtforms import FileField, FormField, MultipleFileField, SelectField

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.media import filetypes, rules
from eventsite.web import forms

LANGUAGES = {"de": _l("German"), "en": _l("English")}


class Confirmation(forms.Form):
    """Just the protection of a button."""


def _words(label: Any, most: int = 600, hint: Any = "", paragraphs: bool = False) -> FormField:
    make = forms.paragraphs if paragraphs else forms.line
    parts = {code: make(name, most=most) for code, name in LANGUAGES.items()}
    return FormField(type("PerLanguage", (wtforms.Form,), parts), label, description=hint)


def _licences(empty: Any = None) -> Any:
    known = [(code, one.name) for code, one in rules.LICENCES.items()]
    return forms.options([("", empty or _l("please choose")), *known])


def _consents() -> Any:
    return forms.options([("", _l("please choose")), *rules.CONSENTS.items()])


class UploadForm(forms.Form):
    """Several pictures at once; what is typed beside them goes for all of them."""

    files = MultipleFileField(_l("Pictures"), description=_l("JPEG, PNG, WebP, AVIF or TIFF; several at once."))
    credit = forms.line(
        _l("Credit"), description=_l("Who made the pictures. Left empty, the one written in the file counts.")
    )
    licence = SelectField(_l("Licence"), choices=_licences)
    consent_kind = SelectField(_l("Consent"), choices=_consents)


class PhotoForm(forms.Form):
    """Everything about one picture."""

    alt = _words(_l("Alternative text"), 600, _l("What is to be seen, for people who cannot see the picture."), True)
    is_decorative = forms.tick(_l("The picture is decorative and says nothing"))
    caption = _words(_l("Caption"), 400)
    credit = forms.line(_l("Credit"))
    licence = SelectField(_l("Licence"), choices=_licences)
    consent_kind = SelectField(_l("Consent"), choices=_consents)


class DownloadForm(forms.Form):
    """A file with what is said about it."""

    file = FileField(_l("File"), description=_l("Accepted are: %(kinds)s.", kinds=filetypes.ACCEPTED))
    title = _words(_l("Title"), 200)
    item_id = SelectField(_l("Belongs to"), coerce=int, choices=[])
    language = SelectField(_l("Language of the file"), choices=lambda: forms.options(LANGUAGES.items()))
    access = SelectField(_l("Who may have it"), choices=lambda: forms.options(rules.ACCESS.items()))
    publish_after = forms.LocalDateTime(_l("Not before"))
    credit = forms.line(_l("Author"))
    licence = SelectField(_l("Licence"), choices=lambda: _licences(_l("not stated")))
