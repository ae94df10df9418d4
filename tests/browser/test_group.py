"""A team registers with one form: three people, each with an own link, own wishes and own consents."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from eventsite.core.db import db
from eventsite.registration import queries
from eventsite.registration.models import Registration
from tests.browser.journeys import Hand, link_in_mail, options
from tests.browser.looking import overflow, violations
from tests.serving import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEAM = (("Frida Łuczak", "frida@example.org"), ("Cem Öz", "cem@example.org"), ("Ada Late", "ada@example.org"))


def faults(page: Page, *, script: bool) -> list[str]:
    """What is wrong with a page on a narrow window; axe itself needs scripts."""
    return overflow(page) + (violations(page) if script else [])


def register_team(page: Page, language: str, *, script: bool) -> None:
    """The contact takes part and names two colleagues."""
    page.goto(f"/{language}/kassel-next/register/group")
    hand = Hand(page)
    hand.type("#contact_name", TEAM[0][0])
    hand.type("#contact_email", TEAM[0][1])
    page.check("#takes_part")
    for number, (name, address) in enumerate(TEAM[1:], 1):
        hand.type(f"#name_{number}", name)
        hand.type(f"#email_{number}", address)
    assert faults(page, script=script) == []
    hand.press("main form .actions button[type=submit]")
    assert faults(page, script=script) == []


def join(page: Page, site: Site, address: str, *, wish: int, with_list: bool, script: bool) -> None:
    """One of them follows the own link, says the own part and confirms."""
    page.goto(link_in_mail(site, address))
    page.locator("fieldset.wish-round").first.locator("select").nth(wish).select_option("1")
    if with_list:
        page.check("#consent_list")
    assert faults(page, script=script) == []
    Hand(page).press("main form.sections .actions button[type=submit]")


def said(site: Site, address: str) -> tuple[str, set[str]]:
    """Status and given consents of somebody."""
    with site.inside():
        one = db.session.scalars(db.select(Registration).where(Registration.email == address)).one()
        return one.status, {row.kind for row, _text in queries.consents_of(one.id)}


@pytest.mark.parametrize(("language", "script"), [("de", True), ("en", False)], ids=["script", "no script"])
def test_team_of_three_registers_and_each_speaks_for_oneself(
    site: Site, open_page: Callable[..., Page], language: str, script: bool
) -> None:
    page = open_page(site, **options(language, script=script))
    register_team(page, language, script=script)
    for number, (_name, address) in enumerate(TEAM):
        assert said(site, address) == ("pending", set())
        join(page, site, address, wish=number, with_list=number == 1, script=script)
    assert [said(site, address) for _name, address in TEAM] == [
        ("confirmed", set()),
        ("confirmed", {"list"}),
        ("confirmed", set()),
    ]
