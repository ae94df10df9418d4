"""Keeps the .po files in step with the code: `./run catalogues` adds new messages, drops unused ones, lists what is missing.

`./run catalogues --add German.json` also takes translations from a file {"message": "Übersetzung"}, or
{"one message": ["eine Übersetzung", "mehrere Übersetzungen"]} where there is a plural.
"""

import argparse
import json
import sys
from copy import deepcopy
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "eventsite/translations"
SOURCES = [("eventsite/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
# Header fields that would differ at every run or say nothing.
PASSING = ('"POT-Creation', '"PO-Revision', '"Generated-By', '"Report-Msgid', '"Last-Tr', '"Language-Team')
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}


def collect(root: Path = ROOT) -> Catalog:
    """Every message that the code and the templates ask for."""
    found = Catalog()
    options = {"templates/**": {"silent": "false"}}
    folders = extract_from_dir(
        root, method_map=SOURCES, options_map=options, keywords=KEYWORDS, directory_filter=_is_product
    )
    for place, _line, message, _comments, context in folders:
        found.add(message, None, [(place, None)], context=context)
    return found


def _is_product(folder: str) -> bool:
    place = Path(folder).relative_to(ROOT) if Path(folder).is_relative_to(ROOT) else Path(folder)
    return not place.parts or place.parts[0] in {"eventsite", "templates"}


def read(language: str) -> Catalog:
    """The catalogue of one language as it is in the repository."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def path_of(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES/messages.po"


def languages() -> list[str]:
    """The languages that need translating; English is what the code is written in."""
    return sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "en")


def key_of(message: Message) -> str:
    """The message itself, or its singular."""
    return str(message.id[0] if isinstance(message.id, tuple) else message.id)


def is_translated(message: Message) -> bool:
    words = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return all(words) and not message.fuzzy


def untranslated(language: str, wanted: Catalog) -> list[str]:
    """Messages of the code that this language has no words for, or only doubtful ones."""
    known = read(language)
    missing = []
    for message in wanted:
        found = known.get(message.id, message.context)
        if message.id and (found is None or not is_translated(found)):
            missing.append(key_of(message))
    return sorted(missing)


def update(language: str, wanted: Catalog, additions: dict[str, str | list[str]]) -> None:
    """Writes the catalogue with exactly the wanted messages, keeping the translations it has."""
    catalogue = read(language)
    catalogue.update(deepcopy(wanted), no_fuzzy_matching=True)  # it keeps the messages it is given
    catalogue.obsolete.clear()
    for message in catalogue:
        words = additions.get(key_of(message), message.string) if message.id else message.string
        has_plural = isinstance(message.id, tuple)
        if message.id and isinstance(words, list | tuple) != has_plural:
            words = ("", "") if has_plural else ""  # one form where two are asked for now, or the other way round
        message.string = tuple(words) if isinstance(words, list) else words
        message.flags.discard("fuzzy")  # an empty one is found as untranslated
    written = BytesIO()
    write_po(written, catalogue, width=0, sort_output=True, no_location=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path_of(language).write_text("".join(line for line in lines if not line.startswith(PASSING)), encoding="utf-8")


def update_english(wanted: Catalog) -> None:
    """Writes the English catalogue: the messages themselves."""
    update("en", wanted, {key_of(m): list(m.id) if isinstance(m.id, tuple) else m.id for m in wanted if m.id})


def main() -> int:
    """Brings all catalogues up to date; fails where something is untranslated."""
    parser = argparse.ArgumentParser(prog="./run catalogues", description=__doc__)
    parser.add_argument("--language", default="de", help="language of the added translations")
    parser.add_argument("--add", type=Path, nargs="*", default=[], help="JSON files with translations")
    asked = parser.parse_args()
    additions: dict[str, str | list[str]] = {}
    for path in asked.add:
        additions |= json.loads(path.read_text(encoding="utf-8"))
    wanted = collect()
    update_english(wanted)
    missing = 0
    for language in languages():
        update(language, wanted, additions if language == asked.language else {})
        for message in untranslated(language, wanted):
            print(f"{language}: {message}")
            missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
