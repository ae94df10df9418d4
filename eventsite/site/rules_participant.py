"""What organisers can do with one registration, what follows from it, and the words of its story; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.rules import LIVE, Status


@dataclass(frozen=True)
class Deed:
    """One verb: its label, what follows, the mail it sends, and how careful one has to be."""

    label: Any
    follows: Any
    mail: Any = ""
    may_be_quiet: bool = False  # the team chooses whether a mail goes out
    needs_reason: bool = False
    is_ending: bool = False


DEEDS: Mapping[str, Deed] = {
    "accept": Deed(
        _l("Accept"),
        _l("The person gets a place while one is free, else a place on the waiting list."),
        _l("the confirmation, or the place on the waiting list"),
    ),
    "confirm": Deed(
        _l("Confirm without the mail"),
        _l("The registration counts as if the link in the mail had been followed."),
        _l("the confirmation, or the place on the waiting list"),
    ),
    "move_up": Deed(
        _l("Move up before the others"),
        _l("The person gets a free place before those who have waited longer. The reason stands in the history."),
        _l("that they have moved up"),
        needs_reason=True,
    ),
    "resend": Deed(
        _l("Send the personal link again"),
        _l("Nothing changes; the same link as before."),
        _l("their personal link"),
    ),
    "renew": Deed(
        _l("Make a new personal link and end the old one"),
        _l("The old link shows nothing any more, for instance because it became known to others."),
        _l("their personal link"),
    ),
    "cancel": Deed(
        _l("Cancel the registration"),
        _l("Place and workshops become free and go to the waiting list at once, with a mail to those who move up."),
        _l("that you have cancelled their registration"),
        may_be_quiet=True,
        is_ending=True,
    ),
    "refuse": Deed(
        _l("Refuse the registration"),
        _l("The person can only come back if you take the registration back in."),
        _l("that the registration cannot be accepted"),
        may_be_quiet=True,
        is_ending=True,
    ),
    "reinstate": Deed(
        _l("Take the registration back in"),
        _l("The person gets a place while one is free, else the end of the waiting list."),
        _l("the confirmation, or the place on the waiting list"),
        may_be_quiet=True,
    ),
}
CHANGES: Mapping[str, Any] = {
    "accepted beforehand": _l("accepted before the address was confirmed"),
    "access need arranged": _l("access need arranged"),
    "access need impossible": _l("access need not possible"),
    "access need open": _l("access need open again"),
    "address changed": _l("e-mail address changed"),
    "address kept": _l("e-mail address is right after all"),
    "calendar address renewed": _l("new calendar address"),
    "choice lost": _l("a choice was taken by others in the meantime"),
    "consent given": _l("consent given"),
    "consent withdrawn": _l("consent withdrawn"),
    "contingent assigned": _l("contingent assigned"),
    "details changed": _l("details changed"),
    "group split": _l("the group no longer waits together"),
    "moved on the board": _l("moved on the board"),
    "note changed": _l("note changed"),
    "offer to a colleague taken back": _l("offer to a colleague taken back"),
    "other mode no longer wanted": _l("other way of taking part no longer wanted"),
    "other mode wanted": _l("other way of taking part wanted"),
    "personal link renewed": _l("new personal link"),
    "place offered to a colleague": _l("place offered to a colleague"),
    "presence noted": _l("was there"),
    "presence taken back": _l("presence taken back"),
    "says yes": _l("still comes"),
    "sensitive answers seen": _l("confidential answers looked at"),
    "state hidden": _l("state hidden from the group"),
    "state shown to the group": _l("state shown to the group"),
    "wishes changed": _l("wishes changed"),
    "workshop places freed": _l("workshop places freed"),
}


def possible(registration: Any) -> list[str]:
    """The verbs that apply to a registration now, the careful ones last."""
    status, live = Status(registration.status), registration.status in LIVE
    applies = {
        "accept": registration.awaits_decision,
        "confirm": status is Status.PENDING and not registration.awaits_decision,
        "move_up": status is Status.WAITING,
        "reinstate": not live,
        "resend": live,
        "renew": True,
        "cancel": live,
        "refuse": live,
    }
    return [key for key, is_possible in applies.items() if is_possible]
