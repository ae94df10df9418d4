"""What a picture needs before it is shown, and how its renditions are offered."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from eventsite.media import pictures, rules

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)


def picture(**values: Any) -> Any:
    usual = {
        "state": "ready", "alt": {"de": "Ein Saal"}, "is_decorative": False, "credit": "Foto Muster",
        "licence": "CC0-1.0", "consent_kind": "overview", "published_at": NOW, "publish_after": None,
        "withdrawn_at": None,
    }  # fmt: skip
    return SimpleNamespace(**{**usual, **values})


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({}, 0),
        ({"alt": {}}, 1),
        ({"alt": {}, "is_decorative": True}, 0),
        ({"credit": " "}, 1),
        ({"licence": "made up"}, 1),
        ({"consent_kind": ""}, 1),
        ({"state": "new"}, 1),
        ({"state": "failed", "alt": None, "credit": "", "licence": "", "consent_kind": ""}, 5),
    ],
)
def test_missing_names_everything_that_stands_in_the_way(values: dict[str, Any], number: int) -> None:
    assert len(rules.missing(picture(**values))) == number


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, True),
        ({"published_at": None}, False),
        ({"withdrawn_at": NOW}, False),
        ({"publish_after": NOW + timedelta(hours=1)}, False),
        ({"publish_after": NOW}, True),
        ({"state": "failed"}, False),
    ],
)
def test_picture_is_public_only_when_nothing_holds_it_back(values: dict[str, Any], shown: bool) -> None:
    assert rules.is_public(picture(**values), NOW) is shown


def test_next_change_is_the_nearest_embargo_to_end() -> None:
    hours = [NOW + timedelta(hours=h) for h in (3, 1, -2)]
    assert rules.next_change([*hours, None], NOW) == hours[1]
    assert rules.next_change([hours[2]], NOW) is None


def rendition(form: str, width: int) -> Any:
    return SimpleNamespace(format=form, width=width, height=width * 2 // 3, key=f"{form}{width}")


def test_picture_offers_every_format_and_keeps_the_print_crop_for_paper() -> None:
    made = [rendition(form, width) for form in ("avif", "webp", "jpeg") for width in (1600, 480, 960)]
    photo = picture(public_id="p1", caption={}, derivatives=[*made, rendition("print", 1000)])
    shown = pictures.picture(photo, preview="t")
    assert [s["type"] for s in shown["sources"]] == ["image/avif", "image/webp", "image/jpeg"]
    assert shown["sources"][0]["srcset"].split(", ")[0] == "/media/avif480.avif?preview=t 480w"
    assert (shown["url"], shown["large_url"]) == ("/media/jpeg960.jpg?preview=t", "/media/jpeg1600.jpg?preview=t")
    assert shown["print_key"] == "print1000"
