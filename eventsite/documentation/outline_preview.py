"""How one block will look, before it is stored: the same tree, made of that block alone."""

from dataclasses import replace
from typing import Any

from eventsite.documentation import blocks as kinds
from eventsite.documentation import outline
from eventsite.documentation.outline import Materials, Part
from eventsite.documentation.outline_words import marked

_SHOWN_AS = {"core_message": "core_messages", "person": "people", "contact": "contacts"}


def sections(materials: Materials, part: Part, language: str) -> list[dict[str, Any]]:
    """The sections of the page that this block makes, ready for templates."""
    tree = outline.build(replace(materials, parts=[part]), language)
    inside = part.kind in kinds.GROUPED or (part.kind == "quote" and part.item_id is not None)
    wanted = "workshops" if inside else _SHOWN_AS.get(part.kind, part.kind)
    found = [block for block in tree["blocks"] if block["kind"] == wanted]
    if part.kind == "programme_item":
        found = [block for block in found if block["html"]][:1] or found[:1]
    if inside:
        return _only_its_workshop(materials, part, found)
    return [marked(block) for block in found]


def _only_its_workshop(materials: Materials, part: Part, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    slug = next(
        (
            item["slug"]
            for day in materials.days
            for entry in day["entries"]
            for item in entry.get("items", [])
            if item["id"] == part.item_id
        ),
        "",
    )
    made = []
    for block in found:
        workshops = [w for r in block["rounds"] for w in r["workshops"] if w["anchor"] == f"workshop-{slug}"]
        made.append(marked({**block, "intro": None, "rounds": [{"title": None, "workshops": workshops}]}))
    return made
