"""Redirects of the address itself never name a host, since that is whatever the request claimed."""

from flask import Flask

from tests.meeting import make_meeting, make_site, visit


def test_missing_slash_leads_to_a_path_only(app: Flask) -> None:
    make_site()
    make_meeting()
    answer = visit(app, "/de/werkstatt", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.location) == (308, "/de/werkstatt/")
