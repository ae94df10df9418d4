"""The form with a question of every kind: accessible, usable by keyboard and without a script, nothing typed is lost."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from eventsite.core import clock
from eventsite.events import queries as events
from tests.browser.conftest import serve
from tests.browser.journeys import Hand, link_in_mail, options, sign_in
from tests.browser.looking import overflow, tab_to, violations
from tests.every_kind import ask_every_kind
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n"
)
SEND = "main form button[type=submit]"


@pytest.fixture(scope="module")
def site(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all of this file, with a question of every kind in the form of the next meeting."""
    site = serve(demonstration, tmp_path_factory.mktemp("asked") / "data")
    with site.inside():
        ask_every_kind(events.get_event("kassel-next").id, clock.now() + timedelta(days=3))
    yield site
    site.kill()


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_is_accessible_also_with_every_mistake(
    site: Site, open_page: Callable[..., Page], language: str
) -> None:
    page = open_page(site, **options(language, script=True), reduced_motion="reduce")
    page.goto(f"/{language}/kassel-next/register")
    faults = violations(page) + overflow(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    for key in ("number", "phone", "url"):
        page.fill(f"#q_{key}", "nonsense")
    page.check("#q_yes-no-0")
    page.set_input_files("#q_file", {"name": "page.pdf", "mimeType": "application/pdf", "buffer": b"<!DOCTYPE html>"})
    Hand(page).press(SEND)
    assert page.locator(".error-summary li").count() == 8  # name, address, must, the three, the file, the dependent one
    faults += violations(page) + overflow(page)
    assert faults == []


def test_condition_shows_and_hides_and_the_keyboard_reaches_everything(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(site, **options("en", script=True))
    page.goto("/en/kassel-next/register")
    dependent = page.locator("#q_dinner-text")
    assert dependent.is_visible() is False
    tab_to(page, "#q_yes-no-0")
    page.keyboard.press("Space")
    assert dependent.is_visible() is True
    tab_to(page, "#q_dinner-text")
    page.keyboard.type("A table by the window")
    page.check("#q_yes-no-1")
    assert dependent.is_visible() is False


def test_without_a_script_a_mistake_costs_nothing(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, **options("de", script=False))
    page.goto("/de/kassel-next/register")
    page.fill("#name", "Frida Łuczak")
    page.fill("#q_must", "ja")
    page.fill("#q_date", "2027-03-11")
    page.fill("#q_early", "Bitte DGS")
    page.check("#q_multiple-0")
    page.check("#q_yes-no-0")
    page.select_option("#q_country", "PL")
    page.set_input_files("#q_file", {"name": "Plan.pdf", "mimeType": "application/pdf", "buffer": PDF})
    Hand(page).press(SEND)
    kept = [page.input_value(f"#q_{key}") for key in ("must", "date", "early", "country")]
    assert (kept, page.is_checked("#q_multiple-0")) == (["ja", "2027-03-11", "Bitte DGS", "PL"], True)
    assert "Wir haben: Plan.pdf" in page.inner_text("main")
    page.fill("#email", "frida@example.org")
    page.fill("#q_dinner-text", "Fensterplatz")
    Hand(page).press(SEND)
    page.goto(link_in_mail(site, "frida@example.org"))
    Hand(page).press(SEND)
    told = page.inner_text("main")
    assert [text for text in ("Fensterplatz", "Plan.pdf (1 kB)", "11. März 2027", "Polen") if text not in told] == []


def test_editor_and_preview_are_accessible(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, **options("de", script=True), reduced_motion="reduce")
    sign_in(page)
    faults = []
    for path in ("", "/new", "/multiple", "/preview?language=en"):
        page.goto(f"/admin/kassel-next/questions{path}")
        faults += violations(page) + overflow(page)
        page.set_viewport_size({"width": 1280, "height": 900})
    assert faults == []
