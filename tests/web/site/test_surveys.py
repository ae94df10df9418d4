"""Follow-up forms over HTTP: who finds one, what is kept on a mistake, twice is once, and what organisers get to see."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.registration import library, queries, queries_surveys, service_surveys
from eventsite.registration.models import Registration
from eventsite.registration.models_surveys import Survey
from tests.browserless import csrf_token
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting, visit, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import page_of
from tests.surveying import GIVEN, make_survey, send, with_place

SENT = {"q_overall": "5", "q_good": "=1+1", "q_again": "yes"}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting()


def answered(survey: Survey) -> int:
    db.session.rollback()
    return queries_surveys.numbers(survey.id).answered


def form_of(one: Registration, survey: Survey) -> str:
    return page_of(one, f"surveys/{survey.public_id}")


def test_anonymous_form_from_the_personal_page_to_the_thanks(app: Flask, meeting: Meeting) -> None:
    (one,), survey = with_place(meeting, 1), make_survey(meeting.event.id)
    send(survey, one)
    address = form_of(one, survey)
    assert address.rpartition("/")[2] in visit(app, page_of(one)).text
    page = visit(app, address)
    assert (page.status_code, "Wie war die Veranstaltung insgesamt?" in page.text) == (200, True)
    assert "Set-Cookie" not in page.headers and page.headers["Cache-Control"] == "no-store"
    sent = visit(app, address, "POST", data=SENT)
    assert (sent.status_code, sent.location) == (303, address + "/thanks")
    assert "Danke für Ihre Antworten" in visit(app, address + "/thanks").text
    again = visit(app, address, "POST", data=SENT)
    assert (again.status_code, "Danke für Ihre Antworten" in again.text) == (200, True)
    assert answered(survey) == 1
    assert address.rpartition("/")[2] not in visit(app, page_of(one)).text


def test_named_form_keeps_what_was_typed_and_can_be_changed(app: Flask, meeting: Meeting) -> None:
    (one,), survey = with_place(meeting, 1), make_survey(meeting.event.id, is_anonymous=False)
    service_surveys.ask(survey, library.ACCOMPANYING, actor="test")
    send(survey, one)
    address = form_of(one, survey)
    wrong = visit(app, address, "POST", data={**SENT, "q_overall": "9", "q_accompanying": "viele"})
    assert (wrong.status_code, 'value="viele"' in wrong.text, "=1+1" in wrong.text) == (422, True, True)
    assert visit(app, address, "POST", data=SENT).status_code == 303
    assert visit(app, address, "POST", data={**SENT, "q_overall": "3"}).status_code == 303
    db.session.rollback()
    given = {asked.key: value for asked, value in queries.answers_of([one.id])[one.id]}
    assert given == {"overall": "3", "good": "=1+1", "again": True}
    assert "Wie war es?" in visit(app, page_of(one, "data")).text


def test_who_finds_no_form(app: Flask, meeting: Meeting) -> None:
    one, stranger = with_place(meeting, 1, 2)
    survey = make_survey(meeting.event.id, closes_at=NOW + timedelta(days=2))
    assert visit(app, form_of(one, survey)).status_code == 404  # a draft
    send(survey, one)
    times = {"starts_at": meeting.event.starts_at, "ends_at": meeting.event.ends_at}
    hosts = [host.id for host in events.queries.get_event("werkstatt").hosts]
    other = events.create_event(
        slug="andere", kind=words("Tagung"), title=words("Andere"), lead=words(""), host_ids=hosts, **times
    )
    elsewhere = make_survey(other.id)
    assert visit(app, form_of(stranger, survey)).status_code == 404
    assert visit(app, form_of(stranger, survey), "POST", data=SENT).status_code == 404
    assert visit(app, page_of(one, f"surveys/{elsewhere.public_id}")).status_code == 404
    assert visit(app, page_of(one, "surveys/nothing")).status_code == 404
    assert visit(app, form_of(one, survey) + "/thanks").status_code == 303
    with clock.freeze(NOW + timedelta(days=2)):
        closed = visit(app, form_of(one, survey), "POST", data=SENT)
        assert (closed.status_code, "beendet" in closed.text) == (410, True)
    assert answered(survey) == 0


@pytest.mark.parametrize("number", [4, 5])
def test_results_hide_few_anonymous_answers(app: Flask, meeting: Meeting, number: int) -> None:
    people, survey = with_place(meeting, *range(1, 7)), make_survey(meeting.event.id)
    send(survey, *people)
    for one in people[:number]:
        service_surveys.answer(survey.id, one.id, {**GIVEN, "good": "=1+1"})
    make_account("Berta", event_id=meeting.event.id, role="office")
    client = signed_in(app, "Berta")
    base = f"/admin/werkstatt/surveys/{survey.public_id}"
    page, csv = client.get(f"{base}/results").text, client.get(f"{base}/answers.csv").text
    assert ("=1+1" in page, csv.count("'=1+1")) == ((True, 5) if number == 5 else (False, 0))
    assert "Person" not in csv and "person1@" not in page
    assert client.get(f"{base}/answers.xlsx").data[:2] == b"PK"


def test_health_is_for_named_roles_only(app: Flask, meeting: Meeting) -> None:
    (one,), survey = with_place(meeting, 1), make_survey(meeting.event.id, is_anonymous=False)
    service_surveys.ask(survey, library.DIET, actor="test")
    send(survey, one)
    service_surveys.answer(survey.id, one.id, {**GIVEN, "diet": {"chosen": [], "other": "ohne Sellerie"}})
    seen = {}
    for name, role in (("Anna", "organiser"), ("Berta", "office")):
        make_account(name, event_id=meeting.event.id, role=role)
        client = signed_in(app, name)
        base = f"/admin/werkstatt/surveys/{survey.public_id}"
        found = [client.get(f"{base}/{end}").text for end in ("results", "answers.csv")]
        seen[name] = ["ohne Sellerie" in text for text in found]
    assert seen == {"Anna": [True, True], "Berta": [False, False]}


def test_organiser_writes_previews_and_sends(app: Flask, meeting: Meeting) -> None:
    one, _other = with_place(meeting, 1, 2)
    make_account("Anna", event_id=meeting.event.id)
    client = signed_in(app, "Anna")
    token = csrf_token(client, "/admin/werkstatt/surveys/new")
    values = {"csrf_token": token, "title-de": "Wie war es?", "purpose-de": "Besser werden", "kind": "anonymous"}
    values |= {"presence": "", "place": "", "mode": ""}
    bad = client.post("/admin/werkstatt/surveys/new", data={**values, "presence": "perhaps"})
    assert (bad.status_code, 'value="Wie war es?"' in bad.text) == (422, True)
    made = client.post("/admin/werkstatt/surveys/new", data={**values, "status": ["confirmed"]})
    base = made.location
    assert made.status_code == 303
    unready = client.post(f"{base}/sending", data={"csrf_token": token, "number": "2"})
    assert (unready.status_code, "keine Frage" in unready.text) == (409, True)
    assert client.post(f"{base}/questions/ready", data={"csrf_token": token, "key": "good"}).status_code == 303
    assert client.post(f"{base}/questions/ready", data={"csrf_token": token, "key": "phone"}).status_code == 404
    page = client.get(base).text
    assert "2 Personen würden jetzt gefragt" in page and "Person 1" in page
    assert client.post(f"{base}/sending", data={"csrf_token": token, "number": "1"}).status_code == 409
    assert client.post(f"{base}/sending", data={"csrf_token": token, "number": "2"}).status_code == 303
    survey = queries_surveys.surveys(meeting.event.id)[0][0]
    assert visit(app, form_of(one, survey)).status_code == 200
    assert client.post(f"{base}/removal", data={"csrf_token": token}).status_code == 409
    assert client.post(f"{base}/reminder", data={"csrf_token": token}).status_code == 303
    assert client.post(f"{base}/reminder", data={"csrf_token": token}).status_code == 409
    assert "Wie war es?: Was war gut?" in visit(app, "/de/werkstatt/privacy").text


def test_pages_cost_the_same_for_one_and_for_many(app: Flask, meeting: Meeting) -> None:
    people, survey = with_place(meeting, *range(1, 13)), make_survey(meeting.event.id)
    make_account("Anna", event_id=meeting.event.id)
    client = signed_in(app, "Anna")
    costs = []
    for asked in (people[:5], people[:11]):
        db.session.rollback()
        send(survey, *asked)
        for one in asked:
            if not queries_surveys.recipient(survey.id, one.id).has_answered:
                service_surveys.answer(survey.id, one.id, GIVEN)
        for path in ("surveys", f"surveys/{survey.public_id}", f"surveys/{survey.public_id}/results"):
            client.get(f"/admin/werkstatt/{path}")
            db.session.rollback()
            with count_queries() as sent:
                assert client.get(f"/admin/werkstatt/{path}").status_code == 200
            costs.append(len(sent))
    assert costs[:3] == costs[3:] and max(costs) <= 10
