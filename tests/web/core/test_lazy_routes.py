"""Addresses of routes are made when they are asked for, and are those Werkzeug makes at the start."""

from flask import Flask
from werkzeug.routing import Map, Rule

from eventsite.web.pages import LazyRule

ROUTES = {
    "plain": ("/a/b", {}),
    "named": ("/x/<rule>/<self>", {"rule": "1", "self": "ä"}),
    "number": ("/n/<int:number>.ics", {"number": 7}),
    "choice": ("/c/<any(days, rooms):part>/", {"part": "days"}),
}


def addresses(kind: type[Rule], **more: str) -> list[str]:
    routes = Map([kind(path, endpoint=name) for name, (path, _values) in ROUTES.items()])
    adapter = routes.bind("localhost")
    return [adapter.build(name, {**values, **more}) for name, (_path, values) in ROUTES.items() for _twice in range(2)]


def test_addresses_are_the_usual_ones() -> None:
    assert addresses(LazyRule) == addresses(Rule)
    assert addresses(LazyRule, q="a b") == addresses(Rule, q="a b")


def test_every_route_of_the_application_is_one(app: Flask) -> None:
    assert {type(rule) for rule in app.url_map.iter_rules()} == {LazyRule}
