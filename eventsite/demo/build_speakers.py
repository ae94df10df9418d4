"""Speakers of the coming event with their links: some have sent everything, some lack something, one cannot come."""

from datetime import datetime

from eventsite.contributions import queries, queries_board, rules, service, service_files, service_links, service_plan
from eventsite.contributions.queries_board import Row
from eventsite.core import clock, i18n, ids
from eventsite.core.db import db
from eventsite.core.text import slugify
from eventsite.demo.build_event import Built
from eventsite.people.models import PersonalLink
from eventsite.programme import service_speakers
from eventsite.programme.models import ProgrammeItem, Speaker

ACTOR = "demonstration"
WITH_LINK = 6


def speakers(built: Built, at: datetime) -> str:
    """Asks the speakers, lets some answer, and returns the address of one page."""
    event_id = built.event_id
    with clock.freeze(at), i18n.use_language("de"):
        service_plan.store(
            event_id, wanted=rules.USUAL, due_at=built.at("18:00", -21), reminder_days=[14, 3], may_mail_groups=True,
            actor=ACTOR,
        )  # fmt: skip
        rows = [row for row in _rows(event_id) if _workshops(row)][:WITH_LINK]
        people = [(row.speaker.id, row.speaker.name, row.speaker.person.email) for row in rows]
        for speaker_id, name, email in people:
            if not email:
                service_speakers.set_email(speaker_id, f"{slugify(name)}@example.org")
        for speaker_id, _name, _email in people:
            service_links.send(event_id, speaker_id, actor=ACTOR)
        _tell(event_id, people[0][0])
        service.answer(event_id, people[1][0], "yes")
        service.answer(event_id, people[2][0], "no")
    return _page(people[0][0])


def _rows(event_id: int) -> list[Row]:
    return queries_board.board(event_id, queries.plan(event_id))


def _workshops(row: Row) -> list[ProgrammeItem]:
    return [a.item for a in row.appearances if a.item.kind == "workshop" and a.role in rules.CONTENT_ROLES]


def _tell(event_id: int, speaker_id: int) -> None:
    """What the most diligent of them sent."""
    row = next(one for one in _rows(event_id) if one.speaker.id == speaker_id)
    item = _workshops(row)[0]
    seen = rules.seen_of(queries.practical_values(None))
    told = {
        "technology": "Beamer, Ton vom eigenen Rechner, zwei Pinnwände", "no_technology": "", "no_travel": "",
        "travel": "Mit der Bahn, Ankunft am Vorabend", "note": "Gern mit Kopfmikrofon.", "language": "",
    }  # fmt: skip
    before = queries.profile_values(row.speaker)
    biography = {code: f"{text} {MORE[code]}" for code, text in before["biography"].items() if code in MORE} or MORE
    title = queries.word_values(item)["title"]
    service.answer(event_id, speaker_id, "yes")
    service.change_practical(event_id, speaker_id, told, seen)
    service.change_needs(
        event_id, speaker_id, {"diet": "vegan", "access": ""}, rules.seen_of(queries.need_values(None))
    )
    service.give_consents(event_id, speaker_id, {"recording": "yes", "slides": "ask"})
    service.propose_profile(
        speaker_id, {"biography": biography}, rules.seen_of({"biography": before["biography"]}), author="speaker"
    )
    longer = {code: f"{text}: {ADDED[code]}" for code, text in title.items() if code in ADDED}
    service.propose_words(speaker_id, item.id, {"title": longer}, rules.seen_of({"title": title}), author="assistant")
    service_files.send_material(
        speaker_id, item.id, TABLE.encode(), "lernorte.csv", title="Zahlen zum Workshop", publish_after=None
    )


def _page(speaker_id: int) -> str:
    row = db.session.get_one(Speaker, speaker_id)
    link = db.session.get_one(PersonalLink, row.link_id)
    return f"/s/{ids.link_token(link.purpose, link.public_id, link.generation)}/"


MORE = {
    "de": "Zuletzt ist ein Handbuch für kleine Lernorte entstanden.",
    "en": "The latest work is a handbook for small places to learn.",
}
ADDED = {"de": "ein Werkstattgespräch", "en": "a conversation"}
TABLE = "Ort;Plätze\nBibliothek;40\nVereinsheim;25\n"
