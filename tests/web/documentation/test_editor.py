"""The editor: blocks with a preview, conflicts, findings in a hurry, publishing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventsite.core import pdf
from eventsite.documentation import blocks, queries, service
from eventsite.documentation.models import Block
from tests.browserless import post_form
from tests.documented import make_documented
from tests.meeting import Meeting, words
from tests.organisers import make_account, signed_in

DESK = "/admin/werkstatt/documentation"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    meeting = make_documented()
    make_account("Anna", event_id=meeting.event.id)
    make_account("Hilde", event_id=meeting.event.id, role="helper")
    return meeting


@pytest.fixture
def anna(app: Flask, meeting: Meeting) -> FlaskClient:
    return signed_in(app, "Anna")


def of_kind(meeting: Meeting, kind: str) -> list[Block]:
    return [b for b in service.open_documentation(meeting.event.id).blocks if b.kind == kind]


def test_editor_lists_blocks_and_workshops(anna: FlaskClient) -> None:
    page = anna.get(DESK)
    assert page.status_code == 200
    for words_ in ("Der Tag", "Netze knüpfen", "Räume öffnen", "Verbindlich"):
        assert words_ in page.text


def test_every_kind_has_a_form(anna: FlaskClient) -> None:
    pages = {kind: anna.get(f"{DESK}/blocks/new?kind={kind}") for kind in blocks.KINDS}
    assert {kind: page.status_code for kind, page in pages.items()} == dict.fromkeys(blocks.KINDS, 200)
    assert {page.text.count('<form method="post" class="form"') for page in pages.values()} == {1}


def test_block_is_written_with_a_preview_first(anna: FlaskClient, meeting: Meeting) -> None:
    typed = {"title-de": "Neu", "text-de": "Ein **fetter** Satz"}
    shown = post_form(anna, f"{DESK}/blocks/new?kind=text", {**typed, "preview": "1"})
    assert "<strong>fetter</strong>" in shown.text
    assert "Ein **fetter** Satz" in shown.text
    assert len(of_kind(meeting, "text")) == 1
    assert post_form(anna, f"{DESK}/blocks/new?kind=text", typed).status_code == 303
    assert of_kind(meeting, "text")[1].content == {"title": words("Neu"), "text": words("Ein **fetter** Satz")}


def test_incomplete_block_comes_back_with_what_was_typed(anna: FlaskClient, meeting: Meeting) -> None:
    answer = post_form(anna, f"{DESK}/blocks/new?kind=text", {"title-de": "Nur ein Titel"})
    assert (answer.status_code, "Nur ein Titel" in answer.text) == (422, True)
    assert len(of_kind(meeting, "text")) == 1


def test_two_editors_at_once_lose_nothing(anna: FlaskClient, meeting: Meeting) -> None:
    (block,) = of_kind(meeting, "text")
    path = f"{DESK}/blocks/{block.public_id}"
    typed = {"revision": str(block.revision), "title-de": "Der Tag", "text-de": "Meins"}
    service.change_block(meeting.event.id, block.public_id, {"text": words("Deins")}, revision=block.revision)
    answer = post_form(anna, path, typed)
    assert answer.status_code == 409
    assert ("Meins" in answer.text, "Deins" in answer.text) == (True, True)
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', answer.text)
    assert revision
    assert post_form(anna, path, {**typed, "revision": revision[1]}).status_code == 303
    assert queries.get_block(meeting.event.id, block.public_id).content["text"] == words("Meins")


def test_quote_of_a_person_and_of_somebody_unnamed(anna: FlaskClient, meeting: Meeting) -> None:
    speaker = meeting.speakers["weiland"].id
    post_form(anna, f"{DESK}/blocks/new?kind=quote", {"text-de": "Eins", "item_id": "0", "speaker_id": str(speaker)})
    post_form(
        anna,
        f"{DESK}/blocks/new?kind=quote",
        {"text-de": "Zwei", "item_id": "0", "speaker_id": "0", "label-de": "Gast"},
    )
    found = {b.content["text"]["de"]: (b.speaker_id, b.item_id) for b in of_kind(meeting, "quote")[1:]}
    assert found == {"Eins": (speaker, None), "Zwei": (None, None)}


def test_finding_is_added_in_one_step(anna: FlaskClient, meeting: Meeting) -> None:
    item = meeting.items["second"]
    path = f"{DESK}/findings/{item.public_id}"
    wrong = post_form(anna, path, {"title": "", "text": "Absatz"}, page=DESK)
    assert (wrong.status_code, "Absatz" in wrong.text) == (422, True)
    assert post_form(anna, path, {"title": "Drittens", "text": "Absatz"}, page=DESK).status_code == 303
    found = [b for b in of_kind(meeting, "finding") if b.item_id == item.id]
    assert [b.content for b in found] == [{"title": words("Drittens"), "text": words("Absatz")}]


def test_blocks_are_moved_and_deleted(anna: FlaskClient, meeting: Meeting) -> None:
    (quote,) = of_kind(meeting, "quote")
    post_form(anna, f"{DESK}/blocks/{quote.public_id}/move", {"step": "up"}, page=DESK)
    assert [b.kind for b in service.open_documentation(meeting.event.id).blocks][:2] == ["quote", "text"]
    post_form(anna, f"{DESK}/blocks/{quote.public_id}/deletion", {}, page=DESK)
    assert of_kind(meeting, "quote") == []


def test_opening_is_stored(anna: FlaskClient, meeting: Meeting) -> None:
    assert post_form(anna, f"{DESK}/lead", {"de": "Zwei Sätze.", "en": ""}, page=DESK).status_code == 303
    assert service.open_documentation(meeting.event.id).lead == words("Zwei Sätze.")


def test_whole_page_can_be_seen_before_publishing(anna: FlaskClient) -> None:
    page = anna.get(f"{DESK}/preview")
    assert (page.status_code, "Der Tag" in page.text) == (200, True)


def test_publishing_queues_a_version(anna: FlaskClient, meeting: Meeting) -> None:
    assert post_form(anna, f"{DESK}/versions", {}, page=DESK).status_code == 303
    version = queries.latest_version(meeting.event.id)
    assert version is not None
    assert sorted((f.language, f.state) for f in version.files) == [("de", "queued"), ("en", "queued")]


def test_missing_engine_disables_the_button_and_says_why(
    anna: FlaskClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "LIBRARIES", ("no-such-library",))
    page = anna.get(DESK)
    assert "apt-get install" in page.text
    assert re.search(r'type="submit" disabled aria-describedby="engine-problem"', page.text)
    assert post_form(anna, f"{DESK}/versions", {}, page=DESK).status_code == 409
    assert queries.latest_version(meeting.event.id) is None


def test_helper_and_stranger_may_not(app: Flask, meeting: Meeting) -> None:
    assert signed_in(app, "Hilde").get(DESK).status_code == 403
    assert app.test_client().get(DESK).status_code == 303
