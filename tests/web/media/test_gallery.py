"""Public pages of pictures and files: what is shown to whom, at what price, and that nothing else leaves."""

import re

import pytest
from flask import Flask

from eventsite.core import clock, ids
from eventsite.core.db import db
from eventsite.events import service as events
from eventsite.media import queries, service
from eventsite.people.models import PersonalLink
from eventsite.programme.models import Speaker
from eventsite.web import cache
from tests.documented import PDF, add_file, add_photo
from tests.meeting import Meeting, at, make_meeting, preview_token, visit, words
from tests.queries import count_queries
from tests.registering import sign_up


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_meeting()


def renditions(html: str) -> list[str]:
    return sorted(set(re.findall(r"/media/[0-9a-f]{64}\.\w+", html)))


def test_gallery_shows_pictures_with_everything_that_belongs_to_them(app: Flask, meeting: Meeting) -> None:
    add_photo(meeting.event.id, caption=words("Der Saal am Morgen"))
    page = visit(app, "/de/werkstatt/gallery")
    assert page.status_code == 200
    for piece in ("Der Saal am Morgen", "Foto Muster", "CC0 1.0", 'alt="Ein Saal"', 'loading="lazy"', 'width="90"'):
        assert piece in page.text
    assert re.findall(r'type="(image/\w+)"', page.text) == ["image/avif", "image/webp", "image/jpeg"]


def test_empty_gallery_says_what_will_stand_there(app: Flask, meeting: Meeting) -> None:
    page = visit(app, "/de/werkstatt/gallery")
    assert (page.status_code, renditions(page.text)) == (200, [])


def test_every_picture_has_a_page_of_its_own(app: Flask, meeting: Meeting) -> None:
    photos = [add_photo(meeting.event.id, colour) for colour in ("teal", "red", "blue")]
    page = visit(app, f"/de/werkstatt/gallery/{photos[1].public_id}")
    links = re.findall(r'rel="(prev|next)" href="([^"]+)"', page.text)
    assert links == [
        ("prev", f"/de/werkstatt/gallery/{photos[0].public_id}"),
        ("next", f"/de/werkstatt/gallery/{photos[2].public_id}"),
    ]
    assert visit(app, "/de/werkstatt/gallery/unknown").status_code == 404


def test_first_view_of_sixty_pictures_is_light(app: Flask, meeting: Meeting) -> None:
    for number in range(3):
        add_photo(meeting.event.id, f"#0000{number:02d}")
    light = len(visit(app, "/de/werkstatt/gallery").data)
    assert light * 20 < 300_000


def test_rendition_is_served_for_ever_and_in_parts(app: Flask, meeting: Meeting) -> None:
    add_photo(meeting.event.id)
    url = renditions(visit(app, "/de/werkstatt/gallery").text)[0]
    whole = visit(app, url)
    assert whole.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert whole.headers["Content-Security-Policy"] == "default-src 'none'"
    part = visit(app, url, headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.data) == (206, whole.data[2:6])
    assert visit(app, url, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert visit(app, url, headers={"Range": "bytes=99999999-"}).status_code == 416


def test_unpublished_withdrawn_and_original_pictures_are_not_there(app: Flask, meeting: Meeting) -> None:
    photo = add_photo(meeting.event.id, publish=False)
    keys = [(d.key, d.format) for d in queries.get_photo(meeting.event.id, photo.public_id).derivatives]
    urls = [f"/media/{key}.{'jpg' if form in ('jpeg', 'print') else form}" for key, form in keys]
    assert {visit(app, url).status_code for url in urls} == {404}
    service.publish_photo(photo.id)
    assert visit(app, next(u for u in urls if u.endswith("avif"))).status_code == 200
    assert visit(app, f"/media/{photo.original_key}.jpg").status_code == 404
    service.withdraw_photo(photo.id)
    assert {visit(app, url).status_code for url in urls} == {404}
    assert renditions(visit(app, "/de/werkstatt/gallery").text) == []


def test_draft_shows_nothing_to_strangers_and_all_to_its_preview(app: Flask) -> None:
    meeting = make_meeting(is_public=False)
    event = meeting.event
    add_photo(event.id)
    one = add_file(event.id)
    key = queries.gallery(event.id)[0][1][0].derivatives[0].key
    file_url = f"/de/werkstatt/downloads/{one.public_id}/{one.filename}"
    paths = [f"/media/{key}.avif", "/de/werkstatt/gallery", "/de/werkstatt/downloads", file_url]
    assert [visit(app, path).status_code for path in paths] == [404] * 4
    token = preview_token(event)
    answers = [visit(app, f"{path}?preview={token}") for path in paths]
    assert [a.status_code for a in answers] == [200] * 4
    assert {a.headers["Cache-Control"] for a in answers} == {"private, no-store", "no-store"}
    assert f"preview={token}" in answers[1].text


def test_withdrawing_an_event_takes_its_files_along(app: Flask, meeting: Meeting) -> None:
    add_photo(meeting.event.id)
    url = renditions(visit(app, "/de/werkstatt/gallery").text)[0]
    events.withdraw_event(meeting.event.id)
    assert visit(app, url).status_code == 404


def test_embargo_ends_by_itself_in_a_cached_page(app: Flask, meeting: Meeting) -> None:
    add_photo(meeting.event.id, publish_after=at(9))
    assert renditions(visit(app, "/de/werkstatt/gallery").text) == []
    with clock.freeze(at(9)):
        assert renditions(visit(app, "/de/werkstatt/gallery").text) != []


def test_pages_take_a_fixed_number_of_queries(app: Flask, meeting: Meeting) -> None:
    numbers = []
    for colour in ("teal", "red"):
        add_photo(meeting.event.id, colour)
        add_file(meeting.event.id, f"{colour}.pdf", item_id=meeting.items["first"].id)
        cache.pages.clear()
        with count_queries() as sent:
            visit(app, "/de/werkstatt/gallery")
        first = len(sent)
        with count_queries() as sent:
            visit(app, "/de/werkstatt/downloads")
        numbers.append((first, len(sent)))
    assert numbers[0] == numbers[1]
    assert max(numbers[0]) <= 7


def test_downloads_are_grouped_and_named(app: Flask, meeting: Meeting) -> None:
    add_file(meeting.event.id, "für alle.pdf")
    add_file(meeting.event.id, "zwei.pdf", item_id=meeting.items["first"].id)
    add_file(meeting.event.id, "geheim.pdf", access="organisers")
    page = visit(app, "/de/werkstatt/downloads")
    urls = re.findall(r'href="(/de/werkstatt/downloads/[^"]+)"', page.text)
    assert len(urls) == 2
    assert "Netze knüpfen" in page.text
    answer = visit(app, urls[0])
    assert (answer.data, answer.headers["X-Content-Type-Options"]) == (PDF, "nosniff")
    expected = "inline; filename=\"fur-alle.pdf\"; filename*=UTF-8''f%C3%BCr-alle.pdf"
    assert answer.headers["Content-Disposition"] == expected


def token_of(link_id: int) -> str:
    link = db.session.get_one(PersonalLink, link_id)
    return ids.link_token(link.purpose, link.public_id, link.generation)


@pytest.mark.parametrize(
    ("access", "allowed"),
    [
        ("public", {"stranger", "participant", "speaker"}),
        ("participants", {"participant"}),
        ("speakers", {"speaker"}),
        ("organisers", set()),
    ],
)
def test_access_levels(app: Flask, meeting: Meeting, access: str, allowed: set[str]) -> None:
    event = meeting.event
    one = add_file(event.id, access=access)
    registration = sign_up(event.id, confirmed=True)
    speaker = db.session.get_one(Speaker, meeting.speakers["märz"].id)
    links = {"stranger": "", "participant": token_of(registration.link_id), "speaker": token_of(speaker.link_id or 0)}
    url = f"/de/werkstatt/downloads/{one.public_id}/{one.filename}"
    got = {who for who, token in links.items() if visit(app, f"{url}?link={token}").status_code == 200}
    assert got == allowed
    if access != "public":
        assert visit(app, f"{url}?link=abc-def").status_code == 404


def test_file_before_its_date_is_not_there(app: Flask, meeting: Meeting) -> None:
    one = add_file(meeting.event.id, publish_after=at(9))
    assert visit(app, f"/de/werkstatt/downloads/{one.public_id}/{one.filename}").status_code == 404


def test_short_address_and_former_name_lead_to_the_file(app: Flask, meeting: Meeting) -> None:
    one = add_file(meeting.event.id)
    target = f"/de/werkstatt/downloads/{one.public_id}/vortrag.pdf"
    for path in (f"/d/{one.public_id}", f"/de/werkstatt/downloads/{one.public_id}/alt.pdf"):
        answer = visit(app, path)
        assert (answer.status_code, answer.headers["Location"]) == (302, target)
    service.change_download(one.id, access="participants")
    assert visit(app, f"/d/{one.public_id}").status_code == 404
