"""What a service may raise; each carries a sentence for the person who asked, and web/errors turns it into a page."""


class Problem(Exception):
    """A request that cannot be fulfilled, with a sentence in the user's language."""

    def __init__(self, message: object = "") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Refused(Problem):
    """The state of things does not allow it (409)."""


class NotFound(Problem):
    """There is no such thing, or the asker may not know of it (404)."""


class NotAllowed(Problem):
    """The asker is known but may not do this (403)."""


class Unavailable(Problem):
    """Something the answer needs is out of order for now (503)."""


class StorageFull(Unavailable):
    """Nothing was stored, because there is no room left (503)."""
