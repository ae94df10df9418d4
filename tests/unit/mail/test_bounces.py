"""Reports of mail servers: hard or soft, which mail it was, and everything that is no report is left alone."""

import pytest

from eventsite.mail import bounces
from eventsite.mail.bounces import Report
from tests.reports import ID, report


@pytest.mark.parametrize(
    ("action", "status", "is_hard"),
    [
        ("failed", "5.1.1", True),
        ("failed", "5.7.1", True),
        ("failed", "5.2.2", False),
        ("failed", "4.4.7", False),
        ("failed", "", True),
        ("delayed", "4.4.1", False),
        ("delayed", "5.1.1", False),
    ],
)
def test_hard_and_soft(action: str, status: str, is_hard: bool) -> None:
    reason = f"{status} 550 no such mailbox".strip()
    assert bounces.read(report(action=action, status=status)) == Report(ID, is_hard, reason)


@pytest.mark.parametrize("raw", [report(action="delivered"), report(action="relayed"), report(action="")])
def test_good_news_are_ignored(raw: bytes) -> None:
    assert bounces.read(raw) is None


def test_mail_is_known_by_its_message_id_where_the_address_was_rewritten() -> None:
    for part in ("message/rfc822", "text/rfc822-headers"):
        assert bounces.read(report(to="postmaster@example.org", part=part)) == Report(
            ID, True, "5.1.1 550 no such mailbox"
        )


def test_report_that_names_no_mail_is_ignored() -> None:
    assert bounces.read(report(to="postmaster@example.org", part="")) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 5000,
        b"Subject: away\nTo: bounces+abcdefghijkl@example.org\n\nI am on holiday until 5.1.1.",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno parts",
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x\n\n--x--",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n"
        b"Content-Type: message/delivery-status\n\nnonsense\n\n--x--",
    ],
)
def test_what_is_no_report_is_ignored(raw: bytes) -> None:
    assert bounces.read(raw) is None
