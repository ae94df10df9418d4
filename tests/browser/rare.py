"""Pages that few people ever see: makes what stands behind them in the demonstration, and knows their addresses."""

from typing import Any

from eventsite.contributions import service_links
from eventsite.core import ids
from eventsite.core.db import db
from eventsite.events import queries as event_queries
from eventsite.events import service as events
from eventsite.people.models import PersonalLink
from eventsite.programme import queries_released, queries_speakers
from eventsite.proposals import service as proposals
from eventsite.proposals.contents import Contents, Named
from eventsite.proposals.models import Proposal
from eventsite.registration import (
    queries,
    queries_lists,
    service_addresses,
    service_handover,
    service_interest,
    service_invitations,
)
from eventsite.registration import service as registrations
from eventsite.registration.models import Handover, Registration
from eventsite.registration.models_interest import Interest
from eventsite.registration.models_ways import RegistrationGroup
from eventsite.site import importing, signup
from tests import waiting
from tests.registering import fresh, page_of, sign_up

SLUG = "kassel-next"
LIST = "E-Mail;Name;Ort\nada@example.org;Ada;Kassel\nfalsch;Bo;Fulda\n"


def rare_pages() -> list[str]:
    """Addresses of the public and personal pages; expects an application context of the site."""
    event = event_queries.get_event(SLUG)
    event_id = event.id
    listed = [*_proposed(event_id), *_several(event_id), *_interested(), *_invited(event_id), *_own_changes(event_id)]
    listed += _waiting(event_id)
    return [*listed, *_speakers(event_id), f"/de/speakers/{queries_released.on_stage(event_id)[0].speaker.slug}"]


def _proposed(event_id: int) -> list[str]:
    """A draft, a proposal to be confirmed, and one to be answered, each behind its link."""
    about = {"title": "Lernwege", "abstract": "Wege zwischen Lernorten."}
    drafted, sent = (
        Contents(kind="workshop", people=[Named("Ada", f"{name}@example.org", "Amt", "lead")], words=about)
        for name in ("draft", "sent")
    )
    made = [
        proposals.propose(event_id, drafted, language="de", is_draft=True),
        proposals.propose(event_id, sent, language="en"),
    ]
    accepted = db.session.scalars(db.select(Proposal).where(Proposal.state == "accepted")).first()
    assert accepted is not None
    pages = [f"/p/{_token(one.link_id)}/" for one in (*made, accepted)]
    return [*pages, f"{pages[0]}edit", f"{pages[2]}withdrawal", f"{pages[2]}erasure"]


def import_preview() -> str:
    """The organisers' preview of a list with a fault."""
    event = event_queries.get_event(SLUG)
    row = importing.take_table(event.id, "invitations", LIST.encode(), "list.csv", actor="test")
    return f"/admin/{SLUG}/imports/invitations/{row.public_id}"


def _token(link_id: int | None) -> str:
    db.session.rollback()
    link = db.session.get_one(PersonalLink, link_id)
    return ids.link_token(link.purpose, link.public_id, link.generation)


def _several(event_id: int) -> list[str]:
    """A group whose members have not said anything yet, one that has, and somebody with the mail still to open."""
    members = [sign_up(event_id, number) for number in (9001, 9002)]
    waiting.make_group(members)
    registrations.confirm(members[0].id)
    group = db.session.scalars(db.select(RegistrationGroup).order_by(RegistrationGroup.id.desc())).first()
    assert group is not None
    alone = sign_up(event_id, 9003)
    pages = [page_of(members[0], "group"), page_of(members[1], "joining"), page_of(alone, "confirmation")]
    return [*pages, f"/g/{_token(group.link_id)}/", f"/de/{SLUG}/register/group/received"]


def _interested() -> list[str]:
    event = event_queries.get_event("bildungsbericht-online")
    service_interest.leave_address(event.id, "rare@example.org", "de")
    found = db.session.scalars(db.select(Interest).where(Interest.email == "rare@example.org")).one()
    address = f"/n/{ids.link_token('interest', found.public_id, 1)}/"
    return [address, f"{address}leave"]


def _invited(event_id: int) -> list[str]:
    person = {"name": "Ada", "organisation": "Amt", "language": "de", "note": "", "basis_note": ""}
    service_invitations.enlist(event_id, [{"email": "rare@example.org", **person}], basis="office")
    service_invitations.send_all(event_id, actor="test")
    service_invitations.send(event_id)
    found = next(one for one in queries_lists.invitations(event_id) if one.email == "rare@example.org")
    address = f"/i/{ids.link_token('invitation', found.public_id, 1)}/"
    return [address, f"{address}unsubscribe"]


def _own_changes(event_id: int) -> list[str]:
    events.change_event(event_id, may_hand_over=True)
    giver, mover = waiting.confirmed(event_id, range(9011, 9013))
    service_handover.offer(giver.id, name="Ben Kurz", email="ben.kurz@example.org")
    handover = db.session.scalars(db.select(Handover).order_by(Handover.id.desc())).first()
    service_addresses.ask_for_change(mover.id, "moved@example.org")
    assert handover is not None
    address = f"/address/{_token(fresh(mover.id).new_email_link_id)}/"
    return [f"/handover/{_token(handover.link_id)}/", address, page_of(mover, "coming")]


def _speakers(event_id: int) -> list[str]:
    """The page of somebody who gives a contribution, with a link for an assistant."""
    rows = queries_speakers.desk(event_id)
    speaker = next(row.speaker for row in rows if any(item.kind == "workshop" for item, _one in row.parts))
    helper = service_links.make_assistant_link(speaker.id)
    own = f"/s/{_token(speaker.link_id)}/"
    return [own, f"{own}erasure", f"/s/{_token(helper.id)}/"]


def _waiting(event_id: int) -> list[str]:
    """The event is full: one person gets an offer, a group waits together, and everybody may change to online."""
    giver = waiting.confirmed(event_id, range(9021, 9022))[0]
    signup.change_places(event_id, actor="test", overbooking=0, promotion="offer")
    event = event_queries.get_event(SLUG)
    full = (event.capacity or 0) - (queries.places_of(event, "onsite").free or 0)
    signup.change_places(event_id, actor="test", capacity=full)
    next_one, *group = waiting.confirmed(event_id, range(9022, 9026))
    waiting.make_group(group)
    signup.sign_off(giver.id)
    offered: Any = fresh(next_one.id)
    assert offered.status == "offered"
    events.change_event(event_id, attendance="hybrid")
    somebody: Registration = fresh(group[0].id)
    return [page_of(offered, "offer"), page_of(somebody, "alone"), page_of(somebody, "attendance")]
