"""What people type is cleaned before it is judged, and redirect targets stay on the site."""

import pytest

from eventsite.web import forms, pages


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Clara   Ömer ", "Clara Ömer"),
        ("Clara\nÖmer\t!", "Clara Ömer !"),
        ("Cla\x00ra", "Clara"),
        ("\u202eevil\u202c", "evil"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("👩‍💻 Ada", "👩‍💻 Ada"),
        ("محمد علي", "محمد علي"),
        ("\ud800x", "x"),
    ],
)
def test_line_is_cleaned(typed: str, kept: str) -> None:
    assert forms.clean_line(typed) == kept


def test_text_keeps_its_lines() -> None:
    assert forms.clean_text(" eins\r\nzwei\rdrei\x07 ") == "eins\nzwei\ndrei"


@pytest.mark.parametrize(
    "target",
    ["", None, "//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "/a\r\nSet-Cookie: x",
     "/ä", "evil", "/" + "a" * 1001, "\\/evil", "/\tevil"],
)  # fmt: skip
def test_target_elsewhere_becomes_the_default(target: str | None) -> None:
    assert pages.safe_target(target, "/admin/") == "/admin/"


def test_target_on_the_site_is_kept() -> None:
    assert pages.safe_target("/admin/kassel/?q=a%20b", "/admin/") == "/admin/kassel/?q=a%20b"
