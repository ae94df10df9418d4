"""A workshop moves to another room: released with a word, those concerned counted, one mail to them, and the feed tells it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from eventsite.core.db import db
from eventsite.mail.models import OutboxMessage
from tests.browser.journeys import Hand, options, sign_in
from tests.browser.looking import overflow, violations
from tests.serving import Site, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DRAFT, RELEASES = "/admin/kassel-next/programme", "/admin/kassel-next/releases"


def letters(site: Site) -> list[str]:
    """To whom mails about a release were written."""
    with site.inside():
        query = db.select(OutboxMessage).where(OutboxMessage.cause.startswith("release:"))
        return [row.to_address for row in db.session.scalars(query)]


@pytest.mark.parametrize("by_keyboard", [True], ids=["keyboard"])
def test_from_the_other_room_to_the_mail_and_the_feed(
    site: Site, open_page: Callable[..., Page], by_keyboard: bool
) -> None:
    page = open_page(site, **options("de", script=True))
    sign_in(page)
    hand = Hand(page, by_keyboard=by_keyboard)
    page.goto(DRAFT)
    page.get_by_role("link", name="Die Schule nach 16 Uhr").first.click()
    room = page.locator("#room_id")
    other = next(value for value in room.locator("option").evaluate_all("all => all.map(o => o.value)") if value != "0")
    if room.input_value() == other:
        other = room.locator("option").evaluate_all("all => all.map(o => o.value)")[-1]
    room.select_option(other)
    with page.expect_navigation():
        page.locator("main form.form button[type=submit]").first.click()
    page.goto(RELEASES)
    assert ("1 Änderung:" in page.inner_text("main"), violations(page), overflow(page)) == (True, [], [])
    page.set_viewport_size({"width": 1280, "height": 900})
    hand.type("[name=note-de]", "Die Heizung ist ausgefallen.")
    if page.locator("#anyway").count():
        page.check("#anyway")
    hand.press("main form.form button.button--primary")
    assert "Die Heizung ist ausgefallen." in page.inner_text("main")
    hand.press(".desk__tools .button--primary")
    shown = page.inner_text("main")
    assert ("Wunsch nach einem geänderten Workshop" in shown, violations(page), overflow(page)) == (True, [], [])
    page.set_viewport_size({"width": 1280, "height": 900})
    hand.press("section[aria-labelledby=circle] .button--primary")
    assert ("Die Heizung ist ausgefallen." in page.input_value("[name=opening-de]"), violations(page)) == (True, [])
    hand.press("button[name=deed][value=send]")
    assert "Post" in page.inner_text("[role=status]")
    wait_until(lambda: len(letters(site)) > 1)
    addresses = letters(site)
    assert len(addresses) == len(set(addresses))
    feed = page.request.get("/de/kassel-next/changes.atom")
    assert (feed.status, "Die Heizung ist ausgefallen." in feed.text()) == (200, True)
