"""The kinds of blocks in one table: their fields, labels and rules; the editor's form, checking and outline follow it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l

LINE, TEXT, PLAIN, TICK, ROWS = "line", "text", "plain", "tick", "rows"
LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class Field:
    """One field: `line` and `text` (Markdown) and `rows` are per language, `plain` and `tick` are not."""

    name: str
    label: Any
    kind: str = LINE
    hint: Any = ""
    required: bool = False
    most: int = 300
    columns: tuple[str, ...] = ()  # of rows: what stands between the | in each line

    @property
    def is_local(self) -> bool:
        """Whether there is one value per language."""
        return self.kind in (LINE, TEXT, ROWS)


@dataclass(frozen=True)
class Kind:
    """What a block is called, where it stands by default, and what it holds."""

    name: str
    label: Any
    hint: Any
    rank: int  # its place in the usual order of a documentation
    fields: tuple[Field, ...] = ()
    item: str = ""  # "", "optional" or "required": a programme item it belongs to
    speaker: bool = False  # a person of the programme may be picked

    def field(self, name: str) -> Field:
        """One of its fields."""
        return next(one for one in self.fields if one.name == name)


_TITLE = Field("title", _l("Heading"))
_INTRO = Field("text", _l("Introduction"), TEXT, most=5_000)
_LONG = Field(
    "text", _l("Text"), TEXT, _l("Markdown: empty line between paragraphs, ## for a heading, **bold**."), most=40_000
)


def _needed(field: Field) -> Field:
    return Field(field.name, field.label, field.kind, field.hint, True, field.most, field.columns)


_ALL = (
    Kind(
        "facts", _l("Facts"), _l("Date, place, hosts and participants are filled in by themselves."), 5,
        (
            Field(
                "rows", _l("Further facts"), ROWS, _l("One fact a line: name | value"), most=3_000,
                columns=("label", "text"),
            ),
        ),
    ),
    Kind("programme_item", _l("Programme item"), _l("Title and people come from the programme."), 10, (_LONG,), "required"),
    Kind("text", _l("Report text"), _l("A section of the report."), 20, (_TITLE, _needed(_LONG))),
    Kind(
        "quote", _l("Quote"), _l("A statement of a person, or of someone who stays unnamed."), 20,
        (
            Field("text", _l("Statement"), TEXT, required=True, most=1_500),
            Field("rest", _l("Rest of a long statement"), TEXT, _l("Shown after “Read on”."), most=4_000),
            Field("is_reported", _l("Reported in substance (without quotation marks)"), TICK),
            Field("name", _l("Name"), PLAIN, _l("Only for a person who is not in the programme.")),
            Field("label", _l("Instead of a name"), hint=_l("For example: a participant from the audience")),
            Field("role", _l("Role")),
            Field("place", _l("Organisation or place")),
        ),
        "optional", True,
    ),
    Kind("workshops", _l("Introduction to the workshops"), _l("The workshops themselves come from the programme."), 30, (_TITLE, _INTRO)),
    Kind("workshop", _l("What happened in a workshop"), _l("A summary; findings are blocks of their own."), 31, (_LONG,), "required"),
    Kind(
        "finding", _l("Finding"), _l("One finding of a workshop: a short heading and a paragraph."), 32,
        (Field("title", _l("Heading"), required=True), Field("text", _l("Text"), TEXT, most=4_000)), "required",
    ),
    Kind("open_question", _l("Open question"), _l("What remained open."), 33, (Field("text", _l("Question"), required=True, most=600),), "required"),
    Kind("agreement", _l("Next step"), _l("What was agreed."), 34, (Field("text", _l("Agreement"), required=True, most=600),), "required"),
    Kind("core_message", _l("Core message"), _l("One sentence to take away."), 40, (Field("text", _l("Sentence"), required=True, most=400),)),
    Kind(
        "person", _l("Person"), _l("Someone from the programme, or a name alone."), 50,
        (
            Field("title", _l("Heading of the section")), Field("name", _l("Name"), PLAIN),
            Field("role", _l("Role")), Field("organisation", _l("Organisation")),
        ),
        "", True,
    ),
    Kind("downloads", _l("Downloads"), _l("The public files of the event."), 60, (_TITLE, _INTRO)),
    Kind("gallery", _l("Picture gallery"), _l("The published pictures of the event."), 70, (_TITLE, _INTRO)),
    Kind(
        "links", _l("Links"), _l("Further reading."), 75,
        (_TITLE, Field("rows", _l("Links"), ROWS, _l("One link a line: title | https://… | note"), True, 5_000, ("label", "url", "note"))),
    ),
    Kind(
        "follow_up", _l("What comes next"), _l("The next event, with a link."), 80,
        (_TITLE, _LONG, Field("url", _l("Address"), PLAIN, most=500), Field("label", _l("Words of the link"))),
    ),
    Kind(
        "contact", _l("Contact"), _l("Whom to ask. Empty: the contact of the event."), 90,
        (
            Field("title", _l("Heading"), hint=_l("For example: contact person")), Field("name", _l("Name"), PLAIN),
            Field("role", _l("Role")), Field("organisation", _l("Organisation")),
            Field("email", _l("E-mail"), PLAIN), Field("phone", _l("Telephone"), PLAIN),
        ),
        "", True,
    ),
    Kind(
        "partners", _l("Partners and funders"), _l("With the notes that funders ask for."), 95,
        (_TITLE, _INTRO, Field("rows", _l("Partners"), ROWS, _l("One a line: name | https://…"), most=5_000, columns=("name", "url"))),
    ),
    Kind("imprint", _l("Imprint and licence"), _l("Who publishes this, and under which terms the text may be used."), 99, (_TITLE, _LONG)),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
GROUPED = {"workshop", "finding", "open_question", "agreement"}  # shown inside the section of the workshops


def get_kind(name: str) -> Kind:
    """The kind of this name; Refused for an unknown one."""
    if name not in KINDS:
        raise Refused(_l("There is no such kind of block."))
    return KINDS[name]


def checked(kind_name: str, content: dict[str, Any], *, item_id: int | None = None) -> dict[str, Any]:
    """The content with nothing but the kind's fields, tidied; Refused with a sentence when something is wrong.

    Local fields take {"de": …, "en": …} or a plain text (meant for German); rows take a list of dicts or lines.
    """
    kind = get_kind(kind_name)
    if kind.item == "required" and item_id is None:
        raise Refused(_l("Please choose the programme item this belongs to."))
    if unknown := content.keys() - {field.name for field in kind.fields}:
        raise Refused(_l("This kind of block has no field %(names)s.", names=", ".join(sorted(unknown))))
    found: dict[str, Any] = {}
    for field in kind.fields:
        value = _tidied(field, content.get(field.name))
        if value:
            found[field.name] = value
        elif field.required:
            raise Refused(_l("“%(label)s” must not be empty.", label=field.label))
    for url in _addresses(kind, found):
        if urlsplit(url).scheme not in ("http", "https", "mailto"):
            raise Refused(_l("An address must start with https:// – this one does not: %(url)s", url=url[:80]))
    return found


def _tidied(field: Field, value: Any) -> Any:
    if field.kind == TICK:
        return bool(value)
    if field.kind == PLAIN:
        return _short(field, str(value or "").strip())
    per_language = value if isinstance(value, dict) else {LANGUAGES[0]: value}
    tidy = _rows if field.kind == ROWS else _short
    return {code: words for code, one in per_language.items() if (words := tidy(field, one))}


def _short(field: Field, value: Any) -> str:
    words = str(value or "").replace("\r\n", "\n").strip()
    if len(words) > field.most:
        raise Refused(_l("“%(label)s” may have at most %(most)s characters.", label=field.label, most=field.most))
    return words


def _rows(field: Field, value: Any) -> list[dict[str, str]]:
    lines: list[Any] = value.splitlines() if isinstance(value, str) else value or []
    found = []
    for line in lines:
        parts = [part.strip() for part in line.split("|", len(field.columns) - 1)] if isinstance(line, str) else None
        row = (
            dict(zip(field.columns, parts, strict=False))
            if parts
            else {k: str(line.get(k, "")).strip() for k in field.columns}
        )
        if any(row.values()):
            found.append({name: words for name, words in row.items() if words})
    _short(field, "".join("".join(row.values()) for row in found))
    return found


def as_lines(field: Field, rows: list[dict[str, str]] | None) -> str:
    """Rows as they are typed: one a line, columns between bars."""
    return "\n".join(" | ".join(row.get(name, "") for name in field.columns).rstrip(" |") for row in rows or [])


def _addresses(kind: Kind, content: dict[str, Any]) -> Iterator[str]:
    if "url" in content:
        yield content["url"]
    for rows in content.get("rows", {}).values() if any(f.kind == ROWS for f in kind.fields) else ():
        yield from (row["url"] for row in rows if row.get("url"))


def default_place(kind_name: str, present: list[str]) -> int:
    """Where a new block goes among the kinds that are there: behind the last one that usually stands before it."""
    rank = get_kind(kind_name).rank
    places = [number for number, name in enumerate(present) if name in KINDS and KINDS[name].rank <= rank]
    return places[-1] + 1 if places else 0


def headline(kind_name: str, content: dict[str, Any]) -> dict[str, str]:
    """A few words that tell a block from its neighbours in a list."""
    for name in ("title", "text", "label", "name"):
        if value := content.get(name):
            return value if isinstance(value, dict) else {LANGUAGES[0]: value}
    return {}
