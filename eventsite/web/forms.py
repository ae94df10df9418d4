"""Base form and fields: input is cleaned before it is judged, kept when it is refused, and errors are sentences."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    EmailField,
    Field,
    FormField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.web.form_messages import own_words

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")  # bidi overrides could disguise a name


def clean_line(value: Any) -> Any:
    """One line as typed, without control and direction-changing characters, spaces folded, NFC."""
    if not isinstance(value, str):
        return value
    value = _INVISIBLE.sub("", _CONTROL.sub("", value.replace("\n", " ").replace("\r", " ").replace("\t", " ")))
    return unicodedata.normalize("NFC", re.sub(r" {2,}", " ", value).strip())


def clean_text(value: Any) -> Any:
    """Several lines as typed, without control characters, line ends unified, NFC."""
    if not isinstance(value, str):
        return value
    value = _INVISIBLE.sub("", _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
    return unicodedata.normalize("NFC", value).strip()


class _Words:
    """Gives WTForms' own messages through our catalogue."""

    def gettext(self, string: str) -> str:
        """One of WTForms' messages."""
        return own_words(string)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """One of WTForms' messages with a count, which WTForms itself fills in."""
        return own_words(singular if count == 1 else plural)


class Form(FlaskForm):
    """A form with CSRF protection whose messages are in the visitor's language."""

    class Meta(FlaskForm.Meta):
        """Own translations; WTForms' catalogues use another tone."""

        def get_translations(self, form: Any) -> Any:
            """The catalogue of this product."""
            return _Words()

    def error_summary(self) -> list[tuple[str, str]]:
        """Field id and sentence of every error, in the order of the form."""
        found: list[tuple[str, str]] = []
        for form_field in self:
            for message in _flat(form_field.errors):
                found.append((form_field.id, str(message)))
        return found


def _flat(errors: Any) -> Sequence[Any]:
    if isinstance(errors, dict):
        return [m for value in errors.values() for m in _flat(value)]
    return [m for e in errors for m in (_flat(e) if isinstance(e, list | dict | tuple) else [e])]


class Required(InputRequired):
    """A field that must be filled, said kindly."""

    def __init__(self, message: Any = None) -> None:
        super().__init__(message or _l("Please fill in this field."))

    def __call__(self, form: Any, form_field: Field) -> None:
        """Whitespace alone is not an answer."""
        super().__call__(form, form_field)
        if isinstance(form_field.data, str) and not form_field.data.strip():
            raise ValidationError(self.message)


class AtMost(Length):
    """An upper limit of characters, told with the number."""

    def __init__(self, characters: int) -> None:
        super().__init__(max=characters, message=_l("Please use at most %(max)d characters."))

    def __call__(self, form: Any, form_field: Field) -> None:
        """Counts what is left after cleaning."""
        if form_field.data and len(form_field.data) > self.max:
            raise ValidationError(i18n._("Please use at most %(max)s characters.", max=i18n.format_number(self.max)))


class ValidEmail:
    """An address that can be written to by its shape; asks no name server during a request."""

    def __call__(self, form: Any, form_field: Field) -> None:
        """Stores the normalised address."""
        from email_validator import EmailNotValidError, validate_email

        if not form_field.data:
            return
        try:
            found = validate_email(form_field.data, check_deliverability=False, test_environment=False)
        except EmailNotValidError:
            raise ValidationError(
                i18n._("This does not look like an e-mail address. An example: name@example.org")
            ) from None
        form_field.data = found.normalized


def counted(text: str | None) -> int:
    """The number in a hidden field; -1 for anything that is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def line(
    label: Any, *, required: bool = False, most: int = 200, checks: Sequence[Any] = (), **options: Any
) -> StringField:
    """A field of one line; further `checks` come after those for presence and length."""
    checks = [*([Required()] if required else []), AtMost(most), *checks]
    return StringField(label, validators=checks, filters=[clean_line], **options)


def paragraphs(label: Any, *, required: bool = False, most: int = 20_000, **options: Any) -> TextAreaField:
    """A field of several lines."""
    checks: list[Any] = ([Required()] if required else []) + [AtMost(most)]
    return TextAreaField(label, validators=checks, filters=[clean_text], **options)


def email(label: Any, *, required: bool = False, **options: Any) -> EmailField:
    """An e-mail address."""
    checks: list[Any] = ([Required()] if required else []) + [AtMost(254), ValidEmail()]
    return EmailField(label, validators=checks, filters=[clean_line], **options)


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """The options of a field of choices, from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]


def tick(label: Any, **options: Any) -> BooleanField:
    """A box that is never ticked beforehand."""
    return BooleanField(label, **options)


class LocalDateTime(DateTimeLocalField):
    """Date and time in the event's zone on the page, an aware instant in the data; refuses times that do not exist."""

    def __init__(self, label: Any = None, *, zone: str = "", required: bool = False, **options: Any) -> None:
        checks = [Required()] if required else []
        super().__init__(label, validators=checks, format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **options)
        self.zone, self.is_required = zone, required

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone or i18n.current_zone())

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.astimezone(self._zone()).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads the local time; a time the clocks skip is refused, one that comes twice means the first."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        for pattern in self.format:
            try:
                naive = datetime.strptime(valuelist[0].strip()[:16], pattern)  # noqa: DTZ007 - the zone follows
                break
            except ValueError:
                continue
        else:
            raise ValueError(i18n._("Please give date and time like 12.03.2027 09:30."))
        if not 1900 <= naive.year <= 2200:
            raise ValueError(i18n._("Please check the year."))
        aware = naive.replace(tzinfo=self._zone())
        if aware.astimezone(ZoneInfo("UTC")).astimezone(self._zone()).replace(tzinfo=None) != naive:
            raise ValueError(i18n._("This time does not exist: the clocks are put forward at that moment."))
        self.data = aware


def words(label: Any, *, several_lines: bool = False, most: int = 200, required: bool = False, **options: Any) -> Any:
    """One text in each language; its data is {"de": "…", "en": "…"}. Required means: in the first language."""
    kind = paragraphs if several_lines else line
    names = {"de": _l("German"), "en": _l("English")}
    fields = {
        code: kind(names.get(code, code), required=required and position == 0, most=most, render_kw={"lang": code})
        for position, code in enumerate(i18n.languages())
    }
    return FormField(type("WordsForm", (PartForm,), fields), label=label, **options)


class PartForm(PlainForm):
    """Fields that belong together within a form (the languages of a text, a row); protected by the form it stands in."""

    class Meta:
        """Own translations, no second CSRF token."""

        csrf = False

        def get_translations(self, form: Any) -> Any:
            """The catalogue of this product."""
            return _Words()


class PictureForm(Form):
    """One picture to upload, or the wish to take the present one away."""

    picture = FileField(_l("Picture"), description=_l("JPEG, PNG or WebP"), render_kw={"accept": "image/*"})
    credit = line(_l("Credit"), description=_l("Whose picture it is, as it is to be printed"))
    is_removed = tick(_l("Take the present picture away"))

    def content(self) -> bytes:
        """What was uploaded; nothing where no file was chosen."""
        data = self.picture.data
        return data.read() if data and not isinstance(data, str) else b""
