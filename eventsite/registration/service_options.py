"""Places of limited answers (a lunch, an excursion): held by whoever has registered, never given twice.

Whoever is registered holds what was chosen, also while a confirmation is missing or on the waiting list: nobody moves
up into a meeting whose excursion is gone. It is free again when the registration ends or the answer changes.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, select

from eventsite.core.db import transaction
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.core.i18n import local
from eventsite.registration.models import Answer, OptionCount, OptionHold, QuestionVersion, Registration
from eventsite.registration.rules import LIVE

Option = tuple[int, str]  # question and key of the answer
MAY_BE_LIMITED = ("single", "multiple")


class SoldOut(Refused):
    """An answer whose places are all taken; `question_id` says at which question."""

    def __init__(self, question_id: int, key: str, label: str) -> None:
        super().__init__(_l("“%(choice)s” is fully booked. Please choose something else.", choice=label))
        self.question_id, self.key = question_id, key


def _counts(event_id: int) -> dict[Option, OptionCount]:
    with transaction() as session:
        query = select(OptionCount).where(OptionCount.event_id == event_id)
        found = session.scalars(query.execution_options(populate_existing=True))
        return {(one.question_id, one.option_key): one for one in found}


def _held(registration_id: int) -> set[Option]:
    with transaction() as session:
        query = select(OptionHold.question_id, OptionHold.option_key)
        return {(row[0], row[1]) for row in session.execute(query.where(OptionHold.registration_id == registration_id))}


def chosen(value: Any) -> list[str]:
    """The keys somebody chose, of a stored answer to a question with one or several answers."""
    if isinstance(value, str):
        return [value] if value else []
    return [str(key) for key in value] if isinstance(value, list) else []


def _wanted(registration_id: int, limited: Collection[Option]) -> set[Option]:
    with transaction() as session:
        query = select(Answer.question_id, Answer.value).where(Answer.registration_id == registration_id)
        return {(row[0], key) for row in session.execute(query) for key in chosen(row[1])} & set(limited)


def hold(registration: Registration) -> None:
    """Holds what somebody has chosen and frees what is chosen no more; raises SoldOut where nothing is left.

    The caller holds the event's lock and has stored the answers; nothing is held for an ended registration.
    """
    with transaction() as session:
        session.flush()
        counts = _counts(registration.event_id)
        if not counts:
            return
        held = _held(registration.id)
        wanted = _wanted(registration.id, counts) if registration.status in LIVE else set()
        for option in sorted(held - wanted):
            _let_go(registration.id, option, counts.get(option))
        for option in sorted(wanted - held):
            if counts[option].taken >= counts[option].places:
                raise SoldOut(*option, _label(option))
            counts[option].taken += 1
            session.add(OptionHold(registration_id=registration.id, question_id=option[0], option_key=option[1]))
        session.flush()


def hold_what_is_left(registration: Registration) -> list[str]:
    """Holds again what somebody had chosen; what is gone is taken out of the answer, and told by its name."""
    lost: list[str] = []
    while True:
        try:
            with transaction():
                hold(registration)
            return lost
        except SoldOut as gone:
            lost.append(_label((gone.question_id, gone.key)))
            _drop(registration.id, gone)


def _drop(registration_id: int, gone: SoldOut) -> None:
    with transaction() as session:
        query = select(Answer).where(Answer.registration_id == registration_id, Answer.question_id == gone.question_id)
        answer = session.scalars(query).one()
        left = [key for key in chosen(answer.value) if key != gone.key]
        if left:
            answer.value = left
        else:
            session.delete(answer)
        session.flush()


def free(registration_id: int) -> None:
    """Frees everything a registration holds; the caller holds the event's lock."""
    with transaction() as session:
        for option in sorted(_held(registration_id)):
            _let_go(registration_id, option, session.get(OptionCount, option, populate_existing=True))
        session.flush()


def _let_go(registration_id: int, option: Option, count: OptionCount | None) -> None:
    with transaction() as session:
        key = {"registration_id": registration_id, "question_id": option[0], "option_key": option[1]}
        session.execute(delete(OptionHold).filter_by(**key))
        if count is not None:
            count.taken -= 1


def _label(option: Option) -> str:
    with transaction() as session:
        query = select(QuestionVersion.options).where(QuestionVersion.question_id == option[0])
        options = session.scalars(query.order_by(QuestionVersion.number.desc()).limit(1)).one()
        return next((local(one["label"]) for one in options or [] if str(one["key"]) == option[1]), option[1])


def follow(event_id: int, question_id: int, kind: str, options: Collection[Any]) -> None:
    """Keeps count of the limited answers of a question's newest version; the caller holds the event's lock.

    Whoever chose an answer before it was limited holds it, even where that is more than there are places now.
    """
    limits = {str(one["key"]): int(one["places"]) for one in options if one.get("places") is not None}
    if kind not in MAY_BE_LIMITED:
        limits = {}
    with transaction() as session:
        known = {one[1]: count for one, count in _counts(event_id).items() if one[0] == question_id}
        for key in known.keys() - limits.keys():
            session.execute(
                delete(OptionHold).where(OptionHold.question_id == question_id, OptionHold.option_key == key)
            )
            session.delete(known[key])
        for key, places in limits.items():
            if key in known:
                known[key].places = places
            else:
                _count_anew(event_id, question_id, key, places)
        session.flush()


def _count_anew(event_id: int, question_id: int, key: str, places: int) -> None:
    with transaction() as session:
        query = (
            select(Answer.registration_id, Answer.value)
            .join(Registration, Registration.id == Answer.registration_id)
            .where(Answer.question_id == question_id, Registration.status.in_([str(one) for one in LIVE]))
        )
        holders = [row[0] for row in session.execute(query) if key in chosen(row[1])]
        count = OptionCount(event_id=event_id, question_id=question_id, option_key=key, places=places)
        count.taken = len(holders)
        session.add(count)
        session.flush()
        session.add_all(OptionHold(registration_id=one, question_id=question_id, option_key=key) for one in holders)
        session.flush()
