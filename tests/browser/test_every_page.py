"""Every page of all three areas: reachable by links, accessible in both colour schemes, readable on 320 pixels."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from eventsite.app import create_app
from eventsite.config import Settings
from tests.browser.conftest import EMAIL, PASSWORD
from tests.browser.looking import overflow, violations
from tests.browser.walking import chosen, walk
from tests.serving import SECRET, Site
from tools.crawl import Walk

pytestmark = pytest.mark.browser
# Routes that answer with something else than a page of their own.
NO_PAGES = {
    *("static_file", "site.start", "site.theme", "site.robots", "site.map_of_site", "site.health", "site.logo"),
    *(
        "site.without_language",
        "calendars.event",
        "calendars.item",
        "calendars.site",
        "calendars.personal",
        "calendars.team",
    ),
    *("schedule.xml", "schedule.json", "programme_changes.feed", "calendar_parts.part"),
    *("documentation.tree", "documentation.pdf", "media.download", "media.short", "media.file", "speakers.portrait"),
    *("personal.data_file", "personal.reinstatement", "registration_admin.file", "media_admin.thumbnail"),
    *("media_admin_downloads.file", "allocation_admin.run_files", "allocation_admin_board.lists_file"),
    "outbox.message_html",  # a mail, shown as it arrives, inside the page outbox.message
    "site_setup.first_start",  # gone once the site is set up; tested without a browser
    *("registration_admin_catering.file", "participant.file", "personal_changes.file"),
    *("allocation_admin_lists.lists_pdf", "allocation_admin_lists.lists_table", "status.button", "status.facts"),
    *("speaker_page.save", "speaker_page.portrait", "speaker_page.material", "speaker_data.file"),  # forms and files
    *("contributions_admin.portrait", "contributions_admin.file"),
    *("speaker_groups.mail", "personal_questions.ask"),  # see the journey of a speaker
    "outbox.event_message_html",  # the same as outbox.message_html
    *("registration_bulk.preview", "registration_bulk.result"),  # see the journey at the desk, which sends a form
    *("personal_surveys.thanks", "survey_results.file"),  # where sending a form leads; a file
    *("calendars.speaker", "programme_admin_speakers.file", "programme_admin_portraits.file"),
    *("proposals.sent", "proposal_desk.file", "personal_proposal.data"),
    *(
        "offline.file",
        "offline.worker",
        "offline.parts",
        "venue.map_picture",
        "places_admin.map_file",
    ),  # the programme as one file; pictures of a map
    # See the journeys, which make a run, compare runs, and change workshops.
    *(
        "allocation_admin.show_run",
        "allocation_admin.what_if",
        "allocation_admin.comparison",
        "personal_workshops.show",
        "proposal_sheet.land",
    ),
}


def page_routes() -> list[str]:
    """The routes that answer GET with a page."""
    app = create_app(Settings(data_dir=Path(tempfile.gettempdir()), secret_key=SECRET, mail_url="memory:"))
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    return sorted(endpoints - NO_PAGES)


@pytest.fixture(scope="session")
def walked(shown_site: Site) -> Walk:
    """The whole demonstration, walked through once per worker."""
    return walk(shown_site, EMAIL, PASSWORD)


def test_no_link_leads_nowhere(walked: Walk) -> None:
    wrong = [one for one in walked.answers.values() if one.status >= 400 and one.origin]
    assert [(one.status, one.path, one.origin) for one in wrong] == []


def test_only_forms_set_a_cookie(walked: Walk) -> None:
    setting = {one.endpoint for one in walked.answers.values() if one.cookies and one.area == "public"}
    forms = {"people.sign_in", "registration_form.register", "registration_form.resend", "group.register"}
    forms |= {"proposals.propose", "proposals.link", "interest.page"}
    assert setting <= forms | {"invitation.refuse"}


def test_every_answer_carries_the_security_headers(walked: Walk) -> None:
    wanted = ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy",
              "cross-origin-opener-policy", "cross-origin-resource-policy")  # fmt: skip
    lacking = [(one.path, name) for one in walked.answers.values() for name in wanted if name not in one.headers]
    assert lacking == []


@pytest.mark.parametrize("endpoint", page_routes())
def test_page_is_accessible(endpoint: str, walked: Walk, shown_site: Site, open_page: Callable[..., Page]) -> None:
    addresses = chosen(walked, endpoint)
    assert addresses, f"no link leads to a page of {endpoint}"
    page = open_page(shown_site, reduced_motion="reduce")
    if addresses[0].area == "admin":
        page.set_extra_http_headers({"Cookie": walked.cookies})
    faults = []
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(address.path)
        found = violations(page)
        page.emulate_media(color_scheme="dark")
        found += [f"dark: {one}" for one in violations(page, ["color-contrast"])]
        found += overflow(page)
        faults += [f"{address.path}: {one}" for one in found]
    assert faults == []
