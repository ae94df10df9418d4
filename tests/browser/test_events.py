"""The way of an organiser who copies an event, and of a visitor who wants to know when registration opens."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from eventsite.mail.links import resolved
from tests.browser.journeys import Hand, mails, options, sign_in
from tests.browser.looking import overflow, violations
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADDRESS = "clara.vormerken@example.org"


@pytest.mark.parametrize(("script", "by_keyboard"), [(True, True), (False, False)], ids=["keyboard", "no script"])
def test_copy_and_list_for_the_opening(
    site: Site, open_page: Callable[..., Page], script: bool, by_keyboard: bool
) -> None:
    page = open_page(site, **options("de", script=script))
    hand = Hand(page, by_keyboard=by_keyboard)
    sign_in(page, by_keyboard=by_keyboard)
    page.goto("/admin/kassel-next/copy")
    hand.type("#slug", "kassel-wieder")
    hand.press("main form button.button--primary")
    if script:
        assert violations(page) == []
    assert "In der Kopie" in page.inner_text("main")
    hand.press("button[name=sure]")
    assert page.url.endswith("/admin/kassel-wieder/")
    assert "Die Kopie ist da" in page.inner_text("main")
    assert site.ask("/de/kassel-wieder/")[0] == 404

    page.goto("/de/bildungsbericht-online/")
    hand.press(".action a.button")
    hand.type("#email", ADDRESS)
    if script:
        assert violations(page) == []
    hand.press("main form button")
    (mail,) = mails(site, ADDRESS)
    with site.inside():
        address = next(line for line in resolved(mail.text, site.base).splitlines() if "/n/" in line).strip()
    page.goto(address.removeprefix(site.base))
    hand.press("main form button")
    assert f"{ADDRESS} steht auf der Liste." in page.inner_text("main")
    if script:
        assert violations(page) == []
        assert overflow(page) == []
