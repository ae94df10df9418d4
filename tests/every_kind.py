"""One question of every kind, with conditions, limits and deadlines, for the tests of the form."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from eventsite.registration import service_answers
from eventsite.registration.questions import Asked
from tests.meeting import words

TWO = ({"key": "a", "label": words("Erstes", "First")}, {"key": "b", "label": words("Zweites", "Second")})
FEW = (*TWO, {"key": "c", "label": words("Drittes", "Third"), "places": 1})

ATTENDANCE = Asked(
    key="attendance",
    kind="attendance",
    label=words("Wie nehmen Sie teil?", "How will you take part?"),
    options=(
        {"key": "onsite", "label": words("vor Ort", "on site")},
        {"key": "online", "label": words("online", "online")},
    ),
    is_required=True,
    purpose=words("Damit Raum und Technik passen.", "So that room and equipment fit."),
    section="part",
)


def ask(kind: str, **values: Any) -> Asked:
    """A question that may be published, called like its kind."""
    about = {"label": words(f"Frage {kind}", f"Question {kind}"), "purpose": words("Zum Testen.", "For tests.")}
    if kind in ("diet", "access"):
        about |= {"audience": "sensitive", "retention": "sensitive", "legal_basis": "consent"}
    if kind == "consent":
        about |= {"legal_basis": "consent"}
    return Asked(key=kind.replace("_", "-"), kind=kind, **{**about, "options": FEW, **values})


def every_kind(until: datetime) -> list[Asked]:
    """All kinds; `dinner-text` is asked for a yes to `yes-no` only, `early` until a moment."""
    kinds = (
        "text", "long_text", "yes_no", "single", "country", "phone", "url", "file", "diet", "access", "attendance", "consent",
    )  # fmt: skip
    return [
        *(ask(kind) for kind in kinds),
        ask("number", limits={"least": 1, "most": 5}),
        ask("multiple", limits={"least": 1, "most": 2}),
        ask("date", limits={"least": "2027-03-10", "most": "2027-03-12"}),
        replace(ask("text"), key="dinner-text", is_required=True, condition={"key": "yes-no", "values": ["yes"]}),
        replace(ask("text"), key="early", answer_until=until),
        replace(ask("text"), key="must", is_required=True, section="you"),
    ]


def ask_every_kind(event_id: int, until: datetime) -> None:
    """Puts all of them into the form of an event."""
    for one in every_kind(until):
        service_answers.ask(event_id, one, actor="test")
