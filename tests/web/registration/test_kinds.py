"""Bad answers to every kind of question as a table: the exact sentence at the field, the entries kept, nothing stored."""

import io
import re
import struct
import zipfile
import zlib
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from eventsite.core import clock, storage
from eventsite.core.db import db
from eventsite.registration import queries, service_files
from eventsite.registration.models import AnswerFile, Registration
from tests.conftest import NOW
from tests.every_kind import ask_every_kind
from tests.meeting import Meeting, make_meeting
from tests.organisers import make_account, signed_in
from tests.registering import csrf, page_of

FORM = "/en/werkstatt/register"
GOOD = {"name": "Clara Öztürk", "email": "clara@example.org", "q_must": "yes"}
CHOOSE, LIST = "Please choose one of the answers.", "Please choose from the list."
NUMBER, YEAR = "Please give a whole number, in digits.", "Please check the year."
DAY, BETWEEN = "Please give a date like 12.03.2027.", "Please give a date between 10 March 2027 and 12 March 2027."
PHONE = "This does not look like a telephone number. An example: +49 561 123456"
URL = "This does not look like a web address. An example: https://www.example.org"
ANSWER = "Please answer this question."
SHORT, LONG = "Please use at most 300 characters.", "Please use at most 5,000 characters."
BAD: list[tuple[str, Any, str]] = [
    ("text", "x" * 301, SHORT), ("text", "🎉" * 301, SHORT), ("long-text", "y" * 5001, LONG),
    ("number", "twelve", NUMBER), ("number", "1.5", NUMBER), ("number", "٣", NUMBER), ("number", "1\u202e0x", NUMBER),
    ("number", "6", "Please stay between 1 and 5."), ("number", "-1", "Please stay between 1 and 5."), ("number", "9" * 40, NUMBER),
    ("yes-no", "perhaps", CHOOSE), ("yes-no", "\x00", CHOOSE), ("single", "foreign", CHOOSE), ("single", "a\x00", CHOOSE),
    ("attendance", "c\u202e", CHOOSE), ("multiple", ["a", "foreign"], LIST), ("multiple", ["a", "b", "c"], "Please choose at most 2 answers."),
    ("diet", ["meat"], LIST), ("access", ["🎉"], LIST), ("diet_other", "z" * 301, SHORT), ("access_other", "z" * 301, SHORT),
    ("date", "31.02.2027", DAY), ("date", "tomorrow", DAY), ("date", "12.03.1027", YEAR), ("date", "2027-03-13", BETWEEN), ("date", "🎉", DAY),
    ("country", "XX", LIST), ("country", "Germany", LIST), ("country", "\u202eDE", LIST),
    ("phone", "call me", PHONE), ("phone", "----", PHONE), ("phone", "1" * 41, "Please use at most 40 characters."),
    ("url", "javascript:alert(1)", URL), ("url", "nothing", URL), ("url", "ftp://example.org/", URL), ("url", "https://a b.de", URL),
    ("must", "", ANSWER), ("must", " \x00 ", ANSWER), ("must", "\u202e\u2066", ANSWER),
]  # fmt: skip


@pytest.fixture(autouse=True)
def meeting(app: Flask) -> Meeting:
    made = make_meeting()
    ask_every_kind(made.event.id, NOW + timedelta(days=3))
    return made


def error_of(page: str, key: str) -> str:
    """The sentence at a question's field, as a reader sees it; the summary must link there with the same words."""
    found = re.search(rf'id="q_{key}-error".*?<span>(.*?)</span>', page, re.DOTALL)
    sentence = unescape(found[1]) if found else ""
    assert not sentence or re.search(rf'<a href="#q_{key}">[^<]*{re.escape(sentence)}', unescape(page)), sentence
    return sentence


def send(client: FlaskClient, **fields: Any) -> Any:
    data = {"csrf_token": csrf(client, FORM), **GOOD, **fields}
    return client.post(FORM, data=data, content_type="multipart/form-data")


def send_file(client: FlaskClient, name: str, content: bytes) -> Any:
    """As a browser does; the test client would leave a temporary file open for a large one."""
    fields = {"csrf_token": csrf(client, FORM), **GOOD}
    parts = [f'--part\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()]
    head = f'--part\r\nContent-Disposition: form-data; name="q_file"; filename="{name}"\r\n\r\n'.encode()
    body = b"".join([*parts, head, content, b"\r\n--part--\r\n"])
    return client.post(FORM, data=body, content_type="multipart/form-data; boundary=part")


def stored() -> list[Registration]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Registration)))


def answers() -> dict[str, Any]:
    (one,) = stored()
    return {asked.key: value for asked, value in queries.answers_of([one.id])[one.id]}


def test_bad_answer_meets_its_sentence(client: FlaskClient) -> None:
    found = []
    for key, value, _sentence in BAD:
        answer = send(client, **{f"q_{key}": value})
        shown = key.removesuffix("_other")
        found.append((key, value, error_of(answer.text, key) or error_of(answer.text, shown), answer.status_code))
        assert 'value="Clara Öztürk"' in answer.text
    assert found == [(key, value, sentence, 422) for key, value, sentence in BAD]
    assert stored() == []


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("text", "a\x00b", "ab"),
        ("text", "\u202egpj.exe", "gpj.exe"),
        ("text", "Ğ 🎉 محمد", "Ğ 🎉 محمد"),
        ("long-text", "eins\r\n\x07zwei", "eins\nzwei"),
        ("date", "12.3.2027", "2027-03-12"),
        ("multiple", ["b", "a", "b"], ["a", "b"]),
        ("consent", "y", True),
        ("number", " 3 ", 3),
    ],
)
def test_strange_but_good_answer_is_kept(client: FlaskClient, key: str, given: Any, kept: Any) -> None:
    assert send(client, **{f"q_{key}": given}).status_code == 303
    assert answers()[key] == kept


def test_unmet_condition_drops_the_answer_and_a_met_one_asks(client: FlaskClient) -> None:
    answer = send(client, q_yes_no="", **{"q_yes-no": "yes"})
    assert error_of(answer.text, "dinner-text") == ANSWER
    assert send(client, **{"q_yes-no": "no", "q_dinner-text": "a table"}).status_code == 303
    assert answers() == {"must": "yes", "yes-no": False}


def test_answer_after_its_deadline_is_told_and_not_stored(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
    answer = send(client, q_early="Sign language, please")
    until = "This could be answered until 14 January 2027, 10:00. Please write to the organisers instead."
    assert unescape(answer.text).count(until) == 2  # in the summary and at the question
    assert "Not stored: Sign language, please" in answer.text
    assert 'name="q_early"' not in answer.text  # what is sent next is accepted
    assert send(client).status_code == 303
    assert answers() == {"must": "yes"}


def test_option_without_a_place_is_not_offered_and_refused(client: FlaskClient, app: Flask) -> None:
    assert send(client, q_single="c").status_code == 303
    other = app.test_client()
    page = other.get(FORM).text
    assert page.count("Third (no place left)") == 1
    answer = send(other, email="b@example.org", q_single="c")
    assert error_of(answer.text, "single") == "“Third” has no place left. Please choose again."
    assert len(stored()) == 1


def png(width: int, height: int) -> bytes:
    """A picture that claims a size and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 20_000_000)
    return buffer.getvalue()


def jpeg(**options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "JPEG", **options)
    return buffer.getvalue()


KINDS = "This kind of file is not accepted. PDF, JPEG, PNG or WebP, at most 8 MB."
FILES: list[tuple[str, bytes, str]] = [
    ("page.pdf", b"<!DOCTYPE html><script>alert(1)</script>", KINDS), ("picture.png", b'<svg onload="alert(1)"/>', KINDS),
    ("letter.docx", bomb(), KINDS), ("empty.pdf", b"", "The file is empty."), ("program.jpg", b"MZ\x90\x00" + b"\x00" * 99, KINDS),
    ("large.pdf", b"%PDF-1.7\n" + b"0" * 8_000_000, "The file is too large: at most 8 MB."),
    ("broken.pdf", b"%PDF-1.7\nnothing", "The file is not a readable PDF."),
    ("huge.png", png(20_000, 19_999), "The picture has too many pixels (at most 80 megapixels)."),
    ("cut.jpg", jpeg()[:200], "The picture is damaged and cannot be read."), ("late.pdf", b" " * 2000 + b"%PDF-1.7", KINDS),
]  # fmt: skip


def test_hostile_file_meets_its_sentence(client: FlaskClient) -> None:
    found = []
    for name, content, _sentence in FILES:
        answer = send_file(client, name, content)
        found.append((name, error_of(answer.text, "file"), answer.status_code))
    assert found == [(name, sentence, 422) for name, _content, sentence in FILES]
    assert (stored(), db.session.query(AnswerFile).count(), list(storage.keys())) == ([], 0, [])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.exe", "passwd.jpg"),
        ("C:\\\\Fotos\\\\bild.png", "bild.jpg"),
        ("x" * 300 + ".jpg", "x" * 80 + ".jpg"),
        ("a\x00b\u202egnp.exe", "abgnp.jpg"),
        (".htaccess", "file.jpg"),
    ],
)
def test_file_is_written_anew_under_a_safe_name(client: FlaskClient, name: str, kept: str) -> None:
    polyglot = jpeg(comment=b"<script>alert(1)</script>")
    assert send(client, q_file=(io.BytesIO(polyglot), name)).status_code == 303
    (one,) = db.session.scalars(db.select(AnswerFile))
    assert (one.filename, one.content_type, b"<script>" in storage.read(one.key)) == (kept, "image/jpeg", False)
    assert answers()["file"] == {"file": one.public_id, "name": kept, "size": one.size}


def test_file_is_kept_over_a_mistake_and_forgotten_without_a_form(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = send(client, name="", q_file=(io.BytesIO(jpeg()), "plan.jpg"))
    (ticket,) = re.findall(r'type="hidden" name="q_file_other" value="([^"]+)"', answer.text)
    assert "We have: plan.jpg" in answer.text
    forged = send(client, q_file_other=ticket[:-1] + "2")
    assert error_of(forged.text, "file") == "Please choose the file once more."
    assert send(client, q_file_other=ticket).status_code == 303
    again = send(app.test_client(), email="other@example.org", q_file_other=ticket)
    assert error_of(again.text, "file") == "Please choose the file once more."
    send(client, name="", email="x@example.org", q_file=(io.BytesIO(jpeg()), "plan.jpg"))
    assert len(list(storage.keys())) == 2  # the same picture twice is two files, each can go alone
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=7))
    service_files.delete_forgotten()
    assert len(list(storage.keys())) == db.session.query(AnswerFile).count() == 1


def test_file_leaves_as_a_download_to_organisers_and_its_owner_only(client: FlaskClient, app: Flask) -> None:
    send(client, q_file=(io.BytesIO(jpeg()), "plan.jpg"))
    (registration,) = stored()
    path = f"/files/{answers()['file']['file']}"
    make_account("Anna", is_owner=True)
    make_account("Helga", event_id=registration.event_id, role="helper")
    desk = f"/admin/werkstatt/registrations/{registration.public_id}"
    anna = signed_in(app, "Anna")
    assert f'href="{desk}{path}"' in anna.get(desk).text
    answer = anna.get(desk + path, buffered=True)
    assert [answer.headers[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")] == [
        "image/jpeg",
        'attachment; filename="plan.jpg"',
        "nosniff",
    ]
    codes = [signed_in(app, "Helga").get(desk + path).status_code, app.test_client().get(desk + path).status_code]
    own = app.test_client().get(page_of(registration, "data")).text
    (link,) = re.findall(r'href="([^"]*/files/[^"]+)"', own)
    mine = app.test_client().get(link[link.index("/r/") :], buffered=True)
    assert (codes, mine.status_code, mine.headers["Content-Disposition"][:10]) == ([403, 303], 200, "attachment")


def test_change_of_details_keeps_replaces_and_takes_away_a_file(client: FlaskClient, app: Flask) -> None:
    send(client, q_file=(io.BytesIO(jpeg()), "plan.jpg"), q_early="yes")
    (registration,) = stored()
    address = page_of(registration, "details")
    base = {"name": "Clara Öztürk", "language": "de", "q_must": "yes", "q_early": "no"}
    found = []
    for more in ({}, {"q_file": (io.BytesIO(jpeg()), "neu.jpg")}, {"q_file_other": "-"}):
        answer = client.post(address, data={**base, **more}, content_type="multipart/form-data")
        found.append((answer.status_code, answers().get("file", {}).get("name")))
    service_files.delete_forgotten()
    assert (found, list(storage.keys())) == ([(303, "plan.jpg"), (303, "neu.jpg"), (303, None)], [])


def test_change_of_details_keeps_to_the_deadline(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    send(client, q_early="Sign language", **{"q_yes-no": "yes", "q_dinner-text": "a table"})
    (registration,) = stored()
    address = page_of(registration, "details")
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=3))
    base = {"name": "Clara Öztürk", "language": "en", "q_must": "yes", "q_yes-no": "no"}
    late = client.post(f"{address}?lang=en", data={**base, "q_early": "nothing"})
    assert (late.status_code, "Your answer: Sign language" in late.text, "Not stored: nothing" in late.text) == (
        422,
        True,
        True,
    )
    assert client.post(address, data=base).status_code == 303
    assert answers() == {"early": "Sign language", "must": "yes", "yes-no": False}  # the unmet condition dropped one
