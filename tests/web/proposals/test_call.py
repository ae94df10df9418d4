"""A call over HTTP: the public page and form, the proposer's link, and who of the team gets to see what."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import clock
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.mail.models import OutboxMessage
from eventsite.proposals import queries, service_call, service_review
from eventsite.proposals.models import Proposal
from eventsite.registration import library_calls
from eventsite.web import cache
from tests.browserless import csrf_token, post_form
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting, visit, words
from tests.organisers import make_account, signed_in
from tests.proposing import decide, fresh, make_call, page_of, propose, propose_many
from tests.queries import count_queries

CALL, FORM = "/de/werkstatt/call", "/de/werkstatt/call/propose"
FILLED: dict[str, Any] = {
    "title": "Lernorte finden",
    "abstract": "Ein Rundgang.",
    "kind": "workshop",
    "minutes": "90",
    "rows": "2",
    "name_0": "Clara Öztürk",
    "email_0": "clara@example.org",
    "organisation_0": "Stadt Kassel",
    "role_0": "usual",
    "name_1": "Bo Brief",
    "email_1": "",
    "organisation_1": "",
    "role_1": "moderator",
    "is_allowed": "y",
    "deed": "send",
}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_meeting()
    make_call(made.event.id)
    db.session.rollback()
    return made


def only() -> Proposal:
    db.session.rollback()
    return queries.whole(db.session.scalars(db.select(Proposal.id)).one())


def test_from_the_front_page_to_the_proposal(app: Flask, client: FlaskClient, meeting: Meeting) -> None:
    front = visit(app, "/de/werkstatt/").text
    assert "Offen bis 18. Januar 2027, 10:00 Uhr." in front and f'href="{CALL}"' in front
    page = visit(app, CALL)
    assert (page.status_code, "Set-Cookie" in page.headers, FORM in page.text) == (200, False, True)
    sent = post_form(client, FORM, FILLED)
    assert (sent.status_code, sent.location) == (303, "/de/werkstatt/call/sent")
    assert "clara@example.org" in client.get(sent.location).text
    one = only()
    people = [(person.name, person.role) for person in one.people]
    assert (one.state, one.minutes, people) == (
        "unconfirmed",
        90,
        [("Clara Öztürk", "lead"), ("Bo Brief", "moderator")],
    )
    mine = visit(app, page_of(one))
    assert "Set-Cookie" not in mine.headers and mine.headers["Cache-Control"] == "no-store"
    assert visit(app, page_of(one, "confirmation"), "POST").status_code == 303
    assert (only().state, "Ihr Vorschlag ist angekommen." in visit(app, page_of(one)).text) == ("submitted", True)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, "Titel: Bitte füllen Sie dieses Feld aus."),
        ({"email_0": "clara"}, "Das sieht nicht nach einer E-Mail-Adresse aus."),
        ({"abstract": "Wort " * 301}, "Bitte höchstens 300 Wörter; jetzt sind es 301."),
        ({"name_1": "", "organisation_1": "Amt"}, "Name von Person 2: Bitte füllen Sie dieses Feld aus."),
        ({"website": "http://spam"}, "als hätte ein Programm es ausgefüllt"),
        ({"kind": "keynote"}, "Bitte"),
        ({"is_allowed": ""}, "Bitte bestätigen Sie das."),
        ({"role_0": "interpreter", "minutes": "17"}, "Bitte"),
        ({"rows": "9999999"}, None),
        ({"q_participants": "viele"}, "in Ziffern"),
    ],
)
def test_a_mistake_keeps_what_was_typed(
    app: Flask, client: FlaskClient, meeting: Meeting, changed: dict[str, str], told: str | None
) -> None:
    service_call.ask(meeting.event.id, library_calls.PROPOSED[1], actor="test")
    sent = post_form(client, FORM, {**FILLED, **changed})
    if told is None:
        assert sent.status_code == 303
        return
    assert (sent.status_code, told in sent.text, "Bo Brief" in sent.text or "name_1" in changed) == (422, True, True)
    assert db.session.scalars(db.select(Proposal)).all() == []


def test_more_lines_without_script(app: Flask, client: FlaskClient, meeting: Meeting) -> None:
    more = post_form(client, FORM, {**FILLED, "deed": "", "more": "1"})
    assert (more.status_code, "name_2" in more.text, "name_3" in more.text, "Bo Brief" in more.text) == (
        200,
        True,
        False,
        True,
    )


def test_draft_needs_only_who_writes_it(app: Flask, client: FlaskClient, meeting: Meeting) -> None:
    bare = {"rows": "2", "name_0": "Clara", "email_0": "clara@example.org", "role_0": "lead", "role_1": "lead"}
    kept = post_form(client, FORM, {**bare, "kind": "talk", "minutes": "60", "deed": "draft"})
    assert kept.location == "/de/werkstatt/call/sent?kept=yes"
    one = only()
    edit = page_of(one, "edit")
    empty = visit(app, edit, "POST", data={**bare, "kind": "talk", "minutes": "60", "deed": "send"})
    assert (empty.status_code, only().state) == (422, "draft")
    ready = {**FILLED, "email_0": "evil@example.org", "kind": "talk"}
    assert visit(app, edit, "POST", data=ready).status_code == 303
    assert (only().state, only().kind, only().people[0].email) == ("submitted", "talk", "clara@example.org")
    assert "Lernorte finden" in visit(app, edit).text


def test_draft_is_sent_off_only_with_the_word_of_those_named(app: Flask, client: FlaskClient, meeting: Meeting) -> None:
    post_form(client, FORM, {**FILLED, "is_allowed": "", "deed": "draft"})
    edit, silent = page_of(only(), "edit"), {**FILLED, "is_allowed": ""}
    told = visit(app, edit, "POST", data=silent)
    assert (told.status_code, "Bitte bestätigen Sie das." in told.text, only().state) == (422, True, "draft")
    assert 'name="is_allowed"' in visit(app, edit).text
    assert visit(app, edit, "POST", data=FILLED).status_code == 303
    # Sent off, it is no draft any more.
    emptied = visit(app, edit, "POST", data={**silent, "title": "", "deed": "draft"})
    assert (emptied.status_code, only().title) == (422, "Lernorte finden")
    assert visit(app, edit, "POST", data={**silent, "title": "Neu"}).status_code == 303


def test_nobodys_mailbox_is_filled_by_drafts(app: Flask, client: FlaskClient, meeting: Meeting) -> None:
    draft = {**FILLED, "deed": "draft", "csrf_token": csrf_token(client, FORM)}
    kept = [client.post(FORM, data={**draft, "title": f"Entwurf {number}"}).status_code for number in range(11)]
    other = client.post(FORM, data={**draft, "email_0": "other@example.org"}).status_code
    assert (kept, other) == ([303] * 10 + [429], 303)


def test_times_of_the_call_are_kept(app: Flask, client: FlaskClient, meeting: Meeting) -> None:
    one, event_id = propose(meeting.event.id), meeting.event.id
    token = csrf_token(client, FORM)
    with clock.freeze(NOW + timedelta(days=7)):
        closed = client.post(FORM, data={**FILLED, "csrf_token": token})
        assert (closed.status_code, "Ihr Browser hat sie noch" in closed.text) == (409, True)
        assert "Der Aufruf ist geschlossen." in visit(app, CALL).text
        assert "Workshop-Aufruf" not in visit(app, "/de/werkstatt/").text
        assert visit(app, page_of(one, "edit"), "POST", data=FILLED).status_code == 409
    make_call(event_id, opens_at=NOW + timedelta(days=1))
    assert "Der Aufruf beginnt am 12. Januar 2027" in visit(app, CALL).text
    make_call(event_id, opens_at=None)
    assert [visit(app, path).status_code for path in (CALL, FORM, CALL + "/link", CALL + "/sent")] == [404] * 4


def test_link_deeds(app: Flask, meeting: Meeting) -> None:
    one, two = propose(meeting.event.id), propose(meeting.event.id, 2)
    assert visit(app, page_of(one, "yes"), "POST").status_code == 409  # nothing is decided
    decide(meeting.event.id, "accept", one, two)
    assert "Ihr Vorschlag ist angenommen." in visit(app, page_of(one)).text
    assert visit(app, page_of(one, "yes"), "POST").status_code == 303
    assert visit(app, page_of(two, "no"), "POST").status_code == 303
    assert visit(app, page_of(one, "withdrawal")).status_code == 200
    assert (fresh(one.id).state, fresh(two.id).state) == ("confirmed", "declined")
    assert visit(app, page_of(one, "withdrawal"), "POST").status_code == 303
    assert "person1@example.org" in visit(app, page_of(one, "data.json")).text
    assert visit(app, page_of(two, "erasure"), "POST").status_code == 200
    assert visit(app, page_of(two)).status_code == 404
    assert fresh(one.id).state == "withdrawn"
    wrong = page_of(one)[:-3] + "aa/"
    assert [visit(app, wrong + step).status_code for step in ("", "edit", "data.json")] == [404] * 3


def test_lost_link_is_sent_without_telling(app: Flask, client: FlaskClient, meeting: Meeting) -> None:
    propose(meeting.event.id)
    before = db.session.scalar(db.select(db.func.count()).select_from(OutboxMessage))
    pages = [post_form(client, CALL + "/link", {"email": f"{name}@example.org"}).text for name in ("person1", "nobody")]
    assert pages[0] == pages[1] and "ist der Link unterwegs" in pages[0]
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count()).select_from(OutboxMessage)) == (before or 0) + 1


LIST = "/admin/werkstatt/proposals"


def test_who_sees_what(app: Flask, meeting: Meeting) -> None:
    event_id, one = meeting.event.id, propose(meeting.event.id)
    times = {"starts_at": meeting.event.starts_at, "ends_at": meeting.event.ends_at}
    hosts = [host.id for host in events.queries.get_event("werkstatt").hosts]
    events.create_event(slug="andere", kind=words("T"), title=words("A"), lead=words(""), host_ids=hosts, **times)
    sheet = f"{LIST}/{one.public_id}"
    paths = (
        LIST,
        sheet,
        "/admin/werkstatt/call",
        f"{LIST}/decisions",
        f"{LIST}.csv",
        "/admin/werkstatt/",
        "/admin/werkstatt/registrations",
    )
    seen = {}
    for name, role in (
        ("Anna", "organiser"),
        ("Emil", "editor"),
        ("Olga", "office"),
        ("Hans", "helper"),
        ("Rita", "reviewer"),
    ):
        make_account(name, event_id=event_id, role=role)
        client = signed_in(app, name)
        seen[role] = [client.get(path).status_code for path in paths]
        assert client.get(f"/admin/andere/proposals/{one.public_id}").status_code == 404
    assert seen == {
        "organiser": [200] * 7,
        "editor": [200, 200, 200, 200, 200, 200, 403],
        "office": [403, 403, 403, 403, 403, 200, 200],
        "helper": [403, 403, 403, 403, 403, 200, 200],
        "reviewer": [200, 200, 403, 403, 403, 403, 403],
    }
    client = signed_in(app, "Rita")
    assert f'href="{LIST}"' in client.get("/admin/").text
    refused = post_form(client, f"{sheet}/decision", {"decision": "accept"}, page=sheet)
    assert (refused.status_code, fresh(one.id).decision) == (403, "")
    assert visit(app, sheet).status_code == 303


def test_blind_review_hides_names(app: Flask, meeting: Meeting) -> None:
    make_call(meeting.event.id, is_blind=True)
    one, gone = propose(meeting.event.id), propose(meeting.event.id, 2)
    decide(meeting.event.id, "accept", gone)
    sheet = f"{LIST}/{one.public_id}"
    for name, role in (("Anna", "organiser"), ("Rita", "reviewer")):
        make_account(name, event_id=meeting.event.id, role=role)
    anna, rita = signed_in(app, "Anna"), signed_in(app, "Rita")
    told = [
        ("Person 1" in client.get(path).text, "Person 2" in client.get(path).text)
        for client, path in (
            *((anna, path) for path in (LIST, f"{LIST}?names=yes", f"{LIST}.csv", f"{LIST}.csv?names=yes")),
            *((rita, path) for path in (LIST, f"{LIST}?names=yes")),
        )
    ]
    assert told == [(False, True), (True, True), (False, True), (True, True), (False, True), (False, True)]
    assert ["Person 1" in c.get(f"{sheet}?names=yes").text for c in (anna, rita)] == [True, False]
    assert [len(_rows(rita, f"q={word}")) for word in ("Person", "Vorschlag")] == [1, 2]


def _rows(client: FlaskClient, asked: str) -> list[str]:
    text = client.get(f"{LIST}?{asked}").text
    return text.split('<th scope="row">')[1:]


def test_rate_comment_tag_decide_and_land(app: Flask, meeting: Meeting) -> None:
    one, two = propose(meeting.event.id, title="=1+1"), propose(meeting.event.id, 2)
    make_account("Anna", event_id=meeting.event.id)
    client, first, second = signed_in(app, "Anna"), f"{LIST}/{one.public_id}", f"{LIST}/{two.public_id}"
    went = post_form(client, f"{first}/rating", {"value": "4", "deed": "next"}, page=first)
    assert went.location == f"{second}?next=yes"
    assert post_form(client, f"{first}/rating", {"value": "9"}, page=first).status_code == 409
    assert post_form(client, f"{first}/comments", {"text": " "}, page=first).status_code == 422
    post_form(client, f"{first}/comments", {"text": "Gut!"}, page=first)
    post_form(client, f"{first}/tags", {"tags": "Stadt, Land,,Stadt"}, page=first)
    page = client.get(first).text
    assert "Gut!" in page and "Durchschnitt 4 aus 1" in page and fresh(one.id).tags == ["Stadt", "Land"]
    done = post_form(client, f"{LIST}/deed", {"deed": "accept", "chosen": [one.public_id, two.public_id]}, page=LIST)
    assert (done.status_code, fresh(one.id).state) == (303, "review")
    decisions = f"{LIST}/decisions"
    assert "Ihr Vorschlag ist angenommen" in client.get(decisions).text
    for number in ("1", "9" * 5000, "²"):
        assert post_form(client, decisions, {"number": number}).status_code == 409
    assert post_form(client, f"{first}/comments/{'9' * 40}/removal", {}, page=first).status_code == 404
    assert post_form(client, decisions, {"number": "2"}).status_code == 303
    service_review.write_due()
    landing = f"{first}/landing"
    put = post_form(client, landing, {"round_id": str(meeting.round.id), "starts_at": "", "room_id": ""})
    assert put.status_code == 303 and "/admin/werkstatt/programme/" in put.location
    assert first in client.get(put.location).text
    post_form(client, f"{LIST}/deed", {"deed": "land", "chosen": [two.public_id]}, page=LIST)
    assert [bool(fresh(p.id).item_uid) for p in (one, two)] == [True, True]
    assert "'=1+1" in client.get(f"{LIST}.csv").text and client.get(f"{LIST}.xlsx").data[:2] == b"PK"


def test_settings_and_questions(app: Flask) -> None:
    meeting = make_meeting()
    make_account("Anna", event_id=meeting.event.id)
    client, page = signed_in(app, "Anna"), "/admin/werkstatt/call"
    filled = {
        "text-de": "Wir suchen Workshops.",
        "text-en": "",
        "opens_at": "2027-01-10T10:00",
        "closes_at": "2027-01-09T10:00",
        "kinds": ["workshop"],
        "lengths": ["60"],
        "most_words": "200",
        "keep_months": "6",
    }
    assert post_form(client, page, filled).status_code == 422
    assert queries.find_call(meeting.event.id) is None
    assert post_form(client, page, {**filled, "closes_at": "2027-02-09T10:00"}).status_code == 303
    call = queries.get_call(meeting.event.id)
    assert (call.kinds, call.lengths, call.most_words, call.asks_people) == (["workshop"], [60], 200, False)
    editor = f"/admin/werkstatt/surveys/{queries.sheet_id(call.survey_id)}/questions"
    assert post_form(client, f"{editor}/ready", {"key": "twice"}, page=editor).status_code == 303
    assert "zwei Runden" in client.get(f"{page}/preview").text and "zwei Runden" in client.get(FORM).text
    assert "zwei Runden" not in client.get("/de/werkstatt/register").text
    assert "Workshop-Aufruf" not in client.get("/admin/werkstatt/surveys").text
    assert "zwei Runden" in visit(app, "/de/werkstatt/privacy").text


@pytest.mark.parametrize("number", [1, 200])
def test_query_budgets(app: Flask, meeting: Meeting, number: int) -> None:
    propose_many(meeting.event.id, number)
    make_account("Anna", event_id=meeting.event.id)
    client, uid = signed_in(app, "Anna"), queries.rows(meeting.event.id, 0)[0].uid
    used = {}
    for path in (LIST, f"{LIST}/{uid}", f"{LIST}/decisions", f"{LIST}.csv", CALL):
        db.session.rollback()
        cache.pages.clear()
        with count_queries() as sent:
            assert client.get(path).status_code == 200
        used[path.replace(uid, "x")] = len(sent)
    assert used == {LIST: 7, f"{LIST}/x": 10, f"{LIST}/decisions": 5, f"{LIST}.csv": 9, CALL: 4}
