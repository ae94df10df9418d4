"""The calendar of an organiser: events, drafts as they stand, and duties."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from eventsite.calendars import duties
from eventsite.core import clock
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.core.ical import CONFIRMED, TENTATIVE, Entry
from eventsite.events.models import Event
from eventsite.people import rules as roles
from eventsite.people.models import Account, Membership
from eventsite.programme import differences, entries, queries_releases, snapshot
from eventsite.programme import queries as programmes
from eventsite.programme.snapshot import Programme

KEPT = timedelta(days=30)  # after the end of an event
MOST = 20  # events: whoever owns a site with hundreds needs the next ones


def holder(link_id: int) -> Account:
    """Whose calendar a link opens; NotFound where the account was closed."""
    query = select(Account).where(Account.feed_link_id == link_id, Account.closed_at.is_(None))
    account = db.session.scalar(query)
    if account is None:
        raise NotFound
    return account


def team_entries(account: Account, base_url: str) -> list[Entry]:
    """What an organiser works on: each event, its draft (what is not released is tentative), and the duties.

    A role that may not look at an event gets nothing of it, one that does not edit the programme what is released.
    """
    mine = (Membership.event_id == Event.id) & (Membership.account_id == account.id)
    query = select(Event, Membership.role).outerjoin(Membership, mine).where(Event.ends_at > clock.now() - KEPT)
    if not account.is_owner:
        viewing = [role for role in roles.ROLES if roles.may(role, "event.view", is_owner=False)]
        query = query.where(Membership.role.in_(viewing))
    query = query.options(joinedload(Event.venue), selectinload(Event.hosts))
    found = db.session.execute(query.order_by(Event.starts_at, Event.id).limit(MOST)).all()
    return [
        entry
        for event, role in found
        for entry in _of_event(event, base_url, edits=roles.may(role, "programme.edit", is_owner=account.is_owner))
    ]


def _of_event(event: Event, base_url: str, *, edits: bool) -> list[Entry]:
    frame = entries.frame_of(event, base_url)
    whole = entries.event_entry(event, frame, is_busy=False)
    is_public = event.published_at is not None and event.published_at <= clock.now()
    listed = [
        whole if is_public or whole.status != CONFIRMED else replace(whole, status=TENTATIVE),
        *(_draft(event, frame) if edits else _released(event, frame)),
    ]
    return [*listed, *duties.entries(event, frame, f"{base_url}/admin/{event.slug}/")]


def _released(event: Event, frame: entries.Frame) -> list[Entry]:
    programme = programmes.released(event.id)
    return [entries.item_entry(item, frame) for item in programme.everything] if programme else []


def _draft(event: Event, frame: entries.Frame) -> list[Entry]:
    """The draft with the SEQUENCE it would have once released; dated by its last edit, so that nothing changes by itself."""
    last, items = programmes.find_release(event.id), programmes.items(event.id)
    before = last.snapshot if last else None
    edited = max((item.updated_at for item in items), default=event.updated_at)
    after = snapshot.build(queries_releases.draft_rounds(event.id), items, before, edited)
    changed = {change["uid"] for change in differences.between(before, after)}
    draft = Programme(last.number if last else 0, edited, after)
    listed = [(item, entries.item_entry(item, frame)) for item in draft.everything]
    return [
        replace(entry, status=TENTATIVE) if item["uid"] in changed and entry.status == CONFIRMED else entry
        for item, entry in listed
    ]
