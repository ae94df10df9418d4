"""Verbs of profiles: who appears on stage, and the portrait."""

from typing import Any

from sqlalchemy import select

from eventsite.core import clock, ids, images, storage
from eventsite.core.db import assign, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people import rules as people_rules
from eventsite.people import service as people
from eventsite.programme import queries_speakers, rules
from eventsite.programme.models import Speaker

PORTRAIT_WIDTH = 480  # pixels


def create_speaker(name: str, *, email: str | None = None, **values: Any) -> Speaker:
    """A new profile and the person behind it; a name alone is enough. Refuses a second profile of one address."""
    if not name.strip():
        raise Refused(_l("A person needs a name."))
    with transaction() as session:
        person = people.find_or_create_person(name, email)
        if session.scalar(select(Speaker.id).where(Speaker.person_id == person.id)) is not None:
            raise Refused(_l("There is a profile with this e-mail address already."))
        defaults: dict[str, Any] = {
            "role": {},
            "biography": {},
            "links": [],
            "sort_name": people_rules.sort_name(name),
            "slug": rules.speaker_slug(name, queries_speakers.speaker_slugs()),
        }
        speaker = Speaker(
            **{**defaults, **values},
            public_id=ids.new_public_id(),
            person_id=person.id,
            name=name,
            link_id=people.create_link("speaker", person_id=person.id).id,
            updated_at=clock.now(),
        )
        session.add(speaker)
        session.flush()
        return speaker


def change_speaker(speaker_id: int, **values: Any) -> Speaker:
    """Changes a profile, over all events at once; its address stays, since others link to it."""
    with transaction() as session:
        speaker = session.get_one(Speaker, speaker_id)
        if not str(values.get("name", speaker.name)).strip():
            raise Refused(_l("A person needs a name."))
        if "name" in values and "sort_name" not in values and values["name"] != speaker.name:
            values["sort_name"] = people_rules.sort_name(values["name"])
        assign(speaker, values)
        speaker.updated_at = clock.now()
        session.flush()
        return speaker


def set_portrait(speaker_id: int, content: bytes | None, credit: str) -> None:
    """Gives a speaker a square portrait made anew from what was uploaded, or takes it away; a portrait needs a credit."""
    key = None
    if content:
        if not credit.strip():
            raise Refused(_l("Please say whose picture it is (UrhG § 13)."))
        images.check(content)
        (made,) = images.derive(content, [PORTRAIT_WIDTH], ("jpeg",), ratio=1.0)
        key = storage.put(made.content)
    change_speaker(speaker_id, portrait_key=key, portrait_credit=credit.strip() if key else "")
