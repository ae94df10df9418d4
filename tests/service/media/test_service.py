"""Pictures and files through the services: taken in once, prepared, published only when complete, gone when withdrawn."""

import io

import pytest
from flask import Flask
from PIL import Image

from eventsite.core import jobs, storage
from eventsite.core.db import db
from eventsite.core.errors import NotFound, Refused
from eventsite.media import queries, service
from eventsite.media.models import Photo
from tests.conftest import both_databases
from tests.documented import CREDITED, PDF, add_file, add_photo, jpeg
from tests.meeting import make_meeting, words
from tests.queries import count_queries

pytestmark = both_databases


def state(photo_id: int) -> str:
    db.session.rollback()
    return db.session.get_one(Photo, photo_id).state


def test_picture_is_prepared_by_the_sweep_when_its_bell_was_lost(app: Flask) -> None:
    photo = service.take_in_photo(make_meeting().event.id, jpeg(size=(900, 600)), "saal.jpg")
    assert state(photo.id) == "new"
    jobs.run_sweeps()
    assert state(photo.id) == "ready"
    made = queries.get_photo(photo.event_id, photo.public_id).derivatives
    assert sorted((one.format, one.width) for one in made) == [
        ("avif", 480), ("avif", 900), ("jpeg", 480), ("jpeg", 900), ("print", 900), ("webp", 480), ("webp", 900),
    ]  # fmt: skip


def test_preparing_twice_makes_nothing_twice(app: Flask) -> None:
    photo = service.take_in_photo(make_meeting().event.id, jpeg(), "saal.jpg")
    for _ in range(2):
        service.derive(photo.id)
    assert len(queries.get_photo(photo.event_id, photo.public_id).derivatives) == 4


def test_same_picture_twice_is_one(app: Flask) -> None:
    event = make_meeting().event
    first, second = (service.take_in_photo(event.id, jpeg(), name) for name in ("a.jpg", "b.jpg"))
    assert first.id == second.id
    assert len(queries.all_photos(event.id)) == 1


def test_words_of_the_photographer_are_taken_over(app: Flask) -> None:
    event = make_meeting().event
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B], exif[0x010E] = "Foto Muster", "Der Saal"
    Image.new("RGB", (60, 40)).save(buffer, "JPEG", exif=exif)
    photo = service.take_in_photo(event.id, buffer.getvalue(), "a.jpg")
    assert (photo.credit, photo.caption) == ("Foto Muster", words("Der Saal"))
    named = service.take_in_photo(event.id, buffer.getvalue() + b"\x00", "b.jpg", credit="Agentur")
    assert named.credit == "Agentur"


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", b"\xff\xd8\xff\xe0 broken"])
def test_what_is_no_picture_is_refused(app: Flask, content: bytes) -> None:
    event = make_meeting().event
    with pytest.raises(Refused):
        service.take_in_photo(event.id, content, "x.jpg")
    assert queries.all_photos(event.id) == []


def test_lost_original_leaves_a_failure_that_can_be_retried(app: Flask) -> None:
    photo = service.take_in_photo(make_meeting().event.id, jpeg(), "saal.jpg")
    storage.delete(photo.original_key or "")
    service.derive(photo.id)
    assert state(photo.id) == "failed"
    storage.put(jpeg())
    service.prepare_again(photo.id)
    service.derive(photo.id)
    assert state(photo.id) == "ready"


@pytest.mark.parametrize("lacking", ["alt", "credit", "licence", "consent_kind"])
def test_incomplete_picture_is_not_published(app: Flask, lacking: str) -> None:
    event = make_meeting().event
    photo = add_photo(event.id, publish=False, **{lacking: {} if lacking == "alt" else ""})
    with pytest.raises(Refused):
        service.publish_photo(photo.id)
    assert queries.public_photos(event.id) == []


def test_decorative_picture_needs_no_alternative_text(app: Flask) -> None:
    event = make_meeting().event
    add_photo(event.id, alt={}, is_decorative=True)
    assert len(queries.public_photos(event.id)) == 1


def test_public_picture_keeps_what_the_law_asks_for(app: Flask) -> None:
    photo = add_photo(make_meeting().event.id)
    with pytest.raises(Refused):
        service.describe_photo(photo.id, credit="")
    db.session.rollback()
    assert db.session.get_one(Photo, photo.id).credit == CREDITED["credit"]


def test_withdrawn_picture_is_gone_at_once(app: Flask) -> None:
    event = make_meeting().event
    photo = add_photo(event.id)
    key = queries.get_photo(event.id, photo.public_id).derivatives[0].key
    service.withdraw_photo(photo.id, reason="on request")
    assert queries.public_photos(event.id) == []
    with pytest.raises(NotFound):
        queries.get_rendition(key, "avif")


def test_gallery_takes_one_query_for_any_number_of_pictures(app: Flask) -> None:
    event = make_meeting().event
    album = service.create_album(event.id, words("Abend"))
    numbers = []
    for colour, album_id in (("teal", None), ("red", album.id), ("blue", album.id)):
        add_photo(event.id, colour, album_id=album_id)
        db.session.rollback()
        event_id = event.id
        with count_queries() as sent:
            groups = queries.gallery(event_id)
        numbers.append(len(sent))
    assert numbers == [1, 1, 1]
    assert [(a.title if a else None, len(photos)) for a, photos in groups] == [(None, 1), ({"de": "Abend"}, 2)]


def test_order_by_hand(app: Flask) -> None:
    event = make_meeting().event
    names = [add_photo(event.id, colour).public_id for colour in ("teal", "red", "blue")]
    service.order_photos(event.id, [names[2], names[0]])
    assert [p.public_id for p in queries.all_photos(event.id)] == [names[2], names[0], names[1]]
    service.move_photo(event.id, names[1], -5)
    assert [p.public_id for p in queries.all_photos(event.id)] == [names[1], names[2], names[0]]


def test_deleted_picture_takes_its_renditions_with_it(app: Flask) -> None:
    event = make_meeting().event
    photo = add_photo(event.id)
    service.delete_photo(photo.id)
    assert (queries.all_photos(event.id), queries.shown_ids(event.id)) == ([], set())


def test_file_is_replaced_under_the_same_address(app: Flask) -> None:
    event = make_meeting().event
    one = add_file(event.id)
    service.change_download(one.id, content=b"Guten Tag", filename="neu.txt", title=words("Neu"))
    found = queries.get_download(event.id, one.public_id)
    assert (found.filename, found.content_type, found.size) == ("neu.txt", "text/plain; charset=utf-8", 9)


def test_file_levels_and_embargo(app: Flask) -> None:
    event = make_meeting().event
    add_file(event.id, "offen.pdf")
    add_file(event.id, "intern.pdf", access="organisers")
    add_file(event.id, "spaeter.pdf", publish_after=event.starts_at)
    assert [f.filename for f in queries.downloads(event.id)] == ["offen.pdf"]
    assert len(queries.all_downloads(event.id)) == 3
    with pytest.raises(Refused):
        service.add_download(event.id, PDF, "x.pdf", title={}, access="everyone")


def test_deleted_file_is_gone(app: Flask) -> None:
    event = make_meeting().event
    service.delete_download(add_file(event.id).id)
    assert queries.all_downloads(event.id) == []
