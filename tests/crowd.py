"""Thousands of registrations at once, written past the services, for the tests of lists and figures."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from eventsite.core import clock
from eventsite.core.db import transaction
from eventsite.people import rules as people
from eventsite.people.models import Person, PersonalLink
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status

FAMILY = ("Öztürk", "Zander", "Ahrens", "Łukasz", "Özil", "Ostermann")


def make_crowd(event_id: int, number: int, *, answers: Any = None, **values: Any) -> None:
    """So many confirmed people, one every minute, of ten organisations; `values` are columns of all of them."""
    start = clock.now() - timedelta(days=30)
    with transaction() as session:
        person = Person(public_id=f"crowd{event_id}", name="Crowd", email=None, email_key=None, created_at=start)
        link = PersonalLink(public_id=f"crowd{event_id}", purpose="registration", created_at=start)
        session.add_all([person, link])
        session.flush()
        rows = []
        for n in range(number):
            name = f"Person {n:04d} {FAMILY[n % len(FAMILY)]}"
            at = start + timedelta(minutes=n)
            rows.append(
                {
                    "public_id": f"c{event_id}-{n}", "event_id": event_id, "person_id": person.id, "name": name,
                    "sort_name": people.filing_name(name), "email": f"crowd{n}@example.org",
                    "email_key": f"crowd{n}@example.org", "organisation": f"Stadt {n % 10}", "language": "de",
                    "status": str(Status.CONFIRMED), "holds_place": True, "queue_number": 10_000 + n, "source": "form",
                    "note": "", "created_at": at, "confirmed_at": at, "status_at": at, "updated_at": at,
                    "link_id": link.id, "feed_link_id": link.id, **values,
                }
            )  # fmt: skip
        session.execute(insert(Registration), rows)
