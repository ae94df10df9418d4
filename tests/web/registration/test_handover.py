"""A place is handed to a colleague: it stays with the giver until it is taken, nobody gets in between, nothing leaks."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from eventsite.core import clock, ids
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.people.models import PersonalLink
from eventsite.registration import queries, service_handover, service_places
from eventsite.registration.models import Handover, Registration
from eventsite.registration.service import Details
from eventsite.site import handing_over, signup
from tests.conftest import NOW, both_databases
from tests.meeting import make_meeting, visit
from tests.registering import fresh, mails, page_of, sign_up

COLLEAGUE = {"name": "Ben Kurz", "email": "ben@example.org"}


@pytest.fixture
def giver(app: Flask) -> Any:
    """Somebody with the only place; somebody else waits for it."""
    event = make_meeting(capacity=1, may_hand_over=True).event
    one = sign_up(event.id, 1, confirmed=True, notify=False)
    sign_up(event.id, 2, confirmed=True, notify=False)
    return one


def offers() -> list[Handover]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Handover).order_by(Handover.id)))


def link() -> str:
    found = db.session.get_one(PersonalLink, offers()[-1].link_id)
    return f"/handover/{ids.link_token(found.purpose, found.public_id, found.generation)}/"


def who() -> dict[str, str]:
    """Status by address."""
    db.session.rollback()
    rows = db.session.execute(db.select(Registration.email, Registration.status))
    return {row.email: row.status for row in rows}


@both_databases
def test_place_is_taken_and_the_waiting_list_does_not_get_in_between(app: Flask, giver: Any) -> None:
    assert visit(app, page_of(giver, "handover"), "POST", data=COLLEAGUE).status_code == 303
    assert mails()[-1] == ("ben@example.org", "Person 1 übergibt Ihnen einen Platz: Werkstatt Lernorte")
    page = visit(app, link())
    assert (page.status_code, "Person 1" in page.text, who()["person1@example.org"]) == (200, True, "confirmed")
    answer = visit(app, link(), "POST", data={"name": "Ben Kurz", "organisation": "Stadt Kassel"})
    assert answer.status_code == 303
    assert who() == {
        "person1@example.org": "cancelled",
        "person2@example.org": "waiting",
        "ben@example.org": "confirmed",
    }
    assert [to for to, _subject in mails()[-2:]] == ["ben@example.org", "person1@example.org"]
    assert fresh(giver.id).changes[-1].cause == "handed over"
    count = service_places.count_of(giver.event_id)
    assert (count.taken, count.waiting) == queries.recount(giver.event_id) == (1, 1)
    assert visit(app, link()).status_code == 404
    assert visit(app, answer.location).status_code == 200


def test_giver_keeps_the_place_and_can_take_the_offer_back(app: Flask, giver: Any) -> None:
    service_handover.offer(giver.id, name="Ben", email="ben@example.org")
    address = link()
    with pytest.raises(Refused):
        service_handover.offer(giver.id, name="Eva", email="eva@example.org")
    assert "ben@example.org" in visit(app, page_of(giver, "handover")).text
    assert visit(app, page_of(giver, "handover"), "POST", data={"withdraw": "1"}).status_code == 303
    assert visit(app, address).status_code == 404
    assert who()["person1@example.org"] == "confirmed"
    service_handover.offer(giver.id, name="Eva", email="eva@example.org")


def test_offer_ends_after_two_days(app: Flask, giver: Any) -> None:
    service_handover.offer(giver.id, name="Ben", email="ben@example.org")
    with clock.freeze(NOW + timedelta(hours=49)):
        assert visit(app, link()).status_code == 404
        with pytest.raises(Refused):
            handing_over.take(offers()[0].id, Details("Ben", "ben@example.org"), answers={}, consents={})
    assert who()["person1@example.org"] == "confirmed"


def test_giver_who_signs_off_leaves_no_open_offer(app: Flask, giver: Any) -> None:
    service_handover.offer(giver.id, name="Ben", email="ben@example.org")
    signup.sign_off(giver.id)
    assert visit(app, link()).status_code == 410
    assert visit(app, link(), "POST", data={"name": "Ben"}).status_code == 410
    assert who() == {"person1@example.org": "cancelled", "person2@example.org": "confirmed"}


def test_registered_address_looks_the_same_to_the_giver(app: Flask, giver: Any) -> None:
    pages = []
    for email in ("person2@example.org", "stranger@example.org"):
        answer = visit(app, page_of(giver, "handover"), "POST", data={"name": "Ben", "email": email})
        seen = visit(app, page_of(giver, "handover")).text.replace(email, "")
        pages.append((answer.status_code, answer.location, seen))
        service_handover.withdraw(giver.id)
    assert pages[0] == pages[1]
    assert mails()[0] == ("person2@example.org", "Sie sind schon angemeldet: Werkstatt Lernorte")
    assert [one.state for one in offers()] == ["withdrawn", "withdrawn"]


@pytest.mark.parametrize(
    "typed", [{"name": ""}, {"email": ""}, {"email": "ben"}, {"email": "person1@example.org"}, {"name": "x" * 201}]
)
def test_bad_offer_is_refused_and_kept(app: Flask, giver: Any, typed: dict[str, str]) -> None:
    answer = visit(app, page_of(giver, "handover"), "POST", data={**COLLEAGUE, **typed})
    kept = {**COLLEAGUE, **typed}
    assert (answer.status_code, f'value="{kept["email"]}"' in answer.text, offers()) == (422, True, [])


def test_no_more_than_a_few_offers(giver: Any) -> None:
    for number in range(service_handover.MOST):
        service_handover.offer(giver.id, name="Ben", email=f"ben{number}@example.org")
        service_handover.withdraw(giver.id)
    with pytest.raises(Refused):
        service_handover.offer(giver.id, name="Ben", email="last@example.org")


def test_not_allowed_not_from_the_waiting_list_not_after_the_start(app: Flask, giver: Any) -> None:
    waiting = queries.find_by_email(giver.event_id, "person2@example.org")
    assert waiting is not None
    with pytest.raises(Refused):
        service_handover.offer(waiting.id, name="Ben", email="ben@example.org")
    with clock.freeze(NOW + timedelta(days=90)), pytest.raises(Refused):
        service_handover.offer(giver.id, name="Ben", email="ben@example.org")
    events.change_event(giver.event_id, may_hand_over=False)
    assert "handover" not in visit(app, page_of(giver)).text
    assert visit(app, page_of(giver, "handover")).status_code == 303


@both_databases
def test_taking_and_signing_off_at_once_leave_one_place_with_one_person(app: Flask, giver: Any) -> None:
    service_handover.offer(giver.id, name="Ben", email="ben@example.org")
    offer_id, giver_id, event_id, barrier = offers()[0].id, giver.id, giver.event_id, Barrier(6)
    db.session.rollback()

    def work(number: int) -> None:
        with app.app_context(), clock.freeze(NOW):
            barrier.wait()
            try:
                if number % 2:
                    signup.sign_off(giver_id)
                else:
                    handing_over.take(offer_id, Details("Ben", "ben@example.org"), answers={}, consents={})
            except Refused:
                pass
            finally:
                db.session.remove()

    threads = [Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count = service_places.count_of(event_id)
    assert (count.taken, count.waiting) == queries.recount(event_id)
    assert sorted(who().values()).count("confirmed") == 1
    assert who()["person1@example.org"] == "cancelled"
