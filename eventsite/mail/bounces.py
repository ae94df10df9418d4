"""Reports of mail servers about mails that did not arrive (RFC 3464): read without trust, judged hard or soft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

MOST_BYTES = 2_000_000
_VERP = re.compile(r"\+([a-z0-9]{10,32})@", re.IGNORECASE)
_ID = re.compile(r"<([a-z0-9]{10,32})@", re.IGNORECASE)
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_FULL = {("2", "2"), ("3", "1")}  # mailbox or system full: it may have room tomorrow (RFC 3463 § 3.3, 3.4)


@dataclass(frozen=True)
class Report:
    """What a server says about one mail: which it was, whether it is lost for good, and why."""

    message_id: str
    is_hard: bool
    reason: str


def read(raw: bytes) -> Report | None:
    """The report in a mail; None where it is none, such as an absence note, or does not name a mail of ours."""
    mail = message_from_bytes(raw[:MOST_BYTES], policy=policy.compat32)
    if mail.get_content_type() != "multipart/report" or "delivery-status" not in str(mail.get("Content-Type")).lower():
        return None
    fields = next(
        (found for found in map(_fields, _recipients(mail)) if found["action"] in ("failed", "delayed")), None
    )
    message_id = _message_id(mail)
    if fields is None or not message_id:
        return None
    reason = " ".join(f"{fields['status']} {fields['diagnostic']}".split())[:300]
    return Report(message_id, _is_hard(fields["action"], fields["status"]), reason or fields["action"])


def _recipients(mail: Message) -> Iterator[Message]:
    """The groups of fields per recipient; the first group is about the report itself."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            groups = part.get_payload()
            yield from (one for one in groups if isinstance(one, Message)) if isinstance(groups, list) else ()


def _fields(group: Message) -> dict[str, str]:
    diagnostic = str(group.get("Diagnostic-Code", "")).partition(";")[2]
    return {
        "action": str(group.get("Action", "")).strip().lower(),
        "status": str(group.get("Status", "")).strip()[:12],
        "diagnostic": diagnostic,
    }


def _is_hard(action: str, status: str) -> bool:
    found = _STATUS.search(status)
    if action != "failed" or found is None:
        return action == "failed"
    return found[1] == "5" and (found[2], found[3]) not in _FULL


def _message_id(mail: Message) -> str:
    """The id in the address the report was sent to, else that of the mail it holds."""
    for name in ("X-Original-To", "Delivered-To", "Envelope-To", "To"):
        for value in mail.get_all(name, []):
            if found := _VERP.search(str(value)):
                return found[1].lower()
    for part in mail.walk():
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and isinstance(payload, list) and payload:
            text = f"Message-ID: {payload[0].get('Message-ID', '')}"  # type: ignore[union-attr]
        elif kind == "text/rfc822-headers" and isinstance(payload, str):
            text = "\n".join(line for line in payload.splitlines() if line.lower().startswith("message-id:"))
        else:
            continue
        if found := _ID.search(text):
            return found[1].lower()
    return ""
