"""What the organisers of the next meeting tried on their board and took back, so that its steps can be seen."""

from datetime import timedelta

from eventsite.core import clock
from eventsite.demo.build_event import Built
from eventsite.demo.start import EMAIL
from eventsite.people import queries as people
from eventsite.programme import queries, queries_drafts, service, service_undo


def try_out(built: Built, ago: timedelta) -> None:
    """A longer tea break, thought better of; the draft is as it was before."""
    account = people.find_account(EMAIL)
    if account is None:
        return
    actor, now = account.public_id, clock.now()
    tea = [item for item in queries.items(built.event_id) if item.kind == "break"][-1]
    tea_id, ends_at = tea.id, tea.ends_at
    with clock.freeze(now - ago):
        service.change_item(tea_id, actor=actor, ends_at=ends_at + timedelta(minutes=10))
    with clock.freeze(now - ago + timedelta(minutes=12)):
        step = queries_drafts.steps(built.event_id, most=1)[0]
        service_undo.undo(built.event_id, step.uid, actor=actor)
