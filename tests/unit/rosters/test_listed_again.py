"""A child listed again while in an open case: the worker of the case is told, once for each row, and decides."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.cases.actions import NewSubject, Sight, Told, decide_listing, join_report, open_case, record_contact
from anwang.cases.models import CaseSubject, JoinedReport, Note
from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.foundation.national_id import make_test_id
from anwang.intake.actions import receive_report
from anwang.intake.incoming import PersonIn, ReportIn
from anwang.matters.actions import end_matter
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.rosters.actions import take_on
from anwang.rosters.models import RosterRow
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child

pytestmark = pytest.mark.django_db
ROW = child(1, 姓名="謝小晴", 身分證號=make_test_id("W", 2, 90))
RULE = "case.listed_again"


@pytest.fixture
def case(world, importer) -> UUID:
    """Her case, with a worker, a day after she was on a first list; the report itself has ended."""
    bring(importer, [ROW])
    take_on(by=service_viewer("rosters"))
    by, now = world.viewer("screener"), clock.now()
    row = RosterRow.objects.get()
    found = open_case(
        kind="vulnerable_family", county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=now, report_id=row.report_id,
        subjects=[NewSubject(row.person_id, "child")], by=by,
        facts={"received_at": now, "known_at": now, "has_child": "yes"},
    )  # fmt: skip
    end_matter(matter_id=row.report_id, how="decided", at=now, by=by)
    return found.id


def listed(at, sender: str = "河岬衛生所", days: int = 1) -> RosterRow:
    at(clock.now() + timedelta(days=days))
    file = bring(service_viewer("rosters"), [ROW], sender=sender).file
    take_on(by=service_viewer("rosters"))
    return RosterRow.objects.get(file=file)


def owed(case: UUID) -> list[Duty]:
    return list(Duty.objects.filter(matter_id=case, rule_id=RULE).order_by("recorded_at"))


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def test_rings_the_worker_of_the_open_case(world, case, at) -> None:
    row = listed(at)
    assert row.taken == "joined"
    (duty,) = owed(case)
    assert (duty.state, duty.worker_id) == ("open", world.workers["worker"])
    page = as_("worker").get("/today").content.decode()
    assert "在案期間又列入名冊之處理" in page
    assert f"/today/duties/{duty.id}" in page
    of_case = as_("worker").get(f"/cases/{Matter.objects.get(id=case).number}").content.decode()
    assert f"/today/duties/{duty.id}" in of_case
    assert "又列入名冊" in of_case


def test_makes_an_earlier_sight_insufficient_for_ending(world, case, at) -> None:
    row = listed(at)
    world.viewer("worker")
    assert CaseSubject.objects.get(matter_id=case).must_see_after == row.file.received_at


def test_each_row_is_news_once(world, case, at) -> None:
    listed(at)
    take_on(by=service_viewer("rosters"))
    listed(at, sender="別的衛生所")
    assert len(owed(case)) == 1, "nothing is asked twice while it waits"
    world.viewer("worker")
    assert JoinedReport.objects.filter(matter_id=case, as_what="listed").count() == 2


@pytest.mark.parametrize("decision", ["step", "keep"])
def test_a_decision_with_a_note_acknowledges_it(world, case, at, decision: str) -> None:
    listed(at)
    (duty,) = owed(case)
    client, path = as_("worker"), f"/today/duties/{duty.id}"
    assert "看過名冊之後，接下來怎麼做？" in client.get(path).content.decode()
    assert client.post(f"{path}/review", {"routine-decision": decision}).status_code == 422
    given = {"routine-decision": decision, "routine-note": "已預約接種。"}
    if decision == "step":
        given |= {"routine-code": "visit", "routine-due_at_day": "115/4/9", "routine-due_at_time": "10:00"}
    assert client.post(f"{path}/review", given).status_code == 302
    assert [one.state for one in owed(case)] == ["done"]
    assert Duty.objects.filter(open_of=case, rule_id="manual.visit").exists() is (decision == "step")
    world.viewer("worker")
    assert Note.objects.get(matter_id=case).text == "已預約接種。"


def test_rings_again_for_the_next_list_after_a_decision(world, case, at) -> None:
    listed(at)
    given = {"routine-decision": "keep", "routine-note": "已預約接種。"}
    as_("worker").post(f"/today/duties/{owed(case)[0].id}/review", given)
    listed(at, sender="別的衛生所")
    assert [one.state for one in owed(case)] == ["done", "open"]


def test_seeing_the_child_answers_it_too(world, case, at) -> None:
    row, now = listed(at), clock.now()
    told = Told("home", "met", now, ended_at=now, summary="在家。", sights=(Sight(row.person_id, "yes"),))
    record_contact(matter_id=case, told=told, by=world.viewer("worker"))
    assert [one.state for one in owed(case)] == ["done"]


def test_nobody_else_decides(world, case, at) -> None:
    listed(at)
    with pytest.raises(Refused):
        decide_listing(case_id=case, decision="keep", by=world.viewer("adult_worker"), at=clock.now())


def test_rings_where_her_report_joined_a_case_of_another(world, importer, at) -> None:
    bring(importer, [ROW])
    take_on(by=service_viewer("rosters"))
    by, now = world.viewer("screener"), clock.now()
    row = RosterRow.objects.get()
    told = ReportIn(received_at=now, channel="phone", narrative="鄰居來電", kinds=("vulnerable_family",),
                    persons=(PersonIn(role="child", person_id=row.person_id),))  # fmt: skip
    first = receive_report(report=told, by=by)
    case = open_case(
        kind="vulnerable_family", county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=now, report_id=first.id,
        subjects=[NewSubject(row.person_id, "child")], by=by,
        facts={"received_at": now, "known_at": now, "has_child": "yes"},
    )  # fmt: skip
    join_report(case_id=case.id, report_id=row.report_id, as_what="new_event", at=now, by=by)
    end_matter(matter_id=row.report_id, how="decided", at=now, by=by)
    assert listed(at).taken == "joined"
    assert [duty.state for duty in owed(case.id)] == ["open"]
