"""The page that sends a lost link again and never tells whether an address is known."""

from flask import Flask
from flask.testing import FlaskClient

from tests.meeting import make_meeting
from tests.registering import csrf, mails, sign_up

PAGE = "/de/werkstatt/resend"


def test_answer_is_the_same_for_known_and_unknown(app: Flask, client: FlaskClient) -> None:
    sign_up(make_meeting().event.id, 1)
    before = len(mails())
    answers = []
    for address in ("person1@example.org", "person2@example.org"):
        page = client.post(PAGE, data={"csrf_token": csrf(client, PAGE), "email": address})
        answers.append((page.status_code, page.get_data(as_text=True).replace(address, "")))
    assert answers[0] == answers[1]
    assert [to for to, _subject in mails()[before:]] == ["person1@example.org"]


def test_nonsense_is_told(app: Flask, client: FlaskClient) -> None:
    make_meeting()
    page = client.post(PAGE, data={"csrf_token": csrf(client, PAGE), "email": "nobody"})
    assert page.status_code == 422
