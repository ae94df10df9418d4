"""The list of people who want to know when registration opens: when it is there, and how long an address stays; pure."""

from datetime import datetime, timedelta
from typing import Any

from eventsite.events import rules
from eventsite.events.rules import Phase

UNCONFIRMED = timedelta(days=7)  # an address nobody confirmed may be somebody else's
AGAIN = timedelta(minutes=10)  # before the mail to confirm is sent once more
MAILS_KEPT = timedelta(days=14)  # what was written to the address


def is_open(event: Any, now: datetime) -> bool:
    """Whether visitors may leave an address: the event wants the list, is announced, and registration is still to come."""
    return bool(event.interest_list) and rules.phase(event, now) is Phase.ANNOUNCED


def may_tell(event: Any, now: datetime) -> bool:
    """Whether those on the list are told now."""
    return rules.phase(event, now) is Phase.OPEN
