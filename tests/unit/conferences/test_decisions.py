"""What was decided: tracked as a matter, reported with evidence, ruled on by another; effect by what is done."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from anwang.conferences import actions, queries
from anwang.conferences.models import Decision, DecisionReport
from anwang.directory.models import Contract
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty, Matter
from anwang.matters.verify import verify
from tests.unit.cases.office import Office
from tests.unit.conferences.table import DUE, Table, decided, held, laid
from tests.world import SINCE


@pytest.fixture
def table(office: Office) -> Table:
    found = laid(office)
    held(found)
    return found


def reported(table: Table, decision: Decision, who: str = "adult_worker", proposes: str = "released") -> DecisionReport:
    return actions.report_decision(
        decision_id=decision.id, words="計畫已訂", evidence="訪視3月20日", proposes=proposes,
        by=table.office.be(who), at=clock.now(),
    )  # fmt: skip


def ruled(table: Table, decision: Decision, who: str = "adult_supervisor", **given: object) -> None:
    told = actions.Ruled(**{"state": "released", **given})  # type: ignore[arg-type]
    actions.rule(decision_id=decision.id, ruled=told, by=table.office.be(who), at=clock.now())


def open_duties(matter_id: UUID | None) -> list[str]:
    return sorted(Duty.objects.filter(open_of=matter_id).values_list("rule_id", flat=True))


def test_owes_a_report_by_the_end_of_the_day_the_meeting_set(table: Table) -> None:
    decision = decided(table)
    duty = Duty.objects.get(open_of=decision.task_id)
    assert duty.rule_id == "decision.report"
    assert clock.local(duty.due_at) == clock.local(duty.due_at).replace(hour=0, minute=0)
    assert clock.local(duty.due_at).date() == DUE + timedelta(days=1)
    task = Matter.objects.get(id=decision.task_id)
    assert (task.accountable_id, task.acting_worker_id) == (
        table.office.units["adult"], table.office.workers["adult_worker"],
    )  # fmt: skip


def test_tracks_only_what_has_a_unit_and_a_day(table: Table) -> None:
    noted = decided(table, "洽悉", unit_id=None, worker_id=None, due_on=None, number="二")
    assert (noted.state, noted.task_id) == ("noted", None)
    with pytest.raises(BadInput):
        decided(table, due_on=None)
    with pytest.raises(BadInput):
        decided(table, due_on=date(2026, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(id=noted.id).update(state="tracked")


def test_goes_to_the_window_of_a_unit_without_accounts_and_is_reported_by_proxy(table: Table) -> None:
    decision = decided(table, unit_id=table.office.units["health"], worker_id=None)
    task = Matter.objects.get(id=decision.task_id)
    assert task.acting_desk_id is not None
    with pytest.raises(NotFound):
        reported(table, decision, "police")
    reported(table, decision, "worker2")
    assert open_duties(task.id) == ["decision.ruling"]


def test_lets_the_authority_of_its_contract_answer_for_what_an_ngo_does(table: Table) -> None:
    office = table.office
    given = {"unit_id": office.units["ngo"], "worker_id": office.workers["ngo_worker"]}
    with pytest.raises(Refused, match="委託契約"), transaction.atomic():
        decided(table, **given)
    Contract.objects.create(
        number="委115-001", authority_id=office.units["adult"], ngo_id=office.units["ngo"], service="後續服務", posts=1,
        starts_at=SINCE, ends_at=clock.now() + timedelta(days=365),
    )  # fmt: skip
    task = Matter.objects.get(id=decided(table, **given).task_id)
    assert (task.acting_unit_id, task.accountable_id) == (office.units["ngo"], office.units["adult"])


REPORTS = [("adult_worker", True), ("adult_supervisor", True), ("welfare_worker", False), ("police", False)]


@pytest.mark.parametrize(("who", "may"), REPORTS)
def test_is_reported_by_whoever_carries_it_out(table: Table, who: str, may: bool) -> None:
    decision = decided(table)
    if may:
        reported(table, decision, who)
        assert open_duties(decision.task_id) == ["decision.ruling"]
    else:
        with pytest.raises((Refused, NotFound)):
            reported(table, decision, who)


RULES = [("adult_supervisor", True), ("worker2", True), ("supervisor", True), ("adult_worker", False)]


@pytest.mark.parametrize(("who", "may"), RULES)
def test_is_ruled_on_by_chair_recorder_or_convening_supervisor(table: Table, who: str, may: bool) -> None:
    decision = decided(table)
    reported(table, decision)
    if may:
        ruled(table, decision, who)
        assert Decision.objects.get(id=decision.id).state == "released"
    else:
        with pytest.raises(Refused):
            ruled(table, decision, who)


def test_lets_nobody_rule_on_what_he_carries_out_himself(table: Table) -> None:
    decision = decided(table, unit_id=table.office.units["protection"], worker_id=table.office.workers["worker2"])
    reported(table, decision, "worker2")
    with pytest.raises(Refused, match="別人裁示"):
        ruled(table, decision, "worker2")


def test_releases_nothing_without_a_report_and_its_evidence(table: Table) -> None:
    decision = decided(table)
    with pytest.raises(Refused):
        ruled(table, decision)
    with pytest.raises(BadInput):
        actions.report_decision(decision_id=decision.id, words="好了", evidence=" ", proposes="released",
                                by=table.office.be("adult_worker"), at=clock.now())  # fmt: skip


def test_goes_on_until_another_day_for_a_reason(table: Table) -> None:
    decision = decided(table)
    reported(table, decision, proposes="continued")
    with pytest.raises(BadInput):
        ruled(table, decision, state="continued", next_on=date(2026, 4, 30))
    ruled(table, decision, state="continued", because="還缺保護令", next_on=date(2026, 4, 30))
    assert open_duties(decision.task_id) == ["decision.report"]
    assert Decision.objects.get(id=decision.id).due_on == date(2026, 4, 30)


def test_makes_a_condition_a_decision_below_it(table: Table) -> None:
    decision = decided(table)
    reported(table, decision)
    ruled(table, decision, state="condition", condition="半年後再確認", next_on=date(2026, 9, 30))
    below = Decision.objects.get(parent=decision)
    assert (below.level, below.state, below.text) == (2, "tracked", "半年後再確認")
    assert open_duties(below.task_id) == ["decision.report"]
    assert Matter.objects.get(id=decision.task_id).ended_how == "condition"
    table.office.be("adult_worker")
    assert Decision.objects.filter(parent=decision).exists()


def test_is_ruled_on_once(table: Table) -> None:
    decision = decided(table)
    reported(table, decision)
    ruled(table, decision)
    with pytest.raises(Conflict):
        ruled(table, decision)


def test_nests_below_a_decision_of_the_same_side_only(table: Table) -> None:
    first = decided(table)
    decided(table, "子項", number="（一）", parent_id=first.id)
    with pytest.raises(BadInput):
        decided(table, "子項", number="（一）", parent_id=first.id, part_id=table.his_part)


def test_counts_what_was_done_and_not_the_sessions(table: Table) -> None:
    one, two = decided(table), decided(table, "第二項", number="二", due_on=date(2026, 3, 20))
    reported(table, one)
    ruled(table, one)
    table.office.hands.advance(timedelta(days=3))
    found = queries.effect(table.office.be("worker2"), date(2026, 1, 1), date(2026, 12, 31))
    assert (found.made, found.done, found.in_time, found.late, found.share) == (2, 1, 1, 1, 50)
    assert found.sessions == 1
    assert queries.effect(table.office.be("nurse"), date(2026, 1, 1), date(2026, 12, 31)).made == 0
    assert two.task_id is not None


def test_keeps_every_promise_of_the_kernel(table: Table) -> None:
    decision = decided(table)
    reported(table, decision)
    ruled(table, decision, state="condition", condition="半年後再確認", next_on=date(2026, 9, 30))
    assert verify() == []
