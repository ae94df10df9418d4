"""What changed, as a page and as a feed (RFC 4287): valid, ids for ever, both languages, nothing that is not public."""

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

from flask import Flask

from eventsite.core import clock
from eventsite.programme import service, service_releases
from eventsite.web import cache
from tests.conftest import NOW
from tests.meeting import Meeting, make_meeting, visit, words
from tests.queries import count_queries

FEED, PAGE = "/{}/werkstatt/changes.atom", "/{}/werkstatt/changes"
A = "{http://www.w3.org/2005/Atom}"


def changed() -> Meeting:
    """A meeting with two releases, the second with a word and a secret."""
    meeting = make_meeting()
    service.change_item(
        meeting.items["lunch"].id, title=words("Imbiss <1> & mehr", "Snack"), online_url="https://geheim.example.org"
    )
    service.cancel_item(meeting.items["keynote"].id, reason=words("Der Redner ist krank.", "The speaker is ill."))
    with clock.freeze(NOW + timedelta(days=1)):
        service_releases.release(meeting.event.id, note=words("**Leider** krank.", "Sadly ill."))
    return meeting


def read(app: Flask, code: str) -> Any:
    answer = visit(app, FEED.format(code))
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return ElementTree.fromstring(answer.data)


def texts(feed: Any, name: str) -> list[str]:
    return [found.text for found in feed.findall(f"{A}{name}")]


def test_feed_has_what_the_standard_asks_for(app: Flask) -> None:
    changed()
    german, english = read(app, "de"), read(app, "en")
    for feed, code in ((german, "de"), (english, "en")):
        for one in (feed, *feed.findall(f"{A}entry")):
            assert [len(texts(one, name)) for name in ("id", "title", "updated")] == [1, 1, 1]
            assert texts(one, "id")[0].startswith("urn:uuid:")
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}
        assert links == {
            "self": f"http://localhost{FEED.format(code)}",
            "alternate": f"http://localhost{PAGE.format(code)}",
        }
        assert [name.text for name in feed.findall(f"{A}author/{A}name")] == ["Annegret Sommerfeld"]
        assert texts(feed, "updated") == ["2027-01-12T09:00:00Z"]
    assert [texts(entry, "title") for entry in german.findall(f"{A}entry")] == [
        ["2 Änderungen im Programm"],
        ["Das Programm ist veröffentlicht"],
    ]
    (content, _first) = [entry.find(f"{A}content") for entry in english.findall(f"{A}entry")]
    assert content.get("type") == "html"
    assert content.text == (
        "<p>Sadly ill.</p><ul><li>Cancelled: “Places that carry”. The speaker is ill.</li>"
        "<li>New title: “Snack”, before “Lunch”.</li></ul>"
    )
    ids = {i for feed in (german, english) for one in (feed, *feed.findall(f"{A}entry")) for i in texts(one, "id")}
    assert len(ids) == 6


def test_ids_stay_and_the_unchanged_feed_is_not_sent_again(app: Flask) -> None:
    meeting = changed()
    before = read(app, "de")
    etag = visit(app, FEED.format("de")).headers["ETag"]
    assert visit(app, FEED.format("de"), headers={"If-None-Match": etag}).status_code == 304
    service.change_item(meeting.items["welcome"].id, title=words("Grüße"))
    with clock.freeze(NOW + timedelta(days=30)):
        service_releases.release(meeting.event.id)
    assert visit(app, FEED.format("de"), headers={"If-None-Match": etag}).status_code == 200
    after = read(app, "de")
    ids = [texts(entry, "id")[0] for feed in (before, after) for entry in feed.findall(f"{A}entry")]
    assert ids[:2] == ids[3:]
    assert texts(before, "id") == texts(after, "id")


def test_page_tells_the_same_and_is_linked_from_the_programme(app: Flask) -> None:
    changed()
    page = visit(app, PAGE.format("de")).text
    for told in ("<strong>Leider</strong> krank.", "Imbiss &lt;1&gt; &amp; mehr", "Abgesagt: „Orte, die tragen“."):
        assert told in page
    for address in ("programme", "programme/orte-die-tragen", "changes"):
        shown = visit(app, f"/de/werkstatt/{address}").text
        assert '<link rel="alternate" type="application/atom+xml"' in shown
        assert "/de/werkstatt/changes.atom" in shown
    assert 'href="/de/werkstatt/changes"' in visit(app, "/de/werkstatt/programme").text
    assert "geheim" not in page + visit(app, FEED.format("de")).text + visit(app, FEED.format("en")).text


def test_before_the_first_release_there_is_an_empty_feed(app: Flask) -> None:
    make_meeting(released=False)
    feed = read(app, "de")
    assert (feed.findall(f"{A}entry"), texts(feed, "updated")) == ([], ["2027-01-11T09:00:00Z"])
    assert visit(app, PAGE.format("de")).status_code == 200


def test_pages_cost_the_same_for_one_and_for_many(app: Flask) -> None:
    meeting, numbers = changed(), []
    for rounds in (1, 20):
        for number in range(rounds):
            service.change_item(meeting.items["welcome"].id, title=words(f"Titel {rounds} {number}"))
            service_releases.release(meeting.event.id)
        cache.pages.clear()
        for address in (PAGE, FEED):
            with count_queries() as sent:
                assert visit(app, address.format("de")).status_code == 200
            numbers.append(len(sent))
    assert numbers[:2] == numbers[2:]
    assert max(numbers) <= 6
