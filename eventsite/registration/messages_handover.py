"""The mails of handing a place to a colleague: the question, its answer, and a word to whoever is registered already."""

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.letters import add
from eventsite.registration.messages import TO_PAGE

add(
    "handover",
    label=_l("A place is handed to you"),
    subject=_l("%(giver)s hands you a place: %(event)s"),
    heading=_l("A place is waiting for you"),
    opening=(
        _l("%(giver)s cannot come and would like to hand you the own place at this event."),
        _l("Until %(deadline)s you can take it with your own details. Until then it stays with %(giver)s."),
    ),
    button=(_l("Look at it and take the place"), "/handover/{token}/"),
    closing=(_l("If you do not want it, you need not do anything. We will not write again."),),
    placeholders=("giver", "deadline"),
    statuses=("confirmed",),
)
add(
    "handover_known",
    label=_l("A place was to be handed to somebody registered"),
    subject=_l("You are registered already: %(event)s"),
    heading=_l("You are registered already"),
    opening=(_l("%(giver)s wanted to hand you a place, but this address is registered already. Nothing was changed."),),
    button=TO_PAGE,
    placeholders=("giver",),
    statuses=("confirmed", "waiting"),
)
add(
    "handed_over",
    label=_l("Your place was handed over"),
    subject=_l("Your place is handed over: %(event)s"),
    heading=_l("Your place is handed over"),
    opening=(_l("%(colleague)s has taken your place. You are signed off now. Thank you for taking care of it."),),
    placeholders=("colleague",),
    statuses=("cancelled",),
)
