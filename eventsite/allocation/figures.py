"""The figures of a run in words, as rows of tables and charts; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventsite.core import i18n

Row = dict[str, Any]


def shares(counts: Mapping[str, Any]) -> list[Row]:
    """How many places are whose wish: [{"label", "value", "kind"}], the best first; what nobody has is left out."""
    rows: list[Row] = [
        {"label": i18n._("Wish %(rank)s", rank=rank), "value": value, "kind": "good" if rank == 1 else None}
        for rank, value in enumerate(counts["by_wish"], start=1)
    ]
    rows.append({"label": i18n._("A workshop not named"), "value": counts["unwished"], "kind": "soft"})
    if counts["no_wishes"]:
        rows.append({"label": i18n._("No wishes were given"), "value": counts["no_wishes"], "kind": "soft"})
    rows.append({"label": i18n._("No place"), "value": counts["unplaced"], "kind": "soft"})
    return rows


def brief(counts: Mapping[str, Any]) -> list[int]:
    """First, second, third wishes, everything else placed, and without a place: the columns of the list of runs."""
    wishes = [*counts["by_wish"], 0, 0, 0]
    rest = sum(wishes[3:]) + counts["unwished"] + counts["no_wishes"]
    return [*wishes[:3], rest, counts["unplaced"]]


def steps(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    """What a step on the board weighs: each figure before and after, and whether that is better, worse or the same."""
    rows: list[tuple[str, str, int | None, bool | None]] = [
        (i18n._("Wish %(rank)s", rank=k), "by_wish", k - 1, True if k == 1 else None)
        for k in range(1, len(after["by_wish"]) + 1)
    ]
    rows += [
        (i18n._("Not named"), "unwished", None, None),
        (i18n._("No place"), "unplaced", None, False),
        (i18n._("Worst burden"), "worst_burden", None, False),
        (i18n._("People with it"), "persons_worst", None, None),
        (i18n._("Beyond the places"), "beyond", None, False),
    ]
    found: list[Row] = []
    for label, key, place, more_is_better in rows:
        old, new = (c[key] if place is None else c[key][place] for c in (before, after))
        change = "same" if old == new else "plain"
        if old != new and more_is_better is not None:
            change = "better" if (new > old) == more_is_better else "worse"
        if key != "beyond" or old or new:
            found.append({"label": label, "before": old, "after": new, "change": change})
    return found


def steps_in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """The figures that a step changed, as one line: "Wish 1: 41 → 40, No place: 0 → 1"; empty where nothing changed."""
    changed = [row for row in steps(before, after) if row["change"] != "same"]
    return ", ".join(f"{row['label']}: {row['before']} → {row['after']}" for row in changed)


def comparison(figures: Mapping[str, Any]) -> list[tuple[str, list[int]]]:
    """Rows of the table that sets the run beside the simpler procedures: label, then run, first come, lottery."""
    return beside([figures["plan"], figures["first_come"], figures["lottery"]])


def beside(columns: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[int]]]:
    """Rows of a table that sets several plans side by side: label, then one number for each."""
    most = max(len(c["by_wish"]) for c in columns)
    rows = [
        (i18n._("Wish %(rank)s", rank=rank + 1), [[*c["by_wish"], *[0] * most][rank] for c in columns])
        for rank in range(most)
    ]
    rows.append((i18n._("A workshop not named"), [c["unwished"] for c in columns]))
    if any(c["no_wishes"] for c in columns):
        rows.append((i18n._("No wishes were given"), [c["no_wishes"] for c in columns]))
    rows.append((i18n._("No place"), [c["unplaced"] for c in columns]))
    rows.append((i18n._("Greatest burden of one person"), [c["worst_burden"] for c in columns]))
    rows.append((i18n._("People with this burden"), [c["persons_worst"] for c in columns]))
    rows.append((i18n._("People who would rather have somebody else’s place"), [c["envious"] for c in columns]))
    return rows


def levels_beside(runs: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[int | None]]]:
    """The levels of several runs side by side; None where a run's rule does not weigh that level."""
    names = dict.fromkeys(name for figures in runs for name in figures["levels"])
    return [(_level(name), [figures["levels"].get(name) for figures in runs]) for name in names]


def summary(figures: Mapping[str, Any]) -> str:
    """The result in sentences that can be quoted: what it gives, and what simpler procedures would have given."""
    plan, others = figures["plan"], [figures["first_come"], figures["lottery"]]
    first = plan["by_wish"][0] if plan["by_wish"] else 0
    share = round(100 * first / plan["cells"]) if plan["cells"] else 0
    values = {"first": first, "cells": plan["cells"], "share": share, "none": plan["unplaced"]}
    if plan["unplaced"]:
        told = i18n._("%(first)s of %(cells)s places (%(share)s %%) are a first wish; %(none)s are missing.", **values)
    else:
        told = i18n._("%(first)s of %(cells)s places (%(share)s %%) are a first wish, and none is missing.", **values)
    numbers = [
        {"worst": c["worst_burden"], "none": c["unplaced"], "first": c["by_wish"][0] if c["by_wish"] else 0}
        for c in others
    ]
    came, drawn = (
        i18n._("%(first)s first wishes, %(none)s missing places, a worst burden of %(worst)s", **n) for n in numbers
    )
    own = i18n._("The worst burden of one person is %(worst)s.", worst=plan["worst_burden"])
    rest = i18n._("First come, first served would have given %(came)s; a lottery %(drawn)s.", came=came, drawn=drawn)
    return f"{told} {own} {rest}"


def levels(figures: Mapping[str, Any]) -> list[Row]:
    """The levels of the rule in order: what is counted, the value, the proven bound, and whether they meet."""
    return [
        {
            "label": _level(name),
            "value": value,
            "bound": figures["bound"].get(name),
            "proved": number < _proven(figures),
        }
        for number, (name, value) in enumerate(figures["levels"].items())
    ]


def _proven(figures: Mapping[str, Any]) -> int:
    return len(figures["levels"]) if figures["proved"] else int(figures["proven_levels"])


def _level(name: str) -> str:
    kind, _sep, number = name.rpartition("_")
    if name == "unplaced_cells":
        return i18n._("Places that are missing")
    if name == "persons_moved":
        return i18n._("People whose workshop changes")
    if kind == "persons_burden_ge":
        return i18n._("People with a burden of %(number)s or more", number=number)
    return i18n._("Places of rank %(number)s", number=number)


def demand(figures: Mapping[str, Any]) -> list[Row]:
    """Per workshop: places, requests by rank, seated, free; `first` counts first wishes, `more` what four places add."""
    return [
        {
            **one,
            "requests": sum(one["by_rank"]),
            "first": one["by_rank"][0] if one["by_rank"] else 0,
            "free": max(0, one["places"] - one["seated"]),
            "more": _more(figures.get("more_places", {}).get(one["workshop"])),
        }
        for one in figures["demand"]
    ]


def _more(gain: Sequence[int] | None) -> str:
    if gain is None:
        return ""
    first, placed = gain
    parts = []
    if placed:
        parts.append(i18n.ngettext("%(num)s place less is missing", "%(num)s places less are missing", placed))
    if first > 0:
        parts.append(i18n.ngettext("%(num)s first wish more", "%(num)s first wishes more", first))
    if first < 0:
        parts.append(i18n.ngettext("%(num)s first wish less", "%(num)s first wishes less", -first))
    return ", ".join(parts) or i18n._("nothing at the first wishes")


def moves_in_words(better: int, worse: int, same: int, newcomers: int, *, is_told: bool) -> str:
    """What a plan does to people, in one sentence each; `is_told`: against what they were told, else against another plan."""
    moved = better + worse + same
    found = [i18n._("Nobody who was told a workshop moves.") if is_told else i18n._("Nobody sits elsewhere.")]
    if moved:
        people = i18n.ngettext("%(num)s place changes", "%(num)s places change", moved)
        values = {"people": people, "better": better, "worse": worse, "same": same}
        found = [i18n._("%(people)s: %(better)s better, %(worse)s worse, %(same)s as good.", **values)]
    if newcomers:
        found.append(
            i18n.ngettext(
                "%(num)s person hears for the first time.", "%(num)s people hear for the first time.", newcomers
            )
        )
    return " ".join(found)
