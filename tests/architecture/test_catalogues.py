"""Every message of the code has words in every language, with the same placeholders; `./run catalogues` shows the gaps."""

import re

import pytest
from babel.messages.catalog import Catalog

from tools import catalogues

LANGUAGES = catalogues.languages()
PLACEHOLDER = re.compile(r"%\((\w+)\)\w")


def parts(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def different_placeholders(catalogue: Catalog) -> list[str]:
    return [
        words
        for message in catalogue
        if message.id
        for words in parts(message.string)
        if not set(PLACEHOLDER.findall(words))
        <= {name for text in parts(message.id) for name in PLACEHOLDER.findall(text)}
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated(language: str) -> None:
    assert catalogues.untranslated(language, catalogues.collect()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_nothing_unused(language: str) -> None:
    wanted = catalogues.collect()
    unused = [message.id for message in catalogues.read(language) if message.id and wanted.get(message.id) is None]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_use_the_placeholders_they_are_given(language: str) -> None:
    assert different_placeholders(catalogues.read(language)) == []


def copied(catalogue: Catalog) -> list[str]:
    return [str(m.id) for m in catalogue if m.id and len(catalogues.key_of(m).split()) > 2 and m.string == m.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_in_english(language: str) -> None:
    assert copied(catalogues.read(language)) == []


def test_planted_english_sentence_is_found() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("See the form", "See the form")
    assert copied(catalogue) == ["See the form"]


def test_planted_gap_is_found() -> None:
    wanted = catalogues.collect()
    wanted.add("A sentence that no catalogue has")
    assert "A sentence that no catalogue has" in catalogues.untranslated("de", wanted)


def test_planted_placeholder_is_found() -> None:
    catalogue = Catalog(locale="de")
    catalogue.add("Hello %(name)s", "Hallo %(nam)s")
    catalogue.add(("One room", "%(num)s rooms"), ("Ein Raum", "%(num)s Räume"))
    assert different_placeholders(catalogue) == ["Hallo %(nam)s"]
