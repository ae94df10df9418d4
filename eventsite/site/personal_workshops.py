"""Behind the personal link after publication: change the workshop of a round; looking changes nothing, buttons do."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, render_template, request, url_for

from eventsite.allocation import service_own
from eventsite.core.errors import NotFound, Refused
from eventsite.registration.models import Registration
from eventsite.site import personal_rooms, round_choices
from eventsite.site.round_choices import RoundChoices
from eventsite.web import pages
from eventsite.web.guard import personal_link

blueprint = personal_rooms.private(Blueprint("personal_workshops", __name__))
DEEDS: dict[str, Callable[[int, int], object]] = {
    "take": service_own.take,
    "wait": lambda registration, item: service_own.wait(registration, item, moves_up=True),
    "wait_asked": lambda registration, item: service_own.wait(registration, item, moves_up=False),
    "leave": service_own.stop_waiting,
    "decline": service_own.stop_waiting,
    "accept": service_own.accept,
    "give_back": service_own.give_back,
}


@blueprint.get("/r/<token>/rounds/<one>")
@personal_link("registration")
def show(registration: Registration, one: str) -> Any:
    """The own workshop of a round, the others, and what can be done."""
    return _page(registration, one)


def _page(registration: Registration, one: str, refusal: str = "") -> Any:
    view = round_choices.get(g.event, registration, one)
    done = personal_rooms.done_in_words(request.args.get("done", "")) if request.method == "GET" else ""
    context = {"view": view, "refusal": refusal, "done": done, "back_url": url_for("personal.page")}
    return render_template("site/personal_round.html", **context), 409 if refusal else 200


@blueprint.post("/r/<token>/rounds/<one>")
@personal_link("registration")
def change(registration: Registration, one: str) -> Any:
    """Does what the button says, of the form "deed:workshop"; refused deeds say why and show how it is now."""
    deed, _colon, slug = request.form.get("deed", "").partition(":")
    view, uid = round_choices.get(g.event, registration, one), registration.id
    try:
        done = _do(view, uid, deed, slug)
    except Refused as refusal:
        return _page(registration, one, str(refusal))
    return pages.see_other("personal_workshops.show", one=one, done=done)


def _do(view: RoundChoices, registration_id: int, deed: str, slug: str) -> str:
    """Does it; returns the key of what is told then."""
    ids = {choice.item["slug"]: choice.item["id"] for choice in view.choices}
    if view.own is not None:
        ids[view.own["slug"]] = view.own["id"]
    if deed == "swap" and view.own is not None:
        wanted = [ids[one] for one in request.form.getlist("instead") if one in ids]
        has_swapped = service_own.ask_to_swap(registration_id, view.own["id"], wanted)
        return "swapped" if has_swapped else "swap_asked" if wanted else "swap_withdrawn"
    if deed not in DEEDS or slug not in ids:
        raise NotFound
    DEEDS[deed](registration_id, ids[slug])
    return deed
