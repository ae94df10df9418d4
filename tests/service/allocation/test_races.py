"""Two organisers at once, and wishes that change while a run is published: one order or the other, never a mixture."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from eventsite.allocation import queries_problem, service, service_board, service_wishes
from eventsite.allocation.ballots import Choice
from eventsite.allocation.models import Allocation
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events.models import Event
from eventsite.programme import service as programme
from tests.allocating import compute, letters, make_wished_meeting, places, row
from tests.browserless import csrf_token
from tests.conftest import NOW, both_databases
from tests.organisers import make_account, signed_in

pytestmark = both_databases


def at_once(app: Flask, *deeds: Callable[[], Any]) -> list[str]:
    """Does all of it at the same moment, each in a thread of its own; "done" or "refused" for each."""
    start = threading.Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> str:
        with app.app_context(), clock.freeze(NOW):
            start.wait(20)
            try:
                deed()
            except Refused:
                return "refused"
            finally:
                db.session.remove()
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def test_of_two_runs_applied_at_once_one_wins(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    one, other = compute(meeting), compute(meeting)
    ended = at_once(app, *(lambda run_id=run_id: service.apply_run(run_id, actor="test") for run_id in (one, other)))
    assert sorted(ended) == ["done", "refused"]
    assert sorted([len(letters(one)), len(letters(other))]) == [0, 6]
    assert places(meeting) == {"first": 4, "second": 2}


def test_one_run_applied_by_two_is_applied_once(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    run_id = compute(meeting)
    ended = at_once(app, *[lambda: service.apply_run(run_id, actor="test")] * 2)
    assert (ended, len(letters(run_id)), places(meeting)) == (["done", "done"], 6, {"first": 4, "second": 2})


def test_wishes_that_change_meanwhile_come_before_or_after(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    run_id, person = compute(meeting), people[0].id
    chosen = {meeting.round.id: Choice((meeting.items["second"].id,))}
    ended = at_once(
        app,
        lambda: service.apply_run(run_id, actor="test"),
        lambda: service_wishes.set_wishes(person, chosen, actor="test"),
    )
    done = row(run_id)
    now = queries_problem.situation(db.session.get_one(Event, meeting.event.id))
    assert now.problem.person[people[0].public_id].wishes["1"].choices == (meeting.items["second"].public_id,)
    assert (ended[1], done.applied_at is not None, len(letters(run_id))) == (
        "done",
        ended[0] == "done",
        6 if ended[0] == "done" else 0,
    )


def test_last_place_is_given_once_by_two_organisers(app: Flask) -> None:
    meeting, _people = make_wished_meeting(5, places=4)
    service.apply_run(compute(meeting), actor="test")
    programme.change_item(meeting.items["second"].id, capacity=2)
    seated = [p for p in db.session.scalars(db.select(Allocation)) if p.item_id == meeting.items["first"].id]
    second, round_id = meeting.items["second"].id, meeting.round.id
    ids = [place.registration_id for place in seated[:2]]
    ended = at_once(app, *(lambda one=one: service_board.move(one, round_id, second, actor="test") for one in ids))
    assert (sorted(ended), places(meeting)) == (["done", "refused"], {"first": 3, "second": 2})


def test_one_of_two_organisers_is_told_over_http(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    names = ("Anna", "Berta")
    for name in names:
        make_account(name, event_id=meeting.event.id)
    runs = [compute(meeting), compute(meeting)]
    pages = [f"/admin/werkstatt/allocation/{row(run_id).public_id}" for run_id in runs]
    browsers = [signed_in(app, name) for name in names]
    tokens = [csrf_token(browser, page) for browser, page in zip(browsers, pages, strict=True)]
    answers: dict[str, Any] = {}

    def publish(place: int) -> None:
        data = {"csrf_token": tokens[place]}
        answers[names[place]] = browsers[place].post(f"{pages[place]}/application", data=data)

    at_once(app, *(lambda place=place: publish(place) for place in (0, 1)))
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    loser = next(answer for answer in answers.values() if answer.status_code == 409)
    assert "notice--bad" in loser.text
    assert sorted(len(letters(run_id)) for run_id in runs) == [0, 6]
