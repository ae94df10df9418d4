"""Offering the own place to a colleague: until it is taken or the deadline has passed, it stays with the giver."""

from datetime import timedelta

from sqlalchemy import func, select

from eventsite.core import clock, i18n
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.people import rules as people_rules
from eventsite.people import service as people
from eventsite.registration import letters, messages_handover, queries, queries_handover, rules, service_answers
from eventsite.registration import service_places as places
from eventsite.registration.models import Handover, Registration

__all__ = ["messages_handover"]
HOURS = 48
MOST = 5  # offers of one registration: the form must not become a way to write to strangers


def offer(registration_id: int, *, name: str, email: str) -> None:
    """Writes to a colleague, who may take the place within two days with own details.

    Whoever is registered already gets only a word, and the giver learns nothing of it. Refuses where the event does not
    allow it, without a place, while another offer is open, the own address, and more than a few offers.
    """
    with transaction() as session:
        event, giver = places.lock(registration_id)
        if not rules.may_hand_over(giver.status, event, clock.now()):
            raise Refused(_l("This place cannot be handed over. You can sign off instead."))
        if people_rules.email_key(email) == giver.email_key:
            raise Refused(_l("This is your own address."))
        if queries_handover.find_open(registration_id, clock.now()) is not None:
            raise Refused(_l("You have offered your place to somebody already. Take that back first."))
        if _number_of_offers(registration_id) >= MOST:
            raise Refused(_l("You have offered your place several times already. Please write to the organisers."))
        until = min(rules.held_until(clock.now(), HOURS), event.starts_at - timedelta(minutes=1))
        link = people.create_link("handover", expires_at=until)
        made = Handover(
            registration_id=giver.id,
            link_id=link.id,
            name=name,
            email=email,
            language=giver.language,
            state="open",
            until=until,
            created_at=clock.now(),
        )
        session.add(made)
        session.flush()
        service_answers.note(giver, "place offered to a colleague", "participant")
        _write(made, giver, event)


def _number_of_offers(registration_id: int) -> int:
    with transaction() as session:
        query = select(func.count(Handover.id)).where(Handover.registration_id == registration_id)
        return int(session.scalar(query) or 0)


def _write(made: Handover, giver: Registration, event: Event) -> None:
    known = queries.find_by_email(event.id, made.email)
    cause = f"handover:{giver.public_id}:{made.id}"
    if known is not None and known.status not in rules.MAY_REGISTER_AGAIN:
        made.state = "known"
        places.write("handover_known", known, cause, giver=giver.name)
        return
    full = letters.event_for(giver)
    colleague = letters.invented(event.id, made.language)
    colleague.name, colleague.organisation = made.name, ""
    with i18n.use_language(made.language), i18n.use_zone(event.timezone):
        extra = {"giver": giver.name, "deadline": i18n.format_datetime(made.until)}
        facts = letters.facts_of_event(full)
    mail = letters.letter("handover", full, colleague, extra=extra, facts=facts, link=queries_handover.link_of(made))
    places.put(mail, giver, full, cause=cause, to_address=made.email, to_name=made.name)


def withdraw(registration_id: int) -> None:
    """Takes the open offer back: its link no longer works, and the place stays. Twice is once."""
    with transaction():
        _event, giver = places.lock(registration_id)
        found = queries_handover.find_open(registration_id, clock.now())
        if found is not None:
            found.state = "withdrawn"
            people.revoke_link(queries_handover.link_of(found))
            service_answers.note(giver, "offer to a colleague taken back", "participant")
