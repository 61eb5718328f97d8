"""What a report is to others: three questions, an open case one must be able to join, no hiding behind a duplicate."""

from __future__ import annotations

from uuid import UUID

import pytest

from anwang.cases.models import Case
from anwang.foundation.errors import BadInput, Refused
from anwang.foundation.roc import PartialDate
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report, ReportLink, ReportPerson
from anwang.intake.queries.earlier import relations
from anwang.intake.queries.report import page
from anwang.intake.queries.standing import cases_of, open_cases
from anwang.intake.states import Repeat
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter, Review
from tests.unit.intake.stories import open_duties, taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
FIRST, NOW = taipei("2026-03-09 09:00"), taipei("2026-03-12 10:00")


@pytest.fixture
def world(at) -> World:
    at(NOW)
    return build_world()


def receive(world: World, came: str, said: str, boy: UUID | None = None) -> Report:
    child = PersonIn(role="child", person_id=boy, name="陳小宇", birth=PartialDate(2024, 1, 5))
    return actions.receive_report(
        report=told(came, said, child, channel="line_113", reporter=ReporterIn(category="citizen")),
        by=world.viewer("screener"),
    )


@pytest.fixture
def first(world: World) -> Report:
    return receive(world, "2026-03-09 09:00", "臉上瘀青")


@pytest.fixture
def boy(first: Report) -> UUID:
    return ReportPerson.objects.get(report=first).person_id


@pytest.fixture
def case(world: World, first: Report, boy: UUID) -> UUID:
    """Dispatched to the child protection section: the centre's screener reads the report, not the case."""
    return actions.dispatch(report_id=first.id, kind="child_protection", person_ids=[boy], by=world.viewer("screener"),
                            to=Holder(world.units["protection"], world.workers["worker"]), at=NOW)  # fmt: skip


@pytest.fixture
def second(world: World, boy: UUID, case: UUID) -> Report:
    return receive(world, "2026-03-12 09:00", "手臂瘀青", boy)


def number(matter_id: UUID) -> str:
    return Matter.objects.get(id=matter_id).number


def test_an_open_case_is_offered_to_a_screener_who_may_not_read_it(world: World, second: Report, case: UUID) -> None:
    by = world.viewer("screener")
    assert not Case.objects.filter(id=case).exists(), "or this test says nothing"
    assert open_cases(by, second.id, "child_protection") == {case: number(case)}
    assert open_cases(by, second.id, "elder") == {}
    assert [row["id"] for row in page(by, number(second.id)).rows["cases"]] == [str(case)]


def test_nobody_else_learns_of_the_case_by_asking_about_the_report(world: World, second: Report) -> None:
    assert open_cases(world.viewer("adult_worker"), second.id) == {}


def test_a_report_joins_the_case_of_its_child(world: World, second: Report, boy: UUID, case: UUID) -> None:
    joined = actions.dispatch(report_id=second.id, kind="child_protection", person_ids=[boy], join_case_id=case,
                              by=world.viewer("screener"), at=NOW)  # fmt: skip
    assert joined == case
    assert "case.reported_again" in open_duties(case)
    assert Matter.objects.get(id=second.id).ended_at is None, "it has its own day to be graded"


def test_a_report_joins_no_case_of_strangers(world: World, second: Report, boy: UUID) -> None:
    stranger = actions.receive_report(
        report=told("2026-03-12 09:30", "另一家", PersonIn(role="child", name="高小安", age_text="9歲")),
        by=world.viewer("screener"),
    )
    other = actions.dispatch(
        report_id=stranger.id, kind="child_protection", by=world.viewer("screener"), at=NOW,
        person_ids=[ReportPerson.objects.get(report=stranger).person_id],
        to=Holder(world.units["protection"], world.workers["worker"]),
    )  # fmt: skip
    with pytest.raises(BadInput):
        actions.dispatch(report_id=second.id, kind="child_protection", person_ids=[boy], join_case_id=other,
                         by=world.viewer("screener"), at=NOW)  # fmt: skip


@pytest.mark.parametrize(
    ("given", "advised", "settled"),
    [
        ({}, "new_event", False),
        ({"same_event": "unknown"}, "new_event", False),
        ({"same_event": "no"}, "new_event", True),
        ({"same_event": "yes"}, "other_victim", False),
        ({"same_event": "yes", "other_victim": "yes"}, "other_victim", True),
        ({"same_event": "yes", "other_victim": "no"}, "same_new_facts", False),
        ({"same_event": "yes", "other_victim": "no", "new_facts": "yes"}, "same_new_facts", True),
        ({"same_event": "yes", "other_victim": "no", "new_facts": "no"}, "same_nothing_new", True),
    ],
)
def test_three_questions_lead_to_the_class(
    world: World, first: Report, second: Report, given: dict[str, str], advised: str, settled: bool
) -> None:
    shown = page(world.viewer("screener"), number(second.id))
    (one,) = relations(shown, given | {"earlier_number": number(first.id)}).earlier
    assert (one.advised, one.is_settled) == (advised, settled)


def test_asks_no_question_that_an_answer_made_needless(world: World, first: Report, second: Report) -> None:
    shown = page(world.viewer("screener"), number(second.id))
    (one,) = relations(shown, {"same_event": "no", "earlier_number": number(first.id)}).earlier
    assert [name for name, _words, _answer, _first in one.questions] == ["same_event"]


def test_keeps_the_answers_and_the_advice_beside_what_was_decided(world: World, first: Report, second: Report) -> None:
    by = world.viewer("screener")
    given = {"same_event": "yes", "other_victim": "no", "new_facts": "yes"}
    about = {"report_id": second.id, "earlier_id": first.id, "by": by, "at": NOW, "given": given}
    with pytest.raises(BadInput) as refused:
        actions.relate_report(repeat=Repeat.NEW_EVENT, **about)
    assert refused.value.field == "reason"
    actions.relate_report(repeat=Repeat.NEW_EVENT, reason="導師說是今早的傷", **about)
    link = ReportLink.objects.get()
    assert (link.advised, link.answers, link.repeat) == ("same_new_facts", given, "new_event")


def test_the_first_report_shows_what_came_later_and_how_it_is_related(
    world: World, first: Report, second: Report
) -> None:
    by = world.viewer("screener")
    actions.relate_report(report_id=second.id, earlier_id=first.id, repeat=Repeat.NEW_EVENT, by=by, at=NOW)
    shown = relations(page(by, number(first.id)), {})
    assert (shown.earlier, [(one.id, one.repeat) for one in shown.later]) == ((), [(second.id, "new_event")])
    shown = relations(page(by, number(second.id)), {})
    assert ([one.id for one in shown.earlier], shown.later) == ([first.id], ())


def not_open(world: World, report: Report, boy: UUID, evidence: str) -> Review:
    decision = actions.not_open(
        report_id=report.id, person_id=boy, kind="child_protection", ground="same_event", reason="已有人處理",
        evidence=evidence, by=world.viewer("screening_supervisor"), at=NOW,
    )  # fmt: skip
    return Review.objects.get(about_id=decision.id)


def test_in_a_case_already_names_the_open_case_of_this_child(
    world: World, second: Report, boy: UUID, case: UUID
) -> None:
    assert cases_of(world.viewer("screener"), second.id, boy) == (number(case),)
    for evidence in ("王社工在處理", number(second.id)):
        with pytest.raises(Refused):
            not_open(world, second, boy, evidence)
    review = not_open(world, second, boy, f"{number(case)}處理中")
    with pytest.raises(Refused):
        actions.approve_review(review_id=review.id, by=world.viewer("screening_supervisor"), at=NOW)
    assert Duty.objects.filter(matter_id=second.id, rule_id="child_protection.grading", state="open").exists()


def test_a_report_looked_after_with_another_was_joined_not_refused(world: World, first: Report, second: Report) -> None:
    by = world.viewer("screener")
    link = actions.relate_report(report_id=second.id, earlier_id=first.id, repeat=Repeat.SAME_NEW_FACTS,
                                 reason="同一晚", by=by, at=NOW)  # fmt: skip
    actions.approve_review(review_id=link.review_id, by=world.viewer("screening_supervisor"), at=NOW)
    (one,) = relations(page(world.viewer("screener"), number(first.id)), {}).later
    assert one.fate == "併入先前的通報"


def fates(world: World, report: Report) -> dict[str, str]:
    shown = relations(page(world.viewer("screener"), number(report.id)), {})
    return {one.number: one.fate for one in (*shown.earlier, *shown.later)}


def test_what_became_of_a_report_is_its_own_lot_not_its_relation_to_this_one(
    world: World, first: Report, second: Report, boy: UUID
) -> None:
    by, supervisor = world.viewer("screener"), world.viewer("screening_supervisor")
    world.viewer("screener")
    link = actions.relate_report(report_id=second.id, earlier_id=first.id, repeat=Repeat.SAME_NOTHING_NEW,
                                 reason="同一晚", by=by, at=NOW)  # fmt: skip
    world.viewer("screening_supervisor")
    actions.approve_review(review_id=link.review_id, by=supervisor, at=NOW)
    third = receive(world, "2026-03-12 09:30", "又聽到哭聲", boy)
    assert fates(world, third) == {number(first.id): "已派案", number(second.id): "併入先前的通報"}


def test_a_repetition_that_was_none_is_told_to_the_case_and_decided_for_itself(
    world: World, first: Report, case: UUID, boy: UUID
) -> None:
    child, teacher = PersonIn(role="child", person_id=boy, name="陳小宇"), ReporterIn(category="education")
    by = world.viewer("screener")
    second = actions.receive_report(report=told("2026-03-12 09:00", "手臂瘀青", child, reporter=teacher), by=by)
    about = {"report_id": second.id, "earlier_id": first.id, "at": NOW}
    same = actions.relate_report(
        repeat=Repeat.SAME_NOTHING_NEW, reason="同一傷勢", by=world.viewer("screener"), **about
    )
    actions.approve_review(review_id=same.review_id, by=world.viewer("screening_supervisor"), at=NOW)
    assert "case.reported_again" not in open_duties(case)
    assert "child_protection.grading" not in open_duties(second.id)
    actions.relate_report(repeat=Repeat.NEW_EVENT, by=world.viewer("screener"), **about)
    assert {"case.reported_again", "case.reported_again_supervisor"} <= set(open_duties(case))
    assert open_duties(second.id)["child_protection.grading"] == taipei("2026-03-13 09:00")
    by = world.viewer("screener")
    assert actions.dispatch(report_id=second.id, kind="child_protection", person_ids=[boy], join_case_id=case, by=by,
                            at=NOW) == case  # fmt: skip
    assert Duty.objects.filter(matter_id=case, rule_id="case.reported_again").count() == 1, "and once only"
