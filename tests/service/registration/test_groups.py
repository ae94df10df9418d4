"""Several people at once: places for all or for each, nobody speaks for another, and nobody learns who was known."""

from typing import Any

import pytest
from flask import Flask

from eventsite.allocation.models import Participation
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.mail.models import OutboxMessage
from eventsite.registration import queries, queries_ways, service_answers, service_groups, service_ways
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import RegistrationGroup
from eventsite.registration.service_groups import MemberRefused
from eventsite.site import signup
from tests.conftest import both_databases
from tests.meeting import make_meeting
from tests.registering import fresh, mails, sign_up
from tests.service.registration.test_races import at_once


def team(*numbers: int, mode: str = "together", **values: Any) -> signup.Team:
    """People of these numbers, registered by Zoë, who does not come herself."""
    people = [signup.Details(f"Person {n}", f"person{n}@example.org", "Amt", "de") for n in numbers]
    usual = {"organisation": "Amt", "language": "de", "is_seated_together": False, "mode": mode, "people": people}
    return signup.Team("Zoë Łęcka", "zoe@example.org", **{**usual, **values})


def held(group: RegistrationGroup) -> list[tuple[str, bool]]:
    return [(one.email or "", one.holds_place) for one in queries_ways.members(group.id)]


@both_databases
@pytest.mark.parametrize(
    ("mode", "capacity", "places"),
    [
        ("together", 3, [True, True, True]),
        ("together", 2, [False, False, False]),
        ("split", 2, [True, True, False]),
        ("together", None, [True, True, True]),
    ],
)
def test_places_of_a_group(app: Flask, mode: str, capacity: int | None, places: list[bool]) -> None:
    event_id = make_meeting(capacity=capacity).event.id
    group = signup.sign_up_group(event_id, team(1, 2, 3, mode=mode))
    assert held(group) == [(f"person{n}@example.org", place) for n, place in zip((1, 2, 3), places, strict=True)]
    assert queries.recount(event_id) == (sum(places), 3 - sum(places))
    assert {one.status for one in queries_ways.members(group.id)} == {"pending"}


def test_everybody_gets_a_mail_and_the_contact_one_link(app: Flask) -> None:
    event_id = make_meeting().event.id
    signup.sign_up_group(event_id, team(1, 2))
    german = "Zoë Łęcka hat Sie angemeldet: Werkstatt Lernorte"
    assert mails() == [
        ("person1@example.org", german),
        ("person2@example.org", german),
        ("zoe@example.org", "Sie haben eine Gruppe angemeldet: Werkstatt Lernorte"),
    ]


def test_known_people_are_left_as_they_are_and_not_told(app: Flask) -> None:
    event_id = make_meeting(capacity=3).event.id
    known = signup.confirm(sign_up(event_id, 1).id)
    group = signup.sign_up_group(event_id, team(1, 2, 3))
    assert (fresh(known.id).status, fresh(known.id).group_id) == ("confirmed", None)
    assert (group.size, held(group)) == (3, [("person2@example.org", True), ("person3@example.org", True)])


def test_somebody_joins_with_the_own_words(app: Flask) -> None:
    event_id = make_meeting().event.id
    service_answers.set_up_form(event_id)
    group = signup.sign_up_group(event_id, team(1, 2))
    first, second = queries_ways.members(group.id)
    details = signup.Details("Person Eins", first.email, "Verein", "en")
    values: dict[str, Any] = {"answers": {}, "consents": ["photo"], "choices": {}, "shows_state": True}
    joined = signup.join_group(first.id, details, **values)
    found = fresh(joined.id)
    assert (found.status, found.name, found.organisation, found.language) == (
        "confirmed",
        "Person Eins",
        "Verein",
        "en",
    )
    assert ([c.kind for c in found.consents], found.shows_state) == (["photo"], True)
    assert (fresh(second.id).status, fresh(second.id).consents, fresh(second.id).shows_state) == ("pending", [], False)


def test_members_are_refused_together_where_one_may_not_come_in(app: Flask) -> None:
    event_id = make_meeting().event.id
    service_ways.set_way_in(event_id, "invited", [{"domain": "example.org", "subdomains": False}], actor="test")
    people = [*team(1).people, signup.Details("Fremd", "fremd@elsewhere.org")]
    with pytest.raises(MemberRefused) as refused:
        signup.sign_up_group(event_id, team(people=people))
    assert (refused.value.number, refused.value.field) == (1, "email")
    assert (queries.count(event_id), mails(), db.session.query(RegistrationGroup).count()) == (0, [], 0)


@pytest.mark.parametrize("numbers", [(1,), tuple(range(1, 13))])
def test_group_has_two_to_eleven_people(app: Flask, numbers: tuple[int, ...]) -> None:
    with pytest.raises(Refused):
        signup.sign_up_group(make_meeting().event.id, team(*numbers))


def test_state_is_shown_and_hidden_by_its_owner(app: Flask) -> None:
    group = signup.sign_up_group(make_meeting().event.id, team(1, 2))
    first: Registration = queries_ways.members(group.id)[0]
    for is_shown in (True, True, False):
        service_groups.show_state(first.id, is_shown=is_shown)
        assert fresh(first.id).shows_state is is_shown


@both_databases
def test_groups_at_once_share_the_places_and_are_never_torn_apart(app: Flask) -> None:
    event_id = make_meeting(capacity=10).event.id
    numbers = [tuple(range(start, start + 3)) for start in range(1, 37, 3)]
    groups = at_once(app, lambda three: signup.sign_up_group(event_id, team(*three)).id, numbers)
    seated = [tuple(one.holds_place for one in queries_ways.members(group)) for group in groups]
    assert sorted(seated) == [(False,) * 3] * 9 + [(True,) * 3] * 3
    assert queries.recount(event_id) == (9, 27)
    assert db.session.query(OutboxMessage).count() == 12 * 4


def test_together_shares_a_wish_among_four_at_most(app: Flask) -> None:
    group = signup.sign_up_group(make_meeting().event.id, team(*range(1, 7), is_seated_together=True))
    ids = [one.id for one in queries_ways.members(group.id)]
    codes = [db.session.get_one(Participation, one).together_code for one in ids]
    assert ([codes.count(code) for code in codes], None in codes) == ([4, 4, 4, 4, 2, 2], False)
