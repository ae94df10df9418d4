"""What WTForms says by itself, in our own words and languages."""

from typing import Any

from eventsite.core.i18n import lazy_gettext as _l

_CHOOSE = _l("Please choose one of the answers.")
_NUMBER = _l("Please give a number, in digits.")
_LENGTH = _l("Please use at most %(max)d characters.")
_CHECK = _l("Please check this entry.")

# WTForms' sentence → ours; the placeholders are those that WTForms fills.
OWN: dict[str, Any] = {
    "This field is required.": _l("Please fill in this field."),
    "Invalid input.": _CHECK,
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _l(
        "“%(value)s” is not among the answers. Please choose again."
    ),
    "'%(value)s' are not valid choices for this field.": _l(
        "Some of these are not among the answers. Please choose again."
    ),
    "Invalid value, must be one of: %(values)s.": _l("Please choose one of these: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": _l("This must not be one of these: %(values)s."),
    "Not a valid integer value.": _l("Please give a whole number, in digits."),
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
    "Number must be at least %(min)s.": _l("Please give a number of at least %(min)s."),
    "Number must be at most %(max)s.": _l("Please give a number of at most %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Please give a number from %(min)s to %(max)s."),
    "Not a valid datetime value.": _l("Please give date and time like 12.03.2027 09:30."),
    "Not a valid date value.": _l("Please give a date like 12.03.2027."),
    "Not a valid time value.": _l("Please give a time like 09:30."),
    "Not a valid week value.": _CHECK,
    "Date must be at least %(min)s.": _l("Please give a date from %(min)s on."),
    "Date must be at most %(max)s.": _l("Please give a date up to %(max)s."),
    "Date must be between %(min)s and %(max)s.": _l("Please give a date from %(min)s to %(max)s."),
    "Field must be at least %(min)d character long.": _l("Please use at least one character."),
    "Field must be at least %(min)d characters long.": _l("Please use at least %(min)d characters."),
    "Field cannot be longer than %(max)d character.": _LENGTH,
    "Field cannot be longer than %(max)d characters.": _LENGTH,
    "Field must be exactly %(max)d character long.": _l("Please use exactly one character."),
    "Field must be exactly %(max)d characters long.": _l("Please use exactly %(max)d characters."),
    "Field must be between %(min)d and %(max)d characters long.": _l("Please use %(min)d to %(max)d characters."),
    "Field must be equal to %(other_name)s.": _l("The two entries differ. Please type them again."),
    "Invalid email address.": _l("This does not look like an e-mail address. An example: name@example.org"),
    "Invalid URL.": _l("This does not look like a web address. An example: https://www.example.org"),
    "Invalid IP address.": _CHECK,
    "Invalid Mac address.": _CHECK,
    "Invalid UUID.": _CHECK,
    "This field cannot be edited.": _l("This field cannot be changed."),
    "This field is disabled and cannot have a value.": _l("This field cannot be changed."),
    "File does not have an approved extension.": _l("This kind of file is not taken here."),
}


def own_words(sentence: str) -> str:
    """Our sentence in the current language, with WTForms' placeholders still in it."""
    return str(OWN.get(sentence, sentence))
