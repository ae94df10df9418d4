"""What the browser tests ask of a page: axe, reflow, and the way of the keyboard."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = 320


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page as it is: rule, place, and why; all rules of WCAG 2.2 A and AA unless some are named."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    found: dict[str, Any] = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations'], preload: false})", only
    )
    return [
        f"{one['id']}: {node['html'][:160]} – {' '.join((node['failureSummary'] or '').split())[:240]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def overflow(page: Page) -> list[str]:
    """What sticks out on a window of 320 pixels, where nothing may need scrolling sideways."""
    page.set_viewport_size({"width": NARROW, "height": 640})
    found: list[str] = page.evaluate(
        """() => {
            const wide = document.documentElement.scrollWidth;
            if (wide <= window.innerWidth) return [];
            const out = [...document.body.querySelectorAll('*')]
                .filter(one => one.getBoundingClientRect().right > window.innerWidth + 1);
            return [`${wide} pixels wide`, ...out.slice(0, 4).map(one => one.outerHTML.slice(0, 120))];
        }"""
    )
    return found


def tab_to(page: Page, selector: str, most: int = 250) -> None:
    """Goes on with the tab key until this control has the focus, which must be visible."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            outline = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                " return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"
            )
            assert outline, f"the focus on {selector} cannot be seen"
            return
    raise AssertionError(f"the tab key never reaches {selector} on {page.url}")
