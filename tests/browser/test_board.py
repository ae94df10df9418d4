"""The board of rooms and times: by keyboard, by dragging with mouse and finger, and without script; undone each time."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.journeys import options, sign_in
from tests.browser.looking import tab_to, violations
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOARD = "/admin/kassel-next/programme/board"
COFFEE, WELCOME = "Kaffeepause und Wege in die Räume", "Begrüßung"


def card(page: Page, title: str) -> Locator:
    return page.locator(f"[data-card][data-title='{title}']")


def place(page: Page, title: str) -> tuple[str, str]:
    """The times on a card, and the room whose column it is in."""
    one = card(page, title)
    room = one.evaluate("card => card.closest('[data-column]').querySelector('h3').textContent.trim()")
    return str(one.locator(".plan__time").text_content()).split()[0], room


def undo(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Rückgängig machen").click()


def test_item_is_moved_by_keyboard(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, **options("de", script=True))
    sign_in(page)
    page.goto(BOARD)
    assert violations(page) == []
    before, grip = place(page, COFFEE), f"[data-card][data-title='{COFFEE}'] [data-grip]"
    tab_to(page, grip)
    page.keyboard.press("ArrowDown")
    live = page.locator("[data-plan-live]")
    assert str(live.text_content()).startswith(f"„{COFFEE}“ kommt auf 10:55–11:30, Foyer.")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowUp")
    for _time in range(4):
        page.keyboard.press("ArrowUp")
    assert "Gleichzeitig mit „Das Quartier lernt mit“. Noch nicht gespeichert" in str(live.text_content())
    page.keyboard.press("Escape")
    assert place(page, COFFEE) == before and "steht wieder, wo es war" in str(live.text_content())
    for key in ("ArrowRight", "ArrowDown", "+"):
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert place(page, COFFEE) == ("10:55–11:35", "Färberei")
    assert page.evaluate("grip => document.activeElement.matches(grip)", grip)
    assert "steht jetzt hier" in str(page.locator(".notices").text_content())
    assert violations(page) == []
    undo(page)
    assert place(page, COFFEE) == before


def drag(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Drags with the mouse from a point, in steps as a hand does."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0] / 2, start[1] + by[1] / 2)
    page.mouse.move(start[0] + by[0], start[1] + by[1])
    with page.expect_navigation():
        page.mouse.up()


def corner(one: Locator) -> dict[str, float]:
    one.scroll_into_view_if_needed()
    box = one.bounding_box()
    assert box is not None
    return dict(box)


def test_item_is_dragged_and_made_longer(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, has_touch=True, **options("de", script=True))
    sign_in(page)
    page.goto(BOARD)
    before, column = place(page, COFFEE), corner(page.locator("[data-column]").first)["width"]
    box = corner(card(page, COFFEE))
    drag(page, (box["x"] + 60, box["y"] + 8), (column, 60))
    assert place(page, COFFEE) == ("11:10–11:45", "Färberei")
    box = corner(card(page, COFFEE))
    page.mouse.move(box["x"] + 60, box["y"] + 8)
    edge = corner(card(page, COFFEE).locator("[data-edge]"))
    drag(page, (edge["x"] + 40, edge["y"] + 3), (0, 20))
    assert place(page, COFFEE) == ("11:10–11:55", "Färberei")
    by_finger(page, corner(card(page, COFFEE).locator("[data-grip]")), -column)
    assert place(page, COFFEE) == ("11:10–11:55", "Foyer")
    for _time in range(3):
        undo(page)
    assert place(page, COFFEE) == before


def by_finger(page: Page, box: dict[str, float], across: float) -> None:
    """Drags the handle sideways with a finger."""
    session = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    with page.expect_navigation():
        for kind, to in (
            ("touchStart", x),
            ("touchMove", x + across / 2),
            ("touchMove", x + across),
            ("touchEnd", None),
        ):
            points = [] if to is None else [{"x": to, "y": y}]
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_item_is_moved_without_script(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site, viewport={"width": 390, "height": 844}, **options("de", script=False))
    sign_in(page)
    page.goto(BOARD)
    before = place(page, WELCOME)
    with page.expect_navigation():
        card(page, WELCOME).get_by_role("link", name="Verlegen").click()
    page.fill("#length", "10")
    page.select_option("#room", label="Foyer")
    with page.expect_navigation():
        page.click("main .form button[type=submit]")
    assert place(page, WELCOME) == ("09:30–09:40", "Foyer")
    undo(page)
    assert place(page, WELCOME) == before
