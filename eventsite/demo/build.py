"""Builds the demonstration through the services, the same each time for the same seed; run by demo/start in a process."""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from eventsite import startup
from eventsite.core import clock, ids, pdf
from eventsite.core.db import db, transaction
from eventsite.demo import (
    build_calls,
    build_draft,
    build_event,
    build_people,
    build_record,
    build_releases,
    build_speakers,
    build_surveys,
    build_ways,
    people_names,
)
from eventsite.demo.kassel import KASSEL
from eventsite.demo.kassel import POPULAR as KASSEL_POPULAR
from eventsite.demo.next import KASSEL_NEXT
from eventsite.demo.next_workshops import POPULAR as NEXT_POPULAR
from eventsite.demo.online import ONLINE
from eventsite.demo.start import EMAIL, MARK
from eventsite.events import queries as event_queries
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.mail import outbox
from eventsite.people import service as people

PARTICIPANTS = 80
REGISTRATIONS = 120
MOST_OF_ONE_ORGANISATION = 2
DAYS_AHEAD = {"open": None, "allocated": 9, "over": -4}  # of the coming event, by stage


@dataclass(frozen=True)
class Wanted:
    """What is built."""

    stage: str = "open"
    seed: int = 1
    size: int = REGISTRATIONS


@contextmanager
def step(name: str) -> Iterator[None]:
    """Says what is being done, and how long it took."""
    started = time.monotonic()
    sys.stdout.write(f"  {name} … ")
    sys.stdout.flush()
    yield
    sys.stdout.write(f"{time.monotonic() - started:.1f} s\n")
    sys.stdout.flush()


def build(wanted: Wanted) -> dict[str, object]:
    """All three events; returns the links that the start page of the demonstration prints."""
    today = clock.now()
    with step("Hosts, site and organiser"):
        host_ids = build_event.found_site()
        people.create_account(
            name="Olivia Beispiel", email=EMAIL, password=os.environ["EVENTSITE_DEMO_PASSWORD"], is_owner=True
        )
    _kassel(host_ids, wanted.seed)
    links, coming = _next(host_ids, wanted, today)
    with step("A third event, announced"), clock.freeze(today - timedelta(days=5)):
        day = build_event.first_day(ONLINE, today.date())
        built = build_event.build(ONLINE, host_ids, day, coming.speakers)
        build_people.interested(built)
    build_event.series(links_of=("kassel", "kassel-next"))
    with step("Mails"):
        outbox.deliver()
    return {"links": links, "good_until": _good_until()}


def _kassel(host_ids: dict[str, int], seed: int) -> None:
    day = build_event.first_day(KASSEL, clock.now().date())
    with step("The Kassel meeting: programme"):
        announced = build_event.local_instant(day - timedelta(days=75), "10:00", KASSEL.timezone)
        with clock.freeze(announced):
            built = build_event.build(KASSEL, host_ids, day)
            reason = "Verwendungsnachweis, Prüfung bis Ende 2031 (Demonstration)"
            hold_until = build_event.local_instant(day.replace(year=2031, month=12, day=31), "22:00", KASSEL.timezone)
            events.change_event(built.event_id, hold_reason=reason, hold_until=hold_until)
    with step(f"The Kassel meeting: {PARTICIPANTS} participants"):
        opens, closes = built.at("10:00", -70), built.at("10:00", -16)
        guests = people_names.participants(PARTICIPANTS, seed, KASSEL_POPULAR)
        made = build_people.register(guests, built, opens, closes)
        build_people.confirm(made, closes, all_of_them=True)
        _allocate(built.event_id, built.at("09:00", -12))
        build_people.be_there(guests, made, built.at(KASSEL.starts))
    with step("The Kassel meeting: what people thought of it"):
        build_surveys.feedback(built, [made[one.number] for one in guests if one.arrival is not None])
    with step("The Kassel meeting: pictures"), clock.freeze(built.at("18:00")):
        build_record.pictures(KASSEL, built)
    with step("The Kassel meeting: downloads, documentation and PDFs"), clock.freeze(built.at("09:00", 4)):
        build_record.downloads(KASSEL, built)
        build_record.report(KASSEL, built)


def _next(host_ids: dict[str, int], wanted: Wanted, today: datetime) -> tuple[dict[str, str], build_event.Built]:
    from eventsite.allocation import service_rules as allocation_rules

    day = build_event.first_day(KASSEL_NEXT, today.date(), DAYS_AHEAD[wanted.stage])
    opens = build_event.local_instant(day, "10:00", KASSEL_NEXT.timezone) - timedelta(days=90)
    with step("The next meeting: programme and speakers"), clock.freeze(min(opens, today) - timedelta(days=7)):
        built = build_event.build(KASSEL_NEXT, host_ids, day)
        if wanted.size > (KASSEL_NEXT.capacity or 0):
            events.change_event(built.event_id, capacity=wanted.size)
        rule = {"most": MOST_OF_ONE_ORGANISATION, "organisation": ""}
        allocation_rules.add_condition(built.event_id, "spread", rule, actor="demonstration")
    build_draft.try_out(built, timedelta(days=1, hours=3))
    with step(f"The next meeting: {wanted.size} registrations"):
        until = min(today - timedelta(minutes=20), built.at("09:00", -14))
        guests = people_names.participants(wanted.size, wanted.seed + 1, NEXT_POPULAR, pins=True)
        made = build_people.register(guests, built, opens, until)
        build_people.confirm(made, until, all_of_them=wanted.stage != "open")
        build_people.pin(guests[: max(0, wanted.size - 12)], made, built)
        build_people.share_a_code(guests[: max(0, wanted.size - 12)], made)
        build_people.arrange(built)
        if wanted.stage == "open":
            build_people.sign_off_some(made, until)
            build_ways.let_in(built, until)
    if wanted.stage == "open" and wanted.size < (KASSEL_NEXT.capacity or 0) // 2:
        build_people.keep_places(built)
    with step("The next meeting: a follow-up form"), clock.freeze(until):
        build_surveys.evening(built, list(made.values()))
    with step("The next meeting: a call for workshops"):
        build_calls.call(built, until, os.environ["EVENTSITE_DEMO_PASSWORD"], EMAIL)
    with step("The next meeting: links of speakers"):
        page = build_speakers.speakers(built, until)
    with step("The next meeting: a second release"), clock.freeze(until):
        build_releases.change_rooms(built)
    if wanted.stage != "open":
        with step("The next meeting: allocation"):
            _allocate(built.event_id, built.at("12:00", -13))
    if wanted.stage == "over":
        build_people.be_there(guests, made, built.at(KASSEL_NEXT.starts))
    return {**_links(made), "speaker": page}, built


def _allocate(event_id: int, at: datetime) -> None:
    from eventsite.allocation import service as allocations

    with clock.freeze(at):
        event = db.session.get_one(Event, event_id)
        objective, tie, seed = event.objective, event.tie, event.seed
        db.session.rollback()
        run_id = allocations.request_run(event_id, objective=objective, tie=tie, seed=seed, actor="demonstration").id
        allocations.run(run_id)
        other = "first" if objective == "fair" else "fair"
        tried = allocations.request_run(
            event_id, objective=other, tie=tie, seed=seed, actor="demonstration", mode=allocations.WHAT_IF
        )
        allocations.run(tried.id)
        allocations.apply_run(run_id, actor="demonstration")


def _links(made: dict[int, int]) -> dict[str, str]:
    from eventsite.registration import queries

    if not made:
        return {}
    link = queries.with_links(made[min(made)]).link
    return {"personal": f"/r/{ids.link_token('registration', link.public_id, link.generation)}/"}


def _good_until() -> float:
    """Until when the coming events need not be moved on."""
    closing = [e.registration_closes_at for e in event_queries.published_events() if e.starts_at > clock.now()]
    return min(instant.timestamp() for instant in closing if instant) if any(closing) else float("inf")


def move_on() -> dict[str, object]:
    """Moves events whose registration has closed since the last start on by whole weeks, so that it is open again."""
    for event in event_queries.published_events():
        closes = event.registration_closes_at
        if closes is not None and event.slug != KASSEL.slug and closes < clock.now():
            weeks = (clock.now() - closes).days // 7 + 5
            build_event.move_on(weeks * 7, event.id)
    db.session.rollback()
    return {"good_until": _good_until()}


def main() -> int:
    """Builds or moves on, and notes the result in the mark of the data folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--stage", default="open", choices=sorted(DAYS_AHEAD))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=REGISTRATIONS)
    parser.add_argument("--move-on", action="store_true")
    arguments = parser.parse_args()
    settings = startup.settings()
    app = startup.application(settings)
    with app.app_context():
        if not arguments.move_on:
            sys.stdout.write("Building the demonstration (once):\n")
            problem = pdf.engine_problem()
            if problem:
                sys.stdout.write(f"  {problem}\n")
        wanted = Wanted(arguments.stage, arguments.seed, arguments.size)
        facts = move_on() if arguments.move_on else build(wanted)
        with transaction():
            pass  # leaves no read snapshot open behind
    mark = Path(settings.data_dir) / MARK
    known = json.loads(mark.read_text()) if mark.exists() else {}
    mark.touch(mode=0o600)
    mark.write_text(json.dumps({**known, **facts}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
