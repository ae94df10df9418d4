"""Proposals on a real database: confirmed by link, changed until the close, decided in one batch, landed exactly once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.mail import links, outbox
from eventsite.privacy import service as privacy
from eventsite.programme import queries as programmes
from eventsite.programme import service_undo
from eventsite.programme.models import ProgrammeItem, Speaker
from eventsite.programme.models_drafts import DraftStep
from eventsite.proposals import queries, rules, service, service_forgetting, service_landing, service_review
from eventsite.proposals.contents import Named
from eventsite.proposals.models import Proposal, ProposalPerson
from eventsite.proposals.service_landing import NEW, Placed
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account
from tests.proposing import contents, decide, fresh, make_call, propose
from tests.registering import mails
from tests.service.privacy.test_requests import traces
from tests.service.registration.test_races import at_once


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting()
    make_call(made.event.id)
    db.session.rollback()
    return made


def states(event_id: int) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Proposal.state).where(Proposal.event_id == event_id).order_by(Proposal.id)))


def last_mails(number: int) -> list[tuple[str, str]]:
    return mails()[-number:]


@both_databases
def test_proposal_counts_once_its_link_was_followed(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    one = propose(event_id, confirmed=False)
    again = propose(event_id, confirmed=False)
    assert (one.id, one.state, queries.rows(event_id, 0)) == (again.id, "unconfirmed", [])
    service.confirm(one.id)
    service.confirm(one.id)
    assert (fresh(one.id).state, [row.uid for row in queries.rows(event_id, 0)]) == ("submitted", [one.public_id])
    assert [subject for _to, subject in mails()] == [
        "Bitte bestätigen Sie Ihren Vorschlag: Werkstatt Lernorte",
        "Ihr Vorschlag ist angekommen: Werkstatt Lernorte",
    ]


def test_draft_is_kept_and_sent_off_later(app: Flask, meeting: Meeting) -> None:
    one = service.propose(meeting.event.id, contents(title=""), language="en", is_draft=True)
    service.change(one.id, contents(title="Ready"), is_sent=False)
    assert (fresh(one.id).state, fresh(one.id).title) == ("draft", "Ready")
    service.change(one.id, contents(title="Ready", people=[Named("Ann", "other@example.org")]), is_sent=True)
    sent = fresh(one.id)
    assert (sent.state, sent.people[0].name, sent.people[0].email) == ("submitted", "Ann", "person1@example.org")
    assert [to for to, _subject in mails()] == ["person1@example.org"] * 2


def test_after_the_close_nothing_comes_in_or_changes(app: Flask, meeting: Meeting) -> None:
    one = propose(meeting.event.id)
    late = propose(meeting.event.id, 2, confirmed=False)
    with clock.freeze(NOW + timedelta(days=7)):
        with pytest.raises(Refused, match="nicht geöffnet"):
            propose(meeting.event.id, 3)
        with pytest.raises(Refused, match="geschlossen"):
            service.change(one.id, contents(), is_sent=True)
        with pytest.raises(Refused, match="abgelaufen"):
            service.confirm(late.id)


@both_databases
def test_decisions_are_told_once_in_one_batch(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    made = [propose(event_id, number) for number in range(1, 5)]
    uids = [one.public_id for one in made]
    for decision, uid in zip(("accept", "reserve", "reject"), uids[:3], strict=True):
        assert service_review.prepare(event_id, [uid], decision, actor="test") == (1, 0)
    before = len(mails())
    assert states(event_id) == ["submitted"] * 4
    with pytest.raises(Refused, match="geändert"):
        service_review.send(event_id, 2, actor="test")
    sent = at_once(app, lambda _n: _try_send(event_id), range(8))
    assert sorted(sent) == [0] * 7 + [3]
    assert (states(event_id), len(mails())) == (["submitted"] * 4, before)  # the bell was lost
    at_once(app, lambda _n: service_review.write_due(), range(8))
    assert states(event_id) == ["accepted", "waiting", "rejected", "submitted"]
    assert last_mails(3) == [
        ("person1@example.org", "Ihr Vorschlag ist angenommen: Werkstatt Lernorte"),
        ("person2@example.org", "Ihr Vorschlag ist in Reserve: Werkstatt Lernorte"),
        ("person3@example.org", "Zu Ihrem Vorschlag: Werkstatt Lernorte"),
    ]
    assert len(mails()) == before + 3
    decide(event_id, "accept", fresh(made[1].id))  # the reserve moves up
    assert (states(event_id)[1], len(mails())) == ("accepted", before + 4)


def _try_send(event_id: int) -> int:
    try:
        return service_review.send(event_id, 3, actor="test")
    except Refused:
        return 0


def test_crash_in_the_middle_tells_nobody_twice(app: Flask, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    event_id = meeting.event.id
    for number in range(1, 6):
        propose(event_id, number)
    before = len(mails())
    uids = [row.uid for row in queries.rows(event_id, 0)]
    service_review.prepare(event_id, uids, "accept", actor="test")
    service_review.send(event_id, 5, actor="test")
    monkeypatch.setattr(service_review, "AT_ONCE", 2)
    service_review._write_some(event_id)
    assert len(mails()) == before + 2
    service_review.write_due()
    assert [to for to, _subject in mails()[before:]] == [f"person{number}@example.org" for number in range(1, 6)]


def test_withdrawn_on_the_way_gets_no_decision(app: Flask, meeting: Meeting) -> None:
    one = propose(meeting.event.id)
    service_review.prepare(meeting.event.id, [one.public_id], "reject", actor="test")
    service_review.send(meeting.event.id, 1, actor="test")
    service.withdraw(one.id)
    before = len(mails())
    service_review.write_due()
    assert (states(meeting.event.id), len(mails())) == (["withdrawn"], before)


def test_erased_on_the_way_keeps_nobody_else_waiting(app: Flask, meeting: Meeting) -> None:
    event_id, made = meeting.event.id, [propose(meeting.event.id, number) for number in (1, 2)]
    service_review.prepare(event_id, [one.public_id for one in made], "accept", actor="test")
    service_review.send(event_id, 2, actor="test")
    service.forget(made[0].id, actor="proposer")
    before = len(mails())
    service_review.write_due()
    assert states(event_id) == ["withdrawn", "accepted"]
    assert [to for to, _subject in mails()[before:]] == ["person2@example.org"]


@both_databases
def test_two_organisers_land_one_item(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    people = [
        Named("Mara Neu", "maerz@example.org", "Stadt Kassel", "lead"),
        Named("Bo Brief", "bo@example.org", "Land", "moderator"),
    ]
    one = propose(event_id, people=people, subtitle="Ein Untertitel", leading_questions="Was?")
    uid = one.public_id
    with pytest.raises(Refused, match="angenommen"):
        service_landing.land(event_id, uid, actor="test")
    decide(event_id, "accept", one)
    items = at_once(app, lambda _n: service_landing.land(event_id, uid, actor="test").id, range(8))
    assert len(set(items)) == 1
    db.session.rollback()
    item = db.session.get_one(ProgrammeItem, items[0])
    found = (item.title, item.subtitle, item.target_group, item.kind, item.starts_at, item.ends_at - item.starts_at)
    assert found == (
        {"de": "Vorschlag 1"}, {"de": "Ein Untertitel"}, {"de": "Kommunen"}, "workshop", meeting.event.starts_at,
        timedelta(minutes=60),
    )  # fmt: skip
    (landed,) = [i for i in programmes.items(event_id) if i.id == item.id]
    known = [(a.speaker.name, a.role, a.organisations) for a in landed.appearances]
    assert known == [("Dr. Daniel März", "lead", ["Stadt Kassel"]), ("Bo Brief", "moderator", ["Land"])]
    assert queries.of_item(item.public_id).public_id == uid  # type: ignore[union-attr]


def test_merged_profile_leads_to_the_one_that_was_kept(app: Flask, meeting: Meeting) -> None:
    kept, gone = meeting.speakers["weiland"].id, meeting.speakers["märz"].id
    with transaction() as session:
        session.get_one(Speaker, gone).merged_into_id = kept
    one = propose(meeting.event.id, people=[Named("D. März", "maerz@example.org", "", "lead")])
    decide(meeting.event.id, "accept", one)
    item = service_landing.land(meeting.event.id, one.public_id, actor="test")
    (landed,) = [i for i in programmes.items(meeting.event.id) if i.id == item.id]
    assert [a.speaker_id for a in landed.appearances] == [kept]


def test_undone_landing_can_be_repeated(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    one = propose(event_id)
    decide(event_id, "accept", one)
    first = service_landing.land(event_id, one.public_id, actor="anna").public_id
    (step,) = db.session.scalars(select(DraftStep.public_id)).all()
    service_undo.undo(event_id, step, actor="anna")
    assert [row.has_landed for row in queries.rows(event_id, 0)] == [False]
    second = service_landing.land(event_id, one.public_id, actor="anna").public_id
    assert (first != second, fresh(one.id).item_uid) == (True, second)


def test_same_name_is_asked(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    one = propose(event_id, people=[Named("Mara Weiland", "mara@example.org", "", "lead")])
    decide(event_id, "accept", one)
    person_id = one.people[0].id
    assert service_landing.land_many(event_id, [one.public_id], actor="test") == ([], ["Vorschlag 1"])
    known = meeting.speakers["weiland"].public_id
    placed = Placed(round_id=meeting.round.id, same={person_id: known})
    item = service_landing.land(event_id, one.public_id, placed, actor="test")
    assert (item.starts_at, item.round_id) == (meeting.round.starts_at, meeting.round.id)
    two = propose(event_id, 2, people=[Named("Mara Weiland", "mara2@example.org", "", "lead")])
    decide(event_id, "accept", two)
    service_landing.land(event_id, two.public_id, Placed(same={two.people[0].id: NEW}), actor="test")
    names = select(func.count()).select_from(Speaker).where(Speaker.name == "Mara Weiland")
    assert db.session.scalar(names) == 2


def test_stepping_back_after_landing_tells_the_organisers(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    one, two = propose(event_id), propose(event_id, 2)
    decide(event_id, "accept", one, two)
    service_landing.land(event_id, one.public_id, actor="test")
    service.answer(one.id, comes=True)
    service.withdraw(one.id)
    service.withdraw(one.id)
    service.answer(two.id, comes=False)
    assert states(event_id) == ["withdrawn", "declined"]
    assert last_mails(2) == [
        ("tagung@example.org", "Jemand tritt zurück: Vorschlag 1"),
        ("tagung@example.org", "Jemand tritt zurück: Vorschlag 2"),
    ]


def test_rating_is_ones_own_and_begins_the_review(app: Flask, meeting: Meeting) -> None:
    event_id, one = meeting.event.id, propose(meeting.event.id)
    anna, berta = (make_account(name, event_id=event_id) for name in ("Anna", "Berta"))
    service_review.rate(event_id, one.public_id, anna.id, 2, actor="anna")
    service_review.rate(event_id, one.public_id, anna.id, 4, actor="anna")
    assert rules.told(queries.marks(one.id, berta.id)) is None
    service_review.rate(event_id, one.public_id, berta.id, 2, actor="berta")
    assert rules.told(queries.marks(one.id, berta.id)) == rules.Rated(2, 3.0, 1.0, 2)
    assert states(event_id) == ["review"]
    with pytest.raises(Refused, match="Noten"):
        service_review.rate(event_id, one.public_id, anna.id, 6, actor="anna")
    with pytest.raises(NotFound):
        service_review.rate(event_id + 1, one.public_id, anna.id, 3, actor="anna")


def test_forgotten_proposal_leaves_no_trace(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    people = [Named("Clara Unverwechselbar", "unverwechselbar@example.org", "Amt Unverwechselbar", "lead")]
    one = propose(event_id, people=people, title="Von Unverwechselbar", answers={"1": "Unverwechselbar"})
    anna = make_account("Anna", event_id=event_id)
    service_review.comment(event_id, one.public_id, anna.id, "Frau Unverwechselbar fragen", actor="anna")
    service_review.tag(event_id, one.public_id, ["Unverwechselbar"], actor="anna")
    assert "proposal_person.name" in traces("unverwechselbar")
    service.forget(one.id, actor="proposer")
    assert (traces("unverwechselbar"), states(event_id)) == ([], ["withdrawn"])


def test_who_is_forgotten_after_a_yes_is_told_without_a_name(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    people = [Named("Clara Unverwechselbar", "unverwechselbar@example.org", "", "lead")]
    one = propose(event_id, people=people, title="Von Unverwechselbar")
    decide(event_id, "accept", one)
    service.forget(one.id, actor="proposer")
    assert (traces("unverwechselbar"), states(event_id)) == ([], ["withdrawn"])
    (mail,) = [mail for mail in outbox.messages() if mail.to_address == "tagung@example.org"]
    assert (mail.subject, mail.state) == ("Jemand tritt zurück: Werkstatt Lernorte", "waiting")
    assert f"/admin/werkstatt/proposals/{one.public_id}" in links.resolved(mail.text, "")


def test_with_the_identities_of_the_event_everything_goes_quietly(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    one, two = propose(event_id), propose(event_id, 2)
    decide(event_id, "accept", one)
    service.answer(one.id, comes=True)
    for days, left in ((182, 2), (184, 0)):
        with clock.freeze(meeting.event.ends_at + timedelta(days=days)):
            privacy.erase_due()
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(ProposalPerson)) == left
    assert (states(event_id), fresh(two.id).erased_at is not None) == (["confirmed", "submitted"], True)
    assert [mail.to_address for mail in outbox.messages() if mail.to_address] == []


def test_what_was_not_accepted_is_forgotten_in_time(app: Flask, meeting: Meeting) -> None:
    event_id = meeting.event.id
    yes, no = propose(event_id), propose(event_id, 2)
    propose(event_id, 3, confirmed=False)
    service.propose(event_id, contents(4), language="de", is_draft=True)
    decide(event_id, "accept", yes)
    decide(event_id, "reject", no)
    left = {}
    for days in (6, 7, 89, 90, 182, 183):
        with clock.freeze(NOW + timedelta(days=days)):
            service_forgetting.forget_due()
            db.session.rollback()
            left[days] = sorted(db.session.scalars(select(ProposalPerson.name)))
    everybody = [f"Person {number}" for number in range(1, 5)]
    assert left == {
        6: everybody, 7: ["Person 1", "Person 2", "Person 4"], 89: ["Person 1", "Person 2", "Person 4"],
        90: ["Person 1", "Person 2"], 182: ["Person 1", "Person 2"], 183: ["Person 1"],
    }  # fmt: skip
    assert states(event_id) == ["accepted", "rejected"]
