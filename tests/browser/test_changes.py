"""Life after the allocation: two people swap (J12), somebody waits, is asked, and gets the wished workshop (J35)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from eventsite.allocation import service as allocations
from eventsite.allocation.models import Allocation
from eventsite.core import ids
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.people.models import PersonalLink
from eventsite.programme import service as programme
from eventsite.programme.models import ProgrammeItem, Round
from eventsite.registration.models import Registration
from tests.browser.journeys import Hand, mails, options
from tests.browser.looking import overflow, violations
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def publish(site: Site) -> tuple[str, list[tuple[str, str, str, str]]]:
    """Places are given, and every workshop of the first round is full; per person: address, page, title, slug."""
    with site.inside():
        event = db.session.scalars(db.select(Event).where(Event.slug == "kassel-next")).one()
        rule = {"objective": event.objective, "tie": event.tie, "seed": event.seed}
        run = allocations.request_run(event.id, actor="test", **rule)
        allocations.run(run.id)
        allocations.apply_run(run.id, actor="test")
        one = db.session.scalars(db.select(Round).where(Round.event_id == event.id).order_by(Round.starts_at)).first()
        assert one is not None
        query = (
            db.select(Registration, PersonalLink, ProgrammeItem)
            .join(PersonalLink, PersonalLink.id == Registration.link_id)
            .join(Allocation, Allocation.registration_id == Registration.id)
            .join(ProgrammeItem, ProgrammeItem.id == Allocation.item_id)
            .where(Allocation.round_id == one.id)
            .order_by(Registration.id)
        )
        found = [
            (person.email or "", f"/r/{ids.link_token('registration', link.public_id, link.generation)}/", item)
            for person, link, item in db.session.execute(query)
        ]
        rows = [(mail, page, item.title["de"], item.slug) for mail, page, item in found]
        sizes = {item.id: sum(other.id == item.id for _mail, _page, other in found) for _mail, _page, item in found}
        uid = one.public_id
        for item_id, size in sizes.items():
            programme.change_item(item_id, capacity=size)
        return uid, rows


def test_two_people_swap_without_losing_a_place(site: Site, open_page: Callable[..., Page]) -> None:
    uid, rows = publish(site)
    one, other = rows[0], next(row for row in rows if row[3] != rows[0][3])
    page = open_page(site, **options("de", script=False))
    for own, wanted in ((one, other), (other, one)):
        page.goto(own[1])
        Hand(page).press(f"a[href*='/rounds/{uid}']")
        assert own[2] in page.inner_text("h1")
        page.check(f"#instead-{wanted[3]}")
        Hand(page).press("button[value='swap']")
    assert one[2] in page.inner_text("h1")
    page.goto(f"{one[1]}rounds/{uid}")
    assert other[2] in page.inner_text("h1")
    for own in (one, other):
        last = mails(site, own[0])[-1]
        assert ("Tausch" in last.subject, len(last.attachments)) == (True, 1)


def test_waiting_place_becomes_the_wished_workshop(site: Site, open_page: Callable[..., Page]) -> None:
    uid, rows = publish(site)
    inside = rows[0]
    waiting = next(row for row in rows if row[3] != inside[3])
    page = open_page(site, **options("de", script=True))
    page.goto(f"{waiting[1]}rounds/{uid}")
    Hand(page).press(f"button[value='wait_asked:{inside[3]}']")
    assert "Platz 1 der Warteliste" in page.inner_text("main")
    assert waiting[2] in page.inner_text("h1")
    page.goto(f"{inside[1]}rounds/{uid}")
    Hand(page).press(f"button[value='give_back:{inside[3]}']")
    page.goto(waiting[1])
    Hand(page).press(f"a[href*='/rounds/{uid}']")
    assert violations(page) + overflow(page) == []
    Hand(page).press(f"button[value='accept:{inside[3]}']")
    assert inside[2] in page.inner_text("h1")
    assert "für Sie frei" in mails(site, waiting[0])[-1].subject
