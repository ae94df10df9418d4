"""The sheet of wishes on a form: a rank and a "never" for each workshop of each round, and rounds that are left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from eventsite.allocation import ballots
from eventsite.allocation.ballots import Choice
from eventsite.core import i18n
from eventsite.core.i18n import local


def rank_name(one: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """The name of the field with a workshop's rank."""
    return f"wish-{one['uid']}-{item['slug']}"


def never_name(one: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """The name of the box "never"."""
    return f"never-{one['uid']}-{item['slug']}"


def absent_name(one: Mapping[str, Any]) -> str:
    """The name of the box "not in this round"."""
    return f"absent-{one['uid']}"


@dataclass(frozen=True)
class Sheet:
    """The rounds on offer (see allocation.queries_wishes.offered) and how many wishes a round takes."""

    rounds: list[dict[str, Any]]
    max_choices: int

    def fields(self) -> dict[str, Any]:
        """Unbound fields by name."""
        found: dict[str, Any] = {}
        for one in self.rounds:
            found[absent_name(one)] = BooleanField(i18n._("I do not take part in this round"))
            last = min(self.max_choices, len(one["items"]))
            ranks = [SelectChoice(str(n), i18n._("wish %(number)s", number=n)) for n in range(1, last + 1)]
            for item in one["items"]:
                label = i18n._("Your wish for “%(title)s”", title=local(item["title"]))
                choices = [SelectChoice("", i18n._("no wish")), *ranks]
                found[rank_name(one, item)] = SelectField(label, choices=choices, validate_choice=False)
                found[never_name(one, item)] = BooleanField(i18n._("never"))
        return found

    def values(self, choices: Mapping[int, Choice]) -> dict[str, Any]:
        """What stands in the fields for stored wishes."""
        found: dict[str, Any] = {}
        for one in self.rounds:
            choice = choices.get(one["id"], Choice())
            found[absent_name(one)] = not choice.attends
            for item in one["items"]:
                is_ranked = item["id"] in choice.ranked
                found[rank_name(one, item)] = str(choice.ranked.index(item["id"]) + 1) if is_ranked else ""
                found[never_name(one, item)] = item["id"] in choice.never
        return found

    def shown(self, form: Any) -> list[dict[str, Any]]:
        """What templates/parts/wishes.html expects."""
        return [
            {
                "round": one,
                "absent": form[absent_name(one)],
                "rows": [
                    {
                        "item": item,
                        "number": item["number"],
                        "rank": form[rank_name(one, item)],
                        "never": form[never_name(one, item)],
                    }
                    for item in one["items"]
                ],
            }
            for one in self.rounds
        ]

    def read(self, form: Any) -> dict[int, Choice] | None:
        """The choices per round id; None when something is wrong, which then stands at its field."""
        found: dict[int, Choice] = {}
        is_good = True
        for one in self.rounds:
            ranks = {item["id"]: _rank(form[rank_name(one, item)]) for item in one["items"]}
            never = {item["id"] for item in one["items"] if form[never_name(one, item)].data}
            titles = {item["id"]: local(item["title"]) for item in one["items"]}
            names = {item["id"]: rank_name(one, item) for item in one["items"]}
            for fault in ballots.rank_faults(ranks, never, titles=titles, max_choices=self.max_choices):
                form[names[fault.item_id]].errors = [fault.sentence]
                is_good = False
            found[one["id"]] = ballots.choice(ranks, never, attends=not form[absent_name(one)].data)
        return found if is_good else None


def _rank(field: Any) -> int | None:
    """The rank as typed; what is no number counts as 0, which no round takes."""
    text = str(field.data or "").strip() if field.raw_data else ""  # a field that was not sent is no wish
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
