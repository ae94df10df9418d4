"""Organisers' start pages: my events, and of one event what needs somebody today, then the figures."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, render_template, url_for

from eventsite.core import clock, i18n
from eventsite.events import queries as events
from eventsite.events import rules
from eventsite.events.models import Event
from eventsite.people import rules as roles
from eventsite.registration import queries_access, rules_access
from eventsite.registration.rules_access import Task
from eventsite.site import checklist, desk
from eventsite.site.figures import Figures, figures
from eventsite.web.guard import account_only, organiser

blueprint = Blueprint("dashboard", __name__)


def duties(event: Event, found: Figures, phase: rules.Phase, needs: Sequence[Task] = ()) -> list[tuple[str, str]]:
    """What needs somebody: a sentence and where to do it, the most urgent first; `needs` are the open access needs."""
    todo: list[tuple[str, str]] = []

    def add(sentence: str, endpoint: str) -> None:
        todo.append((sentence, url_for(endpoint, event=event.slug)))

    if found.failed_mails:
        sentence = i18n.ngettext(
            "%(num)s mail could not be delivered.", "%(num)s mails could not be delivered.", found.failed_mails
        )
        add(sentence, "outbox.messages")
    if needs and phase != rules.Phase.OVER:
        sentence = i18n.ngettext(
            "%(num)s access need is open, to be arranged by %(day)s.",
            "%(num)s access needs are open, the first to be arranged by %(day)s.",
            len(needs),
            day=i18n.format_date(needs[0].due_on),
        )
        add(sentence, "registration_admin_access.tasks")
    if phase == rules.Phase.DRAFT and not rules.missing_before_publishing(event, event.hosts):
        add(i18n._("The event is a draft. Publish it when it is ready."), "events_admin.publication")
    if found.released_at is not None and found.items_changed_at and found.items_changed_at > found.released_at:
        add(i18n._("The programme has changed since its last release."), "programme_admin_releases.releases")
    closes = event.wishes_close_at
    if found.with_wishes and not found.applied_runs and (closes is None or clock.now() >= closes):
        add(i18n._("The wishes are closed. Start the allocation."), "allocation_admin.runs")
    if phase == rules.Phase.OVER and found.published_version is None:
        add(i18n._("The event is over. Its documentation is not published yet."), "documentation_admin.editor")
    return todo


@blueprint.get("/admin/")
@account_only
def home() -> Any:
    """The events of this account."""
    now = clock.now()
    rows = events.events_of(g.account.id, is_owner=g.account.is_owner)
    listed = [(event, rules.phase(event, now)) for event in rows]
    own = {m.event_id for m in g.account.memberships if roles.may(m.role, "event.edit", is_owner=False)}
    may_copy = {event.id for event in rows} if g.account.is_owner else own
    context = {"events": listed, "phases_of_events": rules.PHASE_NAMES, "may_copy": may_copy}
    return render_template("site/dashboard_home.html", **context)


@blueprint.get("/admin/<event>/")
@organiser("event.view")
def event(event: Any) -> Any:
    """The short letter about one event."""
    phase, found = rules.phase(event, clock.now()), figures(event)
    may_see = desk.may("registrations.sensitive")
    needs = rules_access.to_do(queries_access.tasks(event)) if may_see else []
    todo, missing = duties(event, found, phase, needs), checklist.points(event)
    context = {"figures": found, "duties": todo, "missing": missing}
    return render_template("site/dashboard.html", phase=rules.PHASE_NAMES[phase], **context)
