"""Groups over HTTP: what the leader's page shows, mail looked at before it is sent, questions on the personal page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.contributions import service_links
from eventsite.registration.models import Registration
from tests.contributing import page_of, token_of
from tests.meeting import Meeting
from tests.registering import page_of as personal_page
from tests.service.contributions.test_groups import group_mails, make_led, members

MAIL = {"subject": "Bitte mitbringen", "text": "Ein Foto."}


@pytest.fixture
def led(app: Flask) -> tuple[Meeting, list[Registration]]:
    return make_led()


def test_question_left_on_the_personal_page_is_read_by_the_leader(
    client: FlaskClient, led: tuple[Meeting, list[Registration]]
) -> None:
    meeting, people = led
    one, item = members(meeting, people)[0], meeting.items["first"].public_id
    assert f"/question/{item}" in client.get(personal_page(one)).text
    address = personal_page(one, f"question/{item}")
    assert client.post(address, data={"text": "Gibt es <b>Strom</b>?"}).status_code == 303
    assert "Gibt es &lt;b&gt;Strom" in client.get(address).text
    page = client.get(page_of(meeting.speakers["märz"])).text
    assert ("Gibt es &lt;b&gt;Strom" in page, one.name in page, "Stadt 1" in page) == (True, False, True)
    assert client.post(address, data={"text": "x" * 1001}).status_code == 422
    other = personal_page(one, f"question/{meeting.items['second'].public_id}")
    assert [client.get(other).status_code, client.post(other, data={"text": "?"}).status_code] == [404, 404]


def test_mail_is_looked_at_and_then_sent(client: FlaskClient, led: tuple[Meeting, list[Registration]]) -> None:
    meeting, people = led
    address = page_of(meeting.speakers["märz"], f"groups/{meeting.items['first'].public_id}")
    assert client.get(address).status_code == 200
    looked = client.post(address, data={**MAIL, "look": "1"})
    assert (looked.status_code, "Ein Foto." in looked.text, group_mails()) == (200, True, [])
    assert client.post(address, data={**MAIL, "text": "", "sure": "1"}).status_code == 422
    assert not any(str(one.email) in looked.text for one in people)
    assert client.post(address, data={**MAIL, "sure": "1"}).status_code == 303


def test_group_is_for_its_leader_only(client: FlaskClient, led: tuple[Meeting, list[Registration]]) -> None:
    meeting, _people = led
    item, märz = meeting.items["first"].public_id, meeting.speakers["märz"]
    helper = f"/s/{token_of(service_links.make_assistant_link(märz.id).id)}/"
    assert "Stadt 1" not in client.get(helper).text
    for page in (helper, page_of(meeting.speakers["weiland"])):
        assert client.get(f"{page}groups/{item}").status_code == 404
        assert client.post(f"{page}groups/{item}", data={**MAIL, "sure": "1"}).status_code == 404
    assert client.get(page_of(märz, f"groups/{meeting.items['keynote'].public_id}")).status_code == 404
    assert group_mails() == []
