"""The addresses of every page of the demonstration, found by walking through its links once per worker."""

from eventsite.core import ids
from eventsite.core.db import db
from eventsite.events.models import Event
from eventsite.people.models import PersonalLink
from eventsite.registration.models import Registration
from tests.browser import rare
from tests.serving import Site
from tools.crawl import Answer, Walk, whole_site

FORM = "/de/kassel-next/register"


def personal_pages(slug: str = "kassel-next") -> list[str]:
    """The personal page of one registration in each status the event has; inside an application context."""
    found = {}
    query = db.select(Registration).join(Event, Event.id == Registration.event_id).where(Event.slug == slug)
    for one in db.session.scalars(query.order_by(Registration.id)):
        link = db.session.get_one(PersonalLink, one.link_id)
        found.setdefault(one.status, f"/r/{ids.link_token(link.purpose, link.public_id, link.generation)}/")
    return [found[status] for status in sorted(found)]


def walk(site: Site, email: str, password: str) -> Walk:
    """A walk through the whole site, as visitor, participant and organiser."""
    token, cookie = site.form(FORM)
    fields = {"csrf_token": token, "name": "Pia Neumann", "email": "pia@example.org"}
    assert site.ask(FORM, fields, cookie)[0] == 303
    with site.inside() as app:
        starts = [*personal_pages(), *personal_pages("kassel")]
        starts += [f"{page}confirmation" for page in starts] + [f"{page}reinstatement" for page in starts]
        starts = [*rare.rare_pages(), *starts]  # first, since only so many of a kind are visited
        organisers = [rare.import_preview()]
        return whole_site(app, site.base, personal=starts, organisers=organisers, email=email, password=password)


def chosen(walked: Walk, endpoint: str, most: int = 2) -> list[Answer]:
    """Some pages of one route, of different languages and events where there are several; of organisers' pages the fullest."""
    pages = [one for one in walked.pages() if one.endpoint == endpoint and one.status == 200]
    if pages and pages[0].area == "admin":
        return [max(pages, key=lambda one: len(one.text))]
    first: dict[tuple[object, object], Answer] = {}
    for one in pages:
        values = walked.match(one.path)[1]
        first.setdefault((values.get("lang"), values.get("event")), one)
    return list(first.values())[:most]
