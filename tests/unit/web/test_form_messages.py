"""WTForms says nothing in its own words: each of its sentences has ours."""

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

import wtforms.fields.choices
import wtforms.fields.datetime
import wtforms.fields.numeric
import wtforms.validators
from wtforms import IntegerField, SelectMultipleField
from wtforms.fields import SelectChoice

from eventsite.core import i18n
from eventsite.web.form_messages import OWN, own_words
from eventsite.web.forms import PartForm

MODULES = [wtforms.validators, wtforms.fields.choices, wtforms.fields.datetime, wtforms.fields.numeric]
# Mistakes of the programmer, and what Flask-WTF says of a file.
NOT_SHOWN = {"Choices cannot be None.", "Invalid field name '%s'."}
OF_FLASK_WTF = {"File does not have an approved extension."}


def sentences(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.endswith("gettext"):
            yield from (a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str))


def test_every_sentence_of_wtforms_has_our_words() -> None:
    said = {sentence for module in MODULES for sentence in sentences(module)}
    assert set(OWN) == (said - NOT_SHOWN) | OF_FLASK_WTF


def test_own_words_follow_the_language() -> None:
    with i18n.use_language("de"):
        assert own_words("This field is required.") == "Bitte füllen Sie dieses Feld aus."
    with i18n.use_language("en"):
        assert own_words("This field is required.") == "Please fill in this field."


class _Sheet(PartForm):
    seats = IntegerField("Seats")
    rooms = SelectMultipleField("Rooms", choices=[SelectChoice("a", "A"), SelectChoice("b", "B")])


class _Typed(dict):
    def getlist(self, name: str) -> list[str]:
        return self[name]


def errors_of(**typed: list[str]) -> dict:
    with i18n.use_language("de"):
        form = _Sheet(_Typed(typed))
        form.validate()
        return form.errors


def test_bad_number_is_told_in_german() -> None:
    assert errors_of(seats=["many"])["seats"] == ["Bitte geben Sie eine ganze Zahl in Ziffern ein."]


def test_one_foreign_choice_is_told_in_german() -> None:
    assert errors_of(rooms=["c"])["rooms"] == ["„c“ steht nicht zur Auswahl. Bitte wählen Sie noch einmal."]


def test_two_foreign_choices_are_told_in_german() -> None:
    assert errors_of(rooms=["c", "d"])["rooms"] == [
        "Einiges davon steht nicht zur Auswahl. Bitte wählen Sie noch einmal."
    ]
