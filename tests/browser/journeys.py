"""Steps of the journeys that several tests walk: reading a mail, signing in, filling in by keyboard or by pointer."""

import re
from typing import Any

from playwright.sync_api import Page

from eventsite.core.db import db
from eventsite.mail.links import resolved
from eventsite.mail.models import OutboxMessage
from tests.browser.conftest import EMAIL, PASSWORD
from tests.browser.looking import tab_to
from tests.serving import Site

_LINK = re.compile(r"https?://\S+/r/\S+")


def mails(site: Site, address: str) -> list[OutboxMessage]:
    """The mails to an address, oldest first."""
    with site.inside():
        query = db.select(OutboxMessage).where(OutboxMessage.to_address == address).order_by(OutboxMessage.id)
        found = list(db.session.scalars(query))
        db.session.expunge_all()
        return found


def link_in_mail(site: Site, address: str) -> str:
    """The personal link of the last mail to an address that has one, as the reader gets it."""
    with site.inside():
        texts = [resolved(mail.text, site.base) for mail in mails(site, address)]
    found = [match for text in texts if (match := _LINK.search(text))]
    assert found, texts
    return found[-1][0].rstrip(".)>")


class Hand:
    """Fills in forms by pointer, or by keyboard alone."""

    def __init__(self, page: Page, *, by_keyboard: bool = False) -> None:
        self.page, self.by_keyboard = page, by_keyboard

    def type(self, selector: str, text: str) -> None:
        """Types into a field."""
        if self.by_keyboard:
            tab_to(self.page, selector)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        else:
            self.page.fill(selector, text)

    def choose(self, selector: str, value: str) -> None:
        """Chooses from a list; by keyboard the first letters of the option."""
        if self.by_keyboard:
            tab_to(self.page, selector)
            self.page.keyboard.type(value)
        else:
            self.page.select_option(selector, value)

    def press(self, selector: str) -> None:
        """Presses a button or follows a link, and waits for the next page."""
        if self.by_keyboard:
            tab_to(self.page, selector)
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")
        else:
            with self.page.expect_navigation():
                self.page.click(selector)


def sign_in(page: Page, *, by_keyboard: bool = False) -> None:
    """Signs the organiser in."""
    page.goto("/admin/sign-in")
    hand = Hand(page, by_keyboard=by_keyboard)
    hand.type("#email", EMAIL)
    hand.type("#password", PASSWORD)
    hand.press("main button[type=submit]")
    assert page.url.endswith("/admin/"), page.url


def options(language: str, *, script: bool) -> dict[str, Any]:
    """A window of somebody who reads this language, with or without scripts."""
    return {"locale": {"de": "de-DE", "en": "en-GB"}[language], "java_script_enabled": script}
