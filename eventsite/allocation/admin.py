"""Organisers' runs: start, compare, look at one before it is published, apply it, try what would be."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, render_template, request

from eventsite.allocation import (
    ballots,
    exports,
    faults,
    figures,
    forms,
    messages_run,
    queries,
    queries_difference,
    queries_problem,
    queries_wishes,
    service,
)
from eventsite.core import clock, i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import ngettext
from eventsite.mail import links
from eventsite.people import queries as people
from eventsite.web import pages
from eventsite.web.files import disposition
from eventsite.web.guard import organiser

blueprint = Blueprint("allocation_admin", __name__)


@blueprint.route("/admin/<event>/allocation", methods=["GET", "POST"])
@organiser("allocation.run")
def runs(event: Any) -> Any:
    """All runs side by side, and the button for the next one."""
    form, refusal = forms.LaterRunForm() if event.allocation_published_at else forms.RunForm(), ""
    if form.validate_on_submit():
        try:
            return _ask(event, form.mode.data, objective=event.objective, tie=event.tie)
        except Refused as refused:
            refusal = str(refused)
    status = 422 if form.is_submitted() else 200
    return render_template("allocation/admin/runs.html", form=form, refusal=refusal, **_list(event)), status


def _ask(event: Any, mode: str, **options: Any) -> Any:
    """Asks for a run and leads to it."""
    run = service.request_run(event.id, mode=mode, seed=event.seed, actor=g.account.public_id, **options)
    return pages.see_other("allocation_admin.show_run", event=event.slug, run=run.public_id)


def _list(event: Any) -> dict[str, Any]:
    found = queries_problem.situation(event)
    listed = queries.runs(event.id)
    titles = queries.titles_in_words(event.id) if event.allocation_published_at else {}
    return {
        "needs": queries_difference.needs(found, titles) if event.allocation_published_at else [],
        "effects": forms.EFFECTS,
        "runs": [_row(run, found) for run in listed],
        "rule": ballots.rule_in_words(event.objective, event.tie),
        "complaint": faults.first(found.problem, found.items, found.people),
        "people": len(found.people),
        "with_wishes": sum(any(w.choices for w in p.wishes.values()) for p in found.problem.participants),
        "pins": len(found.problem.rules.pins),
        "wishes_until": event.wishes_close_at or event.registration_closes_at,
        "now": clock.now(),
        "names": people.account_names({run.requested_by for run in listed}),
        **_words(),
    }


def _words() -> dict[str, Any]:
    return {"states": forms.STATES, "modes": forms.MODES, "objectives": forms.OBJECTIVES, "ties": forms.TIES}


def _row(run: Any, found: Any) -> dict[str, Any]:
    is_done = run.state == "done"
    is_stale = is_done and run.applied_at is None and queries_problem.input_print(found, run.tie) != run.fingerprint
    return {"run": run, "brief": figures.brief(run.figures["plan"]) if is_done else None, "is_stale": is_stale}


@blueprint.get("/admin/<event>/allocation/comparison")
@organiser("allocation.run")
def comparison(event: Any) -> Any:
    """Two to four finished runs side by side; anything else leads back to the list with a sentence."""
    chosen = queries.runs_to_compare(event.id, request.args.getlist("run")[:20])
    if not forms.LEAST <= len(chosen) <= forms.MOST:
        form = forms.LaterRunForm() if event.allocation_published_at else forms.RunForm()
        refusal = i18n._("Please choose two to four finished runs.")
        return render_template("allocation/admin/runs.html", form=form, refusal=refusal, **_list(event)), 422
    found, known = queries_problem.situation(event), queries.titles_in_words(event.id)
    base = chosen[0]
    others = []
    for run in chosen[1:]:
        cells = queries_difference.changed_cells(base.result["plan"], run.result["plan"])
        rows = queries_difference.differences(cells, found, known, run.result["reasons"])
        others.append({"run": run, "rows": rows, "people": len({name for name, *_cell in cells})})
    context = {
        "runs": [_row(run, found) for run in chosen],
        "others": others,
        "rows": figures.beside([run.figures["plan"] for run in chosen]),
        "levels": figures.levels_beside([run.figures for run in chosen]),
        "names": people.account_names({run.requested_by for run in chosen}),
        **_words(),
    }
    return render_template("allocation/admin/comparison.html", **context)


@blueprint.route("/admin/<event>/allocation/what-if", methods=["GET", "POST"])
@organiser("allocation.run")
def what_if(event: Any) -> Any:
    """Another rule, other places, closed workshops, a fixed person: computed and compared, never applied."""
    rounds, refusal = queries_wishes.rounds(event.id), ""
    form = forms.what_if_form(rounds)
    if not form.is_submitted():
        form.objective.data, form.tie.data = event.objective, event.tie
        form.closed.data = request.args.getlist("closed")
    elif form.validate():
        people = queries_problem.situation(event).people if form.person.data else {}
        person = forms.find_person(form.person, people) if form.person.data else ""
        if person is not None:
            rule = {"objective": form.objective.data, "tie": form.tie.data}
            try:
                return _ask(event, service.WHAT_IF, changes=form.changes(rounds, person), **rule)
            except Refused as refused:
                refusal = str(refused)
    status = 422 if form.is_submitted() else 200
    return render_template("allocation/admin/what_if.html", form=form, rounds=rounds, refusal=refusal), status


@blueprint.get("/admin/<event>/allocation/<run>")
@organiser("allocation.run")
def show_run(event: Any, run: str) -> Any:
    """One run: its figures, what each workshop gets, who would be written to and what they would read."""
    return _page(event, queries.get_run(event.id, run))


def _page(event: Any, row: Any, refusal: str = "") -> Any:
    names = people.account_names({row.requested_by, row.applied_by})
    context = {"run": row, "button": forms.ButtonForm(), "names": names, "refusal": refusal, **_words()}
    if row.state != "done":
        problem = _problem(event, row) if row.state == "failed" else ""
        return render_template("allocation/admin/run_open.html", problem=problem, **context)
    return render_template("allocation/admin/run.html", **context, **_result(event, row))


def _problem(event: Any, run: Any) -> str:
    """Why a run failed; the engine's own sentence speaks of public ids, which become titles."""
    if run.problem == "!":
        return ""
    sentence = str(run.problem)
    for uid, title in queries.titles_in_words(event.id).items():
        sentence = sentence.replace(uid, title)
    return sentence


def _result(event: Any, run: Any) -> dict[str, Any]:
    found = queries_problem.situation(event)
    is_stale = queries_problem.input_print(found, run.tie) != run.fingerprint
    is_open = run.applied_at is None and run.mode != service.WHAT_IF and not is_stale
    changed = messages_run.changed_people(run, found) if is_open else []
    names = [name for name in changed if found.people[name].email]
    titles = queries.titles(event.id)
    known = {uid: i18n.local(title) for uid, title in titles.items()}
    letters = messages_run.examples(event, run, found, names, clock.now(), titles)
    beside = queries.run_beside(run) if run.mode == service.WHAT_IF else None
    return {
        "is_stale": is_stale and run.applied_at is None,
        "is_open": is_open,
        "recipients": len(names),
        "by_post": [found.people[name].name for name in changed if not found.people[name].email],
        "is_empty": is_open and not changed,
        "examples": [(letter, links.hidden(letter.mail.text)) for letter in letters],
        "summary": figures.summary(run.figures),
        "shares": figures.shares(run.figures["plan"]),
        "comparison": figures.comparison(run.figures),
        "levels": figures.levels(run.figures),
        "demand": figures.demand(run.figures),
        "titles": known,
        "rounds": {name: i18n.local(one.title) for name, one in found.rounds.items()},
        "beside": beside,
        "beside_rows": figures.beside([beside.figures["plan"], run.figures["plan"]]) if beside else [],
        **_moves(run, beside, found, known),
    }


def _moves(run: Any, beside: Any, found: Any, known: dict[str, str]) -> dict[str, Any]:
    """Who moves, from where to where and why: against what people were told, or against the plan a what-if stands beside."""
    if beside is not None:
        cells = queries_difference.changed_cells(beside.result["plan"], run.result["plan"])
    else:
        cells = [(n, r, old, new) for n, r, old, new in run.figures.get("changes", []) if run.mode != "new"]
    rows = queries_difference.differences(cells, found, known, run.result["reasons"])
    counts = queries_difference.counts(rows)
    newcomers = run.figures.get("newcomers", 0) if run.mode in service.AFTERWARDS else 0
    has_told = run.mode in service.AFTERWARDS or beside is not None
    words = figures.moves_in_words(**counts, newcomers=newcomers, is_told=beside is None)
    return {"differences": rows, "moves": words if has_told else ""}


@blueprint.post("/admin/<event>/allocation/<run>/application")
@organiser("allocation.run")
def apply_run(event: Any, run: str) -> Any:
    """Publishes the run: places and mails at once; refused when something has changed since."""
    row = queries.get_run(event.id, run)
    if not forms.ButtonForm().validate_on_submit():
        abort(400)
    try:
        number = service.apply_run(row.id, actor=g.account.public_id)
    except Refused as refused:
        return _page(event, queries.get_run(event.id, run), str(refused)), 409
    flash(ngettext("Published. %(num)s mail is on its way.", "Published. %(num)s mails are on their way.", number))
    return pages.see_other("allocation_admin.show_run", event=event.slug, run=run)


@blueprint.post("/admin/<event>/allocation/<run>/stop")
@organiser("allocation.run")
def stop_run(event: Any, run: str) -> Any:
    """Stops a run that is not finished."""
    row = queries.get_run(event.id, run)
    if not forms.ButtonForm().validate_on_submit():
        abort(400)
    service.stop_run(row.id, actor=g.account.public_id)
    flash(i18n._("The run was stopped."))
    return pages.see_other("allocation_admin.runs", event=event.slug)


@blueprint.get("/admin/<event>/allocation/<run>/files.zip")
@organiser("allocation.run")
def run_files(event: Any, run: str) -> Response:
    """Input, plan, figures and certificate, for whoever wants to check the result."""
    row = queries.get_run(event.id, run)
    if row.state != "done":
        abort(404)
    response = Response(exports.run_files(row), content_type="application/zip")
    response.headers["Content-Disposition"] = disposition(f"{event.slug}-run-{row.number}.zip", inline=False)
    return response
