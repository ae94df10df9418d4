"""Forms of an item and of the people in it."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import NumberRange, Optional, Regexp

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules, rules_tags
from eventsite.programme.rules_quick_match import Known
from eventsite.web import forms

# What is asked at once, and what is folded away until it is needed: legend and fields.
ESSENTIAL = ("kind", "title", "subtitle", "number", "starts_at", "ends_at", "room_id", "round_id")
SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _l("Text, for whom, what to bring"),
        ("abstract", "leading_questions", "target_group", "prerequisites", "bring"),
    ),
    (_l("Places"), ("capacity", "minimum", "is_open_list")),
    (_l("Track, tags, language"), ("track_id", "tags", "language", "place")),
    (_l("Online link"), ("online_url", "online_from")),
)
ANOTHER = "new"


def _places(label: Any, **options: Any) -> IntegerField:
    message = _l("Please give a whole number from %(min)s to %(max)s.", min=0, max=10_000)
    return IntegerField(label, validators=[Optional(), NumberRange(0, 10_000, message)], **options)


class ItemForm(forms.Form):
    """Everything about one programme item but its people."""

    kind = SelectField(_l("Kind"), choices=forms.options(rules.KINDS.items()))
    title = forms.words(_l("Title"), required=True, most=300)
    subtitle = forms.words(_l("Subtitle"), most=300)
    number = forms.line(_l("Number"), most=10, description=_l("As it stands before the title of a workshop: 1, 2, A"))
    starts_at = forms.LocalDateTime(_l("Start"), required=True)
    ends_at = forms.LocalDateTime(_l("End"), required=True)
    room_id = SelectField(_l("Room"), coerce=int)
    round_id = SelectField(_l("Workshop round"), coerce=int)
    abstract = forms.words(_l("Text"), several_lines=True, most=10_000)
    leading_questions = forms.words(
        _l("Leading questions"), several_lines=True, most=4000, description=_l("One a line")
    )
    target_group = forms.words(_l("For whom"), several_lines=True, most=1000)
    prerequisites = forms.words(_l("What people should know before"), several_lines=True, most=1000)
    bring = forms.words(_l("What to bring"), several_lines=True, most=1000)
    capacity = _places(_l("Places"))
    minimum = _places(_l("Least number of participants"))
    is_open_list = forms.tick(_l("Further people take part who are not named"))
    track_id = SelectField(_l("Track"), coerce=int)
    tags = forms.paragraphs(
        _l("Tags"), most=1000, description=_l("One a line, the other language behind a slash: Daten / Data")
    )
    language = SelectField(_l("Language of the item"))
    place = forms.words(_l("Municipality it is about"), most=120)
    online_url = forms.line(
        _l("Online link"),
        most=500,
        checks=[Regexp(r"(https?://\S+)?$", message=_l("An address begins with https://"))],
        description=_l("Only people with a place see it, on their personal page; never in the public programme."),
    )
    online_from = forms.LocalDateTime(_l("Show it from"), description=_l("Left empty: half an hour before the start"))
    seen = HiddenField()  # when the item was changed last, as the page showed it

    @staticmethod
    def stored() -> tuple[str, ...]:
        """The names of everything an item stores."""
        return (*ESSENTIAL, *(name for _legend, names in SECTIONS for name in names))

    def sections(self) -> list[tuple[Any, tuple[str, ...], bool, int]]:
        """What is folded away: whether it stands open, since something in it is wrong, and how much is filled in."""
        found = []
        for legend, names in SECTIONS:
            filled = sum(self._is_filled(name) for name in names)
            found.append((legend, names, any(self[name].errors for name in names), filled))
        return found

    def _is_filled(self, name: str) -> bool:
        data = self[name].data
        return any(data.values()) if isinstance(data, dict) else bool(data) and name != "language"

    def values(self) -> dict[str, Any]:
        """What was typed, as it is stored."""
        typed = {f.name: f.data for f in self if f.name not in ("csrf_token", "seen")}
        keys = {name: typed[name] or None for name in ("room_id", "round_id", "track_id")}
        return {**typed, **keys, "tags": rules_tags.read(typed["tags"] or "")}


def languages(known: str | None) -> list[tuple[str, Any]]:
    """The languages of an item; one that was stored some other way stays to choose."""
    listed = dict(rules.LANGUAGES)
    return [*listed.items(), *([(known, known)] if known and known not in listed else [])]


class RoleForm(forms.Form):
    """What somebody does in an item."""

    role = SelectField(_l("Role"), choices=forms.options(rules.ROLES.items()), default="speaker")
    role_label = forms.words(_l("Own name of the role"), most=80)
    organisations = forms.paragraphs(_l("Organisations at the time"), most=1000, description=_l("One a line"))

    def values(self) -> dict[str, Any]:
        """What was typed, as it is stored."""
        lines = [line.strip() for line in (self.organisations.data or "").splitlines() if line.strip()]
        label = {code: words for code, words in self.role_label.data.items() if words}
        return {"role": self.role.data, "role_label": label, "organisations": lines}


class AppearanceForm(RoleForm):
    """A person in an item: known already, or new by name alone."""

    speaker = SelectField(_l("Person"))
    name = forms.line(
        _l("Or a new person: name"), most=120, description=_l("With academic title, as it is to be printed")
    )
    namesake = RadioField(_l("Is it somebody we know?"), validate_choice=False, validators=[Optional()])

    def ask(self, candidates: Sequence[Known]) -> None:
        """Asks whether the typed name is one of these people."""
        pairs = [(one.key, ", ".join(filter(None, (one.names[0], one.about)))) for one in candidates]
        self.namesake.choices = forms.options([*pairs, (ANOTHER, i18n._("No, another person of this name"))])

    def chosen(self, candidates: Sequence[Known]) -> str | None:
        """The profile that is meant, empty for a new one; None while that is not said."""
        if self.speaker.data:
            return str(self.speaker.data)
        if not candidates or self.namesake.data == ANOTHER:
            return ""
        return next((one.key for one in candidates if one.key == self.namesake.data), None)


class RoundChoice(forms.Form):
    """The round in which a workshop is offered once more."""

    round_id = SelectField(_l("Workshop round"), coerce=int)
