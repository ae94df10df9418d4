"""Mistyped mail domains: a question where it helps, silence where it would annoy."""

import pytest

from eventsite.registration.addresses import probably_meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a@gmial.com", "a@gmail.com"),
        ("a@gmail.con", "a@gmail.com"),
        ("a@web.ed", "a@web.de"),
        ("a@wbe.de", "a@web.de"),
        ("a@gmx.dee", "a@gmx.de"),
        ("a@t-onlin.de", "a@t-online.de"),
        ("A.B@GMIAL.COM", "A.B@gmail.com"),
        ("a@stadt-kassel.dee", "a@stadt-kassel.de"),
    ],
)
def test_slip_is_noticed(typed: str, meant: str) -> None:
    assert probably_meant(typed) == meant


@pytest.mark.parametrize("typed", ["a@gmail.com", "a@web.de", "a@kassel.de", "a@example.org", "", "a", "@web.de", "a@"])
def test_good_or_unknown_address_is_left_alone(typed: str) -> None:
    assert probably_meant(typed) is None
