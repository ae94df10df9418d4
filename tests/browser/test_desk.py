"""The organisers' desk: tick two people, look at the preview, do it, see the result; with and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.journeys import Hand, options, sign_in
from tests.browser.looking import overflow, violations
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIST = "/admin/kassel-next/registrations"


def look(page: Page) -> None:
    """The page as it is keeps to WCAG, and needs no scrolling sideways on a small phone."""
    assert (violations(page), overflow(page)) == ([], [])
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize(("script", "by_keyboard"), [(True, True), (False, False)], ids=["keyboard", "no script"])
def test_from_ticks_to_result(site: Site, open_page: Callable[..., Page], script: bool, by_keyboard: bool) -> None:
    page = open_page(site, **options("de", script=script))
    sign_in(page)
    page.goto(f"{LIST}?status=confirmed")
    hand = Hand(page, by_keyboard=by_keyboard)
    boxes = page.locator("input[name='chosen']")
    names = page.locator("tbody th[scope='row']").all_inner_texts()[:2]
    for number in range(2):
        boxes.nth(number).focus()
        page.keyboard.press("Space")
    page.select_option("#deed", "cancel")
    hand.press("#choose button")
    preview = page.inner_text("main")
    assert [name in preview for name in names] == [True, True]
    if script:
        look(page)
    page.check("input[name='notify'][value='no']")
    hand.type("#reason", "Doppelt angemeldet")
    hand.press("main form.form button[type=submit]")
    result = page.inner_text("main")
    assert ("Es wurde niemand angeschrieben." in result, "Doppelt angemeldet" in result) == (True, True)
    if script:
        look(page)
    page.goto(f"{LIST}?status=cancelled&q={names[0].split()[-1]}")
    Hand(page).press("tbody th[scope='row'] a")
    assert "Doppelt angemeldet" in page.inner_text("section[aria-labelledby='history']")
