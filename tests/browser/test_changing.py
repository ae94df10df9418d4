"""What changes after registration: another address, the place handed to a colleague, the answer whether one comes (J33)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from eventsite.core import i18n
from eventsite.core.db import db, transaction
from eventsite.events.models import Event
from eventsite.mail.links import resolved
from eventsite.registration import service_coming
from eventsite.registration.models import Registration
from tests.browser.journeys import Hand, mails, options, sign_in
from tests.browser.looking import overflow, violations
from tests.browser.test_participant import ADDRESS, register
from tests.serving import Site, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COLLEAGUE = "ben@example.org"
BUTTON = "main form button[type=submit]"


def link_to(site: Site, address: str, path: str) -> str:
    """The link of the last mail to an address whose path begins so."""
    wait_until(lambda: len(mails(site, address)) > 0)
    with site.inside():
        text = resolved(mails(site, address)[-1].text, site.base)
    found = re.search(rf"https?://\S+/{path}/\S+", text)
    assert found, text
    return found[0]


def status(site: Site, address: str) -> str:
    with site.inside():
        return db.session.scalars(db.select(Registration.status).where(Registration.email == address)).one()


@pytest.mark.parametrize(
    ("language", "script", "by_keyboard"), [("de", True, True), ("en", False, False)], ids=["keyboard", "no script"]
)
def test_address_answer_and_handing_over(
    site: Site, open_page: Callable[..., Page], language: str, script: bool, by_keyboard: bool
) -> None:
    page = open_page(site, **options(language, script=script))
    hand = Hand(page, by_keyboard=by_keyboard)
    personal = register(page, site, language, hand)
    page.goto(f"{personal}address")
    hand.type("#email", "frida.neu@example.org")
    hand.press(BUTTON)
    assert "/r/" in page.url
    assert (status(site, ADDRESS), len(mails(site, "frida.neu@example.org"))) == ("confirmed", 1)
    page.goto(link_to(site, "frida.neu@example.org", "address"))
    hand.press(BUTTON)
    assert "frida.neu@example.org" in page.inner_text("main")
    say_yes(site, page, hand, personal)
    page.goto(personal)
    hand.press("a[href$='/handover']")
    hand.type("#name", "Ben Çelik")
    hand.type("#email", COLLEAGUE)
    hand.press(BUTTON)
    assert status(site, "frida.neu@example.org") == "confirmed"
    take_over(site, open_page, language, script=script)
    assert (status(site, COLLEAGUE), status(site, "frida.neu@example.org")) == ("confirmed", "cancelled")


def say_yes(site: Site, page: Page, hand: Hand, personal: str) -> None:
    """The organisers ask, and the link of the mail leads to a button."""
    with site.inside(), transaction() as session:
        one = session.scalars(db.select(Registration).where(Registration.email == "frida.neu@example.org")).one()
        service_coming.ask(one)
    page.goto(f"{personal}coming?answer=no")
    hand.press("button[name=answer][value=yes]")
    with site.inside():
        query = db.select(Registration.coming).where(Registration.email == "frida.neu@example.org")
        assert db.session.scalars(query).one() == "yes"


def take_over(site: Site, open_page: Callable[..., Page], language: str, *, script: bool) -> None:
    """The colleague follows the own link, without a session of the giver."""
    colleague = open_page(site, **options(language, script=script))
    colleague.goto(link_to(site, COLLEAGUE, "handover"))
    assert "Frida Łuczak" in colleague.inner_text("main")
    Hand(colleague).press(BUTTON)
    assert "Ben Çelik" in colleague.inner_text("main")


def test_new_pages_are_accessible(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, reduced_motion="reduce")
    personal = register(page, site, "de", Hand(page))
    faults = []
    for step in ("address", "handover", "coming"):
        page.goto(f"{personal}{step}")
        faults += [f"{step}: {fault}" for fault in violations(page) + overflow(page)]
    sign_in(page)
    texts, changes = "mails/texts", "changes/cancellation"
    for step in (
        texts,
        f"{texts}/confirmed",
        "coming",
        "mails",
        "mails/undeliverable",
        "changes",
        changes,
        "changes/date",
    ):
        page.goto(f"/admin/kassel-next/{step}")
        faults += [f"{step}: {fault}" for fault in violations(page) + overflow(page)]
    assert faults == []


def test_calling_off_is_seen_at_once(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site)
    sign_in(page)
    page.goto("/admin/kassel-next/changes/cancellation")
    page.fill("#notice-de", "Sturmwarnung.")
    Hand(page).press(BUTTON)
    frame = page.frame_locator("iframe.mail-frame").first
    assert "Sturmwarnung." in frame.locator("body").inner_text()
    assert frame.locator(".from").evaluate("e => getComputedStyle(e).borderTopWidth") == "4px"
    page.locator("button[name=sure]").click()
    page.goto("/de/kassel-next/")
    with i18n.use_language("de"):
        assert i18n._("This event is called off.") in page.inner_text("body")
    with site.inside():
        assert db.session.scalars(db.select(Event.cancelled_at).where(Event.slug == "kassel-next")).one() is not None
