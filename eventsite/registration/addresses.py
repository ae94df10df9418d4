"""A question about mistyped mail domains; pure, asks no name server, never refuses."""

COMMON = (
    "gmx.de",
    "gmx.net",
    "web.de",
    "t-online.de",
    "freenet.de",
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "outlook.de",
    "hotmail.com",
    "hotmail.de",
    "icloud.com",
    "yahoo.de",
    "yahoo.com",
    "posteo.de",
    "mailbox.org",
    "arcor.de",
    "online.de",
    "aol.com",
    "proton.me",
    "protonmail.com",
)
_ENDINGS = {"con": "com", "cmo": "com", "comm": "com", "dee": "de", "ed": "de", "nte": "net", "ogr": "org"}


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too much, wrong, or two neighbours are exchanged."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, wanted = typed[start:], meant[start:]
    if rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:]:
        return True
    return len(rest) > 1 and rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]


def probably_meant(address: str) -> str | None:
    """The address that was probably meant, when the domain is one slip away from a common one; else None."""
    name, at, domain = address.rpartition("@")
    domain = domain.casefold()
    if not at or not name or domain in COMMON:
        return None
    for common in COMMON:
        if _is_one_slip(domain, common) and "." in common:
            return f"{name}@{common}"
    host, dot, ending = domain.rpartition(".")
    if dot and ending in _ENDINGS:
        return f"{name}@{host}.{_ENDINGS[ending]}"
    return None
