"""Materials on the personal page: files for participants open with the own link only."""

from flask import Flask

from eventsite.core import ids
from eventsite.media import service as media
from eventsite.registration import queries
from eventsite.registration.service import Details
from eventsite.site import signup
from tests.meeting import make_meeting, make_site, visit, words


def _token(registration_id: int) -> str:
    link = queries.with_links(registration_id).link
    return ids.link_token("registration", link.public_id, link.generation)


def _path(app: Flask, registration_id: int) -> str:
    page = visit(app, f"/r/{_token(registration_id)}/").text
    start = page.index("/de/werkstatt/downloads/")
    return page[start : page.index('"', start)].replace("&amp;", "&")


def test_file_for_participants_opens_with_the_own_link_only(app: Flask) -> None:
    make_site()
    event = make_meeting().event
    media.add_download(event.id, b"a,b\r\n1,2\r\n", "netz.csv", title=words("Netz"), access="participants")
    details = Details("Clara", "clara@example.org")
    clara = signup.sign_up(event.id, details, source="organiser", confirmed=True).registration.id
    path = _path(app, clara)
    assert visit(app, path).data == b"a,b\r\n1,2\r\n"
    assert visit(app, path.split("?")[0]).status_code == 404
    signup.sign_off(clara)
    assert visit(app, path).status_code == 404
