"""A programme of 200 items for the measurements: ten at a time in ten rooms, two people in each, words in two languages."""

from datetime import timedelta
from pathlib import Path

ITEMS, TOGETHER = 200, 10
SLUG = "large"


def build(folder: Path) -> None:
    """Adds the event to the site in this folder and releases its programme."""
    from eventsite.app import create_app
    from eventsite.config import Settings

    app = create_app(Settings(data_dir=folder, secret_key="b" * 40, demo=True, queue_url="immediate:"))
    with app.app_context():
        _event()


def _event() -> None:
    from eventsite.core import clock
    from eventsite.core.db import transaction
    from eventsite.events import service as events
    from eventsite.programme import service, service_releases, service_speakers

    day = clock.now().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=60)
    with transaction():
        rooms = [{"name": {"de": f"Raum {number}", "en": f"Room {number}"}} for number in range(TOGETHER)]
        venue = events.create_venue(name={"de": "Haus"}, address="Weg 1", town="Kassel", rooms=rooms)
        event = events.create_event(
            host_ids=[events.queries.hosts()[0].id],
            slug=SLUG,
            title={"de": "Groß", "en": "Large"},
            starts_at=day,
            ends_at=day + timedelta(days=1, hours=10),
            venue_id=venue.id,
        )
        rooms_of = [room.id for room in events.queries.rooms(event)]
        people = [service_speakers.create_speaker(f"Person {n}", organisation="Stadt").id for n in range(ITEMS // 2)]
        for number in range(ITEMS):
            turn, place = divmod(number, TOGETHER)
            start = day + timedelta(days=turn // 10, minutes=60 * (turn % 10))
            chosen = (people[number % len(people)], people[(7 * number + 1) % len(people)])
            service.create_item(
                event.id,
                kind="talk",
                title={"de": f"Vortrag {number} über Orte", "en": f"Talk {number} about places"},
                subtitle={"de": "Was Lernorte gemeinsam haben", "en": "What places have in common"},
                abstract={"de": "Warum füllt sich ein Ort, während der andere leer bleibt? " * 5},
                starts_at=start,
                ends_at=start + timedelta(minutes=50),
                room_id=rooms_of[place],
                appearances=[{"speaker_id": one, "role": "speaker"} for one in dict.fromkeys(chosen)],
            )
    events.publish_event(event.id)
    service_releases.release(event.id)
