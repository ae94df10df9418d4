"""The form of a typed programme: the text, what was read in it, and what the organiser decides about it."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField

from eventsite.core import i18n, tables
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.programme import rules_table
from eventsite.programme.rules_quick_match import Known, Match
from eventsite.programme.rules_quick_schedule import Entry
from eventsite.web import forms

LANGUAGES = {"de": _l("German"), "en": _l("English")}
NEW = "new"


class QuickForm(forms.Form):
    """The text itself."""

    text = forms.paragraphs(_l("Programme"), most=200_000, render_kw={"rows": 16, "spellcheck": "false"})
    table = FileField(
        _l("Or a table"),
        description=_l("XLSX or CSV, one item a row. It is shown as text here first; nothing is stored yet."),
        render_kw={"accept": ".csv,.txt,.tsv,.xlsx,.xls"},
    )
    language = SelectField(_l("Language of the titles"))
    mode = RadioField(
        _l("What becomes of the draft"),
        choices=forms.options(
            [
                ("add", _l("The lines are added; what is there already stays as it is")),
                ("replace", _l("The draft becomes what is typed here; all other items are taken out")),
            ]
        ),
        default="add",
        validators=[forms.Required()],
    )
    seen = HiddenField()

    def read_upload(self) -> bool:
        """Puts an uploaded table into the text; false, with the error at the field, for a file that is none."""
        data = self.table.data
        if not data or isinstance(data, str):
            return True
        try:
            table = tables.read_table(data.read(), data.filename or "")
        except Refused as refusal:
            self.table.errors = [str(refusal)]
            return False
        rows = [table.header, *(cells for _line, cells in table.rows)]
        self.text.data = forms.clean_text("\n".join("\t".join(" ".join(c.split()) for c in cells) for cells in rows))
        return True


def short(words: str) -> str:
    """A name for a field that belongs to words: it stays the same when other lines are changed."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def digest(text: str, columns: Mapping[str, int]) -> str:
    """What was shown, so that nothing is stored that was changed after it was looked at."""
    return short(f"{text}\n{sorted(columns.items())}")


def with_columns(header: Sequence[str], width: int, guessed: Mapping[str, int]) -> dict[str, Any]:
    """A choice of column for each field of a line."""
    names = [(-1, i18n._("is not in the table"))]
    for place in range(width):
        name = header[place] if place < len(header) else ""
        names.append((place, name or i18n._("Column %(number)s", number=place + 1)))
    return {
        f"column_{key}": SelectField(label, coerce=int, choices=forms.options(names), default=guessed.get(key, -1))
        for key, label in rules_table.FIELDS.items()
    }


def with_rooms(matches: Mapping[str, Match], rooms: Sequence[Known]) -> dict[str, Any]:
    """A question for every room that is not known by this name; what is likeliest is chosen."""
    found = {}
    for typed, match in matches.items():
        if match.certain:
            continue
        likely = [*match.candidates, *(room for room in rooms if room not in match.candidates)]
        choices = [(room.key, room.names[0]) for room in likely]
        label = i18n._("Room “%(name)s”", name=typed)
        default = match.candidates[0].key if match.candidates else ""
        options = forms.options([*choices, ("", i18n._("No room"))])
        found[f"room_{short(typed)}"] = SelectField(label, choices=options, default=default)
    return found


def with_people(matches: Mapping[str, Match]) -> dict[str, Any]:
    """A question for everybody whose name somebody has, or nearly has."""
    found = {}
    for typed, match in matches.items():
        if not match.candidates:
            continue
        choices = [
            (one.key, i18n._("the same person: %(name)s", name=", ".join(filter(None, (one.names[0], one.about)))))
            for one in match.candidates
        ]
        options = forms.options([*choices, (NEW, i18n._("another person of this name"))])
        label = i18n._("Is “%(name)s” somebody we know?", name=typed)
        default = match.certain or (match.candidates[0].key if len(match.candidates) == 1 else NEW)
        found[f"person_{short(typed)}"] = SelectField(label, choices=options, default=default)
    return found


def boxes(entries: Sequence[Entry]) -> dict[int, str]:
    """The name of each line's box, by its number: by what was typed, and where that stands several times which it is."""
    found: dict[int, str] = {}
    times: Counter[str] = Counter()
    for entry in entries:
        times[entry.line.text] += 1
        found[entry.line.number] = f"skip_{short(f'{entry.line.text}{times[entry.line.text]}')}"
    return found


def with_lines(entries: Sequence[Entry]) -> dict[str, Any]:
    """A box for every line, to leave it out."""
    return {
        name: forms.tick(i18n._("Leave out line %(number)s", number=number)) for number, name in boxes(entries).items()
    }
