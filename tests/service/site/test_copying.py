"""Copying an event on a real database: what comes along, what never does, again and again, and all of it or nothing."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.allocation import service_rules
from eventsite.allocation.models import AllocationRule
from eventsite.core import clock
from eventsite.core.db import Model, db, transaction
from eventsite.core.errors import Refused
from eventsite.events import queries as event_queries
from eventsite.events import service as events
from eventsite.events.models import Event, InfoPage
from eventsite.mail import service_texts
from eventsite.mail.models import MailText
from eventsite.mail.wording import Words
from eventsite.people.models import Membership
from eventsite.programme import queries as programmes
from eventsite.programme import service as programme
from eventsite.programme.models import Track
from eventsite.registration import library, queries, service_answers, service_contingents, service_surveys
from eventsite.registration.models import Contingent, OptionCount, PlaceCount, Question, Registration
from eventsite.registration.models_surveys import Survey
from eventsite.site import copying, rules_copying
from eventsite.site.copying import Wanted
from eventsite.site.rules_copying import Shift
from tests.allocating import join
from tests.conftest import both_databases
from tests.documented import make_documented
from tests.every_kind import ask, ask_every_kind
from tests.meeting import Meeting, at, words
from tests.organisers import make_account

EVERYTHING = frozenset(rules_copying.PARTS)
BERLIN = ZoneInfo("Europe/Berlin")
YEAR = timedelta(days=364)


def make_full() -> Meeting:
    """A meeting with a row in every part, people who came, and things that stay behind."""
    meeting = make_documented(
        registration_opens_at=clock.now() - timedelta(days=2), short_title=words("Werkstatt 2027")
    )
    event_id, items = meeting.event.id, meeting.items
    guests = [join(meeting, number).public_id for number in range(3)]
    events.set_info_page(event_id, "anreise", title=words("Anreise"), text=words("Mit der Bahn."))
    ask_every_kind(event_id, at(9, day=1))
    service_answers.ask(event_id, replace(ask("text"), key="gone"), actor="test")
    service_answers.retire(event_id, "gone", actor="test")
    service_answers.set_consent_text(event_id, "photo", library.CONSENT_TEXTS["photo"], actor="test")
    survey = service_surveys.store(
        event_id, None, actor="test", title=words("Wie war es?"), audience={"status": "confirmed", "place": "x"},
        opens_at=at(18), closes_at=at(18, day=20),
    )  # fmt: skip
    service_surveys.ask(survey, replace(ask("long_text"), key="praise", section="you"), actor="test")
    with transaction() as session:
        track = Track(public_id="t1", event_id=event_id, title=words("Stadt"), colour="#0b5a6b", position=0)
        session.add(track)
    programme.change_item(
        items["first"].id,
        track_id=track.id,
        tags=[words("Netz")],
        online_url="https://example.org/x",
        online_from=at(11),
    )
    service_contingents.store(event_id, None, name="Stadt", places=5, until=at(9, day=1), actor="test")
    service_texts.store(event_id, "confirmed", "de", Words("Ihr Platz", "Guten Tag", "Bis bald"), actor="test")
    service_texts.store(event_id, "waiting", "de", Words("Warten", "Guten Tag", "Bis bald"), actor="test")
    service_texts.reset(event_id, "waiting", actor="test")
    twice = {"items": [items["first"].public_id, items["second"].public_id]}
    service_rules.add_condition(event_id, "same_topic", twice, actor="test")
    kept = {"item": items["first"].public_id, "places": 2, "organisation": "Stadt Kassel", "people": guests[:1]}
    service_rules.add_condition(event_id, "contingent", kept, actor="test")
    only = {**kept, "item": items["second"].public_id, "organisation": "", "people": guests[1:]}
    service_rules.add_condition(event_id, "contingent", only, actor="test")
    make_account("Anna", event_id=event_id)
    return meeting


def copied(slug: str, source: Event, parts: frozenset[str] = EVERYTHING, by: timedelta = YEAR) -> Event:
    """A copy that moves all dates of the event by so many days."""
    days = Shift(source.starts_at, source.starts_at + by, source.timezone)
    dates = {name: days.deadline(found) if (found := getattr(source, name)) else None for name in rules_copying.DATES}
    made = copying.copy_event(source.id, Wanted({"de": slug}, slug, dates, parts), actor="anna")
    return event_queries.get_event(made.slug)


def described(slug: str) -> dict[str, Any]:
    """Everything that comes along, with times as the clock on the wall shows them, counted from the start."""
    db.session.rollback()
    event = event_queries.get_event(slug)

    def wall(instant: Any) -> Any:
        start = event.starts_at.astimezone(BERLIN).replace(tzinfo=None)
        return instant and instant.astimezone(BERLIN).replace(tzinfo=None) - start

    rows = programmes.items(event.id)
    return {
        "event": [getattr(event, name) for name in ("lead", "kind", "capacity", "venue_id", "attendance", "accent")],
        "hosts": [host.id for host in event.hosts],
        "dates": [wall(getattr(event, name)) for name in rules_copying.DATES],
        "items": [
            [
                *(i.slug, i.title, wall(i.starts_at), wall(i.ends_at), i.room_id, i.capacity, wall(i.online_from)),
                *(i.tags, i.round and i.round.title, i.track and (i.track.title, i.track.colour)),
            ]
            for i in rows
        ],
        "people": [(i.slug, a.speaker_id, a.role, a.organisations) for i in rows for a in i.appearances],
        "pages": [(page.slug, page.title, page.text) for page in event_queries.info_pages(event.id)],
        "questions": [
            replace(one, question_id=0, version_id=0, answer_until=None, limits={})
            for one in queries.asked(event.id, with_drafts=True)
        ],
        "deadlines": [wall(one.answer_until) for one in queries.asked(event.id)],
        "consents": [(one.kind, one.text) for one in queries.consent_texts(event.id)],
        "contingents": [(one.name, one.places, wall(one.until), one.taken) for one in _of(Contingent, event)],
        "surveys": [(one.title, wall(one.opens_at), wall(one.closes_at)) for one in _of(Survey, event)],
        "mails": [
            (one.kind, one.subject) for one in _of(MailText, event) if not one.is_default and one.kind != "waiting"
        ],
        "team": [(one.account_id, one.role) for one in _of(Membership, event)],
        "rules": [one.kind for one in _of(AllocationRule, event)][:2],
    }


def _of(model: Any, event: Event) -> list[Any]:
    return list(db.session.scalars(select(model).where(model.event_id == event.id).order_by(model.id)))


@both_databases
def test_copy_equals_its_source_and_so_does_a_copy_of_the_copy(app: Flask) -> None:
    source = event_queries.get_event(make_full().event.slug)
    expected = described(source.slug)
    assert all(expected[part] for part in expected)
    first = copied("werkstatt-2028", source)
    second = copied("werkstatt-2029", source, by=YEAR * 2)
    again = copied("werkstatt-2030", first, by=timedelta(days=180))  # from winter time into summer time
    assert [described(one.slug) for one in (first, second, again)] == [expected] * 3
    assert described("werkstatt") == expected
    assert (first.published_at, first.sequence, dict(first.short_title)) == (None, 0, words("Werkstatt 2028"))
    (limits,) = (one.limits for one in queries.asked(first.id) if one.kind == "date")
    assert limits == {"least": "2028-03-08", "most": "2028-03-10"}


def test_everything_that_is_an_address_or_a_secret_is_new(app: Flask) -> None:
    source = event_queries.get_event(make_full().event.slug)
    copy = copied("werkstatt-2028", source)
    seen: dict[str, list[Any]] = {}
    for name, table in rules_copying.COPIED.items():
        model = copying.MODELS[name]
        for column in ("public_id", "code_key", "preview_link_id"):
            if hasattr(model, column):
                seen[f"{name}.{column} {table.part}"] = list(db.session.scalars(select(getattr(model, column))))
    assert [name for name, values in seen.items() if len(values) != len(set(values))] == []
    uids = {item.public_id for item in programmes.items(copy.id)}
    rule, contingent = _of(AllocationRule, copy)
    assert len(rule.details["items"]) == 2
    assert {*rule.details["items"], contingent.details["item"]} < uids
    assert contingent.details["people"] == []
    assert [one.audience for one in _of(Survey, copy)] == [{"status": "confirmed"}]


def test_nothing_personal_is_found_in_the_copy(app: Flask) -> None:
    source = make_full().event
    before = _rows_of_others()
    copy = copied("werkstatt-2028", source)
    assert _rows_of_others() == {
        **before,
        "audit_row": before["audit_row"] + 3,
        "personal_link": before["personal_link"] + 1,
    } | {
        "place_count": before["place_count"] + 1,
        "option_count": before["option_count"] * 2,
        "revision": before["revision"] + 1,
    }
    count = db.session.get_one(PlaceCount, copy.id)
    assert (count.taken, count.waiting, count.last_queue_number, count.reserved) == (0, 0, 0, 5)
    options = db.session.scalars(select(OptionCount).where(OptionCount.event_id == copy.id)).all()
    assert [one.taken for one in options] == [0] * before["option_count"]
    people = db.session.execute(select(Registration.public_id, Registration.name, Registration.email)).all()
    found = json.dumps([_columns(row) for model in copying.MODELS.values() for row in _all(model, copy)], default=str)
    assert [word for person in people for word in person if word in found] == []
    assert len(people) == 3


def _all(model: Any, event: Event) -> list[Any]:
    """The event itself, or its rows in a table that names it."""
    if model is Event:
        return [event]
    return _of(model, event) if hasattr(model, "event_id") and hasattr(model, "id") else []


def _columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _rows_of_others() -> dict[str, int]:
    """How many rows there are in the tables that are not copied."""
    db.session.rollback()
    tables = [table for name, table in sorted(Model.metadata.tables.items()) if name not in rules_copying.COPIED]
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def test_only_what_was_ticked_comes_along(app: Flask) -> None:
    source = event_queries.get_event(make_full().event.slug)
    bare = copied("bare", source, frozenset())
    found = described("bare")
    assert {part for part in found if found[part]} == {"event", "dates"}
    assert (bare.lead, bare.venue_id, bare.capacity) == ({}, None, 60)
    only = copied("only", source, frozenset({"programme", "surveys", "conditions"}))
    assert [item.room_id for item in programmes.items(only.id)] == [None] * 5
    assert [item.appearances for item in programmes.items(only.id)] == [[]] * 5
    assert [(one.key, one.survey_id is None) for one in _of(Question, only)] == [("praise", False)]
    assert len(_of(AllocationRule, only)) == 2
    assert _of(AllocationRule, copied("rules", source, frozenset({"conditions"}))) == []


def test_cancelled_items_stay_behind(app: Flask) -> None:
    meeting = make_full()
    programme.change_item(meeting.items["first"].id, cancelled_at=clock.now())
    source = event_queries.get_event("werkstatt")
    assert [item.slug for item in programmes.items(copied("ohne", source).id) if item.slug == "netze-knuepfen"] == []
    assert copying.counts(source.id)["programme"] == 4
    assert len(copying.moved(source.id, Shift(source.starts_at, source.starts_at, "UTC"), EVERYTHING)["programme"]) == 5


def test_copy_that_is_refused_leaves_nothing(app: Flask) -> None:
    source = event_queries.get_event(make_full().event.slug)
    events.change_event(source.id, slug="werkstatt-neu")
    before = (db.session.scalar(select(func.count(Event.id))), db.session.scalar(select(func.count(InfoPage.id))))
    source = event_queries.get_event("werkstatt-neu")
    for slug in ("werkstatt-neu", "werkstatt", "archive"):
        with pytest.raises(Refused):
            copied(slug, source)
    after = (db.session.scalar(select(func.count(Event.id))), db.session.scalar(select(func.count(InfoPage.id))))
    assert after == before


def test_counts_say_what_comes_along(app: Flask) -> None:
    counts = copying.counts(make_full().event.id)
    assert counts == {
        "programme": 5, "people": 2, "questions": 18, "consents": 1, "mails": 2, "hosts": 1, "pages": 1,
        "surveys": 1, "contingents": 1, "conditions": 3, "team": 1,
    }  # fmt: skip


def test_every_moved_date_is_listed(app: Flask) -> None:
    source = make_full().event
    shift = Shift(source.starts_at, source.starts_at + YEAR, source.timezone)
    found = copying.moved(source.id, shift, EVERYTHING)
    assert {part: len(rows) for part, rows in found.items()} == {
        "programme": 6, "questions": 1, "surveys": 2, "contingents": 1,
    }  # fmt: skip
    assert all(not row.is_skipped for rows in found.values() for row in rows)
