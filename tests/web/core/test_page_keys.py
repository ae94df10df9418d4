"""Kept pages are told apart by their whole address: no argument and no path can be written so that it means another."""

import pytest
from flask import Flask

from eventsite.web import cache


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/de/x?day=1&room=2", "/de/x?day=1%26room%3D2"),
        ("/de/x?day=1", "/de/x%3Fday=1"),
        ("/de/x?day=1?", "/de/x%3Fday=1"),
        ("/de/x?day=1", "/de/x?room=1"),
    ],
)
def test_two_addresses_never_share_a_page(app: Flask, one: str, other: str) -> None:
    keys = []
    for address in (one, other):
        with app.test_request_context(address):
            keys.append(cache.key_of(("day", "room")))
    assert keys[0] != keys[1]


def test_address_without_arguments_is_found_by_its_path(app: Flask) -> None:
    with app.test_request_context("/de/x/?unknown=1"):
        assert cache.key_of(("day",)) == "/de/x/?"


def test_query_written_into_a_path_does_not_find_the_page(app: Flask) -> None:
    """The door in front of the application looks for the path and a question mark."""
    with app.test_request_context("/de/x?day=1?"):
        assert cache.key_of(("day",)) != "/de/x?day=1?"
