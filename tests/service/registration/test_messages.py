"""Each status has its mail: in both languages, as text and HTML, with the link where there is something to do."""

from email.message import EmailMessage

import pytest
from flask import Flask

from eventsite.core import jobs
from eventsite.mail import kinds, transport
from eventsite.registration import messages, queries, service_places
from eventsite.registration import service as registrations
from eventsite.site import signup
from tests.meeting import make_meeting
from tests.registering import page_of, sign_up

# Written to somebody else, or about a workshop.
OF_OTHERS = {
    "allocated",
    "allocated_anew",
    "moved_up",
    "swapped",
    "offered",
    "offer_ended",
    "invitation",
    "taken",
    "given_back",
}


def bodies(mail: EmailMessage) -> tuple[str, str]:
    """Text and HTML of a mail that was sent."""
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None and html is not None
    return plain.get_content(), html.get_content()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", sorted(kinds.KINDS.keys() - OF_OTHERS))
def test_mail_of_a_kind(app: Flask, kind: str, language: str) -> None:
    event = make_meeting().event
    details = signup.Details("Zoë <b>Łęcka</b>", "zoe@example.org", "Stadt & Land", language)
    one = signup.sign_up(event.id, details, notify=False).registration
    service_places.write(kind, one, "the test")
    jobs.run_sweeps()
    (mail,) = transport.sent
    text, html = bodies(mail)
    title = {"de": "Werkstatt Lernorte", "en": "Workshop on Places to Learn"}[language]
    assert title in mail["Subject"]
    assert mail["From"] == "tagung@example.org"
    for words in (title, "Zoë <b>Łęcka</b>", "Stadt & Land", "34117 Kassel", "Annegret Sommerfeld"):
        assert words in text
    assert "Zoë &lt;b&gt;Łęcka&lt;/b&gt;" in html
    assert f'<html lang="{language}">' in html
    assert "[[" not in text + html
    is_linked = (kinds.KINDS[kind].button or ("", ""))[1].startswith("/r/")
    assert (page_of(one) in text, page_of(one) in html) == (is_linked, is_linked)
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= 90


def test_confirmation_mail_leads_to_the_button(app: Flask) -> None:
    one = sign_up(make_meeting().event.id)
    jobs.run_sweeps()
    (mail,) = transport.sent
    address = page_of(one, "confirmation")
    assert [address in body for body in bodies(mail)] == [True, True]
    assert app.test_client().post(address).status_code == 303


def test_link_mail_to_somebody_unconfirmed_is_the_confirmation_again(app: Flask) -> None:
    event = make_meeting().event
    one = sign_up(event.id)
    registrations.resend_link(event.id, "person1@example.org")
    jobs.run_sweeps()
    assert [page_of(one, "confirmation") in bodies(mail)[0] for mail in transport.sent] == [True, True]


def test_state_in_words_names_the_position(app: Flask) -> None:
    event = make_meeting(capacity=0).event
    one = registrations.confirm(sign_up(event.id).id)
    assert "1" in messages.state(queries.get_full(one.id))
