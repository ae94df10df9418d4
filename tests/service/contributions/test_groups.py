"""The group of a workshop: what its moderator may know, questions beforehand, and mails that show no address."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.contributions import queries_groups, service_groups, service_plan, service_retention
from eventsite.contributions.models_groups import GroupMessage, GroupQuestion
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.mail import service_suppression
from eventsite.mail.models import OutboxMessage
from eventsite.programme import service as programme
from eventsite.registration.models import Registration
from eventsite.site import erasure, signup
from tests import allocating
from tests.conftest import NOW, both_databases
from tests.meeting import Meeting
from tests.service.privacy.test_requests import traces
from tests.service.registration.test_races import at_once


def make_led(people: int = 4) -> tuple[Meeting, list[Registration]]:
    """A meeting whose first workshop Daniel März leads, with everybody in it."""
    meeting, registered = allocating.make_wished_meeting(people, places=people)
    programme.add_appearance(meeting.items["first"].id, meeting.speakers["märz"].id, "moderator")
    allocating.publish(meeting)
    db.session.rollback()
    return meeting, registered


@pytest.fixture
def led(app: Flask) -> tuple[Meeting, list[Registration]]:
    return make_led()


def members(meeting: Meeting, people: list[Registration]) -> list[Registration]:
    item = meeting.items["first"].id
    return [one for one in people if (place := allocating.place_of(one)) is not None and place.item_id == item]


def group_mails() -> list[OutboxMessage]:
    db.session.rollback()
    query = db.select(OutboxMessage).where(OutboxMessage.cause.like("group-mail:%")).order_by(OutboxMessage.id)
    return list(db.session.scalars(query))


def mail(meeting: Meeting, **options: bool) -> None:
    item, speaker = meeting.items["first"].id, meeting.speakers["märz"].id
    row = service_groups.mail(
        item, speaker, "Bitte mitbringen", "Ein **Foto** Ihres Ortes.", **{"is_own_reply": False, **options}
    )
    service_groups.write(row.id)


def test_moderator_sees_numbers_and_organisations_names_only_of_those_who_agreed(
    led: tuple[Meeting, list[Registration]],
) -> None:
    meeting, people = led
    inside = members(meeting, people)
    group = queries_groups.groups([meeting.items["first"].id])[meeting.items["first"].id]
    assert (group.number, group.names, group.questions) == (len(inside), [], [])
    assert [name for name, _number in group.organisations] == [f"Stadt {one.name.split()[1]}" for one in inside]


@both_databases
def test_question_is_asked_named_or_not_changed_and_taken_back(app: Flask) -> None:
    meeting, people = make_led()
    item, (first, second, *_rest) = meeting.items["first"].id, members(meeting, people)
    service_groups.ask(first.id, item, "Gibt es Strom?", is_named=False)
    service_groups.ask(first.id, item, "Gibt es Strom im Garten?", is_named=False)
    service_groups.ask(second.id, item, "Wie lange?", is_named=True)
    assert queries_groups.groups([item])[item].questions == [
        ("Gibt es Strom im Garten?", ""),
        ("Wie lange?", second.name),
    ]
    service_groups.ask(second.id, item, " ", is_named=True)
    assert [text for text, _name in queries_groups.groups([item])[item].questions] == ["Gibt es Strom im Garten?"]
    with pytest.raises(NotFound):
        service_groups.ask(first.id, meeting.items["second"].id, "Darf ich?", is_named=False)
    with clock.freeze(meeting.event.starts_at), pytest.raises(Refused, match="begonnen"):
        service_groups.ask(first.id, item, "Zu spät?", is_named=False)
    signup.sign_off(first.id)
    assert queries_groups.groups([item])[item].questions == []


def test_question_goes_with_the_person(led: tuple[Meeting, list[Registration]]) -> None:
    meeting, people = led
    one = members(meeting, people)[0]
    service_groups.ask(one.id, meeting.items["first"].id, "Unverwechselbar?", is_named=True)
    assert traces("unverwechselbar") == ["group_question.text"]
    erasure.forget_me(one.id)
    assert (traces("unverwechselbar"), db.session.scalars(db.select(GroupQuestion)).all()) == ([], [])


@both_databases
def test_mail_reaches_the_group_once_and_shows_no_address(app: Flask) -> None:
    meeting, people = make_led()
    inside = members(meeting, people)
    with transaction() as session:
        session.get_one(Registration, inside[0].id).undeliverable = "550"
    service_suppression.suppress(inside[1].email_key or "")
    mail(meeting)
    at_once(app, lambda _n: service_groups.write_due(), range(6))
    sent = group_mails()
    assert [one.to_address for one in sent] == [one.email for one in inside[2:]]
    assert {(one.reply_to, one.subject) for one in sent} == {("tagung@example.org", "Bitte mitbringen")}
    for one in sent:
        assert not any(str(other.email) in one.text + one.html for other in people)
        assert "maerz@example.org" not in one.text + one.html
        assert "<strong>Foto</strong>" in one.html and "Netze knüpfen" in one.text


def test_own_address_is_shown_only_where_so_chosen(led: tuple[Meeting, list[Registration]]) -> None:
    mail(led[0], is_own_reply=True)
    assert {one.reply_to for one in group_mails()} == {"maerz@example.org"}


def test_mails_are_few_and_can_be_switched_off(led: tuple[Meeting, list[Registration]]) -> None:
    meeting, _people = led
    for _again in range(service_groups.MOST_A_DAY):
        mail(meeting)
    with pytest.raises(Refused, match="morgen"):
        mail(meeting)
    with clock.freeze(NOW + timedelta(days=1, minutes=1)):
        mail(meeting)
        service_plan.store(
            meeting.event.id, wanted=[], due_at=None, reminder_days=[], may_mail_groups=False, actor="test"
        )
        with pytest.raises(Refused, match="abgeschaltet"):
            mail(meeting)


def test_only_whoever_leads_a_told_group_may_write(led: tuple[Meeting, list[Registration]]) -> None:
    meeting, _people = led
    for name, speaker in (("second", "märz"), ("first", "weiland"), ("keynote", "märz")):
        with pytest.raises(NotFound):
            service_groups.mail(
                meeting.items[name].id, meeting.speakers[speaker].id, "An alle", "Text", is_own_reply=False
            )
    with pytest.raises(Refused):
        service_groups.mail(meeting.items["first"].id, meeting.speakers["märz"].id, " ", "Text", is_own_reply=False)
    assert group_mails() == []


def test_words_of_a_mail_go_with_the_identities(led: tuple[Meeting, list[Registration]]) -> None:
    mail(led[0])
    service_retention.erase_event(led[0].event.id)
    db.session.rollback()
    row = db.session.scalars(db.select(GroupMessage)).one()
    assert (row.subject, row.text, row.reply_to, row.recipients > 0) == ("", "", "", True)
