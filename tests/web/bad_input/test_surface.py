"""The whole public surface: no cookie, headers everywhere, few questions, HEAD, methods, and drafts that stay hidden."""

import pytest
from flask import Flask

from eventsite.web import cache, security
from tests.meeting import Meeting, preview_token, visit
from tests.queries import count_queries
from tests.web.surface import ELSEWHERE, OF_THE_SITE, addresses, make_surface, routes_of

FORMS = {"registration_form.resend", "registration_form.received"}
FORMS |= {"group.register", "group.received", "proposals.propose", "proposals.sent", "proposals.link"}
REGISTERING, PROPOSING = ("register", "register/group", "resend"), ("call/propose", "call/link")


@pytest.fixture
def meeting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    return make_surface(monkeypatch)


def test_every_public_route_has_an_address_here(app: Flask, meeting: Meeting) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())]
    public = {rule.endpoint for rule in rules if app.view_functions[rule.endpoint].guard == "public"}  # type: ignore[attr-defined]
    assert public - routes_of(app, [*OF_THE_SITE, *addresses(meeting)]) == ELSEWHERE


def test_every_address_answers_without_a_cookie(app: Flask, meeting: Meeting) -> None:
    found = {path: visit(app, path) for path in [*OF_THE_SITE, *addresses(meeting)]}
    assert {path: answer.status_code for path, answer in found.items() if answer.status_code not in (200, 302)} == {}
    setting = {path for path, answer in found.items() if "Set-Cookie" in answer.headers}
    assert setting == {f"/de/werkstatt/{page}" for page in (*REGISTERING, *PROPOSING)}


def test_every_answer_carries_the_headers(app: Flask, meeting: Meeting) -> None:
    others = [
        "/static/nothing.css",
        "/static/icons/favicon.svg",
        "/nowhere",
        "/xx/",
        "/de/nowhere/",
        "/r/nonsense/",
        "/admin/",
    ]
    found = [visit(app, path) for path in [*OF_THE_SITE, *addresses(meeting), *others]]
    found += [visit(app, "/de/", "DELETE"), visit(app, "/de/werkstatt/register", "POST")]
    found += [visit(app, "/de/"), visit(app, app.jinja_env.globals["asset"]("css/public.css"))]
    wanted = {*security.HEADERS, "Content-Security-Policy"}
    assert [
        (answer.request.path, wanted - set(answer.headers.keys()))
        for answer in found
        if wanted - set(answer.headers.keys())
    ] == [("/de/werkstatt/frame", {"X-Frame-Options"})]  # made to be framed; its policy says by whom


def test_head_says_what_get_says(app: Flask, meeting: Meeting) -> None:
    for path in [*OF_THE_SITE, *addresses(meeting)]:
        get, head = visit(app, path), visit(app, path, "HEAD")
        assert (path, head.status_code, head.data) == (path, get.status_code, b"")
        assert (path, head.headers["Content-Type"]) == (path, get.headers["Content-Type"])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_wrong_methods_meet_a_page(app: Flask, meeting: Meeting, method: str) -> None:
    for path in [*OF_THE_SITE, *addresses(meeting)]:
        answer = visit(app, path, method)
        assert (path, answer.status_code in (400, 405), "<h1" in answer.text) == (path, True, True)


def test_public_pages_ask_at_most_six_questions(app: Flask, meeting: Meeting) -> None:
    many = {}
    for path in [*OF_THE_SITE, *addresses(meeting)]:
        cache.pages.clear()
        with count_queries() as sent:
            visit(app, path)
        if len(sent) > 6 and routes_of(app, [path]).isdisjoint(FORMS):
            many[path] = len(sent)
    assert many == {}


def test_draft_is_unknown_to_strangers_and_shown_by_its_preview_link(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = make_surface(monkeypatch, is_public=False)
    paths = addresses(meeting)
    token = preview_token(meeting.event)
    for wrong in ("", "?preview=", "?preview=nonsense", f"?preview={token[:-1]}"):
        assert {path: code for path in paths if (code := visit(app, path + wrong).status_code) != 404} == {}
    of_event = [path for path in paths if not path.startswith("/de/speakers/")]  # a person's page is of the whole site
    shown = {path: visit(app, f"{path}?preview={token}") for path in of_event}
    assert {path: answer.status_code for path, answer in shown.items() if answer.status_code not in (200, 302)} == {}
    kept = {path for path, answer in shown.items() if "public" in answer.headers["Cache-Control"]}
    assert kept == set()
    for path in OF_THE_SITE:  # nothing of it in lists, feeds and maps
        answer = visit(app, path)
        assert (path, "Werkstatt" in answer.text, "werkstatt" in answer.text) == (path, False, False)


def test_old_preview_link_shows_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from eventsite.events import service as events

    meeting = make_surface(monkeypatch, is_public=False)
    token = preview_token(meeting.event)
    events.renew_preview_link(meeting.event.id)
    paths = addresses(meeting)
    assert {path: code for path in paths if (code := visit(app, f"{path}?preview={token}").status_code) != 404} == {}
