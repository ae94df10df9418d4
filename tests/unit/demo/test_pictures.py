"""The demonstration's pictures are drawn, deterministic and of the size their records say."""

from io import BytesIO

from PIL import Image

from eventsite.demo import portraits, scenes
from eventsite.demo.kassel import KASSEL
from eventsite.demo.next import COVER, KASSEL_NEXT
from eventsite.demo.shapes import Picture


def test_every_picture_names_a_scene() -> None:
    pictures = [*KASSEL.pictures, COVER]
    assert {picture.draw for picture in pictures} == set(scenes.SCENES)


def test_every_portrait_has_a_sitter() -> None:
    assert {speaker.portrait for speaker in KASSEL_NEXT.speakers if speaker.portrait} == set(portraits.SITTERS)


def test_a_picture_has_the_size_of_its_record() -> None:
    record = next(picture for picture in KASSEL.pictures if picture.key == "kaffeepause")
    assert Image.open(BytesIO(scenes.draw(record))).size == (record.width, record.height)


def test_a_picture_is_drawn_the_same_twice() -> None:
    record: Picture = portraits.portrait("mai-nguyen", "Mai Nguyễn")
    assert scenes.draw(record) == scenes.draw(record)
