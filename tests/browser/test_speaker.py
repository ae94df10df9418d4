"""A speaker on a phone: one link, everything saved as one goes, approved, and the group written to (J14, J37, J38)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from eventsite.allocation.models import Allocation
from eventsite.contributions import queries_groups
from eventsite.core import clock, ids
from eventsite.core.db import db, transaction
from eventsite.events import queries as events
from eventsite.events.models import Event
from eventsite.people.models import PersonalLink
from eventsite.programme.models import Appearance, ProgrammeItem, Speaker
from eventsite.registration.models import Registration
from tests.browser.journeys import Hand, options, sign_in
from tests.browser.looking import overflow, violations
from tests.serving import Site, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 780}
TEXT = "Leitet seit 2019 ein Haus, in dem gelernt wird."


def stage(site: Site) -> tuple[str, str, str, str]:
    """Somebody who leads a workshop whose places are told: page, public id, address of the group, a question's page."""
    with site.inside():
        event = events.get_event("kassel-next")
        query = db.select(Appearance, ProgrammeItem).join(ProgrammeItem, ProgrammeItem.id == Appearance.item_id)
        query = query.where(ProgrammeItem.event_id == event.id, ProgrammeItem.round_id.is_not(None))
        appearance, item = db.session.execute(query.order_by(Appearance.id)).all()[0]
        found = appearance.id, appearance.speaker_id, item.id, item.round_id, item.public_id, event.id
        confirmed = db.select(Registration).where(Registration.event_id == event.id, Registration.status == "confirmed")
        one = db.session.scalars(confirmed.order_by(Registration.id)).first()
        assert one is not None
        registration_id, link_id = one.id, one.link_id
        with transaction() as session:
            session.get_one(Appearance, found[0]).role = "lead"
            session.get_one(Event, found[5]).allocation_published_at = clock.now()
            session.add(
                Allocation(
                    registration_id=registration_id, round_id=found[3], item_id=found[2], rank=1, reason={}, sequence=0,
                    updated_at=clock.now(),
                )
            )  # fmt: skip
        speaker = db.session.get_one(Speaker, found[1])
        own = f"/s/{_token(speaker.link_id)}/"
        assert queries_groups.groups([found[2]])[found[2]].number == 1
        return own, speaker.public_id, f"{own}groups/{found[4]}", f"/r/{_token(link_id)}/question/{found[4]}"


def _token(link_id: int | None) -> str:
    link = db.session.get_one(PersonalLink, link_id)
    return ids.link_token(link.purpose, link.public_id, link.generation)


def biography(site: Site, public_id: str) -> str:
    with site.inside():
        return str(db.session.scalars(db.select(Speaker).where(Speaker.public_id == public_id)).one().biography["de"])


@pytest.mark.parametrize(("script", "by_keyboard"), [(True, True), (False, False)], ids=["keyboard", "no script"])
def test_speaker_on_a_phone(site: Site, open_page: Callable[..., Page], script: bool, by_keyboard: bool) -> None:
    own, public_id, group, question = stage(site)
    page = open_page(site, **{**options("de", script=script), "viewport": PHONE, "reduced_motion": "reduce"})
    hand = Hand(page, by_keyboard=by_keyboard)
    page.goto(own)
    hand.type("#biography-biography-de", TEXT)
    if script:
        page.keyboard.press("Tab")
        page.wait_for_selector("#biography [data-state]:has-text('Gespeichert')")
    else:
        hand.press("#biography button[type=submit]")
    page.goto(own)
    assert page.input_value("#biography-biography-de") == TEXT
    ask_and_mail(page, hand, group, question)
    if script:
        faults = []
        for address in (own, group, question):
            page.goto(address)
            faults += [f"{address}: {one}" for one in violations(page) + overflow(page)]
        assert faults == []
    approve(page, public_id)
    wait_until(lambda: biography(site, public_id) == TEXT)


def ask_and_mail(page: Page, hand: Hand, group: str, question: str) -> None:
    """A participant asks beforehand; the leader reads it and writes to the group after a look."""
    page.goto(question)
    hand.type("#text", "Gibt es dort Strom?")
    hand.press("main form button[type=submit]")
    page.goto(group)
    hand.type("#subject", "Bitte mitbringen")
    hand.type("#text", "Ein Foto Ihres Ortes.")
    hand.press("button[name=look]")
    assert "Ein Foto Ihres Ortes." in page.inner_text(".mail-words")
    hand.press("button[name=sure]")
    assert "Gibt es dort Strom?" in page.inner_text("main")


def approve(page: Page, public_id: str) -> None:
    """The organiser reads old beside new and takes everything of this person over."""
    sign_in(page)
    page.goto("/admin/kassel-next/speakers/approval")
    assert TEXT.split()[-1] in page.inner_text("main")
    Hand(page).press(f"section[aria-labelledby=p-{public_id}] button[type=submit] >> nth=0")
