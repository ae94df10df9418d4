"""The personal page: what it shows in each status, that looking changes nothing, and that it sets no cookie."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.allocation import queries_wishes
from eventsite.allocation.ballots import Choice
from eventsite.allocation.models import Allocation
from eventsite.core import clock
from eventsite.core.db import db, transaction
from eventsite.events import service as events
from eventsite.registration import queries, service_answers
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.site import signup
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting
from tests.queries import count_queries
from tests.registering import fresh, page_of, sign_up

STEPS = ["", "wishes", "details", "consents", "calendar", "data", "data.json", "confirmation", "cancellation"]


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting()
    service_answers.set_up_form(made.event.id)
    return made


@pytest.fixture
def clara(meeting: Meeting) -> Registration:
    one = sign_up(
        meeting.event.id,
        answers={"diet": {"chosen": ["vegan"], "other": ""}},
        consents=["photo"],
        choices={meeting.round.id: Choice((meeting.items["second"].id,))},
    )
    registrations.confirm(one.id)
    return one


def status(registration: Registration) -> str:
    return fresh(registration.id).status


def test_page_shows_state_wishes_and_calendar(clara: Registration, client: FlaskClient) -> None:
    answer = client.get(page_of(clara))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    for words in ("Person 1", "Räume öffnen", "Begrüßung", "/calendar/", "vegan", "Stadt 1"):
        assert words in page


@pytest.mark.parametrize("step", STEPS)
def test_page_is_private_and_sets_no_cookie(clara: Registration, client: FlaskClient, step: str) -> None:
    answer = client.get(page_of(clara, step))
    assert answer.headers.getlist("Set-Cookie") == []
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("step", [*STEPS, "reinstatement"])
def test_looking_changes_nothing(meeting: Meeting, client: FlaskClient, step: str) -> None:
    pending = sign_up(meeting.event.id)
    before = (pending.status, pending.updated_at, pending.feed_link_id)
    client.get(page_of(pending, step))
    client.head(page_of(pending, step))
    after = fresh(pending.id)
    assert (after.status, after.updated_at, after.feed_link_id) == before
    assert len(after.changes) == 1


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("token", ["nonsense", "abc-def", "x" * 200, "ü-ü", "-", "a-b-c"])
def test_unknown_link_is_not_found(meeting: Meeting, client: FlaskClient, token: str, step: str) -> None:
    assert client.get(f"/r/{token}/{step}").status_code == 404


def test_link_of_another_purpose_opens_nothing(clara: Registration, client: FlaskClient) -> None:
    link = fresh(clara.id).feed_link
    from eventsite.core import ids

    assert client.get(f"/r/{ids.link_token('calendar', link.public_id, link.generation)}/").status_code == 404


def test_renewed_link_ends_the_old_one(clara: Registration, client: FlaskClient) -> None:
    old = page_of(clara)
    registrations.reissue_link(clara.id, actor="test")
    assert [client.get(old).status_code, client.get(page_of(fresh(clara.id))).status_code] == [404, 200]


def test_language_of_the_registration_with_a_switch(clara: Registration, client: FlaskClient) -> None:
    german, english = client.get(page_of(clara)), client.get(page_of(clara) + "?lang=en")
    assert '<html lang="de">' in german.get_data(as_text=True)
    page = english.get_data(as_text=True)
    assert '<html lang="en">' in page
    assert "/wishes?lang=en" in page


def test_confirmation_is_a_button(meeting: Meeting, client: FlaskClient) -> None:
    pending = sign_up(meeting.event.id)
    address = page_of(pending, "confirmation")
    assert client.get(address).status_code == 200
    answers = [client.post(address) for _time in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].location.startswith(page_of(pending))
    assert status(pending) == "confirmed"
    assert len(fresh(pending.id).changes) == 2


@pytest.mark.parametrize("is_swept", [False, True])
def test_late_confirmation_is_told(meeting: Meeting, client: FlaskClient, is_swept: bool) -> None:
    pending = sign_up(meeting.event.id)
    address = page_of(pending, "confirmation")
    with clock.freeze(NOW + timedelta(hours=48)):
        if is_swept:
            registrations.expire_due()
        answers = [client.get(address), client.post(address), client.get(page_of(pending))]
    assert [a.status_code for a in answers] == [410, 410, 200]
    assert status(pending) == "expired"


def test_signing_off_asks_first_and_can_be_undone(clara: Registration, client: FlaskClient) -> None:
    address = page_of(clara, "cancellation")
    assert client.get(address).status_code == 200
    assert [client.post(address).status_code for _time in range(2)] == [303, 303]
    assert status(clara) == "cancelled"
    assert "reinstatement" in client.get(page_of(clara)).get_data(as_text=True)
    assert [client.post(page_of(clara, "reinstatement")).status_code for _time in range(2)] == [303, 303]
    assert status(clara) == "confirmed"


def test_undo_after_the_place_was_given_away_is_refused(
    meeting: Meeting, clara: Registration, client: FlaskClient
) -> None:
    events.change_event(meeting.event.id, capacity=1)
    waiting = registrations.confirm(sign_up(meeting.event.id, 2).id)
    client.post(page_of(clara, "cancellation"))
    assert status(waiting) == "confirmed"
    assert client.post(page_of(clara, "reinstatement")).status_code == 409
    assert status(clara) == "cancelled"


def test_cancellation_by_organisers_cannot_be_undone(clara: Registration, client: FlaskClient) -> None:
    signup.sign_off(clara.id, actor="organiser", reason="double")
    assert client.post(page_of(clara, "reinstatement")).status_code == 409


def test_signing_off_after_the_beginning_is_refused(clara: Registration, meeting: Meeting, client: FlaskClient) -> None:
    with clock.freeze(meeting.event.starts_at):
        assert client.post(page_of(clara, "cancellation")).status_code == 409
    assert status(clara) == "confirmed"


def wish(meeting: Meeting, item: str) -> str:
    return f"wish-{meeting.round.public_id}-{meeting.items[item].slug}"


def test_wishes_can_be_changed_until_the_deadline(meeting: Meeting, clara: Registration, client: FlaskClient) -> None:
    address, first = page_of(clara, "wishes"), meeting.items["first"].id
    assert f'name="{wish(meeting, "first")}"' in client.get(address).get_data(as_text=True)
    assert client.post(address, data={wish(meeting, "first"): "1"}).status_code == 303
    assert queries_wishes.wishes(clara.id) == {meeting.round.id: Choice((first,))}
    assert client.post(address, data={wish(meeting, "first"): "7"}).status_code == 422
    assert meeting.event.registration_closes_at is not None
    with clock.freeze(meeting.event.registration_closes_at):
        answers = [client.get(address), client.post(address, data={})]
    assert [a.status_code for a in answers] == [409, 409]
    db.session.rollback()
    assert queries_wishes.wishes(clara.id) == {meeting.round.id: Choice((first,))}


def test_details_can_be_corrected(clara: Registration, client: FlaskClient) -> None:
    fields = {"name": "Clara Neu", "organisation": "Land", "language": "en", "q_access": ["quiet-room"]}
    assert client.post(page_of(clara, "details"), data=fields).status_code == 303
    one = fresh(clara.id)
    assert (one.name, one.organisation, one.language, one.email) == ("Clara Neu", "Land", "en", "person1@example.org")
    answers = {asked.key: value for asked, value in queries.answers_of([one.id])[one.id]}
    assert answers == {"access": {"chosen": ["quiet-room"], "other": ""}}


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "A", "language": "xx"}, {"name": "A", "q_diet": "meat"}])
def test_bad_details_are_told(clara: Registration, client: FlaskClient, fields: Any) -> None:
    answer = client.post(page_of(clara, "details"), data={"language": "de", **fields})
    assert answer.status_code == 422
    assert fresh(clara.id).name == "Person 1"


def test_consent_is_withdrawn_as_easily_as_given(clara: Registration, client: FlaskClient) -> None:
    address = page_of(clara, "consents")
    assert client.get(address).get_data(as_text=True).count("checked") == 1
    assert client.post(address, data={"consent_list": "y"}).status_code == 303
    found = [(c.kind, c.channel, c.withdrawn_at is None) for c, _text in queries.consents_of(clara.id)]
    assert found == [("photo", "form", False), ("list", "personal page", True)]


def test_own_data_as_file(clara: Registration, client: FlaskClient) -> None:
    data = json.loads(client.get(page_of(clara, "data.json")).get_data())
    assert (data["name"], data["email"], data["status"]) == ("Person 1", "person1@example.org", "confirmed")
    assert [one["answer"] for one in data["answers"]] == ["vegan"]
    assert data["wishes"][0]["ranked"] == ["Räume öffnen"]


@pytest.mark.parametrize("is_published", [False, True])
def test_workshop_is_shown_once_places_are_published(
    meeting: Meeting, clara: Registration, client: FlaskClient, is_published: bool
) -> None:
    with transaction() as session:
        values = {"rank": 1, "reason": {"kind": "moved_up"}, "sequence": 0, "updated_at": NOW}
        item_id = meeting.items["first"].id
        session.add(Allocation(registration_id=clara.id, round_id=meeting.round.id, item_id=item_id, **values))
    events.change_event(meeting.event.id, allocation_published_at=NOW if is_published else None)
    page = client.get(page_of(clara)).get_data(as_text=True)
    assert ("/programme/netze-knuepfen" in page) is is_published
    assert ("/wishes" in page) is not is_published


def test_queries_do_not_grow_with_registrations(meeting: Meeting, clara: Registration, client: FlaskClient) -> None:
    address = page_of(clara)
    client.get(address)
    with count_queries() as few:
        client.get(address)
    for number in range(2, 32):
        sign_up(meeting.event.id, number)
    client.get(address)
    with count_queries() as many:
        client.get(address)
    assert len(many) == len(few)
    assert len(many) <= 25
