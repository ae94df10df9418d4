"""The only door to SMTP; without a mail server the outbox simply waits. `memory:` keeps mails for the tests."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from urllib.parse import unquote, urlsplit

from eventsite.config import Settings
from eventsite.mail.links import resolved
from eventsite.mail.models import OutboxMessage

log = logging.getLogger("eventsite.mail")
TIMEOUT = 30
sent: list[EmailMessage] = []  # of the memory transport
_url = ""
_sender = ""
_base_url = ""
_bounce_address = ""


class Undelivered(Exception):
    """The mail server did not take a mail; `is_final` when trying again cannot help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


def configure(settings: Settings) -> None:
    """Names the mail server."""
    global _url, _sender, _base_url, _bounce_address
    _bounce_address = settings.bounce_address
    _url, _sender, _base_url = settings.mail_url, settings.mail_from, settings.base_url
    sent.clear()


def base_url() -> str:
    """The address of the site as mails and prints write it, without a slash at the end."""
    return _base_url.rstrip("/")


def use_server(url: str) -> None:
    """Takes the mail server stored on the first-start page where no setting names one."""
    global _url
    _url = _url or url


def is_ready() -> bool:
    """Whether there is a mail server to hand mails to."""
    return bool(_url)


def compose(message: OutboxMessage) -> EmailMessage:
    """The mail as it goes out: text and HTML, stable Message-ID per cause, links filled in."""
    mail = EmailMessage()
    host = urlsplit(_base_url).hostname or "localhost"
    sender = _sender or message.reply_to or f"noreply@{host}"
    mail["From"] = sender
    mail["To"] = formataddr((message.to_name, message.to_address))
    if message.reply_to and message.reply_to != sender:
        mail["Reply-To"] = message.reply_to
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<{message.public_id}@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    if message.unsubscribe:  # RFC 2369 and 8058: mail programs offer one click, which posts to the address
        ways = [resolved(message.unsubscribe, _base_url)]
        ways += [f"mailto:{message.reply_to}?subject=unsubscribe"] if message.reply_to else []
        mail["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in ways)
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(resolved(message.text, _base_url))
    mail.add_alternative(resolved(message.html, _base_url), subtype="html")
    _add_invitation(mail, message.attachments)
    for part in message.attachments:
        main, sub = part["type"].split(";")[0].split("/")
        mail.add_attachment(part["text"].encode(), maintype=main, subtype=sub, filename=part["filename"])
    mail["Content-Language"] = message.language  # at the end: content headers go away with each change of content
    return mail


def _add_invitation(mail: EmailMessage, parts: list[dict[str, str]]) -> None:
    """The first calendar as a third reading of the mail (RFC 6047 § 2.4), where mail programs look for invitations.

    In octets, because its lines end with CR LF. The same file is attached too, for programs that look for that.
    """
    for part in parts:
        if part.get("method") in {"REQUEST", "CANCEL"}:
            values = {"method": part["method"], "charset": "utf-8"}
            mail.add_alternative(part["text"].encode(), maintype="text", subtype="calendar", params=values)
            return


def return_path(message: OutboxMessage) -> str:
    """Where the report goes when a mail cannot be delivered: it names the mail; empty where no address is set."""
    name, at, domain = _bounce_address.partition("@")
    return f"{name}+{message.public_id}@{domain}" if at else ""


def send(message: OutboxMessage) -> None:
    """Hands one mail to the server; raises Undelivered with the server's reason."""
    try:
        mail = compose(message)
    except (ValueError, UnicodeError) as error:
        raise Undelivered(f"This mail cannot be written: {error}", is_final=True) from error
    if _url.startswith("memory:"):
        sent.append(mail)
        return
    if _url.startswith("outbox:"):
        return  # the demonstration shows its mails on the page of the outbox
    if _url.startswith("console:"):
        log.info("mail to %s: %s\n%s", mail["To"], mail["Subject"], message.text)
        return
    _send_by_smtp(mail, return_path(message))


def _send_by_smtp(mail: EmailMessage, sender: str) -> None:
    parts = urlsplit(_url)
    try:
        if parts.scheme == "smtps":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                parts.hostname or "", parts.port or 465, timeout=TIMEOUT, context=context
            )
        else:
            server = smtplib.SMTP(parts.hostname or "", parts.port or 25, timeout=TIMEOUT)
        with server:
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            elif parts.scheme == "smtp" and parts.username:
                raise Undelivered("The mail server offers no encryption, so the password was not sent.")
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(mail, from_addr=sender or None)
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise Undelivered(f"{code} {reason.decode(errors='replace')}", is_final=500 <= code < 600) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Undelivered(str(error) or type(error).__name__) from error
