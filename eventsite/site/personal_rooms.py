"""What all pages behind a personal link share: privacy on the wire, no cookie, the language kept, own data."""

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from flask_wtf import FlaskForm

from eventsite.allocation import queries_places, queries_wishes
from eventsite.contributions import queries_groups
from eventsite.core import i18n
from eventsite.core.i18n import _, local
from eventsite.events.models import Event
from eventsite.registration import queries, queries_handover, queries_surveys, questions
from eventsite.registration.models import Registration
from eventsite.web import forms, pages


class ButtonForm(forms.Form):
    """A form that is only a button; the secret in its address protects it, so it needs no cookie."""

    class Meta(FlaskForm.Meta):
        """Without the token of a session."""

        csrf = False


_ROOMS: set[str] = set()  # blueprints of the pages behind a personal link; their links carry its token on


def private(blueprint: Blueprint) -> Blueprint:
    """Keeps pages behind a personal link to their owner: never stored, indexed or told to the next site by Referer."""

    _ROOMS.add(blueprint.name)

    @blueprint.after_request
    def _headers(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    @blueprint.record_once
    def _without_session(state: Any) -> None:
        # Who does not know the address cannot forge a request to it: no token, no session, no cookie.
        state.app.extensions["csrf"].exempt(blueprint)

    @blueprint.app_url_defaults
    def _keep(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint.split(".")[0] in _ROOMS and "link_token" in g:
            values.setdefault("token", g.link_token)
            wanted = request.args.get("lang", "")
            if wanted in i18n.languages():
                values.setdefault("lang", wanted)

    return blueprint


def done_in_words(key: str) -> str:
    """What was just done, told on the page one comes back to."""
    return {
        "confirmed": _("Your registration is confirmed."),
        "asked": _("Your address is confirmed."),
        "cancelled": _("You have signed off."),
        "reinstated": _("Your cancellation is taken back."),
        "mode_online": _("You take part online."),
        "mode_onsite": _("You take part on site."),
        "mode_wanted": _("Your wish is noted. You keep what you have until it is your turn."),
        "alone": _("From now on each of you moves up as soon as a place is free."),
        "question": _("Your question is stored."),
        "coming": _("Thank you for your answer. We look forward to meeting you."),
        "handover": _("We have written to your colleague. Until the answer comes, the place stays yours."),
        "kept": _("You keep your place. The link of your colleague no longer works."),
        "address": _("We have written to the new address. It counts as soon as its link is followed."),
        "address_confirmed": _("From now on we write to your new address."),
        "wishes": _("Your wishes are stored."),
        "take": _("The place is yours."),
        "accept": _("The place is yours."),
        "wait": _("You are on the waiting list, or you have moved up at once."),
        "wait_asked": _("You are on the waiting list. We ask you as soon as a place is free."),
        "leave": _("You are no longer on the waiting list."),
        "decline": _("You have declined. The place goes to the next person."),
        "give_back": _("You have given your place back. As long as a place is free, you can take one again."),
        "swapped": _("The swap has worked. This is your workshop now."),
        "swap_asked": _("Your request stands. Until it works out you keep your place."),
        "swap_withdrawn": _("Your request is withdrawn."),
        "details": _("Your details are stored."),
        "consents": _("Your decision is stored and counts at once."),
        "calendar_choices": _("Your choice for the calendar is stored."),
        "calendar": _("Your calendar has a new address. The old one shows nothing any more."),
    }.get(key, "")


def consent_in_words(answer: str) -> str:
    """What somebody answered to a consent."""
    return {"yes": _("agreed"), "ask": _("please ask first"), "no": _("refused")}.get(answer, _("not agreed"))


def own_data(event: Event, full: Registration) -> dict[str, Any]:
    """Everything we hold about a registration, as plain values (GDPR Art. 15)."""
    answers = queries.answers_of([full.id])[full.id]
    wishes = queries_wishes.wishes_in_words(event.id, full.id)
    left_out = queries_wishes.absences_of([full.id]).get(full.id, [])
    return {
        "event": local(event.title),
        "number": full.public_id,
        "name": full.name,
        "email": full.email,
        "organisation": full.organisation,
        "language": full.language,
        "status": full.status,
        "registered_at": full.created_at,
        "confirmed_at": full.confirmed_at,
        "answers": [
            {
                "question": local(dict(asked.label)),
                "answer": questions.shown(asked, value),
                "purpose": local(dict(asked.purpose)),
                "legal_basis": asked.legal_basis,
                **({"file": _file_url(value)} if asked.kind == "file" else {}),
            }
            for asked, value in answers
        ],
        "consents": [
            {
                "text": local(text.text),
                "answer": consent.answer,
                "given_at": consent.given_at,
                "channel": consent.channel,
                "withdrawn_at": consent.withdrawn_at,
            }
            for consent, text in queries.consents_of(full.id)
        ],
        "follow_up_forms": [
            {"title": local(dict(survey.title)), "anonymous": survey.is_anonymous, "answered": done}
            for survey, done in queries_surveys.of_registration(full.id)
        ],
        "wishes": [
            {
                "round": local(one.title),
                "ranked": [local(item.title) for item in ranked],
                "never": [local(item.title) for item in never],
            }
            for one, ranked, never in wishes
        ],
        "waiting_for": [local(title) for title in queries_places.waited_titles(full.id)],
        "would_swap_for": [local(title) for title in queries_places.asked_titles(full.id)],
        "rounds_left_out": [local(one.title) for one in queries_wishes.rounds(event.id) if one.id in left_out],
        "questions_beforehand": [one.text for one in queries_groups.questions_of(full.id)],
        "shared_code": queries_wishes.group_code(full.id) or "",
        "handovers": [
            {"name": one.name, "email": one.email, "offered_at": one.created_at, "until": one.until}
            for one in queries_handover.offers_of(full.id)
        ],
        "history": [{"at": change.at, "from": change.before, "to": change.after} for change in full.changes],
    }


def _file_url(value: dict[str, Any]) -> str:
    return pages.external(url_for("personal_changes.file", file=value["file"]))


def as_json(data: dict[str, Any]) -> Response:
    """A file to keep."""
    body = json.dumps(data, ensure_ascii=False, indent=2, default=datetime.isoformat) + "\n"
    response = Response(body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
