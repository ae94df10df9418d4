"""Ready questions for those who propose a workshop, in both languages."""

from eventsite.registration.library import option
from eventsite.registration.questions import Asked

_PURPOSE = {
    "de": "Damit wir Programm, Räume und Runden passend planen.",
    "en": "So that programme, rooms and rounds fit.",
}
PROPOSED: tuple[Asked, ...] = (
    Asked(
        key="working",
        kind="long_text",
        label={"de": "Wie arbeiten Sie mit den Teilnehmenden?", "en": "How will you work with the participants?"},
        help={"de": "Zum Beispiel: Austausch, Planspiel, Rundgang.", "en": "For example: exchange, a game, a walk."},
        purpose=_PURPOSE,
        limits={"most": 1500},
        section="part",
    ),
    Asked(
        key="participants",
        kind="number",
        label={"de": "Wie viele Menschen können höchstens teilnehmen?", "en": "How many people can take part at most?"},
        purpose=_PURPOSE,
        limits={"least": 1, "most": 500},
        section="part",
    ),
    Asked(
        key="given-before",
        kind="yes_no",
        label={"de": "Haben Sie das schon einmal angeboten?", "en": "Have you offered this before?"},
        purpose=_PURPOSE,
        section="part",
    ),
    Asked(
        key="twice",
        kind="single",
        label={"de": "Können Sie das in zwei Runden anbieten?", "en": "Can you offer it in two rounds?"},
        options=(
            option("yes", "ja, gern", "yes, gladly"),
            option("if-needed", "wenn es nötig ist", "if needed"),
            option("no", "nein", "no"),
        ),
        purpose=_PURPOSE,
        section="part",
    ),
)
