"""Figures of the registrations for the team and its funder: each as a drawing and as a table."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template

from eventsite.core import clock, i18n
from eventsite.events import rules as event_rules
from eventsite.registration.rules import STATUS_LABELS
from eventsite.site import queries_figures, rules_curve
from eventsite.site.queries_figures import Figures
from eventsite.site.roster_filters import LANGUAGE_NAMES
from eventsite.site.rules_roster import SOURCE_LABELS
from eventsite.web.guard import organiser

blueprint = Blueprint("registration_figures", __name__)


@blueprint.get("/admin/<event>/figures")
@organiser("registrations.manage")
def figures(event: Any) -> Any:
    """How registrations came in, by status, organisation, wish, way in and language; after the event who came."""
    found, now = queries_figures.figures(event), clock.now()
    today = min(now, event.starts_at).astimezone(ZoneInfo(event.timezone)).date()
    labels = (i18n._("ever registered"), i18n._("registered now"))
    context = {
        "curve": rules_curve.curve(found.came, found.went, today, labels=labels, limit=event.capacity),
        "size": (rules_curve.WIDTH, rules_curve.HEIGHT),
        "bars": _bars(found),
        "is_demand_hidden": event.wishes_seen_at is None and event.allocation_published_at is None,
        "has_begun": now >= event.starts_at,
        "is_over": event_rules.phase(event, now) is event_rules.Phase.OVER,
    }
    return render_template("site/registration_figures.html", figures=found, **context)


Drawing = tuple[str, list[dict[str, Any]], int]


def _bars(found: Figures) -> tuple[list[Drawing], list[Drawing]]:
    """Heading, rows and scale of each drawing with bars: the short ones, and that of the organisations."""
    shades = {"confirmed": "good", "cancelled": "soft", "refused": "soft", "expired": "soft", "declined": "soft"}
    by_status = [
        {"label": str(STATUS_LABELS[key]), "value": number, "kind": shades.get(key)}
        for key, number in found.by_status.items()
        if number
    ]
    organisations = [
        {"label": name or i18n._("not given"), "value": number, "kind": None} for name, number in found.organisations
    ]
    short = [
        (i18n._("By status"), by_status),
        (i18n._("By way in"), _rows(found.by_source, SOURCE_LABELS)),
        (i18n._("By language"), _rows(found.by_language, LANGUAGE_NAMES)),
    ]
    return _scaled(short), _scaled([(i18n._("By organisation"), organisations)])


def _scaled(drawings: list[tuple[str, list[dict[str, Any]]]]) -> list[Drawing]:
    return [(title, rows, max(row["value"] for row in rows)) for title, rows in drawings if rows]


def _rows(numbers: dict[str, int], labels: dict[str, Any]) -> list[dict[str, Any]]:
    ordered = sorted(numbers.items(), key=lambda one: (-one[1], one[0]))
    return [{"label": str(labels.get(key, key)), "value": number, "kind": None} for key, number in ordered]
