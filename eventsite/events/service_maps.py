"""The picture of a map that shows the way to a venue: stored here, so that no visitor is told to others."""

from eventsite.core import images, storage
from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Venue

Words = dict[str, str]
WIDTH = 1600  # pixels: street names can be read on a telephone held across


def set_map(venue_id: int, content: bytes | None, *, alt: Words, credit: str) -> None:
    """Stores the picture of the way (None: keeps the one there is) with its description and whose it is.

    What was uploaded is never served itself. Refused: what is no picture, and a picture nobody describes.
    """
    described = {code: words.strip() for code, words in alt.items() if words and words.strip()}
    made = None
    if content:
        images.check(content)
        (made,) = images.derive(content, [WIDTH], ("webp",))
    with transaction() as session:
        venue = session.get_one(Venue, venue_id)
        if not described and (made or venue.map_key):
            raise Refused(_l("Please say in words what the map shows, for those who cannot see it."))
        if made:
            venue.map_key, venue.map_width, venue.map_height = storage.put(made.content), made.width, made.height
        venue.map_alt, venue.map_credit = described, credit.strip()


def remove_map(venue_id: int) -> None:
    """Takes the picture away."""
    with transaction() as session:
        venue = session.get_one(Venue, venue_id)
        venue.map_key, venue.map_width, venue.map_height = None, None, None
        venue.map_alt, venue.map_credit = {}, ""
