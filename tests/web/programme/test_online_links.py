"""The online link of an item stands on no page, feed or file that everybody can read."""

import pytest
from flask import Flask

from eventsite.programme import service, service_releases
from tests.meeting import at, make_meeting, visit

SECRET = "raum-4711.example.org"
PLACES = (
    *("", "programme", "programme?view=list", "programme?view=rooms", "programme.html", "programme/orte-die-tragen"),
    *("programme/orte-die-tragen.ics", "calendar", "calendar.ics", "schedule.json", "schedule.xml", "speakers"),
    *("speakers/dr-daniel-maerz", "speakers/dr-daniel-maerz/calendar.ics"),
)


@pytest.mark.parametrize("language", ["de", "en"])
def test_online_link_is_public_nowhere(app: Flask, language: str) -> None:
    meeting = make_meeting(released=False)
    link = {"online_url": f"https://{SECRET}/1", "online_from": at(6, day=1)}
    service.change_item(meeting.items["keynote"].id, **link)
    service_releases.release(meeting.event.id)
    answers = {place: visit(app, f"/{language}/werkstatt/{place}") for place in PLACES}
    assert {place: answer.status_code for place, answer in answers.items()} == dict.fromkeys(PLACES, 200)
    assert [place for place, answer in answers.items() if SECRET in answer.text] == []
