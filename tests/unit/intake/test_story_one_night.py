"""Story 1: Saturday night, one event, three reports, four people, graded by phone and dispatched at once."""

from datetime import timedelta

import pytest

from anwang.cases.models import CaseSubject
from anwang.foundation.errors import Refused
from anwang.foundation.roc import PartialDate
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Decision, Report, ReportPerson
from anwang.intake.states import Repeat
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter, Review
from tests.unit.intake.stories import open_duties, taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
FIRST = taipei("2026-03-07 23:40")


@pytest.fixture
def world(at) -> World:
    at(FIRST + timedelta(minutes=5))
    return build_world(night=(taipei("2026-03-07 17:30"), taipei("2026-03-08 08:30")))


@pytest.fixture
def report(world: World) -> Report:
    return actions.receive_report(
        report=told(
            "2026-03-07 23:40", "鄰居說先生打太太，小孩身上有瘀青。",
            PersonIn(role="child", name="陳小宇", birth=PartialDate(2024, 1, 5), injuries="臉頰、前臂瘀青"),
            PersonIn(role="child", name="陳小樂", birth=PartialDate(2016, 6, 1)),
            PersonIn(role="child", name="林小晴", birth=PartialDate(2009, 9, 1), where_now="平日在外婆家"),
            PersonIn(role="victim", name="林佳安", age_text="31"),
            PersonIn(role="other_party", name="陳志豪", age_text="35"),
            kinds=("child_protection", "intimate_violence"), channel="line_113",
            reporter=ReporterIn(name="陳太太隔壁", phone="0912-000-777", may_call_back="yes", category="citizen"),
        ),
        by=world.viewer("night"),
    )  # fmt: skip


def who(report: Report) -> dict[str, object]:
    return {row.person.name: row.person_id for row in ReportPerson.objects.filter(report=report)}


def grade(world: World, report: Report, name: str, grade: str = "one") -> None:
    now = FIRST + timedelta(minutes=4)
    about = {
        "report_id": report.id,
        "person_id": who(report)[name],
        "kind": "child_protection",
        "by": world.viewer("night"),
        "at": now,
    }
    yes = "yes" if grade == "one" else "no"
    actions.answer_questions(
        what="grade", given={"needs_protection_now": yes, "needs_emergency_placement": "no"}, **about
    )
    actions.answer_questions(what="class", given={"carer_intended": "yes"}, **about)
    supervisor = world.workers["supervisor"]
    actions.decide(what="grade", outcome=grade, phoned_by=supervisor, **about)
    actions.decide(what="class", outcome="one", phoned_by=supervisor, **about)


def test_grading_is_due_a_day_after_the_first_call(world: World, report: Report) -> None:
    assert open_duties(report.id)["child_protection.grading"] == taipei("2026-03-08 23:40")


def test_the_child_is_to_be_seen_a_day_after_the_first_call(world: World, report: Report) -> None:
    grade(world, report, "陳小宇")
    duty = Duty.objects.get(matter_id=report.id, rule_id="child_protection.first_visit", state="open")
    assert (duty.subject_id, duty.due_at) == (who(report)["陳小宇"], taipei("2026-03-08 23:40"))


def test_the_other_children_are_still_to_be_graded(world: World, report: Report) -> None:
    grade(world, report, "陳小宇")
    assert open_duties(report.id)["child_protection.grading"] == taipei("2026-03-08 23:40")
    grade(world, report, "陳小樂", "two")
    grade(world, report, "林小晴", "two")
    assert "child_protection.grading" not in open_duties(report.id)


def test_the_supervisor_by_phone_owes_it_in_writing(world: World, report: Report) -> None:
    grade(world, report, "陳小宇")
    decision = Decision.objects.get(what="grade")
    assert (decision.decided_by, decision.written_by) == (world.workers["supervisor"], world.workers["night"])
    review = Review.objects.get(about_id=decision.id)
    assert (review.state, review.by_phone, review.written_at) == ("approved", True, None)
    assert "review.write_down" in open_duties(report.id)


def test_both_cases_stand_in_the_night_desks_hands_while_the_centre_answers(world: World, report: Report) -> None:
    world_desk = Holder(world.units["protection"], desk_id=world.desk)
    for name in ("陳小宇", "陳小樂", "林小晴"):
        grade(world, report, name, "one" if name == "陳小宇" else "two")
    children = [who(report)[name] for name in ("陳小宇", "陳小樂", "林小晴")]
    at = FIRST + timedelta(minutes=5)
    by = world.viewer("night")
    actions.answer_questions(report_id=report.id, person_id=children[0], kind="child_protection", what="screening",
                             given={"harm": "yes"}, by=by, at=at)  # fmt: skip
    actions.decide(report_id=report.id, person_id=children[0], kind="child_protection", what="screening",
                   outcome="protection_field", by=by, at=at)  # fmt: skip
    case = actions.dispatch(
        report_id=report.id, kind="child_protection", person_ids=children, to=world_desk, by=by, at=at
    )
    matter = Matter.objects.get(id=case)
    assert (matter.accountable_id, matter.acting_desk_id) == (world.units["intake"], world.desk)
    assert CaseSubject.objects.filter(matter=case).count() == 3
    visit = Duty.objects.get(matter_id=case, rule_id="child_protection.first_visit", state="open")
    assert visit.due_at == taipei("2026-03-08 23:40")
    assert not Duty.objects.filter(matter_id=report.id, rule_id="child_protection.first_visit", state="open").exists()
    assert Duty.objects.get(matter_id=case, rule_id="child_protection.report_level_one", state="open").is_assumed
    assert Matter.objects.get(id=report.id).ended_at is None
    case2 = actions.dispatch(report_id=report.id, kind="intimate_violence", person_ids=[who(report)["林佳安"]],
                             to=world_desk, by=by, at=at)  # fmt: skip
    assert "violence.first_contact" in " ".join(open_duties(case2))
    assert not any(rule.startswith("violence.first") for rule in open_duties(report.id))


def test_the_police_and_the_hospital_report_the_same_event_and_no_duplicate(at, world: World, report: Report) -> None:
    at("2026-03-08T02:30+08:00")
    by = world.viewer("night")
    police = actions.receive_report(
        report=told(
            "2026-03-08 00:20",
            "警方到場，太太受傷。",
            PersonIn(role="victim", person_id=who(report)["林佳安"]),
            kinds=("intimate_violence",),
            channel="system",
        ),
        by=by,
    )
    hospital = actions.receive_report(
        report=told(
            "2026-03-08 02:05",
            "急診：臉頰、前臂瘀青。",
            PersonIn(role="child", person_id=who(report)["陳小宇"]),
            channel="system",
        ),
        by=by,
    )
    actions.relate_report(report_id=police.id, earlier_id=report.id, repeat=Repeat.OTHER_VICTIM,
                          reason="同一晚同一事件，被害人為太太", by=by, at=taipei("2026-03-08 02:20"))  # fmt: skip
    link = actions.relate_report(report_id=hospital.id, earlier_id=report.id, repeat=Repeat.SAME_NEW_FACTS,
                                 reason="同一晚傷勢，新增前臂", by=by, at=taipei("2026-03-08 02:20"))  # fmt: skip
    assert link.review_id is not None
    assert Report.objects.get(id=police.id).event_id == report.event_id
    assert open_duties(report.id)["child_protection.grading"] == taipei("2026-03-08 23:40")
    actions.approve_review(review_id=link.review_id, by=world.viewer("supervisor"), at=taipei("2026-03-08 02:25"))
    world.viewer("night")
    assert Report.objects.get(id=hospital.id).event_id == report.event_id
    assert Matter.objects.get(id=hospital.id).ended_how == "joined"
    assert open_duties(report.id)["child_protection.grading"] == taipei("2026-03-08 23:40")


def test_the_neighbour_is_one_traced_click_away_from_the_desk_and_closed_to_all_others(
    world: World, report: Report
) -> None:
    said = actions.read_reporter(report_id=report.id, by=world.viewer("night"))
    assert said.phone == "0912-000-777"
    for key in ("screener", "screening_supervisor", "supervisor", "worker", "chief", "clerk"):
        with pytest.raises(Refused):
            actions.read_reporter(report_id=report.id, by=world.viewer(key))


def heard_it(world: World, age: str, *kinds: str) -> Report:
    return actions.receive_report(
        report=told("2026-03-07 23:40", "先生打太太，哥哥在房裡聽到。",
                    PersonIn(role="witness", name="陳小樂", age_text=age),
                    PersonIn(role="victim", name="林佳安", age_text="31"), kinds=kinds), by=world.viewer("night"),
    )  # fmt: skip


def test_a_child_who_heard_it_is_owed_an_assessment_from_the_first_report_on(world: World) -> None:
    report = heard_it(world, "9歲", "intimate_violence")
    duty = Duty.objects.get(matter_id=report.id, rule_id="violence.witness_child", state="open")
    assert duty.subject_id == who(report)["陳小樂"]


def test_the_assessment_goes_along_to_the_case_of_the_child_and_is_owed_once(world: World) -> None:
    report = heard_it(world, "9歲", "child_protection", "intimate_violence")
    case = actions.dispatch(
        report_id=report.id, kind="child_protection", person_ids=[who(report)["陳小樂"]], by=world.viewer("night"),
        to=Holder(world.units["protection"], desk_id=world.desk), at=FIRST + timedelta(minutes=5),
    )  # fmt: skip
    owed = Duty.objects.filter(rule_id="violence.witness_child", state="open")
    assert list(owed.values_list("matter_id", flat=True)) == [case]


@pytest.mark.parametrize(("age", "kind"), [("40歲", "intimate_violence"), ("9歲", "child_protection")])
def test_no_grown_up_and_no_other_kind_is_assessed_as_a_witness(world: World, age: str, kind: str) -> None:
    report = heard_it(world, age, kind)
    assert "violence.witness_child" not in open_duties(report.id)
