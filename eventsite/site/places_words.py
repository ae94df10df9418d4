"""How full an event is, in words for the public: one pool, or on site and online for a hybrid event."""

from collections.abc import Sequence

from eventsite.core.i18n import _, ngettext
from eventsite.registration.rules import Places, Seat


def is_full(places: Sequence[Places]) -> bool:
    """Whether whoever registers now comes onto a waiting list, however they want to take part."""
    return all(one.next_seat is Seat.WAITING for one in places)


def left(places: Sequence[Places]) -> str:
    """How many places are left; empty where there is no limit."""
    if len(places) == 1:
        free = places[0].free
        return "" if free is None else ngettext("One place left.", "%(num)s places left.", free)
    return " ".join(_of_mode(one) for one in places)


def _of_mode(one: Places) -> str:
    is_online = one.modes == ("online",)
    if one.next_seat is Seat.WAITING:
        return _("All places online are taken.") if is_online else _("All places on site are taken.")
    if one.free is None:
        return _("Online there is room for everybody.") if is_online else _("On site there is room for everybody.")
    if is_online:
        return ngettext("Online one place is left.", "Online %(num)s places are left.", one.free)
    return ngettext("On site one place is left.", "On site %(num)s places are left.", one.free)


def before_the_form(places: Sequence[Places]) -> str:
    """How full it is, told before anybody fills in the form."""
    if len(places) > 1 and not is_full(places):
        return left(places)
    if not is_full(places):
        free = places[0].free
        return "" if free is None else ngettext("One place is free.", "%(num)s places are free.", free)
    told = _("All places are taken. With this form you get a position on the waiting list.")
    waiting = sum(one.waiting for one in places)
    if waiting:
        told += " " + ngettext("One person is waiting already.", "%(num)s people are waiting already.", waiting)
    return told


def choice(one: Places) -> str:
    """One way to take part, and how full it is, as an answer to choose."""
    name = _("Online") if one.modes == ("online",) else _("On site")
    if one.next_seat is Seat.WAITING:
        return _("%(mode)s: all places are taken, you come onto the waiting list", mode=name)
    if one.free is None:
        return name
    text = ngettext("%(mode)s: one place is free", "%(mode)s: %(num)s places are free", one.free, mode=name)
    return str(text)
