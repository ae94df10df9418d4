"""J11: an organiser allocates workshops: run, compare, try a closed workshop, fix somebody, publish; by keyboard or without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.mail.models import OutboxMessage
from eventsite.registration.models import Registration
from tests.browser.journeys import Hand, options, sign_in
from tests.browser.looking import tab_to, violations
from tests.serving import Site, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ALLOCATION = "/admin/kassel-next/allocation"


class Desk:
    """The hands of the organiser; every page looked at is clean for axe, which itself needs scripts."""

    def __init__(self, page: Page, *, by_keyboard: bool, script: bool) -> None:
        self.page, self.by_keyboard, self.script = page, by_keyboard, script
        self.hand = Hand(page, by_keyboard=by_keyboard)

    def go(self, path: str) -> None:
        """Opens a page of the allocation."""
        self.page.goto(f"{ALLOCATION}{path}")
        self.look()

    def look(self) -> None:
        """What axe says of the page."""
        assert not self.script or violations(self.page) == []

    def tick(self, selector: str) -> None:
        """Chooses a box or a radio button."""
        if self.by_keyboard:
            tab_to(self.page, selector)
            self.page.keyboard.press("Space")
        else:
            self.page.check(selector, force=True)

    def finish(self) -> None:
        """Waits for the worker; without script the organiser reloads."""
        wait_until(lambda: self.page.goto(self.page.url) and not self.page.locator("progress").count(), 60, 0.5)
        self.look()


def counted(site: Site) -> int:
    """How many mails of the allocation there are."""
    with site.inside():
        return len(
            list(db.session.scalars(db.select(OutboxMessage.id).where(OutboxMessage.cause.like("allocated:%:%"))))
        )


def taking_part(site: Site) -> int:
    """How many people take part in the event to be allocated; those without an address get a letter."""
    with site.inside():
        query = db.select(Registration.id).join(Event, Event.id == Registration.event_id)
        here = Event.slug == "kassel-next", Registration.status == "confirmed"
        return len(list(db.session.scalars(query.where(*here))))


@pytest.mark.parametrize(
    ("language", "script", "by_keyboard"), [("de", True, True), ("en", False, False)], ids=["keyboard", "no script"]
)
def test_workshops_are_allocated(
    site: Site, open_page: Callable[..., Page], language: str, script: bool, by_keyboard: bool
) -> None:
    page = open_page(site, **options(language, script=script))
    sign_in(page, by_keyboard=by_keyboard)
    desk, before = Desk(page, by_keyboard=by_keyboard, script=script), counted(site)
    desk.go("/rules")
    desk.go("")
    desk.hand.press("section[aria-labelledby='next'] button.button--primary")
    desk.finish()
    desk.go("/what-if")
    desk.tick("#closed-0")
    desk.hand.press("main button.button--primary")
    desk.finish()
    assert page.locator("#beside").count() == 1
    desk.go("")
    for place in (1, 2):
        desk.tick(f"tbody tr:nth-child({place}) input[name='run']")
    desk.hand.press("form[action$='/comparison'] button")
    desk.look()
    assert page.locator("th.number a").count() >= 2
    fix_somebody(desk)
    desk.go("")
    desk.hand.press("section[aria-labelledby='next'] button.button--primary")
    desk.finish()
    desk.hand.press("form[action$='/application'] button")
    desk.look()
    assert counted(site) - before == taking_part(site)
    desk.go("/board")
    desk.go("/lists")


def fix_somebody(desk: Desk) -> None:
    """Somebody from the first workshop into the second, with the price in figures; undone, and fixed again."""
    page = desk.page
    desk.go("/board")
    chosen = page.locator("section[data-column] input[name='registration']").first.get_attribute("id")
    second = page.locator("#item option").nth(1)
    for _time in range(2):
        desk.tick(f"#{chosen}")
        if desk.by_keyboard:
            page.locator("#item").focus()
            page.keyboard.type("2")
        else:
            page.select_option("#item", second.get_attribute("value"))
        desk.hand.press("button[name='deed'][value='pin']")
        desk.look()
        assert page.locator(f"#{chosen}").is_checked()
        assert page.locator(".board__steps .is-worse, .board__steps .is-plain").count() >= 1
        if _time == 0:
            desk.hand.press("button[form='undo']")
            assert page.locator(".board__steps .is-worse, .board__steps .is-plain").count() == 0
