"""Before he is home: prison, court or hospital tells; whoever works for her calls her; nobody learns of other files."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from anwang.access.actions import involve
from anwang.cases.actions import NewSubject
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState
from anwang.referrals import actions
from anwang.referrals.actions import NoticeIn
from anwang.referrals.models import ReleaseNotice
from tests.unit.cases.office import Office, person

BORN = date(1990, 2, 3)


def her_case(office: Office) -> Case:
    case = office.child_case(
        kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], circle="victim",
        worker="adult_worker", unit="adult",
    )  # fmt: skip
    involve(file_id=case.id, person_id=office.father, circle="other", by=office.be("screener"))
    return case


def told(office: Office, **more: object) -> None:
    home = datetime(2026, 3, 20, 9, tzinfo=clock.TAIPEI)
    given: dict[str, object] = {
        "source": "prison", "from_whom": "望潮監獄 名籍股 (08)000-2500", "who": "陳志豪", "born_on": BORN,
        "received_at": clock.now(), "home_at": home,
    }  # fmt: skip
    actions.take_notice(given=NoticeIn(**(given | more)), by=office.be("screener"))  # type: ignore[arg-type]


def held_by(office: Office, who: str) -> list[ReleaseNotice]:
    office.be(who)
    return list(ReleaseNotice.objects.order_by("id"))


def test_her_worker_must_call_her_before_he_is_home(office: Office) -> None:
    case = her_case(office)
    told(office)
    (notice,) = held_by(office, "adult_worker")
    assert (notice.case_id, notice.as_what) == (case.id, "victim")
    due = dict(Duty.objects.filter(matter_id=notice.id, state=DutyState.OPEN).values_list("rule_id", "due_at"))
    assert set(due) == {"release.tell", "release.before_home"}
    assert due["release.before_home"] == notice.home_at - timedelta(hours=1)
    assert not held_by(office, "screener"), "whoever entered it learns nothing"


def test_a_try_does_not_end_it_and_telling_her_goes_through_the_plan(office: Office) -> None:
    her_case(office)
    told(office)
    (notice,) = held_by(office, "adult_worker")
    by = office.be("adult_worker")
    actions.log_call(notice_id=notice.id, result="not_reached", by=by, at=clock.now())
    assert Matter.objects.get(id=notice.id).ended_at is None
    with pytest.raises(Refused, match="安全計畫"):
        actions.log_call(notice_id=notice.id, result="told", by=by, at=clock.now())
    with pytest.raises(BadInput, match="怎麼查"):
        actions.log_call(notice_id=notice.id, result="whereabouts_unknown", by=by, at=clock.now())
    actions.log_call(
        notice_id=notice.id, result="told", plan_gone_through=True, words="她去妹妹家", by=by, at=clock.now()
    )
    assert Matter.objects.get(id=notice.id).ended_how == "told"
    assert not Duty.objects.filter(matter_id=notice.id, state=DutyState.OPEN).exists()


def test_two_families_hear_each_for_itself(office: Office) -> None:
    hers = her_case(office)
    partner = person("游佩君", date(1995, 1, 1))
    other = office.child_case(
        kind="vulnerable_family", subjects=[NewSubject(partner, "client")], worker="welfare_worker", unit="welfare"
    )
    involve(file_id=other.id, person_id=office.father, by=office.be("screener"))
    told(office)
    (for_her,), (for_them,) = held_by(office, "adult_worker"), held_by(office, "welfare_worker")
    assert (for_her.case_id, for_her.as_what) == (hers.id, "victim")
    assert (for_them.case_id, for_them.as_what) == (other.id, "member")
    assert {for_her.id}.isdisjoint({for_them.id})


def test_his_own_worker_plans_and_calls_nobody(office: Office) -> None:
    her_case(office)
    office.child_case(
        kind="mental_health", subjects=[NewSubject(office.father, "client")], worker="welfare_worker", unit="welfare",
        has_child="no",
    )  # fmt: skip
    told(office)
    (own,) = held_by(office, "welfare_worker")
    assert own.as_what == "own"
    rules = set(Duty.objects.filter(matter_id=own.id, state=DutyState.OPEN).values_list("rule_id", flat=True))
    assert rules == {"release.prepare"}


def test_where_nobody_is_known_the_countys_desk_looks_for_whom_to_tell(office: Office) -> None:
    told(office, who="沒人知道", born_on=date(1980, 1, 1))
    notice = Matter.objects.get(kind="notice")
    assert notice.acting_desk_id == office.world.desk
    owed = set(Duty.objects.filter(matter=notice, state=DutyState.OPEN).values_list("rule_id", flat=True))
    assert owed == {"release.find", "release.before_home"}


def test_an_escape_is_told_within_the_hour(office: Office) -> None:
    her_case(office)
    told(office, source="escape", home_at=None)
    (notice,) = held_by(office, "adult_worker")
    due = Duty.objects.get(matter_id=notice.id, state=DutyState.OPEN)
    assert (due.rule_id, due.due_at - notice.received_at) == ("release.tell_urgent", timedelta(hours=1))


def test_only_the_front_desk_takes_notices_in(office: Office) -> None:
    her_case(office)
    for who in ("clerk", "welfare_worker", "administrator", "ngo_worker"):
        with pytest.raises(Refused):
            actions.take_notice(
                given=NoticeIn("prison", "監獄", "陳志豪", clock.now(), born_on=BORN), by=office.be(who)
            )  # fmt: skip
    with pytest.raises(BadInput):
        told(office, born_on=None)


@pytest.mark.parametrize(
    "who", ["worker", "welfare_supervisor", "screener", "chief", "clerk", "nurse", "administrator"]
)
def test_nobody_else_reads_that_she_is_told(office: Office, who: str) -> None:
    her_case(office)
    told(office)
    assert not held_by(office, who)
