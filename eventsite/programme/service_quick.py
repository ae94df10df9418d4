"""Takes typed lines into the draft, all of them or none, as one step that can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsite.core import audit
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import queries_quick, queries_speakers, rules_quick, rules_quick_match, service
from eventsite.programme import rules_quick_words as words
from eventsite.programme import service_speakers as speakers
from eventsite.programme.rules_quick import Line
from eventsite.programme.rules_quick_match import Standing
from eventsite.programme.rules_quick_people import Guest
from eventsite.programme.rules_quick_schedule import Entry
from eventsite.programme.service_drafts import step


@dataclass(frozen=True)
class Decisions:
    """What the organiser decided about what was typed."""

    language: str  # in which the titles are
    replaces: bool = False  # what is in the draft and was not typed is taken out
    rooms: Mapping[str, int | None] = field(default_factory=dict)  # typed → row
    people: Mapping[str, str] = field(default_factory=dict)  # typed → public id of the profile; else a new one
    left_out: frozenset[int] = frozenset()  # numbers of lines


@dataclass
class Outcome:
    """How many items and rounds were added, changed and taken out."""

    added: int = 0
    changed: int = 0
    removed: int = 0


def store(event_id: int, entries: Sequence[Entry], decisions: Decisions, *, actor: str) -> Outcome:
    """Adds the lines to the draft, or makes the draft what was typed; an item that stays keeps its address and texts.

    Lines that are in the draft already are passed over. Refuses lines with problems and to take out what people hang on.
    """
    wanted = [entry for entry in entries if entry.line.number not in decisions.left_out]
    if any(entry.problems for entry in wanted):
        raise Refused(_l("Some lines cannot be taken in yet. Correct them or leave them out."))
    with step(event_id, actor):
        intake = _Intake(event_id, wanted, decisions, actor)
        for entry in sorted(wanted, key=lambda one: one.line.kind != words.ROUND):
            intake.take(entry)
        if decisions.replaces:
            intake.take_out_the_rest()
        outcome = intake.outcome
        details = {"added": outcome.added, "changed": outcome.changed, "removed": outcome.removed}
        audit.record("programme typed in", subject="programme", actor=actor, event_id=event_id, details=details)
    return outcome


class _Intake:
    """One text on its way into the draft; everything inside one step."""

    def __init__(self, event_id: int, wanted: Sequence[Entry], decisions: Decisions, actor: str) -> None:
        self.event_id, self.decisions, self.actor = event_id, decisions, actor
        self.draft = queries_quick.standing(event_id)
        self.known = rules_quick_match.standing(wanted, self.draft)
        self.people = _profiles(wanted, decisions)
        self.rounds: dict[int, int] = {}
        self.outcome = Outcome()

    def take(self, entry: Entry) -> None:
        known = self.known.get(entry.line.number)
        if known is not None and not self.decisions.replaces and known.starts_at != entry.starts_at:
            known = None  # of the same name at another time: one more
        if entry.line.kind == words.ROUND:
            self.rounds[entry.line.number] = self._round(entry, known)
        elif known is None:
            self._add(entry)
        elif self.decisions.replaces:
            self._change(entry, known)

    def _round(self, entry: Entry, known: Standing | None) -> int:
        times: dict[str, Any] = {"starts_at": entry.starts_at, "ends_at": entry.ends_at}
        if known is None:
            self.outcome.added += 1
            title = {self.decisions.language: entry.line.title}
            return service.create_round(self.event_id, title=title, actor=self.actor, **times).id
        if (known.starts_at, known.ends_at) != (entry.starts_at, entry.ends_at) and self.decisions.replaces:
            service.change_round(known.key, actor=self.actor, **times)
            self.outcome.changed += 1
        return known.key

    def _add(self, entry: Entry) -> None:
        line, language = entry.line, self.decisions.language
        texts = {name: {language: line.more[name]} for name in ("subtitle", "abstract") if line.more.get(name)}
        spoken = {"language": line.more.get("language") or language}
        values = {**self._values(entry), **texts, **spoken, "title": {language: line.title}}
        service.create_item(self.event_id, appearances=self._appearances(line), actor=self.actor, **values)
        self.outcome.added += 1

    def _change(self, entry: Entry, known: Standing) -> None:
        """Changes only what was typed: texts and languages stay, and people where none were named."""
        before = queries_quick.get_row(known.key)
        values = self._values(entry)
        if values["round_id"] is None and (before.starts_at, before.ends_at) == (entry.starts_at, entry.ends_at):
            values["round_id"] = before.round_id  # what stands in a round beside its times was not typed away
        changed = {name: value for name, value in values.items() if getattr(before, name) != value}
        appearances = self._appearances(entry.line)
        said = [(a.speaker_id, a.role, list(a.organisations), bool(a.role_label)) for a in before.appearances]
        if appearances and said != [
            (a["speaker_id"], a["role"], a["organisations"], bool(a["role_label"])) for a in appearances
        ]:
            changed["appearances"] = appearances
        if set(changed) - {"position"}:
            service.change_item(known.key, actor=self.actor, **changed)
            self.outcome.changed += 1

    def _values(self, entry: Entry) -> dict[str, Any]:
        line = entry.line
        values: dict[str, Any] = {
            "kind": line.kind,
            "number": line.item_number,
            "starts_at": entry.starts_at,
            "ends_at": entry.ends_at,
            "room_id": self.decisions.rooms.get(line.room),
            "round_id": self._round_of(entry),
            "is_open_list": line.is_open,
            "position": line.number,
        }
        return {**values, "capacity": line.places} if line.places is not None else values

    def _round_of(self, entry: Entry) -> int | None:
        """The round above the line; for a workshop alone the one of the draft that has its times."""
        if entry.round is not None:
            return self.rounds.get(entry.round)
        if entry.line.kind != "workshop":
            return None
        times = (entry.starts_at, entry.ends_at)
        return next((one.key for one in self.draft if one.is_round and (one.starts_at, one.ends_at) == times), None)

    def _appearances(self, line: Line) -> list[dict[str, Any]]:
        return [_appearance(guest, line.kind, self.people, self.decisions.language) for guest in line.guests]

    def take_out_the_rest(self) -> None:
        used = {*self.rounds.values()}
        gone = [one for one in self.draft if one not in self.known.values() and not (one.is_round and one.key in used)]
        for one in sorted(gone, key=lambda standing: standing.is_round):
            try:
                if one.is_round:
                    service.delete_round(one.key, actor=self.actor)
                else:
                    service.delete_item(one.key, actor=self.actor)
            except Refused as refusal:
                values = {"title": next(iter(one.titles), ""), "reason": str(refusal)}
                sentence = _l("“%(title)s” was not typed, but cannot be taken out. %(reason)s", **values)
                raise Refused(sentence) from refusal
            self.outcome.removed += 1


def _profiles(wanted: Sequence[Entry], decisions: Decisions) -> dict[str, int]:
    """The rows of everybody named; new people get a profile with the organisation named first."""
    found: dict[str, int] = {}
    for guest in (guest for entry in wanted for guest in entry.line.guests):
        if guest.name in found:
            continue
        chosen = decisions.people.get(guest.name)
        organisation = guest.organisations[0] if guest.organisations else ""
        if chosen:
            found[guest.name] = queries_speakers.get_speaker(chosen).id
        else:
            found[guest.name] = speakers.create_speaker(guest.name, organisation=organisation).id
    return found


def _appearance(guest: Guest, kind: str, people: Mapping[str, int], language: str) -> dict[str, Any]:
    return {
        "speaker_id": people[guest.name],
        "role": guest.role or rules_quick.usual_role(kind),
        "role_label": {language: guest.label} if guest.label else {},
        "organisations": list(guest.organisations),
    }
