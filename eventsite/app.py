"""Puts it together: settings, instruments, guards with their loaders, blueprints in the order of the packages."""

import importlib
import logging
from typing import Any

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import select
from werkzeug.middleware.proxy_fix import ProxyFix

from eventsite.calendars import queries_team
from eventsite.config import DEMO_SECRET, Settings, load
from eventsite.contributions import queries as contributions
from eventsite.core import clock, db, ids, jobs, storage, templates
from eventsite.core.errors import NotAllowed, NotFound
from eventsite.events import queries as events
from eventsite.events.models import Event
from eventsite.mail import transport
from eventsite.people import queries as people
from eventsite.people import rules as roles
from eventsite.people import session as sign_ins
from eventsite.privacy import service as _privacy  # noqa: F401 - its sweep runs in the worker
from eventsite.proposals import queries as proposals
from eventsite.registration import queries_handover, queries_interest
from eventsite.registration import queries_lists as lists
from eventsite.registration.models import Registration
from eventsite.registration.models_ways import RegistrationGroup
from eventsite.site import desk, masthead
from eventsite.site import step_free as _step_free  # noqa: F401 - tells the programme who needs a way without steps
from eventsite.web import assets, errors, guard, pages, security, warm

# In the order of the packages, low to high; each module has one `blueprint`.
BLUEPRINTS: tuple[str, ...] = (
    "eventsite.people.views",
    "eventsite.people.admin",
    "eventsite.events.admin",
    "eventsite.events.admin_places",
    "eventsite.events.admin_series",
    "eventsite.programme.admin",
    "eventsite.programme.admin_items",
    "eventsite.programme.admin_quick",
    "eventsite.programme.admin_tracks",
    "eventsite.programme.admin_speakers",
    "eventsite.programme.admin_board",
    "eventsite.programme.admin_undo",
    "eventsite.programme.admin_releases",
    "eventsite.programme.admin_portraits",
    "eventsite.programme.admin_merging",
    "eventsite.programme.views_speakers",
    "eventsite.registration.admin_questions",
    "eventsite.registration.admin_contingents",
    "eventsite.registration.admin_ways",
    "eventsite.registration.admin_access",
    "eventsite.registration.admin_catering",
    "eventsite.media.views",
    "eventsite.media.admin",
    "eventsite.media.admin_downloads",
    "eventsite.documentation.views",
    "eventsite.documentation.admin",
    "eventsite.proposals.views",
    "eventsite.allocation.admin",
    "eventsite.allocation.admin_board",
    "eventsite.allocation.admin_lists",
    "eventsite.allocation.admin_rules",
    "eventsite.checkin.admin",
    "eventsite.calendars.admin",
    "eventsite.calendars.views",
    "eventsite.calendars.views_parts",
    "eventsite.calendars.views_schedule",
    "eventsite.contributions.admin",
    "eventsite.calendars.views_changes",
    "eventsite.contributions.admin_deliveries",
    "eventsite.privacy.admin",
    "eventsite.site.views",
    "eventsite.site.views_archive",
    "eventsite.site.programme_pages",
    "eventsite.site.offline_copy",
    "eventsite.site.venue",
    "eventsite.site.room_display",
    "eventsite.site.views_register",
    "eventsite.site.views_group",
    "eventsite.site.views_interest",
    "eventsite.site.personal_interest",
    "eventsite.site.views_invitation",
    "eventsite.site.import_desk",
    "eventsite.site.invitation_desk",
    "eventsite.site.personal",
    "eventsite.site.personal_group",
    "eventsite.site.personal_calendar",
    "eventsite.site.personal_changes",
    "eventsite.site.personal_places",
    "eventsite.site.personal_workshops",
    "eventsite.site.personal_coming",
    "eventsite.site.personal_programme",
    "eventsite.site.coming",
    "eventsite.site.speaker_page",
    "eventsite.site.speaker_data",
    "eventsite.site.speaker_groups",
    "eventsite.site.personal_questions",
    "eventsite.site.personal_surveys",
    "eventsite.site.surveys",
    "eventsite.site.survey_results",
    "eventsite.site.personal_address",
    "eventsite.site.personal_handover",
    "eventsite.site.undeliverable",
    "eventsite.site.event_changes",
    "eventsite.site.affected",
    "eventsite.site.event_copy",
    "eventsite.site.registrations",
    "eventsite.site.personal_data",
    "eventsite.site.participants",
    "eventsite.site.bulk",
    "eventsite.site.registration_figures",
    "eventsite.site.participant",
    "eventsite.site.participant_deeds",
    "eventsite.site.late_registration",
    "eventsite.site.walk_in",
    "eventsite.site.letters",
    "eventsite.site.registration_settings",
    "eventsite.site.decisions",
    "eventsite.site.status_desk",
    "eventsite.site.views_status",
    "eventsite.site.form_preview",
    "eventsite.site.personal_proposal",
    "eventsite.site.call_desk",
    "eventsite.site.proposal_desk",
    "eventsite.site.proposal_sheet",
    "eventsite.site.proposal_decisions",
    "eventsite.site.dashboard",
    "eventsite.site.outbox",
    "eventsite.site.mail_texts",
    "eventsite.site.erasures",
    "eventsite.site.setup",
)


class _Loaders:
    """Loads what the guards need, or refuses."""

    def public_event(self, slug: str, preview: str) -> Any:
        """A published event; a draft for the holder of its preview link."""
        event = events.get_event(slug)
        is_draft = event.published_at is None or event.published_at > clock.now()
        if is_draft and people.get_link("preview", preview).id != event.preview_link_id:
            raise NotFound
        return event

    def event_revisions(self, slug: str) -> dict[str, int]:
        """What the pages of an event depend on."""
        return events.event_revisions(slug)

    def account(self) -> Any:
        """Who is signed in."""
        return sign_ins.load_account()

    def organised_event(self, account: Any, slug: str, permission: str) -> Any:
        """An event for a member of its team with this permission; others learn nothing of it."""
        event = events.get_event(slug)
        role = next((m.role for m in account.memberships if m.event_id == event.id), None)
        if role is None and not account.is_owner:
            raise NotFound
        if not roles.may(role, permission, is_owner=account.is_owner):
            raise NotAllowed
        return event

    def link(self, purpose: str, token: str) -> Any:
        """What a personal link is for."""
        if purpose == "invitation":  # has no row of its own in the table of links: lists are long
            invitation = lists.get_invitation(token)
            return self._at_its_event(invitation, invitation.language)
        if purpose == "holder":  # of a speaker's page, with the own link or an assistant's
            return contributions.holder(token)
        if purpose == "interest":
            interest = queries_interest.get_interest(token)
            return self._at_its_event(interest, interest.language)
        found = people.get_link(purpose, token)
        columns = {
            "registration": Registration.link_id,
            "calendar": Registration.feed_link_id,
            "address": Registration.new_email_link_id,
        }
        if purpose == "handover":
            return self._handover(found.id)
        if purpose == "team":
            return queries_team.holder(found.id)
        if purpose in columns:
            registration = db.db.session.scalar(select(Registration).where(columns[purpose] == found.id))
            if registration is None:
                raise NotFound
            g.event = events.get_event(db.db.session.get_one(Event, registration.event_id).slug)
            pages.i18n.set_zone(g.event.timezone)
            if purpose != "calendar":
                wanted = request.args.get("lang", "")
                pages.i18n.set_language(wanted if wanted in pages.i18n.languages() else registration.language)
            return registration
        if purpose == "proposal":
            proposal = proposals.of_link(found.id)
            return self._at_its_event(proposal, proposal.language if proposal else "")
        if purpose == "group":
            group = db.db.session.scalar(select(RegistrationGroup).where(RegistrationGroup.link_id == found.id))
            return self._at_its_event(group, group.language if group else "")
        return found

    def _at_its_event(self, row: Any, language: str) -> Any:
        """Sets event, zone and language for a page behind a link that is no registration's."""
        if row is None:
            raise NotFound
        g.event = events.get_event(db.db.session.get_one(Event, row.event_id).slug)
        pages.i18n.set_zone(g.event.timezone)
        wanted = request.args.get("lang", "")
        pages.i18n.set_language(wanted if wanted in pages.i18n.languages() else language)
        return row

    def _handover(self, link_id: int) -> Any:
        """A place offered to a colleague, in the colleague's language."""
        handover = queries_handover.of_link(link_id)
        giver = db.db.session.get_one(Registration, handover.registration_id)
        g.event = events.get_event(db.db.session.get_one(Event, giver.event_id).slug)
        pages.i18n.set_zone(g.event.timezone)
        wanted = request.args.get("lang", "")
        pages.i18n.set_language(wanted if wanted in pages.i18n.languages() else handover.language)
        return handover


def create_app(settings: Settings | None = None) -> Flask:
    """The application for these settings (from the environment where none are given)."""
    settings = settings or load()
    app = Flask("eventsite", template_folder=str(templates.FOLDER), static_folder=None)
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key or DEMO_SECRET,
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="__Host-form" if settings.is_secure else "form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
        WTF_CSRF_TIME_LIMIT=None,
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.url_map.strict_slashes = True
    warm.configure(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, 0, 0)  # type: ignore[method-assign]
    logging.getLogger("eventsite").setLevel(logging.INFO)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    ids.configure(settings.secret_key or DEMO_SECRET)
    db.configure(app, settings.database)
    storage.configure(settings.storage)
    jobs.configure(app, settings.queue)
    transport.configure(settings)
    pages.configure(app)
    assets.configure(app)
    errors.configure(app)
    security.configure(app)
    guard.configure(_Loaders())
    CSRFProtect(app)
    _register(app)
    return app


def _register(app: Flask) -> None:
    for name in BLUEPRINTS:
        app.register_blueprint(importlib.import_module(name).blueprint)

    app.context_processor(masthead.context)
    app.context_processor(lambda: {"phases": desk.phases(), "desk_start": desk.start, "proposal_of": proposals.of_item})
