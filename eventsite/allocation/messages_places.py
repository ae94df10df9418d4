"""The mails about one workshop place: moved up, swapped, a place offered, an offer that ended."""

from datetime import datetime

from eventsite.allocation import messages
from eventsite.allocation.messages import Cell
from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail.outbox import Mail
from eventsite.programme import queries as programmes
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.messages import TO_PAGE, add, event_for, letter
from eventsite.registration.models import Registration

__all__ = ["calendar", "event_for", "place"]

WAITED = _l("You receive this message because you were on the waiting list of this workshop.")
FILE = _l("The attached file puts the workshop into your calendar.")

add(
    "moved_up",
    label=_l("Moved up into a workshop"),
    subject=_l("A place in your workshop: %(workshop)s"),
    heading=_l("You have moved up"),
    opening=(
        _l(
            "in the workshop “%(workshop)s” a place has become free, and you were next on its waiting list. It is yours now."
        ),
    ),
    button=TO_PAGE,
    closing=(_l("If you had a place in another workshop at the same time, it is free for somebody else now."),),
    attached=(FILE,),
    reason=WAITED,
    placeholders=("workshop",),
    statuses=("confirmed",),
)
add(
    "swapped",
    label=_l("A swap has worked"),
    subject=_l("Your swap has worked: %(workshop)s"),
    heading=_l("Your swap has worked"),
    opening=(
        _l("you asked for another workshop in this round, and now you have it: “%(workshop)s”."),
        _l("Your former place is free for others."),
    ),
    button=TO_PAGE,
    attached=(FILE,),
    reason=_l("You receive this message because you asked to swap your workshop."),
    placeholders=("workshop",),
    statuses=("confirmed",),
)
add(
    "offered",
    label=_l("A workshop place offered"),
    subject=_l("A place is free for you: %(workshop)s"),
    heading=_l("A place is free for you"),
    opening=(
        _l(
            "in the workshop “%(workshop)s” a place has become free, and you are next on its waiting list. "
            "We hold it for you until %(deadline)s."
        ),
        _l("Please say yes or no on your personal page. Until then you keep the place you have."),
    ),
    button=(_l("Say yes or no"), "/r/{token}/"),
    closing=(_l("Without an answer the place goes to the next person; the place you have stays yours."),),
    reason=WAITED,
    placeholders=("workshop", "deadline"),
    statuses=("confirmed",),
)
add(
    "offer_ended",
    label=_l("An offer has ended"),
    subject=_l("The offer has ended: %(workshop)s"),
    heading=_l("The offer has ended"),
    opening=(
        _l("the place in “%(workshop)s” that we held for you has gone to the next person, because its time was up."),
        _l("If you have a place in another workshop, it stays yours. You can join the waiting list again."),
    ),
    button=TO_PAGE,
    reason=WAITED,
    placeholders=("workshop",),
    statuses=("confirmed",),
)
CALENDAR = _l("You receive this message because calendar entries come to you by mail; your calendar page ends that.")
add(
    "taken",
    label=_l("A workshop taken oneself"),
    subject=_l("Your workshop: %(workshop)s"),
    heading=_l("Your workshop"),
    opening=(_l("the place in “%(workshop)s” is yours."),),
    button=TO_PAGE,
    attached=(FILE,),
    reason=CALENDAR,
    placeholders=("workshop",),
    statuses=("confirmed",),
)
add(
    "given_back",
    label=_l("A workshop given back"),
    subject=_l("You have given your place back: %(workshop)s"),
    heading=_l("You have given your place back"),
    opening=(_l("the place in “%(workshop)s” is free for others now."),),
    button=TO_PAGE,
    attached=(_l("The attached file takes the workshop out of your calendar."),),
    reason=CALENDAR,
    placeholders=("workshop",),
    statuses=("confirmed",),
)


def place(
    kind: str, event: Event, registration: Registration, item: ProgrammeItem, *, until: datetime | None = None
) -> Mail:
    """The mail of one of the kinds above in the registration's language; `until` is the end of an offer."""
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        title = i18n.local(item.title)
        extra = {"workshop": title, **({"deadline": i18n.format_datetime(until)} if until else {})}
        facts = [
            (_("Workshop"), title),
            (_("Date"), i18n.format_date(item.starts_at)),
            (_("Time"), i18n.format_timespan(item.starts_at, item.ends_at)),
        ]
        return letter(kind, event, registration, extra=extra, facts=facts)


def calendar(
    event: Event, registration: Registration, item: ProgrammeItem | None, one: Round, sequence: int, at: datetime
) -> list[dict[str, str]]:
    """The workshop (None: none any more) as an invitation; it moves the entry that is there already, or takes it out."""
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        cells = [Cell(one, item, None, "", sequence)]
        return messages.calendar_files(event, registration, cells, programmes.released(event.id), at)
