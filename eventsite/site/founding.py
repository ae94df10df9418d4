"""The first start: owner, host and site in one transaction; all of it or nothing."""

from typing import Any

from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import service as events
from eventsite.people import queries, service


def found_site(name: dict[str, str], owner: dict[str, Any], host: dict[str, Any], *, language: str) -> None:
    """Creates the first owner, the first host and the site's row; refuses when somebody was quicker."""
    with transaction():
        if queries.has_accounts():
            raise Refused(_l("The site has been set up in the meantime."))
        service.create_account(**owner, is_owner=True, language=language)
        first = events.create_host(**host)
        events.set_up_site(name=name, host_id=first.id)
