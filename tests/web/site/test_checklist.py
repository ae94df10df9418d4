"""The dashboard says what is missing and leads there; the page of phases shows each of them as visitors will see it."""

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from eventsite.core.db import db, transaction
from eventsite.events import service as events
from eventsite.programme import service as programme
from tests.meeting import Meeting, at, make_meeting, make_site, preview_token, visit, words
from tests.organisers import make_account, signed_in
from tests.queries import count_queries


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The meeting, its owner, its organiser and a helper."""
    made = make_meeting(host_id=make_site())
    make_account("Anna", is_owner=True)
    make_account("Otto", event_id=made.event.id)
    make_account("Ben", event_id=made.event.id, role="helper")
    return made


def listed(client: Any) -> dict[str, str]:
    page = client.get("/admin/werkstatt/").text
    part = page.split('aria-labelledby="checklist"')[1].split("</section>")[0] if "checklist" in page else ""
    found = {}
    for line in re.findall(r"<li>(.*?)</li>", part, re.S):
        link = re.search(r'href="([^"]+)"', line)
        found[unescape(re.sub(r"<[^>]+>", " ", line)).split(":")[0].split(".")[0].strip()] = link[1] if link else ""
    return found


def test_dashboard_leads_to_what_is_missing(app: Flask, meeting: Meeting) -> None:
    events.change_event(meeting.event.id, contact_email="")
    anna = signed_in(app, "Anna")
    found = listed(anna)
    assert found == {
        "Es gibt keine E-Mail-Adresse, an die man schreiben kann": "/admin/werkstatt/settings#contact_email",
        "Die Website hat noch keine Hinweise zum Datenschutz": "/admin/site#privacy",
        "Bis wann lassen sich Wünsche für Workshops ändern? Die Zuteilung kommt danach": "/admin/werkstatt/registration#wishes_close_at",
        "Workshops ohne Mitwirkende": "/admin/werkstatt/programme",
        "Workshops ohne Raum": "/admin/werkstatt/programme",
        "Programmpunkte ohne englischen Titel": "/admin/werkstatt/programme",
    }
    assert {anna.get(url.split("#")[0]).status_code for url in found.values()} == {200}
    assert all(f'id="{url.split("#")[1]}"' in anna.get(url).text for url in found.values() if "#" in url)
    assert "6 Angaben fehlen" in anna.get("/admin/werkstatt/").text
    assert listed(signed_in(app, "Otto"))["Die Website hat noch keine Hinweise zum Datenschutz"] == ""
    assert set(listed(signed_in(app, "Ben")).values()) == {""}


def test_dashboard_costs_the_same_with_many_items(app: Flask, meeting: Meeting) -> None:
    client, event_id = signed_in(app, "Anna"), meeting.event.id
    db.session.remove()
    with count_queries() as few:
        client.get("/admin/werkstatt/")
    with transaction():
        for number in range(100):
            title, times = words(f"Punkt {number}"), {"starts_at": at(9), "ends_at": at(10)}
            programme.create_item(event_id, kind="talk", title=title, **times)
    db.session.remove()
    with count_queries() as many:
        assert client.get("/admin/werkstatt/").status_code == 200
    assert len(few) == len(many) <= 10


def test_every_phase_is_shown_to_the_holder_of_the_link_only(app: Flask, meeting: Meeting) -> None:
    page = signed_in(app, "Otto").get("/admin/werkstatt/publication").text
    urls = [unescape(url) for url in re.findall(r'href="([^"]*as_of=[^"]*)"', page)]
    states = [re.findall(r'action__state">([^<]*)<', visit(app, url).text) for url in urls]
    assert [unescape(" ".join(state)) for state in states] == [
        "Die Anmeldung öffnet am 4. Januar 2027, 09:00 Uhr.",
        "Die Anmeldung ist offen bis 25. Februar 2027, 23:59 Uhr.",
        "Die Anmeldung ist geschlossen.",
        "Die Veranstaltung hat begonnen.",
        "",
    ]
    answers = [visit(app, url) for url in urls]
    assert {(a.headers["Cache-Control"], a.headers["X-Robots-Tag"]) for a in answers} == {("no-store", "noindex")}
    assert all("Vorschau: " in answer.text for answer in answers)
    assert f"/register?preview={preview_token(meeting.event)}" in answers[1].text
    plain = visit(app, "/de/werkstatt/").text
    for wrong in ("as_of=over", "preview=x&as_of=over", f"preview={preview_token(meeting.event)}&as_of=nonsense"):
        assert "Die Anmeldung ist offen bis" in visit(app, f"/de/werkstatt/?{wrong}").text
    assert visit(app, "/de/werkstatt/").text == plain


def test_draft_is_previewed_in_every_phase_and_takes_nothing(app: Flask, meeting: Meeting) -> None:
    events.withdraw_event(meeting.event.id)
    token = preview_token(meeting.event)
    assert "Die Anmeldung ist geschlossen." in visit(app, f"/de/werkstatt/?preview={token}&as_of=closed").text
    assert visit(app, "/de/werkstatt/?as_of=closed").status_code == 404
    form = visit(app, f"/de/werkstatt/register?preview={token}&as_of=open")
    assert "Dies ist eine Vorschau." in form.text


def test_desk_of_a_draft_has_its_accent(app: Flask, meeting: Meeting) -> None:
    events.withdraw_event(meeting.event.id)
    page = signed_in(app, "Otto").get("/admin/werkstatt/").text
    found = re.search(r'href="(/theme/[^"]+)"', page)
    assert found
    url = unescape(found[1])
    assert [visit(app, one).status_code for one in (url, url.split("&")[0])] == [200, 404]
