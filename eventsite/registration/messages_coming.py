"""The mails that ask whether somebody comes, and those that tell that the whole event changes."""

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.letters import add
from eventsite.registration.messages import ASK, TO_PAGE

YES = (_l("Yes, I am coming"), "/r/{token}/coming")
NO = (_l("I cannot come"), "/r/{token}/coming?answer=no")

add(
    "still_coming",
    label=_l("Still coming?"),
    subject=_l("Are you still coming? %(event)s"),
    heading=_l("Are you still coming?"),
    opening=(
        _l("soon it is time: %(date)s. A place is kept for you, and we look forward to meeting you."),
        _l(
            "Please tell us with one click whether you are coming. If you cannot, somebody from the waiting list will be glad."
        ),
    ),
    button=YES,
    second=NO,
    placeholders=("date",),
    statuses=("confirmed",),
)
add(
    "called_off",
    label=_l("The event is called off"),
    subject=_l("Called off: %(event)s"),
    heading=_l("The event is called off"),
    opening=(
        _l("unfortunately the event has to be called off. It does not take place on the date below."),
        "%(reason)s",
    ),
    closing=(_l("You need not do anything; a subscribed calendar follows by itself."), ASK),
    placeholders=("reason",),
    statuses=("confirmed", "waiting", "pending"),
)
add(
    "back_on",
    label=_l("The event takes place after all"),
    subject=_l("It takes place after all: %(event)s"),
    heading=_l("The event takes place after all"),
    opening=(_l("good news: the event takes place, on the date below. Your registration stands as it was."),),
    button=TO_PAGE,
    closing=(_l("Can you no longer come? Please sign off on your personal page, so that the next person moves up."),),
    statuses=("confirmed", "waiting", "pending"),
)
add(
    "moved",
    label=_l("The event has a new date"),
    subject=_l("New date: %(event)s"),
    heading=_l("The event has a new date"),
    opening=(
        _l("the event has a new date: %(date)s (before: %(before)s). Your registration goes along."),
        "%(reason)s",
        _l("Please tell us until %(deadline)s whether you are coming on the new date."),
    ),
    button=YES,
    second=NO,
    closing=(_l("A subscribed calendar follows by itself."),),
    placeholders=("date", "before", "reason", "deadline"),
    statuses=("confirmed",),
)
add(
    "moved_informed",
    label=_l("The event has a new date, to those without a place"),
    subject=_l("New date: %(event)s"),
    heading=_l("The event has a new date"),
    opening=(_l("the event has a new date: %(date)s (before: %(before)s). %(state)s"), "%(reason)s"),
    button=TO_PAGE,
    closing=(_l("A subscribed calendar follows by itself."),),
    placeholders=("date", "before", "reason", "state"),
    statuses=("waiting", "pending", "cancelled"),
)
