"""Ready questions for what people thought of a meeting, in both languages."""

from eventsite.registration.library import option
from eventsite.registration.questions import Asked

_PURPOSE = {
    "de": "Damit wir die nächste Veranstaltung besser machen.",
    "en": "So that we can make the next event better.",
}


def _feedback(key: str, kind: str, german: str, english: str, *, options: tuple[dict[str, object], ...] = ()) -> Asked:
    limits = {"most": 2000} if kind == "long_text" else {}
    label = {"de": german, "en": english}
    return Asked(key, kind, label, options=options, purpose=_PURPOSE, limits=limits, section="part")


_SCALE = (
    option("5", "sehr gut", "very good"),
    option("4", "gut", "good"),
    option("3", "mittel", "fair"),
    option("2", "weniger gut", "not so good"),
    option("1", "nicht gut", "not good"),
)
_AGREEMENT = (
    option("yes", "ja", "yes"),
    option("partly", "teilweise", "partly"),
    option("no", "nein", "no"),
    option("none", "ich war in keinem Workshop", "I was in no workshop"),
)
FEEDBACK: tuple[Asked, ...] = (
    _feedback(
        "overall",
        "single",
        "Wie war die Veranstaltung insgesamt?",
        "How was the event as a whole?",
        options=_SCALE,
    ),
    _feedback("good", "long_text", "Was war gut?", "What was good?"),
    _feedback("better", "long_text", "Was können wir besser machen?", "What could we do better?"),
    _feedback(
        "useful",
        "single",
        "Nützt Ihnen der Workshop in Ihrer Arbeit?",
        "Is the workshop useful for your work?",
        options=_AGREEMENT,
    ),
    _feedback("again", "yes_no", "Würden Sie wiederkommen?", "Would you come again?"),
)
