"""A kind that was reported is never dropped: somebody is looked at as it, before the report counts as decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anwang.foundation.roc import PartialDate
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report, ReportPerson, ScreeningPair
from anwang.matters.holder import Holder
from anwang.matters.models import Duty
from tests.pages.intake.test_pages import as_, number
from tests.unit.intake.stories import open_duties, taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-09 10:00")
GIRL = PersonIn(role="child", name="周筱琪", birth=PartialDate(2012, 1, 1))


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


def receive(world: World, *people: PersonIn, kinds: tuple[str, ...]) -> Report:
    said = told("2026-03-09 09:00", "校方通報。", *people, kinds=kinds, reporter=ReporterIn(category="education"),
                channel="line_113")  # fmt: skip
    return actions.receive_report(report=said, by=world.viewer("screener"))


def settle(world: World, report: Report, role: str, kind: str, unit: str = "protection", key: str = "worker") -> None:
    by = world.viewer("screening_supervisor")
    person = ReportPerson.objects.get(report=report, role=role).person_id
    if kind == "child_protection":
        about = {"report_id": report.id, "person_id": person, "kind": kind, "reason": "x", "by": by, "at": NOW}
        actions.decide(what="grade", outcome="two", **about)
        actions.decide(what="class", outcome="one", **about)
    to = Holder(world.units[unit], world.workers[key])
    actions.dispatch(report_id=report.id, kind=kind, person_ids=[person], to=to, by=by, at=NOW)


def test_a_child_is_looked_at_for_sexual_violence_as_well(world: World) -> None:
    report = receive(world, GIRL, kinds=("child_protection", "sexual_violence"))
    assert set(ScreeningPair.objects.filter(report=report).values_list("kind", flat=True)) == {
        "child_protection", "sexual_violence",
    }  # fmt: skip


def test_an_old_man_is_not_looked_at_as_a_child_nor_a_child_as_an_old_man(world: World) -> None:
    report = receive(world, GIRL, PersonIn(role="person", name="周阿公", age_text="82歲"),
                     kinds=("child_protection", "elder"))  # fmt: skip
    pairs = ScreeningPair.objects.filter(report=report).values_list("person__name", "kind")
    assert set(pairs) == {("周筱琪", "child_protection"), ("周阿公", "elder")}


def test_a_report_is_not_decided_while_a_kind_has_nobody(world: World) -> None:
    grandfather = PersonIn(role="carer", name="周阿公", age_text="82歲")
    report = receive(world, GIRL, grandfather, kinds=("child_protection", "elder"))
    settle(world, report, "child", "child_protection")
    assert not Report.objects.get(id=report.id).was_decided
    owed = {rule for rule in open_duties(report.id) if rule.startswith("elder.")}
    assert owed, "what the old man is owed stays"
    page = as_("screener").get(f"/reports/{number(report)}").content.decode()
    assert "還沒有人列為老人保護" in page
    person = ReportPerson.objects.get(report=report, role="carer").person_id
    actions.add_pair(report_id=report.id, person_id=person, kind="elder", by=world.viewer("screener"), at=NOW)
    settle(world, report, "carer", "elder", "adult", "adult_worker")
    world.viewer("screener")
    assert Report.objects.get(id=report.id).was_decided
    kinds = Duty.objects.filter(rule_id__in=owed, state="open").values_list("matter__sort", flat=True)
    assert set(kinds) == {"elder"}, "and nobody else owes it"
