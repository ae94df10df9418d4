"""The mails to people who propose, and the one that tells the organisers that somebody steps back."""

from collections.abc import Mapping
from typing import Any

from eventsite.core import i18n, templates
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail import kinds, links, wording
from eventsite.mail import queries as mail_queries
from eventsite.mail.kinds import Kind
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts
from eventsite.people.models import PersonalLink
from eventsite.programme import rules as programme
from eventsite.proposals.models import Proposal, ProposalPerson
from eventsite.registration import letters
from eventsite.registration.models import Registration

EXAMPLE = PersonalLink(purpose="proposal", public_id="example", generation=1)
DECISION_KINDS = {"accept": "proposal_accepted", "reserve": "proposal_reserve", "reject": "proposal_rejected"}


def event_for(event_id: int) -> Event:
    """The event with venue and hosts, as a mail shows it."""
    return letters.event_for(letters.invented(event_id, i18n.DEFAULT))


def letter(
    key: str, event: Event, proposal: Proposal, texts: Texts | None = None, extra: Mapping[str, str] | None = None
) -> Mail:
    """The mail of a kind in the proposal's language; expects people and link to be loaded."""
    person = proposal.people[0]
    facts = [(_l("Proposal"), proposal.title), (_l("Kind"), programme.KINDS.get(proposal.kind, ""))]
    return _written(
        key, event, person, proposal.language, proposal.link, facts, {"proposal": proposal.title}, texts, extra
    )


def _written(
    key: str,
    event: Event,
    person: Any,
    language: str,
    link: PersonalLink,
    facts: list[tuple[Any, Any]],
    own: Mapping[str, str],
    texts: Texts | None,
    extra: Mapping[str, str] | None,
) -> Mail:
    kind = kinds.KINDS[key]
    with i18n.use_language(language), i18n.use_zone(event.timezone):
        known = mail_queries.texts(event.id) if texts is None else texts
        values = {**letters.values_of_event(event, person.name, person.organisation), **own, **(extra or {})}
        written = wording.write(kind, known, values)
        context = {
            "letter": written,
            "actions": [_address(button, event, link) for button in (kind.button, kind.second) if button],
            "facts": [*((str(a), str(b)) for a, b in facts if str(b)), *letters.facts_of_event(event)],
            "greeted": person.name,
            "event": event,
            "reason": _reason(event),
        }
        return Mail(
            subject=written.subject,
            text=templates.render("proposals/mail/letter.txt", **context),
            html=templates.render("proposals/mail/letter.html", **context),
        )


def _address(button: tuple[Any, str], event: Event, link: PersonalLink) -> tuple[str, str]:
    path = button[1].replace("{event}", event.slug)
    return str(button[0]), links.link(link.purpose, link.public_id, link.generation, path)


def _reason(event: Event) -> str:
    return _(
        "You receive this message because this address was given with a proposal for “%(event)s”.",
        event=i18n.local(event.title),
    )


def _preview(key: str) -> Any:
    """Nobody who is registered has to have proposed anything: the mail is shown to an invented person."""

    def shown(event: Event, one: Registration, texts: Texts, extra: Mapping[str, str]) -> Mail:
        person = ProposalPerson(name=one.name, email="", organisation=one.organisation, role="", position=0)
        own = {"proposal": str(kinds.PLACEHOLDERS["proposal"].example)}
        return _written(
            key, event, person, one.language, EXAMPLE, [(_l("Proposal"), own["proposal"])], own, texts, extra
        )

    return shown


def _add(key: str, **parts: Any) -> None:
    parts["placeholders"] = ("proposal", *parts.get("placeholders", ()))
    kinds.add(Kind(key, preview=_preview(key), is_for_strangers=True, **parts))


_PAGE = (_l("Look at my proposal"), "/p/{token}/")
_add(
    "proposal_confirm",
    label=_l("Proposal: please confirm"),
    subject=_l("Please confirm your proposal: %(event)s"),
    heading=_l("One click to go"),
    opening=(
        _l("thank you for your proposal “%(proposal)s”."),
        _l("Please confirm until %(deadline)s that it comes from you. Only then do the organisers get to see it."),
    ),
    button=(_l("Look at it and confirm"), "/p/{token}/"),
    closing=(_l("If you have not proposed anything, you need not do anything. We will not write again."),),
    placeholders=("deadline",),
)
_add(
    "proposal_draft",
    label=_l("Proposal: kept as a draft"),
    subject=_l("Your draft is kept: %(event)s"),
    heading=_l("Your draft is kept"),
    opening=(
        _l("with this link you can go on writing your proposal at any time, on any device."),
        _l("The organisers do not see it before you send it off."),
    ),
    button=(_l("Go on writing"), "/p/{token}/edit"),
    closing=(_l("If you have not begun anything, you need not do anything. We will not write again."),),
)
_add(
    "proposal_received",
    label=_l("Proposal: it has arrived"),
    subject=_l("Your proposal has arrived: %(event)s"),
    heading=_l("Your proposal has arrived"),
    opening=(
        _l("thank you for your proposal “%(proposal)s”. It has arrived."),
        _l(
            "We read all proposals after the call has closed and write to you then. Until it closes you can change yours."
        ),
    ),
    button=_PAGE,
    closing=(_l("Please keep this message: the link in it is the way to your proposal."),),
)
_add(
    "proposal_link",
    label=_l("Proposal: the link once more"),
    subject=_l("The link to your proposal: %(event)s"),
    heading=_l("The link to your proposal"),
    opening=(_l("you have asked for the link to your proposal “%(proposal)s”."),),
    button=_PAGE,
)
_add(
    "proposal_accepted",
    label=_l("Proposal: accepted"),
    subject=_l("Your proposal is accepted: %(event)s"),
    heading=_l("We look forward to your contribution"),
    opening=(
        _l("we are glad to accept your proposal “%(proposal)s”."),
        _l("Please tell us with one click whether you will be there. Time and room follow with the programme."),
    ),
    button=(_l("Answer now"), "/p/{token}/"),
    closing=(_l("If you have questions, just answer this message."),),
)
_add(
    "proposal_reserve",
    label=_l("Proposal: in reserve"),
    subject=_l("Your proposal is in reserve: %(event)s"),
    heading=_l("Your proposal is in reserve"),
    opening=(
        _l("thank you for your proposal “%(proposal)s”. There were more good ones than we have rooms and hours."),
        _l("We would like to keep yours in reserve, and write to you as soon as there is a place for it."),
    ),
    button=_PAGE,
    closing=(_l("If you do not want that, you can withdraw it on your page."),),
)
_add(
    "proposal_rejected",
    label=_l("Proposal: not accepted"),
    subject=_l("About your proposal: %(event)s"),
    heading=_l("About your proposal"),
    opening=(
        _l("thank you for your proposal “%(proposal)s” and the work in it."),
        _l(
            "There were more proposals than we have rooms and hours, and we could not take up yours this time. We are sorry."
        ),
    ),
    button=_PAGE,
    closing=(_l("We would be glad to see you at the event all the same."),),
)


def to_team(event: Event, proposal: Proposal, why: str) -> Mail:
    """Tells the organisers that what was accepted is declined, withdrawn or erased (then without title and name).

    In the event's first language.
    """
    with i18n.use_language(event.languages[0] if event.languages else i18n.DEFAULT), i18n.use_zone(event.timezone):
        subject = _("Somebody steps back: %(proposal)s", proposal=proposal.title)
        told = _("“%(proposal)s” was accepted and is withdrawn now.", proposal=proposal.title)
        who = [] if why == "erased" else [(_("Name"), proposal.people[0].name)]
        if why == "declined":
            told = _("“%(proposal)s” was accepted; the proposer has declined.", proposal=proposal.title)
        elif why == "erased":
            subject = _(
                "Somebody steps back: %(proposal)s", proposal=i18n.local(event.short_title) or i18n.local(event.title)
            )
            told = _("Somebody whose proposal was accepted has had everything deleted.")
        rest = _("It stands in the programme: please cancel the item there, or give it to somebody else.")
        context = {
            "subject": subject,
            "sentences": [told, *([rest] if proposal.item_uid else [])],
            "facts": [(_("Event"), i18n.local(event.title)), *who],
            "event": event,
            "address": links.link("team", proposal.public_id, 1, f"/admin/{event.slug}/proposals/{proposal.public_id}"),
        }
        html = templates.render("proposals/mail/team.html", **context)
        return Mail(subject=subject, text=templates.render("proposals/mail/team.txt", **context), html=html)
