"""Screenshots of every page of the demonstration into var/shots; with --readme the README's few into docs/pictures.

Builds a demonstration of its own (kept in var/shots/demo), serves it, and looks at each page with Debian's Chromium at
1280 and 390 px, light and dark, in German and English.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "var/shots"
PORT = 8791
BASE = f"http://127.0.0.1:{PORT}"
PASSWORD = "screenshots-only-here"
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
PUBLIC = (
    "", "kassel/", "kassel/programme", "kassel/speakers", "kassel/speakers/markus-weiland", "kassel/documentation",
    "kassel/gallery", "kassel/downloads", "kassel/travel", "kassel/imprint", "kassel/privacy", "kassel/accessibility",
    "kassel-next/", "kassel-next/programme", "kassel-next/programme/schule-nach-16-uhr", "kassel-next/speakers",
    "kassel-next/speakers/nikolina-babic", "kassel-next/register", "kassel-next/resend", "kassel-next/faq",
    "bildungsbericht-online/", "nowhere/",
)  # fmt: skip
PERSONAL = ("", "wishes", "cancellation", "details", "consents", "calendar", "data")
ADMIN = (
    "", "kassel-next/", "kassel-next/settings", "kassel-next/programme", "kassel-next/speakers", "kassel-next/pages",
    "kassel-next/team", "kassel-next/publication", "kassel-next/logo", "kassel-next/registration",
    "kassel-next/questions", "kassel-next/registrations", "kassel-next/mails", "kassel-next/allocation",
    "kassel/allocation", "kassel/allocation/board", "kassel/presence", "kassel/documentation", "kassel/pictures",
    "kassel/downloads", "hosts", "venues", "site", "outbox", "account", "new",
)  # fmt: skip
README = {
    "event": ("/de/kassel-next/", 1280, 1000),
    "programme": ("/de/kassel-next/programme", 1280, 1100),
    "registration": ("/de/kassel-next/register", 390, 900),
    "personal": ("personal", 390, 900),
    "allocation": ("/admin/kassel/allocation/board", 1280, 900),
    "documentation": ("/de/kassel/documentation", 1280, 1000),
}


@contextmanager
def demonstration() -> Iterator[dict[str, Any]]:
    """A served demonstration; what it noted about itself."""
    data = FOLDER / "demo"
    command = [sys.executable, "-m", "eventsite", "demo", "--port", str(PORT), "--data", str(data)]
    environment = {**os.environ, "EVENTSITE_DEMO_PASSWORD": PASSWORD}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr)
    try:
        _wait(process)
        facts = json.loads((data / "demonstration.json").read_text())
        if facts["password"] != PASSWORD:
            raise SystemExit(f"{data} was built with another password; delete it and start again.")
        yield facts
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: subprocess.Popen[bytes]) -> None:
    for _ in range(3000):
        if process.poll() is not None:
            raise SystemExit("the demonstration could not be started; see above.")
        try:
            with urllib.request.urlopen(f"{BASE}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the demonstration did not get ready.")


def sign_in(page: Any) -> None:
    """Signs the demonstration's organiser in."""
    page.goto(f"{BASE}/admin/sign-in")
    page.fill("#email", "organiser@example.org")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def _settle(page: Any) -> None:
    """Lets pictures below the fold load before the whole page is taken."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.scrollTo(0, 0)")


def _pages(facts: dict[str, Any], language: str) -> Iterator[tuple[str, str]]:
    yield from ((f"public-{language}-{p.replace('/', '_') or 'start'}", f"/{language}/{p}") for p in PUBLIC)
    personal = facts["links"]["personal"]
    yield from ((f"personal-{language}-{p or 'page'}", f"{personal}{p}?lang={language}") for p in PERSONAL)
    if language == "de":
        yield from ((f"admin-{p.replace('/', '_') or 'start'}", f"/admin/{p}") for p in ADMIN)


def every_page(browser: Any, facts: dict[str, Any]) -> int:
    """All pages in all variants; returns how many pictures were taken."""
    taken = 0
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        sign_in(page)
        for language in ("de", "en"):
            for name, path in _pages(facts, language):
                page.goto(BASE + path)
                _settle(page)
                target = FOLDER / f"{width}-{scheme}" / f"{name}.png"
                target.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=str(target), full_page=True)
                taken += 1
        context.close()
    return taken


def for_readme(browser: Any, facts: dict[str, Any]) -> int:
    """The README's pictures, small enough for a repository (under 1 MB together)."""
    from PIL import Image

    folder = ROOT / "docs/pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for name, (path, width, height) in README.items():
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
        page = context.new_page()
        if path.startswith("/admin"):
            sign_in(page)
        page.goto(BASE + (facts["links"]["personal"] if path == "personal" else path))
        _settle(page)
        with Image.open(BytesIO(page.screenshot())) as picture:
            picture.convert("RGB").save(folder / f"{name}.webp", quality=82, method=6)
        context.close()
    return len(README)


def main() -> int:
    """Takes the pictures and says where they lie."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(prog="./run shots", description=__doc__)
    parser.add_argument("--readme", action="store_true", help="only the README's pictures, into docs/pictures")
    arguments = parser.parse_args()
    with demonstration() as facts, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER)
        taken = (for_readme if arguments.readme else every_page)(browser, facts)
        browser.close()
    print(f"{taken} pictures in {ROOT / 'docs/pictures' if arguments.readme else FOLDER}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
