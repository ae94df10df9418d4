"""To whom a deed for many applies, whom it leaves alone and why, for every status."""

from dataclasses import dataclass

import pytest

from eventsite.registration.rules import LIVE, Status
from eventsite.site import rules_bulk


@dataclass(frozen=True)
class Row:
    name: str
    status: str = "confirmed"
    email: str | None = "a@example.org"
    awaits_decision: bool = False


APPLIES = {
    "accept": set[Status](),
    "confirm": {Status.PENDING},
    "move_up": {Status.WAITING},
    "resend": set(LIVE),
    "cancel": set(LIVE),
    "refuse": set(LIVE),
    "reinstate": set(Status) - LIVE,
}


@pytest.mark.parametrize("deed", rules_bulk.DEEDS)
def test_deed_applies_to_these_statuses_only(deed: str) -> None:
    found = {status: rules_bulk.obstacle(deed, Row("Ada", str(status))) for status in Status}
    assert {status for status, why in found.items() if why is None} == APPLIES[deed]
    assert {why for why in found.values() if why} <= set(rules_bulk.OBSTACLES)


def test_every_deed_says_which_mail_goes_out() -> None:
    assert set(rules_bulk.MAILS) == set(rules_bulk.DEEDS)


def test_preview_counts_names_mails_and_letters() -> None:
    rows = [Row(f"Person {n}") for n in range(5)] + [Row("Ohne", email=None), Row("Weg", "cancelled")]
    found = rules_bulk.preview("cancel", rows)
    assert (found.changed.number, found.changed.names) == (6, ["Person 0", "Person 1", "Person 2"])
    assert (found.mails, found.by_letter) == (5, 1)
    assert {why: (group.number, group.names) for why, group in found.left.items()} == {"ended": (1, ["Weg"])}


def test_nobody_who_signed_off_gets_the_link_again() -> None:
    found = rules_bulk.preview("resend", [Row("Weg", "cancelled"), Row("Ohne", email=None)])
    assert (found.changed.number, set(found.left)) == (0, {"ended", "no address"})


@pytest.mark.parametrize(("free", "moved"), [(None, 3), (0, 0), (2, 2), (9, 3)])
def test_only_as_many_move_up_as_places_are_free(free: int | None, moved: int) -> None:
    found = rules_bulk.preview("move_up", [Row(f"Person {n}", "waiting") for n in range(3)], free=free)
    assert found.changed.number == moved
    assert sum(group.number for group in found.left.values()) == 3 - moved


def test_nobody_comes_back_to_a_cancelled_event() -> None:
    found = rules_bulk.preview("reinstate", [Row("Weg", "cancelled")], is_event_cancelled=True)
    assert (found.changed.number, list(found.left)) == (0, ["event cancelled"])


def test_who_asks_is_accepted_and_not_confirmed() -> None:
    asking = Row("Ada", "pending", awaits_decision=True)
    assert [rules_bulk.obstacle(deed, asking) for deed in ("accept", "confirm", "refuse")] == [None, "asking", None]
