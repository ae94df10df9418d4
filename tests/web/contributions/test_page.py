"""The speaker's page over HTTP: own things only, saved section by section, nothing typed is lost, links end alike."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.contributions import service_links
from eventsite.contributions.models import Contribution, ContributionNeed
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.people import service as people
from eventsite.people.models import PersonalLink
from eventsite.programme import service as programme
from eventsite.programme.models import Speaker
from tests.conftest import NOW
from tests.contributing import desk_of, make_staged, page_of, picture, seen_in, send, token_of, waiting
from tests.meeting import Meeting, words
from tests.queries import count_queries

JSON = {"Accept": "application/json"}


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_staged()


@pytest.fixture
def märz(meeting: Meeting) -> Speaker:
    return meeting.speakers["märz"]


@pytest.fixture
def page(märz: Speaker) -> str:
    return page_of(märz)


def practical(meeting: Meeting) -> str:
    return f"practical-{meeting.event.public_id}"


def told(meeting: Meeting) -> Contribution:
    db.session.rollback()
    return db.session.scalars(db.select(Contribution)).one()


def test_page_is_private_and_shows_what_is_mine(client: FlaskClient, page: str) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == (
        200, "no-store", "noindex, nofollow"
    )  # fmt: skip
    assert (answer.headers["Referrer-Policy"], "Set-Cookie" in answer.headers) == ("no-referrer", False)
    assert "Orte, die tragen" in answer.text and "Netze knüpfen" in answer.text
    assert "Räume öffnen" not in answer.text


def test_sections_are_saved_one_by_one(client: FlaskClient, meeting: Meeting, märz: Speaker, page: str) -> None:
    item = meeting.items["first"].public_id
    biography = {"biography-de": "Lehrt.", "biography-en": "Teaches."}
    for section, typed in (
        ("biography", biography),
        ("about", {"name": "Prof. Daniel März", "organisation": "Uni Kassel"}),
        ("links", {"links": "https://example.org Meine Seite\njavascript:alert(1)"}),
        (f"words-{item}", {"title-de": "Netze halten", "abstract-de": "Wie?"}),
        (practical(meeting), {"technology": "Beamer", "no_travel": "y", "note": "Bis bald"}),
        (f"needs-{meeting.event.public_id}", {"diet": "keine Nüsse"}),
        (f"answer-{meeting.event.public_id}", {"said": "yes"}),
        (f"consents-{meeting.event.public_id}", {"recording": "yes", "slides": "no"}),
    ):
        answer = send(client, page, section, **typed)
        assert (section, answer.status_code, answer.location.rpartition("#")[2]) == (section, 303, section)
    found = desk_of(märz)
    assert [(field, value) for field, value, _prints in waiting(meeting.event.id)] == [
        ("biography", words("Lehrt.", "Teaches.")),
        ("name", "Prof. Daniel März"),
        ("organisation", "Uni Kassel"),
        ("links", [{"label": "Meine Seite", "url": "https://example.org"}]),
        ("title", words("Netze halten")),
        ("abstract", words("Wie?")),
    ]
    row, (part,) = told(meeting), found.parts
    assert (row.answer, row.technology, row.travel, row.settled, row.note) == (
        "yes",
        "Beamer",
        "",
        ["travel"],
        "Bis bald",
    )
    assert part.need is not None and part.need.diet == "keine Nüsse"
    assert {kind: one.answer for kind, one in part.consents.items()} == {"recording": "yes", "slides": "no"}
    keynote = f"words-{meeting.items['keynote'].public_id}"  # stands in a room
    assert send(client, page, keynote, **{"title-de": "Orte, die halten"}).status_code == 303
    db.session.remove()  # as a new request finds it
    shown = client.get(page).text
    assert "Lehrt." in shown and "Orte, die halten" in shown


def test_script_is_answered_in_short(client: FlaskClient, meeting: Meeting, page: str) -> None:
    seen = seen_in(client.get(page).text, "biography")
    data = {"biography-seen": seen, "biography-biography-de": "Lehrt."}
    answer = client.post(f"{page}biography", data=data, headers=JSON)
    assert (answer.status_code, answer.get_json()["told"]) == (200, "Gespeichert um 10:00.")
    data = {"biography-seen": answer.get_json()["seen"], "biography-biography-de": "Lehrt viel."}
    assert client.post(f"{page}biography", data=data, headers=JSON).status_code == 200
    stale = client.post(
        f"{page}biography", data={**data, "biography-biography-de": "X", "biography-seen": seen}, headers=JSON
    )
    assert (stale.status_code, stale.get_json()["is_clash"]) == (409, True)
    long = client.post(f"{page}biography", data={**data, "biography-biography-de": "x" * 5001}, headers=JSON)
    assert (long.status_code, "höchstens" in long.get_json()["told"]) == (422, True)
    assert waiting(meeting.event.id)[0][1] == words("Lehrt viel.")


def test_two_who_write_at_once_see_both(client: FlaskClient, meeting: Meeting, märz: Speaker, page: str) -> None:
    seen = seen_in(client.get(page).text, "biography")
    link = service_links.make_assistant_link(märz.id)
    helper = f"/s/{token_of(link.id)}/"
    assert send(client, helper, "biography", **{"biography-de": "Von der Hilfe."}).status_code == 303
    clash = send(client, page, "biography", seen=seen, **{"biography-de": "Von mir selbst."})
    assert (clash.status_code, "Von der Hilfe." in clash.text, "Von mir selbst." in clash.text) == (409, True, True)
    again = send(
        client, page, "biography", seen=seen_in(clash.text, "biography"), **{"biography-de": "Von mir selbst."}
    )
    assert (again.status_code, waiting(meeting.event.id)[0][1]) == (303, words("Von mir selbst."))


def test_assistant_sees_and_sends_no_consents_and_needs(client: FlaskClient, meeting: Meeting, märz: Speaker) -> None:
    uid = meeting.event.public_id
    own = page_of(märz)
    send(client, own, f"needs-{uid}", diet="keine Nüsse")
    assert client.post(f"{own}assistant", data={"deed": "make"}).status_code == 303
    link = db.session.scalars(db.select(PersonalLink).where(PersonalLink.purpose == "assistant")).one()
    helper = f"/s/{token_of(link.id)}/"
    shown = client.get(helper)
    assert (shown.status_code, "keine Nüsse" in shown.text, "consents-" in shown.text) == (200, False, False)
    for section in (f"needs-{uid}", f"consents-{uid}", f"answer-{uid}", "assistant"):
        assert client.post(f"{helper}{section}", data={}).status_code == 404, section
    for step in ("erasure", "data.json"):
        assert client.get(f"{helper}{step}").status_code == 404
    client.post(f"{own}assistant", data={"deed": "revoke"})
    assert [client.get(one).status_code for one in (helper, own)] == [404, 200]


def test_foreign_sections_are_not_there(client: FlaskClient, meeting: Meeting, page: str) -> None:
    second = meeting.items["second"].public_id
    for section in (f"words-{second}", f"material-{second}", "words-nowhere", "needs-nowhere", "ENDE"):
        assert client.post(f"{page}{section}", data={}).status_code == 404, section
        assert client.get(f"{page}{section}").status_code == 404, section
    weiland = page_of(meeting.speakers["weiland"])
    first = meeting.items["first"].public_id
    assert client.post(f"{weiland}words-{first}", data={}).status_code == 404
    assert waiting(meeting.event.id) == []


def test_links_end_alike(client: FlaskClient, meeting: Meeting, märz: Speaker, page: str) -> None:
    refused = client.get("/s/nothing-here/")
    db.session.rollback()
    link = db.session.get_one(PersonalLink, märz.link_id)
    people.revoke_link(link)
    revoked = client.get(page)
    people.reissue_link(link)
    renewed = page_of(märz)
    assert client.get(renewed).status_code == 200
    with clock.freeze(meeting.event.ends_at + timedelta(days=60, minutes=1)):
        ended = client.get(renewed)
    assert [(one.status_code, one.text) for one in (revoked, ended)] == [(404, refused.text)] * 2


def test_link_of_another_purpose_opens_nothing(client: FlaskClient, märz: Speaker) -> None:
    registration = people.create_link("registration", person_id=märz.person_id)
    assert client.get(f"/s/{token_of(registration.id)}/").status_code == 404
    assert client.get(page_of(märz).replace("/s/", "/r/")).status_code == 404


BAD: list[tuple[str, dict[str, str]]] = [
    ("about", {"name": " "}), ("about", {"name": "x" * 201}), ("biography", {"biography-de": "x" * 5001}),
    ("answer", {"said": "perhaps"}), ("answer", {}), ("consents", {"recording": "yes"}),
    ("consents", {"recording": "maybe", "slides": "no"}), ("practical", {"language": "xx"}),
    ("portrait", {"credit": "Ada", "focus": "0.5,0.5", "has_rights": "y"}), ("portrait", {"focus": "9,9"}),
    ("words", {"title-de": ""}), ("material", {"title": "Folien"}), ("material", {"publish_after": "31.02.2027"}),
]  # fmt: skip


def test_bad_input_is_told_and_kept(client: FlaskClient, meeting: Meeting, page: str) -> None:
    shown = client.get(page).text
    answers = []
    for section, typed in BAD:
        uid = meeting.items["first"].public_id if section in ("words", "material") else meeting.event.public_id
        anchor = section if section in ("about", "biography", "portrait") else f"{section}-{uid}"
        data = {
            f"{anchor}-seen": seen_in(shown, anchor),
            **{f"{anchor}-{name}": value for name, value in typed.items()},
        }
        answer = client.post(f"{page}{anchor}", data=data)
        answers.append((section, answer.status_code, "error-summary" in answer.text))
    assert answers == [(section, 422, True) for section, _typed in BAD]
    assert waiting(meeting.event.id) == []


def test_pictures_and_files_are_taken_in(client: FlaskClient, meeting: Meeting, märz: Speaker, page: str) -> None:
    anchor = f"material-{meeting.items['first'].public_id}"
    portrait = {"portrait-credit": "Ada Bild", "portrait-focus": "0.2,0.5", "portrait-has_rights": "y"}
    upload: Any = {**portrait, "portrait-seen": "", "portrait-picture": (BytesIO(picture()), "ich.jpg")}
    assert client.post(f"{page}portrait", data=upload).status_code == 303
    shown = client.get(f"{page}files/portrait", buffered=True)
    assert (shown.status_code, shown.content_type, shown.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
    sent: Any = {f"{anchor}-title": "Folien", f"{anchor}-file": (BytesIO(b"a,b\n1,2\n"), "zahlen.csv")}
    assert client.post(f"{page}{anchor}", data=sent).status_code == 303
    (row,) = desk_of(märz).materials[meeting.items["first"].id]
    assert client.get(f"{page}files/{row.public_id}", buffered=True).data == b"a,b\n1,2\n"
    weiland = page_of(meeting.speakers["weiland"])
    assert client.get(f"{weiland}files/{row.public_id}").status_code == 404
    assert client.post(f"{weiland}files/{row.public_id}/withdrawal").status_code == 404
    assert client.post(f"{page}files/{row.public_id}/withdrawal").status_code == 303
    assert desk_of(märz).materials == {}


def test_file_is_taken_in_whatever_the_answer_is_wanted_as(client: FlaskClient, meeting: Meeting, page: str) -> None:
    portrait = {"portrait-credit": "Ada", "portrait-focus": "0.2,0.5", "portrait-has_rights": "y", "portrait-seen": ""}
    upload: Any = {**portrait, "portrait-picture": (BytesIO(picture()), "ich.jpg")}
    assert client.post(f"{page}portrait", data=upload, headers=JSON).status_code == 200
    anchor = f"material-{meeting.items['first'].public_id}"
    times = {f"{anchor}-publish_after": "2027-03-20T10:00", f"{anchor}-title": "Folien"}
    sent: Any = {**times, f"{anchor}-file": (BytesIO(b"a,b\n1,2\n"), "zahlen.csv")}
    assert client.post(f"{page}{anchor}", data=sent, headers=JSON).status_code == 200


def test_own_data_is_given_and_forgotten(client: FlaskClient, meeting: Meeting, märz: Speaker, page: str) -> None:
    uid = meeting.event.public_id
    send(client, page, f"needs-{uid}", diet="keine Unverwechselbaren")
    send(client, page, practical(meeting), travel="mit der Bahn")
    data = client.get(f"{page}data.json").get_json()
    assert (data["events"][0]["food"], data["events"][0]["travel"]) == ("keine Unverwechselbaren", "mit der Bahn")
    assert client.get(f"{page}erasure").status_code == 200
    assert db.session.scalar(db.select(db.func.count(ContributionNeed.contribution_id))) == 1
    assert client.post(f"{page}erasure").status_code == 200
    db.session.rollback()
    assert db.session.scalars(db.select(Contribution)).all() == []
    assert client.get(page).status_code == 404


def test_cost_does_not_grow_with_the_items(client: FlaskClient, meeting: Meeting, märz: Speaker, page: str) -> None:
    client.get(page)
    with count_queries() as few:
        client.get(page)
    for number in range(20):
        programme.create_item(
            meeting.event.id, kind="talk", title=words(f"Vortrag {number}"), starts_at=NOW, ends_at=NOW + timedelta(hours=1),
            appearances=[{"speaker_id": märz.id, "role": "speaker"}],
        )  # fmt: skip
    with count_queries() as many:
        client.get(page)
    assert (len(many), len(many) <= 14) == (len(few), True)
