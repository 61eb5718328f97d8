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
from anwang.referrals import actions, queries
from anwang.referrals.actions import NoticeIn
from anwang.referrals.models import ReleaseChange, ReleaseNotice
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


HOME = datetime(2026, 3, 20, 9, tzinfo=clock.TAIPEI)


def owed(notice_id: object) -> dict[str, datetime]:
    return dict(Duty.objects.filter(matter_id=notice_id, state=DutyState.OPEN).values_list("rule_id", "due_at"))


def test_another_day_moves_the_notice_that_is_open_and_keeps_both_days(office: Office) -> None:
    her_case(office)
    told(office)
    before = owed(held_by(office, "adult_worker")[0].id)
    office.hands.advance(timedelta(hours=1))
    told(office, home_at=HOME - timedelta(days=4), number="第二號")
    (notice,) = held_by(office, "adult_worker")
    assert notice.home_at == HOME - timedelta(days=4)
    after = owed(notice.id)
    assert set(after) == {"release.tell", "release.before_home"}
    assert after["release.tell"] == before["release.tell"], "the first word's clock goes on"
    assert after["release.before_home"] == notice.home_at - timedelta(hours=1)
    change = ReleaseChange.objects.get(notice=notice)
    assert (change.was_home_at, change.home_at, change.number) == (HOME, notice.home_at, "第二號")


def test_the_same_told_again_owes_nothing_more(office: Office) -> None:
    her_case(office)
    told(office)
    office.hands.advance(timedelta(hours=1))
    told(office, source="prosecutor", from_whom="地檢署")
    (notice,) = held_by(office, "adult_worker")
    assert set(owed(notice.id)) == {"release.tell", "release.before_home"}
    call(office, notice)
    office.hands.advance(timedelta(hours=1))
    told(office, number="正本")
    (notice,) = held_by(office, "adult_worker")
    assert not owed(notice.id)
    assert ReleaseChange.objects.filter(notice=notice).count() == 2


def test_he_is_out_before_his_day_and_she_is_told_within_the_hour(office: Office) -> None:
    her_case(office)
    told(office)
    office.hands.advance(timedelta(hours=1))
    told(office, source="court", home_at=None)
    (notice,) = held_by(office, "adult_worker")
    assert notice.home_at is None
    due = owed(notice.id)
    assert set(due) == {"release.tell", "release.tell_urgent"}
    assert due["release.tell_urgent"] == clock.now() + timedelta(hours=1)


@pytest.mark.parametrize("days", [-4, 5])
def test_told_of_the_former_day_she_is_told_the_new_one_once(office: Office, days: int) -> None:
    her_case(office)
    told(office)
    (first,) = held_by(office, "adult_worker")
    call(office, first)
    office.hands.advance(timedelta(days=1))
    told(office, home_at=HOME + timedelta(days=days))
    _first, again = held_by(office, "adult_worker")
    assert again.follows_id == first.id
    due = owed(again.id)
    assert set(due) == {"release.tell_moved", "release.before_home"}
    assert due["release.tell_moved"] == clock.now() + timedelta(hours=4)
    page = queries.notice(office.be("adult_worker"), Matter.objects.get(id=again.id).number, may_log=lambda *_: True)
    assert page.changed is not None
    assert (page.changed.was, page.changed.told_at is None) == (HOME, False)


def test_another_release_after_that_day_is_a_notice_of_its_own(office: Office) -> None:
    her_case(office)
    told(office)
    call(office, held_by(office, "adult_worker")[0])
    office.hands.advance(timedelta(days=40))
    told(office, home_at=HOME + timedelta(days=60))
    _first, other = held_by(office, "adult_worker")
    assert other.follows_id is None
    assert set(owed(other.id)) == {"release.tell", "release.before_home"}


def test_he_is_out_where_no_day_was_said_and_she_is_told_within_the_hour(office: Office) -> None:
    her_case(office)
    told(office, home_at=None)
    office.hands.advance(timedelta(hours=1))
    told(office, source="court", home_at=None)
    (notice,) = held_by(office, "adult_worker")
    assert owed(notice.id)["release.tell_urgent"] == clock.now() + timedelta(hours=1)


def test_never_reached_she_is_told_another_day_as_for_the_first_time(office: Office) -> None:
    her_case(office)
    told(office)
    call(office, held_by(office, "adult_worker")[0], "whereabouts_unknown")
    office.hands.advance(timedelta(days=1))
    told(office, home_at=HOME + timedelta(days=5))
    first, again = held_by(office, "adult_worker")
    assert again.follows_id == first.id
    assert set(owed(again.id)) == {"release.tell", "release.before_home"}
    assert ReleaseChange.objects.get(notice=again).told_at is None


@pytest.mark.parametrize(("days", "same"), [(90, True), (91, False)])
def test_a_notice_without_a_day_is_the_same_for_ninety_days(office: Office, days: int, same: bool) -> None:
    her_case(office)
    told(office, home_at=None)
    call(office, held_by(office, "adult_worker")[0])
    office.hands.advance(timedelta(days=days))
    told(office, home_at=clock.now() + timedelta(days=9))
    first, again = held_by(office, "adult_worker")
    assert again.follows_id == (first.id if same else None)


def test_two_men_of_one_name_whom_nobody_knows_are_two(office: Office) -> None:
    nobody: dict[str, object] = {"who": "沒人知道", "born_on": date(1980, 1, 1)}
    told(office, **nobody)
    told(office, **(nobody | {"born_on": date(1971, 5, 6)}))
    told(office, **nobody, home_at=HOME + timedelta(days=1))
    first, second = held_by(office, "supervisor")
    assert (first.home_at, second.home_at) == (HOME + timedelta(days=1), HOME)


def call(office: Office, notice: ReleaseNotice, result: str = "told") -> None:
    by = office.be("adult_worker")
    actions.log_call(notice_id=notice.id, result=result, words="查過了", plan_gone_through=True, by=by, at=clock.now())


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
