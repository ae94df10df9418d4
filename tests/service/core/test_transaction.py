"""transaction(): together or not at all, no lost update, revisions rise with what the public sees."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventsite.core import audit
from eventsite.core.audit import AuditRow
from eventsite.core.db import Revision, after_commit, db, revisions, touch, transaction
from tests.conftest import both_databases


def _count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count(AuditRow.id))) or 0


@both_databases
def test_error_inside_stores_nothing(app: Flask) -> None:
    with pytest.raises(ValueError, match="no"), transaction():
        audit.record("one", subject="x")
        with transaction():
            audit.record("two", subject="x")
        raise ValueError("no")
    assert _count() == 0


@both_databases
def test_inner_transaction_joins_the_outer(app: Flask) -> None:
    with transaction():
        with transaction():
            audit.record("inner", subject="x")
        audit.record("outer", subject="x")
    assert _count() == 2


def test_unsaved_changes_outside_are_refused(app: Flask) -> None:
    db.session.add(Revision(scope="site", number=1))
    with pytest.raises(RuntimeError, match="unsaved"), transaction():
        pass


@both_databases
def test_bells_ring_after_the_commit_only(app: Flask) -> None:
    rung: list[int] = []
    with transaction():
        audit.record("one", subject="x")
        after_commit(lambda: rung.append(_count()))
        assert rung == []
    assert rung == [1]


def test_bells_of_a_failed_transaction_stay_silent(app: Flask) -> None:
    rung: list[int] = []
    with pytest.raises(ValueError), transaction():
        after_commit(lambda: rung.append(1))
        raise ValueError
    assert rung == []


@both_databases
def test_touched_scope_has_a_higher_revision(app: Flask) -> None:
    for expected in (1, 2):
        with transaction():
            touch("event:7")
        db.session.rollback()
        assert revisions(["event:7", "site"]) == {"event:7": expected, "site": 0}


@both_databases
def test_concurrent_read_and_write_loses_nothing(app: Flask) -> None:
    with transaction():
        touch("counter")

    def raise_by_one(_: int) -> None:
        with app.app_context():
            with transaction() as session:
                query = select(Revision).where(Revision.scope == "counter").with_for_update()
                row = session.scalars(query.execution_options(populate_existing=True)).one()
                row.number += 1
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(raise_by_one, range(80)))
    db.session.rollback()
    assert revisions(["counter"]) == {"counter": 81}
