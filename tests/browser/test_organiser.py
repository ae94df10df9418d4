"""The way of an organiser: sign in, write a finding, publish; page and PDF show it. And the policy that guards it."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, Route

from tests.browser.journeys import Hand, options, sign_in
from tests.serving import Site, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FINDING = "Türen öffnen sich von innen: Zażółć gęślą jaźń"


@pytest.mark.parametrize(("script", "by_keyboard"), [(True, True), (False, False)], ids=["keyboard", "no script"])
def test_from_finding_to_page_and_pdf(
    site: Site, open_page: Callable[..., Page], tmp_path: Path, script: bool, by_keyboard: bool
) -> None:
    page = open_page(site, **options("de", script=script))
    sign_in(page, by_keyboard=by_keyboard)
    page.goto("/admin/kassel/documentation")
    Hand(page).press("section[aria-labelledby='findings-heading'] ol a")
    Hand(page, by_keyboard=by_keyboard).type("#title-de", FINDING)
    Hand(page, by_keyboard=by_keyboard).press("main button.button--primary")
    page.goto("/admin/kassel/documentation")
    assert FINDING in page.inner_text("main")
    assert FINDING not in site.ask("/de/kassel/documentation")[1]
    Hand(page, by_keyboard=by_keyboard).press("form[action$='/versions'] button")
    wait_until(lambda: FINDING in site.ask("/de/kassel/documentation")[1], 120, 0.5)
    target = tmp_path / "documentation.pdf"
    with urlopen(f"{site.base}/de/kassel/documentation.pdf") as answer:
        target.write_bytes(answer.read())
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/pdf")
    text = subprocess.run(["pdftotext", "-q", target, "-"], capture_output=True, text=True, check=True).stdout
    assert FINDING in " ".join(text.split())


def test_inline_script_is_not_run(shown_site: Site, open_page: Callable[..., Page]) -> None:
    """The control: what the other tests watch for is seen when it happens."""
    page = open_page(shown_site, is_watched=False)

    def planted(route: Route) -> None:
        answer = route.fetch()
        body = answer.text().replace("</body>", "<script>document.title = 'planted'</script></body>")
        route.fulfill(response=answer, body=body)

    page.route("**/de/kassel/", planted)
    with page.expect_console_message(lambda message: "policy broken: script-src" in message.text):
        page.goto("/de/kassel/")
    assert page.title() != "planted"
