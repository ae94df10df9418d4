"""The speakers' desk: add a person, put the focus of a portrait, let the person stand first, merge two and split them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.browser.journeys import Hand, options, sign_in
from tests.browser.looking import overflow, violations
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK = "/admin/kassel-next/speakers"


def look(page: Page) -> None:
    """The page as it is keeps to WCAG, and needs no scrolling sideways on a small phone."""
    assert (violations(page), overflow(page)) == ([], [])
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize(("script", "by_keyboard"), [(True, False), (False, True)], ids=["script", "keyboard"])
def test_from_a_name_to_a_merged_profile(
    site: Site, open_page: Callable[..., Page], tmp_path: Path, script: bool, by_keyboard: bool
) -> None:
    page = open_page(site, **options("de", script=script))
    sign_in(page)
    hand = Hand(page, by_keyboard=by_keyboard)
    page.goto(f"{DESK}/new")
    hand.type("#name", "Aylin Gögüs")
    hand.press("main form.form button[type=submit]")
    assert "Prof. Dr. Aylin Göğüş" in page.inner_text(".notice")
    page.check("#is_another")
    hand.press("main form.form button[type=submit]")
    profile = page.url
    add_portrait(page, hand, tmp_path, script=script)
    page.goto(profile)
    hand.press("main a[href$='/merge']")
    assert page.locator("#other option").first.inner_text().startswith("Prof. Dr. Aylin Göğüş")
    hand.press("main form.form button[type=submit]")
    page.check("input[name=name][value=other]")
    if script:
        look(page)
    hand.press("main form.merge button[type=submit]")
    page.goto(f"{DESK}?q=gogus")
    assert page.locator("tbody th[scope=row]").all_inner_texts() == ["Prof. Dr. Aylin Göğüş"]
    page.goto("/de/kassel-next/speakers/prof-dr-aylin-goegues")
    assert page.url.endswith("/speakers/aylin-goegues")
    page.goto(f"{profile}/split")
    if script:
        look(page)
    hand.press("main form.form button[type=submit]")
    page.goto(f"{DESK}?q=gogus")
    assert page.locator("tbody th[scope=row]").count() == 2


def add_portrait(page: Page, hand: Hand, folder: Path, *, script: bool) -> None:
    """Uploads a picture and puts its focus at a quarter, by a click or by numbers."""
    file = folder / "portrait.jpg"
    picture = Image.new("RGB", (1200, 600), "teal")
    picture.paste("gold", (600, 0, 1200, 600))
    picture.save(file)
    hand.press("main a[href$='/portrait']")
    page.set_input_files("#picture", file)
    hand.type("#credit", "Ada Bild")
    hand.press("main form[enctype] button[type=submit]")
    before = page.get_attribute(".portrait-desk__crop img", "src")
    if script:
        box = page.locator(".portrait-desk__whole img").bounding_box()
        assert box
        page.locator(".portrait-desk__whole img").click(position={"x": box["width"] / 4, "y": box["height"] / 4})
        assert [page.input_value(field) for field in ("#x", "#y")] == ["25", "25"]
        look(page)
    else:
        page.fill("#x", "25")
        page.fill("#y", "25")
    hand.press("main form[action$=focus] button[type=submit]")
    assert page.input_value("#x") == "25"
    assert page.get_attribute(".portrait-desk__crop img", "src") != before
