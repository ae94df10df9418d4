"""The mails that ask for the answers to a follow-up form."""

from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration.letters import add
from eventsite.registration.messages import ASK

_BUTTON = (_l("Answer the questions"), "/r/{token}/surveys/{survey_page}")

add(
    "survey",
    label=_l("Follow-up form"),
    subject=_l("%(survey)s: %(event)s"),
    heading="%(survey)s",
    opening=("%(introduction)s", "%(promise)s"),
    button=_BUTTON,
    closing=(ASK,),
    placeholders=("survey", "introduction", "promise"),
    statuses=("confirmed",),
)
add(
    "survey_reminder",
    label=_l("Follow-up form, reminder"),
    subject=_l("Reminder, %(survey)s: %(event)s"),
    heading="%(survey)s",
    opening=(
        _l("we have no answer from you yet. It would help us; if you do not want to answer, you need not do anything."),
        "%(promise)s",
    ),
    button=_BUTTON,
    closing=(_l("This is the only reminder."),),
    placeholders=("survey", "introduction", "promise"),
    statuses=("confirmed",),
)
