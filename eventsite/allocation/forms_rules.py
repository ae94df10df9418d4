"""Forms of the rules: the published rule, places, and one small form for each kind of hard rule."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField

from eventsite.allocation import conditions
from eventsite.allocation.forms import OBJECTIVES, TIES
from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.forms import TickList, whole_number
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration
from eventsite.web import forms


class ReasonForm(forms.Form):
    """What every form here has: the reason, which is asked for once the rules are frozen."""

    reason = forms.line(
        _l("Reason for the change"), most=300, description=_l("Participants read it, with the date, on their page.")
    )


class PublishedRuleForm(ReasonForm):
    """The rule that participants read beside the form of wishes."""

    objective = SelectField(_l("Rule for workshop places"), choices=forms.options(OBJECTIVES.items()))
    tie = SelectField(_l("Among equals"), choices=forms.options(TIES.items()))
    seed = whole_number(
        _l("Lottery number"), most=999_999_999, description=_l("Published beforehand, so that everybody can check")
    )
    max_choices = whole_number(_l("Wishes per round"), least=1, most=20)


class SwitchForm(ReasonForm):
    """Switches a rule without details on."""

    def details(self) -> dict[str, Any]:
        """As it is stored."""
        return {}


class SameTopicForm(ReasonForm):
    """Workshops of which a person gets at most one."""

    items = TickList(_l("Workshops with the same content"))

    def details(self) -> dict[str, Any]:
        """As it is stored."""
        return {"items": list(self.items.data or [])}


class PrerequisiteForm(ReasonForm):
    """A workshop that needs another one before."""

    item = SelectField(_l("Workshop"))
    needs = SelectField(_l("Needs, in an earlier round"))

    def details(self) -> dict[str, Any]:
        """As it is stored."""
        return {"item": self.item.data, "needs": self.needs.data}


class ContingentForm(ReasonForm):
    """Places that only a group may take."""

    item = SelectField(_l("Workshop"))
    places = whole_number(_l("Places kept"), least=1, most=10_000)
    organisation = forms.line(_l("For an organisation"), description=_l("As people wrote it when they registered"))
    people = forms.paragraphs(
        _l("For people"), most=20_000, description=_l("Names or addresses of confirmed people, one a line")
    )
    found: tuple[str, ...] = ()

    def read(self, people: Mapping[str, Registration]) -> bool:
        """Finds the people; false, with the lines that name nobody at the field, when some are not found."""
        if self.places.data is None:
            self.places.errors = [i18n._("Please give a number.")]
            return False
        known: dict[str, list[str]] = {}
        for uid, person in people.items():
            for word in {conditions.plain(person.name), conditions.plain(person.email or "")}:
                known.setdefault(word, []).append(uid)
        lines = [line.strip() for line in (self.people.data or "").splitlines() if line.strip()]
        missing = [line for line in lines if len(known.get(conditions.plain(line), [])) != 1]
        if missing:
            sentence = i18n._("Nobody, or more than one person, is called: %(names)s.", names=", ".join(missing[:5]))
            self.people.errors = [sentence]
            return False
        self.found = tuple(dict.fromkeys(known[conditions.plain(line)][0] for line in lines))
        return True

    def details(self) -> dict[str, Any]:
        """As it is stored."""
        organisation = (self.organisation.data or "").strip()
        values = {"item": self.item.data, "places": self.places.data}
        return {**values, "organisation": organisation, "people": list(self.found)}


class SpreadForm(ReasonForm):
    """At most so many people of an organisation in one workshop."""

    most = whole_number(_l("At most in one workshop"), least=1, most=10_000, default=2)
    organisation = forms.line(
        _l("Of the organisation"), description=_l("Left empty: of each organisation, whichever it is")
    )

    def details(self) -> dict[str, Any]:
        """As it is stored."""
        return {"most": self.most.data or 1, "organisation": (self.organisation.data or "").strip()}


CONDITIONS: dict[str, type[Any]] = {
    conditions.NO_REPEAT: SwitchForm,
    conditions.MAY_CANCEL: SwitchForm,
    conditions.SAME_TOPIC: SameTopicForm,
    conditions.PREREQUISITE: PrerequisiteForm,
    conditions.CONTINGENT: ContingentForm,
    conditions.SPREAD: SpreadForm,
}
TITLES: dict[str, Any] = {
    conditions.NO_REPEAT: _l("Nobody gets the same workshop twice"),
    conditions.MAY_CANCEL: _l("A run may close workshops below their minimum"),
    conditions.SAME_TOPIC: _l("Workshops with the same content"),
    conditions.PREREQUISITE: _l("A workshop needs another one before"),
    conditions.CONTINGENT: _l("Keep places for a group"),
    conditions.SPREAD: _l("Spread people of one organisation"),
}


def condition_form(kind: str, rounds: list[Round]) -> Any:
    """The form for one kind of rule, with the workshops to choose from."""
    form = CONDITIONS[kind]()
    listed = [(item.public_id, workshop_label(item)) for one in rounds for item in one.items]
    for name in ("item", "needs", "items"):
        if name in form:
            form[name].choices = listed
    return form


def workshop_label(item: ProgrammeItem) -> str:
    """Number and title of a workshop."""
    return f"{item.number}. {i18n.local(item.title)}" if item.number else i18n.local(item.title)


def places_form(rounds: list[Round]) -> Any:
    """Places and minimum of every workshop; the fields are called places_… and minimum_…."""
    fields: dict[str, Any] = {}
    for item in (item for one in rounds for item in one.items):
        values = {"workshop": workshop_label(item)}
        label = i18n._("Places: %(workshop)s", **values)
        fields[f"places_{item.public_id}"] = whole_number(label, most=10_000, default=item.capacity)
        label = i18n._("At least: %(workshop)s", **values)
        fields[f"minimum_{item.public_id}"] = whole_number(label, most=10_000, default=item.minimum)
    made: type[Any] = type("PlacesForm", (ReasonForm,), fields)
    return made()


def places_of(form: Any, rounds: list[Round]) -> dict[str, tuple[int | None, int | None]]:
    """What was typed, by the public id of the workshop."""
    uids = [item.public_id for one in rounds for item in one.items]
    return {uid: (form[f"places_{uid}"].data, form[f"minimum_{uid}"].data) for uid in uids}
