"""The way of a participant: register, confirm, wish, get a workshop, have it in the calendar."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.journeys import Hand, link_in_mail, mails, options, sign_in
from tests.browser.looking import overflow, tab_to, violations
from tests.serving import Site, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADDRESS = "frida@example.org"


def register(page: Page, site: Site, language: str, hand: Hand) -> str:
    """Registers, confirms and leads to the personal page; returns its address."""
    page.goto(f"/{language}/kassel-next/register")
    hand.type("#name", "Frida Łuczak")
    hand.type("#email", ADDRESS)
    hand.press("main form button[type=submit]")
    assert page.url.endswith(f"/{language}/kassel-next/register/received")
    assert ADDRESS in page.inner_text("main")
    page.goto(link_in_mail(site, ADDRESS))
    hand.press("main form button[type=submit]")
    found = re.match(r"(.*/r/[^/]+/)", page.url)
    assert found, page.url
    return found[1]


def wish(page: Page, personal: str, hand: Hand) -> str:
    """Makes the last workshop of the first round the first wish; returns its title."""
    page.goto(personal)
    hand.press("a[href*='/wishes']")
    selects = page.locator("fieldset.wish-round").first.locator("select")
    target = selects.last.get_attribute("id")
    assert target is not None
    hand.choose(f"[id='{target}']", "1")
    title = page.locator(f"[id='{target}-title'] [data-wish-title]").inner_text()
    hand.press("main form button[type=submit]")
    assert title in page.inner_text("main")
    return title


def allocate(page: Page, *, by_keyboard: bool = False) -> None:
    """The organiser computes the places and publishes them."""
    sign_in(page, by_keyboard=by_keyboard)
    page.goto("/admin/kassel-next/allocation")
    Hand(page).press("main form button[type=submit]")
    publish = "form[action$='/application'] button"

    def is_computed() -> bool:
        page.goto(page.url)
        return page.locator(publish).count() == 1

    wait_until(is_computed, 90, 0.5)
    Hand(page, by_keyboard=by_keyboard).press(publish)


@pytest.mark.parametrize(
    ("language", "script", "by_keyboard"), [("de", True, True), ("en", False, False)], ids=["keyboard", "no script"]
)
def test_from_registration_to_calendar(
    site: Site, open_page: Callable[..., Page], language: str, script: bool, by_keyboard: bool
) -> None:
    page = open_page(site, **options(language, script=script))
    hand = Hand(page, by_keyboard=by_keyboard)
    personal = register(page, site, language, hand)
    wish(page, personal, hand)
    organiser = open_page(site, **options("de", script=script))
    allocate(organiser, by_keyboard=by_keyboard)
    titles = workshops(page, personal)
    assert len(titles) == 2
    feed = page.locator("a[href*='/calendar/'], input[value*='/calendar/']").first
    address = feed.get_attribute("href") or feed.input_value()
    status, text, cookie = site.ask(address.removeprefix(site.base).replace("webcal://", "http://"))
    unfolded = text.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")
    assert (status, cookie, [title for title in titles if title not in unfolded]) == (200, "", [])
    wait_until(lambda: len(mails(site, ADDRESS)) == 3)
    last = mails(site, ADDRESS)[-1]
    assert [part["filename"] for part in last.attachments] == ["kassel-next-1.ics", "kassel-next-2.ics"]


def workshops(page: Page, personal: str) -> list[str]:
    """The workshops that the personal page names, in order."""
    page.goto(personal)
    return page.locator(".glance__row:has(.glance__note:first-child) .glance__title").all_inner_texts()


def test_new_run_is_accessible(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, reduced_motion="reduce")
    allocate(page)
    faults = violations(page) + overflow(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/admin/kassel-next/allocation/what-if")
    faults += violations(page) + overflow(page)
    assert faults == []


@pytest.mark.parametrize(("language", "script"), [("de", False), ("en", True)])
def test_mistakes_keep_what_was_typed(
    shown_site: Site, open_page: Callable[..., Page], language: str, script: bool
) -> None:
    page = open_page(shown_site, **options(language, script=script))
    page.goto(f"/{language}/kassel-next/register")
    page.fill("#name", "Ğizem Šimić")
    page.fill("#email", "no address")
    Hand(page).press("main form button[type=submit]")
    assert page.input_value("#name") == "Ğizem Šimić"
    page.click(".error-summary a")
    assert page.locator("#email:focus").count() == 1
    assert page.get_attribute("#email", "aria-invalid") == "true"


def test_first_stop_of_the_tab_key_skips_to_the_content(shown_site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(shown_site)
    page.goto("/de/kassel-next/programme")
    tab_to(page, "a[href='#main']", most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
