"""What a profile lacks, how people of one name are told apart, the groups of the public list, links that are addresses."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventsite.core import names
from eventsite.programme import forms, rules_merging, rules_speakers
from eventsite.programme.rules_speakers import BY_NAME, BY_ROLE, FEATURED, MANY


def person(name: str = "Ada", **values: Any) -> Any:
    words = {"organisation": "", "slug": name.lower(), "public_id": name, "portrait_key": None, "biography": {}}
    return SimpleNamespace(name=name, **{**words, **values})


def listed(name: str, **values: Any) -> dict[str, Any]:
    return {"name": name, "sort_name": names.filed(name), "featured": None, "roles": ["speaker"], **values}


def test_lacking_names_each_gap() -> None:
    full = {"portrait_key": "k", "biography": {"de": "a", "en": "b"}, "organisation": "Amt"}
    assert rules_speakers.lacking(person(**full)) == set()
    assert rules_speakers.lacking(person(biography={"de": "a"})) == {"portrait", "biography-en", "organisation"}


def test_people_of_one_name_are_told_apart() -> None:
    people = [
        person("Ada", organisation="Amt"),
        person("Ada", organisation="Stadt"),
        person("Bo"),
        person("Bo", slug="bo-2"),
    ]
    labels = [label for _uid, label in rules_speakers.told_apart(people)]
    assert labels == ["Ada, Amt", "Ada, Stadt", "Bo (bo)", "Bo (bo-2)"]


@given(st.lists(st.tuples(st.sampled_from(["Ada", "Bo"]), st.sampled_from(["", "Amt"])), max_size=8))
def test_no_two_labels_are_the_same(people: list[tuple[str, str]]) -> None:
    rows = [person(name, organisation=amt, slug=f"s{n}") for n, (name, amt) in enumerate(people)]
    labels = [label for _uid, label in rules_speakers.told_apart(rows)]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Dr. Jörg Weiß", "jorg weiss", True), ("Ada Lo", "Lo Ada", False), ("Ada Lo", "Ada Lo-Bo", False)],
)
def test_same_name_but_for_titles_accents_and_case(one: str, other: str, same: bool) -> None:
    assert rules_speakers.is_same_name(one, other) is same


@pytest.mark.parametrize("many", [0, 1, MANY, MANY + 1, 500])
def test_everybody_stands_once_by_name(many: int) -> None:
    people = [listed(f"P {chr(65 + n % 26)}n{n}") for n in range(many)]
    groups = rules_speakers.groups(people, BY_NAME)
    assert sum(len(group["people"]) for group in groups) == many
    assert len(groups) == (1 if many <= MANY else min(many, 26))


def test_featured_stand_first_and_roles_keep_their_order() -> None:
    people = [listed("Ada", roles=["rapporteur", "keynote"]), listed("Bo", featured=1), listed("Cy", featured=0)]
    (group,) = rules_speakers.groups(people, FEATURED)
    assert [one["name"] for one in group["people"]] == ["Cy", "Bo", "Ada"]
    roles = [[one["name"] for one in group["people"]] for group in rules_speakers.groups(people, BY_ROLE)]
    assert roles == [["Ada"], ["Bo", "Cy"], ["Ada"]]


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("https://example.org/a", True), ("http://example.org", True), ("javascript:alert(1)", False),
        ("https://", False), ("https://name:word@example.org", False), ("//example.org", False),
        ("data:text/html,x", False), ("https://[", False), ("ftp://example.org", False),
    ],
)  # fmt: skip
def test_only_web_addresses_are_links(typed: str, good: bool) -> None:
    assert forms.is_web_address(typed) is good
    assert (forms.links_of(typed) != [], forms.wrong_links(typed) == []) == (good, good)


def test_merging_takes_what_the_kept_profile_lacks() -> None:
    values = {"role": {}, "links": [], "person": SimpleNamespace(email=None), "sort_name": "x"}
    portrait = dict.fromkeys(rules_merging.FIELDS["portrait"])
    kept = SimpleNamespace(**portrait, **values, name="Ada", organisation="", biography={"de": ""})
    other = SimpleNamespace(**portrait, **values, name="A. Lo", organisation="Amt", biography={"de": "Text"})
    other.links, other.person = [{"url": "https://a.example", "label": "a"}], SimpleNamespace(email="a@example.org")
    usual = rules_merging.usual(kept, other)
    taken = {"organisation", "biography", "links", "email"}
    assert {name for name, choice in usual.items() if choice == rules_merging.OTHER} == taken
    assert rules_merging.taken(kept, other, usual) == {
        "organisation": "Amt",
        "biography": {"de": "Text"},
        "links": other.links,
    }
