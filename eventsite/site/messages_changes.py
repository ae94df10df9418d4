"""The mail about a release to one of those whom it concerns: only their own items, what changed in each, and the new files."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventsite.calendars import queries as calendars
from eventsite.core import i18n, templates
from eventsite.core.i18n import _
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events.models import Event
from eventsite.mail import kinds, transport, wording
from eventsite.mail.kinds import Kind
from eventsite.mail.outbox import Mail
from eventsite.mail.wording import Texts, Words
from eventsite.programme import entries
from eventsite.programme.snapshot import Programme
from eventsite.registration import calendar as registration_calendar
from eventsite.registration import letters
from eventsite.registration.models import Registration

KEY = "programme_changed"


@dataclass(frozen=True)
class Reader:
    """Who reads the mail: a registered person with a personal link, or somebody on stage."""

    name: str
    organisation: str
    language: str
    registration: Registration | None = None

    @property
    def is_on_paper(self) -> bool:
        """Whether it is printed: registered without an address."""
        return self.registration is not None and not self.registration.email


def changed(
    event: Event,
    reader: Reader,
    groups: Sequence[dict[str, Any]],
    programme: Programme,
    texts: Texts,
    attachments: Sequence[dict[str, str]] = (),
) -> Mail:
    """The mail in the reader's language; `groups` are the items that concern the reader, with their changes."""
    with i18n.use_language(reader.language), i18n.use_zone(event.timezone):
        kind, values = kinds.KINDS[KEY], letters.values_of_event(event, reader.name, reader.organisation)
        written = wording.write(kind, texts, values, on_paper=reader.is_on_paper)
        context = {
            "letter": written,
            "event": event,
            "greeted": reader.name,
            "items": [_shown(group, programme) for group in groups],
            "action": _action(event, reader),
            "has_calendar": bool(attachments),
            "reason": _reason(event, reader),
        }
        medium = "print" if reader.is_on_paper else "mail"
        return Mail(
            subject=written.subject,
            text=templates.render("site/mail/programme_changed.txt", **context),
            html=templates.render(f"site/{medium}/programme_changed.html", **context),
            attachments=[] if reader.is_on_paper else list(attachments),
        )


def _shown(group: Mapping[str, Any], programme: Programme) -> dict[str, Any]:
    item = next((one for one in programme.items if one["uid"] == group["uid"]), None)
    now = ""
    if item is not None and item["status"] != "cancelled":
        when = f"{i18n.format_date(item['starts_at'])}, {i18n.format_timespan(item['starts_at'], item['ends_at'])}"
        now = ", ".join(part for part in (when, i18n.local(item["room"]["name"]) if item["room"] else "") if part)
    sentences = [i18n.local(change["text"]) for change in group["changes"]]
    return {"title": i18n.local((item or group)["title"]), "now": now, "sentences": sentences}


def _action(event: Event, reader: Reader) -> tuple[str, str]:
    if reader.registration is not None:
        return _("To my personal page"), letters.page_link(reader.registration)
    return _("To the programme"), f"{transport.base_url()}/{i18n.current_language()}/{event.slug}/programme"


def _reason(event: Event, reader: Reader) -> str:
    if reader.registration is not None:
        return _("You receive this message because you are registered for “%(event)s”.", event=i18n.local(event.title))
    return _(
        "You receive this message because you take part in the programme of “%(event)s”.", event=i18n.local(event.title)
    )


def worded(texts: Texts, opening: Mapping[str, str]) -> Texts:
    """The event's texts with the opening that the organisers wrote for this one mailing."""
    found = dict(texts)
    for code, words in opening.items():
        if words:
            with i18n.use_language(code):
                known = texts.get((KEY, code)) or wording.default(kinds.KINDS[KEY])
            found[(KEY, code)] = Words(known.subject, words, known.closing)
    return found


def usual_opening(texts: Texts, code: str) -> str:
    """How the mail begins where nothing is written for it."""
    with i18n.use_language(code):
        return (texts.get((KEY, code)) or wording.default(kinds.KINDS[KEY])).opening


def own_files(
    event: Event, registration: Registration, programme: Programme, concerns: Mapping[str, Collection[str]]
) -> list[dict[str, str]]:
    """The own workshops that changed as invitations for the calendar, exactly as the personal feed has them now.

    The caller set the language; what concerns everybody follows in subscribed calendars alone.
    """
    places = set(concerns.get("place", ()))
    rounds = {item["round"] for item in programme.items if item["uid"] in places and item["round"]}
    if not rounds:
        return []
    frame = entries.frame_of(event, transport.base_url())
    wanted = {entries.own_uid(uid, registration.public_id, frame) for uid in rounds}
    own = calendars.personal_entries(registration, transport.base_url())
    return registration_calendar.parts(event, registration, [one for one in own if one.uid in wanted])


def _preview(event: Event, registration: Registration, texts: Texts) -> Mail:
    """The mail with one invented change, for a look before there is one."""
    with i18n.use_language(registration.language), i18n.use_zone(event.timezone):
        title = _("Opening")
        rooms = {"after": _("Hall"), "before": _("Foyer")}
        sentence = _("New room of “%(title)s”: %(after)s, before %(before)s.", title=title, **rooms)
    change = {"kind": "room", "text": dict.fromkeys(i18n.languages(), sentence)}
    group = {"uid": "", "title": {registration.language: title}, "changes": [change]}
    reader = Reader(registration.name, registration.organisation, registration.language, registration)
    return changed(event, reader, [group], Programme(0, event.starts_at, {"rounds": [], "items": []}), texts)


kinds.add(
    Kind(
        KEY,
        label=_l("Changes in the programme"),
        subject=_l("Changes in the programme: %(event)s"),
        heading=_l("Something has changed"),
        opening=(_l("something has changed in the programme that concerns you:"),),
        closing=(_l("If you have questions, please answer this message."),),
        statuses=("confirmed",),
        preview=lambda event, one, texts, _extra: _preview(event, one, texts),
    )
)
