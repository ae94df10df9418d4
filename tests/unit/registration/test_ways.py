"""Codes, domains and what each way in leads to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from eventsite.registration import rules_ways
from eventsite.registration.rules_ways import Admission, CodeFault

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
KASSEL = [{"domain": "kassel.de", "subdomains": False}, {"domain": "hessen.de", "subdomains": True}]


@dataclass(frozen=True)
class Code:
    """A code without limit and end."""

    most: int | None = None
    ends_at: datetime | None = None
    revoked_at: datetime | None = None


@pytest.mark.parametrize(
    ("way", "without", "with_key"),
    [
        ("open", Admission.IN, Admission.IN),
        ("moderated", Admission.ASKS, Admission.ASKS),
        ("invited", Admission.REFUSED, Admission.IN),
        ("mixed", Admission.ASKS, Admission.IN),
    ],
)
def test_admission(way: str, without: Admission, with_key: Admission) -> None:
    assert [rules_ways.admission(way, has_key=has) for has in (False, True)] == [without, with_key]


@pytest.mark.parametrize("typed", ["lern-orte 27", "LERNORTE27", " Lern–Orte_27. ", "ＬＥＲＮＯＲＴＥ２７"])
def test_spelling_of_a_code_does_not_count(typed: str) -> None:
    assert rules_ways.code_key(typed) == "lernorte27"


@pytest.mark.parametrize(
    ("code", "used", "fault"),
    [
        (None, 0, CodeFault.UNKNOWN),
        (Code(), 1000, None),
        (Code(most=2), 1, None),
        (Code(most=2), 2, CodeFault.USED_UP),
        (Code(ends_at=NOW), 0, CodeFault.ENDED),
        (Code(ends_at=NOW + timedelta(minutes=1)), 0, None),
        (Code(revoked_at=NOW, most=0), 5, CodeFault.REVOKED),
    ],
)
def test_code_fault(code: Code | None, used: int, fault: CodeFault | None) -> None:
    assert rules_ways.code_fault(code, used, NOW) is fault


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("clara@kassel.de", True),
        ("Clara@KASSEL.DE", True),
        ("clara@amt.kassel.de", False),
        ("clara@notkassel.de", False),
        ("clara@kassel.de.evil.org", False),
        ("clara@hessen.de", True),
        ("clara@amt.hessen.de", True),
        ("clara@xhessen.de", False),
        ("clara@", False),
        ("kassel.de", False),
        ("", False),
    ],
)
def test_allowed_domains(email: str, expected: bool) -> None:
    assert rules_ways.is_allowed(email, KASSEL) is expected


def test_domains_are_read_as_typed_and_written_back() -> None:
    found, wrong = rules_ways.read_domains("kassel.de\n*.Hessen.de, @müller.de; nonsense\nhttp://x.de")
    assert wrong == ["nonsense", "http://x.de"]
    assert rules_ways.written_domains(found) == "kassel.de\n*.hessen.de\nxn--mller-kva.de"
    assert rules_ways.is_allowed("eva@müller.de", found)
