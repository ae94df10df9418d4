"""Reports of undelivered mails as mail servers write them (RFC 3464)."""

ID = "abcdefghij234567"


def report(
    *, message_id: str = ID, action: str = "failed", status: str = "5.1.1", to: str = "", part: str = "message/rfc822"
) -> bytes:
    """One report; `to` is the address it goes to, `part` in which form it holds the mail it is about."""
    held = f"--x\nContent-Type: {part}\n\nMessage-ID: <{message_id}@localhost>\nSubject: Hallo\n\n" if part else ""
    return (
        f"From: MAILER-DAEMON@example.net\nTo: {to or f'bounces+{message_id}@example.org'}\n"
        "Subject: Undelivered\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\n\n'
        "--x\nContent-Type: text/plain\n\nSorry.\n\n"
        "--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; person1@example.org\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 no such mailbox\n\n{held}--x--\n"
    ).encode()
