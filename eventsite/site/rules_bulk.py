"""One deed for many registrations: what can be done, to whom it applies, whom it leaves as they are and why; pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.rules import LIVE, Status

NAMES_SHOWN = 3
DEEDS: dict[str, Any] = {
    "accept": _l("Accept"),
    "confirm": _l("Confirm"),
    "move_up": _l("Move up"),
    "resend": _l("Send the personal link"),
    "cancel": _l("Sign off"),
    "refuse": _l("Refuse"),
    "reinstate": _l("Take back in"),
}
ENDING = frozenset({"cancel", "refuse"})
NEED_REASON = frozenset({"move_up"})
MAY_BE_QUIET = frozenset({"cancel", "refuse", "reinstate"})  # the others are nothing without their mail
MAILS: dict[str, Any] = {
    "accept": _l("the confirmation, or the place on the waiting list"),
    "confirm": _l("the confirmation, or the place on the waiting list"),
    "move_up": _l("that they have moved up"),
    "resend": _l("their personal link"),
    "cancel": _l("that you have cancelled their registration"),
    "refuse": _l("that the registration cannot be accepted"),
    "reinstate": _l("the confirmation, or the place on the waiting list"),
}
OBSTACLES: dict[str, Any] = {
    "not asking": _l("does not wait for your decision"),
    "asking": _l("waits for your decision: accept or refuse"),
    "not pending": _l("is not waiting for its confirmation"),
    "not waiting": _l("is not on the waiting list"),
    "no place": _l("no place is free"),
    "ended": _l("has ended already; no mail is sent to people who have signed off"),
    "not ended": _l("is registered"),
    "no address": _l("has no e-mail address"),
    "event cancelled": _l("the event is cancelled"),
}


class Row(Protocol):
    """What the preview knows of a registration."""

    @property
    def name(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    @property
    def awaits_decision(self) -> bool: ...


@dataclass
class Group:
    """People who share something, as a number and the first three names."""

    number: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        """One more."""
        self.number += 1
        if len(self.names) < NAMES_SHOWN:
            self.names.append(name)


@dataclass
class Preview:
    """What would happen: who changes, who gets a mail, who stays as they are and why."""

    changed: Group = field(default_factory=Group)
    mails: int = 0
    by_letter: int = 0
    left: dict[str, Group] = field(default_factory=dict)


def obstacle(deed: str, row: Row, *, is_event_cancelled: bool = False) -> str | None:
    """Why a deed does not apply to a registration, a key of OBSTACLES; None when it does."""
    is_live = row.status in LIVE
    if deed == "accept":
        return None if row.awaits_decision else "not asking"
    if deed == "confirm":
        return "asking" if row.awaits_decision else None if row.status == Status.PENDING else "not pending"
    if deed == "move_up":
        return None if row.status == Status.WAITING else "not waiting"
    if deed == "reinstate":
        return "not ended" if is_live else "event cancelled" if is_event_cancelled else None
    if not is_live:
        return "ended"
    return "no address" if deed == "resend" and row.email is None else None


def preview(deed: str, rows: Sequence[Row], *, free: int | None = None, is_event_cancelled: bool = False) -> Preview:
    """Counts what a deed would do to these registrations; `free` are the places left, None where there is no limit."""
    found = Preview()
    for row in rows:
        why = obstacle(deed, row, is_event_cancelled=is_event_cancelled)
        if why is None and deed == "move_up" and free is not None and found.changed.number >= free:
            why = "no place"
        if why is not None:
            found.left.setdefault(why, Group()).add(row.name)
            continue
        found.changed.add(row.name)
        if row.email is None:
            found.by_letter += 1
        else:
            found.mails += 1
    return found
