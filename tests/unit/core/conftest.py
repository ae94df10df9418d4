"""The instruments are tested in the words of the code: without a catalogue between."""

from collections.abc import Iterator

import pytest

from eventsite.core import i18n


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with i18n.use_language("en"):
        yield
