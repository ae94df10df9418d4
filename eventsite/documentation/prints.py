"""A Document tree becomes a tagged PDF: print HTML, its stylesheet, and nothing but files of our own."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from eventsite.core import i18n, pdf, qr, storage, templates
from eventsite.core.pdf_sheet import resolve_asset
from eventsite.documentation.outline_words import Tree, as_json, marked
from eventsite.mail import transport

EDITION = "2"  # rises when template or stylesheet change so much that published documents should be made anew
STYLES = "asset:css/print/documentation.css"
TIMEOUT = 300
MEMORY_MB = 1500


def documentation_pdf(tree: Tree, *, number: int, created: datetime) -> bytes:
    """The PDF/UA-1 of a tree, made in a process of its own; same tree, number and instant give the same octets."""
    return pdf.render_isolated(**job(tree, number=number, created=created), timeout=TIMEOUT, memory_mb=MEMORY_MB)


def job(tree: Tree, *, number: int, created: datetime) -> dict[str, Any]:
    """All the engine needs to know for the PDF of a tree."""
    with i18n.use_language(tree["language"]):
        return {
            "html": documentation_html(tree, number=number, created=created),
            "stylesheets": [_accent(tree), STYLES],
            "resolve": resolve,
            "title": f"{i18n._('Documentation')}: {i18n.local(tree['title'])}",
            "language": tree["language"],
            "created": created,
            "identifier": hashlib.sha256(f"{as_json(tree)}{number}".encode()).digest()[:16],
            "author": ", ".join(i18n.local(host["name"]) for host in tree["event"]["hosts"]),
            "description": i18n.local(tree["lead"]),
        }


def documentation_html(tree: Tree, *, number: int, created: datetime) -> str:
    """The print HTML of a tree in the tree's language."""
    page = f"{transport.base_url()}/{tree['language']}/{tree['event']['slug']}/documentation"
    pictures = numbered(tree)
    by_kind: dict[str, Any] = {}
    for block in tree["blocks"]:
        by_kind.setdefault(block["kind"], block)
    with i18n.use_language(tree["language"]):
        return templates.render(
            "documentation/print/document.html",
            tree=marked(tree),
            facts=by_kind.get("facts"),
            messages=by_kind.get("core_messages"),
            photos={one["id"]: one["number"] for one in pictures},
            pictures=_by_maker(pictures),
            number=number,
            created=created,
            page_url=page,
            short=short,
            qr=qr.svg,
        )


def numbered(tree: Tree) -> list[dict[str, Any]]:
    """Every picture with its number, maker and licence, in the order in which they stand in the document."""
    found: dict[str, dict[str, Any]] = {}
    for block in tree["blocks"]:
        groups = [w["photos"] for r in block["rounds"] for w in r["workshops"]] if block["kind"] == "workshops" else []
        for photo in [one for photos in [*groups, block.get("photos", [])] for one in photos]:
            kept = {name: photo[name] for name in ("id", "credit", "licence", "licence_url")}
            found.setdefault(photo["id"], {"number": len(found) + 1, **kept})
    return list(found.values())


def _by_maker(pictures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Credits with the numbers of all pictures they cover: 1–8, 11."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for one in pictures:
        groups.setdefault((one["credit"], one["licence"]), {**one, "all": []})["all"].append(one["number"])
    return [{**group, "numbers": _spans(group["all"])} for group in groups.values()]


def _spans(numbers: list[int]) -> str:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][-1] == number - 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return ", ".join(str(s[0]) if len(s) == 1 else f"{s[0]}–{s[-1]}" for s in spans)


def short(file_id: str) -> str:
    """The short address of a file, to be typed from paper."""
    return f"{transport.base_url()}/d/{file_id}"


def _accent(tree: Tree) -> str:
    accent = tree["event"]["accent"]
    is_colour = len(accent) == 7 and accent[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in accent[1:])
    return f":root {{ --accent: {accent if is_colour else '#0d5b66'} }}"


def resolve(name: str) -> Path | bytes:
    """A file the document refers to: `asset:` below static/, `media:` in the storage; NotFound for anything else."""
    scheme, _colon, path = name.partition(":")
    if scheme == "media":
        return storage.path_of(path) or storage.read(path)
    return resolve_asset(name)
