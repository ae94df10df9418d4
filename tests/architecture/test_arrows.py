"""Who may import whom: the page to read before adding a file. Order of packages, never-list per role, doors, clock."""

import ast
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.architecture.source import Module, dotted, functions, modules, plant

# A package imports packages on the lines above it only.
ORDER = [
    {"config"},
    {"core"},
    {"web"},
    {"mail"},
    {"people"},
    {"events"},
    {"programme"},
    {"registration", "media"},
    {"allocation", "documentation", "proposals"},
    {"checkin", "mailings", "calendars", "contributions"},
    {"privacy"},
    {"site"},
    {"schema"},
    {"app", "server", "checks"},
    {"startup"},
    {"demo"},
    {"cli"},
]
LEVEL = {package: level for level, line in enumerate(ORDER) for package in line}

# Decisions: they get time and data handed in.
PURE = {"rules", "questions", "solver", "waitlist", "outline", "audience", "entries"}
PAGES = {"views", "admin"}
WEB = ["flask", "flask_wtf", "wtforms", "werkzeug", "eventsite.web", "@views", "@admin", "@forms", "@session"]
DATABASE = ["sqlalchemy", "flask_sqlalchemy", "eventsite.core.db"]

# What a file of this name never imports; @name is the file of that role in any feature.
NEVER = {
    **{role: [*WEB, *DATABASE, "eventsite.core.clock", "@models", "@queries", "@service"] for role in PURE},
    "models": [*WEB, "@queries", "@service", "@messages", "@exports", "@prints"],
    "queries": [*WEB, "@service", "@messages", "@exports", "@prints"],
    "messages": [*WEB, "@service"],
    "exports": [*WEB, "@service"],
    "prints": [*WEB, "@service"],
    "service": WEB,
    "forms": ["@service", "@views", "@admin"],
    "views": [*DATABASE, "@admin"],
    "admin": [*DATABASE, "@views"],
}

# Only these show pages, so only these know the web package.
MAY_USE_WEB = ["web/*", "*/views*.py", "*/admin*.py", "*/forms*.py", "*/session*.py", "site/*", "app.py"]

# Only these write; in site also what composes the verbs of several features without being a page (signup, copying).
WRITERS = ["*/service*.py", "mail/outbox.py", "core/*", "demo.py", "demo_*.py", "demo/*"]
WRITES = {"add", "add_all", "delete", "merge", "commit", "flush", "bulk_save_objects", "bulk_insert_mappings"}

# Each foreign library has one door, so that it can be replaced there.
DOORS = {
    "weasyprint": "core/pdf*.py",
    "pikepdf": "core/pdf*.py",
    "icalendar": "core/ical*.py",
    "PIL": "core/image*.py",
    "smtplib": "mail/transport.py",
    "obstore": "core/storage.py",
    "boto3": "core/storage.py",
    "huey": "core/jobs.py",
    "redis": "core/jobs.py",
    "xlsxwriter": "core/tables.py",
    "python_calamine": "core/tables.py",
    "babel": "core/i18n.py",
    "markdown_it": "core/text.py",
    "nh3": "core/text.py",
    "segno": "core/qr.py",
    "highspy": "allocation/highs.py",
    "numpy": "allocation/highs.py",
    "argon2": "people/*.py",
}
# The demonstration draws its pictures itself.
SECOND_DOORS = {"PIL": "demo/pictures*.py"}
SLOW = {
    "weasyprint",
    "pikepdf",
    "icalendar",
    "PIL",
    "obstore",
    "redis",
    "xlsxwriter",
    "python_calamine",
    "segno",
    "highspy",
    "numpy",
}

CLOCK = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "func.now",
    "func.current_timestamp",
}
PLAIN = {"int", "str", "bool", "float", "None"}


def matches(module: Module, patterns: Iterable[str]) -> bool:
    return any(fnmatch(module.place, pattern) for pattern in patterns)


def is_composition(module: Module) -> bool:
    return module.package == "site" and not any(
        found.reaches(name) for name in ("flask", "wtforms", "eventsite.web") for found in module.imports
    )


def wrong_order(module: Module) -> Iterator[str]:
    if module.place in {"__init__.py", "__main__.py"}:
        return
    if module.package not in LEVEL:
        yield f"{module.place}: the package {module.package} has no place in ORDER"
        return
    for line, target in ((i.line, i.target) for i in module.imports if i.reaches("eventsite")):
        package = target.split(".")[1].split("_")[0] if "." in target and not target.startswith("eventsite.__") else ""
        if package in LEVEL and package != module.package and LEVEL[package] >= LEVEL[module.package]:
            yield f"{module.at(line)}: {module.package} imports {package}, which is not below it"


def wrong_role(module: Module) -> Iterator[str]:
    if "/" not in module.place or module.package in {"core", "web"}:
        return
    for name in NEVER.get(module.role, []):
        for found in module.imports:
            if found.for_types and name == "@models":
                continue
            parts = found.target.split(".")
            role = parts[2].split("_")[0] if parts[0] == "eventsite" and len(parts) > 2 else ""
            is_feature = len(parts) > 1 and parts[1] not in {"core", "web"}
            if (role == name[1:] and is_feature) if name[0] == "@" else found.reaches(name):
                yield f"{module.at(found.line)}: {module.role} never imports {found.target}"


def web_in_wrong_place(module: Module) -> Iterator[str]:
    allowed = matches(module, MAY_USE_WEB)
    for found in module.imports:
        if found.reaches("eventsite.web") and not allowed:
            yield f"{module.at(found.line)}: only pages and forms import web"
        if module.package == "core" and found.reaches("flask") and module.place != "core/db.py" and not found.for_types:
            yield f"{module.at(found.line)}: core knows Flask only in core/db.py"
        if found.reaches("eventsite.app") and module.package != "startup":
            yield f"{module.at(found.line)}: only startup and wsgi import the app"


def write_in_wrong_place(module: Module) -> Iterator[str]:
    if matches(module, WRITERS) or is_composition(module):
        return
    for node in ast.walk(module.tree):
        name = dotted(node) if isinstance(node, ast.Call) else ""
        owner, _, verb = name.rpartition(".")
        if verb == "transaction" or (verb in WRITES and owner.split(".")[-1] == "session"):
            yield f"{module.at(node.lineno)}: {name}() is for services"
    for found in module.imports:
        if found.target in {"sqlalchemy.insert", "sqlalchemy.update", "sqlalchemy.delete"}:
            yield f"{module.at(found.line)}: {found.target} is for services"


def wrong_door(module: Module) -> Iterator[str]:
    for found in module.imports:
        library = found.target.split(".")[0]
        doors = [table[library] for table in (DOORS, SECOND_DOORS) if library in table]
        if doors and not matches(module, doors) and not found.for_types:
            yield f"{module.at(found.line)}: {library} is imported in {DOORS[library]} only"
        if library in SLOW and found.at_start:
            yield f"{module.at(found.line)}: {library} is slow to import: import it inside the function"


def second_clock(module: Module) -> Iterator[str]:
    if module.place == "core/clock.py":
        return
    for node in ast.walk(module.tree):
        name = dotted(node) if isinstance(node, ast.Attribute) else ""
        if ".".join(name.split(".")[-2:]) in CLOCK:
            yield f"{module.at(node.lineno)}: {name} - the only clock is core.clock"
    for found in module.imports:
        if found.target in {"time.time", "time.time_ns"}:
            yield f"{module.at(found.line)}: {found.target} - the only clock is core.clock"


def rich_background_argument(module: Module) -> Iterator[str]:
    for function in functions(module.tree):
        names = {dotted(decorator).split(".")[-1] for decorator in function.decorator_list}
        if "background" in names:
            for argument in [*function.args.args, *function.args.kwonlyargs]:
                kinds = {part.strip() for part in ast.unparse(argument.annotation or ast.Constant(0)).split("|")}
                if not kinds <= PLAIN:
                    yield f"{module.at(function.lineno)}: background work takes ids and plain values, not {argument.arg}"


RULES = [
    wrong_order,
    wrong_role,
    web_in_wrong_place,
    write_in_wrong_place,
    wrong_door,
    second_clock,
    rich_background_argument,
]


@pytest.mark.parametrize("rule", RULES)
def test_product_keeps_the_rule(rule) -> None:
    assert [fault for module in modules() for fault in rule(module)] == []


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        (wrong_order, "people__service", "from eventsite.events import models"),
        (wrong_order, "media__service", "from eventsite.registration.rules import phase"),
        (wrong_order, "config", "import eventsite.core.clock"),
        (wrong_order, "people__service", "def f():\n    from ..events import queries"),
        (wrong_order, "extras__rules", "x = 1"),
        (wrong_role, "events__rules", "from sqlalchemy import select"),
        (wrong_role, "events__rules", "from eventsite.core.clock import now"),
        (wrong_role, "events__rules", "from eventsite.events.models import Event"),
        (wrong_role, "events__models", "from eventsite.events import service"),
        (wrong_role, "events__queries", "import flask"),
        (wrong_role, "events__service_copy", "from eventsite.web.forms import Form"),
        (wrong_role, "events__views", "from eventsite.core.db import db"),
        (wrong_role, "events__admin_rooms", "from eventsite.events import views"),
        (web_in_wrong_place, "events__texts", "from eventsite.web import pages"),
        (web_in_wrong_place, "core__text", "from flask import g"),
        (web_in_wrong_place, "demo", "from eventsite.app import create_app"),
        (write_in_wrong_place, "events__queries", "db.session.add(event)"),
        (write_in_wrong_place, "site__views", "from flask import g\nwith transaction():\n    pass"),
        (write_in_wrong_place, "site__signup", "from eventsite.web import pages\nwith transaction():\n    pass"),
        (write_in_wrong_place, "events__queries", "from sqlalchemy import select, update"),
        (wrong_door, "events__prints", "def f():\n    import weasyprint"),
        (wrong_door, "core__pdf", "import weasyprint"),
        (second_clock, "events__service", "from datetime import datetime\nx = datetime.now()"),
        (second_clock, "events__service", "import datetime\nx = datetime.date.today()"),
        (second_clock, "events__models", "created = mapped_column(default=func.now())"),
        (rich_background_argument, "events__service", "@background\ndef build(event: Event) -> None: ..."),
    ],
)
def test_planted_violation_is_found(rule, place: str, text: str, tmp_path: Path) -> None:
    (module,) = plant(tmp_path, **{place: text})
    assert len(list(rule(module))) == 1


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("events__service", "from eventsite.people import service as people\nwith transaction():\n    pass"),
        ("site__signup", "from eventsite.core.db import transaction\nwith transaction():\n    pass"),
        ("events__entries", "if TYPE_CHECKING:\n    from eventsite.events.models import Event"),
        ("events__views", "from eventsite.web.forms import Form\nfrom eventsite.events import forms, queries, service"),
        ("core__pdf", "def write():\n    import weasyprint"),
        ("events__service", "@background\ndef build(event_id: int, why: str | None = None) -> None: ..."),
        ("cli_serve", "from eventsite.startup import application\nfrom eventsite import demo"),
    ],
)
def test_what_is_allowed_is_not_reported(place: str, text: str, tmp_path: Path) -> None:
    (module,) = plant(tmp_path, **{place: text})
    assert [fault for rule in RULES for fault in rule(module)] == []
