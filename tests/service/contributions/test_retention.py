"""What speakers sent is forgotten in time: needs soon, the rest with the identities, everything on request."""

from datetime import timedelta

import pytest
from flask import Flask

from eventsite.contributions import rules, service, service_files, service_links, service_retention
from eventsite.contributions.models import Contribution, ContributionConsent, ContributionNeed, Material, SpeakerChange
from eventsite.core import clock, jobs, storage
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.privacy import rules as retention
from eventsite.privacy import service as privacy
from eventsite.site import announcing
from tests.conftest import both_databases
from tests.contributing import make_staged, picture
from tests.meeting import Meeting, words
from tests.registering import mails
from tests.service.privacy.test_requests import traces

ODD = "Unverwechselbar"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    made = make_staged()
    event_id, märz = made.event.id, made.speakers["märz"].id
    seen = rules.seen_of(
        {"technology": "", "no_technology": "", "travel": "", "no_travel": "", "note": "", "language": ""}
    )
    told = {"technology": ODD, "no_technology": "", "travel": ODD, "no_travel": "", "note": ODD, "language": "en"}
    service.change_practical(event_id, märz, told, seen)
    service.change_needs(event_id, märz, {"diet": ODD, "access": ""}, rules.seen_of({"diet": "", "access": ""}))
    service.give_consents(event_id, märz, {"recording": "yes"})
    service.propose_profile(märz, {"organisation": ODD}, rules.seen_of({"organisation": ""}), author="speaker")
    service.propose_words(
        märz, made.items["first"].id, {"abstract": words(ODD)}, rules.seen_of({"abstract": {}}), author="speaker"
    )
    service_files.propose_portrait(märz, picture(), credit=ODD, focus=(0.5, 0.5), has_rights=True, author="speaker")
    service_files.send_material(märz, made.items["first"].id, b"a,b\n", f"{ODD}.csv", title=ODD, publish_after=None)
    service_links.send(event_id, märz, actor="test")
    return made


def count(*models: type) -> list[int]:
    db.session.rollback()
    return [db.session.scalar(db.select(db.func.count()).select_from(model)) or 0 for model in models]


@both_databases
def test_needs_go_first_the_rest_with_the_identities(app: Flask, meeting: Meeting) -> None:
    ended = meeting.event.ends_at
    with clock.freeze(ended + retention.RETENTION["sensitive"]):
        privacy.erase_due()
    assert count(ContributionNeed, Contribution, Material) == [0, 1, 1]
    with clock.freeze(ended + retention.RETENTION["identity"]):
        privacy.erase_due()
        privacy.erase_due()
    assert count(Material, ContributionConsent) == [0, 1]
    assert traces(ODD) == ["speaker_change.after"]
    with clock.freeze(ended + timedelta(days=400)):
        service_retention.forget_old()
    assert traces(ODD) == []
    assert not any(storage.keys())


@both_databases
def test_speaker_is_forgotten_on_request_without_a_trace(app: Flask, meeting: Meeting) -> None:
    service_retention.forget_speaker(meeting.speakers["märz"].id, actor="speaker")
    assert traces(ODD) == []
    assert count(Contribution, ContributionConsent, SpeakerChange, Material) == [0, 0, 0, 0]
    assert not any(storage.keys())


def test_proposals_decided_on_are_forgotten_some_weeks_later(meeting: Meeting) -> None:
    märz = meeting.speakers["märz"].id
    with clock.freeze(clock.now() + timedelta(days=1)):
        db.session.rollback()
        service.put(märz, None, "name", "A", "B", "speaker", None)
    for days, left in ((59, 4), (401, 0)):
        with clock.freeze(clock.now() + timedelta(days=days + 1)):
            service_retention.forget_old()
        assert count(SpeakerChange) == [left]


def test_item_with_proposals_can_still_be_deleted(meeting: Meeting) -> None:
    from eventsite.programme import service as programme

    programme.delete_item(meeting.items["first"].id)
    assert count(Material, SpeakerChange) == [0, 2]


def test_what_is_replaced_or_withdrawn_leaves_no_file(meeting: Meeting) -> None:
    märz, item = meeting.speakers["märz"].id, meeting.items["first"].id
    told = {"credit": ODD, "focus": (0.5, 0.5), "has_rights": True, "author": "speaker"}
    before = set(storage.keys())
    service_files.propose_portrait(märz, picture(800, 800), **told)
    assert (len(before), len(set(storage.keys()) & before)) == (3, 1)  # the former picture and its section are gone
    first = service_files.send_material(märz, item, b"a,b\n1,2\n", "a.csv", title="", publish_after=None).public_id
    service_files.send_material(märz, item, b"a,b\n3,4\n", "a.csv", title="", publish_after=None, replaces=first)
    assert len(set(storage.keys())) == 4
    service_files.take_back(märz, first)
    assert len(set(storage.keys())) == 3


def test_file_that_is_refused_is_not_stored(meeting: Meeting) -> None:
    märz, before = meeting.speakers["märz"].id, set(storage.keys())
    with pytest.raises(NotFound):
        service_files.send_material(märz, meeting.items["second"].id, b"x,y\n", "x.csv", title="", publish_after=None)
    assert set(storage.keys()) == before


def test_mails_to_speakers_lose_their_addresses_with_the_identities(meeting: Meeting) -> None:
    announcing.call_off(meeting.event.id, words("Sturm."), actor="anna")
    jobs.run_sweeps()
    assert [to for to, _subject in mails()] == ["maerz@example.org"] * 2
    with clock.freeze(meeting.event.ends_at + retention.RETENTION["identity"]):
        privacy.erase_due()
    assert [to for to, _subject in mails()] == [""] * 2
