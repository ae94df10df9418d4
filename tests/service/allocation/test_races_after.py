"""Many people asking, swapping, waiting, declining at once: never more people than places, nobody twice, nobody loses one."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from eventsite.allocation import service_own, service_places
from eventsite.allocation.models import Allocation
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.site import signup
from tests.allocating import make_wished_meeting, publish
from tests.conftest import NOW, both_databases

pytestmark = both_databases


def seats() -> dict[int, int | None]:
    db.session.rollback()
    return {row.registration_id: row.item_id for row in db.session.scalars(db.select(Allocation))}


def test_many_who_ask_at_once_fill_places_once(app: Flask) -> None:
    meeting, people = make_wished_meeting(people=16, places=9)
    publish(meeting)
    first, second = meeting.items["first"].id, meeting.items["second"].id
    before, drawn = seats(), random.Random(3)
    leaving = [p.id for p in people if before[p.id] == first][:2]
    ids = [p.id for p in people if p.id not in leaving]
    plan = [(uid, drawn.choice(["swap", "take", "wait", "asked"])) for uid in ids]

    def one(task: tuple[int, str]) -> None:
        uid, deed = task
        other = second if before[uid] == first else first
        with app.app_context(), clock.freeze(NOW):
            try:
                if deed == "leave":
                    signup.sign_off(uid)
                elif deed == "swap":
                    service_own.ask_to_swap(uid, before[uid] or 0, [other])
                elif deed == "take":
                    service_own.take(uid, other)
                else:
                    service_own.wait(uid, other, moves_up=deed == "wait")
            except Refused:
                pass
            finally:
                db.session.remove()

    tasks = plan + [(uid, "leave") for uid in leaving]
    drawn.shuffle(tasks)
    db.session.rollback()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, tasks))
    service_places.fill_free_workshop_places()
    after = seats()
    load = Counter(after.values())
    assert load[first] <= 9 and load[second] <= 9
    assert (sorted(after), None in load) == (sorted(ids), False)


def test_last_place_is_taken_once(app: Flask) -> None:
    meeting, people = make_wished_meeting(people=6, places=5)
    publish(meeting)
    second, before = meeting.items["second"].id, seats()
    inside = [p.id for p in people if before[p.id] != second]

    def take(uid: int) -> str:
        with app.app_context(), clock.freeze(NOW):
            try:
                service_own.take(uid, second)
            except Refused:
                return "refused"
            finally:
                db.session.remove()
            return "done"

    db.session.rollback()
    with ThreadPoolExecutor(5) as pool:
        told = Counter(pool.map(take, inside))
    load = Counter(seats().values())
    assert (told["done"], load[second]) == (4, 5)
