"""A second release of a demonstrated programme: two workshops have changed rooms, with a word of the organisers."""

from itertools import combinations

from eventsite.demo.build_event import Built
from eventsite.programme import queries, service, service_releases
from eventsite.programme.models import ProgrammeItem

NOTE = {
    "de": "Ein Raum ist kleiner als gedacht; deshalb tauschen zwei Workshops ihre Räume.",
    "en": "A room is smaller than we thought, so two workshops change rooms.",
}
BRING = {
    "de": "Ein Foto von einem Ort, an dem Sie gern lernen.",
    "en": "A photograph of a place where you like to learn.",
}


def change_rooms(built: Built) -> None:
    """Two workshops of one round that fit into each other's rooms swap them; the second asks for something to bring."""
    pair = next((two for one in queries.rounds(built.event_id) for two in _pairs(one.items)), None)
    if pair is None:
        return
    first, second = ((item.id, item.room_id) for item in pair)
    service.change_item(first[0], actor="demonstration", room_id=second[1])
    service.change_item(second[0], actor="demonstration", room_id=first[1], bring=BRING)
    service_releases.release(built.event_id, "demonstration", note=NOTE)


def _pairs(items: list[ProgrammeItem]) -> list[tuple[ProgrammeItem, ProgrammeItem]]:
    housed = [item for item in items if item.room is not None and item.capacity]
    return [(a, b) for a, b in combinations(housed, 2) if a.room_id != b.room_id and _fits(a, b) and _fits(b, a)]


def _fits(item: ProgrammeItem, other: ProgrammeItem) -> bool:
    room = other.room
    return room is not None and (room.capacity is None or (item.capacity or 0) <= room.capacity)
