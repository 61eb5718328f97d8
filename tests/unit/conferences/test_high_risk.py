"""Listing as high risk by rule or judgement; off the list by a later test and a decision."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from anwang.conferences import actions
from anwang.conferences.models import HighRisk, Proposal
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters.actions import end_matter
from anwang.matters.models import Duty
from tests.unit.cases.office import Office
from tests.unit.conferences import table as at_hand
from tests.unit.conferences.table import decided, held, her_case, his_case, laid


def listed(office: Office, case_id: UUID, who: str = "adult_worker", **given: object) -> HighRisk:
    told: dict[str, object] = {
        "person_id": office.mother, "ground": "rule", "because": "回報高危險", "danger_result": "high",
        "applies": "yes", "danger_now": "no", "to_unit_id": office.units["protection"],
    }  # fmt: skip
    return actions.list_high_risk(
        matter_id=case_id, listed=actions.Listed(**{**told, **given}), by=office.be(who), at=clock.now(),
    )  # fmt: skip


def ended(office: Office, row: HighRisk, **given: object) -> None:
    told: dict[str, object] = {"how": "lower", "because": "暴力停止三個月"}
    actions.end_high_risk(
        listing_id=row.id, ended=actions.Ended(**{**told, **given}), by=office.be("adult_worker"), at=clock.now()  # type: ignore[arg-type]
    )  # fmt: skip


def test_lists_by_rule_and_brings_the_case_to_the_meeting(office: Office) -> None:
    case = her_case(office)
    row = listed(office, case.id)
    assert (row.outcome, row.rule_id) == ("list", "high_risk.listing")
    assert Duty.objects.filter(open_of=case.id, rule_id="high_risk.meeting").exists()
    proposal = Proposal.objects.get()
    assert (proposal.origin, proposal.is_standing, proposal.sort) == ("listed", True, "high_risk")


BY = [
    # ground, result, form valid for her, danger now, may be listed so
    ("rule", "high", "yes", "no", True),
    ("rule", "high", "no", "no", False),
    ("rule", "attention", "yes", "no", False),
    ("rule", "potential", "yes", "yes", True),
    ("rule", "", "", "no", False),
    ("her_fear", "potential", "yes", "no", True),
    ("worse", "", "", "", True),
]


@pytest.mark.parametrize(("ground", "result", "applies", "now", "may"), BY)
def test_takes_the_rule_as_the_rule_and_judgement_as_judgement(
    office: Office, ground: str, result: str, applies: str, now: str, may: bool
) -> None:
    case = her_case(office)
    given = {"ground": ground, "danger_result": result, "applies": applies, "danger_now": now}
    if may:
        assert listed(office, case.id, **given).ground == ground
    else:
        with pytest.raises(BadInput):
            listed(office, case.id, **given)


def test_hangs_on_her_case_and_needs_a_reason(office: Office) -> None:
    with pytest.raises(Refused):
        listed(office, his_case(office).id, "welfare_worker", person_id=office.father)
    case = her_case(office)
    with pytest.raises(BadInput):
        listed(office, case.id, because=" ")
    with pytest.raises(Refused):
        listed(office, case.id, "welfare_worker")


def test_is_listed_once(office: Office) -> None:
    case = her_case(office)
    listed(office, case.id)
    with pytest.raises(Conflict):
        listed(office, case.id)


def test_stands_again_on_every_agenda_until_it_ends(office: Office) -> None:
    case = her_case(office)
    listed(office, case.id)
    meeting = at_hand.called(office)
    standing = Proposal.objects.get()
    by = office.be("worker2")
    actions.take_proposal(meeting_id=meeting.id, proposal_id=standing.id, by=by, at=clock.now())
    assert Proposal.objects.get().ended_at is None
    with pytest.raises(Conflict):
        actions.withdraw_proposal(proposal_id=standing.id, by=office.be("adult_worker"), at=clock.now())


def test_counts_as_discussed_when_the_meeting_was_held(office: Office) -> None:
    table = laid(office)
    office.be("adult_worker")
    listed(office, table.hers.id)
    first = Duty.objects.get(open_of=table.hers.id, rule_id="high_risk.meeting")
    held(table)
    second = Duty.objects.get(open_of=table.hers.id, rule_id="high_risk.meeting")
    assert second.id != first.id
    assert second.due_at > first.due_at


def test_does_not_let_the_case_end_while_it_stands(office: Office) -> None:
    case = her_case(office)
    listed(office, case.id)
    with pytest.raises(IntegrityError, match="case_does_not_end_while_listed"), transaction.atomic():
        end_matter(matter_id=case.id, how="closed", at=clock.now(), by=office.be("adult_worker"))


def test_needs_a_test_after_the_listing_and_a_decision_about_this_case(office: Office) -> None:
    table = laid(office)
    early = at_hand.reported_danger(office, table.hers.id)
    office.hands.advance(timedelta(minutes=5))
    row = listed(office, table.hers.id)
    held(table)
    right, wrong = decided(table), decided(table, part_id=table.his_part, unit_id=office.units["welfare"],
                                           worker_id=None, number="二")  # fmt: skip
    later = at_hand.reported_danger(office, table.hers.id)
    for test, decision in ((None, right), (early, right), (later, None), (later, wrong)):
        with pytest.raises(Refused):
            ended(office, row, retest_id=test, decision_id=decision.id if decision else None)
    ended(office, row, retest_id=later, decision_id=right.id)
    office.be("adult_worker")
    assert HighRisk.objects.get().ended_how == "lower"
    assert not Duty.objects.filter(open_of=table.hers.id, rule_id="high_risk.meeting").exists()
    assert not Proposal.objects.filter(is_standing=True, ended_at=None).exists()
    with pytest.raises(Conflict):
        ended(office, row, retest_id=later, decision_id=right.id)


def test_needs_neither_when_she_died(office: Office) -> None:
    case = her_case(office)
    row = listed(office, case.id)
    with pytest.raises(BadInput):
        ended(office, row, how="died", because="")
    ended(office, row, how="died", because="3月10日於醫院")
    office.be("adult_worker")
    assert HighRisk.objects.get().ended_at is not None


def test_is_held_by_the_database_too(office: Office) -> None:
    case = her_case(office)
    row = listed(office, case.id)
    for column in ("delisting_needs_a_later_test", "delisting_needs_a_decision"):
        needs = ("true", "false") if column.endswith("test") else ("false", "true")
        with pytest.raises(IntegrityError, match=column), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE conferences_highrisk SET ended_at = %s, ended_how = 'lower', ended_because = 'x',"
                " needs_retest = %s, needs_decision = %s WHERE id = %s",
                [clock.now(), *needs, row.id],
            )
