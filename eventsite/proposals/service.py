"""Verbs of whoever proposes: send, confirm, keep a draft, change, withdraw, answer an acceptance."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update

from eventsite.core import audit, clock, i18n, ids
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import rules as event_rules
from eventsite.events import service as events
from eventsite.events.models import Event
from eventsite.events.rules import Phase
from eventsite.mail import outbox
from eventsite.mail.models import OutboxMessage
from eventsite.people import service as people
from eventsite.people.models import PersonalLink
from eventsite.people.rules import email_key
from eventsite.proposals import messages, queries, rules
from eventsite.proposals.contents import WORDS, Contents
from eventsite.proposals.models import Proposal, ProposalComment, ProposalPerson, ProposalRating
from eventsite.proposals.rules import State


def note(proposal: Proposal, action: str, actor: str, **details: Any) -> None:
    """An audit row about a proposal."""
    subject = f"proposal {proposal.public_id}"
    audit.record(action, subject=subject, actor=actor, event_id=proposal.event_id, details=details)


def lock(proposal_id: int) -> tuple[Event, Proposal]:
    """The event, locked, and the proposal as it is now."""
    with transaction() as session:
        event = events.lock_event(session.get_one(Proposal, proposal_id).event_id)
        return event, queries.whole(proposal_id)


def is_off(event: Event) -> bool:
    """Whether nothing can be proposed for an event any more, whatever the call says."""
    phase = event_rules.phase(event, clock.now())
    return phase in (Phase.CANCELLED, Phase.RUNNING, Phase.OVER)


def call_state(event: Event) -> str:
    """Where the call of an event stands now; see rules.call_state."""
    return rules.call_state(queries.find_call(event.id), clock.now(), is_off=is_off(event))


def change_state(proposal: Proposal, deed: str, actor: str) -> None:
    """Does a deed of rules.DEEDS and notes it; refuses one that is not possible now."""
    target = rules.after(proposal.state, deed)
    if target is None:
        raise Refused(_l("This is not possible any more. Please look again where the proposal stands."))
    with transaction():
        note(proposal, f"proposal {target}", actor, before=proposal.state)
        proposal.state, proposal.state_at = str(target), clock.now()
        if deed in ("withdraw", "decline"):
            proposal.decision, proposal.released_at = "", None


def propose(event_id: int, contents: Contents, *, language: str, is_draft: bool = False) -> Proposal:
    """Takes in what the public form says and writes to its address; it counts once the link in the mail was followed.

    The same form sent twice is one proposal. Refuses while the call is not open.
    """
    with transaction() as session:
        event = events.lock_event(event_id)
        _refuse_closed(event)
        first = contents.people[0]
        known = queries.same(event_id, email_key(first.email), contents.words.get("title", ""))
        if known is not None and not is_draft:
            return known
        now = clock.now()
        proposal = Proposal(
            public_id=ids.new_public_id(),
            event_id=event_id,
            link_id=people.create_link("proposal").id,
            state=str(State.DRAFT if is_draft else State.UNCONFIRMED),
            state_at=now,
            language=language,
            tags=[],
            until=None if is_draft else now + timedelta(days=rules.CONFIRM_DAYS),
            created_at=now,
            updated_at=now,
            **_columns(contents),
        )
        proposal.people = _people(contents)
        session.add(proposal)
        session.flush()
        note(proposal, "draft kept" if is_draft else "proposal sent", "proposer")
        _write("proposal_draft" if is_draft else "proposal_confirm", event, proposal)
        return proposal


def _refuse_closed(event: Event) -> None:
    if call_state(event) != "open":
        raise Refused(_l("The call is not open."))


def _columns(contents: Contents) -> dict[str, Any]:
    words = {name: contents.words.get(name, "") for name in WORDS}
    return {**words, "kind": contents.kind, "minutes": contents.minutes, "answers": dict(contents.answers)}


def _people(contents: Contents) -> list[ProposalPerson]:
    return [
        ProposalPerson(
            position=position,
            name=one.name,
            email=one.email,
            email_key=email_key(one.email) if one.email else "",
            organisation=one.organisation,
            role=one.role,
        )
        for position, one in enumerate(contents.people)
    ]


def _write(kind: str, event: Event, proposal: Proposal, cause: str = "") -> None:
    """Puts a mail to the proposer into the outbox, once per cause."""
    whole, full = queries.whole(proposal.id), messages.event_for(event.id)
    with i18n.use_language(whole.language), i18n.use_zone(event.timezone):
        deadline = {"deadline": i18n.format_datetime(whole.until)} if whole.until else {}
    put(messages.letter(kind, full, whole, extra=deadline), whole, full, cause or kind)


def put(mail: outbox.Mail, proposal: Proposal, event: Event, cause: str) -> None:
    """A finished mail to the proposer."""
    person = proposal.people[0]
    outbox.put(
        mail,
        to_address=person.email,
        to_name=person.name,
        cause=f"proposal:{proposal.public_id}:{cause}",
        language=proposal.language,
        event_id=event.id,
        reply_to=event.contact_email,
    )


def confirm(proposal_id: int) -> Proposal:
    """The proposer says that the proposal comes from this address: the team sees it from now on. Twice is once."""
    with transaction():
        event, proposal = lock(proposal_id)
        if proposal.state == State.UNCONFIRMED:
            if proposal.until is not None and clock.now() >= proposal.until:
                raise Refused(_l("This link has expired. Please send your proposal once more."))
            _submit(event, proposal)
        return proposal


def _submit(event: Event, proposal: Proposal) -> None:
    change_state(proposal, "submit", "proposer")
    proposal.submitted_at, proposal.until = clock.now(), None
    _write("proposal_received", event, proposal)


def change(proposal_id: int, contents: Contents, *, is_sent: bool) -> Proposal:
    """Changes a proposal while the call is open; `is_sent` sends a draft off. The address stays the proposer's own.

    Refuses once the call is closed or something is decided.
    """
    with transaction() as session:
        event, proposal = lock(proposal_id)
        if not rules.may_change(proposal.state, call_state(event)):
            raise Refused(_l("The call is closed, so nothing can be changed any more. Please write to the organisers."))
        for name, value in _columns(contents).items():
            setattr(proposal, name, value)
        address = proposal.people[0].email
        proposal.people = []
        session.flush()
        proposal.people = _people(contents)
        proposal.people[0].email, proposal.people[0].email_key = address, email_key(address)
        proposal.updated_at = clock.now()
        note(proposal, "proposal changed", "proposer")
        session.flush()
        if is_sent and proposal.state in (State.DRAFT, State.UNCONFIRMED):
            _submit(event, proposal)
        return proposal


def withdraw(proposal_id: int) -> None:
    """The proposer takes it back; what was accepted is told to the organisers. Twice is once."""
    with transaction():
        event, proposal = lock(proposal_id)
        if proposal.state == State.WITHDRAWN:
            return
        was_accepted = proposal.state in rules.MAY_LAND
        change_state(proposal, "withdraw", "proposer")
        if was_accepted:
            _tell_team(event, proposal)


def answer(proposal_id: int, *, comes: bool) -> None:
    """The proposer answers an acceptance; a no is told to the organisers. The same answer twice is once."""
    with transaction():
        event, proposal = lock(proposal_id)
        if proposal.state == (State.CONFIRMED if comes else State.DECLINED):
            return
        change_state(proposal, "confirm" if comes else "decline", "proposer")
        if not comes:
            _tell_team(event, proposal)


def _tell_team(event: Event, proposal: Proposal, why: str = "") -> None:
    if not event.contact_email:
        return
    full = messages.event_for(event.id)
    outbox.put(
        messages.to_team(full, proposal, why or proposal.state),
        to_address=full.contact_email,
        to_name=full.contact_name,
        cause=f"proposal:{proposal.public_id}:team:{why or proposal.state}",
        language=full.languages[0],
        event_id=event.id,
    )


def resend_links(event_id: int, email: str) -> None:
    """Sends the links of everything an address has proposed, at most once an hour; the caller learns nothing."""
    hour = clock.now().strftime("%Y%m%d%H")
    with transaction():
        event = events.lock_event(event_id)
        for one in queries.of_address(event_id, email_key(email)):
            kind = "proposal_confirm" if one.state == State.UNCONFIRMED else "proposal_link"
            _write(kind, event, one, f"link:{hour}")


def forget(proposal_id: int, *, actor: str) -> None:
    """Erases what is held of a proposal and its people; what was sent off stays as an empty row for the figures.

    An item it has become stays: it is a publication of its own. Where the proposer goes after a yes, the organisers are
    told without a name; what goes because its time is over keeps its state.
    """
    with transaction() as session:
        event, proposal = lock(proposal_id)
        is_stepping_back = actor == "proposer" and proposal.state in rules.MAY_LAND
        for table in (ProposalComment, ProposalRating, ProposalPerson):
            session.execute(delete(table).where(table.proposal_id == proposal_id))
        _blank_mails(proposal)
        session.execute(
            update(PersonalLink)
            .where(PersonalLink.id == proposal.link_id)
            .values(generation=PersonalLink.generation + 1, revoked_at=clock.now())
        )
        note(proposal, "proposal erased", actor)
        if is_stepping_back:
            _tell_team(event, proposal, "erased")
        session.flush()
        session.expunge(proposal)
        _empty(proposal_id, proposal.state, actor)


def _blank_mails(proposal: Proposal) -> None:
    with transaction() as session:
        empty = dict.fromkeys(("to_address", "to_name", "subject", "text", "html", "unsubscribe"), "")
        session.execute(
            update(OutboxMessage)
            .where(OutboxMessage.cause.like(f"proposal:{proposal.public_id}:%"))
            .values(**empty, attachments=[], state="sent", blanked_at=clock.now())
        )


def _empty(proposal_id: int, state: str, actor: str) -> None:
    with transaction() as session:
        if state not in rules.READ_STATES:
            session.execute(delete(Proposal).where(Proposal.id == proposal_id))
            return
        is_over = actor != "proposer" or rules.after(state, "withdraw") is None
        ended = {} if is_over else {"state": str(State.WITHDRAWN), "state_at": clock.now()}
        values: dict[str, Any] = {**dict.fromkeys(WORDS, ""), "answers": {}, "tags": [], "decision": "", **ended}
        session.execute(update(Proposal).where(Proposal.id == proposal_id).values(**values, erased_at=clock.now()))
