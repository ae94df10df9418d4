"""The board by plain form: who may, moving, fixing, refusals in words, lists for the doors."""

import pytest
from flask import Flask

from eventsite.allocation.models import Pin
from eventsite.core import pdf, tables
from eventsite.core.db import db
from eventsite.programme import service as programme
from eventsite.registration.models import Registration
from tests.allocating import compute, join, make_wished_meeting, place_of, places, publish
from tests.browserless import post_form
from tests.meeting import Meeting
from tests.organisers import make_account, signed_in
from tests.pdf_rules import check_pdf, texts_of
from tests.queries import count_queries

BOARD = "/admin/werkstatt/allocation/board"
LISTS = "/admin/werkstatt/allocation/lists"


@pytest.fixture
def world(app: Flask) -> tuple[Meeting, list[Registration]]:
    found = make_wished_meeting()
    make_account("Olivia", event_id=found[0].event.id)
    make_account("Helge", event_id=found[0].event.id, role="helper")
    make_account("Fremd")
    return found


World = tuple[Meeting, list[Registration]]


@pytest.mark.parametrize(("name", "status"), [("Olivia", 200), ("Helge", 403), ("Fremd", 404)])
def test_only_organisers_see_the_board(app: Flask, world: World, name: str, status: int) -> None:
    browser = signed_in(app, name)
    pages = (BOARD, LISTS, f"{LISTS}.xlsx", f"{LISTS}.pdf")
    assert [browser.get(page).status_code for page in pages] == [status] * 4


def send(app: Flask, world: World, person: Registration, item: str, deed: str, **fields: str) -> int:
    """Uses the form behind a name; the status of the answer."""
    meeting, _people = world
    wanted = meeting.items[item].public_id if item in meeting.items else item
    data = {"registration": person.public_id, "round": meeting.round.public_id, "item": wanted, "deed": deed, **fields}
    answer = post_form(signed_in(app, "Olivia"), f"{BOARD}/moves", data, page=BOARD)
    return int(answer.status_code)


def test_place_is_fixed_and_taken_back(app: Flask, world: World) -> None:
    person = world[1][0]
    assert send(app, world, person, "second", "pin", reason="Moderation") == 303
    db.session.rollback()
    assert [(pin.registration_id, pin.reason) for pin in db.session.scalars(db.select(Pin))] == [
        (person.id, "Moderation")
    ]
    assert send(app, world, person, "second", "unpin") == 303
    db.session.rollback()
    assert list(db.session.scalars(db.select(Pin))) == []


def test_somebody_is_moved(app: Flask, world: World) -> None:
    meeting, people = world
    publish(meeting)
    person = next(p for p in people if (place := place_of(p)) and place.rank == 1)
    assert send(app, world, person, "second", "move") == 303
    assert places(meeting) == {"first": 3, "second": 3}
    assert send(app, world, person, "", "move") == 303
    assert places(meeting) == {"first": 3, "second": 2, "none": 1}


def test_refusals_say_why_and_change_nothing(app: Flask, world: World) -> None:
    meeting, people = world
    publish(meeting)
    person = next(p for p in people if (place := place_of(p)) and place.rank == 2)
    tries = [
        send(app, world, person, "first", "move"),
        send(app, world, person, "no such workshop", "move"),
        send(app, world, person, "", "pin"),
        send(app, world, person, "first", "move", reason="x" * 300),
        send(app, world, person, "first", "move", round="no such round"),
        send(app, world, person, "first", "move", registration="nobody\x00"),
    ]
    assert (tries, places(meeting)) == ([409, 409, 409, 409, 404, 404], {"first": 4, "second": 2})


def test_lists_name_everybody_once(app: Flask, world: World) -> None:
    meeting, people = world
    publish(meeting)
    browser = signed_in(app, "Olivia")
    page = browser.get(LISTS).get_data(as_text=True)
    assert [page.count(f"</span>{person.name}</li>") for person in people] == [1] * 6
    table = tables.read_table(browser.get(f"{LISTS}.xlsx").data, "list.xlsx")
    assert sorted(record["Name"] for _line, record in table.records()) == sorted(person.name for person in people)


def test_pdf_holds_one_page_per_workshop_with_the_names_only(app: Flask, world: World) -> None:
    meeting, people = world
    publish(meeting)
    content = signed_in(app, "Olivia").get(f"{LISTS}.pdf").data
    assert (check_pdf(content), pdf.describe(content).pages) == ([], 2)
    words = " ".join(" ".join(texts_of(content)).split())
    assert [person.name for person in people if person.name not in words] == []
    assert [person.organisation for person in people if person.organisation in words] == []


def test_pdf_of_many_names_stays_on_one_page(app: Flask, world: World) -> None:
    meeting, _people = world
    programme.change_item(meeting.items["first"].id, capacity=40)
    for number in range(10, 42):
        join(meeting, number, wishes=("first",))
    publish(meeting)
    content = signed_in(app, "Olivia").get(f"{LISTS}.pdf").data
    assert (check_pdf(content), pdf.describe(content).pages) == ([], 2)


def test_effect_of_a_step_is_told_and_the_step_undone(app: Flask, world: World) -> None:
    meeting, people = world
    publish(meeting)
    person = next(p for p in people if (place := place_of(p)) and place.rank == 1)
    browser = signed_in(app, "Olivia")
    data = {"registration": person.public_id, "round": meeting.round.public_id, "deed": "move"}
    moved = post_form(browser, f"{BOARD}/moves", {**data, "item": meeting.items["second"].public_id}, page=BOARD)
    page = browser.get(moved.headers["Location"]).text
    assert ("4 → 3" in page, f'value="{person.public_id}" checked autofocus' in page) == (True, True)
    undone = post_form(browser, f"{BOARD}/undo", {"round": meeting.round.public_id}, page=BOARD)
    assert (undone.status_code, places(meeting)) == (303, {"first": 4, "second": 2})
    again = post_form(browser, f"{BOARD}/undo", {"round": meeting.round.public_id}, page=BOARD)
    assert (again.status_code, places(meeting)) == (409, {"first": 4, "second": 2})


def test_names_are_found_without_script(app: Flask, world: World) -> None:
    page = signed_in(app, "Olivia").get(f"{BOARD}?q=PERSON 3").text
    assert page.count("data-seat=") == 1


def test_demand_is_hidden_before_the_first_run(app: Flask, world: World) -> None:
    browser = signed_in(app, "Olivia")
    before = browser.get(BOARD).text.count("6 · 0 · 0")
    compute(world[0])
    assert (before, browser.get(BOARD).text.count("6 · 0 · 0")) == (0, 1)


def test_board_shows_the_proposal_before_publication(app: Flask, world: World) -> None:
    compute(world[0])
    page = signed_in(app, "Olivia").get(BOARD).get_data(as_text=True)
    assert (page.count("data-seat"), page.count('value="move"')) == (6, 0)


def test_board_costs_the_same_for_more_people(app: Flask, world: World) -> None:
    publish(world[0])
    browser = signed_in(app, "Olivia")

    def cost() -> int:
        browser.get(BOARD)
        with app.app_context(), count_queries() as sent:
            assert browser.get(BOARD).status_code == 200
        return len(sent)

    few = cost()
    for number in range(20, 40):
        join(world[0], number)
    assert (cost(), few <= 10) == (few, True)
