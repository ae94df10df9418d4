"""Kinds of questions: what a valid answer is, how it is stored and how it is shown; pure.

When a question is asked at all is in questions_conditions, what it needs before it may be asked in questions_faults.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import ngettext

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
    "file",
    "diet",
    "access",
    "attendance",
    "consent",
)
WITH_OPTIONS = frozenset({"single", "multiple", "diet", "access", "attendance"})
SEVERAL = frozenset({"multiple", "diet", "access"})
WITH_OTHER = frozenset({"diet", "access"})  # a list of what is offered, and a line for what is not on it
WITH_LIMITS = frozenset({"text", "long_text", "number", "multiple", "date"})  # see Asked.limits
LEGAL_BASES = ("task", "contract", "consent")
AUDIENCES = ("organisers", "sensitive")
RETENTIONS = ("identity", "sensitive")  # their lengths are in privacy.rules
MOST_CHARACTERS = {"text": 300, "long_text": 5000, "phone": 40, "url": 500}
_PHONE = re.compile(r"\+?[0-9 ()/.\-]{4,}(?:\s*(?:ext|Durchwahl|-)\.?\s*[0-9]+)?\Z")
_URL = re.compile(r"https?://[^\s/?#]+\.[^\s]+\Z", re.IGNORECASE)


class BadAnswer(ValueError):
    """An answer that cannot be taken; the text is one sentence for the person who gave it."""


@dataclass(frozen=True)
class Asked:
    """One version of a question as it is asked.

    `limits` are whole numbers `least` and `most`: of a number itself, of characters, of answers chosen; for a date both
    are dates (ISO). `condition` names another question and the answers to it for which this one is asked. From
    `answer_until` on nobody but the organisers can answer any more.
    """

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
    limits: Mapping[str, Any] = field(default_factory=dict)
    condition: Mapping[str, Any] = field(default_factory=dict)
    answer_until: datetime | None = None
    section: str = "needs"
    section_title: Words = field(default_factory=dict)
    is_draft: bool = False


def is_empty(value: Any) -> bool:
    """Whether a stored value says nothing."""
    if isinstance(value, Mapping):
        return not value.get("chosen") and not value.get("other") and not value.get("file")
    return value is None or value == "" or value == []


def read(asked: Asked, given: Any) -> Any:
    """The value to store for what was given; None for no answer; raises BadAnswer with a sentence."""
    value = _READERS[asked.kind](asked, given)
    if asked.is_required and (is_empty(value) or (asked.kind == "consent" and value is not True)):
        raise BadAnswer(i18n._("Please answer this question."))
    return None if is_empty(value) else value


def _text(asked: Asked, given: Any) -> str:
    text = str(given or "").strip()
    most = min(MOST_CHARACTERS[asked.kind], asked.limits.get("most") or MOST_CHARACTERS[asked.kind])
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
    if sentence := _outside(int(text), asked.limits, i18n.format_number):
        raise BadAnswer(sentence)
    return int(text)


def _outside(value: Any, limits: Mapping[str, Any], show: Callable[[Any], str]) -> str:
    """Why a value lies outside its limits, in a sentence; empty when it does not."""
    least, most = limits.get("least"), limits.get("most")
    is_low, is_high = least is not None and value < least, most is not None and value > most
    if (is_low or is_high) and least is not None and most is not None:
        return i18n._("Please stay between %(least)s and %(most)s.", least=show(least), most=show(most))
    if is_low:
        return i18n._("Please give %(least)s or more.", least=show(least))
    return i18n._("Please give %(most)s or less.", most=show(most)) if is_high else ""


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
    if sentence := _outside_days(found, asked.limits):
        raise BadAnswer(sentence)
    return found.isoformat()


def _outside_days(found: date, limits: Mapping[str, Any]) -> str:
    first, last = (date.fromisoformat(limits[name]) if limits.get(name) else None for name in ("least", "most"))
    is_outside = (first is not None and found < first) or (last is not None and found > last)
    if not is_outside:
        return ""
    if first is not None and last is not None:
        days = {"first": i18n.format_date(first), "last": i18n.format_date(last)}
        return i18n._("Please give a date between %(first)s and %(last)s.", **days)
    if first is not None:
        return i18n._("Please give a date on or after %(first)s.", first=i18n.format_date(first))
    return i18n._("Please give a date on or before %(last)s.", last=i18n.format_date(last)) if last is not None else ""


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
    found = [key for key in keys if key in wanted]
    least, most = asked.limits.get("least") or 0, asked.limits.get("most") or len(keys)
    if asked.kind == "multiple" and found and not least <= len(found) <= most:
        if len(found) > most:
            raise BadAnswer(ngettext("Please choose one answer only.", "Please choose at most %(num)s answers.", most))
        raise BadAnswer(ngettext("Please choose an answer.", "Please choose at least %(num)s answers.", least))
    return found


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


def _file(asked: Asked, given: Any) -> dict[str, Any]:
    """A file is given by its number among the files kept; what lies behind it is checked before (see answer_files)."""
    if not given:
        return {}
    if not isinstance(given, Mapping) or not given.get("file"):
        raise BadAnswer(i18n._("Please choose the file once more."))
    return {name: given[name] for name in ("file", "name", "size") if name in given}


_READERS: dict[str, Any] = {
    "file": _file,
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
    if asked.kind == "file":
        return f"{value['name']} ({i18n.format_size(value['size'])})"
    if asked.kind not in WITH_OPTIONS:
        return str(value)
    labels = {str(option["key"]): i18n.local(option["label"]) for option in asked.options}
    if isinstance(value, Mapping):
        words = [labels.get(str(key), str(key)) for key in value.get("chosen", [])]
        return ", ".join([*words, *([str(value["other"])] if value.get("other") else [])])
    keys = [str(key) for key in (value if isinstance(value, list) else [value])]
    return ", ".join(labels.get(key, key) for key in keys)
