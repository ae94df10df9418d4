"""The mails about another e-mail address: to the new one a link that proves it, to the old one the news."""

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.letters import add
from eventsite.registration.messages import ASK

add(
    "new_address",
    label=_l("Please confirm your new address"),
    subject=_l("Please confirm your new address: %(event)s"),
    heading=_l("Your new address"),
    opening=(
        _l("somebody, probably you, wants us to write to this address from now on."),
        _l("With one click until %(deadline)s it counts. Until then we keep writing to the former address."),
    ),
    button=(_l("Confirm the address"), "/address/{token}/"),
    closing=(_l("Was it not you? Then you need not do anything."),),
    placeholders=("deadline",),
    statuses=("confirmed", "waiting"),
)
add(
    "address_changed",
    label=_l("Your address was changed, to the former address"),
    subject=_l("Another address: %(event)s"),
    heading=_l("We write to another address from now on"),
    opening=(
        _l("the e-mail address of your registration is now %(address)s. This is the last message to the former one."),
    ),
    closing=(_l("Was it not you? Then please answer this message at once."), ASK),
    placeholders=("address",),
    statuses=("confirmed", "waiting"),
)
