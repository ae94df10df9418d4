"""Personal links in mails: markers in what is stored, addresses in what is sent."""

import re

from eventsite.core import ids

_MARKER = re.compile(r"\[\[link:([a-z]+):([a-z0-9]+):(\d+):([^\]\s]*)\]\]")


def link(purpose: str, public_id: str, generation: int, path: str) -> str:
    """A marker that becomes a full address at sending; `path` holds {token}, as in "/r/{token}/"."""
    return f"[[link:{purpose}:{public_id}:{generation}:{path}]]"


def resolved(body: str, base_url: str) -> str:
    """The body with its markers turned into addresses."""

    def address(match: re.Match[str]) -> str:
        token = ids.link_token(match[1], match[2], int(match[3]))
        return base_url.rstrip("/") + match[4].replace("{token}", token)

    return _MARKER.sub(address, body)


def hidden(body: str) -> str:
    """The body with its markers replaced by a word: organisers may read a mail, not use its personal link."""
    return _MARKER.sub("[personal link]", body)
