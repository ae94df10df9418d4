"""The documentation through the services: nothing typed is lost, versions are frozen, PDFs are built once."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.core import clock, jobs, pdf, storage
from eventsite.core.db import db, transaction
from eventsite.core.errors import NotFound, Refused
from eventsite.documentation import prints, queries, service
from eventsite.documentation.models import DocumentationVersion, DocumentFile
from tests.conftest import NOW, both_databases
from tests.documented import make_documented
from tests.meeting import make_meeting, words
from tests.queries import count_queries

pytestmark = both_databases


@pytest.fixture
def quick_engine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An engine that answers at once with a small PDF; notes for which language it was asked."""
    asked: list[str] = []
    small = _small_pdf()

    def made(tree: dict[str, str], **_about: object) -> bytes:
        asked.append(tree["language"])
        return small

    monkeypatch.setattr(prints, "documentation_pdf", made)
    return asked


def _small_pdf() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
        b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n158\n%%EOF\n"
    )


def kinds(event_id: int) -> list[str]:
    db.session.rollback()
    draft = queries.find_documentation(event_id)
    return [block.kind for block in draft.blocks] if draft else []


def files(event_id: int) -> list[tuple[str, str]]:
    db.session.rollback()
    version = queries.latest_version(event_id)
    return sorted((f.language, f.state) for f in version.files) if version else []


def test_blocks_stand_where_their_kind_usually_does(app: Flask) -> None:
    event = make_meeting().event
    for kind, content in (("core_message", "A"), ("text", "B"), ("quote", "C"), ("text", "D")):
        service.add_block(event.id, kind, {"text": words(content)})
    assert kinds(event.id) == ["text", "quote", "text", "core_message"]


def test_block_is_moved_and_deleted(app: Flask) -> None:
    event = make_meeting().event
    names = [service.add_block(event.id, "text", {"text": words(t)}).public_id for t in "abc"]
    service.move_block(event.id, names[2], -9)
    service.move_block(event.id, names[0], 1)
    service.delete_block(event.id, names[2])
    draft = queries.find_documentation(event.id)
    assert draft is not None
    assert [(b.public_id, b.position) for b in draft.blocks] == [(names[1], 0), (names[0], 1)]
    with pytest.raises(NotFound):
        service.move_block(event.id, names[2], 1)


def test_second_editor_sees_both_texts_and_nothing_is_lost(app: Flask) -> None:
    event = make_meeting().event
    block = service.add_block(event.id, "text", {"text": words("Erst")})
    seen = block.revision
    service.change_block(event.id, block.public_id, {"text": words("Anna")}, revision=seen)
    with pytest.raises(service.Conflict) as conflict:
        service.change_block(event.id, block.public_id, {"text": words("Ben")}, revision=seen)
    assert conflict.value.current == {"text": words("Anna")}
    service.change_block(event.id, block.public_id, {"text": words("Beide")}, revision=conflict.value.revision)
    assert queries.get_block(event.id, block.public_id).content == {"text": words("Beide")}


def test_block_of_another_event_cannot_be_changed(app: Flask) -> None:
    meeting = make_meeting()
    block = service.add_block(meeting.event.id, "text", {"text": words("Erst")})
    with pytest.raises(NotFound):
        service.change_block(meeting.event.id + 1, block.public_id, {"text": words("Fremd")})


def test_publishing_shows_page_and_pdf_together(app: Flask, quick_engine: list[str]) -> None:
    event = make_documented().event
    version = service.publish(event.id)
    assert (version.published_at, queries.published_version(event.id)) == (None, None)
    service.build(version.id)
    assert files(event.id) == [("de", "ready"), ("en", "ready")]
    shown = queries.published_version(event.id)
    assert shown is not None
    assert (shown.number, shown.published_at) == (1, NOW)
    assert sorted(quick_engine) == ["de", "en"]


def test_unchanged_content_is_never_rendered_twice(app: Flask, quick_engine: list[str]) -> None:
    event = make_documented().event
    for _ in range(2):
        version = service.publish(event.id)
        service.build(version.id)
    assert (version.number, len(quick_engine)) == (1, 2)


def test_published_version_is_frozen_until_the_next_one(app: Flask, quick_engine: list[str]) -> None:
    event = make_documented().event
    service.build(service.publish(event.id).id)
    service.change_lead(event.id, words("Neu"))
    shown = queries.published_version(event.id)
    assert shown is not None
    assert shown.tree["de"]["lead"] != "Neu"
    service.build(service.publish(event.id).id)
    shown = queries.published_version(event.id)
    assert shown is not None
    assert (shown.number, shown.tree["de"]["lead"]) == (2, "Neu")


def test_lost_bell_is_found_by_the_sweep(app: Flask, quick_engine: list[str]) -> None:
    event = make_documented().event
    service.publish(event.id)
    jobs.run_sweeps()
    assert files(event.id) == [("de", "ready"), ("en", "ready")]
    assert queries.unfinished_versions() == []


def test_file_of_a_dead_worker_is_built_again_but_not_that_of_a_living_one(app: Flask, quick_engine: list[str]) -> None:
    event = make_documented().event
    version = service.publish(event.id)
    with transaction() as session:
        for file in session.query(DocumentFile):
            file.state, file.started_at = "building", clock.now()
    service.build(version.id)
    assert (files(event.id), quick_engine) == ([("de", "building"), ("en", "building")], [])
    with clock.freeze(NOW + queries.STALE + timedelta(seconds=1)):
        jobs.run_sweeps()
    assert files(event.id) == [("de", "ready"), ("en", "ready")]


def test_failed_pdf_lets_the_page_go_live_and_says_why(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_about: object) -> bytes:
        raise pdf.MissingPicture(["media:0"])

    event = make_documented().event
    monkeypatch.setattr(prints, "documentation_pdf", broken)
    service.build(service.publish(event.id).id)
    found = queries.find_published(event.id, "de")
    assert found is not None
    assert found[1] is not None
    assert (found[1].state, "media:0" in found[1].problem) == ("failed", True)


def test_failed_pdf_is_tried_again_by_publishing_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    event = make_documented().event
    with monkeypatch.context() as patch:
        patch.setattr(prints, "documentation_pdf", lambda *_a, **_k: 1 / 0)
        service.build(service.publish(event.id).id)
    assert files(event.id) == [("de", "failed"), ("en", "failed")]
    monkeypatch.setattr(prints, "documentation_pdf", lambda *_a, **_k: _small_pdf())
    version = service.publish(event.id)
    service.build(version.id)
    assert (version.number, files(event.id)) == (1, [("de", "ready"), ("en", "ready")])


def test_command_gets_the_published_pdf_or_a_sentence(app: Flask, quick_engine: list[str]) -> None:
    event = make_documented().event
    with pytest.raises(Refused):
        service.render_event(event.slug, "de")
    with pytest.raises(NotFound):
        service.render_event("unknown", "de")
    service.build(service.publish(event.id).id)
    assert service.render_event(event.slug, "de") == _small_pdf()
    with pytest.raises(Refused):
        service.render_event(event.slug, "fr")
    assert quick_engine == ["de", "en"]


def test_version_keeps_what_was_published_in_storage(app: Flask, quick_engine: list[str]) -> None:
    event = make_documented().event
    service.build(service.publish(event.id).id)
    file = db.session.query(DocumentFile).filter_by(language="de").one()
    assert (storage.size(file.key or ""), file.pages) == (len(_small_pdf()), 1)


def test_materials_take_a_fixed_number_of_queries(app: Flask) -> None:
    event = make_documented().event
    numbers = []
    for text in ("eins", "zwei"):
        service.add_block(event.id, "text", {"text": words(text)})
        db.session.rollback()
        with count_queries() as sent:
            queries.materials(event.id)
        numbers.append(len(sent))
    assert numbers[0] == numbers[1] <= 12


def test_every_publication_is_a_row_with_who_and_when(app: Flask, quick_engine: list[str]) -> None:
    event = make_documented().event
    service.publish(event.id, actor="anna")
    row = db.session.query(DocumentationVersion).one()
    assert (row.requested_by, row.requested_at) == ("anna", NOW)
