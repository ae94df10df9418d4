"""Proposals of speakers on a real database: joined, approved into profile and draft, sent back, never lost."""

from io import BytesIO

import pytest
from flask import Flask

from eventsite.contributions import rules, service, service_approval, service_files
from eventsite.contributions.models import ContributionConsent, Material, SpeakerChange
from eventsite.core import clock, images, storage
from eventsite.core.db import db
from eventsite.core.errors import NotFound, Refused
from eventsite.media.models import Download
from eventsite.programme import queries as programmes
from eventsite.programme import service_releases
from eventsite.programme.models import ProgrammeItem, Speaker
from tests.conftest import NOW, both_databases
from tests.contributing import desk_of, make_staged, picture, proposal, waiting
from tests.meeting import Meeting, words
from tests.service.registration.test_races import at_once

BIOGRAPHY = {"biography": words("Lehrt und forscht.")}
TEXT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make_staged()


def fresh(speaker: Speaker) -> Speaker:
    db.session.rollback()
    return db.session.get_one(Speaker, speaker.id)


def propose(meeting: Meeting, values: dict[str, object], seen: str = "") -> None:
    speaker = meeting.speakers["märz"]
    service.propose_profile(speaker.id, values, seen, author="speaker")


def seen_biography(text: str = "Forscht.") -> str:
    return rules.seen_of({"biography": words(text)})


@both_databases
def test_profile_is_shown_once_it_is_approved(app: Flask, meeting: Meeting) -> None:
    märz = meeting.speakers["märz"]
    propose(meeting, BIOGRAPHY, seen_biography())
    assert (fresh(märz).biography, waiting(meeting.event.id)[0][:2]) == (
        words("Forscht."), ("biography", BIOGRAPHY["biography"])
    )  # fmt: skip
    public_id, seen = proposal(meeting.event.id, "biography")
    service_approval.approve(meeting.event.id, public_id, seen, actor="olivia")
    assert (fresh(märz).biography, waiting(meeting.event.id)) == (BIOGRAPHY["biography"], [])
    with pytest.raises(NotFound):
        service_approval.approve(meeting.event.id, public_id, seen, actor="olivia")


def test_going_back_to_what_is_public_withdraws_the_proposal(meeting: Meeting) -> None:
    propose(meeting, BIOGRAPHY, seen_biography())
    propose(meeting, {"biography": words("Forscht.")}, rules.seen_of(BIOGRAPHY))
    assert waiting(meeting.event.id) == []


def test_words_of_an_item_are_public_with_the_next_release(meeting: Meeting) -> None:
    event_id, item, märz = meeting.event.id, meeting.items["first"], meeting.speakers["märz"]
    seen = rules.seen_of({"title": words("Netze knüpfen"), "abstract": {}})
    typed = {"title": words("Netze halten"), "abstract": words("Wie sie halten.")}
    service.propose_words(märz.id, item.id, typed, seen, author="assistant")
    for field in typed:
        service_approval.approve(event_id, *proposal(event_id, field), actor="olivia")
    db.session.rollback()
    draft = db.session.get_one(ProgrammeItem, item.id)
    assert (draft.title, draft.abstract) == (typed["title"], typed["abstract"])
    before = programmes.released(event_id)
    service_releases.release(event_id)
    db.session.rollback()
    after = programmes.released(event_id)
    assert before is not None and after is not None
    assert [one.find(item.slug)["title"] for one in (before, after) if one.find(item.slug)] == [  # type: ignore[index]
        words("Netze knüpfen"), words("Netze halten")
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["welcome", "second"])
def test_words_of_others_are_nobodys_to_change(meeting: Meeting, name: str) -> None:
    with pytest.raises(NotFound):
        service.propose_words(
            meeting.speakers["märz"].id, meeting.items[name].id, {"title": words("Meins")}, "", author="speaker"
        )
    with pytest.raises(NotFound):  # whoever moderates gives no words
        service.propose_words(
            meeting.speakers["weiland"].id, meeting.items["second"].id, {"title": words("M")}, "", author="speaker"
        )
    assert waiting(meeting.event.id) == []


def test_what_changed_since_it_was_seen_is_not_approved(meeting: Meeting) -> None:
    propose(meeting, BIOGRAPHY, seen_biography())
    public_id, seen = proposal(meeting.event.id, "biography")
    propose(meeting, {"biography": words("Ganz anders.")}, rules.seen_of(BIOGRAPHY))
    with pytest.raises(Refused, match="geändert"):
        service_approval.approve(meeting.event.id, public_id, seen, actor="olivia")
    with pytest.raises(Refused, match="geändert"):
        service_approval.approve_all(meeting.event.id, {f"change-{public_id}": seen}, actor="olivia")
    assert fresh(meeting.speakers["märz"]).biography == words("Forscht.")


def test_what_is_sent_back_carries_a_word_and_can_be_sent_anew(meeting: Meeting) -> None:
    propose(meeting, BIOGRAPHY, seen_biography())
    public_id, _seen = proposal(meeting.event.id, "biography")
    with pytest.raises(Refused, match="warum"):
        service_approval.send_back(meeting.event.id, public_id, " ", actor="olivia")
    service_approval.send_back(meeting.event.id, public_id, "Bitte in der dritten Person", actor="olivia")
    row = desk_of(meeting.speakers["märz"]).changes[None, "biography"]
    assert (row.state, row.word, row.after) == ("returned", "Bitte in der dritten Person", BIOGRAPHY["biography"])
    propose(meeting, {"biography": words("Sie lehrt.")}, rules.seen_of(BIOGRAPHY))
    row = desk_of(meeting.speakers["märz"]).changes[None, "biography"]
    assert (row.state, row.word) == ("open", "")


@both_databases
def test_32_hands_at_once_leave_one_proposal(app: Flask, meeting: Meeting) -> None:
    seen, märz = seen_biography(), meeting.speakers["märz"].id

    def save(number: int) -> bool:
        try:
            service.propose_profile(märz, {"biography": words(f"Fassung {number}")}, seen, author="speaker")
        except rules.Clash:
            return False
        return True

    assert sum(at_once(app, save, range(32))) == 1
    assert db.session.scalar(db.select(db.func.count(SpeakerChange.id))) == 1


def test_portrait_is_cut_where_it_was_asked_and_needs_its_rights(meeting: Meeting) -> None:
    märz, event_id = meeting.speakers["märz"], meeting.event.id
    for credit, has_rights, match in (("", True, "§ 13"), ("Ada", False, "veröffentlicht")):
        with pytest.raises(Refused, match=match):
            service_files.propose_portrait(
                märz.id, picture(), credit=credit, focus=(0.2, 0.5), has_rights=has_rights, author="speaker"
            )
    told = {"credit": "Ada Bild", "has_rights": True, "author": "speaker"}
    service_files.propose_portrait(märz.id, picture(), focus=(0.2, 0.5), **told)
    service_files.propose_portrait(märz.id, b"", focus=(0.8, 0.5), **told)  # another part of the same picture
    service_approval.approve(event_id, *proposal(event_id, "portrait"), actor="olivia")
    found = fresh(märz)
    assert found.portrait_key is not None
    made = images.check(storage.read(found.portrait_key))
    assert (made.width, made.height, found.portrait_credit) == (320, 320, "Ada Bild")
    from PIL import Image

    with Image.open(BytesIO(storage.read(found.portrait_key))) as image:
        red, _green, blue = image.convert("RGB").getpixel((310, 160))  # type: ignore[misc]
    assert blue > 200 > red


def test_material_is_a_download_once_approved_and_keeps_its_address(meeting: Meeting) -> None:
    märz, item, event_id = meeting.speakers["märz"], meeting.items["first"], meeting.event.id
    row = service_files.send_material(märz.id, item.id, TEXT, "Folien.pdf", title="Folien", publish_after=NOW)
    assert db.session.scalars(db.select(Download)).all() == []
    seen = rules.print_of(row.key)
    service_approval.approve_material(event_id, row.public_id, seen, access="participants", actor="olivia")
    (first,) = db.session.scalars(db.select(Download)).all()
    address = (first.public_id, first.access, first.credit, first.publish_after)
    assert address[1:] == ("participants", "Dr. Daniel März", NOW)
    row = service_files.send_material(
        märz.id, item.id, TEXT + b"2", "Neu.pdf", title="Folien", publish_after=None, replaces=row.public_id
    )
    db.session.rollback()
    assert db.session.scalars(db.select(Download.filename)).one() == "Folien.pdf"  # the old one until it is approved
    service_approval.approve_material(event_id, row.public_id, rules.print_of(row.key), access="public", actor="olivia")
    db.session.rollback()
    (second,) = db.session.scalars(db.select(Download)).all()
    assert (second.public_id, second.access, second.filename) == (address[0], "participants", "Neu.pdf")
    with pytest.raises(Refused, match="freigegeben"):
        service_files.take_back(märz.id, row.public_id)


@pytest.mark.parametrize(("content", "name"), [(b"", "leer.pdf"), (b"MZ\x00\x00", "x.exe"), (b"<script>", "x.txt")])
def test_bad_files_are_refused(meeting: Meeting, content: bytes, name: str) -> None:
    with pytest.raises(Refused):
        service_files.send_material(
            meeting.speakers["märz"].id, meeting.items["first"].id, content, name, title="", publish_after=None
        )
    assert db.session.scalars(db.select(Material)).all() == []


@both_databases
def test_consents_are_logged_with_words_and_time(app: Flask, meeting: Meeting) -> None:
    event_id, märz = meeting.event.id, meeting.speakers["märz"].id
    service.give_consents(event_id, märz, {"recording": "yes", "slides": "ask"})
    with clock.freeze(NOW.replace(hour=12)):
        service.give_consents(event_id, märz, {"recording": "no", "slides": "ask"})
    with pytest.raises(Refused):
        service.give_consents(event_id, märz, {"recording": "perhaps"})
    rows = db.session.scalars(db.select(ContributionConsent).order_by(ContributionConsent.id)).all()
    assert [(one.kind, one.answer, one.given_at.hour, one.language) for one in rows] == [
        ("recording", "yes", 9, "de"), ("slides", "ask", 9, "de"), ("recording", "no", 12, "de")
    ]  # fmt: skip
    assert (
        rows[0].wording == "Mein Beitrag darf in Ton und Bild aufgezeichnet und die Aufzeichnung veröffentlicht werden."
    )
    consents = desk_of(meeting.speakers["märz"]).parts[0].consents
    assert {kind: one.answer for kind, one in consents.items()} == {"recording": "no", "slides": "ask"}
