"""Programme, blocks, pictures and files become one Document tree per language: the only source of page, PDF and JSON.

A tree holds plain values. A text is a str in the tree's language; a fall-back is {"code": text}, so that it can be marked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from eventsite.core import i18n
from eventsite.core.i18n import _, ngettext
from eventsite.documentation import blocks as kinds
from eventsite.documentation.outline_words import (
    Tree,
    address_line,
    cast_of,
    day_of,
    html,
    listed,
    local_rows,
    person_of,
    room_of,
    time_of,
    words,
)
from eventsite.programme import rules as programme_rules

FORMAT = 1


@dataclass(frozen=True)
class Part:
    """One block as the outline takes it; `person` is {"name", "slug", "role_label", "organisations", …} or None."""

    id: str
    kind: str
    content: dict[str, Any]
    item_id: int | None = None
    person: dict[str, Any] | None = None


@dataclass(frozen=True)
class Materials:
    """All that a documentation is made of; `days` is the released programme by local day (see programme/snapshot.py)."""

    event: dict[
        str, Any
    ]  # slug, kind, title, subtitle, lead, facts, starts_at, ends_at, zone, place, hosts, contact, accent
    lead: dict[str, str] = field(default_factory=dict)
    days: Sequence[dict[str, Any]] = ()
    parts: Sequence[Part] = ()
    photos: Sequence[dict[str, Any]] = ()  # see media/pictures.py, with item_id
    files: Sequence[dict[str, Any]] = ()  # id, title, filename, kind, size, licence, credit, language, item_id
    people: Sequence[dict[str, Any]] = ()  # uid, role, portrait_key, … of those on stage
    participants: int | None = None


def build(materials: Materials, language: str) -> Tree:
    """The whole documentation in one language, in the usual order unless the blocks say otherwise."""
    with i18n.use_language(language), i18n.use_zone(materials.event["zone"]):
        return _Outline(materials).tree()


class _Outline:
    """Collects the sections of one tree; everything in it is derived from the materials alone."""

    def __init__(self, materials: Materials) -> None:
        self.m = materials
        self.items = {
            item["id"]: item
            for day in materials.days
            for entry in day["entries"]
            for item in entry.get("items", [entry])
        }
        self.workshop_ids = {
            item["id"] for day in materials.days for entry in day["entries"] for item in entry.get("items", [])
        }
        self.placed: set[int] = set()
        self.made: set[str] = set()
        self.sections: list[tuple[int, dict[str, Any]]] = []

    def tree(self) -> Tree:
        """The finished tree."""
        for part in self.m.parts:
            self._place(part)
        self._add_missing()
        event = self.m.event
        return {
            "format": FORMAT,
            "language": i18n.current_language(),
            "title": words(event["title"]) or "",
            "subtitle": words(event.get("subtitle")),
            "lead": words(self.m.lead) or words(event.get("lead")),
            "event": self._event(),
            "blocks": [section for _rank, section in self.sections],
            "programme": [day_of(day) for day in self.m.days],
        }

    def _event(self) -> dict[str, Any]:
        event, place = self.m.event, self.m.event.get("place") or {}
        start, end = event["starts_at"], event["ends_at"]
        return {
            "slug": event["slug"],
            "kind": words(event.get("kind")),
            "starts_at": start.isoformat(),
            "ends_at": end.isoformat(),
            "date": i18n.format_datespan(start, end),
            "time": i18n.format_timespan(start, end),
            "place": words(place.get("name")),
            "address": address_line(place.get("address") or "", place.get("town") or ""),
            "hosts": [{"name": words(h["name"]), "website": h.get("website", "")} for h in event.get("hosts", [])],
            "accent": event.get("accent", ""),
        }

    # --- blocks in their order by hand

    def _add(self, rank: int, kind: str, anchor: str, title: Any, **values: Any) -> None:
        self.made.add(kind)
        self.sections.append((rank, {"kind": kind, "anchor": anchor, "title": title, **values}))

    def _place(self, part: Part) -> None:
        if part.kind in kinds.GROUPED or (part.kind == "quote" and part.item_id in self.workshop_ids):
            return  # shown inside its workshop
        places: dict[str, Callable[[Part], None]] = {
            "core_message": self._messages,
            "person": self._person,
            "programme_item": self._programme_item,
            "facts": self._facts,
            "workshops": self._workshops,
            "downloads": self._downloads,
            "gallery": self._gallery,
            "contact": self._contact,
            "quote": self._quote,
            "links": self._rows,
            "partners": self._rows,
        }
        places.get(part.kind, self._text)(part)

    def _text(self, part: Part) -> None:
        usual = {"imprint": _("Imprint and licence"), "follow_up": _("What comes next")}
        title = words(part.content.get("title")) or usual.get(part.kind)
        values: dict[str, Any] = {"html": html(part.content.get("text"))}
        if part.content.get("url"):
            values.update(url=part.content["url"], label=words(part.content.get("label")) or _("Read more"))
        if values["html"] or "url" in values:
            self._add(kinds.KINDS[part.kind].rank, part.kind, f"{part.kind}-{part.id}", title, **values)

    def _quote(self, part: Part) -> None:
        self._add(20, "quote", f"quote-{part.id}", None, **self.quote(part))

    def quote(self, part: Part) -> dict[str, Any]:
        """A statement with its attribution in fields of its own."""
        person, content = part.person or {}, part.content
        place = words(content.get("place")) or next(iter(person.get("organisations") or []), None)
        name = person.get("name") or content.get("name") or None
        return {
            "id": part.id,
            "text": words(content.get("text")) or "",
            "rest": words(content.get("rest")),
            "name": name,
            "slug": person.get("slug"),
            "label": None if name else words(content.get("label")) or _("A participant"),
            "role": words(content.get("role")),
            "organisation": place,
            "is_paraphrased": bool(content.get("is_reported")),
        }

    def _messages(self, _part: Part | None = None) -> None:
        if "core_messages" in self.made:
            return
        found = [p for p in self.m.parts if p.kind == "core_message"]
        entries = [{"anchor": f"message-{p.id}", "text": words(p.content.get("text"))} for p in found]
        texts = [entry["text"] for entry in entries]
        if entries:
            self._add(40, "core_messages", "messages", _("Core messages"), messages=texts, entries=entries)

    def _person(self, part: Part) -> None:
        title = words(part.content.get("title"))
        if title is None:
            self._people()
            return
        same = self.sections[-1][1] if self.sections else {}
        if same.get("kind") == "people" and same["title"] == title:
            same["people"].append(self._named(part))
        else:
            self._add(51, "people", f"people-{part.id}", title, people=[self._named(part)])

    def _named(self, part: Part) -> dict[str, Any]:
        person, content = part.person or {}, part.content
        organisation = words(content.get("organisation"))
        return person_of(
            {
                **person,
                "name": person.get("name") or content.get("name", ""),
                "role_label": content.get("role") or person.get("role_label"),
                "organisations": [organisation] if organisation else person.get("organisations", []),
            }
        )

    def _programme_item(self, part: Part) -> None:
        item = self.items.get(part.item_id or 0)
        if item is None or item["id"] in self.placed or item["id"] in self.workshop_ids:
            return
        self._item(item, html(part.content.get("text")))

    def _item(self, item: dict[str, Any], report: str) -> None:
        self.placed.add(item["id"])
        self._add(
            10, "programme_item", f"item-{item['slug']}", words(item["title"]),
            aside=str(programme_rules.KINDS.get(item["kind"], "")) or None,
            item={"subtitle": words(item["subtitle"]), **cast_of(item), "time": time_of(item), "room": room_of(item)},
            html=report or html(item["abstract"]),
        )  # fmt: skip

    def _facts(self, part: Part | None = None) -> None:
        if "facts" in self.made:
            return
        event, about = self.m.event, self._event()
        rows: list[list[Any]] = [
            [_("Date"), f"{about['date']}, {about['time']}"],
            [_("Place"), ", ".join(part for part in (i18n.local(about["place"]), about["address"]) if part)],
            [ngettext("Host", "Hosts", len(about["hosts"])), listed(h["name"] for h in about["hosts"])],
        ]
        rows += [[words(fact["label"]), words(fact["text"])] for fact in event.get("facts") or []]
        rows += [[row.get("label"), row.get("text")] for row in local_rows(part.content.get("rows"))] if part else []
        rows = [row for row in rows if row[0] and row[1]]
        self._add(5, "facts", "facts", _("At a glance"), figures=self._figures(), rows=rows)

    def _figures(self) -> list[dict[str, str]]:
        counted = (
            (self.m.participants or 0, lambda n: ngettext("participant", "participants", n)),
            (len(self.workshop_ids), lambda n: ngettext("workshop", "workshops", n)),
        )
        return [{"value": i18n.format_number(n), "label": label(n)} for n, label in counted if n]

    def _rows(self, part: Part) -> None:
        usual = {"links": _("Links"), "partners": _("Partners and funders")}
        rows = local_rows(part.content.get("rows"))
        if not rows and not part.content.get("text"):
            return
        title = words(part.content.get("title")) or usual[part.kind]
        anchor, rank = f"{part.kind}-{part.id}", kinds.KINDS[part.kind].rank
        if part.kind == "links":
            links = [
                {"label": r.get("label") or r.get("url"), "url": r.get("url", ""), "note": r.get("note")} for r in rows
            ]
            self._add(rank, "links", anchor, title, links=[link for link in links if link["url"]])
        else:
            partners = [{"name": r.get("name", ""), "url": r.get("url"), "logo_url": None} for r in rows]
            self._add(rank, "partners", anchor, title, note=words(part.content.get("text")), partners=partners)

    # --- workshops

    def _workshops(self, part: Part | None = None) -> None:
        content = part.content if part else {}
        rounds = [
            {
                "title": words(entry["title"]),
                "workshops": [self._workshop(i, n) for n, i in enumerate(entry["items"], 1)],
            }
            for day in self.m.days
            for entry in day["entries"]
            if "items" in entry
        ]
        if not rounds or "workshops" in self.made:
            return
        title = words(content.get("title")) or _("Workshops")
        self._add(30, "workshops", "workshops", title, intro=words(content.get("text")), rounds=rounds)

    def _of(self, item: dict[str, Any], kind: str) -> list[Part]:
        return [part for part in self.m.parts if part.kind == kind and part.item_id == item["id"]]

    def _workshop(self, item: dict[str, Any], number: int) -> dict[str, Any]:
        summary = "".join(html(part.content.get("text")) for part in self._of(item, "workshop"))
        return {
            "anchor": f"workshop-{item['slug']}",
            "number": item["number"] or str(number),
            "title": words(item["title"]),
            "subtitle": words(item["subtitle"]),
            "place": words(item["place"]),
            "room": room_of(item),
            "time": time_of(item),
            **cast_of(item),
            "abstract_html": html(item["abstract"]),
            "leading_questions_html": html(item["leading_questions"]),
            "report_html": summary,
            "findings": [
                {
                    "anchor": f"finding-{part.id}",
                    "title": words(part.content.get("title")),
                    "text": words(part.content.get("text")),
                }
                for part in self._of(item, "finding")
            ],
            "open_questions": [words(part.content.get("text")) for part in self._of(item, "open_question")],
            "next_steps": [words(part.content.get("text")) for part in self._of(item, "agreement")],
            "quotes": [{**self.quote(p), "anchor": f"quote-{p.id}"} for p in self._of(item, "quote")],
            "photos": [self._photo(photo) for photo in self.m.photos if photo.get("item_id") == item["id"]],
            "files": [self._file(one) for one in self.m.files if one.get("item_id") == item["id"]],
        }

    # --- what follows from the event by itself

    def _photo(self, photo: dict[str, Any]) -> dict[str, Any]:
        shown = {key: value for key, value in photo.items() if key != "item_id"}
        page = f"/{i18n.current_language()}/{self.m.event['slug']}/gallery/{photo['id']}"
        return {**shown, "alt": words(photo["alt"]) or "", "caption": words(photo["caption"]), "page_url": page}

    def _gallery(self, part: Part | None = None) -> None:
        photos = [self._photo(p) for p in self.m.photos if p.get("item_id") not in self.workshop_ids]
        content = part.content if part else {}
        if photos and "gallery" not in self.made:
            title = words(content.get("title")) or _("Pictures")
            self._add(70, "gallery", "gallery", title, intro=words(content.get("text")), photos=photos)

    def _file(self, one: dict[str, Any]) -> dict[str, Any]:
        language, slug = i18n.current_language(), self.m.event["slug"]
        address = f"/{language}/{slug}/downloads/{one['id']}/{one['filename']}"
        item = self.items.get(one.get("item_id") or 0)
        belongs = None
        if item is not None and item["id"] in self.workshop_ids:
            belongs = _("Workshop %(number)s", number=item["number"]) if item["number"] else words(item["title"])
        kept = ("id", "filename", "kind", "size", "licence", "credit", "language")
        return {
            **{n: one[n] for n in kept},
            "title": words(one["title"]) or one["filename"],
            "url": address,
            "description": belongs,
        }

    def _downloads(self, part: Part | None = None) -> None:
        content = part.content if part else {}
        if self.m.files and "downloads" not in self.made:
            files = [self._file(one) for one in self.m.files]
            title = words(content.get("title")) or _("Downloads")
            self._add(60, "downloads", "downloads", title, intro=words(content.get("text")), files=files)

    def _people(self) -> None:
        if any(section.get("anchor") == "people" for _rank, section in self.sections):
            return
        known = {one["uid"]: one for one in self.m.people}
        found: dict[str, dict[str, Any]] = {}
        for item in self.items.values():
            for person in item["people"]:
                entry = found.setdefault(person["uid"], {**person, **known.get(person["uid"], {}), "organisations": []})
                entry["organisations"] += [o for o in person["organisations"] if o not in entry["organisations"]]
        people = [person_of(one) for one in found.values()]
        people += [self._named(p) for p in self.m.parts if p.kind == "person" and not words(p.content.get("title"))]
        people.sort(key=lambda one: i18n.sort_key(one.pop("sort_name") or one["name"].rpartition(" ")[2]))
        if people:
            self._add(50, "people", "people", _("People"), people=people)

    def _contact(self, part: Part | None = None) -> None:
        content, event = part.content if part else {}, self.m.event
        person = part.person if part else None
        own = bool(person or content.get("name") or content.get("email"))
        usual = {} if own else event.get("contact") or {}
        entry = {
            **person_of(
                {**(person or {}), "name": (person or {}).get("name") or content.get("name") or usual.get("name", "")}
            ),
            "role_label": words(content.get("role")),
            "email": content.get("email") or usual.get("email", ""),
            "phone": content.get("phone") or usual.get("phone", ""),
        }
        entry.pop("sort_name")
        if organisation := words(content.get("organisation")):
            entry["organisations"] = [organisation]
        title = words(content.get("title")) or _("Contact")
        last = self.sections[-1][1] if self.sections else {}
        if last.get("kind") == "contacts" and not content.get("title"):
            last["people"].append(entry)
        elif entry["name"] or entry["email"]:
            anchor = "contact" if "contacts" not in self.made else f"contact-{part.id if part else ''}"
            self._add(90, "contacts", anchor, title, people=[entry])

    def _add_missing(self) -> None:
        by_hand, self.sections = self.sections, []
        if "facts" not in self.made:
            self._facts()
        for item in self.items.values():
            says = item["people"] or item["abstract"] or item["open_people"]
            if item["id"] not in self.placed | self.workshop_ids and says and item["status"] != "cancelled":
                self._item(item, "")
        for kind, add in (
            ("workshops", self._workshops), ("core_messages", self._messages), ("downloads", self._downloads),
            ("gallery", self._gallery), ("contacts", self._contact),
        ):  # fmt: skip
            if kind not in self.made:
                add()
        if not any(section["anchor"] == "people" for _rank, section in by_hand):
            self._people()
        for rank, section in self.sections:
            place = next((n for n, (other, _s) in enumerate(by_hand) if other > rank), len(by_hand))
            by_hand.insert(place, (rank, section))
        self.sections = by_hand
