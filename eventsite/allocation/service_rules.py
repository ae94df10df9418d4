"""Verbs of the rules: the published rule, hard rules, places; frozen once people have relied on them, with an override."""

from collections.abc import Mapping
from typing import Any

from eventsite.allocation import conditions, queries_problem, queries_rules, rules, service_wishes
from eventsite.allocation.conditions import Condition
from eventsite.allocation.models import AllocationRule, RuleChange
from eventsite.core import audit, clock, i18n, ids
from eventsite.core.db import transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.programme import service as programme
from eventsite.programme.models import ProgrammeItem

PUBLISHED = ("objective", "tie", "seed", "max_choices")


def see_wishes(event: Event) -> None:
    """Notes that organisers have asked for a first run: from now on they know the wishes, so the rules are frozen."""
    if event.wishes_seen_at is None:
        event.wishes_seen_at = clock.now()
        audit.record("wishes seen", subject=f"event {event.public_id}", event_id=event.id)


def is_rule_frozen(event: Event) -> bool:
    """Whether the published rule may change only with a reason: somebody has wished under it, or wishes were seen."""
    return event.wishes_seen_at is not None or service_wishes.has_wishes(event.id)


def change_rule(event_id: int, *, actor: str, reason: str = "", **values: Any) -> bool:
    """Changes the published rule (objective, tie, seed, max_choices); false when nothing changes.

    Refuses without a reason once it is frozen; the reason is shown to participants.
    """
    with transaction():
        event = events.lock_event(event_id)
        changed = {key: values[key] for key in PUBLISHED if key in values and values[key] != getattr(event, key)}
        if not changed:
            return False
        if changed.get("objective", event.objective) not in rules.OBJECTIVES or event.tie not in rules.TIES:
            raise Refused(_l("There is no such rule."))
        before = {key: getattr(event, key) for key in changed}
        if is_rule_frozen(event):
            _override(event, "rule", reason, {"before": before, "after": changed}, actor)
        events.change_event(event_id, actor=actor, **changed)
        return True


def add_condition(
    event_id: int, kind: str, details: Mapping[str, Any], *, actor: str, reason: str = ""
) -> AllocationRule:
    """Adds a hard rule; refuses one that makes no sense, and without a reason once wishes have been seen."""
    with transaction() as session:
        event = events.lock_event(event_id)
        found = queries_problem.situation(event)
        one = Condition(kind, dict(details))
        _check(one, queries_rules.setting(found.rounds, found.people, event.languages))
        if kind in conditions.SWITCHES and any(row.kind == kind for row in queries_rules.stored(event_id)):
            raise Refused(_l("This rule is set already."))
        row = AllocationRule(
            public_id=ids.new_public_id(),
            event_id=event_id,
            kind=kind,
            details=one.details,
            created_at=clock.now(),
            created_by=actor,
        )
        if event.wishes_seen_at is not None:
            _override(event, "condition", reason, {"added": kind}, actor)
        session.add(row)
        session.flush()
        _record("rule added", event, actor, {"kind": kind, "rule": row.public_id})
        return row


def _check(one: Condition, setting: conditions.Setting) -> None:
    used = [*one.details.get("items", []), *(one.details[k] for k in ("item", "needs") if k in one.details)]
    if one.kind not in conditions.KINDS or any(workshop not in setting.workshops for workshop in used):
        raise NotFound
    sentence = {
        "two": _l("Please choose at least two workshops."),
        "earlier": _l("The workshop that is needed must be in an earlier round."),
        "members": _l("Please say for whom the places are kept: an organisation, or people by name."),
    }.get(conditions.fault(one, setting))
    if sentence is not None:
        raise Refused(sentence)


def remove_condition(event_id: int, public_id: str, *, actor: str, reason: str = "") -> None:
    """Takes a hard rule away; refuses without a reason once wishes have been seen. Runs keep what they used."""
    with transaction() as session:
        event = events.lock_event(event_id)
        row = next((one for one in queries_rules.stored(event_id) if one.public_id == public_id), None)
        if row is None:
            raise NotFound
        if event.wishes_seen_at is not None:
            _override(event, "condition", reason, {"removed": row.kind}, actor)
        _record("rule removed", event, actor, {"kind": row.kind, "rule": row.public_id, "details": row.details})
        session.delete(row)


def change_places(
    event_id: int, places: Mapping[str, tuple[int | None, int | None]], *, actor: str, reason: str = ""
) -> int:
    """Changes places and minimum of workshops by public id; returns how many. Refuses without a reason once frozen."""
    with transaction():
        event = events.lock_event(event_id)
        items = queries_problem.situation(event).items
        changed = {
            uid: wanted
            for uid, wanted in places.items()
            if uid in items and wanted != (items[uid].capacity, items[uid].minimum)
        }
        for uid, (capacity, minimum) in changed.items():
            _check_places(items[uid], capacity, minimum)
        if changed and programme.are_places_frozen(event):
            rows = {
                uid: [items[uid].capacity, items[uid].minimum, *wanted] for uid, wanted in changed.items()
            }  # before and after
            _override(event, "places", reason, {"items": rows}, actor)
        for uid, (capacity, minimum) in changed.items():
            programme.change_item(items[uid].id, actor=actor, may_thaw=True, capacity=capacity, minimum=minimum)
        return len(changed)


def _check_places(item: ProgrammeItem, capacity: int | None, minimum: int | None) -> None:
    if capacity is not None and minimum is not None and minimum > capacity:
        title = i18n.local(item.title)
        raise Refused(
            _l(
                "“%(workshop)s” needs more people (%(minimum)s) than it has places (%(places)s).",
                workshop=title,
                minimum=minimum,
                places=capacity,
            )
        )


def _override(event: Event, subject: str, reason: str, details: dict[str, Any], actor: str) -> None:
    if not reason.strip():
        raise Refused(_l("People have wished already. Please give a reason; participants read it on their page."))
    with transaction() as session:
        row = RuleChange(
            event_id=event.id,
            subject=subject,
            reason=reason.strip(),
            details=details,
            created_at=clock.now(),
            created_by=actor,
        )
        session.add(row)
        _record("frozen rule changed", event, actor, {"subject": subject, "reason": reason.strip(), **details})


def _record(action: str, event: Event, actor: str, details: dict[str, Any]) -> None:
    audit.record(action, subject=f"event {event.public_id}", actor=actor, event_id=event.id, details=details)
