"""The table of proposals: what was sent, by whom, and where it stands."""

from collections.abc import Mapping
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import _
from eventsite.programme import rules as programme
from eventsite.proposals import queries, rules
from eventsite.proposals.contents import WORDS
from eventsite.proposals.models import Call, Proposal
from eventsite.proposals.rules_list import Row
from eventsite.registration import queries_surveys, questions


def heads() -> dict[str, str]:
    """The columns of the words of a proposal."""
    return {
        "title": _("Title"),
        "subtitle": _("Subtitle"),
        "abstract": _("What it is about"),
        "leading_questions": _("Leading questions"),
        "target_group": _("For whom it is meant"),
        "wishes": _("Wishes for room and time"),
        "technology": _("What you need in the room"),
    }


def table(call: Call, wanted: Mapping[str, Row], *, shows_names: bool) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows of these proposals, in their order; names left out where they are not to be seen."""
    asked, versions = queries_surveys.all_asked(call.survey_id)
    whole = {one.public_id: one for one in queries.everything(call.event_id)}
    words = heads()
    columns = [_("Number"), _("State"), _("Kind"), _("Minutes"), *(words[name] for name in WORDS)]
    columns += [_("People"), _("E-mail address"), _("Tags"), _("Ratings"), _("Average")]
    columns += [i18n.local(dict(one.label)) for one in asked]
    rows = []
    for uid, row in wanted.items():
        given = {
            one.question_id: questions.shown(one, value) for one, value in queries.answers_of(versions, whole[uid])
        }
        answers = [given.get(one.question_id, "") for one in asked]
        rows.append([*_cells(whole[uid], row, shows_names=shows_names), *answers])
    return columns, rows


def _cells(one: Proposal, row: Row, *, shows_names: bool) -> list[Any]:
    is_hidden = not shows_names and one.state in rules.OPEN_STATES
    people = [] if is_hidden else [", ".join(p for p in (two.name, two.organisation) if p) for two in one.people]
    shown = rules.told(row.rated)
    return [
        one.public_id,
        str(rules.STATE_LABELS[one.state]),
        str(programme.KINDS.get(one.kind, one.kind)),
        one.minutes or "",
        *(getattr(one, name) for name in WORDS),
        "; ".join(people),
        "" if is_hidden or not one.people else one.people[0].email,
        ", ".join(one.tags),
        shown.number if shown else "",
        round(shown.average, 2) if shown else "",
    ]
