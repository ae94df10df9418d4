"""Verbs of profiles: who appears on stage, and the portrait."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Text, select, type_coerce

from eventsite.core import clock, ids, images, storage
from eventsite.core.db import assign, db, transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people import rules as people_rules
from eventsite.people import service as people
from eventsite.people.models import Person, PersonalLink
from eventsite.programme import portraits, queries_speakers, rules
from eventsite.programme.models import Speaker


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


def set_email(speaker_id: int, email: str | None) -> None:
    """Another address for somebody on stage; registrations stay with the address they came from.

    Refuses an address that belongs to another profile.
    """
    with transaction() as session:
        speaker = session.get_one(Speaker, speaker_id)
        before = session.get_one(Person, speaker.person_id)
        if (people_rules.email_key(email) if email else None) == before.email_key:
            return
        person = people.find_or_create_person(speaker.name, email or None)
        if session.scalar(select(Speaker.id).where(Speaker.person_id == person.id)) is not None:
            raise Refused(
                _l("This e-mail address belongs to another profile. If both are the same person, merge the two.")
            )
        speaker.person_id = person.id
        if speaker.link_id is not None:
            session.get_one(PersonalLink, speaker.link_id).person_id = person.id
        helpers = select(PersonalLink).where(PersonalLink.person_id == before.id, PersonalLink.purpose == "assistant")
        for link in session.scalars(helpers):
            link.person_id = person.id
        session.flush()
        people.forget_alone(before.id)


class Changed(Refused):
    """Somebody else has changed the same profile meanwhile; nothing was changed."""


def stamp(speaker: Speaker) -> str:
    """What changes whenever a profile does."""
    return speaker.updated_at.isoformat()


def store_profile(speaker_id: int, *, email: str | None, seen: str = "", **values: Any) -> None:
    """Changes a profile and the address of the person in one go.

    `seen` is the stamp of what the editor saw: refuses where somebody has changed the profile meanwhile.
    """
    with transaction() as session:
        query = select(Speaker).where(Speaker.id == speaker_id).with_for_update()
        present = session.scalars(query.execution_options(populate_existing=True)).one()
        if seen and seen != stamp(present):
            raise Changed(
                _l(
                    "Somebody has changed this profile since you opened the page. Below stands what you typed: store it "
                    "again if it is to count, or open the page anew."
                )
            )
        set_email(speaker_id, email)
        change_speaker(speaker_id, **values)


def set_portrait(
    speaker_id: int, content: bytes | None, credit: str, *, focus: tuple[float, float] = portraits.FOCUS
) -> None:
    """Gives a speaker square portraits made anew from what was uploaded, or takes them away; a portrait needs a credit.

    What was uploaded is kept for other crops and never served. Refuses what is no picture, or too small a one.
    """
    values: dict[str, Any] = {"portrait_key": None, "portrait_credit": "", "portrait_files": []}
    if content:
        if not credit.strip():
            raise Refused(_l("Please say whose picture it is (UrhG § 13)."))
        checked = images.check(content)
        if min(checked.width, checked.height) < portraits.SMALLEST:
            raise Refused(_l("The picture is too small: at least %(least)s pixels a side.", least=portraits.SMALLEST))
        values = {**_derived(content, focus), "portrait_credit": credit.strip()}
    _replace_portrait(speaker_id, portrait_original_key=storage.put(content) if content else None, **values)


def _derived(content: bytes, focus: tuple[float, float]) -> dict[str, Any]:
    made = images.derive(content, portraits.WIDTHS, portraits.FORMATS, ratio=1.0, focus=focus)
    files = [_file(one, one.format) for one in made]
    files += [_file(one, portraits.WHOLE) for one in images.derive(content, [portraits.WHOLE_WIDTH], ("jpeg",))]
    plain = sorted((one for one in files if one["format"] == "jpeg"), key=lambda one: one["width"])
    key = plain[min(1, len(plain) - 1)]["key"]
    return {"portrait_key": key, "portrait_files": files, "focus_x": focus[0], "focus_y": focus[1]}


def _file(made: images.Rendition, form: str) -> dict[str, Any]:
    return {"format": form, "width": made.width, "height": made.height, "key": storage.put(made.content)}


def set_focus(speaker_id: int, x: float, y: float) -> None:
    """Crops the portrait round another point, given as parts of width and height; refuses where no original was kept."""
    speaker = db.session.get_one(Speaker, speaker_id)
    if speaker.portrait_original_key is None:
        raise Refused(_l("Only a section of this picture was kept. Please upload it again."))
    focus = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
    _replace_portrait(speaker_id, **_derived(storage.read(speaker.portrait_original_key), focus))


def set_credit(speaker_id: int, credit: str) -> None:
    """Another credit for the present portrait; refuses an empty one."""
    if not credit.strip():
        raise Refused(_l("Please say whose picture it is (UrhG § 13)."))
    change_speaker(speaker_id, portrait_credit=credit.strip())


def _replace_portrait(speaker_id: int, **values: Any) -> None:
    """Stores a portrait instead of the one before, of which published documentations may still show the plain file."""
    with transaction() as session:
        speaker = session.get_one(Speaker, speaker_id)
        before = _keys(speaker)
        if values["portrait_key"] and speaker.portrait_key not in (None, values["portrait_key"]):
            former = [one for one in speaker.portrait_files or [] if one["format"] == portraits.FORMER]
            values["portrait_files"] += [*former, {"format": portraits.FORMER, "key": speaker.portrait_key, "width": 0}]
        change_speaker(speaker_id, **values)
        session.flush()
        gone = unused(before - _keys(speaker))
    for key in gone:
        storage.delete(key)


def _keys(speaker: Speaker) -> set[str]:
    known = {speaker.portrait_key, speaker.portrait_original_key, *(one["key"] for one in speaker.portrait_files or [])}
    return {key for key in known if key}


def unused(keys: Iterable[str]) -> list[str]:
    """Those of these files that no table names any more, so that they can be deleted."""
    return sorted(key for key in set(keys) if not _is_used(key))


def _is_used(key: str) -> bool:
    """Whether any table names a file: the same picture may also be in a gallery, or the portrait of a merged profile."""
    files = type_coerce(Speaker.portrait_files, Text).contains(key, autoescape=True)
    if db.session.scalar(select(Speaker.id).where(files).limit(1)) is not None:
        return True
    columns = [c for t in Speaker.metadata.sorted_tables for c in t.c if c.name == "key" or c.name.endswith("_key")]
    texts = [column for column in columns if isinstance(column.type, Text)]
    return any(db.session.execute(select(column).where(column == key).limit(1)).first() for column in texts)
