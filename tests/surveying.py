"""Follow-up forms in tests: written, with the ready questions, sent to people with a place."""

from typing import Any

from eventsite.core.db import db
from eventsite.registration import service, service_surveys
from eventsite.registration.library_surveys import FEEDBACK
from eventsite.registration.models import Registration
from eventsite.registration.models_surveys import Survey
from tests.meeting import Meeting, words
from tests.registering import fresh, sign_up

GIVEN = {"overall": "5", "good": "Das Essen"}


def make_survey(event_id: int, **values: Any) -> Survey:
    """An anonymous feedback form with the five ready questions, not sent yet."""
    defaults: dict[str, Any] = {
        "title": words("Wie war es?", "How was it?"),
        "introduction": words("Danke, dass Sie da waren.", "Thank you for coming."),
        "purpose": words("Damit es besser wird.", "So that it gets better."),
        "is_anonymous": True,
        "audience": {"status": "confirmed"},
    }
    survey = service_surveys.store(event_id, None, actor="test", **{**defaults, **values})
    for ready in FEEDBACK:
        service_surveys.ask(survey, ready, actor="test")
    return survey


def with_place(meeting: Meeting, *numbers: int) -> list[Registration]:
    """People with a place."""
    people = [service.confirm(sign_up(meeting.event.id, number).id) for number in numbers]
    return [fresh(one.id) for one in people]


def send(survey: Survey, *people: Registration) -> None:
    """Asks these people."""
    ids = [one.id for one in people]
    service_surveys.send(survey.event_id, survey.public_id, ids, actor="test")
    db.session.rollback()
