"""The filters of the organisers' list as fields of its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventsite.core import i18n
from eventsite.registration.rules import MODE_LABELS, STATUS_LABELS
from eventsite.site import rules_roster
from eventsite.site.queries_roster import Counts, title_of
from eventsite.site.rules_roster import CONSENT_LABELS, NONE, SOURCE_LABELS, Facets, Wanted

LANGUAGE_NAMES = {"de": "Deutsch", "en": "English"}


@dataclass(frozen=True)
class Choice:
    """One select of the form: its argument, label, options (value, label) and what is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str = ""


def is_untidy(arguments: Any) -> bool:
    """Whether an address has empty or repeated arguments, as browsers send forms; a tidy one can be passed on."""
    several = arguments.to_dict(flat=False)
    return any(len(values) > 1 or not values[0] for values in several.values())


def statuses(counts: Counts, wanted: Wanted) -> list[tuple[str, Any, int, bool]]:
    """Every status that occurs (or is asked for) with its label, number, and whether it is chosen."""
    return [
        (key, STATUS_LABELS[key], number, key in wanted.statuses)
        for key, number in counts.by_status.items()
        if number or key in wanted.statuses
    ]


def groups(known: Facets, wanted: Wanted, counts: Counts, *, is_hybrid: bool = False) -> list[Choice]:
    """The further filters that make sense for this event."""
    filters = wanted.filters()
    found = [*_questions(known, filters), *_workshops(known, filters)]
    consents = []
    for kind, words in known.consents.items():
        label = str(CONSENT_LABELS.get(kind) or i18n.local(dict(words)))
        consents += [
            (kind, i18n._("%(consent)s: yes", consent=label)),
            (f"-{kind}", i18n._("%(consent)s: no", consent=label)),
        ]
    found.append(Choice("consent", i18n._("Consent"), consents, wanted.consent))
    sources = [(one, str(SOURCE_LABELS.get(one, one))) for one in counts.sources]
    found.append(Choice("source", i18n._("Way in"), sources, wanted.source))
    languages = [(one, LANGUAGE_NAMES.get(one, one)) for one in counts.languages]
    found.append(Choice("language", i18n._("Language"), languages, wanted.language))
    coming = [(NONE, i18n._("no answer")), ("yes", i18n._("yes")), ("no", i18n._("no"))]
    found.append(Choice("coming", i18n._("Still coming?"), coming, wanted.coming))
    if is_hybrid or wanted.mode:
        modes = [(key, str(label)) for key, label in MODE_LABELS.items()]
        found.append(Choice("mode", i18n._("Takes part"), modes, wanted.mode))
    found.append(Choice("decision", i18n._("Decision"), [("open", i18n._("yours is missing"))], wanted.decision))
    found.append(Choice("mail", i18n._("Mails"), [("failed", i18n._("a mail could not be delivered"))], wanted.mail))
    presence = [("yes", i18n._("was there")), ("no", i18n._("was not there"))]
    found.append(Choice("presence", i18n._("Presence"), presence, wanted.presence))
    return [one for one in found if len(one.options) > 1 or one.chosen or one.name in ("mail", "decision")]


def _questions(known: Facets, filters: Mapping[str, str]) -> list[Choice]:
    words = {"yes": i18n._("yes"), "no": i18n._("no"), NONE: i18n._("no answer")}
    found = []
    for asked in known.questions:
        labels = {**words, **{str(one["key"]): i18n.local(one["label"]) for one in asked.options}}
        options = [(key, labels[key]) for key in rules_roster.options(asked)]
        if options:
            name = f"a-{asked.key}"
            found.append(Choice(name, i18n.local(dict(asked.label)), options, filters.get(name, "")))
    return found


def _workshops(known: Facets, filters: Mapping[str, str]) -> list[Choice]:
    options = [(one.uid, title_of(one)) for part in known.rounds for one in part.workshops]
    if not options:
        return []
    none = (NONE, i18n._("no workshop"))
    return [
        Choice("wish", i18n._("Wished for"), options, filters.get("wish", "")),
        Choice("place", i18n._("Place in"), [none, *options], filters.get("place", "")),
    ]
