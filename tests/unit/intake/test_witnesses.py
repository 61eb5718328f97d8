"""Children who were there when it happened: the assessment is owed until somebody can write it down."""

from datetime import timedelta
from uuid import UUID

import pytest

from anwang.cases.actions import assess_witness
from anwang.cases.models import CaseSubject
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report, ReportPerson
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Review
from tests.unit.intake.stories import open_duties, taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
FIRST = taipei("2026-03-07 23:40")
DUE = taipei("2026-03-14 00:00") + timedelta(days=1)
WITNESS = "violence.witness_child"
WIFE = PersonIn(role="victim", name="魏雅雯", age_text="33歲")
BOY = PersonIn(role="child", name="辛小弟", age_text="8歲")
HEARD = PersonIn(role="witness", name="辛小妹", age_text="6歲")


@pytest.fixture
def world(at) -> World:
    at(FIRST + timedelta(minutes=5))
    return build_world(night=(taipei("2026-03-07 17:30"), taipei("2026-03-08 08:30")))


def called(world: World, *people: PersonIn, kinds: tuple[str, ...] = ("intimate_violence",)) -> Report:
    return actions.receive_report(
        report=told("2026-03-07 23:40", "樓上在打架，小孩在哭。", *people, kinds=kinds, channel="phone",
                    reporter=ReporterIn(category="citizen")),
        by=world.viewer("night"),
    )  # fmt: skip


def who(report: Report, name: str) -> UUID:
    return ReportPerson.objects.get(report=report, person__name=name).person_id


def dispatch(world: World, report: Report, name: str, kind: str = "intimate_violence") -> UUID:
    return actions.dispatch(
        report_id=report.id, kind=kind, person_ids=[who(report, name)], by=world.viewer("night"),
        at=FIRST + timedelta(minutes=4), to=Holder(world.units["protection"], desk_id=world.desk),
    )  # fmt: skip


def witnesses(matter_id: UUID) -> set[UUID]:
    return set(
        Duty.objects.filter(matter_id=matter_id, rule_id=WITNESS, state="open").values_list("subject_id", flat=True)
    )


def test_assesses_every_child_of_a_report_of_violence(world: World) -> None:
    report = called(world, WIFE, BOY, HEARD, PersonIn(role="witness", name="卓大明", age_text="50歲"))
    assert witnesses(report.id) == {who(report, "辛小弟"), who(report, "辛小妹")}


def test_assesses_nobody_where_there_was_no_violence_between_grown_ups(world: World) -> None:
    assert witnesses(called(world, BOY, HEARD, kinds=("child_protection",)).id) == set()


def test_takes_a_child_without_a_case_into_the_case_of_the_violence(world: World) -> None:
    report = called(world, WIFE, HEARD)
    case_id = dispatch(world, report, "魏雅雯")
    world.viewer("supervisor")
    assert witnesses(report.id) == set()
    assert witnesses(case_id) == {who(report, "辛小妹")}
    duty = Duty.objects.get(matter_id=case_id, rule_id=WITNESS, state="open")
    assert duty.due_at == DUE
    child = CaseSubject.objects.get(matter_id=case_id, person_id=who(report, "辛小妹"))
    assert child.role == "witness"
    rules = set(Duty.objects.filter(matter_id=case_id, subject_id=child.person_id).values_list("rule_id", flat=True))
    assert not any(rule.startswith("violence.first_contact") for rule in rules)


def test_discharges_the_assessment_where_the_child_now_is(world: World) -> None:
    report = called(world, WIFE, HEARD)
    case_id = dispatch(world, report, "魏雅雯")
    by = world.viewer("night")
    child = CaseSubject.objects.get(matter_id=case_id, person_id=who(report, "辛小妹"))
    assess_witness(subject_id=child.id, by=by, at=FIRST + timedelta(minutes=5))
    assert WITNESS not in open_duties(case_id)


def test_lets_a_child_wait_for_his_own_case(world: World) -> None:
    report = called(world, WIFE, BOY, kinds=("intimate_violence", "child_protection"))
    violence = dispatch(world, report, "魏雅雯")
    assert witnesses(report.id) == {who(report, "辛小弟")}
    own = dispatch(world, report, "辛小弟", "child_protection")
    assert (witnesses(violence), witnesses(own)) == (set(), {who(report, "辛小弟")})


def test_does_not_forget_a_child_for_whom_no_case_is_opened(world: World) -> None:
    report = called(world, WIFE, BOY, kinds=("intimate_violence", "child_protection"))
    case_id = dispatch(world, report, "魏雅雯")
    boy = who(report, "辛小弟")
    now = FIRST + timedelta(minutes=5)
    actions.not_open(report_id=report.id, person_id=boy, kind="child_protection", ground="family_copes",
                     reason="外婆照顧。", evidence="里長當日見到。", by=world.viewer("night"), at=now)  # fmt: skip
    review = Review.objects.get(matter_id=report.id, state="submitted")
    actions.approve_review(review_id=review.id, words="同意。", by=world.viewer("supervisor"), at=now)
    world.viewer("night")
    assert witnesses(case_id) == {boy}


def test_looks_for_children_when_violence_or_a_child_is_learnt_later(world: World) -> None:
    report = called(world, BOY, kinds=("child_protection",))
    by, now = world.viewer("night"), FIRST + timedelta(minutes=3)
    wife = actions.add_to_report(report_id=report.id, person=WIFE, by=by, at=now).person_id
    assert witnesses(report.id) == set()
    actions.add_pair(report_id=report.id, person_id=wife, kind="intimate_violence", by=by, at=now)
    assert witnesses(report.id) == {who(report, "辛小弟")}
    dispatch(world, report, "魏雅雯")
    actions.add_to_report(report_id=report.id, person=HEARD, by=by, at=FIRST + timedelta(minutes=5))
    assert witnesses(report.id) == {who(report, "辛小弟"), who(report, "辛小妹")}
