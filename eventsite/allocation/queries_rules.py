"""Reads of the organisers' rules and of what was changed in them after people had wished."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from eventsite.allocation import conditions
from eventsite.allocation.conditions import Condition, Setting
from eventsite.allocation.models import AllocationRule, RuleChange
from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration


def stored(event_id: int) -> list[AllocationRule]:
    """The hard rules of an event, oldest first."""
    query = select(AllocationRule).where(AllocationRule.event_id == event_id).order_by(AllocationRule.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def setting(rounds: Mapping[str, Round], people: Mapping[str, Registration], languages: list[str]) -> Setting:
    """What the rules speak of, from rows that are loaded already."""
    main = languages[0] if languages else ""
    return Setting(
        {name: (one.starts_at, one.ends_at) for name, one in rounds.items()},
        {i.public_id: (name, i.title.get(main, "")) for name, one in rounds.items() for i in one.items},
        {name: person.organisation for name, person in people.items()},
        {i.public_id: i.offering for one in rounds.values() for i in one.items if i.offering},
    )


def applied(
    event: Event, rows: list[AllocationRule], rounds: Mapping[str, Round], people: Mapping[str, Registration]
) -> dict[str, Any]:
    """The organisers' rules as the engine takes them."""
    listed = [Condition(row.kind, row.details) for row in rows]
    return conditions.applied(listed, setting(rounds, people, event.languages))


def changes(event_id: int) -> list[RuleChange]:
    """What was changed after people had wished, newest first, for organisers and participants alike."""
    query = select(RuleChange).where(RuleChange.event_id == event_id).order_by(RuleChange.id.desc())
    return list(db.session.scalars(query))


def in_words(row: AllocationRule, items: Mapping[str, ProgrammeItem], people: Mapping[str, Registration]) -> str:
    """A rule as a sentence in the current language."""
    details = row.details

    def title(uid: str) -> str:
        return i18n.local(items[uid].title) if uid in items else i18n._("a cancelled workshop")

    if row.kind == conditions.NO_REPEAT:
        return i18n._(
            "Nobody gets the same workshop twice: workshops of the same title in several rounds count as one."
        )
    if row.kind == conditions.MAY_CANCEL:
        return i18n._("A run may close a workshop that stays below its minimum.")
    if row.kind == conditions.SAME_TOPIC:
        titles = ", ".join(f"“{title(uid)}”" for uid in details["items"])
        return i18n._("Nobody gets more than one of these: %(titles)s.", titles=titles)
    if row.kind == conditions.PREREQUISITE:
        names = {"item": title(details["item"]), "needs": title(details["needs"])}
        return i18n._("“%(item)s” is only for people who are in “%(needs)s” before.", **names)
    if row.kind == conditions.SPREAD:
        return _spread(details)
    members = [people[uid].name for uid in details["people"] if uid in people]
    who = ", ".join([*([details["organisation"]] if details["organisation"] else []), *members])
    values = {"workshop": title(details["item"]), "places": details["places"], "who": who or i18n._("nobody any more")}
    return i18n._("%(places)s places in “%(workshop)s” are kept for: %(who)s.", **values)


def _spread(details: Mapping[str, Any]) -> str:
    if details["organisation"]:
        values = {"most": details["most"], "organisation": details["organisation"]}
        return i18n._("At most %(most)s people of %(organisation)s in the same workshop.", **values)
    return i18n._("At most %(most)s people of any one organisation in the same workshop.", most=details["most"])
