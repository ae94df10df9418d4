"""Whatever accent an event chooses, text on it and in it can be read in both themes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.events import colours

hexadecimal = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def worst(colour: str, grounds: tuple[str, ...]) -> float:
    return min(colours.contrast(colour, ground) for ground in grounds)


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(colours.contrast(one, other), 2) == ratio


def test_good_accent_stays_as_it_is() -> None:
    assert colours.themes("#0B5A6B")[0] == "#0b5a6b"


@given(hexadecimal)
def test_every_accent_can_be_read(accent: str) -> None:
    light, dark = colours.themes(accent)
    assert worst(light, colours.LIGHT) >= 4.5
    assert worst(dark, colours.DARK) >= 4.5


@pytest.mark.parametrize("accent", ["", "red", "#fff", "#12345g", "#0b5a6b;}body{", None])
def test_bad_accent_becomes_the_usual_one(accent: str) -> None:
    assert colours.themes(accent) == colours.themes(colours.DEFAULT)


def test_stylesheet_sets_both_properties() -> None:
    light, dark = colours.themes("#9b3a24")
    assert colours.stylesheet("#9b3a24") == f":root{{--accent:{light};--accent-dark:{dark}}}\n"
