"""A participant's own page behind the secret link: state, next step, programme, wishes, calendar, own data."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, g, render_template, request, url_for

from eventsite.allocation import queries_places, queries_rules, queries_wishes
from eventsite.core import clock, i18n, ids
from eventsite.core.i18n import _
from eventsite.events import rules as event_rules
from eventsite.events.models import Event
from eventsite.events.rules import Phase
from eventsite.registration import messages, queries, questions, rules
from eventsite.registration import service as registrations
from eventsite.registration.models import Registration
from eventsite.registration.rules import Status
from eventsite.site import own_programme, personal_rooms, personal_surveys, signup, waiting_words
from eventsite.site.materials import materials
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal", __name__))


@dataclass(frozen=True)
class NextStep:
    """What can be done now: a sentence, and a button that leads somewhere or posts."""

    text: str = ""
    label: str = ""
    url: str = ""
    is_post: bool = False

    @property
    def action(self) -> dict[str, Any] | None:
        """The button as the template takes it."""
        return {"label": self.label, "url": self.url, "post": self.is_post} if self.url else None


@blueprint.get("/r/<token>/")
@personal_link("registration")
def page(registration: Registration) -> Any:
    """The state in large type, the next step, and everything else below."""
    event, full = g.event, queries.get_full(registration.id)
    step = _next_step(event, full)
    is_live = full.status in rules.LIVE
    may_wish = rules.may_change_wishes(full.status, event, clock.now())
    context = {
        "registration": full,
        "state": messages.state(full),
        "next_step": step.text,
        "action": step.action,
        "programme": own_programme.entries(event, full) if is_live else [],
        "wishes": _wishes(event, full) if is_live else [],
        "wishes_url": url_for("personal_changes.wishes") if may_wish else None,
        "changes": queries_rules.changes(event.id) if is_live else [],
        "wishes_until": event.wishes_close_at or event.registration_closes_at,
        "feed_url": feed_url(full) if full.status == Status.CONFIRMED else None,
        "answers": answers_in_words(full),
        "consents": _consents(full),
        "surveys": personal_surveys.open_now(full),
        "list_url": _list_url(full),
        "cancel_url": url_for("personal.cancellation") if rules.may_cancel(full.status, event, clock.now()) else None,
        "place_choices": waiting_words.choices(event, full),
        "may_hand_over": rules.may_hand_over(full.status, event, clock.now()),
        "is_live": is_live,
        "materials": materials(event, full, g.link_token),
        "done": personal_rooms.done_in_words(request.args.get("done", "")),
    }
    return render_template("site/personal.html", **context)


def feed_url(full: Registration) -> str:
    """The address of the personal calendar."""
    link = full.feed_link
    return pages.external(f"/calendar/{ids.link_token(link.purpose, link.public_id, link.generation)}.ics")


def _list_url(full: Registration) -> str | None:
    """Where the list of participants stands, for people with a place, if the event has one."""
    is_there = full.status == Status.CONFIRMED and queries.asks_for(full.event_id, "list")
    return url_for("personal_data.participants") if is_there else None


def _next_step(event: Event, full: Registration) -> NextStep:
    now, status = clock.now(), Status(full.status)
    if event.cancelled_at is not None:
        return NextStep(_("The event is cancelled."))
    if full.awaits_decision:
        return NextStep(_("They will write to you as soon as they have decided. You do not need to do anything."))
    if status is Status.PENDING:
        until = i18n.format_datetime(full.held_until) if full.held_until else ""
        text = _("Please confirm your registration until %(until)s. What is held for you is yours then.", until=until)
        return NextStep(text, _("Confirm registration"), url_for("personal.confirmation"))
    if status is Status.WAITING:
        return NextStep(waiting_words.told(event, full))
    if status is Status.OFFERED:
        until = i18n.format_datetime(full.held_until) if full.held_until else ""
        text = _("We are keeping it for you until %(until)s. Would you like to have it?", until=until)
        return NextStep(text, _("Accept or decline"), url_for("personal_places.offer"))
    if status is Status.CONFIRMED:
        return _step_of_confirmed(event, full)
    if status is Status.CANCELLED and registrations.may_undo(full, event):
        text = _("You have signed off. As long as a place is free, you can take it back.")
        return NextStep(text, _("Take it back"), url_for("personal.reinstatement"), is_post=True)
    if status in rules.MAY_REGISTER_AGAIN and event_rules.phase(event, now) is Phase.OPEN:
        text = _("If you would like to come after all, you can register anew.")
        return NextStep(text, _("Register anew"), url_for("registration_form.register"))
    return NextStep(_("If you have questions, please answer any of our messages.") if now < event.ends_at else "")


def _step_of_confirmed(event: Event, full: Registration) -> NextStep:
    now = clock.now()
    if full.asked_at is not None and full.coming == "" and now < event.starts_at:
        text = _("Are you coming? Please tell us, so that no place stays empty.")
        return NextStep(text, _("Answer"), url_for("personal_coming.coming"))
    offer = queries_places.open_offer(full.id) if queries_places.are_given(event) else None
    if offer is not None:
        title, end = i18n.local(offer[1]), i18n.format_datetime(offer[2])
        text = _("A place in “%(title)s” is free for you. We hold it until %(until)s.", title=title, until=end)
        return NextStep(text, _("Say yes or no"), url_for("personal_workshops.show", one=offer[0]))
    if event.allocation_published_at is not None and now < event.ends_at:
        return NextStep(_("Your workshops stand below. We look forward to meeting you."))
    if rules.may_change_wishes(full.status, event, now) and queries_wishes.offered(event.id):
        until = event.wishes_close_at or event.registration_closes_at or event.starts_at
        text = _("Until %(until)s you can say which workshops you would like most.", until=i18n.format_datetime(until))
        return NextStep(text, _("Give or change wishes"), url_for("personal_changes.wishes"))
    return NextStep(_("We look forward to meeting you.") if now < event.starts_at else "")


def _wishes(event: Event, full: Registration) -> list[dict[str, Any]]:
    return [
        {
            "round": one,
            "ranks": [(rank, item.title) for rank, item in enumerate(ranked, start=1)],
            "never": [item.title for item in never],
        }
        for one, ranked, never in queries_wishes.wishes_in_words(event.id, full.id)
    ]


def answers_in_words(full: Registration) -> list[tuple[Any, str]]:
    """What somebody answered, with the question as it was asked then."""
    return [
        (dict(asked.label), questions.shown(asked, value)) for asked, value in queries.answers_of([full.id])[full.id]
    ]


def _consents(full: Registration) -> list[tuple[Any, str]]:
    given = {one.kind: (text, one.answer) for one, text in queries.consents_of(full.id) if one.withdrawn_at is None}
    shown = []
    for newest in queries.consent_texts(full.event_id):
        text, answer = given.get(newest.kind, (newest, ""))
        shown.append((text.text, personal_rooms.consent_in_words(answer)))
    return shown


@blueprint.route("/r/<token>/confirmation", methods=["GET", "POST"])
@personal_link("registration")
def confirmation(registration: Registration) -> Any:
    """The link of the mail: shows a button, since mail programs follow links; the button confirms."""
    if registration.group_id is not None and _is_joining(registration):
        return pages.see_other("personal_group.joining")
    if request.method == "POST":
        registration = registrations.confirm(registration.id)
        if registration.awaits_decision:
            return pages.see_other("personal.page", done="asked")
        if registration.status in (Status.CONFIRMED, Status.WAITING):
            return pages.see_other("personal.page", done="confirmed")
    now = clock.now()
    is_late = rules.is_overdue(registration.status, registration.held_until, now)
    if is_late or registration.status == Status.EXPIRED:
        may_register = event_rules.phase(g.event, now) is Phase.OPEN
        return render_template("registration/expired.html", registration=registration, may_register=may_register), 410
    if registration.status != Status.PENDING or registration.awaits_decision:
        return pages.see_other("personal.page")
    context = {"held_until": registration.held_until, "waits": not registration.holds_place}
    return render_template("registration/confirm.html", registration=registration, form=_button(), **context)


def _is_joining(registration: Registration) -> bool:
    """Whether somebody else's form is to be completed first: its owner has not said a word yet."""
    is_late = rules.is_overdue(registration.status, registration.held_until, clock.now())
    return registration.status == Status.PENDING and registration.held_until is not None and not is_late


@blueprint.route("/r/<token>/cancellation", methods=["GET", "POST"])
@personal_link("registration")
def cancellation(registration: Registration) -> Any:
    """Shows first what signing off means; the button signs off; twice is once."""
    if request.method == "POST":
        signup.sign_off(registration.id)
        return pages.see_other("personal.page", done="cancelled")
    if not rules.may_cancel(registration.status, g.event, clock.now()):
        return pages.see_other("personal.page")
    context = {"back_url": url_for("personal.page"), "waits": not registration.holds_place}
    return render_template("site/personal_cancel.html", registration=registration, form=_button(), **context)


@blueprint.route("/r/<token>/reinstatement", methods=["GET", "POST"])
@personal_link("registration")
def reinstatement(registration: Registration) -> Any:
    """Takes an own cancellation back while a place is free; shown, the button is on the personal page."""
    if request.method == "POST":
        signup.take_back(registration.id)
        return pages.see_other("personal.page", done="reinstated")
    return pages.see_other("personal.page")


def _button() -> Any:
    return personal_rooms.ButtonForm()


@blueprint.get("/r/<token>/data.json")
@personal_link("registration")
def data_file(registration: Registration) -> Response:
    """Everything we hold about this registration, for machines (GDPR Art. 20)."""
    return personal_rooms.as_json(personal_rooms.own_data(g.event, queries.get_full(registration.id)))
