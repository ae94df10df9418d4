"""The organisers' navigation: it follows the life of the meeting, and shows only what the account may open."""

from typing import Any

from flask import current_app, g, request, url_for

from eventsite.core import i18n
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people import rules

# Phase of work → pages: label, endpoint, permission. What is not registered as an endpoint is not shown.
PHASES: tuple[tuple[Any, tuple[tuple[Any, str, str], ...]], ...] = (
    (
        _l("Plan"),
        (
            (_l("Event"), "events_admin.settings", "event.edit"),
            (_l("Programme"), "programme_admin.programme", "programme.edit"),
            (_l("Speakers"), "programme_admin_speakers.speakers", "programme.edit"),
            (_l("Call for workshops"), "proposal_desk.proposals", "proposals.review"),
            (_l("Logo"), "events_admin.logo", "event.edit"),
            (_l("Free pages"), "events_admin.info_pages", "event.edit"),
            (_l("Team"), "people_admin.team", "team.manage"),
            (_l("Publication"), "events_admin.publication", "event.edit"),
            (_l("Call off or move"), "event_changes.overview", "event.edit"),
        ),
    ),
    (
        _l("Invite"),
        (
            (_l("Dates and places"), "registration_settings.settings", "event.edit"),
            (_l("Places and contingents"), "registration_admin_contingents.overview", "event.edit"),
            (_l("Ways in"), "registration_admin_ways.ways", "event.edit"),
            (_l("Questions"), "registration_admin_questions.overview", "event.edit"),
            (_l("Texts of the mails"), "mail_texts.overview", "event.edit"),
            (_l("Invitations"), "invitation_desk.page", "registrations.manage"),
            (_l("Registrations"), "registration_admin.registrations", "registrations.view"),
            (_l("Decisions"), "decisions.page", "registrations.manage"),
            (_l("Figures"), "registration_figures.figures", "registrations.manage"),
            (_l("Follow-up forms"), "surveys.overview", "registrations.manage"),
            (_l("Mails"), "outbox.messages", "mail.view"),
        ),
    ),
    (
        _l("Allocate"),
        (
            (_l("Rules"), "allocation_admin_rules.rules", "allocation.run"),
            (_l("Runs"), "allocation_admin.runs", "allocation.run"),
            (_l("Board"), "allocation_admin_board.board", "allocation.run"),
            (_l("Lists"), "allocation_admin_lists.lists", "allocation.run"),
        ),
    ),
    (
        _l("Run"),
        (
            (_l("Still coming?"), "coming.answers", "registrations.manage"),
            (_l("Presence"), "checkin_admin.presence", "checkin.note"),
            (_l("Walk-in"), "walk_in.page", "checkin.note"),
            (_l("Access needs"), "registration_admin_access.tasks", "registrations.sensitive"),
            (_l("Food"), "registration_admin_catering.sheet", "registrations.sensitive"),
        ),
    ),
    (
        _l("Document"),
        (
            (_l("Documentation"), "documentation_admin.editor", "documentation.edit"),
            (_l("Pictures"), "media_admin.pictures", "media.edit"),
            (_l("Downloads"), "media_admin_downloads.downloads", "media.edit"),
        ),
    ),
    (
        _l("Clear up"),
        (
            (_l("Personal data"), "privacy_admin.overview", "event.edit"),
            (_l("Copy"), "event_copy.copy", "event.edit"),
        ),
    ),
)

# Pages without an entry of their own → whose entry they stand under.
BELONG = {
    "programme_admin_items": "programme_admin",
    "programme_admin_quick": "programme_admin",
    "programme_admin_tracks": "programme_admin",
    "programme_admin_board": "programme_admin",
    "programme_admin_undo": "programme_admin",
    "survey_results": "surveys",
    "call_desk": "proposal_desk",
    "proposal_sheet": "proposal_desk",
    "proposal_decisions": "proposal_desk",
    "programme_admin_releases": "programme_admin",
    "affected": "programme_admin",
    "participant": "registration_admin",
    "participant_deeds": "registration_admin",
    "late_registration": "registration_admin",
    "registration_bulk": "registration_admin",
    "letters": "outbox",
    "contributions_admin": "programme_admin_speakers",
    "contributions_admin_deliveries": "programme_admin_speakers",
}


def may(permission: str) -> bool:
    """Whether the account of this request has a permission in its event."""
    account, event = g.account, g.event
    role = next((m.role for m in account.memberships if m.event_id == event.id), None)
    return rules.may(role, permission, is_owner=account.is_owner)


def start(event: Any) -> str:
    """Where the work on an event begins for this account: its overview, or for a reviewer the proposals."""
    role = next((m.role for m in g.account.memberships if m.event_id == event.id), None)
    may_view = rules.may(role, "event.view", is_owner=g.account.is_owner)
    return url_for("dashboard.event" if may_view else "proposal_desk.proposals", event=event.slug)


def phases() -> list[dict[str, Any]]:
    """The phases with their pages for this account and event; empty outside of an event."""
    if g.get("account") is None or g.get("event") is None or g.get("lang") is not None:
        return []
    known = current_app.view_functions
    found: list[dict[str, Any]] = []
    blueprint = (request.endpoint or "").split(".")[0]
    blueprint = BELONG.get(blueprint, blueprint)
    for label, entries in PHASES:
        shown = [
            {
                "label": str(name),
                "url": url_for(endpoint, event=g.event.slug),
                "current": request.endpoint == endpoint,
                "near": endpoint.split(".")[0] == blueprint,
            }
            for name, endpoint, permission in entries
            if endpoint in known and may(permission)
        ]
        if shown:
            here = any(page["current"] for page in shown)
            found.append({"label": str(label), "url": shown[0]["url"], "state": None, "current": here, "pages": shown})
    if found and (missing := g.get("open_points")):  # known where the checklist was looked at
        found[0]["state"] = i18n.ngettext("%(num)s thing missing", "%(num)s things missing", missing)
    if found and not any(phase["current"] for phase in found):
        for phase in found:
            phase["current"] = any(page["near"] for page in phase["pages"])
    return found
