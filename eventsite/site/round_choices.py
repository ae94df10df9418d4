"""What a participant sees of one round after publication: the own place, offers, free places, lines, the request to swap."""

from dataclasses import dataclass, field
from typing import Any

from eventsite.allocation import queries_places, queries_wishes, waitlist
from eventsite.core import clock, i18n
from eventsite.core.errors import NotFound
from eventsite.events.models import Event
from eventsite.programme import queries as programmes
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status


@dataclass(frozen=True)
class Choice:
    """One workshop that is not one's own, and what can be done about it now."""

    item: dict[str, Any]
    free: int
    waiting: int
    position: int | None  # one's own in its line
    moves_up: bool
    offered_until: Any
    may_take: bool
    may_wait: bool
    is_asked_for: bool

    @property
    def state(self) -> str:
        """How full it is, in words."""
        if self.free and not self.waiting:
            return i18n.ngettext("One place is free.", "%(num)s places are free.", self.free)
        full = i18n._("All places are taken.")
        if not self.waiting:
            return full
        waits = i18n.ngettext("One person is waiting.", "%(num)s people are waiting.", self.waiting)
        return f"{full} {waits}"


@dataclass(frozen=True)
class RoundChoices:
    """One round; `own` is the workshop one has."""

    round: dict[str, Any]
    own: dict[str, Any] | None
    choices: list[Choice] = field(default_factory=list)

    @property
    def offers(self) -> list[Choice]:
        """The workshops in which a place is held for this person."""
        return [one for one in self.choices if one.offered_until]

    @property
    def only_by_swap(self) -> list[Choice]:
        """The workshops that cannot be taken at once."""
        return [one for one in self.choices if not one.may_take or one.is_asked_for]

    @property
    def asked_for(self) -> list[Choice]:
        """What one would take instead of the own workshop."""
        return [one for one in self.choices if one.is_asked_for]


def may_change(event: Event, registration: Registration, starts_at: Any) -> bool:
    """Whether places of a round can change hands for this person."""
    is_in = registration.status == Status.CONFIRMED and queries_places.are_given(event)
    return is_in and waitlist.may_move(starts_at, clock.now())


def get(event: Event, registration: Registration, round_uid: str) -> RoundChoices:
    """The round as it stands; NotFound where the public knows no such round, or it can no longer be changed."""
    programme = programmes.released(event.id)
    found = next((one for one in programme.rounds if one["uid"] == round_uid), None) if programme else None
    if found is None or not may_change(event, registration, found["starts_at"]):
        raise NotFound
    items = [item for item in found["items"] if item["status"] != "cancelled"]
    place = queries_wishes.allocations(registration.id).get(found["id"])
    own = next((item for item in items if place is not None and item["id"] == place.item_id), None)
    gate, name = queries_places.gate(event), registration.public_id
    lines = queries_places.lines([item["id"] for item in items])
    mine = {row.item_id: row for row in queries_places.own_waiting(registration.id)}
    asked = {row.item_id for row in queries_places.own_requests(registration.id)}
    choices = []
    for item in items:
        if item is own or item["uid"] not in gate.round_of:
            continue
        line, row, uid = lines[item["id"]], mine.get(item["id"]), item["uid"]
        until = row.offered_until if row else None
        choices.append(
            Choice(
                item=item,
                free=gate.free(uid),
                waiting=len(line),
                position=waitlist.position(line, registration.id),
                moves_up=row.moves_up if row else True,
                offered_until=until if until and until > clock.now() else None,
                may_take=not line and gate.admits(name, uid),
                may_wait=row is None and gate.fits(name, uid),
                is_asked_for=item["id"] in asked,
            )
        )
    return RoundChoices(found, own, choices)


def own_lines(registration: Registration) -> dict[int, tuple[int, Any]]:
    """Per workshop waited for: the position, and until when a place is held; two queries."""
    rows = queries_places.own_waiting(registration.id)
    lines = queries_places.lines([row.item_id for row in rows]) if rows else {}
    found: dict[int, tuple[int, Any]] = {}
    for row in rows:
        position = waitlist.position(lines[row.item_id], registration.id)
        is_held = row.offered_until is not None and row.offered_until > clock.now()
        if position is not None:
            found[row.item_id] = (position, row.offered_until if is_held else None)
    return found
