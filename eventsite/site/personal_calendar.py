"""A participant's own calendar: its address and a code for the phone, calendar mails, reminders, a new address."""

from typing import Any

from flask import Blueprint, render_template, url_for
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from eventsite.core import qr
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.registration import queries, service_calendar
from eventsite.registration.models import Registration
from eventsite.site import personal_rooms
from eventsite.site.personal import feed_url
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_calendar", __name__))
ALARMS = [
    SelectChoice("", _l("No reminder")),
    SelectChoice("15", _l("15 minutes before")),
    SelectChoice("60", _l("1 hour before")),
    SelectChoice("1440", _l("1 day before")),
]


class CalendarForm(personal_rooms.ButtonForm):
    """What somebody wants to get into the calendar."""

    wants_calendar_mails = BooleanField(_l("Send me calendar entries by mail"))
    alarm = SelectField(_l("Remind me"), choices=ALARMS)


@blueprint.route("/r/<token>/calendar", methods=["GET", "POST"])
@personal_link("registration")
def calendar(registration: Registration) -> Any:
    """How the own programme gets into a calendar, and what is to come along."""
    full = queries.with_links(registration.id)
    minutes = full.alarm_minutes
    form = CalendarForm(
        data={"wants_calendar_mails": full.wants_calendar_mails, "alarm": str(minutes) if minutes else ""}
    )
    if form.validate_on_submit():
        alarm = int(form.alarm.data) if form.alarm.data else None
        service_calendar.choose(full.id, wants_mails=form.wants_calendar_mails.data, alarm_minutes=alarm)
        return pages.see_other("personal.page", done="calendar_choices")
    address = feed_url(full)
    code = qr.svg("webcal://" + address.partition("://")[2], _("QR code of the address"))
    context = {"feed_url": address, "code": code, "back_url": url_for("personal.page")}
    page = render_template("site/personal_calendar.html", form=form, **context)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/r/<token>/calendar/renewal")
@personal_link("registration")
def renew(registration: Registration) -> Any:
    """A new address; the old one shows nothing any more."""
    service_calendar.renew_address(registration.id)
    return pages.see_other("personal.page", done="calendar")
