"""The county tells two systems, one of which is gone, and forgot one upload."""

from __future__ import annotations

from django.db import transaction

from anwang.access.models import Account
from anwang.access.viewer import viewer_for
from anwang.demo.beats import taipei
from anwang.intake.queries.replies import replies_owed
from anwang.systems.events import Going
from anwang.systems.models import Outgoing
from anwang.systems.queries.inbox import inbox
from anwang.systems.queries.outbox import dead_messages, endpoints
from anwang.uploads.queries import lateness, uploads
from tests.unit.demo.conftest import Owner


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


def test_owes_its_screener_the_reply_to_somebody_who_had_to_report(county: str) -> None:
    with transaction.atomic():
        found = replies_owed(_become("du"))
    (line,) = found.rows
    assert (line.due_at, line.who, line.may_answer) == (taipei("2026-05-01 00:00"), "杜婉婷", True)


def test_has_a_report_of_the_public_form_with_a_receipt_that_waits(county: Owner) -> None:
    row = county.execute(
        "SELECT m.county, r.was_decided, u.code FROM intake_report r JOIN matters_matter m ON m.id = r.id"
        " JOIN directory_unit u ON u.id = m.acting_unit_id JOIN intake_receipt c ON c.report_id = r.id"
        " WHERE r.channel = 'public_form' AND m.ended_at IS NULL"
    ).fetchall()
    assert row == [("99001", False, "wc-intake")]
