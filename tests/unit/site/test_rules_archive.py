"""The filters of the archive: all of them count together, and each says how many events it would leave."""

from hypothesis import given
from hypothesis import strategies as st

from eventsite.site.rules_archive import FILTERS, Past, facets, matching

PAST = [
    Past(1, "2026", ("Bildung", "Stadt"), "Kassel", "lernorte"),
    Past(2, "2026", ("Stadt",), "Mainz"),
    Past(3, "2025", (), "Kassel", "lernorte"),
    Past(4, "2024", ("Bildung",), "", ""),
]


def ids(**wanted: str) -> list[int]:
    return [one.id for one in matching(PAST, wanted)]


def test_filters_count_together() -> None:
    assert ids() == [1, 2, 3, 4]
    assert ids(year="2026", topic="", place="", series="") == [1, 2]
    assert (ids(year="2026", topic="Bildung"), ids(place="Kassel", series="lernorte")) == ([1], [1, 3])
    assert (ids(year="1999"), ids(topic="Bild"), ids(place="kassel")) == ([], [], [])


def test_facets_say_what_each_choice_would_leave() -> None:
    assert facets(PAST, {}) == {
        "year": [("2026", 2), ("2025", 1), ("2024", 1)],
        "topic": [("Bildung", 2), ("Stadt", 2)],
        "place": [("Kassel", 2), ("Mainz", 1)],
    }
    chosen = facets(PAST, {"place": "Kassel", "year": "2024"})
    assert chosen["year"] == [("2026", 1), ("2025", 1), ("2024", 0)]
    assert chosen["place"] == [("Kassel", 0)]
    assert facets([], {}) == {}


values = st.fixed_dictionaries(
    {name: st.sampled_from(["", "2026", "2025", "Stadt", "Kassel", "lernorte", "x"]) for name in FILTERS}
)


@given(values)
def test_number_of_a_choice_is_what_choosing_it_finds(wanted: dict[str, str]) -> None:
    for name, choices in facets(PAST, wanted).items():
        for value, count in choices:
            assert count == len(matching(PAST, {**wanted, name: value}))
