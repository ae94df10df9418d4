"""The sections of a speaker's page: each is a form, its values, and the verb that stores them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from eventsite.contributions import forms, queries, rules, service, service_files
from eventsite.contributions.models import SpeakerChange
from eventsite.contributions.queries import Desk, Holder, Part
from eventsite.core.errors import NotFound
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.i18n import local
from eventsite.programme.forms import links_of, links_text
from eventsite.programme.models import ProgrammeItem
from eventsite.web.forms import options


@dataclass(frozen=True)
class Place:
    """Whose section it is, and of which event and item."""

    desk: Desk
    holder: Holder
    part: Part | None = None
    item: ProgrammeItem | None = None

    @property
    def author(self) -> str:
        """Who types here."""
        return "assistant" if self.holder.is_assistant else "speaker"

    @property
    def event_id(self) -> int:
        """The event of the section."""
        assert self.part is not None
        return self.part.event.id

    def profile(self, *names: str) -> dict[str, Any]:
        """Fields of the profile as they were sent last."""
        found = queries.proposed(queries.profile_values(self.desk.speaker), self.desk.changes, None)
        return {name: found[name] for name in names}

    def words(self) -> dict[str, Any]:
        """The words of the item as they were sent last."""
        assert self.item is not None
        return queries.proposed(queries.word_values(self.item), self.desk.changes, self.item.id)


Values = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """A kind of section; what is quick is saved as one goes, what is own is not for assistants."""

    form: type
    title: Any
    values: Callable[[Place], dict[str, Any]]
    store: Callable[[Place, Any, dict[str, Any]], None]
    intro: Any = ""
    is_quick: bool = True
    is_own: bool = False
    wanted: tuple[str, ...] = ()


@dataclass
class Section:
    """One section of one page, ready to be shown or to take what was sent."""

    key: str
    anchor: str
    kind: Kind
    place: Place
    form: Any = None
    clash: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)  # field and what somebody else stored
    problem: str = ""

    @property
    def title(self) -> str:
        """The heading, with the title of the item where there is one."""
        item = self.place.item
        return f"{self.kind.title}: {local(item.title)}" if item is not None else str(self.kind.title)

    @property
    def waiting(self) -> list[SpeakerChange]:
        """Proposals of this section that are not approved yet."""
        item = self.place.item.id if self.place.item is not None else None
        names = self.kind.values(self.place)
        return [row for (one, name), row in self.place.desk.changes.items() if one == item and name in names]

    def show(self) -> "Section":
        """Fills the form with what is stored."""
        values = self.kind.values(self.place)
        self.form = self.kind.form(formdata=None, prefix=f"{self.anchor}-", data=_shown(values))
        self.form.seen.data = rules.seen_of(values)
        return self._ready()

    def take(self) -> "Section":
        """Fills the form with what was sent."""
        self.form = self.kind.form(prefix=f"{self.anchor}-")
        return self._ready()

    def _ready(self) -> "Section":
        if self.key == "material" and self.place.item is not None:
            files = self.place.desk.materials.get(self.place.item.id, [])
            found = [(one.public_id, f"{one.title} ({one.filename})") for one in files]
            self.form.replaces.choices = options([("", _l("nothing: it is a further file")), *found])
        return self

    def typed(self) -> dict[str, Any]:
        """What was typed, as it is stored."""
        return {f.short_name: _typed(f) for f in self.form if f.short_name != "seen"}

    def store(self) -> None:
        """Stores what was typed; raises Clash or Refused."""
        self.kind.store(self.place, self.form, self.typed())

    def told_clash(self, clash: rules.Clash) -> None:
        """Shows beside what was typed what somebody else stored, so that storing again is a decision."""
        self.clash = [
            (str(rules.FIELDS.get(name, self.form[name].label.text)), rules.texts(name, clash.stored[name]))
            for name in clash.fields
        ]
        self.form.seen.data = rules.seen_of(clash.stored)
        self.form.seen.raw_data = None


def _shown(values: Values) -> dict[str, Any]:
    shown = dict(values)
    if "links" in shown:
        shown["links"] = links_text(shown["links"])
    return shown


def _typed(one: Any) -> Any:
    if one.short_name == "links":
        return links_of(one.data or "")
    if one.type == "FormField":
        return rules.settled(one.data)
    if one.type == "BooleanField":
        return "y" if one.data else ""
    return one.data if one.type in ("FileField", "LocalDateTime") else (one.data or "")


def _profile(place: Place, form: Any, typed: dict[str, Any]) -> None:
    service.propose_profile(place.desk.speaker.id, typed, form.seen.data or "", author=place.author)


def _words(place: Place, form: Any, typed: dict[str, Any]) -> None:
    assert place.item is not None
    service.propose_words(place.desk.speaker.id, place.item.id, typed, form.seen.data or "", author=place.author)


def _portrait_values(place: Place) -> dict[str, Any]:
    value = place.profile("portrait")["portrait"] or {}
    focus = value.get("focus", [0.5, 0.5])
    chosen = f"{focus[0]},{focus[1]}"
    return {
        "credit": value.get("credit", ""),
        "focus": chosen if chosen in forms.FOCUS else "0.5,0.5",
        "has_rights": bool(value.get("rights_at")),
        "portrait": value,
    }


def _portrait(place: Place, form: Any, typed: dict[str, Any]) -> None:
    service_files.propose_portrait(
        place.desk.speaker.id,
        forms.filled(form, "picture"),
        credit=typed["credit"],
        focus=forms.picked(form),
        has_rights=bool(typed["has_rights"]),
        author=place.author,
    )


def _practical(place: Place, form: Any, typed: dict[str, Any]) -> None:
    service.change_practical(place.event_id, place.desk.speaker.id, typed, form.seen.data or "")


def _needs(place: Place, form: Any, typed: dict[str, Any]) -> None:
    service.change_needs(place.event_id, place.desk.speaker.id, typed, form.seen.data or "")


def _answer(place: Place, _form: Any, typed: dict[str, Any]) -> None:
    service.answer(place.event_id, place.desk.speaker.id, typed["said"])


def _consents(place: Place, _form: Any, typed: dict[str, Any]) -> None:
    service.give_consents(place.event_id, place.desk.speaker.id, typed)


def _consents_given(place: Place) -> dict[str, Any]:
    assert place.part is not None
    return {kind: place.part.consents[kind].answer if kind in place.part.consents else None for kind in rules.CONSENTS}


def _material(place: Place, form: Any, typed: dict[str, Any]) -> None:
    assert place.item is not None
    name = getattr(form.file.data, "filename", "") or ""
    service_files.send_material(
        place.desk.speaker.id,
        place.item.id,
        forms.filled(form, "file"),
        name,
        title=typed["title"],
        publish_after=typed["publish_after"],
        replaces=typed["replaces"],
    )


def _part(place: Place) -> Part:
    assert place.part is not None
    return place.part


KINDS: dict[str, Kind] = {
    "answer": Kind(
        forms.AnswerForm, _l("Will you be there?"), lambda p: {"said": getattr(_part(p).contribution, "answer", "") or None},
        _answer, is_quick=False, is_own=True, wanted=("answer",),
    ),
    "words": Kind(
        forms.WordsForm, _l("Title and text"), Place.words, _words, wanted=("words",),
        intro=_l("It stands in the programme as soon as the organisers have approved it."),
    ),
    "practical": Kind(
        forms.PracticalForm, _l("Technology, travel, note"), lambda p: queries.practical_values(_part(p).contribution),
        _practical, wanted=("technology", "travel"), intro=_l("Only the team of the event reads this."),
    ),
    "needs": Kind(
        forms.NeedsForm, _l("Food and access"), lambda p: queries.need_values(_part(p).need), _needs, is_own=True,
        intro=_l(
            "Voluntary. Only those who arrange it read this, and it is deleted within 14 days after the event."
        ),
    ),
    "consents": Kind(
        forms.ConsentsForm, _l("Recording and slides"), _consents_given, _consents, is_quick=False, is_own=True,
        wanted=("consents",), intro=_l("Voluntary. You can change your decision here at any time; what you change counts at once."),
    ),
    "material": Kind(
        forms.MaterialForm, _l("Slides and materials"), lambda _p: {}, _material, is_quick=False, wanted=("materials",),
        intro=_l("Nobody but the team gets the file before it is approved and its date has come."),
    ),
    "about": Kind(
        forms.AboutForm, _l("How you are shown"), lambda p: p.profile("name", "role", "organisation"), _profile,
    ),
    "biography": Kind(
        forms.BiographyForm, _l("Biography"), lambda p: p.profile("biography"), _profile, wanted=("biography",)
    ),
    "portrait": Kind(
        forms.PortraitForm, _l("Portrait"), _portrait_values, _portrait, is_quick=False, wanted=("portrait",)
    ),
    "links": Kind(forms.LinksForm, _l("Links"), lambda p: p.profile("links"), _profile),
}  # fmt: skip
OF_EVENT = ("answer", "practical", "consents", "needs")
OF_ITEM = ("words", "material")
OF_PROFILE = ("about", "biography", "portrait", "links")


def _sections(desk: Desk, holder: Holder) -> Iterator[Section]:
    for part in desk.parts:
        place = Place(desk, holder, part)
        yield Section("answer", f"answer-{part.event.public_id}", KINDS["answer"], place)
        for item in part.items:
            if part.is_content(item.id) and item.cancelled_at is None:
                for key in OF_ITEM:
                    at_item = Place(desk, holder, part, item)
                    yield Section(key, f"{key}-{item.public_id}", KINDS[key], at_item)
        for key in OF_EVENT[1:]:
            yield Section(key, f"{key}-{part.event.public_id}", KINDS[key], place)
    for key in OF_PROFILE:
        yield Section(key, key, KINDS[key], Place(desk, holder))


def sections(desk: Desk, holder: Holder) -> list[Section]:
    """The sections of this page in order: event by event, then the profile; what an assistant may not see is not there."""
    return [one for one in _sections(desk, holder) if not (holder.is_assistant and one.kind.is_own)]


def find(found: list[Section], anchor: str) -> Section:
    """The section of this name; NotFound for any other, another person's or an assistant's forbidden ones alike."""
    section = next((one for one in found if one.anchor == anchor), None)
    if section is None:
        raise NotFound
    return section
