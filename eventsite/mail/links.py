"""Personal links in mails: markers in what is stored, addresses in what is sent.

A marker is sealed, because mails carry words that strangers typed: a marker typed as a name stays words.
"""

import re

from eventsite.core import ids

_MARKER = re.compile(r"\[\[link:([a-z]+):([a-z0-9]+):(\d+):([^\]\s:]*):([a-z2-7]+)\]\]")


def link(purpose: str, public_id: str, generation: int, path: str) -> str:
    """A marker that becomes a full address at sending; `path` holds {token}, as in "/r/{token}/"."""
    return f"[[link:{purpose}:{public_id}:{generation}:{path}:{_seal(purpose, public_id, generation, path)}]]"


def _seal(purpose: str, public_id: str, generation: int, path: str) -> str:
    return ids.link_token(f"marker {purpose} {path}", public_id, generation).rpartition("-")[2]


def _is_ours(match: re.Match[str]) -> bool:
    purpose, public_id, generation, path, seal = match.groups()
    return len(generation) < 10 and seal == _seal(purpose, public_id, int(generation), path)


def resolved(body: str, base_url: str) -> str:
    """The body with its markers turned into addresses."""

    def address(match: re.Match[str]) -> str:
        if not _is_ours(match):
            return match[0]
        token = ids.link_token(match[1], match[2], int(match[3]))
        return base_url.rstrip("/") + match[4].replace("{token}", token)

    return _MARKER.sub(address, body)


def hidden(body: str) -> str:
    """The body with its markers replaced by a word: organisers may read a mail, not use its personal link."""
    return _MARKER.sub(lambda match: "[personal link]" if _is_ours(match) else match[0], body)
