"""Kinds of questions: what a valid answer is, how it is stored and how it is shown; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l

Words = Mapping[str, str]

KINDS = (
    "text",
    "long_text",
    "number",
    "yes_no",
    "single",
    "multiple",
    "date",
    "country",
    "phone",
    "url",
    "diet",
    "access",
    "attendance",
    "consent",
)
WITH_OPTIONS = frozenset({"single", "multiple", "diet", "access", "attendance"})
SEVERAL = frozenset({"multiple", "diet", "access"})
WITH_OTHER = frozenset({"diet", "access"})  # a list of what is offered, and a line for what is not on it
LEGAL_BASES = ("task", "contract", "consent")
AUDIENCES = ("organisers", "sensitive")
MOST_CHARACTERS = {"text": 300, "long_text": 5000, "phone": 40, "url": 500}
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,40}\Z")
_PHONE = re.compile(r"\+?[0-9 ()/.\-]{4,}(?:\s*(?:ext|Durchwahl|-)\.?\s*[0-9]+)?\Z")
_URL = re.compile(r"https?://[^\s/?#]+\.[^\s]+\Z", re.IGNORECASE)


class BadAnswer(ValueError):
    """An answer that cannot be taken; the text is one sentence for the person who gave it."""


@dataclass(frozen=True)
class Asked:
    """One version of a question as it is asked."""

    key: str
    kind: str
    label: Words
    help: Words = field(default_factory=dict)
    options: Sequence[Mapping[str, Any]] = ()
    is_required: bool = False
    purpose: Words = field(default_factory=dict)
    legal_basis: str = "task"
    audience: str = "organisers"
    retention: str = "identity"
    question_id: int = 0
    version_id: int = 0


def is_empty(value: Any) -> bool:
    """Whether a stored value says nothing."""
    if isinstance(value, Mapping):
        return not value.get("chosen") and not value.get("other")
    return value is None or value == "" or value == []


def read(asked: Asked, given: Any) -> Any:
    """The value to store for what was given; None for no answer; raises BadAnswer with a sentence."""
    value = _READERS[asked.kind](asked, given)
    if asked.is_required and (is_empty(value) or (asked.kind == "consent" and value is not True)):
        raise BadAnswer(i18n._("Please answer this question."))
    return None if is_empty(value) else value


def _text(asked: Asked, given: Any) -> str:
    text = str(given or "").strip()
    most = MOST_CHARACTERS[asked.kind]
    if len(text) > most:
        raise BadAnswer(i18n._("Please use at most %(max)s characters.", max=i18n.format_number(most)))
    return text


def _phone(asked: Asked, given: Any) -> str:
    text = _text(asked, given)
    if text and (not _PHONE.match(text) or sum(c.isdigit() for c in text) < 4):
        raise BadAnswer(i18n._("This does not look like a telephone number. An example: +49 561 123456"))
    return text


def _url(asked: Asked, given: Any) -> str:
    text = _text(asked, given)
    if text and "://" not in text:
        text = f"https://{text}"
    if text and not _URL.match(text):
        raise BadAnswer(i18n._("This does not look like a web address. An example: https://www.example.org"))
    return text


def _number(asked: Asked, given: Any) -> int | None:
    text = str("" if given is None else given).strip()
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise BadAnswer(i18n._("Please give a whole number, in digits."))
    return int(text)


def _date(asked: Asked, given: Any) -> str:
    text = str(given or "").strip()
    if not text:
        return ""
    german = re.fullmatch(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})", text)
    try:
        found = date(*(int(part) for part in reversed(german.groups()))) if german else date.fromisoformat(text)
    except (ValueError, TypeError):
        raise BadAnswer(i18n._("Please give a date like 12.03.2027.")) from None
    if not 1900 <= found.year <= 2200:
        raise BadAnswer(i18n._("Please check the year."))
    return found.isoformat()


def _yes_no(asked: Asked, given: Any) -> bool | None:
    if given in (True, "yes"):
        return True
    if given in (False, "no"):
        return False
    if given in (None, ""):
        return None
    raise BadAnswer(i18n._("Please choose one of the answers."))


def _consent(asked: Asked, given: Any) -> bool | None:
    return True if given in (True, "yes", "y", "on") else None


def _keys(asked: Asked) -> list[str]:
    return [str(option["key"]) for option in asked.options]


def _single(asked: Asked, given: Any) -> str:
    text = str(given or "")
    if text and text not in _keys(asked):
        raise BadAnswer(i18n._("Please choose one of the answers."))
    return text


def _chosen(asked: Asked, given: Any) -> list[str]:
    wanted = ([given] if given else []) if isinstance(given, str) else list(given or [])
    keys = _keys(asked)
    if any(key not in keys for key in wanted):
        raise BadAnswer(i18n._("Please choose from the list."))
    return [key for key in keys if key in wanted]


def _chosen_or_other(asked: Asked, given: Any) -> dict[str, Any]:
    parts = given if isinstance(given, Mapping) else {"chosen": given or [], "other": ""}
    other = str(parts.get("other") or "").strip()
    most = MOST_CHARACTERS["text"]
    if len(other) > most:
        raise BadAnswer(i18n._("Please use at most %(max)s characters.", max=i18n.format_number(most)))
    return {"chosen": _chosen(asked, parts.get("chosen")), "other": other}


def _country(asked: Asked, given: Any) -> str:
    code = str(given or "").upper()
    if code and code not in dict(i18n.countries()):
        raise BadAnswer(i18n._("Please choose from the list."))
    return code


_READERS: dict[str, Any] = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "yes_no": _yes_no,
    "single": _single,
    "attendance": _single,
    "multiple": _chosen,
    "diet": _chosen_or_other,
    "access": _chosen_or_other,
    "date": _date,
    "country": _country,
    "phone": _phone,
    "url": _url,
    "consent": _consent,
}


def shown(asked: Asked, value: Any) -> str:
    """The answer in words, in the current language; empty where there is none."""
    if is_empty(value):
        return ""
    if asked.kind in ("yes_no", "consent"):
        return i18n._("yes") if value else i18n._("no")
    if asked.kind == "date":
        return i18n.format_date(date.fromisoformat(str(value)))
    if asked.kind == "number":
        return i18n.format_number(int(value))
    if asked.kind == "country":
        return dict(i18n.countries()).get(str(value), str(value))
    if asked.kind not in WITH_OPTIONS:
        return str(value)
    labels = {str(option["key"]): i18n.local(option["label"]) for option in asked.options}
    if isinstance(value, Mapping):
        words = [labels.get(str(key), str(key)) for key in value.get("chosen", [])]
        return ", ".join([*words, *([str(value["other"])] if value.get("other") else [])])
    keys = [str(key) for key in (value if isinstance(value, list) else [value])]
    return ", ".join(labels.get(key, key) for key in keys)


def faults(asked: Asked) -> list[str]:
    """Why a question may not be published yet (GDPR Art. 5(1), 7(4), 9, 13); empty when it may."""
    found: list[str] = []
    if asked.kind not in KINDS:
        found.append(i18n._("This kind of question does not exist."))
    if not _KEY.match(asked.key):
        found.append(i18n._("The question needs a short key of small letters, digits and hyphens."))
    if not any(asked.label.values()):
        found.append(i18n._("The question needs its words."))
    if not any(asked.purpose.values()):
        found.append(i18n._("Say what the answer is needed for."))
    if asked.legal_basis not in LEGAL_BASES:
        found.append(i18n._("Name the legal basis."))
    if asked.audience not in AUDIENCES:
        found.append(i18n._("Say who may see the answers."))
    if not asked.retention:
        found.append(i18n._("Say how long the answers are kept."))
    if asked.kind in WITH_OPTIONS and not asked.options:
        found.append(i18n._("The question needs answers to choose from."))
    if asked.is_required and (asked.kind == "consent" or asked.legal_basis == "consent"):
        found.append(i18n._("A consent is voluntary: it cannot be a condition."))
    if asked.kind in ("diet", "access") and asked.audience != "sensitive":
        found.append(i18n._("Answers about health are for named roles only."))
    return found


_UNNEEDED = {"birthday": "birth", "geburt": "birth", "gender": "sex", "geschlecht": "sex", "anschrift": "home"}
_WARNINGS = {
    "birth": _l("Most meetings do not need a date of birth."),
    "sex": _l("Most meetings do not need to know somebody's sex."),
    "home": _l("Most meetings do not need a private address."),
}


def warnings(asked: Asked) -> list[str]:
    """Data a meeting rarely needs (GDPR Art. 5(1)(c)); a hint, never a refusal."""
    words = f"{asked.key} {' '.join(asked.label.values())}".casefold()
    kinds = dict.fromkeys(kind for word, kind in _UNNEEDED.items() if word in words)
    return [str(_WARNINGS[kind]) for kind in kinds]
