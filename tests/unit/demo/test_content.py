"""The demonstration's content is complete, bilingual, consistent, and invents nothing about real people."""

from dataclasses import fields, is_dataclass
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest

from eventsite.demo import files, hosts, kassel, legal, next_workshops, people_names
from eventsite.demo.kassel import KASSEL
from eventsite.demo.next import KASSEL_NEXT
from eventsite.demo.online import ONLINE
from eventsite.demo.shapes import DemoEvent
from eventsite.programme import rules
from eventsite.registration import library

EVENTS = (KASSEL, KASSEL_NEXT, ONLINE)


def words_in(value: object, path: str) -> list[tuple[str, dict[str, str]]]:
    """Every bilingual text below a value, with its path."""
    if isinstance(value, dict) and "de" in value:
        return [(path, value)]
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in words_in(inner, f"{path}.{key}")]
    if isinstance(value, tuple):
        return [found for index, inner in enumerate(value) for found in words_in(inner, f"{path}.{index}")]
    if is_dataclass(value):
        return [found for f in fields(value) for found in words_in(getattr(value, f.name), f"{path}.{f.name}")]
    return []


@pytest.mark.parametrize(
    "root", [*EVENTS, hosts.HOSTS, legal.LEGAL_PAGES], ids=lambda root: getattr(root, "slug", "site")
)
def test_every_text_has_both_languages(root: object) -> None:
    assert [path for path, text in words_in(root, "") if set(text) != {"de", "en"} or not all(text.values())] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.slug)
def test_items_name_only_what_exists(event: DemoEvent) -> None:
    rooms = {room.key for room in event.venue.rooms} if event.venue else set()
    known = KASSEL_NEXT.speakers if event is not KASSEL else ()  # nothing may be invented for people of Kassel
    speakers = {speaker.key for speaker in (*event.speakers, *known)}
    rounds = {entry.key for entry in event.rounds}
    wrong = [
        item.key
        for item in event.items
        if (item.room and item.room not in rooms)
        or (item.round and item.round not in rounds)
        or {appearance.speaker for appearance in item.appearances} - speakers
    ]
    assert wrong == []
    assert set(event.hosts) <= {host.key for host in hosts.HOSTS}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.slug)
def test_plenary_items_follow_each_other_without_overlap(event: DemoEvent) -> None:
    spans = sorted({(item.starts, item.ends) for item in event.items})
    assert [(a, b) for a, b in pairwise(spans) if a[1] > b[0]] == []


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.slug)
def test_nobody_is_in_two_workshops_at_once(event: DemoEvent) -> None:
    busy = [(item.round, appearance.speaker) for item in event.items if item.round for appearance in item.appearances]
    assert len(busy) == len(set(busy))


def test_workshop_places_fit_into_their_rooms() -> None:
    sizes = {room.key: room.capacity for event in (KASSEL, KASSEL_NEXT) if event.venue for room in event.venue.rooms}
    too_big = [i.key for e in (KASSEL, KASSEL_NEXT) for i in e.items if i.capacity and i.capacity > sizes[i.room or ""]]
    assert too_big == []


INVENTED = ("role", "biography", "email", "portrait", "links", "is_featured")


def test_kassel_keeps_to_the_known_facts_about_real_people() -> None:
    known = {field.name for field in fields(KASSEL.speakers[0])} - set(INVENTED)
    assert known == {"key", "given_name", "family_name", "title", "organisation"}
    extra = [s.name for s in KASSEL.speakers if any(getattr(s, name) for name in INVENTED)]
    assert extra == []
    assert [s.name for s in KASSEL.speakers if s.organisation] == ["Markus Weiland"]


def test_kassel_quotes_are_reported_speech_without_quotation_marks() -> None:
    assert KASSEL.report is not None
    texts = [part[lang] for q in KASSEL.report.quotes for part in (q.text, q.rest) if part for lang in ("de", "en")]
    assert [text for text in texts if set(text) & set('„“”"»«')] == []
    assert [quote.paraphrased for quote in KASSEL.report.quotes] == [True] * 4


def test_kassel_workshops_are_as_complete_as_the_record() -> None:
    assert KASSEL.report is not None
    workshops = [item for item in KASSEL.items if item.kind == "workshop"]
    assert [item.abstract for item in workshops] == [None] * 4
    assert {key: len(found) for key, found in KASSEL.report.findings.items()} == {"uebergang-schule-beruf": 3}


def test_report_has_the_length_of_a_report() -> None:
    assert KASSEL.report is not None
    counts = {lang: sum(len(body[lang].split()) for _, body in KASSEL.report.sections) for lang in ("de", "en")}
    assert all(600 <= count <= 900 for count in counts.values()), counts


def test_invented_addresses_are_on_reserved_domains() -> None:
    speakers = [speaker.email for speaker in KASSEL_NEXT.speakers] + [event.contact.email for event in EVENTS]
    participants = [person.email for person in people_names.participants(500, 1, {})]
    domains = {
        str(address).rpartition("@")[2] for address in speakers + participants + [host.email for host in hosts.HOSTS]
    }
    assert domains == {"example.org", "example.net"}


def test_participants_are_the_same_for_the_same_seed() -> None:
    rounds = {"one": ("a", "b", "c", "d")}
    first, again = (people_names.participants(120, 7, rounds, pins=True) for _ in range(2))
    assert first == again
    assert len({person.email for person in first}) == 120


def test_wishes_are_skewed_ranked_and_apart_from_never() -> None:
    people = people_names.participants(600, 3, {"one": ("a", "b", "c", "d")})
    wishes = [person.wishes["one"] for person in people]
    firsts = [sum(w.ranked[:1] == (key,) for w in wishes) for key in "abcd"]
    assert firsts == sorted(firsts, reverse=True)
    assert [w for w in wishes if len(set(w.ranked + w.never)) != len(w.ranked + w.never)] == []
    assert {len(w.ranked) for w in wishes} == {0, 1, 2, 3}


def test_downloads_are_real_files() -> None:
    assert files.network_grid_csv().decode("utf-8-sig").splitlines()[0].split(";") == list(files.GRID_HEAD)
    odt = ZipFile(BytesIO(files.working_sheet_odt()))
    assert odt.testzip() is None
    assert odt.namelist()[0] == "mimetype"
    assert files.working_sheet_odt() == files.working_sheet_odt()
    assert files.programme_sheet_html(KASSEL).count("<tr>") == 1 + len(KASSEL.items)


def test_answers_use_the_keys_of_the_question_library() -> None:
    asked = {
        question.key: {option["key"] for option in question.options} for question in (library.DIET, library.ACCESS)
    }
    people = people_names.participants(800, 5, {})
    given = {key: {pick for p in people if key in p.answers for pick in p.answers[key]["chosen"]} for key in asked}
    assert {key: picks - asked[key] for key, picks in given.items()} == {"diet": set(), "access": set()}


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.slug)
def test_kinds_and_roles_are_those_of_the_programme(event: DemoEvent) -> None:
    roles = {appearance.kind for item in event.items for appearance in item.appearances}
    assert ({item.kind for item in event.items} - set(rules.KINDS), roles - set(rules.ROLES)) == (set(), set())


@pytest.mark.parametrize(("event", "popular"), [(KASSEL, kassel.POPULAR), (KASSEL_NEXT, next_workshops.POPULAR)])
def test_popular_names_every_workshop_once(event: DemoEvent, popular: dict[str, tuple[str, ...]]) -> None:
    workshops = {entry.key: sorted(i.key for i in event.items if i.round == entry.key) for entry in event.rounds}
    assert {key: sorted(items) for key, items in popular.items()} == workshops


@pytest.mark.parametrize("event", [KASSEL, KASSEL_NEXT], ids=lambda event: event.slug)
def test_every_round_has_a_place_for_everybody(event: DemoEvent) -> None:
    places = [sum(i.capacity or 0 for i in event.items if i.round == entry.key) for entry in event.rounds]
    assert [count for count in places if count < (event.capacity or 0)] == []
