"""A call for workshops walked through: proposed on a phone without a script, rated by keyboard, decided, told, landed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from eventsite.mail.links import resolved
from eventsite.proposals import service_review
from tests.browser.journeys import Hand, mails, options, sign_in
from tests.browser.looking import overflow, tab_to, violations
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}
ADDRESS = "frida@example.org"
LIST = "/admin/kassel-next/proposals"
SEND = "button[name=deed][value=send]"


def link_in_last_mail(site: Site) -> str:
    with site.inside():
        found = re.search(r"https?://\S+/p/\S+", resolved(mails(site, ADDRESS)[-1].text, site.base))
    assert found is not None
    return found[0]


def test_from_the_phone_into_the_programme(site: Site, open_page: Callable[..., Page]) -> None:
    phone, desk = open_page(site, **options("de", script=False), **PHONE), open_page(site, **options("de", script=True))
    propose(phone, site)
    sign_in(desk)
    uid = rate_by_keyboard(desk)
    desk.goto(LIST)
    assert violations(desk) == []
    desk.check("tr:has-text('Lernwege legen') input")
    desk.select_option("#deed", "accept")
    Hand(desk).press("#choose button[type=submit]")
    desk.goto(f"{LIST}/decisions")
    assert violations(desk) == []
    before = len(mails(site, ADDRESS))
    Hand(desk).press("section[aria-labelledby=send] button[type=submit]")
    with site.inside():
        service_review.write_due()  # what the worker does
    assert [mail.subject[:27] for mail in mails(site, ADDRESS)[before:]] == ["Ihr Vorschlag ist angenomme"]
    phone.goto(link_in_last_mail(site))
    Hand(phone).press("form[action$=yes] button")
    assert "Sie sind dabei." in phone.inner_text("main")
    desk.goto(f"{LIST}/{uid}/landing")
    assert violations(desk) == []
    Hand(desk).press("main form button[type=submit]")
    told = desk.inner_text("main")
    assert "Frida Łuczak" in told and "Bo Brief" in told and f"{LIST}/{uid}" in desk.content()


def propose(phone: Page, site: Site) -> None:
    """From the front page to the confirmed proposal; a mistake and a further line keep what was typed."""
    phone.goto("/de/kassel-next/")
    Hand(phone).press("section[aria-labelledby=call] a")
    Hand(phone).press("main .action a.button--primary")
    phone.fill("#title", "Lernwege legen")
    phone.fill("#name_0", "Frida Łuczak")
    phone.fill("#email_0", ADDRESS)
    phone.fill("#name_1", "Bo Brief")
    Hand(phone).press("button[name=more]")
    assert phone.locator("#name_2").count() == 1
    phone.check("#is_allowed")
    Hand(phone).press(SEND)
    assert phone.locator(".error-summary li").count() == 1
    assert (phone.input_value("#name_1"), phone.is_checked("#is_allowed")) == ("Bo Brief", True)
    assert overflow(phone) == []
    phone.fill("#abstract", "Wir legen Wege zwischen Lernorten.")
    Hand(phone).press(SEND)
    assert ADDRESS in phone.inner_text("main")
    phone.goto(link_in_last_mail(site))
    Hand(phone).press("form[action$=confirmation] button")
    assert "Ihr Vorschlag ist angekommen." in phone.inner_text("main")
    assert overflow(phone) == []


def rate_by_keyboard(desk: Page) -> str:
    """Rates what is open, one after the other, with arrow and Enter; where the new one stood."""
    desk.goto(f"{LIST}?mine=missing")
    Hand(desk).press("tbody th a")
    rated = []
    for _one in range(10):
        assert violations(desk) == []
        rated.append((desk.inner_text("h1"), desk.url))
        if "next=yes" not in desk.url:
            tab_to(desk, "#value-0")
        desk.keyboard.press("ArrowRight")
        with desk.expect_navigation():
            desk.keyboard.press("Enter")
        if "next=yes" not in desk.url:
            break
    uids = {title: re.sub(r".*/proposals/([^?]*).*", r"\1", url) for title, url in rated}
    assert len(uids) == 4 and "Lernwege legen" in uids
    return uids["Lernwege legen"]
