"""Compulsory treatment under both rule sets: limits, extensions, the day on which the rules change."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from anwang.access.viewer import service_viewer
from anwang.care import actions, rules
from anwang.care.models import Measure, MeasureStep
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from tests.unit.care.centre import Centre

pytestmark = pytest.mark.django_db


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.TAIPEI)


@pytest.fixture
def case(centre: Centre) -> Case:
    return centre.his_case()


def placed(centre: Centre, case: Case) -> Measure:
    by = centre.be("mind_worker")
    return actions.place(matter_id=case.id, hospital="縣立望潮醫院", began_at=clock.now(), by=by, at=clock.now())


def granted(centre: Centre, case: Case, kind: str = "hospital", **more: object) -> Measure:
    given = {"kind": kind, "hospital": "縣立望潮醫院", "number": "115年度衛字第9001號", "began_at": clock.now(), **more}
    by = centre.be("mind_worker")
    return actions.grant_measure(matter_id=case.id, granted=actions.Granted(**given), by=by, at=clock.now())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "held", "began", "extension", "until"),
    [
        ("placement", "committee", "2024-12-13T20:00", 0, date(2024, 12, 17)),
        ("placement", "court", "2024-12-14T20:00", 0, date(2024, 12, 20)),
        ("hospital", "committee", "2024-12-13T09:00", 0, date(2025, 2, 10)),
        ("hospital", "court", "2026-03-08T09:00", 0, date(2026, 5, 6)),
        ("hospital", "court", "2026-05-07T09:00", 1, date(2026, 7, 5)),
        ("community", "court", "2026-03-08T09:00", 0, date(2026, 9, 7)),
        ("community", "court", "2026-09-08T09:00", 1, date(2027, 9, 7)),
    ],
)
def test_ends_on_the_last_day_counted_with_the_first(
    kind: str, held: str, began: str, extension: int, until: date
) -> None:
    with clock.frozen(at(began)):
        assert rules.last_day(kind, held, at(began), extension) == until


@pytest.mark.parametrize(
    ("on", "held"), [(date(2024, 12, 13), "committee"), (date(2024, 12, 14), "court"), (date(2008, 7, 4), "committee")]
)
def test_asks_the_rules_of_the_day(on: date, held: str) -> None:
    assert rules.rule_set(on, "99001") == held


def test_follows_a_placement_to_the_court(centre: Centre, case: Case) -> None:
    measure = placed(centre, case)
    assert measure.rule_set == "court"
    assert centre.due(case.id, "compulsory.examination_court") == "2026-03-12T00:00"
    assert centre.due(case.id, "compulsory.placement_court") == "2026-03-15T00:00"
    assert centre.owed(case.id, "compulsory.legal_aid") is not None
    assert centre.owed(case.id, "compulsory.placement_committee") is None
    centre.later(days=1)
    by = centre.be("mind_worker")
    with pytest.raises(BadInput) as refused:
        actions.note_step(measure_id=measure.id, kind="examined", specialists=1, by=by, at=clock.now())
    assert refused.value.field == "specialists"
    actions.note_step(measure_id=measure.id, kind="examined", specialists=1, remote=True, by=by, at=clock.now())
    actions.note_step(measure_id=measure.id, kind="aid", by=by, at=clock.now())
    actions.note_step(measure_id=measure.id, kind="applied", words="聲請狀9002", by=by, at=clock.now())
    for rule in ("examination_court", "placement_court", "legal_aid"):
        assert centre.owed(case.id, f"compulsory.{rule}") is None
    centre.later(days=2)
    term = granted(centre, case)
    measure.refresh_from_db()
    assert measure.ended_how == "passed_on"
    assert (term.follows_id, term.extension, term.ends_on) == (measure.id, 0, date(2026, 5, 9))
    assert centre.due(case.id, "compulsory.extension_hospital_court") == "2026-04-26T00:00"
    assert centre.due(case.id, "compulsory.term") == "2026-05-10T00:00"


def test_is_extended_by_the_court_once_only(centre: Centre, case: Case) -> None:
    first = granted(centre, case)
    centre.till(at("2026-04-20T09:00"))
    by = centre.be("mind_worker")
    actions.note_step(measure_id=first.id, kind="extension_asked", by=by, at=clock.now())
    centre.till(at("2026-05-07T09:00"))
    second = granted(centre, case)
    assert second.extension == 1
    assert centre.owed(case.id, "compulsory.extension_hospital_court") is None
    by = centre.be("mind_worker")
    with pytest.raises(Refused, match="不能再延長"):
        actions.note_step(measure_id=second.id, kind="extension_asked", by=by, at=clock.now())
    centre.later(days=10)
    with pytest.raises(Refused, match="不能再延長"):
        granted(centre, case)


def test_refuses_a_term_longer_than_the_rules_allow(centre: Centre, case: Case) -> None:
    with pytest.raises(BadInput) as refused:
        granted(centre, case, ends_on=date(2026, 5, 7))
    assert refused.value.field == "ends_on"
    assert granted(centre, case, ends_on=date(2026, 4, 30)).ends_on == date(2026, 4, 30)


def test_ends_and_owes_no_more(centre: Centre, case: Case) -> None:
    measure = granted(centre, case, kind="community")
    assert centre.due(case.id, "compulsory.extension_community") == "2026-08-09T00:00"
    centre.later(days=20)
    by = centre.be("mind_worker")
    actions.end_measure(measure_id=measure.id, how="better", by=by, at=clock.now())
    assert centre.owed(case.id, "compulsory.term") is None
    assert centre.owed(case.id, "compulsory.extension_community") is None
    with pytest.raises(Conflict):
        actions.end_measure(measure_id=measure.id, how="better", by=by, at=clock.now())


def test_takes_whoever_is_under_the_old_rules_to_the_court(centre: Centre, case: Case) -> None:
    centre.be("mind_worker")
    matter = centre.matter(case.id)
    measure = Measure.objects.create(
        matter=matter, person_id=centre.father, kind="hospital", rule_set="committee", hospital="縣立望潮醫院",
        number="審查會9003", began_at=at("2024-11-20T09:00"), ends_on=date(2025, 1, 18), recorded_at=clock.now(),
        recorded_by=centre.workers["mind_worker"],
    )  # fmt: skip
    by = service_viewer("care")
    assert actions.carry_over(county="99001", on=date(2024, 12, 13), by=by) == 0
    assert actions.carry_over(county="99001", on=date(2024, 12, 15), by=by) == 1, "also when it ran a day late"
    assert actions.carry_over(county="99001", on=date(2024, 12, 14), by=by) == 0
    centre.be("mind_worker")
    assert MeasureStep.objects.filter(measure=measure, kind="carried").count() == 1
    assert centre.due(case.id, "compulsory.carried_over") == "2025-02-14T00:00"


@pytest.mark.parametrize("key", ["welfare_worker", "mind2_supervisor", "clerk", "adult_worker"])
def test_is_no_business_of_a_stranger(centre: Centre, case: Case, key: str) -> None:
    measure = placed(centre, case)
    viewer = centre.be(key)
    assert not Measure.objects.filter(id=measure.id).exists()
    with pytest.raises(Refused):
        actions.place(matter_id=case.id, hospital="別家", began_at=clock.now(), by=viewer, at=clock.now())
