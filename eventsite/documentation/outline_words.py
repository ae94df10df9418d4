"""Words, people and rows as a Document tree holds them, and the tree as templates take it."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from eventsite.core import i18n, text
from eventsite.programme import rules as programme_rules

Tree = dict[str, Any]


def words(value: Any) -> Any:
    """A text per language as the tree holds it: str, or {"code": text} for a fall-back, or None."""
    found = i18n.local_text(value)
    if not found.text.strip():
        return None
    return found.text if found.language == i18n.current_language() else {found.language: found.text}


def html(value: Any) -> str:
    """Markdown per language as safe HTML, a fall-back marked with its language; empty for nothing."""
    found = i18n.local_text(value)
    made = text.markdown(found.text, top=3, language=found.language)
    if not made or found.language == i18n.current_language():
        return str(made)
    return str(Markup('<div lang="{}">{}</div>').format(found.language, made))


def marked(value: Any, name: str = "") -> Any:
    """A stored tree as templates take it: what was safe HTML when it was built is marked so again."""
    if isinstance(value, dict):
        return {key: marked(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [marked(one) for one in value]
    return Markup(value) if isinstance(value, str) and (name == "html" or name.endswith("_html")) else value


def pruned(tree: Tree, shown: Callable[[str], bool]) -> Tree:
    """The tree without pictures and files that may no longer be shown."""

    def keep(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: [keep(one) for one in entries if shown(one["id"])]
                if key in ("photos", "files") and isinstance(entries, list)
                else keep(entries)
                for key, entries in value.items()
            }
        return [keep(one) for one in value] if isinstance(value, list) else value

    found: Tree = keep(tree)
    empty = {"gallery": "photos", "downloads": "files"}
    found["blocks"] = [b for b in found["blocks"] if b["kind"] not in empty or b[empty[b["kind"]]]]
    return found


def person_of(person: dict[str, Any]) -> dict[str, Any]:
    """Someone on stage: name, role, organisations at the time; a name alone is enough."""
    label = person.get("role_label")
    return {
        "name": person.get("name", ""),
        "sort_name": person.get("sort_name", ""),
        "slug": person.get("slug"),
        "role_label": words(person.get("role")) if isinstance(person.get("role"), dict) else words(label),
        "organisations": [words(one) for one in person.get("organisations") or [] if one],
        "picture": person.get("picture"),
        "portrait_key": person.get("portrait_key"),
        "portrait_credit": person.get("portrait_credit", ""),
    }


def cast_of(item: dict[str, Any]) -> dict[str, Any]:
    """Who takes part in an item."""
    people = [person_of(person) for person in item["people"]]
    for person in people:
        person.pop("sort_name")
    return {"people": people, "open_people": bool(item["open_people"])}


def room_of(item: dict[str, Any]) -> Any:
    """The name of an item's room."""
    return words(item["room"]["name"]) if item.get("room") else None


def time_of(item: dict[str, Any]) -> str:
    """From and to, in the event's zone."""
    return i18n.format_timespan(item["starts_at"], item["ends_at"])


def row_of(entry: dict[str, Any]) -> dict[str, Any]:
    """One line of the programme table."""
    return {
        "time": time_of(entry),
        "title": words(entry["title"]),
        "subtitle": words(entry.get("subtitle")),
        "number": entry.get("number") or "",
        "room": room_of(entry),
        "names": [person["name"] for person in entry.get("people", [])],
        "open_people": bool(entry.get("open_people")),
        "is_cancelled": entry.get("status") == "cancelled",
        "is_quiet": entry.get("kind") in programme_rules.QUIET_KINDS,
    }


def day_of(day: dict[str, Any]) -> dict[str, Any]:
    """One day of the programme table, with the workshops of each round."""
    entries = [{**row_of(entry), "items": [row_of(i) for i in entry.get("items", [])]} for entry in day["entries"]]
    title = f"{i18n.format_weekday(day['date'])}, {i18n.format_date(day['date'])}"
    return {"title": title, "entries": entries}


def listed(names: Iterable[Any]) -> str:
    """Names one after the other."""
    return ", ".join(i18n.local(name) for name in names)


def local_rows(value: dict[str, list[dict[str, str]]] | None) -> list[dict[str, str]]:
    """The rows of the current language, else of the first that has some."""
    rows = value or {}
    return rows.get(i18n.current_language()) or next((one for one in rows.values() if one), [])


def as_json(tree: Tree) -> str:
    """A tree as text that is the same for the same content."""
    return json.dumps(tree, ensure_ascii=False, sort_keys=True)


def address_line(address: str, town: str) -> str:
    """An address in one line, with the town where it does not name it itself."""
    lines = [*address.splitlines(), *([town] if town not in address else [])]
    return ", ".join(line for line in lines if line)
