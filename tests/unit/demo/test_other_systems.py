"""The county tells two systems, one of which is gone, and forgot one upload."""

from __future__ import annotations

from django.db import transaction

from anwang.access.models import Account
from anwang.access.viewer import viewer_for
from anwang.systems.events import Going
from anwang.systems.models import Outgoing
from anwang.systems.queries.inbox import inbox
from anwang.systems.queries.outbox import dead_messages, endpoints
from anwang.uploads.queries import lateness, uploads


def _become(name: str):
    return viewer_for(Account.objects.get(username=name).worker_id)


def test_has_a_file_that_fares_well_and_an_address_that_is_gone(county: str) -> None:
    with transaction.atomic():
        admin = _become("yu")
        found = {line.kind: line for line in endpoints(admin)}
        (dead,) = dead_messages(admin)
        (gap,) = inbox(admin).gaps
    assert len(found) == 2
    assert sum(line.failing_since is not None for line in found.values()) == 1
    assert dead.tries == 12
    assert (gap.first, gap.last) == (2, 3)
    assert Outgoing.objects.filter(state=Going.GIVEN_UP).count() == 0


def test_forgot_one_upload(county: str) -> None:
    with transaction.atomic():
        found = uploads(_become("fang"), "late")
        months = lateness(_become("fang"))
    assert (found.late, found.failed) == (1, 1)
    assert found.done
    assert sum(month.overdue for month in months) == 1
