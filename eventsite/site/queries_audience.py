"""Who is asked by a follow-up form: the filters of the organisers' list, applied to the registrations as they are now."""

from collections.abc import Mapping

from sqlalchemy import exists

from eventsite.core import i18n
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.mail import links
from eventsite.registration import letters, queries, queries_surveys, rules
from eventsite.registration.models import Registration
from eventsite.registration.models_surveys import Survey, SurveyRecipient
from eventsite.site import queries_roster, rules_roster
from eventsite.site.mail_preview import Preview
from eventsite.site.rules_roster import Facets


def facets(event: Event, survey: Survey) -> Facets:
    """What the filters of a form's circle need to be read; workshops only where one is named."""
    return queries_roster.facets(event.id) if survey.audience.get("place") else Facets()


def not_asked(event: Event, survey: Survey, known: Facets) -> dict[int, bool]:
    """Those who fit and have not been asked, by name: the id, and whether there is an address to write to."""
    wanted = rules_roster.read({name: [value] for name, value in survey.audience.items()}, known)
    was_asked = exists().where(
        SurveyRecipient.registration_id == Registration.id, SurveyRecipient.survey_id == survey.id
    )
    query = queries_roster.fitting(event, wanted, known).where(~was_asked)
    return {row[0]: row[1] for row in db.session.execute(query.add_columns(Registration.email.is_not(None)))}


def in_words(survey: Survey, known: Facets) -> list[str]:
    """Whom it asks, filter by filter."""
    found = [", ".join(str(rules.STATUS_LABELS[one]) for one in survey.audience["status"].split(","))]
    presence = {"yes": i18n._("was there"), "no": i18n._("was not there")}.get(survey.audience.get("presence", ""))
    workshop = known.workshop(survey.audience.get("place", ""))
    mode = rules.MODE_LABELS.get(survey.audience.get("mode", ""))
    more = (presence, queries_roster.title_of(workshop) if workshop else "", str(mode) if mode else "")
    return [*found, *(one for one in more if one)]


def example(event: Event, survey: Survey, people: Mapping[int, bool]) -> Preview | None:
    """The mail as the first of these people would get it; None where nobody can be written to."""
    first = next((one for one, has_address in people.items() if has_address), None)
    if first is None:
        return None
    one = queries.with_links(first)
    with i18n.use_language(one.language), i18n.use_zone(event.timezone):
        words = queries_surveys.words(survey)
    mail = letters.letter("survey", letters.event_for(one), one, extra=words)
    status = str(rules.STATUS_LABELS[one.status])
    return Preview(one.name, status, one.language, mail.subject, links.hidden(mail.text), links.hidden(mail.html))
