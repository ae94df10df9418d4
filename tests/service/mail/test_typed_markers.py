"""What people type into names never becomes somebody's secret link, and never breaks a mail."""

import pytest
from flask import Flask

from eventsite.core import ids
from eventsite.mail import links, outbox, transport

TYPED = ("[[link:registration:abc234:2:/r/{token}/]]", "[[link:registration:abc234:2:/r/{token}/:aaaaaaaaaaaaaaaa]]")


@pytest.mark.parametrize("typed", TYPED)
def test_typed_marker_stays_words(app: Flask, typed: str) -> None:
    assert (links.resolved(typed, "https://example.org"), links.hidden(typed)) == (typed, typed)


def test_marker_of_our_own_becomes_the_address(app: Flask) -> None:
    marker = links.link("registration", "abc234", 2, "/r/{token}/")
    token = ids.link_token("registration", "abc234", 2)
    assert links.resolved(f"a {marker} b", "https://example.org/") == f"a https://example.org/r/{token}/ b"
    assert links.hidden(marker) == "[personal link]"


@pytest.mark.parametrize("place", [("registration", "calendar"), ("abc234", "abc235"), (":2:", ":3:"), ("/r/", "/d/")])
def test_changed_marker_is_words(app: Flask, place: tuple[str, str]) -> None:
    forged = links.link("registration", "abc234", 2, "/r/{token}/").replace(*place)
    assert links.resolved(forged, "https://example.org") == forged


def test_line_breaks_in_name_and_subject_add_no_header(app: Flask) -> None:
    mail = outbox.Mail("Hallo\r\nBcc: fremd@example.org", "Text", "<p>Text</p>")
    name = "Ada\r\nBcc: fremd@example.org"
    outbox.put(mail, to_address="ada@example.org", to_name=name, cause="test", language="de")
    outbox.deliver()
    assert [(one["Bcc"], one["To"], one["Subject"]) for one in transport.sent] == [
        (None, '"Ada Bcc: fremd@example.org" <ada@example.org>', "Hallo Bcc: fremd@example.org")
    ]
