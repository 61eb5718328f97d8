"""Story 2: the duplicate that is not. Four reports on a boy of four in county 乙; one of them counts as a duplicate."""

from uuid import UUID

import pytest
from django.db import connection

from anwang.cases.queries import page as case_page
from anwang.foundation.errors import Refused
from anwang.foundation.roc import PartialDate
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report, ReportPerson
from anwang.intake.states import Repeat
from anwang.matters.holder import Holder
from anwang.matters.models import Matter, Review
from tests.unit.intake.stories import build_old_county, open_duties, taipei, told, viewer
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
KINDERGARTEN = ReporterIn(category="preschool", name="王老師", phone="(05)000-1234")


class Played:
    """The story up to where a test begins: R1 graded and dispatched to 徐, then R2, R3, R4 as they came."""

    def __init__(self, world: World, at) -> None:
        self.world, self.at = world, at
        self.reports: dict[str, Report] = {}
        self.boy: UUID | None = None
        self.case: UUID | None = None

    def receive(self, name: str, came: str, narrative: str, reporter: ReporterIn) -> Report:
        self.at(taipei(came).isoformat())
        child = PersonIn(role="child", person_id=self.boy, name="王小恩", birth=PartialDate(2021, 9, 9))
        by = viewer(self.world, "screener2")
        report = actions.receive_report(report=told(came, narrative, child, reporter=reporter), by=by)
        self.boy = self.boy or ReportPerson.objects.get(report=report).person_id
        self.reports[name] = report
        return report

    def first_case(self) -> None:
        report = self.receive("R1", "2026-04-13 10:20", "手臂瘀青。", KINDERGARTEN)
        now = taipei("2026-04-13 10:20")
        about = {"report_id": report.id, "person_id": self.boy, "kind": "child_protection", "at": now,
                 "by": viewer(self.world, "screening_supervisor2")}  # fmt: skip
        actions.answer_questions(
            what="grade", given={"needs_protection_now": "no", "needs_emergency_placement": "no"}, **about
        )
        actions.answer_questions(what="class", given={"carer_intended": "yes"}, **about)
        actions.decide(what="grade", outcome="two", **about)
        actions.decide(what="class", outcome="one", **about)
        to = Holder(self.world.units["child2"], self.world.workers["worker_xu"])
        self.case = actions.dispatch(report_id=report.id, kind="child_protection", person_ids=[self.boy], to=to,
                                     by=about["by"], at=now)  # fmt: skip

    def relate(self, name: str, earlier: str, repeat: str, reason: str = "") -> object:
        report = self.reports[name]
        return actions.relate_report(
            report_id=report.id, earlier_id=self.reports[earlier].id, repeat=repeat, reason=reason,
            by=viewer(self.world, "screener2"), at=report.received_at,
        )  # fmt: skip


@pytest.fixture
def story(at) -> Played:
    at("2026-04-13T09:00+08:00")
    world = build_world()
    build_old_county(world)
    played = Played(world, at)
    played.first_case()
    played.receive("R2", "2026-04-20 09:05", "19日晚上聽到孩子尖叫。", ReporterIn(category="citizen"))
    return played


def test_the_first_case_is_answered_by_the_unit_it_was_assigned_to(story: Played) -> None:
    matter = Matter.objects.get(id=story.case)
    assert (matter.accountable_id, matter.acting_worker_id) == (
        story.world.units["child2"],
        story.world.workers["worker_xu"],
    )


def test_a_new_event_has_its_own_day_and_tells_worker_and_supervisor(story: Played) -> None:
    story.relate("R2", "R1", Repeat.NEW_EVENT)
    assert open_duties(story.reports["R2"].id)["child_protection.grading"] == taipei("2026-04-21 09:05")
    duties = open_duties(story.case)
    assert {"case.reported_again", "case.reported_again_supervisor"} <= set(duties)


def test_new_facts_of_the_same_event_keep_the_first_clock(story: Played) -> None:
    story.relate("R2", "R1", Repeat.NEW_EVENT)
    story.receive("R3", "2026-04-20 14:30", "今早看到耳朵瘀青。", KINDERGARTEN)
    link = story.relate("R3", "R2", Repeat.SAME_NEW_FACTS, "同一晚，新看到耳朵傷勢")
    assert open_duties(story.reports["R3"].id)["child_protection.grading"] == taipei("2026-04-21 14:30")
    by = viewer(story.world, "screening_supervisor2")
    actions.approve_review(review_id=link.review_id, by=by, at=story.reports["R3"].received_at)
    assert "child_protection.grading" not in open_duties(story.reports["R3"].id)
    assert open_duties(story.reports["R2"].id)["child_protection.grading"] == taipei("2026-04-21 09:05")


def test_nothing_new_is_counted_linked_and_answered_without_a_clock(story: Played) -> None:
    story.receive("R4", "2026-04-21 11:00", "診所：13日的傷。", ReporterIn(category="medical"))
    link = story.relate("R4", "R1", Repeat.SAME_NOTHING_NEW, "13日同一傷勢")
    actions.approve_review(
        review_id=link.review_id, by=viewer(story.world, "screening_supervisor2"), at=taipei("2026-04-21 11:00")
    )
    duties = open_duties(story.reports["R4"].id)
    assert "child_protection.grading" not in duties
    assert "report.reply" in duties
    actions.answer_reporter(report_id=story.reports["R4"].id, reply_class="received",
                            by=viewer(story.world, "screener2"), at=taipei("2026-04-21 11:00"))  # fmt: skip
    assert set(open_duties(story.reports["R4"].id)) <= {"report.second_look", "report_form.child"}


@pytest.mark.parametrize("repeat", [Repeat.SAME_NOTHING_NEW, Repeat.SAME_NEW_FACTS])
def test_same_event_for_a_child_under_six_needs_a_second_person(story: Played, repeat: str) -> None:
    link = story.relate("R2", "R1", repeat, "看起來一樣")
    review = Review.objects.get(id=link.review_id)
    assert (review.of, review.state) == ("duplicate", "submitted")
    assert open_duties(story.reports["R2"].id)["child_protection.grading"] == taipei("2026-04-21 09:05")


def test_nobody_confirms_his_own_duplicate(story: Played) -> None:
    link = story.relate("R2", "R1", Repeat.SAME_NOTHING_NEW, "看起來一樣")
    with pytest.raises(Refused):
        actions.approve_review(
            review_id=link.review_id, by=viewer(story.world, "screener2"), at=taipei("2026-04-20 09:05")
        )


def test_the_third_report_in_the_window_asks_for_a_second_look(story: Played) -> None:
    assert "report.second_look" not in open_duties(story.reports["R2"].id)
    report = story.receive("R3", "2026-04-20 14:30", "今早看到耳朵瘀青。", KINDERGARTEN)
    assert "report.second_look" in open_duties(report.id)


def test_the_rate_counts_four_reports_and_one_duplicate(story: Played) -> None:
    story.relate("R2", "R1", Repeat.NEW_EVENT)
    story.receive("R3", "2026-04-20 14:30", "今早看到耳朵瘀青。", KINDERGARTEN)
    story.relate("R3", "R2", Repeat.SAME_NEW_FACTS, "同一晚")
    story.receive("R4", "2026-04-21 11:00", "診所：13日的傷。", ReporterIn(category="medical"))
    link = story.relate("R4", "R1", Repeat.SAME_NOTHING_NEW, "13日同一傷勢")
    assert counted() == (4, 0), "not before the second person"
    by = viewer(story.world, "screening_supervisor2")
    actions.approve_review(review_id=link.review_id, by=by, at=taipei("2026-04-21 11:00"))
    assert counted() == (4, 1)


def counted() -> tuple[int, int]:
    """Reports and duplicates of the month, as the rate says them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reports, duplicates FROM intake_counts('99002', %s, %s)",
            [taipei("2026-04-01 00:00"), taipei("2026-05-01 00:00")],
        )
        return cursor.fetchone()


def seen_by_xu(story: Played) -> set[str]:
    """Reports named on the page of 徐's case."""
    page = case_page(viewer(story.world, "worker_xu"), Matter.objects.get(id=story.case).number)
    known = {Matter.objects.get(id=report.id).number: name for name, report in story.reports.items()}
    return {name for number, name in known.items() if number in repr(page)}


def confirmed(story: Played, link: object) -> None:
    by = viewer(story.world, "screening_supervisor2")
    actions.approve_review(review_id=link.review_id, by=by, at=story.reports["R3"].received_at)


def test_new_facts_of_a_report_that_joined_the_case_reach_its_worker(story: Played) -> None:
    story.relate("R2", "R1", Repeat.NEW_EVENT)
    story.receive("R3", "2026-04-20 14:30", "今早看到耳朵瘀青。", KINDERGARTEN)
    link = story.relate("R3", "R2", Repeat.SAME_NEW_FACTS, "同一晚，新看到耳朵傷勢")
    assert "R3" not in seen_by_xu(story)
    confirmed(story, link)
    assert {"R2", "R3"} <= seen_by_xu(story)


def test_new_facts_told_before_the_report_joined_come_along_with_it(story: Played) -> None:
    story.receive("R3", "2026-04-20 14:30", "今早看到耳朵瘀青。", KINDERGARTEN)
    confirmed(story, story.relate("R3", "R2", Repeat.SAME_NEW_FACTS, "同一晚，新看到耳朵傷勢"))
    assert "R3" not in seen_by_xu(story)
    actions.dispatch(
        report_id=story.reports["R2"].id, kind="child_protection", person_ids=[story.boy], join_case_id=story.case,
        by=viewer(story.world, "screening_supervisor2"), at=taipei("2026-04-20 14:30"),
    )  # fmt: skip
    assert {"R2", "R3"} <= seen_by_xu(story)


def test_a_case_that_begins_with_a_report_knows_what_was_told_of_it_before_without_an_alarm(story: Played) -> None:
    story.receive("R3", "2026-04-20 14:30", "今早看到耳朵瘀青。", KINDERGARTEN)
    confirmed(story, story.relate("R3", "R2", Repeat.SAME_NEW_FACTS, "同一晚，新看到耳朵傷勢"))
    to = Holder(story.world.units["child2"], story.world.workers["worker_xu"])
    story.case = actions.dispatch(
        report_id=story.reports["R2"].id, kind="child_protection", person_ids=[story.boy], to=to,
        by=viewer(story.world, "screening_supervisor2"), at=taipei("2026-04-20 14:30"),
    )  # fmt: skip
    assert {"R2", "R3"} <= seen_by_xu(story)
    assert "case.reported_again" not in open_duties(story.case)
