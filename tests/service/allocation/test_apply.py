"""A run becomes places and mails exactly once, and only while what it was computed from still holds."""

import pytest
from flask import Flask

from eventsite.allocation import service, service_rules
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events.models import Event
from eventsite.programme import service as programme
from eventsite.site import signup
from tests.allocating import ask, compute, join, letters, make_wished_meeting, place_of, places, publish, row, wish
from tests.conftest import both_databases

pytestmark = both_databases


def test_apply_gives_places_and_one_mail_each(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    run_id = compute(meeting)
    assert service.apply_run(run_id, actor="test") == 6
    assert places(meeting) == {"first": 4, "second": 2}
    sent = letters(run_id)
    assert sorted(mail.to_address for mail in sent) == sorted(str(p.email) for p in people)
    assert {mail.attachments[0]["filename"] for mail in sent} == {"werkstatt.ics"}
    event = db.session.get_one(Event, meeting.event.id)
    assert (row(run_id).applied_by, event.allocation_published_at) == ("test", row(run_id).applied_at)


def test_apply_twice_is_once(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    run_id = publish(meeting)
    assert service.apply_run(run_id, actor="test") == 0
    assert (len(letters(run_id)), places(meeting)) == (6, {"first": 4, "second": 2})


def test_mail_says_why_in_numbers(app: Flask) -> None:
    meeting, people = make_wished_meeting()
    run_id = publish(meeting)
    texts = {mail.to_address: mail.text for mail in letters(run_id)}
    for person in people:
        place = place_of(person)
        assert place is not None
        is_first = place.item_id == meeting.items["first"].id
        text = texts[str(person.email)].replace("\n", " ")
        others = [other.name for other in people if other.id != person.id and other.name in text]
        assert (place.rank, "Netze knüpfen" in text, others) == (
            1 if is_first else 2,
            True,
            [],
        )
        assert place.reason["kind"] == ("first" if is_first else "tie")


@pytest.mark.parametrize("change", ["wishes", "registration", "cancellation", "capacity", "workshop"])
def test_apply_refuses_changed_input(app: Flask, change: str) -> None:
    meeting, people = make_wished_meeting()
    run_id = compute(meeting)
    {
        "wishes": lambda: wish(meeting, people[0], "second"),
        "registration": lambda: join(meeting, 99),
        "cancellation": lambda: signup.sign_off(people[0].id),
        "capacity": lambda: service_rules.change_places(
            meeting.event.id, {meeting.items["first"].public_id: (5, None)}, actor="test", reason="Ein Raum mehr"
        ),
        "workshop": lambda: programme.cancel_item(meeting.items["second"].id),
    }[change]()
    with pytest.raises(Refused, match=r"haben sich|have changed"):
        service.apply_run(run_id, actor="test")
    assert (places(meeting), letters(run_id), row(run_id).applied_at) == ({}, [], None)


def test_second_organiser_is_told_that_another_run_was_applied(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    one, other = compute(meeting), compute(meeting)
    service.apply_run(one, actor="anna")
    with pytest.raises(Refused) as refusal:
        service.apply_run(other, actor="bert")
    assert "1" in str(refusal.value)
    assert (len(letters(one)), letters(other)) == (6, [])


def test_run_without_result_cannot_be_applied(app: Flask) -> None:
    meeting, _people = make_wished_meeting()
    waiting = ask(meeting)
    tried = compute(meeting, "what-if", objective="first")
    for run_id in (waiting, tried):
        with pytest.raises(Refused):
            service.apply_run(run_id, actor="test")
    assert places(meeting) == {}
