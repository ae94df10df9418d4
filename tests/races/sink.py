"""A mail server for tests that takes, refuses, stalls or drops, and remembers what it took."""

import asyncio
import threading
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.serving import free_port


class Sink:
    """Takes mails on a port of this machine; `mood`: take, refuse, later, stall, drop, or drop after it has everything."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []  # Message-ID and receiver, in order
        self.senders: list[str] = []  # where reports of each would go
        self.mood, self.pause = "take", 0.0
        self.has_one = threading.Event()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())
        self.url = f"smtp://127.0.0.1:{self._controller.port}"

    def start(self) -> "Sink":
        self._controller.start()
        return self

    def stop(self) -> None:
        self.mood, self.pause = "take", 0.0
        self._controller.stop()

    async def handle_RCPT(self, server: SMTP, _s: Session, envelope: Envelope, address: str, _o: Any) -> str:
        if self.mood == "refuse":
            return "550 5.1.1 no such mailbox"
        if self.mood == "later":
            return "451 4.7.1 please come again later"
        if self.mood == "stall":
            await asyncio.sleep(self.pause)
        if self.mood == "drop":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.content or b"")
        self.has_one.set()
        await asyncio.sleep(self.pause)
        self.senders.append(envelope.mail_from or "")
        self.taken.append((mail["Message-ID"], envelope.rcpt_tos[0]))
        if self.mood == "drop after":
            server.transport.abort()
        return "250 OK"
