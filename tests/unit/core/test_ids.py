"""Secret links: derived, purpose-bound, revocable by generation."""

import pytest

from eventsite.core import ids


@pytest.fixture(autouse=True)
def _key() -> None:
    ids.configure("a key")


def test_token_is_the_same_each_time() -> None:
    assert ids.link_token("registration", "abc", 1) == ids.link_token("registration", "abc", 1)


@pytest.mark.parametrize(
    ("purpose", "public_id", "generation"),
    [("calendar", "abc", 1), ("registration", "abd", 1), ("registration", "abc", 2)],
)
def test_proof_of_another_link_is_refused(purpose: str, public_id: str, generation: int) -> None:
    _, proof = ids.split_token(ids.link_token("registration", "abc", 1)) or ("", "")
    assert not ids.is_valid_proof(proof, purpose, public_id, generation)
    assert ids.is_valid_proof(proof, "registration", "abc", 1)


def test_proof_of_another_key_is_refused() -> None:
    _, proof = ids.split_token(ids.link_token("registration", "abc", 1)) or ("", "")
    ids.configure("another key")
    assert not ids.is_valid_proof(proof, "registration", "abc", 1)


@pytest.mark.parametrize("token", ["", "abc", "-", "äbc-x", "a b-c", "../x-y", "a" * 90 + "-b", "\x00-x"])
def test_text_without_the_shape_of_a_token_is_none(token: str) -> None:
    assert ids.split_token(token) is None


def test_proof_with_other_letters_does_not_raise() -> None:
    assert not ids.is_valid_proof("ünïcode", "registration", "abc", 1)


def test_public_ids_hold_no_letters_that_look_alike() -> None:
    assert set("".join(ids.new_public_id() for _ in range(200))) <= set("23456789abcdefghjkmnpqrstuvwxyz")
