"""Wishes as people type them: which are valid, and what they mean; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from eventsite.core import i18n


@dataclass(frozen=True)
class Choice:
    """What somebody wishes in one round: items ranked, best first, and items never wanted; or the round is left out."""

    ranked: tuple[int, ...] = ()
    never: frozenset[int] = frozenset()
    attends: bool = True


@dataclass(frozen=True)
class Fault:
    """A wish that cannot be taken: at which item, and a sentence for the person."""

    item_id: int
    sentence: str


def choice(ranks: Mapping[int, int | None], never: Collection[int] = (), *, attends: bool = True) -> Choice:
    """The choice that ranks per item mean; a gap (1, 3) only says the order."""
    given = sorted((rank, item) for item, rank in ranks.items() if rank is not None)
    return Choice(tuple(item for _rank, item in given), frozenset(never), attends)


def rank_faults(
    ranks: Mapping[int, int | None], never: Collection[int], *, titles: Mapping[int, str], max_choices: int
) -> list[Fault]:
    """What is wrong with ranks as typed: one rank given twice, a rank beyond the last, a wish that is also a never."""
    found: list[Fault] = []
    first: dict[int, int] = {}
    for item, rank in ranks.items():
        if rank is None:
            continue
        if not 1 <= rank <= max_choices:
            found.append(Fault(item, i18n._("Please give wishes from 1 to %(last)s.", last=max_choices)))
        elif rank in first:
            other = titles[first[rank]]
            sentence = i18n._("Wish %(rank)s is given to “%(other)s” already.", rank=rank, other=other)
            found.append(Fault(item, sentence))
        elif item in never:
            found.append(Fault(item, i18n._("This workshop is both a wish and “never”. Please decide for one.")))
        else:
            first[rank] = item
    return found


def faults(one: Choice, items: Sequence[int], *, max_choices: int) -> list[str]:
    """Why a choice cannot be stored for a round with these items; empty when it can."""
    found: list[str] = []
    if len(set(one.ranked)) != len(one.ranked):
        found.append(i18n._("A workshop can be wished only once."))
    if len(one.ranked) > max_choices:
        found.append(i18n._("Please give at most %(most)s wishes in a round.", most=max_choices))
    if one.never & set(one.ranked):
        found.append(i18n._("This workshop is both a wish and “never”. Please decide for one."))
    if not (set(one.ranked) | one.never) <= set(items):
        found.append(i18n._("A workshop is not offered in this round any more. Please look at your wishes again."))
    return found


def rule_in_words(objective: str, tie: str) -> str:
    """The published rule by which places are given, in short, in the current language."""
    rules = {
        "fair": i18n._(
            "Places are given to all together after the deadline: in such a way that as few as possible have to take "
            "one of their last wishes. Registering earlier is no advantage."
        ),
        "first": i18n._(
            "Places are given to all together after the deadline: in such a way that as many as possible get their "
            "first wish."
        ),
        "serial": i18n._("Places are given one person after the other: each gets the best wish that is still free."),
    }
    ties = {
        "lottery": i18n._("Between equals the lot decides."),
        "order": i18n._("Between equals the order of registration decides."),
    }
    return f"{rules[objective]} {ties[tie]}"


def rule_in_full(tie: str, seed: int) -> list[str]:
    """What naming few wishes and “never” mean, what nobody sees, and what the lots are drawn with; one sentence each."""
    found = [
        i18n._(
            "If you name only one workshop, all others count as your next wish. Naming fewer wishes does not make your "
            "first wish likelier; naming more makes it likelier that you get one of them."
        ),
        i18n._(
            "What you mark as “never” you will not get, even if that means no place in that round. "
            "Workshops you do not mark stay possible."
        ),
        i18n._("How often a workshop is wished for is shown to no participant before the places are given."),
    ]
    if tie == "lottery":
        found.append(
            i18n._(
                "The lots are drawn with the number %(seed)s, which is fixed before anybody’s wishes are known: "
                "the draw can be repeated and checked.",
                seed=seed,
            )
        )
    return found
