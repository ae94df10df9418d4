"""The privacy notice of an event, made of what its form really asks for (GDPR Art. 13)."""

from collections.abc import Sequence
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.registration.models import ConsentText
from eventsite.registration.models_surveys import Survey
from eventsite.registration.questions import Asked

BASES: dict[str, Any] = {
    "task": _l("a task in the public interest (GDPR Art. 6(1)(e))"),
    "contract": _l("your registration (GDPR Art. 6(1)(b))"),
    "consent": _l("your consent (GDPR Art. 6(1)(a), for data on health Art. 9(2)(a))"),
}
# How long, per retention class of a question.
KEPT: dict[str, Any] = {
    "identity": _l("until the event is accounted for, then made anonymous"),
    "sensitive": _l("deleted within 14 days after the event"),
}
_OTHERWISE = _l("as long as its purpose asks for, then deleted")

Row = dict[str, str]


def rows(
    event: Event, asked: list[Asked], consents: list[ConsentText], followed: Sequence[tuple[Survey, Asked]] = ()
) -> list[Row]:
    """What is collected, what for, on which basis, for how long; one row each, in the order of the forms.

    `followed` are the questions of follow-up forms that were sent.
    """
    found: list[Row] = []
    if event.interest_list:
        found.append(
            {
                "what": _("E-mail address, if you want to be told when registration opens"),
                "purpose": _("To write you one message on that day."),
                "basis": str(BASES["consent"]),
                "kept": _("deleted with that message, or when you leave the list; unconfirmed after a week"),
            }
        )
    if event.registration_opens_at is not None:
        found.append(
            {
                "what": _("Name, e-mail address, organisation"),
                "purpose": _("To give you a place, to tell you about it, and for name badges."),
                "basis": str(BASES["contract"]),
                "kept": str(KEPT["identity"]),
            }
        )
        found.append(
            {
                "what": _("Your wishes and your workshops"),
                "purpose": _("To share out the places by the published rule and to plan the rooms."),
                "basis": str(BASES["contract"]),
                "kept": str(KEPT["identity"]),
            }
        )
        found.append(
            {
                "what": _("Questions to a workshop beforehand"),
                "purpose": _("So that whoever leads it can prepare; without your name unless you tick it."),
                "basis": str(BASES["consent"]),
                "kept": _("until you take it back, or with your registration"),
            }
        )
    found += _of_speakers()
    found += [_of_question(one) for one in asked] + [_of_consent(one) for one in consents]
    return found + [_of_survey(survey, one) for survey, one in followed]


def _of_speakers() -> list[Row]:
    """What whoever appears in the programme sends by the own link."""
    return [
        {
            "what": _("Speakers: profile, technology, travel, notes, files"),
            "purpose": _("To announce who speaks and to prepare it; public only once it is approved."),
            "basis": str(BASES["task"]),
            "kept": _("what is not public until the event is accounted for"),
        },
        {
            "what": _("Speakers: food and access, recording and slides"),
            "purpose": _("Only what you say there; you can change it at any time by your link."),
            "basis": str(BASES["consent"]),
            "kept": _("food and access 14 days after the event, consents as long as recordings are published"),
        },
    ]


def rows_of_call() -> list[Row]:
    """What a proposal holds beside the call's own questions, which follow with those of the other forms."""
    kept = _("of what is not accepted, until some months after the decision; never confirmed: seven days")
    basis = str(BASES["task"])
    return [
        {
            "what": _("Proposals: name, e-mail address and organisation of the people named"),
            "purpose": _("To choose what fits, to write to you, and to name in the programme who is on stage."),
            "basis": basis,
            "kept": kept,
        },
        {
            "what": _("Proposals: title, texts, wishes; ratings and comments of the team"),
            "purpose": _("To choose what fits and to put the programme together."),
            "basis": basis,
            "kept": kept,
        },
    ]


def _of_survey(survey: Survey, one: Asked) -> Row:
    row, title = _of_question(one), i18n.local(dict(survey.title))
    kept = _("stays: anonymous from the beginning, with the day only") if survey.is_anonymous else row["kept"]
    purpose = row["purpose"] or i18n.local(dict(survey.purpose))
    return {**row, "what": f"{title}: {row['what']}", "purpose": purpose, "kept": kept}


def _of_question(one: Asked) -> Row:
    label = i18n.local(dict(one.label))
    return {
        "what": _("%(question)s (a file)", question=label) if one.kind == "file" else label,
        "purpose": i18n.local(dict(one.purpose)),
        "basis": str(BASES.get(one.legal_basis, one.legal_basis)),
        "kept": _kept(one),
    }


def _kept(one: Asked) -> str:
    kept = str(KEPT.get(one.retention, _OTHERWISE))
    if one.audience == "sensitive":
        kept += "; " + _("only named organisers see it")
    if one.kind == "file":
        kept += "; " + _("a file sent with a form that was not accepted is deleted within a day")
    return kept


def _of_consent(one: ConsentText) -> Row:
    return {
        "what": i18n.local(one.text),
        "purpose": _("Only what the consent says; you can withdraw it at any time on your personal page."),
        "basis": str(BASES["consent"]),
        "kept": _("until you withdraw it"),
    }
