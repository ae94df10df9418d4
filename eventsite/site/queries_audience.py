"""Who is asked by a follow-up form: the filters of the organisers' list, applied to the registrations as they are now."""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.mail import links
from eventsite.registration import letters, queries_surveys, rules
from eventsite.registration.models import Registration
from eventsite.registration.models_surveys import Survey, SurveyRecipient
from eventsite.site import queries_roster, rules_roster
from eventsite.site.mail_preview import Preview
from eventsite.site.rules_roster import Facets


def not_asked(event: Event, survey: Survey, known: Facets) -> list[int]:
    """The ids of those who fit and have not been asked, in order of their names."""
    wanted = rules_roster.read({name: [value] for name, value in survey.audience.items()}, known)
    was_asked = exists().where(
        SurveyRecipient.registration_id == Registration.id, SurveyRecipient.survey_id == survey.id
    )
    return list(db.session.scalars(queries_roster.fitting(event, wanted, known).where(~was_asked)))


def in_words(survey: Survey, known: Facets) -> list[str]:
    """Whom it asks, filter by filter."""
    found = [", ".join(str(rules.STATUS_LABELS[one]) for one in survey.audience["status"].split(","))]
    presence = {"yes": i18n._("was there"), "no": i18n._("was not there")}.get(survey.audience.get("presence", ""))
    workshop = known.workshop(survey.audience.get("place", ""))
    mode = rules.MODE_LABELS.get(survey.audience.get("mode", ""))
    more = (presence, queries_roster.title_of(workshop) if workshop else "", str(mode) if mode else "")
    return [*found, *(one for one in more if one)]


def letters_to(registration_ids: list[int]) -> int:
    """How many of these people have no address to write to."""
    query = select(Registration.id).where(Registration.id.in_(registration_ids), Registration.email.is_(None))
    return len(list(db.session.scalars(query)))


def example(event: Event, survey: Survey, registration_ids: list[int]) -> Preview | None:
    """The mail as the first of these people would get it; None where nobody can be written to."""
    query: Any = select(Registration).where(Registration.id.in_(registration_ids), Registration.email.is_not(None))
    links_of = (joinedload(Registration.link), joinedload(Registration.feed_link))
    one = db.session.scalar(query.options(*links_of).order_by(Registration.sort_name, Registration.id).limit(1))
    if one is None:
        return None
    with i18n.use_language(one.language), i18n.use_zone(event.timezone):
        words = queries_surveys.words(survey)
    mail = letters.letter("survey", letters.event_for(one), one, extra=words)
    status = str(rules.STATUS_LABELS[one.status])
    return Preview(one.name, status, one.language, mail.subject, links.hidden(mail.text), links.hidden(mail.html))
