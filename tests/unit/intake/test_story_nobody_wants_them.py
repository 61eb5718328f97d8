"""Story 5: the family nobody wants. Three times not opened, the fourth on a Friday at 16:40, in county 乙."""

from datetime import datetime

import pytest

from anwang.foundation.errors import BadInput, Refused
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report, ReportPerson
from anwang.matters.holder import Holder
from anwang.matters.models import Matter, Review
from tests.unit.intake.stories import build_old_county, open_duties, taipei, told, viewer
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
OFFICER = ReporterIn(category="village_officer")


class Played:
    def __init__(self, world: World, at) -> None:
        self.world, self.at = world, at
        self.people: dict[str, object] = {}

    def receive(self, came: str) -> Report:
        self.at(taipei(came).isoformat())
        people = [
            PersonIn(role="child", person_id=self.people.get("child"), name="", age_text="5個月"),
            PersonIn(role="carer", person_id=self.people.get("mother"), name="李美雲", age_text="38"),
        ]
        by = viewer(self.world, "screener2")
        report = actions.receive_report(
            report=told(came, "媽媽自言自語，帶嬰兒住在車上。", *people, reporter=OFFICER), by=by
        )
        rows = {row.role: row.person_id for row in ReportPerson.objects.filter(report=report)}
        self.people = {"child": rows["child"], "mother": rows["carer"]}
        return report

    def not_open(self, report: Report) -> None:
        at = report.received_at
        decision = actions.not_open(
            report_id=report.id, person_id=self.people["child"], kind="child_protection", ground="family_copes",
            reason="外婆協助照顧", evidence="衛生所護理師當日見到嬰兒", by=viewer(self.world, "screener2"), at=at,
        )  # fmt: skip
        review = Review.objects.get(about_id=decision.id)
        actions.approve_review(review_id=review.id, by=viewer(self.world, "screening_supervisor2"), at=at)

    def answered(self, report: Report, at: datetime) -> None:
        by = viewer(self.world, "screener2")
        actions.answer_reporter(report_id=report.id, reply_class="finished", confirmed="unit_line", by=by, at=at)


@pytest.fixture
def story(at) -> Played:
    at("2025-11-06T09:00+08:00")
    world = build_world()
    build_old_county(world, night=(taipei("2026-03-13 17:30"), taipei("2026-03-14 08:30")))
    played = Played(world, at)
    for came in ("2025-11-06 10:00", "2026-01-12 10:00", "2026-02-09 10:00"):
        played.not_open(played.receive(came))
    return played


def test_the_fourth_report_owes_a_second_look(story: Played) -> None:
    assert "report.second_look" in open_duties(story.receive("2026-03-13 16:40").id)


def test_the_second_unopened_report_puts_the_family_on_the_edge_list(story: Played) -> None:
    second = Report.objects.order_by("received_at")[1]
    assert "edge_family.review" in open_duties(second.id)
    assert Matter.objects.get(id=second.id).ended_at is None


def test_many_unknown_answers_leave_it_to_a_person_and_never_below_child_protection(story: Played) -> None:
    report = story.receive("2026-03-13 16:40")
    about = {"report_id": report.id, "person_id": story.people["child"], "kind": "child_protection",
             "by": viewer(story.world, "screener2"), "at": report.received_at}  # fmt: skip
    actions.answer_questions(what="screening", given={"care_at_risk": "yes", "danger_now": "unknown"}, **about)
    with pytest.raises(BadInput) as refused:
        actions.decide(what="screening", outcome="vulnerable_family", **about)
    assert refused.value.field == "reason"
    decision = actions.decide(what="screening", outcome="protection", **about)
    assert decision.advised == ""
    assert decision.advice["ceiling"] == "protection"


def test_the_assigned_unit_answers_from_the_moment_of_assignment(story: Played) -> None:
    report = story.receive("2026-03-13 16:40")
    story.at(taipei("2026-03-13 17:05").isoformat())
    to = Holder(story.world.units["child2"], story.world.workers["worker_wu"])
    case = actions.dispatch(report_id=report.id, kind="child_protection", person_ids=[story.people["child"]], to=to,
                            by=viewer(story.world, "screening_supervisor2"), at=taipei("2026-03-13 17:05"))  # fmt: skip
    matter = Matter.objects.get(id=case)
    assert (matter.accountable_id, matter.accountable_since) == (
        story.world.units["child2"],
        taipei("2026-03-13 17:05"),
    )
    assert matter.acting_worker_id == story.world.workers["worker_wu"]


def test_between_report_and_assignment_the_window_answers(story: Played) -> None:
    report = story.receive("2026-03-13 16:40")
    matter = Matter.objects.get(id=report.id)
    assert matter.accountable_id == story.world.units["intake2"]
    assert matter.acting_worker_id == story.world.workers["screener2"]


def test_is_not_dispatched_to_another_county(story: Played) -> None:
    report = story.receive("2026-03-13 16:40")
    with pytest.raises(BadInput):
        actions.dispatch(
            report_id=report.id, kind="child_protection", person_ids=[story.people["child"]],
            to=Holder(story.world.units["protection"], story.world.workers["worker"]),
            by=viewer(story.world, "screening_supervisor2"), at=report.received_at,
        )  # fmt: skip


@pytest.mark.parametrize("ground", ["missing", "refused"])
def test_neither_whereabouts_unknown_nor_refusal_is_a_ground_for_a_baby(story: Played, ground: str) -> None:
    report = story.receive("2026-03-13 16:40")
    with pytest.raises(Refused):
        actions.not_open(
            report_id=report.id, person_id=story.people["child"], kind="child_protection", ground=ground,
            reason="媽媽不要", by=viewer(story.world, "screener2"), at=report.received_at,
        )  # fmt: skip


def test_asks_who_saw_the_child_before_nothing_was_found(story: Played) -> None:
    report = story.receive("2026-03-13 16:40")
    with pytest.raises(BadInput) as refused:
        actions.not_open(
            report_id=report.id, person_id=story.people["child"], kind="child_protection", ground="no_finding",
            reason="電話裡聽起來還好", by=viewer(story.world, "screener2"), at=report.received_at,
        )  # fmt: skip
    assert refused.value.field == "evidence"
