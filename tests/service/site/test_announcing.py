"""A whole event called off, put back on, moved: one mail to everybody concerned, once; answers asked again; places freed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from eventsite.core import clock, jobs
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.programme import service as programme
from eventsite.programme.models import ProgrammeItem, ProgrammeRelease
from eventsite.registration import queries, queries_coming, service_coming
from eventsite.registration.models import Announcement
from eventsite.registration.queries_coming import Answers
from eventsite.site import announcing, signup
from eventsite.site.announcing import Move
from tests.conftest import NOW, both_databases
from tests.meeting import at, make_meeting
from tests.registering import causes, fresh, mails, sign_up

SPEAKER = "maerz@example.org"  # appears in the programme without being registered
NEW = Move(at(9, day=20), at(15, day=20), at(12, day=1), with_programme=True, with_deadlines=True)


def event_now(event: Any) -> Event:
    db.session.rollback()
    return db.session.get_one(Event, event.id)


def meeting_with_people(capacity: int = 2) -> Any:
    """Two with a place, one waiting, one who has cancelled; without their first mails."""
    meeting = make_meeting(capacity=capacity)
    people = [sign_up(meeting.event.id, n, confirmed=True, notify=False) for n in range(1, 4)]
    gone = sign_up(meeting.event.id, 4, confirmed=True, notify=False)
    signup.sign_off(gone.id, notify=False)
    return meeting, people


def starts() -> list[datetime]:
    """When the items begin, in order."""
    return list(db.session.scalars(db.select(ProgrammeItem.starts_at).order_by(ProgrammeItem.id)))


def release_numbers() -> list[int]:
    return list(db.session.scalars(db.select(ProgrammeRelease.number).order_by(ProgrammeRelease.number)))


@both_databases
def test_calling_off_writes_once_to_the_living(app: Flask) -> None:
    meeting, _people = meeting_with_people()
    announcing.call_off(meeting.event.id, {"de": "Sturm."}, actor="anna")
    sequence = event_now(meeting.event).sequence
    for _time in range(2):
        jobs.run_sweeps()
    assert [to for to, _subject in mails()] == [*(f"person{n}@example.org" for n in (1, 2, 3)), SPEAKER]
    assert causes() == ["news"] * 4
    assert sequence == meeting.event.sequence
    with pytest.raises(Refused):
        announcing.call_off(meeting.event.id, {}, actor="anna")


def test_those_who_cancelled_are_written_to_only_where_chosen(app: Flask) -> None:
    meeting, _people = meeting_with_people()
    announcing.call_off(meeting.event.id, {}, with_ended=True, actor="anna")
    jobs.run_sweeps()
    assert [to for to, _subject in mails()] == [*(f"person{n}@example.org" for n in (1, 2, 3, 4)), SPEAKER]


def test_putting_back_on_raises_the_sequence_and_moves_the_waiting_list(app: Flask) -> None:
    meeting, _people = meeting_with_people()
    announcing.call_off(meeting.event.id, {"de": "Sturm."}, actor="anna")
    events.change_event(meeting.event.id, capacity=3)
    announcing.put_back_on(meeting.event.id, actor="anna")
    event = event_now(meeting.event)
    assert (event.cancelled_at, event.notice, event.sequence) == (None, {}, 2)
    assert queries.counts_by_status(event.id)["confirmed"] == 3
    with pytest.raises(Refused):
        announcing.put_back_on(event.id, actor="anna")


def test_moving_shifts_programme_and_deadlines_by_the_clock_on_the_wall(app: Flask) -> None:
    meeting, people = meeting_with_people()
    late = Move(at(7, 30) + timedelta(days=31), at(13) + timedelta(days=31), at(12), True, True)  # summer time
    planned = starts()
    service_coming.answer_yes(people[0].id)
    announcing.move(meeting.event.id, late, {"de": "Streik."}, actor="anna")
    event = event_now(meeting.event)
    assert (event.moved_from, event.answers_until, event.sequence) == (at(8, 30), at(12), 1)
    assert event.registration_closes_at == datetime(2027, 3, 28, 21, 59, tzinfo=UTC)
    assert starts() == [start + timedelta(days=31, hours=-1) for start in planned]
    assert release_numbers() == [1, 2]
    assert queries_coming.answers(event.id) == Answers(yes=0, no=0, open=2, unasked=0)


def test_moved_asks_those_with_a_place_and_informs_the_others(app: Flask) -> None:
    meeting, people = meeting_with_people()
    announcing.move(meeting.event.id, NEW, {}, actor="anna")
    jobs.run_sweeps()
    with_question = [m for m in mails() if m[1].startswith("Neuer Termin")]
    assert len(with_question) == 4
    service_coming.answer_yes(people[0].id)
    assert signup.decline(people[1].id) is True
    assert signup.decline(people[1].id) is False
    assert queries_coming.answers(meeting.event.id) == Answers(yes=1, no=1, open=0, unasked=1)
    assert fresh(people[2].id).status == "confirmed"  # moved up into the place given on


@pytest.mark.parametrize(
    "new",
    [
        Move(at(8, 30), at(15), at(12, day=1), False, False),
        Move(at(9, day=20), at(8, day=20), at(12, day=1), False, False),
        Move(NOW - timedelta(days=1), at(8, day=20), at(12, day=1), False, False),
        Move(at(9, day=20), at(15, day=20), at(12, day=21), False, False),
        Move(at(9, day=20), at(15, day=20), NOW, False, False),
    ],
)
def test_bad_dates_are_refused(app: Flask, new: Move) -> None:
    meeting = make_meeting()
    with pytest.raises(Refused):
        announcing.move(meeting.event.id, new, {}, actor="anna")
    assert event_now(meeting.event).starts_at == at(8, 30)


def test_silent_ones_are_signed_off_after_the_deadline_only(app: Flask) -> None:
    meeting, people = meeting_with_people()
    announcing.move(meeting.event.id, NEW, {}, actor="anna")
    service_coming.answer_yes(people[0].id)
    with pytest.raises(Refused):
        announcing.free_unanswered(meeting.event.id, actor="anna")
    with clock.freeze(at(13, day=1)):
        assert announcing.free_unanswered(meeting.event.id, actor="anna") == 1
    states = [fresh(one.id).status for one in people]
    assert states == ["confirmed", "cancelled", "confirmed"]
    assert fresh(people[1].id).changes[-1].cause == "not answered"


def test_reminder_goes_once_to_those_with_a_place_at_its_time(app: Flask) -> None:
    meeting, people = meeting_with_people()
    events.change_event(meeting.event.id, reminder_at=at(8, day=4))
    jobs.run_sweeps()
    assert mails() == []
    with clock.freeze(at(8, day=4)):
        for _time in range(2):
            service_coming.remind_due()
        late = sign_up(meeting.event.id, 9, confirmed=True, notify=False, source="organiser")
        signup.decline(people[0].id)
        service_coming.remind_due()
    asked = [to for to, subject in mails() if subject.startswith("Kommen Sie noch?")]
    assert asked == ["person1@example.org", "person2@example.org"]
    assert fresh(late.id).asked_at is None
    with pytest.raises(Refused):
        service_coming.answer_yes(people[0].id)


def test_lost_bell_and_crash_in_the_middle_go_on_without_a_second_mail(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _people = meeting_with_people()
    announcing.call_off(meeting.event.id, {}, actor="anna")
    monkeypatch.setattr(announcing, "AT_ONCE", 1)
    (news,) = db.session.scalars(db.select(Announcement))
    announcing._write_some(news.id)
    assert len(mails()) == 1
    announcing.write_announcements()
    assert len(mails()) == 4
    assert db.session.scalars(db.select(Announcement.done_at)).one() is not None


def test_online_links_move_along_and_no_item_is_turned_round_by_a_change_of_clocks(app: Flask) -> None:
    meeting = make_meeting()
    programme.change_item(
        meeting.items["keynote"].id, online_url="https://raum.example.org/1", online_from=at(9), actor="anna"
    )
    times = {"starts_at": at(2, 45, day=14), "ends_at": at(3, 15, day=14)}  # comes to 2:45 on the night of the change
    programme.change_item(meeting.items["lunch"].id, actor="anna", **times)
    summer = Move(at(7, 30, day=25), at(14, day=25), at(12, day=1), with_programme=True, with_deadlines=False)
    announcing.move(meeting.event.id, summer, {}, actor="anna")
    db.session.rollback()
    keynote, lunch = (db.session.get_one(ProgrammeItem, meeting.items[name].id) for name in ("keynote", "lunch"))
    assert keynote.online_from == at(8, day=25)
    assert lunch.ends_at > lunch.starts_at
