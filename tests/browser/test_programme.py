"""Reading the programme: filters by keyboard, what is on now, a copy for times without a line, the screen of a room."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from eventsite.events import queries as events
from eventsite.programme import queries
from tests.browser.looking import overflow, tab_to, violations
from tests.serving import Site

pytestmark = pytest.mark.browser
PROGRAMME = "/de/kassel-next/programme"
VIEWS = ("", "?view=rooms", "?kind=workshop", "?kind=workshop&view=rooms", "?kind=nix", "?view=print")


def keynote_time(site: Site) -> float:
    """Ten minutes after the keynote of the demonstration has begun, in seconds of the epoch."""
    with site.inside():
        programme = queries.released(events.get_event("kassel-next").id)
        assert programme is not None
        (found,) = [item for item in programme.items if item["kind"] == "keynote"]
        return float(found["starts_at"].timestamp()) + 600


def test_reader_finds_filters_by_keyboard_and_sees_what_is_on(shown_site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(shown_site)
    page.clock.set_fixed_time(keynote_time(shown_site))
    page.goto(PROGRAMME)
    tab_to(page, ".sieve > summary")
    page.keyboard.press("Enter")
    tab_to(page, ".sieve__options a[href*='kind=workshop']")
    page.keyboard.press("Enter")
    expect(page.locator(".sieve__count")).to_have_text("8 Programmpunkte passen")
    expect(page.locator("main h4.entry__title")).to_have_count(8)
    tab_to(page, ".views a[href*='view=rooms']")
    page.keyboard.press("Enter")
    expect(page.locator(".rooms__cell")).to_have_count(8)
    page.goto(PROGRAMME)
    expect(page.locator(".slot.is-now .entry__title")).to_have_text("Das Quartier lernt mit")
    page.locator("[data-now-link]").click()
    expect(page.locator("#now")).to_be_in_viewport()
    page.goto(f"{PROGRAMME}?view=rooms")
    expect(page.locator(".rooms__cell.is-now .entry__title")).to_have_text("Das Quartier lernt mit")


def test_every_view_is_accessible_and_fits_a_phone(shown_site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(shown_site, reduced_motion="reduce")
    page.clock.set_fixed_time(keynote_time(shown_site))
    faults = []
    for view in VIEWS:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(PROGRAMME + view)
        found = violations(page)
        page.set_viewport_size({"width": 390, "height": 800})
        page.emulate_media(color_scheme="dark")
        found += violations(page) + overflow(page)
        faults += [f"{view}: {one}" for one in found]
    assert faults == []


def test_without_script_nothing_is_missing_and_nothing_is_wrong(
    shown_site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(shown_site, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto(PROGRAMME)
    page.locator(".sieve > summary").click()
    page.locator(".sieve__options a[href*='kind=keynote']").click()
    expect(page.locator(".entry__title")).to_have_text(["Das Quartier lernt mit"])
    expect(page.locator("[data-offline]")).to_be_hidden()
    expect(page.locator(".is-now, #now")).to_have_count(0)
    page.goto("/de/kassel-next/rooms/webersaal/now")
    expect(page.locator(".act--next .act__title")).to_have_text("Begrüßung")
    expect(page.locator("[data-clock]")).to_be_hidden()


def test_a_lost_line_is_told_and_the_copy_goes_on(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, is_watched=False)
    page.goto(PROGRAMME)
    stored = "async () => [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length]"
    assert page.evaluate(stored) == [0, 0]
    keep, remove, state = (page.locator(f"[data-offline-{name}]") for name in ("keep", "remove", "state"))
    keep.click()
    expect(remove).to_be_visible(timeout=60_000)
    expect(state).to_contain_text("Offline-Kopie, Stand: ")
    screen = page.context.new_page()
    screen.goto("/de/kassel-next/rooms/webersaal/now")
    expect(screen.locator(".act--next .act__title")).to_have_text("Begrüßung")
    site.kill()
    for path, title in ((PROGRAMME, "Programm"), ("/de/kassel-next/venue", "Alte Webstube")):
        page.goto(path)
        expect(page.locator("h1")).to_have_text(title)
        expect(page.locator(".strip")).to_contain_text("Offline-Kopie, Stand: ")
    page.goto(PROGRAMME)
    assert page.evaluate("getComputedStyle(document.querySelector('.day__date')).borderTopWidth") == "3px"
    page.locator("h3.entry__title a").first.click()
    expect(page.locator("h1")).to_have_text("Begrüßung")
    page.goto("/de/kassel-next/speakers")
    expect(page.locator("h1")).to_have_text("Diese Seite gehört nicht zur Offline-Kopie.")
    line = screen.locator("[data-line]")
    expect(line).to_contain_text("Keine Verbindung seit ", timeout=45_000)
    expect(screen.locator(".act--next .act__title")).to_have_text("Begrüßung")
    site.start()
    expect(line).to_have_text("", timeout=45_000)
    page.goto(PROGRAMME)
    expect(page.locator(".strip")).to_have_count(0)
    remove.click()
    expect(keep).to_be_visible()
    assert page.evaluate(stored) == [0, 0]
