"""The mails of a registration, one per status: what they say by default, in the order of its life.

A further kind is one `add(…)` more; it is written with service_places.write and edited and previewed by organisers.
"""

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.letters import add, event_for, letter, page_link, state

__all__ = ["add", "event_for", "letter", "page_link", "state"]

TO_PAGE = (_l("To my personal page"), "/r/{token}/")
TO_CONFIRMATION = (_l("Confirm registration"), "/r/{token}/confirmation")
TO_FORM = (_l("Register anew"), "/{lang}/{event}/register")
KEEP_LINK = _l(
    "On your personal page you see your programme, change your wishes and sign off, without a password. "
    "Please keep the link to yourself: whoever has it can change your registration."
)
ASK = _l("If you have questions, please answer this message.")
NOT_YOU = _l("Was it not you? Then you need not do anything; without your confirmation the entry lapses.")

add(
    "confirm",
    label=_l("Please confirm"),
    subject=_l("Please confirm your registration: %(event)s"),
    heading=_l("Just one click to go"),
    opening=(_l("thank you for your registration."), "%(state)s"),
    button=TO_CONFIRMATION,
    closing=(_l("If you do nothing, the registration lapses by itself."),),
    reason=NOT_YOU,
    placeholders=("state", "deadline"),
    statuses=("pending",),
)
add(
    "link_unconfirmed",
    label=_l("Please confirm, sent again"),
    subject=_l("Please confirm your registration: %(event)s"),
    heading=_l("Just one click to go"),
    opening=(
        _l("this address is registered already; only your confirmation is missing."),
        "%(state)s",
    ),
    button=TO_CONFIRMATION,
    closing=(_l("If you do nothing, the registration lapses by itself."),),
    reason=NOT_YOU,
    placeholders=("state", "deadline"),
    statuses=("pending",),
)
add(
    "asked",
    label=_l("Waits for your decision"),
    subject=_l("Your registration has arrived: %(event)s"),
    heading=_l("Your registration has arrived"),
    opening=(
        _l("thank you, your address is confirmed. As soon as the organisers have decided, you hear from us."),
        "%(state)s",
    ),
    button=TO_PAGE,
    closing=(_l("If you can no longer come, please sign off on your personal page."),),
    placeholders=("state",),
    statuses=("pending",),
)
add(
    "confirmed",
    label=_l("Place confirmed"),
    subject=_l("You have a place: %(event)s"),
    heading=_l("You have a place"),
    opening=(_l("your registration is confirmed. We look forward to meeting you."),),
    button=TO_PAGE,
    closing=(
        KEEP_LINK,
        _l("Something came up? Please sign off there; somebody from the waiting list will be glad."),
    ),
    statuses=("confirmed",),
)
add(
    "waiting",
    label=_l("On the waiting list"),
    subject=_l("Waiting list: %(event)s"),
    heading=_l("You are number %(number)s on the waiting list"),
    opening=(
        _l("all places are taken at the moment. As soon as one is free, whoever has waited longest gets it."),
        _l("When it is your turn, we will write to you at once. You do not need to do anything."),
    ),
    button=TO_PAGE,
    closing=(_l("If you do not want to wait any longer, please sign off on your personal page."),),
    placeholders=("number",),
    statuses=("waiting",),
)
add(
    "promoted",
    label=_l("Moved up from the waiting list"),
    subject=_l("A place is free, and it is yours: %(event)s"),
    heading=_l("You have a place"),
    opening=(
        _l(
            "a place has become free, and you were next on the waiting list. You are registered now; we look forward "
            "to meeting you."
        ),
    ),
    button=TO_PAGE,
    closing=(_l("Can you no longer come? Please sign off on your personal page, so that the next person moves up."),),
    statuses=("confirmed",),
)
add(
    "place_offered",
    label=_l("Place offered"),
    subject=_l("A place is free for you until %(deadline)s: %(event)s"),
    heading=_l("A place is free for you"),
    opening=(
        _l("a place has become free, and you are next on the waiting list."),
        _l("We are keeping it for you until %(deadline)s. Would you like to have it?"),
    ),
    button=(_l("Accept or decline"), "/r/{token}/offer"),
    closing=(
        _l(
            "If you do not answer by then, the place goes to the next person. If you cannot come, please decline, so "
            "that nobody waits in vain."
        ),
    ),
    placeholders=("deadline",),
    statuses=("offered",),
)
add(
    "offer_expired",
    label=_l("Offer expired"),
    subject=_l("The place went to somebody else: %(event)s"),
    heading=_l("The place went to somebody else"),
    opening=(
        _l(
            "we had kept a place for you and did not hear from you in time. It goes to the next person, and you are not "
            "on the waiting list any more."
        ),
        _l("If you would still like to come, please register anew."),
    ),
    button=TO_FORM,
    closing=(ASK,),
    statuses=("expired",),
)
add(
    "declined",
    label=_l("Left the waiting list"),
    subject=_l("You are not on the waiting list any more: %(event)s"),
    heading=_l("You are not on the waiting list any more"),
    opening=(_l("thank you for letting us know. Somebody else will be glad about the place."),),
    button=TO_FORM,
    closing=(_l("Was it a mistake? You can register anew as long as registration is open."),),
    statuses=("declined",),
)
add(
    "changed_mode",
    label=_l("On site instead of online, or online instead of on site"),
    subject=_l("Your way to take part has changed: %(event)s"),
    heading=_l("Your way to take part has changed"),
    opening=(_l("a place has become free the way you wanted to take part."), "%(mode)s"),
    button=TO_PAGE,
    closing=(_l("Your former place goes to somebody else."),),
    placeholders=("mode",),
    statuses=("confirmed",),
)
add(
    "link",
    label=_l("Personal link, sent again"),
    subject=_l("Your personal link: %(event)s"),
    heading=_l("Your personal link"),
    opening=(
        _l("somebody, probably you, has asked for this link or filled in the registration form again."),
        _l("This address is known to us already. Nothing was changed. %(state)s"),
    ),
    button=TO_PAGE,
    closing=(KEEP_LINK,),
    placeholders=("state",),
    statuses=("confirmed", "waiting"),
)
add(
    "cancelled",
    label=_l("Signed off"),
    subject=_l("You have signed off: %(event)s"),
    heading=_l("You have signed off"),
    opening=(_l("your place is now free for somebody else. Thank you for letting us know."),),
    button=TO_PAGE,
    closing=(_l("Was it a mistake? As long as a place is free, you can take it back on your personal page."),),
    statuses=("cancelled",),
)
add(
    "cancelled_by_organiser",
    label=_l("Cancelled by the organisers"),
    subject=_l("Your registration was cancelled: %(event)s"),
    heading=_l("Your registration was cancelled"),
    opening=(_l("the organisers have cancelled your registration."), ASK),
    statuses=("cancelled",),
)
add(
    "refused",
    label=_l("Not accepted"),
    subject=_l("Your registration could not be accepted: %(event)s"),
    heading=_l("Your registration could not be accepted"),
    opening=(
        _l("thank you for your interest. Unfortunately the organisers could not accept your registration."),
        ASK,
    ),
    statuses=("refused",),
)
add(
    "expired",
    label=_l("Lapsed without confirmation"),
    subject=_l("Your registration has lapsed: %(event)s"),
    heading=_l("Your registration has lapsed"),
    opening=(
        _l("you registered, but the link in our message was not followed in time. What we held for you is free again."),
        _l("If you would still like to come, please register anew."),
    ),
    button=TO_FORM,
    closing=(_l("If it was not you who registered, you need not do anything. We will not write again."),),
    statuses=("expired",),
)
