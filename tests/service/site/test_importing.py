"""Tables of people: nothing is taken in until all is right, none comes twice, and a stopped import goes on."""

import pytest
from flask import Flask

from eventsite.core import jobs, tables
from eventsite.core.db import db
from eventsite.core.errors import Refused
from eventsite.events import service as events
from eventsite.mail import service_suppression, transport
from eventsite.mail.models import OutboxMessage
from eventsite.registration import queries, queries_lists, service_invitations
from eventsite.registration.models_lists import ImportedTable, Invitation
from eventsite.site import importing
from tests.conftest import both_databases
from tests.meeting import make_meeting
from tests.registering import causes, sign_up
from tests.service.registration.test_races import at_once

COLUMNS = {"email": 0, "name": 1}
BASIS = {"basis": "relation"}


def taken(event_id: int, text: str | bytes, *, kind: str = "invitations", name: str = "list.csv") -> ImportedTable:
    content = text.encode() if isinstance(text, str) else text
    return importing.take_table(event_id, kind, content, name, actor="anna")


def listed(event_id: int, count: int, **options: object) -> None:
    """Invites so many people, numbered from 1; nothing is sent."""
    table = taken(event_id, "E-Mail;Name\n" + "".join(f"p{n}@example.org;Person {n}\n" for n in range(1, count + 1)))
    importing.start(event_id, table.public_id, COLUMNS, BASIS, skips=False, actor="anna")
    importing.take_in(table.id)


@pytest.fixture
def event_id(app: Flask) -> int:
    return make_meeting().event.id


GOOD = "E-Mail;Name\nzoe@example.org;Zoë Łęcka\nbo@example.org;Bo"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (GOOD.encode(), "l.csv"),
        (b"\xef\xbb\xbf" + GOOD.encode(), "l.CSV"),
        (GOOD.encode("utf-16"), "l.csv"),
        (GOOD.replace("Ł", "L").replace("ę", "e").encode("cp1252"), "l.csv"),
        (GOOD.replace(";", ",").encode(), "l.txt"),
        (GOOD.replace(";", "\t").encode(), "l.tsv"),
        (("\n\n" + GOOD.replace("\n", "\r\n\r\n")).encode(), "l.csv"),
        (tables.to_xlsx(["E-Mail", "Name"], [["zoe@example.org", "Zoë Łęcka"], ["bo@example.org", "Bo"]]), "l.xlsx"),
        (tables.to_xlsx(["E-Mail", "Name"], [["zoe@example.org", "Zoë"], [], ["bo@example.org", "Bo"]]), "list"),
    ],
)
def test_tables_as_people_save_them(event_id: int, content: bytes, name: str) -> None:
    table = taken(event_id, content, name=name)
    lines = importing.lines(table, table.columns)
    assert [(line.values["email"], line.values["name"][:3], line.fault) for line in lines] == [
        ("zoe@example.org", "Zoë", ""),
        ("bo@example.org", "Bo", ""),
    ]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "l.csv", "Die Tabelle ist leer."),
        (b"\n \n;;\n", "l.csv", "Die Tabelle ist leer."),
        (b"E-Mail;Name\n", "l.csv", "Die Tabelle hat eine erste Zeile mit den Namen der Spalten, aber keine weitere."),
        (b"%PDF-1.7", "l.pdf", "Die Datei lässt sich nicht als Tabelle lesen."),
        (b"a\x00b", "l.csv", "Die Datei lässt sich nicht als Tabelle lesen."),
        (b"PK\x03\x04 nothing", "l.xlsx", "Die Datei lässt sich nicht als Tabelle lesen."),
        (b"E-Mail\n" + b"a@example.org\n" * 50_000, "l.csv", "Die Tabelle hat mehr als 20000 Zeilen."),
        (b"a;" * 300 + b"\nb", "l.csv", "Die Tabelle hat mehr als 200 Spalten."),
        (b"E-Mail\n" + b"a" * 40_000, "l.csv", "Eine Zelle in Zeile 2 hat mehr als 32000 Zeichen."),
    ],
)
def test_bad_tables_are_refused_with_a_sentence(event_id: int, content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        taken(event_id, content, name=name)
    assert str(refused.value).startswith(sentence)
    assert db.session.query(ImportedTable).count() == 0


def test_zip_that_grows_without_end_is_refused(event_id: int) -> None:
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    assert len(buffer.getvalue()) < 200_000
    with pytest.raises(Refused):
        taken(event_id, buffer.getvalue(), name="bomb.xlsx")


def test_nothing_is_taken_in_until_all_is_right_or_skipped_on_purpose(event_id: int) -> None:
    table = taken(event_id, "E-Mail;Name\na@example.org;A\nwrong;B\na@example.org;A again\n")
    with pytest.raises(Refused):
        importing.start(event_id, table.public_id, COLUMNS, BASIS, skips=False, actor="anna")
    assert queries_lists.count(event_id) == 0
    importing.start(event_id, table.public_id, COLUMNS, BASIS, skips=True, actor="anna")
    importing.take_in(table.id)
    found = queries_lists.get_table(event_id, table.public_id)
    assert (queries_lists.count(event_id), found.state, found.skipped, found.rows) == (1, "done", 2, [])


def test_known_addresses_are_named(event_id: int) -> None:
    sign_up(event_id, 1)
    listed(event_id, 1)
    service_suppression.suppress("never@example.org")
    table = taken(event_id, "E-Mail\nperson1@example.org\nP1@example.org\nnever@example.org\nnew@example.org")
    lines = importing.lines(table, {"email": 0})
    assert [(line.number, line.fault) for line in lines] == [
        (2, "registered"),
        (3, "invited"),
        (4, "unsubscribed"),
        (5, ""),
    ]


@both_databases
def test_import_goes_on_where_it_stopped_and_takes_nobody_twice(app: Flask) -> None:
    event_id = make_meeting(capacity=30).event.id
    rows = "E-Mail;Name\n" + "".join(f"person{n}@example.org;Person {n}\n" for n in range(1, 121))
    table = taken(event_id, rows, kind="registrations")
    choices = {"is_confirmed": True, "is_told": False}
    importing.start(event_id, table.public_id, COLUMNS, choices, skips=False, actor="anna")
    importing._take_some(table.id)  # and the process dies here
    assert (queries.count(event_id), queries_lists.get_table(event_id, table.public_id).position) == (50, 50)
    at_once(app, lambda _n: importing.go_on(), range(4))
    assert queries.recount(event_id) == (30, 90)
    assert (causes(), queries_lists.get_table(event_id, table.public_id).state) == ([], "done")


def test_registrations_that_are_not_confirmed_get_a_link(event_id: int) -> None:
    table = taken(event_id, "E-Mail;Name\na@example.org;A", kind="registrations")
    choices = {"is_confirmed": False, "is_told": False}
    importing.start(event_id, table.public_id, COLUMNS, choices, skips=False, actor="anna")
    importing.take_in(table.id)
    (one,) = queries.search(event_id)
    assert (one.status, one.source, causes()) == ("pending", "import", ["registered"])


def test_import_into_a_cancelled_event_stops_and_says_why(event_id: int) -> None:
    table = taken(event_id, "E-Mail;Name\na@example.org;A", kind="registrations")
    choices = {"is_confirmed": True, "is_told": False}
    importing.start(event_id, table.public_id, COLUMNS, choices, skips=False, actor="anna")
    events.change_event(event_id, cancelled_at=events.queries.get_event("werkstatt").created_at)
    importing.take_in(table.id)
    found = queries_lists.get_table(event_id, table.public_id)
    assert (found.state, found.rows, bool(found.reason)) == ("stopped", [], True)


@both_databases
def test_invitations_are_sent_once_each_however_many_workers(app: Flask) -> None:
    event_id = make_meeting().event.id
    listed(event_id, 120)
    service_suppression.suppress("p7@example.org")
    assert service_invitations.send_all(event_id, actor="anna") == 120
    service_invitations._send_some(event_id)  # and the process dies here
    at_once(app, lambda _n: service_invitations.send_due(), range(4))
    counts = {state: number for state, number in queries_lists.counts(event_id).items() if number}
    assert counts == {"invited": 119, "unsubscribed": 1}
    assert db.session.query(OutboxMessage).count() == 119
    assert service_invitations.send_all(event_id, actor="anna") == 0


def test_mail_tells_why_and_carries_one_click_to_end_it(event_id: int) -> None:
    listed(event_id, 1)
    service_invitations.send_all(event_id, actor="anna")
    service_invitations.send(event_id)
    jobs.run_sweeps()
    (mail,) = transport.sent
    (row,) = queries_lists.invitations(event_id)
    link = mail["List-Unsubscribe"].split(",")[0].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [link.endswith("/unsubscribe"), row.public_id in link] == [True, True]
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert [link in text, "weil Sie an einer früheren Veranstaltung" in text.replace("\n", " ")] == [True, True]


def test_service_mails_carry_no_unsubscribing(event_id: int) -> None:
    sign_up(event_id, 1)
    jobs.run_sweeps()
    assert [mail["List-Unsubscribe"] for mail in transport.sent] == [None]


def test_mail_that_came_back_marks_the_invitation(event_id: int) -> None:
    listed(event_id, 2)
    service_invitations.send_all(event_id, actor="anna")
    service_invitations.send(event_id)
    first = db.session.query(OutboxMessage).order_by(OutboxMessage.id).first()
    assert first is not None
    with importing.transaction() as session:
        session.get_one(OutboxMessage, first.id).state = "failed"
    service_invitations.send_due()
    assert [one.state for one in queries_lists.invitations(event_id)] == ["bounced", "invited"]


def test_draft_is_not_invited_to(app: Flask) -> None:
    event_id = make_meeting(is_public=False, released=False).event.id
    listed(event_id, 1)
    with pytest.raises(Refused):
        service_invitations.send_all(event_id, actor="anna")


def test_forgotten_table_is_gone_after_two_days(app: Flask, event_id: int) -> None:
    from datetime import timedelta

    from eventsite.core import clock
    from tests.conftest import NOW

    taken(event_id, GOOD)
    with clock.freeze(NOW + timedelta(days=3)):
        importing.go_on()
    assert (db.session.query(ImportedTable).count(), db.session.query(Invitation).count()) == (0, 0)
