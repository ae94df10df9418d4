"""Roles, addresses and the order of names."""

import pytest

from eventsite.people import rules


@pytest.mark.parametrize("permission", rules.PERMISSIONS)
def test_owner_and_organiser_may_everything(permission: str) -> None:
    assert rules.may(None, permission, is_owner=True)
    assert rules.may("organiser", permission, is_owner=False)
    assert not rules.may(None, permission, is_owner=False)


def test_helper_sees_names_and_notes_presence_only() -> None:
    allowed = {p for p in rules.PERMISSIONS if rules.may("helper", p, is_owner=False)}
    assert allowed == {"event.view", "registrations.view", "checkin.note"}


def test_unknown_permission_is_an_error_even_for_owners() -> None:
    with pytest.raises(KeyError):
        rules.may("organiser", "registrations.veiw", is_owner=True)


@pytest.mark.parametrize(
    ("one", "other"), [("Anna@Example.org", " anna@example.org "), ("straße@example.org", "STRASSE@example.org")]
)
def test_same_address_has_the_same_key(one: str, other: str) -> None:
    assert rules.email_key(one) == rules.email_key(other)


def test_names_are_filed_as_readers_look_for_them() -> None:
    names = ["Mara Zimmer", "Jan Öztürk", "Åsa Östberg", "Eva Ağaoğlu", "Tom Abel", "Uğur Ilgaz", "Rolf Łuczak", "Cher"]
    assert sorted(names, key=rules.filing_name) == [
        "Tom Abel",
        "Eva Ağaoğlu",
        "Cher",
        "Uğur Ilgaz",
        "Rolf Łuczak",
        "Åsa Östberg",
        "Jan Öztürk",
        "Mara Zimmer",
    ]
