"""Public ids and secret links: a link is derived from a key kept apart from the database, so none is stored."""

import base64
import hashlib
import hmac
import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: people read these aloud
_key = b""


def configure(secret_key: str) -> None:
    """Sets the key from which all secret links of this process are derived."""
    global _key
    _key = hashlib.sha256(b"eventsite links\0" + secret_key.encode()).digest()


def new_public_id(length: int = 10) -> str:
    """A random id that may be seen by anyone; 10 characters carry about 49 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _mac(purpose: str, public_id: str, generation: int) -> str:
    message = f"{purpose}\0{public_id}\0{generation}".encode()
    digest = hmac.new(_key, message, hashlib.sha256).digest()[:16]
    return base64.b32encode(digest).decode().rstrip("=").lower()


def link_token(purpose: str, public_id: str, generation: int) -> str:
    """The secret part of a personal link: 128 bits of HMAC-SHA256 behind the public id; the same each time."""
    return f"{public_id}-{_mac(purpose, public_id, generation)}"


def split_token(token: str) -> tuple[str, str] | None:
    """Public id and proof of a token, or None when it has not even the shape of one."""
    public_id, dash, proof = token.partition("-")
    if not dash or not public_id.isalnum() or not token.isascii() or len(token) > 80:
        return None
    return public_id, proof


def is_valid_proof(proof: str, purpose: str, public_id: str, generation: int) -> bool:
    """Whether the proof belongs to this purpose, id and generation; compares in constant time."""
    return hmac.compare_digest(proof.encode(), _mac(purpose, public_id, generation).encode())


def fingerprint(*parts: object) -> str:
    """A short stable hash of values, for cache keys and change detection."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:24]
