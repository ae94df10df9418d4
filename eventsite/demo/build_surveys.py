"""Builds the follow-up forms of the demonstration: what people thought of a meeting, and who comes to the evening."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.demo.build_event import Built
from eventsite.registration import library, service_surveys
from eventsite.registration.library_surveys import FEEDBACK
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status

DAYS_OPEN = 21
GOOD = (
    "Die Zeit für Gespräche zwischen den Workshops.",
    "Beispiele aus Kommunen, die so groß sind wie unsere.",
    "Der Kulturbahnhof als Ort, und dass alles zu Fuß erreichbar war.",
    "Offene Worte darüber, was nicht geklappt hat.",
    "Dass jeder Workshop ein Ergebnis hatte, das wir mitnehmen konnten.",
    "Gute Moderation, pünktliche Pausen.",
)
BETTER = (
    "Etwas längere Workshops, dafür einen weniger.",
    "Im Saal war es hinten schwer zu verstehen.",
    "Die Mittagspause war knapp.",
    "Mehr Beispiele aus dem ländlichen Raum.",
    "Steckdosen an den Tischen.",
)


def feedback(built: Built, present: Sequence[int]) -> None:
    """An anonymous form to everybody who was there; two of three answer, as is usual with short forms."""
    with clock.freeze(built.at("09:00", 1)):
        survey = service_surveys.store(
            built.event_id,
            None,
            actor="demonstration",
            title={"de": "Wie war die Tagung für Sie?", "en": "How was the meeting for you?"},
            introduction={
                "de": "Fünf kurze Fragen, zwei Minuten. Was Sie schreiben, liest die Tagungsleitung.",
                "en": "Five short questions, two minutes. The organisers read what you write.",
            },
            purpose={"de": "Damit wir die nächste Tagung besser machen.", "en": "To make the next meeting better."},
            is_anonymous=True,
            closes_at=built.at("18:00", DAYS_OPEN),
            audience={"status": str(Status.CONFIRMED), "presence": "yes"},
        )
        keys = [_ask(survey, ready) for ready in FEEDBACK]
        service_surveys.send(built.event_id, survey.public_id, present, actor="demonstration")
        service_surveys.write_mails(survey.id)
    for number, one in enumerate(present):
        if number % 3:
            with clock.freeze(built.at("11:00", 1 + number % 9)), transaction():
                service_surveys.answer(survey.id, one, dict(zip(keys, _sheet(number), strict=True)))
    db.session.rollback()


def _ask(survey: Any, ready: Any) -> str:
    service_surveys.ask(survey, ready, actor="demonstration")
    return str(ready.key)


def _sheet(number: int) -> list[Any]:
    """Marks, two texts (many leave one out), use, and whether one would come again."""
    good = dict(zip((1, 5, 7, 11, 13, 17), GOOD, strict=True)).get(number, "")
    better = dict(zip((2, 8, 14, 20, 26), BETTER, strict=True)).get(number, "")
    useful = "yes" if number % 5 else "none" if number % 2 else "partly"
    return ["54545453454"[number % 11], good, better, useful, "no" if number % 17 == 4 else "yes"]


def evening(built: Built, registered: Sequence[int]) -> None:
    """A form by name to everybody with a place: who comes to the dinner, and how people travel."""
    with transaction() as session:
        people = [one for one in registered if session.get_one(Registration, one).status == Status.CONFIRMED]
    if not people:
        return
    survey = service_surveys.store(
        built.event_id,
        None,
        actor="demonstration",
        title={"de": "Abendessen und Anreise", "en": "Dinner and travel"},
        introduction={
            "de": "Bald ist es so weit. Zwei Angaben helfen uns noch beim Planen.",
            "en": "It is soon time. Two more details help us to plan.",
        },
        purpose={"de": "Damit wir Tische und Stellplätze planen.", "en": "So that we can plan tables and parking."},
        is_anonymous=False,
        closes_at=built.at("12:00", -3),
        audience={"status": str(Status.CONFIRMED)},
    )
    dinner = replace(library.EVENING, key="dinner")
    journey = replace(library.TRAVEL, key="journey")
    for ready in (dinner, journey):
        service_surveys.ask(survey, ready, actor="demonstration")
    service_surveys.send(built.event_id, survey.public_id, people, actor="demonstration")
    service_surveys.write_mails(survey.id)
    ways = [str(option["key"]) for option in journey.options]
    for number, one in enumerate(people):
        if number % 5 in (1, 3):
            answers = {"dinner": number % 3 != 0, "journey": ways[number * 7 % len(ways)]}
            service_surveys.answer(survey.id, one, answers)
    db.session.rollback()
