"""The rules as organisers see and change them, and the note that participants read about a change."""

import pytest
from flask import Flask

from eventsite.allocation import queries_rules
from eventsite.core import ids
from eventsite.core.db import db
from eventsite.people.models import PersonalLink
from eventsite.registration.models import Registration
from tests.allocating import compute, join, make_wished_meeting
from tests.browserless import post_form
from tests.meeting import Meeting, visit
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

RULES = "/admin/werkstatt/allocation/rules"


@pytest.fixture
def world(app: Flask) -> tuple[Meeting, list[Registration]]:
    found = make_wished_meeting()
    make_account("Olivia", event_id=found[0].event.id)
    make_account("Helge", event_id=found[0].event.id, role="helper")
    make_account("Fremd")
    return found


World = tuple[Meeting, list[Registration]]


@pytest.mark.parametrize(("name", "status"), [("Olivia", 200), ("Helge", 403), ("Fremd", 404)])
def test_only_organisers_see_rules(app: Flask, world: World, name: str, status: int) -> None:
    browser = signed_in(app, name)
    pages = [RULES, f"{RULES}/published", f"{RULES}/places", f"{RULES}/new/spread", f"{RULES}/new/contingent"]
    assert [browser.get(page).status_code for page in pages] == [status] * 5


def test_each_kind_of_rule_is_added_and_taken_away(app: Flask, world: World) -> None:
    browser, (meeting, people) = signed_in(app, "Olivia"), world
    first, second = (meeting.items[name].public_id for name in ("first", "second"))
    sent = {
        "no_repeat": {},
        "may_cancel": {},
        "same_topic": {"items": [first, second]},
        "contingent": {"item": first, "places": "1", "people": f"{people[0].name}\n{people[1].email}"},
        "spread": {"most": "2", "organisation": ""},
    }
    done = [post_form(browser, f"{RULES}/new/{kind}", fields).status_code for kind, fields in sent.items()]
    rows = queries_rules.stored(meeting.event.id)
    assert (done, [row.kind for row in rows]) == ([303] * 5, list(sent))
    assert rows[3].details["people"] == [people[0].public_id, people[1].public_id]
    removed = [post_form(browser, f"{RULES}/{r.public_id}/removal", {}, page=RULES).status_code for r in rows]
    db.session.rollback()
    assert (removed, queries_rules.stored(meeting.event.id)) == ([303] * 5, [])


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("contingent", {"item": "FIRST", "places": "1", "people": "Niemand Bekanntes"}, 422),
        ("contingent", {"item": "FIRST", "places": "viele", "organisation": "Stadt 1"}, 422),
        ("contingent", {"item": "no such", "places": "1", "organisation": "Stadt 1"}, 422),
        ("contingent", {"item": "FIRST", "places": "", "organisation": "Stadt 1"}, 422),
        ("prerequisite", {"item": "FIRST", "needs": "FIRST"}, 422),
        ("same_topic", {"items": "FIRST"}, 422),
        ("spread", {"most": "-1", "organisation": "x\x00"}, 422),
        ("no such kind", {}, 404),
    ],
)
def test_bad_input_is_said_and_kept(app: Flask, world: World, kind: str, fields: dict[str, str], status: int) -> None:
    browser, (meeting, _people) = signed_in(app, "Olivia"), world
    fields = {key: meeting.items["first"].public_id if value == "FIRST" else value for key, value in fields.items()}
    answer = post_form(browser, f"{RULES}/new/{kind}", fields, page=f"{RULES}/new/spread")
    assert (answer.status_code, queries_rules.stored(meeting.event.id)) == (status, [])
    kept = next((value for value in fields.values() if value in ("viele", "Niemand Bekanntes", "Stadt 1")), "")
    assert kept in answer.text


def test_frozen_rule_asks_for_a_reason_and_participants_read_it(app: Flask, world: World) -> None:
    browser, (_meeting, people) = signed_in(app, "Olivia"), world
    rule = {"objective": "first", "tie": "lottery", "seed": "0", "max_choices": "3"}
    assert post_form(browser, f"{RULES}/published", rule).status_code == 422
    assert post_form(browser, f"{RULES}/published", {**rule, "reason": "So beschlossen"}).status_code == 303
    link = db.session.get_one(PersonalLink, people[0].link_id)
    page = visit(app, f"/r/{ids.link_token(link.purpose, link.public_id, link.generation)}/").text
    assert page.count("So beschlossen") == 1


def test_places_change_with_a_reason_after_the_first_run(app: Flask, world: World) -> None:
    browser, (meeting, _people) = signed_in(app, "Olivia"), world
    compute(meeting)
    sent = {f"{key}_{item.public_id}": "" for item in meeting.items.values() for key in ("places", "minimum")}
    sent |= {f"places_{meeting.items['first'].public_id}": "9", f"places_{meeting.items['second'].public_id}": "4"}
    assert post_form(browser, f"{RULES}/places", sent).status_code == 422
    assert post_form(browser, f"{RULES}/places", {**sent, "reason": "Großer Saal"}).status_code == 303
    assert [one.details for one in queries_rules.changes(meeting.event.id)] == [
        {"items": {meeting.items["first"].public_id: [4, None, 9, None]}}
    ]


def test_rules_cost_the_same_for_more_people(app: Flask, world: World) -> None:
    browser, (meeting, _people) = signed_in(app, "Olivia"), world

    def cost() -> int:
        browser.get(RULES)
        with app.app_context(), count_queries() as sent:
            assert browser.get(RULES).status_code == 200
        return len(sent)

    few = cost()
    for number in range(20, 40):
        join(meeting, number)
    assert (cost(), few <= 10) == (few, True)
