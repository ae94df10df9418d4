"""Whoever organises one event reaches nothing of another, even with its ids under the own event's address."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from eventsite.allocation import service_rules
from eventsite.allocation.models import AllocationRun
from eventsite.contributions import service as service_contributions
from eventsite.contributions import service_files
from eventsite.contributions.models import SpeakerChange
from eventsite.core.db import db
from eventsite.documentation.models import Block
from eventsite.events import service as events
from eventsite.mail.models import OutboxMessage
from eventsite.media.models import Derivative, Download, Photo
from eventsite.people.models import Account
from eventsite.privacy import service_requests
from eventsite.programme import service as programme
from eventsite.programme import service_tracks
from eventsite.programme.models_drafts import DraftStep
from eventsite.registration import (
    library,
    queries_letters,
    service_answers,
    service_contingents,
    service_invitations,
    service_surveys,
    service_ways,
)
from eventsite.registration.models_lists import Invitation
from eventsite.site import importing, service_bulk, signup
from tests.allocating import ask, join
from tests.browserless import csrf_token
from tests.documented import make_documented
from tests.meeting import Meeting, words
from tests.organisers import make_account, signed_in
from tests.proposing import make_call, propose

# What the last part of an address may say besides ids.
DEEDS = {
    "deed": {
        "media_admin.act": "deletion",
        "participant_deeds.act": "cancel",
        "programme_admin.change_state": "removal",
        "programme_admin_tracks.arrange": "removal",
        "registration_admin_questions.change": "retirement",
        "surveys.change": "removal",
    }
}
FILLED = {"position": "0", "step": "up", "way": "up", "need": "wheelchair", "number": "1"}
# Removing what is not there is the same as removed: these answer kindly and change nothing, as the last test holds.
KIND = {"people_admin.leave_team", "events_admin.remove_info_page", "invitation_desk.remove"}
IMPORTANT = {
    *(
        "registration_bulk.result",
        "surveys.show",
        "survey_results.file",
        "participant.show",
        "proposal_sheet.show",
        "proposal_sheet.uncomment",
        "participant_deeds.act",
        "participant_deeds.details",
        "checkin_admin.note",
        "programme_admin.item",
        "programme_admin_tracks.track",
        "programme_admin_undo.undo",
        "media_admin.picture",
    ),
    *(
        "media_admin.thumbnail",
        "media_admin_downloads.file",
        "media_admin_downloads.remove",
        "allocation_admin.run_files",
    ),
    *("documentation_admin.change", "allocation_admin.apply_run", "programme_admin.workshop_round"),
}


@pytest.fixture
def ids(app: Flask) -> dict[str, str]:
    """The public ids of everything in the meeting "werkstatt"; "andere" is the event that Berta organises."""
    meeting = make_documented()
    event_id = meeting.event.id
    events.set_info_page(event_id, "anreise", title=words("Anreise"), text=words("Mit der Bahn."))
    ready, kind = library.READY[0], next(iter(library.CONSENT_TEXTS))
    service_answers.ask(event_id, ready, actor="test")
    service_answers.set_consent_text(event_id, kind, library.CONSENT_TEXTS[kind], actor="test")
    person = join(meeting, 1)
    run_id = ask(meeting)
    account = make_account("Anna", event_id=event_id)
    make_call(event_id)
    bulk = service_bulk.start(event_id, "resend", [person.id], key="deedformany", actor="test", notify=True)
    times = {"starts_at": meeting.event.starts_at, "ends_at": meeting.event.ends_at}
    hosts = [host.id for host in events.queries.get_event("werkstatt").hosts]
    other = events.create_event(
        slug="andere", kind=words("Tagung"), title=words("Andere"), lead=words(""), host_ids=hosts, **times
    )
    make_account("Berta", event_id=other.id)
    return {**_ids(meeting), "registration": person.public_id, "run": _run(run_id), "account": account.public_id} | {
        "question": ready.key,
        "bulk": bulk.public_id,
        **_around(event_id, person.id),
        **_contributed(meeting),
        "track": service_tracks.store_track(event_id, None, title=words("Orte"), colour="#0b5a6b").public_id,
        "code": service_ways.add_code(event_id, "lernorte", actor="test").public_id,
        "contingent": service_contingents.store(event_id, None, name="Stadt", places=1, actor="test").public_id,
        "kind": kind,
        "proposal": propose(event_id).public_id,
        "survey": service_surveys.store(event_id, None, actor="test", audience={"status": "confirmed"}).public_id,
    }


def _around(event_id: int, person_id: int) -> dict[str, Any]:
    """What stands around the registrations: a rule, a table, an invitation, a request, a mail."""
    guest = {"name": "Gast", "email": "gast@example.org", "organisation": "", "language": "de", "note": ""}
    service_invitations.enlist(event_id, [guest], basis="office")
    table = importing.take_table(event_id, "invitations", b"email\na@example.org", "guests.csv", actor="test")
    rule = service_rules.add_condition(
        event_id, "spread", {"most": 3, "organisation": ""}, actor="test", reason="Mehr Mischung"
    )
    signup.sign_up(event_id, signup.Details("Bo Brief", "bo@example.org"))
    signup.sign_up(event_id, signup.Details("Lene Spät", None), source="organiser", confirmed=True)
    return {
        "letter": queries_letters.letters(event_id, limit=1)[0].message.public_id,
        "table": table.public_id,
        "rule": rule.public_id,
        "request_id": service_requests.ask(person_id).id,
        "invitation": db.session.scalars(select(Invitation.public_id)).one(),
        "message": db.session.scalars(select(OutboxMessage.public_id)).all()[0],
    }


def _contributed(meeting: Meeting) -> dict[str, str]:
    """A portrait and a file that a speaker sent."""
    märz, keynote = meeting.speakers["märz"].id, meeting.items["keynote"].id
    service_contributions.put(märz, None, "portrait", {}, {"key": "x", "credit": "Ada"}, "speaker", None)
    file = service_files.send_material(märz, keynote, b"a,b\n", "a.csv", title="", publish_after=None)
    change = db.session.scalars(select(SpeakerChange.public_id)).one()
    return {"proposal": change, "material": file.public_id}


def _run(run_id: int) -> str:
    return db.session.get_one(AllocationRun, run_id).public_id


def _ids(meeting: Meeting) -> dict[str, str]:
    photo = db.session.scalars(select(Photo)).one()
    rendition = db.session.scalars(select(Derivative).where(Derivative.format == "jpeg")).first()
    assert rendition is not None
    programme.change_item(meeting.items["lunch"].id, number="7", actor="test")
    return {
        "step": db.session.scalars(select(DraftStep.public_id)).one(),
        "item": meeting.items["first"].public_id,
        "uid": meeting.round.public_id,
        "speaker": meeting.speakers["märz"].public_id,
        "photo": photo.public_id,
        "file": rendition.key,
        "download": db.session.scalars(select(Download)).one().public_id,
        "block": db.session.scalars(select(Block)).all()[0].public_id,
        "page": "anreise",
    }


def _values(rule: Rule, ids: dict[str, str]) -> dict[str, str]:
    """What stands in the address: the ids of the one event, under the address of the other."""
    values = {"event": "andere"}
    for name in rule.arguments - {"event"} - set(rule.defaults or {}):
        if "imports" in rule.rule and name == "kind":
            values[name] = "invitations"
            continue
        if "answers." in rule.rule and name == "kind":
            values[name] = "csv"
            continue
        known = {**ids, **FILLED, "key": ids["question" if "questions" in rule.rule else "file"]}
        values[name] = DEEDS.get(name, {}).get(rule.endpoint) or known[name]
    return values


def _requests(app: Flask, ids: dict[str, str]) -> list[tuple[str, str, str]]:
    """Endpoint, method and address of every organisers' route that names something of an event."""
    adapter, found = app.url_map.bind("localhost"), []
    for rule in app.url_map.iter_rules():
        named = rule.arguments - {"event"} - set(rule.defaults or {})
        if (
            not rule.rule.startswith("/admin/<event>/")
            or not named
            or (named == {"kind"} and "consents" not in rule.rule)
        ):
            continue
        path = adapter.build(rule.endpoint, _values(rule, ids))
        found += [(rule.endpoint, method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return sorted(found)


def _rows() -> list[Any]:
    """Everything that a request under the wrong event could have changed or taken away."""
    db.session.rollback()
    tables = [
        t for name, t in Account.metadata.tables.items() if name not in {"account_session", "attempt", "revision"}
    ]
    rows = {t.name: sorted(map(repr, db.session.execute(t.select()).all())) for t in tables if "audit" not in t.name}
    return sorted(rows.items())


def test_nothing_of_another_event_is_found_under_the_own(app: Flask, ids: dict[str, str]) -> None:
    client = signed_in(app, "Berta")
    token, before = csrf_token(client, "/admin/andere/settings"), _rows()
    answers = {}
    for endpoint, method, path in _requests(app, ids):
        sent = {"data": {"csrf_token": token}} if method == "POST" else {}
        answers[endpoint, method, path] = client.open(path, method=method, **sent).status_code
    expected = {key: 303 if key[0] in KIND else 404 for key in answers}
    assert answers == expected
    assert {endpoint for endpoint, _method, _path in answers} >= IMPORTANT
    assert _rows() == before


def test_another_event_itself_is_not_found(app: Flask, ids: dict[str, str]) -> None:
    client = signed_in(app, "Berta")
    token, before = csrf_token(client, "/admin/andere/settings"), _rows()
    answers = {}
    for _endpoint, method, path in _requests(app, ids):
        address = path.replace("/admin/andere/", "/admin/werkstatt/")
        sent = {"data": {"csrf_token": token}} if method == "POST" else {}
        answers[method, address] = client.open(address, method=method, **sent).status_code
    assert answers == dict.fromkeys(answers, 404)
    assert _rows() == before


def test_every_post_of_the_organisers_wants_its_token(app: Flask, ids: dict[str, str]) -> None:
    client, before = signed_in(app, "Anna"), _rows()
    posts = [
        (p.replace("/admin/andere/", "/admin/werkstatt/")) for _e, method, p in _requests(app, ids) if method == "POST"
    ]
    posts += [
        rule.rule.replace("<event>", "werkstatt")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/admin/") and "POST" in (rule.methods or set()) and rule.arguments <= {"event"}
    ]
    answers = {path: client.post(path, data={"publish": "yes", "deed": "cancel"}).status_code for path in posts}
    assert answers == dict.fromkeys(posts, 400)
    assert _rows() == before
