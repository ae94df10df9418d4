"""The organisers' list: who fits each filter, in which order, with which cells; files safe and without health."""

import csv
import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from eventsite.core import tables
from eventsite.core.db import db
from eventsite.core.errors import NotFound
from eventsite.core.i18n import use_language
from eventsite.mail.models import OutboxMessage
from eventsite.registration import library, service_answers
from eventsite.site import exports_roster, queries_roster, rules_roster, signup
from eventsite.site.exports_roster import Shape
from tests.allocating import publish, wish
from tests.conftest import both_databases
from tests.crowd import make_crowd
from tests.every_kind import ATTENDANCE
from tests.meeting import Meeting, make_meeting
from tests.queries import count_queries

PEOPLE = (
    ("Clara Öztürk", "clara@example.org", "Stadt Kassel", {"attendance": "onsite", "topics": ["a"]}, ["photo"]),
    ("Bernd Ahrens", "bernd@example.org", "Land Hessen", {"attendance": "online", "topics": ["a", "b"]}, []),
    ("Ada Zander", None, "", {}, ["photo", "list"]),
)


@pytest.fixture
def meeting(app: Flask) -> Iterator[Meeting]:
    made = make_meeting(capacity=2)
    service_answers.set_up_form(made.event.id)
    service_answers.ask(made.event.id, ATTENDANCE)
    topics = {"key": "topics", "kind": "multiple", "options": [{"key": k, "label": {"de": k}} for k in "ab"]}
    words = {"label": {"de": "Themen"}, "purpose": {"de": "Plan"}, "legal_basis": "task", "audience": "organisers"}
    service_answers.ask(made.event.id, library.Asked(**{**topics, **words, "retention": "identity"}))
    for number, (name, email, organisation, answers, consents) in enumerate(PEOPLE):
        details = signup.Details(name, email, organisation, "en" if number == 1 else "de")
        found = {**answers, "diet": {"chosen": ["vegan"], "other": "ohne Sellerie"}}
        if not answers:
            found = {}
        source = ("organiser", "form", "import")[number]
        signup.sign_up(
            made.event.id, details, answers=found, consents=consents, source=source, confirmed=True, notify=False
        )
    with use_language("de"):
        yield made


def names(meeting: Meeting, **given: str) -> list[str]:
    """The given names of those who fit, in order."""
    known = queries_roster.facets(meeting.event.id)
    arguments = {name.replace("__", "-"): [value] for name, value in given.items()}
    wanted = rules_roster.read(arguments, known)
    found = [row.name.split()[0] for row in queries_roster.page(meeting.event, wanted, known, limit=50, offset=0)]
    assert queries_roster.counts(meeting.event, wanted, known).fitting == len(found)
    return found


@both_databases
def test_each_filter_finds_whom_it_names(meeting: Meeting) -> None:
    wish(meeting, _row(meeting, "Clara"), "first", "second")
    first, second = (meeting.items[name].public_id for name in ("first", "second"))
    cases: list[tuple[dict[str, str], list[str]]] = [
        ({}, ["Bernd", "Clara", "Ada"]),
        ({"sort": "queue"}, ["Clara", "Bernd", "Ada"]),
        ({"q": "öztürk"}, ["Clara"]),
        ({"q": "ÖZTÜRK"}, ["Clara"]),
        ({"q": "ozturk clara"}, ["Clara"]),
        ({"q": "bernd@"}, ["Bernd"]),
        ({"q": "100%"}, []),
        ({"q": "_"}, []),
        ({"status": "waiting"}, ["Ada"]),
        ({"status": "confirmed,waiting"}, ["Bernd", "Clara", "Ada"]),
        ({"organisation": "kassel"}, ["Clara"]),
        ({"a__attendance": "online"}, ["Bernd"]),
        ({"a__attendance": "none"}, ["Ada"]),
        ({"a__topics": "a"}, ["Bernd", "Clara"]),
        ({"a__topics": "b"}, ["Bernd"]),
        ({"wish": first}, ["Clara"]),
        ({"place": second}, []),
        ({"place": "none"}, ["Bernd", "Clara", "Ada"]),
        ({"consent": "photo"}, ["Clara", "Ada"]),
        ({"consent": "-photo"}, ["Bernd"]),
        ({"source": "organiser"}, ["Clara"]),
        ({"language": "en"}, ["Bernd"]),
        ({"mail": "failed"}, []),
        ({"decision": "open"}, []),
        ({"presence": "no"}, ["Bernd", "Clara", "Ada"]),
        ({"since": "2027-01-11", "until": "2027-01-11"}, ["Bernd", "Clara", "Ada"]),
        ({"until": "2027-01-10"}, []),
        ({"wish": "unknown"}, []),
    ]
    assert [(given, names(meeting, **given)) for given, _expected in cases] == cases


def _row(meeting: Meeting, name: str) -> Any:
    known = queries_roster.facets(meeting.event.id)
    wanted = rules_roster.read({"q": [name]}, known)
    return queries_roster.page(meeting.event, wanted, known, limit=1, offset=0)[0]


def test_failed_mail_and_presence_are_found(meeting: Meeting) -> None:
    from eventsite.checkin import service as checkins
    from eventsite.core.db import transaction

    clara, bernd = _row(meeting, "Clara"), _row(meeting, "Bernd")
    checkins.check_in(clara.id, actor="test")
    signup.sign_off(bernd.id, actor="test")
    with transaction() as session:
        for row in session.scalars(db.select(OutboxMessage).where(OutboxMessage.person_id == bernd.person_id)):
            row.state = "failed"
    assert (names(meeting, mail="failed"), names(meeting, presence="yes")) == (["Bernd"], ["Clara"])


@both_databases
def test_cells_of_every_column(meeting: Meeting) -> None:
    clara = _row(meeting, "Clara")
    wish(meeting, clara, "first", "second")
    publish(meeting)
    known = queries_roster.facets(meeting.event.id)
    uid = meeting.round.public_id
    columns = f"email,status,queue,language,source,q-attendance,q-topics,wish-{uid},place-{uid},consent-photo,present"
    wanted = rules_roster.read({"columns": [columns]}, known)
    clara, ada = _row(meeting, "Clara"), _row(meeting, "Ada")
    found = queries_roster.cells([clara, ada], wanted, known)
    assert found[clara.id] == {
        "email": "clara@example.org",
        "status": "bestätigt",
        "queue": 1,
        "language": "de",
        "source": "vom Team angemeldet",
        "q-attendance": "vor Ort",
        "q-topics": "a",
        f"wish-{uid}": "1. Netze knüpfen; 2. Räume öffnen",
        f"place-{uid}": "1. Netze knüpfen",
        "consent-photo": "ja",
    }
    assert found[ada.id] == {
        "email": "",
        "status": "Warteliste",
        "queue": 3,
        "language": "de",
        "source": "Einladungsliste",
        "consent-photo": "ja",
    }


def _file(meeting: Meeting, shape: Shape, **given: str) -> bytes:
    known = queries_roster.facets(meeting.event.id)
    wanted = rules_roster.read({name: [value] for name, value in given.items()}, known)
    return b"".join(exports_roster.csv(meeting.event, wanted, known, shape))


def test_file_has_the_filter_the_columns_and_the_order(meeting: Meeting) -> None:
    content = _file(meeting, Shape(";", bom=True), status="confirmed", columns="email,q-topics", sort="queue")
    assert content.decode() == (
        "\ufeffName;E-Mail-Adresse;Themen\r\n"
        "Clara Öztürk;clara@example.org;a\r\nBernd Ahrens;bernd@example.org;a, b\r\n"
    )


def test_file_is_safe_and_leaves_out_health(meeting: Meeting) -> None:
    details = signup.Details('=HYPERLINK("x")', "eva@example.org", "+49 Verein")
    signup.sign_up(meeting.event.id, details, answers={"attendance": "onsite"})
    rows = list(csv.reader(io.StringIO(exports_roster.registrations_csv("werkstatt").decode())))
    assert (rows[4][0], rows[4][4]) == ('\'=HYPERLINK("x")', "'+49 Verein")
    asked = ",".join(f"q-{key}" for key in ("diet", "access", "attendance"))
    content = _file(meeting, Shape(), columns=asked).decode()
    assert (content.splitlines()[0], "vegan" in content) == ("Name,Wie nehmen Sie teil?", False)
    with pytest.raises(NotFound):
        exports_roster.registrations_csv("nowhere")


def test_workbook_says_the_same_as_the_list(meeting: Meeting) -> None:
    known = queries_roster.facets(meeting.event.id)
    wanted = rules_roster.read({"columns": ["organisation,registered"]}, known)
    table = tables.read_table(exports_roster.xlsx(meeting.event, wanted, known), "list.xlsx")
    assert (table.header, [row[0] for _line, row in table.rows]) == (
        ["Name", "Organisation", "Angemeldet"],
        ["Bernd Ahrens", "Clara Öztürk", "Ada Zander"],
    )
    assert table.rows[0][1][2] == "2027-01-11 10:00"


def test_confidential_file_holds_the_answers_of_those_who_gave_some(meeting: Meeting) -> None:
    asked = exports_roster.sensitive_questions(meeting.event.id)
    head, rows = exports_roster.sensitive_table(meeting.event, asked)
    assert (head[0], head[-2:]) == ("Name", ["Verpflegung", "Was wir für Sie vorbereiten"])
    assert [(row[0], row[3], row[4]) for row in rows] == [
        ("Bernd Ahrens", "vegan, ohne Sellerie", ""),
        ("Clara Öztürk", "vegan, ohne Sellerie", ""),
    ]


def test_five_thousand_cost_what_three_cost(meeting: Meeting) -> None:
    known = queries_roster.facets(meeting.event.id)
    wanted = rules_roster.read({"columns": ["email,q-attendance,consent-photo,mail"]}, known)

    def look(offset: int) -> tuple[int, int]:
        assert meeting.event.timezone  # loads the event again after the crowd was written
        with count_queries() as sent:
            counts = queries_roster.counts(meeting.event, wanted, known)
            rows = queries_roster.page(meeting.event, wanted, known, limit=50, offset=offset)
            queries_roster.cells(rows, wanted, known)
        return len(sent), counts.fitting

    few = look(0)
    make_crowd(meeting.event.id, 5000)
    started = time.perf_counter()
    many = [look(0), look(4950)]
    elapsed = time.perf_counter() - started
    assert (few, many) == ((4, 3), [(4, 5003), (4, 5003)])
    assert elapsed < 1.5  # about 0.1 s; the limit is for a busy machine
    lines = _file(meeting, Shape(), columns="email,status").decode().splitlines()
    order = [line.split(",")[0].split()[-1] for line in lines[1:]]
    assert (len(lines), list(dict.fromkeys(order))[:3]) == (5004, ["Ahrens", "Łukasz", "Ostermann"])
