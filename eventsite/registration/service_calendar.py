"""Verbs of a participant's own calendar: what comes along, and a new address."""

from eventsite.core.db import transaction
from eventsite.people import service as people
from eventsite.registration import queries, service_answers


def choose(registration_id: int, *, wants_mails: bool, alarm_minutes: int | None, actor: str = "participant") -> None:
    """Whether calendar entries come by mail, and how long before (in minutes) the own feed reminds; None: it does not."""
    with transaction():
        registration = queries.with_links(registration_id)
        registration.wants_calendar_mails, registration.alarm_minutes = wants_mails, alarm_minutes
        service_answers.note(registration, "calendar choices stored", actor)


def renew_address(registration_id: int, *, actor: str = "participant") -> None:
    """Gives the own feed a new address; the old one is worthless from now on."""
    with transaction():
        registration = queries.with_links(registration_id)
        people.reissue_link(registration.feed_link)
        service_answers.note(registration, "calendar address renewed", actor)
