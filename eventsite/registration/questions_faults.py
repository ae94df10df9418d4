"""What a question needs before it may be asked, and data that a meeting does not need; pure."""

import re
from collections.abc import Mapping, Sequence

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import questions_conditions as conditions
from eventsite.registration.questions import AUDIENCES, KINDS, LEGAL_BASES, RETENTIONS, WITH_OPTIONS, Asked
from eventsite.registration.questions_sections import SECTIONS

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,40}\Z")


def faults(asked: Asked, others: Sequence[Asked] | None = None) -> list[str]:
    """Why a question may not be published yet (GDPR Art. 5(1), 7(4), 9, 13); empty when it may.

    `others` are the questions that stand in the form with it, in order; without them the condition is not checked.
    """
    found: list[str] = []
    if asked.kind not in KINDS:
        found.append(i18n._("This kind of question does not exist."))
    if not _KEY.match(asked.key):
        found.append(i18n._("The question needs a short key of small letters, digits and hyphens."))
    if not any(asked.label.values()):
        found.append(i18n._("The question needs its words."))
    found += _faults_of_law(asked)
    if asked.kind in WITH_OPTIONS and not asked.options:
        found.append(i18n._("The question needs answers to choose from."))
    if asked.section not in SECTIONS or (asked.section == "own" and not any(asked.section_title.values())):
        found.append(i18n._("The section needs a heading."))
    if others is not None and not conditions.is_possible(asked, others):
        found.append(i18n._("The question it depends on must stand before it in the form."))
    return found


def _faults_of_law(asked: Asked) -> list[str]:
    found: list[str] = []
    if not any(asked.purpose.values()):
        found.append(i18n._("Say what the answer is needed for."))
    if asked.legal_basis not in LEGAL_BASES:
        found.append(i18n._("Name the legal basis."))
    if asked.audience not in AUDIENCES:
        found.append(i18n._("Say who may see the answers."))
    if asked.retention not in RETENTIONS:
        found.append(i18n._("Say how long the answers are kept."))
    if asked.kind == "consent" and asked.legal_basis != "consent":
        found.append(i18n._("The legal basis of a consent is the consent."))
    if asked.is_required and (asked.kind == "consent" or asked.legal_basis == "consent"):
        found.append(i18n._("A consent is voluntary: it cannot be a condition."))
    if asked.kind in ("diet", "access") and (asked.audience, asked.retention) != ("sensitive", "sensitive"):
        found.append(i18n._("Answers about health are for named roles only and are kept for the shortest time."))
    return found


# Beginnings of words (small, without accents of their own) that give away what is asked; German and English.
_UNNEEDED: Mapping[str, str] = {
    "birth": r"geburt|geboren|birth|date of birth|wie alt|\balter\b|\bage\b|how old",
    "sex": r"geschlecht|gender|\bsex\b|\banrede\b|salutation|herr oder frau",
    "title": r"\btitel\b|akademisch|\btitle\b|academic degree",
    "home": r"privat\w*\s?(?:an|ad)|wohnort|wohnanschrift|\banschrift|home address|private address|\bstra(?:ß|ss)e\b|\bstreet\b",
    "identity": r"ausweis|reisepass|passport|identity card|staatsang|nationalit|citizenship",
    "money": r"\biban\b|bankverbindung|kontonummer|bank account|kreditkart|credit card",
    "belief": r"religion|konfession|gewerkschaft|trade union|partei(?:zugeh|mitgl)|political party",
    "health": r"allergi|krank|behinder|schwerbehind|disab|\bhealth|gesundheit|schwanger|pregnan|unverträglich|intoleran",
}
_WARNINGS = {
    "birth": _l("Most meetings do not need a date of birth or an age."),
    "sex": _l("Most meetings do not need to know somebody's sex or form of address."),
    "title": _l("Titles can stand in the name; a question of their own is rarely needed."),
    "home": _l("Most meetings do not need a private address."),
    "identity": _l("Most meetings need neither identity papers nor a nationality."),
    "money": _l("Bank details do not belong into a registration form."),
    "belief": _l("Belief and political opinion are specially protected (GDPR Art. 9)."),
    "health": _l(
        "This asks about health. “Food” and “Access needs” keep such answers for named roles and a short time."
    ),
}


def warnings(asked: Asked) -> list[str]:
    """Data a meeting rarely needs (GDPR Art. 5(1)(c)); a hint, never a refusal."""
    words = " ".join([asked.key, *asked.label.values(), *(w for o in asked.options for w in o["label"].values())])
    found = [kind for kind, pattern in _UNNEEDED.items() if re.search(pattern, words.casefold())]
    if asked.kind in ("diet", "access") or asked.audience == "sensitive":
        found = [kind for kind in found if kind != "health"]
    told = [str(_WARNINGS[kind]) for kind in found]
    if asked.kind == "file" and asked.audience != "sensitive":
        told.append(i18n._("Files often tell more than was asked. Is an answer in words enough?"))
    return told
