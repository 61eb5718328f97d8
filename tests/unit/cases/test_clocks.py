"""The clocks of T04, T05, T07, T08 and T09 from end to end: due to the minute, ended by what they ask for."""

from datetime import datetime, timedelta

import pytest

from anwang.cases.actions import (
    Consent,
    Excluded,
    Investigated,
    NewSubject,
    Place,
    Safety,
    Sight,
    Told,
    continue_placement,
    end_placement,
    exclude_time,
    place,
    record_contact,
    record_notice,
    submit_assessment,
    submit_investigation,
)
from anwang.cases.models import Case, CaseSubject, Placement
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.models import Duty, Review
from tests.unit.cases.office import NIGHT, Office

pytestmark = pytest.mark.django_db
PARTS = {"visit_record": "家訪，小宇在場。", "advice": "列管並訂安全計畫。"}


def duty(matter_id: object, rule: str, **more: object) -> Duty:
    return Duty.objects.get(matter_id=matter_id, rule_id=rule, **more)


def see(office: Office, case: Case, *people: object, hours: float = 0) -> None:
    told = Told("home", "met", clock.now() - timedelta(hours=hours), sights=tuple(Sight(one, "yes") for one in people))
    record_contact(matter_id=case.id, told=told, by=office.be("worker"))


def investigated(case: Case, **reasons: str) -> list[Investigated]:
    return [
        Investigated(one.id, reasons.get("because", ""), Safety("safe_with_plan", "外婆同住", True, "里長每日探視"))
        for one in CaseSubject.objects.filter(matter_id=case.id)
    ]


def test_wants_level_one_seen_within_twenty_four_hours_of_receipt(office: Office) -> None:
    case = office.child_case()
    office.be("worker")
    assert duty(case.id, "child_protection.first_visit").due_at == NIGHT + timedelta(hours=24)


def test_wants_the_report_at_the_end_of_the_fourth_day_after_grading(office: Office) -> None:
    case = office.child_case()
    see(office, case, office.boy, office.girl)
    owed = duty(case.id, "child_protection.report_level_one")
    assert owed.due_at == datetime(2026, 3, 13, tzinfo=clock.TAIPEI)  # graded on the 8th, 00:10
    assert duty(case.id, "child_protection.report_level_two").due_at == datetime(2026, 4, 8, tzinfo=clock.TAIPEI)
    submit_investigation(
        case_id=case.id, class_code="one", parts=PARTS, subjects=investigated(case), by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    assert {one.state for one in Duty.objects.filter(rule_id__startswith="child_protection.report_level")} == {"done"}
    assert Review.objects.get(matter_id=case.id).of == "investigation"


def test_refuses_a_level_one_report_without_a_sight_or_its_reason(office: Office) -> None:
    case = office.child_case()
    by = office.be("worker")
    with pytest.raises(BadInput) as wrong:
        submit_investigation(
            case_id=case.id, class_code="one", parts=PARTS, subjects=investigated(case), by=by, at=clock.now()
        )
    assert wrong.value.field == "not_seen_because"
    submit_investigation(
        case_id=case.id, class_code="one", parts=PARTS, subjects=investigated(case, because="elsewhere"), by=by,
        at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("class_code", "missing"), [("one", "visit_record"), ("two", "statements"), ("three", "enquiries")]
)
def test_wants_the_parts_of_its_class(office: Office, class_code: str, missing: str) -> None:
    case = office.child_case()
    with pytest.raises(BadInput) as wrong:
        submit_investigation(
            case_id=case.id, class_code=class_code, parts={}, subjects=investigated(case), by=office.be("worker"),
            at=clock.now(),
        )  # fmt: skip
    assert wrong.value.field == missing


def family_case(office: Office) -> Case:
    return office.child_case(
        kind="vulnerable_family", family_id=office.family,
        subjects=[NewSubject(None), NewSubject(office.boy, "child"), NewSubject(office.girl, "child")],
    )  # fmt: skip


def test_visits_a_vulnerable_family_within_ten_days_and_reports_within_thirty(office: Office) -> None:
    case = family_case(office)
    office.be("worker")
    visit, report = duty(case.id, "vulnerable_family.first_visit"), duty(case.id, "vulnerable_family.assessment")
    assert visit.due_at == datetime(2026, 3, 18, tzinfo=clock.TAIPEI)
    assert report.due_at == datetime(2026, 4, 7, tzinfo=clock.TAIPEI)
    see(office, case, office.boy)
    assert duty(case.id, "vulnerable_family.first_visit").state == "open"
    see(office, case, office.girl)
    assert duty(case.id, "vulnerable_family.first_visit").state == "done"
    with pytest.raises(BadInput):
        submit_assessment(
            matter_id=case.id, form="vulnerable_family", facts="屬實", needs="托育", goals="", plan="每月訪視",
            by=office.be("worker"), at=clock.now(),
        )  # fmt: skip
    submit_assessment(
        matter_id=case.id, form="vulnerable_family", facts="屬實", needs="托育", goals="穩定照顧", plan="每月訪視",
        by=office.be("worker"), at=clock.now(),
    )  # fmt: skip
    assert duty(case.id, "vulnerable_family.assessment").state == "done"


def test_keeps_the_reason_of_another_index_than_proposed(office: Office) -> None:
    case = family_case(office)
    with pytest.raises(BadInput) as wrong:
        submit_assessment(
            matter_id=case.id, form="vulnerable_family", facts="a", needs="b", goals="c", plan="d",
            index_proposed="middle", index_chosen="low", by=office.be("worker"), at=clock.now(),
        )  # fmt: skip
    assert wrong.value.field == "index_because"


def placed(office: Office, case: Case, *excluded: Excluded, consent: bool = True) -> Placement:
    by = office.be("worker")
    where = Place(
        "emergency_centre", "child_56", clock.now() - timedelta(minutes=10), pupil="yes",
        address="不存在路9001號",
        ask_whom="家防中心(08)000-1000",
    )  # fmt: skip
    told = Consent(office.workers["supervisor"], "葉承翰", clock.now() - timedelta(minutes=15)) if consent else None
    return place(case_id=case.id, person_id=office.boy, where=where, by=by, excluded=excluded, consent=told)


def test_moves_the_seventy_two_hours_by_exactly_the_excluded_minutes(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    placement = placed(office, case)
    limit = duty(placement.id, "placement.emergency_limit", state="open")
    assert limit.due_at == placement.placed_at + timedelta(hours=72)
    exclude_time(
        placement_id=placement.id, excluded=Excluded("on_the_way", 60), by=office.be("worker"), at=clock.now()
    )  # fmt: skip
    exclude_time(placement_id=placement.id, excluded=Excluded("traffic", 30), by=office.be("worker"), at=clock.now())
    moved = duty(placement.id, "placement.emergency_limit", state="open")
    assert moved.due_at == placement.placed_at + timedelta(hours=72, minutes=90)
    assert duty(placement.id, "placement.need_assessed", state="open").due_at == moved.due_at
    assert Duty.objects.filter(matter_id=placement.id, rule_id="placement.notice_court").count() == 1


def test_counts_minutes_known_from_the_start(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    placement = placed(office, case, Excluded("on_the_way", 90))
    limit = duty(placement.id, "placement.emergency_limit")
    assert limit.due_at == placement.placed_at + timedelta(hours=73, minutes=30)


def test_takes_the_consent_by_phone_and_owes_it_in_writing(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    placement = placed(office, case)
    review = Review.objects.get(matter_id=placement.id)
    assert (review.state, review.by_phone, review.decided_by) == ("approved", True, office.workers["supervisor"])
    assert duty(placement.id, "review.write_down").state == "open"


def test_owes_a_notice_to_court_police_parents_and_school_each_ended_by_its_own(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    placement = placed(office, case)
    owed = Duty.objects.filter(matter_id=placement.id, rule_id__startswith="placement.notice", state="open")
    assert {one.rule_id.rpartition("_")[2] for one in owed} == {"court", "police", "parents", "school"}
    record_notice(
        matter_id=placement.id, kind="court", to_whom="望潮地方法院", way="letter", number="望家防字第1150000001號",
        sent_at=clock.now(), by=office.be("worker"),
    )  # fmt: skip
    assert {one.rule_id.rpartition("_")[2] for one in owed.all()} == {"police", "parents", "school"}
    with pytest.raises(BadInput) as wrong:
        record_notice(
            matter_id=placement.id, kind="police", to_whom="望潮縣警察局", way="letter", sent_at=clock.now(),
            by=office.be("worker"),
        )  # fmt: skip
    assert wrong.value.field == "number"


def test_follows_a_child_for_a_year_after_its_placement(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    placement = placed(office, case)
    office.hands.advance(timedelta(hours=50))
    continue_placement(
        placement_id=placement.id, until=clock.today() + timedelta(days=90), order_number="115護字第1號",
        by=office.be("worker"), at=clock.now(),
    )  # fmt: skip
    assert duty(placement.id, "placement.emergency_limit").state == "done"
    ended = end_placement(placement_id=placement.id, reason="ended", by=office.be("worker"), at=clock.now())
    follow = duty(placement.id, "placement.after_care")
    assert ended.ended_at is not None
    assert follow.due_at.astimezone(clock.TAIPEI).date() == clock.today().replace(year=2027) + timedelta(days=1)


def test_places_a_person_once_and_only_by_a_public_worker(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    placed(office, case)
    with pytest.raises(Refused, match="已經在安置中"):
        placed(office, case)
    there = Place("foster", "child_56", clock.now())
    with pytest.raises(Refused):
        place(case_id=case.id, person_id=office.girl, where=there, by=office.be("ngo_worker"))


def test_places_only_on_a_ground_that_the_list_of_that_day_knows(office: Office) -> None:
    case = office.child_case()
    nowhere = Place("foster", "第56條", clock.now())
    with pytest.raises(BadInput) as wrong:
        place(case_id=case.id, person_id=office.boy, where=nowhere, by=office.be("worker"))
    assert wrong.value.field == "basis"
