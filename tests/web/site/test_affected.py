"""From the release to the mail: chosen beforehand what upsets plans, narrowed, read in both languages, sent once."""

from typing import Any

import pytest
from flask import Flask

from eventsite.core import jobs
from eventsite.programme import service, service_releases
from tests.allocating import join, make_wished_meeting, publish
from tests.browserless import post_form
from tests.meeting import Meeting, at, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries
from tests.registering import mails

PAGE = "/admin/werkstatt/releases/2/affected"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Three people in a workshop that moves, another item with other words; released. Anna organises, Eda edits."""
    found, _people = make_wished_meeting(3, places=3)
    publish(found)
    make_account("Anna", event_id=found.event.id)
    make_account("Eda", event_id=found.event.id, role="editor")
    service.change_item(found.items["first"].id, ends_at=at(13, 30))
    service.change_item(
        found.items["keynote"].id, abstract=words("Neue Worte"), online_url="https://geheim.example.org"
    )
    service_releases.release(found.event.id, note=words("Der Bus kommt später.", "The bus is late."))
    return found


def test_from_the_release_to_the_mail(app: Flask, meeting: Meeting) -> None:
    client, before = signed_in(app, "Anna"), len(mails())
    assert f'href="{PAGE}"' in client.get("/admin/werkstatt/releases/2").text
    page = client.get(PAGE).text
    for told in ("Platz in einem geänderten Workshop: 3", "Person 1, Person 2", "Zur Mail an 3 Personen"):
        assert told in page
    first, keynote = (meeting.items[name].public_id for name in ("first", "keynote"))
    assert f'id="item-{first}" name="item" value="{first}" checked' in page
    assert f'id="item-{keynote}" name="item" value="{keynote}">' in page
    narrowed = f"?chosen=1&item={keynote}&reason=speaker"
    assert "Zur Mail an 1 Person" in client.get(PAGE + narrowed).text
    address = f"/admin/werkstatt/releases/2/mail?chosen=1&item={first}&reason=place"
    look = client.get(address).text
    assert ("Der Bus kommt später." in look, "The bus is late." in look, "geheim" in look) == (True, True, False)
    words_ = {"opening-de": "Liebe Leute, es wird später.", "opening-en": "It will be later.", "seen": "3"}
    seen = post_form(client, address, {**words_, "deed": "look"})
    assert (seen.status_code, "Liebe Leute, es wird später." in seen.text, len(mails())) == (200, True, before)
    for seen_ in ("2", "²", "9" * 5000):
        wrong = post_form(client, address, {**words_, "deed": "send", "seen": seen_})
        assert (wrong.status_code, "Liebe Leute, es wird später." in wrong.text, len(mails())) == (422, True, before)
    assert post_form(client, address, {**words_, "deed": "send"}).status_code == 303
    jobs.run_sweeps()
    assert [to for to, _subject in mails()[before:]] == [f"person{n}@example.org" for n in (1, 2, 3)]
    again = client.get(address)
    assert (again.status_code, "affected" in again.location) == (303, True)
    assert "Schon Bescheid gesagt" in client.get(PAGE).text


def test_mail_without_words_or_with_wrong_ones_is_refused(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Anna")
    address = f"/admin/werkstatt/releases/2/mail?chosen=1&item={meeting.items['first'].public_id}&reason=place"
    for bad in ({"opening-de": "", "opening-en": "x"}, {"opening-de": "Hallo {Quatsch}", "opening-en": "x"}):
        answer = post_form(client, address, {**bad, "deed": "send", "seen": "3"})
        assert answer.status_code == 422
        assert "x" in answer.text


def test_editors_release_but_do_not_write_to_people(app: Flask, meeting: Meeting) -> None:
    client = signed_in(app, "Eda")
    assert "affected" not in client.get("/admin/werkstatt/releases/2").text
    assert [client.get(address).status_code for address in (PAGE, PAGE.replace("affected", "mail"))] == [403, 403]


@pytest.mark.parametrize("seen", ["²", "x", "9" * 5000, ""])
def test_number_of_people_that_is_none_sends_nothing(app: Flask, meeting: Meeting, seen: str) -> None:
    selection: Any = f"?chosen=1&all={meeting.items['keynote'].public_id}&reason=everybody"
    join(meeting, 9)
    page = PAGE.replace("affected", "mail") + selection
    answer = post_form(signed_in(app, "Anna"), page, {"opening-de": "Neues.", "seen": seen, "deed": "send"})
    assert (answer.status_code, "Bitte sehen Sie noch einmal hin" in answer.text) == (422, True)


@pytest.mark.parametrize("number", [1, 9])
def test_first_release_and_unknown_ones_have_nobody_to_tell(app: Flask, meeting: Meeting, number: int) -> None:
    client = signed_in(app, "Anna")
    for page in ("affected", "mail"):
        assert client.get(f"/admin/werkstatt/releases/{number}/{page}").status_code == 404


def test_pages_cost_the_same_for_few_and_for_many(app: Flask, meeting: Meeting) -> None:
    client, found = signed_in(app, "Anna"), []
    selection: Any = f"?chosen=1&all={meeting.items['keynote'].public_id}&reason=everybody"
    join(meeting, 9)
    client.get(PAGE.replace("affected", "mail") + selection)
    for number in (10, 30):
        join(meeting, number)
        for more in range(number if number == 30 else 0):
            join(meeting, 100 + more)
        costs = []
        for page in (PAGE, PAGE.replace("affected", "mail")):
            with count_queries() as sent:
                assert client.get(page + selection).status_code == 200
            costs.append(len([one for one in sent if "FROM site" not in one]))  # which the session may still know
        found.append(costs)
    assert found[0] == found[1]
    assert max(found[0]) <= 9, found
