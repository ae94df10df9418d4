"""An unknown address costs the same work as a known one, so that time does not tell who has an account."""

import argon2

from eventsite.people import service


def test_stand_in_hash_asks_for_the_same_work() -> None:
    stand_in = argon2.extract_parameters(service._NOBODYS)
    assert stand_in == argon2.extract_parameters(service._hasher().hash("a password of somebody"))
