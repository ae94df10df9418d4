"""News of an event as a feed (Atom, RFC 4287): an entry per release and per announcement, with ids that never change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from markupsafe import escape

from eventsite.calendars.schedule import FORBIDDEN, guid
from eventsite.core import i18n, text
from eventsite.core.i18n import _, ngettext
from eventsite.core.i18n import lazy_gettext as _l

ATOM = "http://www.w3.org/2005/Atom"
MOST = 30  # entries


ANNOUNCED = {
    "called_off": _l("The event is called off"),
    "back_on": _l("The event takes place after all"),
    "moved": _l("The event has a new date"),
}


@dataclass(frozen=True)
class News:
    """What visitors are told of one release (the first one tells that the programme is there) or announcement."""

    number: int
    released_at: datetime
    note: dict[str, str]
    sentences: Sequence[str]
    kind: str = "release"  # or a key of ANNOUNCED

    @property
    def anchor(self) -> str:
        """Where it stands on the page, and what its id is made of."""
        return f"{'release' if self.kind == 'release' else 'announcement'} {self.number}"

    @property
    def title(self) -> str:
        """What the entry is called in the current language."""
        if self.kind in ANNOUNCED:
            return str(ANNOUNCED[self.kind])
        if self.number == 1:
            return _("The programme is published")
        if not self.sentences:
            return _("News on the programme")
        return ngettext("%(num)s change in the programme", "%(num)s changes in the programme", len(self.sentences))


@dataclass(frozen=True)
class Source:
    """What the feed is of: its event, its own address and that of the page with the same changes."""

    event: Any
    url: str
    page: str


def news_of(summaries: Sequence[Any], told: Any) -> list[News]:
    """The releases that tell visitors something, the last one first; `told` picks the public changes."""
    found = []
    for row in summaries:
        sentences = [i18n.local(change["text"]) for change in told(row.changes)] if row.number > 1 else []
        if row.number == 1 or sentences or row.note:
            found.append(News(row.number, row.released_at, row.note, sentences))
    return found


def announcements(rows: Sequence[Any], notice: dict[str, str]) -> list[News]:
    """What was announced, the last one first; only the last still has its reason."""
    return [
        News(row.id, row.created_at, notice if number == 0 else {}, [], row.kind) for number, row in enumerate(rows)
    ]


def to_atom(source: Source, listed: Sequence[News]) -> bytes:
    """The feed in the current language; its date is that of the latest news."""
    ElementTree.register_namespace("", ATOM)
    language, event = i18n.current_language(), source.event
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _put(feed, "id", f"urn:uuid:{guid(f'{event.public_id} changes {language}')}")
    _put(feed, "title", _("Changes: %(title)s", title=i18n.local(event.title)))
    _put(feed, "updated", _instant(listed[0].released_at if listed else event.created_at))
    _link(feed, "self", source.url, "application/atom+xml")
    _link(feed, "alternate", source.page, "text/html")
    _put(ElementTree.SubElement(feed, f"{{{ATOM}}}author"), "name", event.contact_name or i18n.local(event.title))
    for one in listed[:MOST]:
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _put(entry, "id", f"urn:uuid:{guid(f'{event.public_id} {one.anchor} {language}')}")
        _put(entry, "title", one.title)
        _put(entry, "published", _instant(one.released_at))
        _put(entry, "updated", _instant(one.released_at))
        _link(entry, "alternate", f"{source.page}#{one.anchor.replace(' ', '-')}", "text/html")
        _put(entry, "content", _content(one), type="html")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(feed, encoding="utf-8") + b"\n"


def _content(one: News) -> str:
    note = str(text.markdown(i18n.local(one.note), top=3)) if one.note else ""
    listed = "".join(f"<li>{escape(sentence)}</li>" for sentence in one.sentences)
    return (note + (f"<ul>{listed}</ul>" if listed else "")) or f"<p>{escape(one.title)}</p>"


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _put(parent: ElementTree.Element, name: str, value: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes).text = FORBIDDEN.sub("", value)


def _link(parent: ElementTree.Element, rel: str, href: str, kind: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href, type=kind)
