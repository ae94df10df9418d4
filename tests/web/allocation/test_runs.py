"""Organisers' runs in the browser's view: who may, starting, looking, publishing, bad input."""

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from eventsite.allocation import command, service
from eventsite.allocation.models import AllocationRun
from eventsite.core.db import db
from eventsite.programme import service as programme
from eventsite.registration.models import Registration
from tests.allocating import compute, join, letters, make_wished_meeting, publish, row
from tests.browserless import post_form
from tests.meeting import Meeting, visit
from tests.organisers import make_account, signed_in
from tests.queries import count_queries

RUNS = "/admin/werkstatt/allocation"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    found, _people = make_wished_meeting()
    make_account("Olivia", event_id=found.event.id)
    make_account("Helge", event_id=found.event.id, role="helper")
    make_account("Fremd")
    return found


def address(run_id: int, step: str = "") -> str:
    return f"{RUNS}/{row(run_id).public_id}{step}"


@pytest.mark.parametrize(("name", "status"), [("Olivia", 200), ("Helge", 403), ("Fremd", 404)])
def test_only_organisers_see_runs(app: Flask, meeting: Meeting, name: str, status: int) -> None:
    run_id = compute(meeting)
    browser = signed_in(app, name)
    pages = [RUNS, f"{RUNS}/what-if", address(run_id), address(run_id, "/files.zip")]
    assert [browser.get(page).status_code for page in pages] == [status] * 4


def test_stranger_is_led_to_the_sign_in(app: Flask, meeting: Meeting) -> None:
    assert visit(app, RUNS).status_code == 303


def test_run_is_started_computed_and_published(app: Flask, meeting: Meeting) -> None:
    browser = signed_in(app, "Olivia")
    started = post_form(browser, RUNS, {"mode": "new"})
    assert started.status_code == 303
    run_id = db.session.scalars(db.select(AllocationRun.id)).one()
    assert started.headers["Location"] == address(run_id)
    assert browser.get(address(run_id)).status_code == 200
    service.run(run_id)
    page = browser.get(address(run_id)).get_data(as_text=True)
    assert (page.count('class="mailbody"'), "/application" in page) == (3, True)
    done = post_form(browser, address(run_id, "/application"), {}, page=address(run_id))
    assert (done.status_code, len(letters(run_id))) == (303, 6)
    assert "mailbody" not in browser.get(address(run_id)).get_data(as_text=True)


def test_outdated_run_says_so_and_is_refused(app: Flask, meeting: Meeting) -> None:
    browser, run_id = signed_in(app, "Olivia"), compute(meeting)
    join(meeting, 77)
    refused = post_form(browser, address(run_id, "/application"), {}, page=RUNS)
    assert (refused.status_code, row(run_id).applied_at, letters(run_id)) == (409, None, [])
    assert "notice--bad" in refused.get_data(as_text=True)


def test_another_events_run_is_unknown(app: Flask, meeting: Meeting) -> None:
    assert signed_in(app, "Olivia").get(f"{RUNS}/aaaaaaaaaa").status_code == 404


@pytest.mark.parametrize("fields", [{"mode": "rerun"}, {"mode": "x\x00"}, {"mode": ""}])
def test_impossible_mode_is_refused(app: Flask, meeting: Meeting, fields: dict[str, str]) -> None:
    answer = post_form(signed_in(app, "Olivia"), RUNS, fields)
    assert (answer.status_code, db.session.scalar(db.select(AllocationRun.id))) == (422, None)


def test_what_if_keeps_what_was_typed(app: Flask, meeting: Meeting) -> None:
    browser, name = signed_in(app, "Olivia"), f"places_{meeting.items['first'].public_id}"
    wrong = post_form(browser, f"{RUNS}/what-if", {"objective": "fair", "tie": "lottery", name: "viele"})
    assert (wrong.status_code, 'value="viele"' in wrong.get_data(as_text=True)) == (422, True)
    right = post_form(browser, f"{RUNS}/what-if", {"objective": "first", "tie": "lottery", name: "6"})
    run = db.session.scalars(db.select(AllocationRun)).one()
    changes = {"capacity": {meeting.items["first"].public_id: 6}, "closed": [], "pins": []}
    assert (right.status_code, run.mode, run.changes) == (303, "what-if", changes)


def test_what_if_closes_a_workshop_and_fixes_a_person(app: Flask, meeting: Meeting) -> None:
    browser, second = signed_in(app, "Olivia"), meeting.items["second"].public_id
    compute(meeting)
    sent = {"objective": "fair", "tie": "lottery", "closed": second, "person": "Niemand", "into": second}
    assert post_form(browser, f"{RUNS}/what-if", sent).status_code == 422
    assert post_form(browser, f"{RUNS}/what-if", {**sent, "person": "Person 1", "into": ""}).status_code == 422
    sent = {**sent, "closed": meeting.items["first"].public_id, "person": "person1@example.org"}
    answer = post_form(browser, f"{RUNS}/what-if", sent)
    run = db.session.scalars(db.select(AllocationRun).where(AllocationRun.mode == "what-if")).one()
    service.run(run.id)
    page = browser.get(answer.headers["Location"]).text
    plans = [one.result["plan"] for one in db.session.scalars(db.select(AllocationRun).order_by(AllocationRun.number))]
    moved = sum(plans[0][name] != plans[1][name] for name in plans[0])
    assert (answer.status_code, len(row(run.id).changes["pins"]), moved > 0) == (303, 1, True)
    assert page.count('<th scope="row">Person ') == moved
    assert "/application" not in page


def test_runs_are_set_side_by_side(app: Flask, meeting: Meeting) -> None:
    browser = signed_in(app, "Olivia")
    ids = [row(compute(meeting)).public_id, row(compute(meeting, "what-if", objective="first")).public_id]
    page = browser.get(f"{RUNS}/comparison?run={ids[0]}&run={ids[1]}")
    assert (page.status_code, page.text.count('<h2 id="people-')) == (200, 1)
    assert browser.get(f"{RUNS}/{ids[1]}").status_code == 200
    few = [f"run={ids[0]}", "", "run=zz&run=zz", f"run={ids[0]}&run=x%00", "&".join(["run=a"] * 50)]
    assert [browser.get(f"{RUNS}/comparison?{query}").status_code for query in few] == [422] * 5


def test_later_run_says_who_moves_and_why_before_it_is_published(app: Flask, meeting: Meeting) -> None:
    publish(meeting)
    browser = signed_in(app, "Olivia")
    programme.cancel_item(meeting.items["second"].id)
    programme.change_item(meeting.items["first"].id, capacity=6)
    page = browser.get(RUNS).text
    assert page.count("Räume öffnen") == 1
    run_id = compute(meeting, "rerun")
    before = browser.get(address(run_id)).text
    assert before.count('<th scope="row">Person ') == 2
    assert post_form(browser, address(run_id, "/application"), {}, page=address(run_id)).status_code == 303
    assert (len(letters(run_id)), browser.get(address(run_id)).text.count('<th scope="row">Person ')) == (2, 2)


def test_people_without_an_address_are_listed_for_letters(app: Flask, meeting: Meeting) -> None:
    run_id = compute(meeting)
    person = db.session.scalars(db.select(Registration).where(Registration.name == "Person 3")).one()
    person.email = person.email_key = None
    db.session.commit()
    page = signed_in(app, "Olivia").get(address(run_id)).text
    assert page.count("Person 3.</p>") == 1


def test_second_organiser_is_told_over_http(app: Flask, meeting: Meeting) -> None:
    one, other = compute(meeting), compute(meeting)
    make_account("Berta", event_id=meeting.event.id)
    answers = [
        post_form(signed_in(app, name), address(run_id, "/application"), {}, page=address(run_id)).status_code
        for name, run_id in (("Olivia", one), ("Berta", other))
    ]
    assert (answers, len(letters(one)), letters(other)) == ([303, 409], 6, [])


def test_files_can_be_verified_by_anybody(app: Flask, meeting: Meeting, tmp_path: Path) -> None:
    run_id = compute(meeting)
    answer = signed_in(app, "Olivia").get(address(run_id, "/files.zip"))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        archive.extractall(tmp_path)
    assert command.allocate(tmp_path, verify=True) == 0


def test_pages_cost_the_same_for_more_people(app: Flask, meeting: Meeting) -> None:
    browser = signed_in(app, "Olivia")

    def costs() -> list[int]:
        found = []
        for page in (RUNS, address(compute(meeting))):
            with app.app_context(), count_queries() as sent:
                assert browser.get(page).status_code == 200
            found.append(len(sent))
        return found

    costs()
    few = costs()
    for number in range(20, 32):
        join(meeting, number, wishes=("second",))
    assert (costs(), few[0] <= 10) == (few, True)  # the page of a run reads also what three letters need


def test_modes_after_publication_are_offered(app: Flask, meeting: Meeting) -> None:
    publish(meeting)
    browser = signed_in(app, "Olivia")
    assert browser.get(RUNS).get_data(as_text=True).count('type="radio"') == 3
    assert post_form(browser, RUNS, {"mode": "improve"}).status_code == 303
