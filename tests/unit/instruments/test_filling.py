"""Forms are filled by the version of their day; silence is an answer; what does not apply never counts."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from anwang.cases.actions import NewSubject, Safety
from anwang.cases.models import Assessment, CaseSubject, SafetyResult
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.instruments.actions import Form, Judged, Reported, fill, follow_up, judge
from anwang.instruments.models import Fill, Judgement, Version
from anwang.matters.actions import end_matter
from anwang.matters.models import Duty, Review
from anwang.people.models import Person
from tests.unit.cases.office import Office

pytestmark = pytest.mark.django_db

MOOD = {"sleep": 2, "tense": 2, "annoyed": 2, "low": 2, "inferior": 2, "suicide": 0}
TIPVDA = [
    "choked",
    "hurt_children",
    "pregnant",
    "weapon",
    "said_kill",
    "die_together",
    "stalked",
    "sexual",
    "drunk",
    "others",
    "money",
    "seeks_help",
    "jealous",
    "believes_kill",
    "worse",
]
EIGHT = {name: "yes" if n < 8 else "no" for n, name in enumerate(TIPVDA)}


def violence(office: Office, sex: str = "female") -> UUID:
    """A case of intimate violence about the mother, held by the worker."""
    Person.objects.filter(id=office.mother).update(sex=sex)
    case = office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")])
    office.be("worker")
    return case.id


def ask(office: Office, case_id: UUID, instrument: str, person: UUID | None = None, **given: object) -> Fill:
    """Fill a form as the worker, now."""
    form = Form(instrument, case_id, person_id=person, **given)  # type: ignore[arg-type]
    return fill(form=form, by=office.be("worker"), at=clock.now())


def test_counts_what_was_answered(office: Office) -> None:
    case = office.child_case()
    filled = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD)
    assert (filled.level, filled.scores) == ("moderate", {"score": [10, 10]})
    assert filled.network == "protection"
    assert filled.zone == "special"


@pytest.mark.parametrize("silence", ["unknown", "declined", "unsafe"])
def test_keeps_why_there_is_no_answer_and_counts_it_as_no_answer(office: Office, silence: str) -> None:
    case = office.child_case()
    filled = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD | {"suicide": silence})
    assert filled.answers["suicide"] == silence
    assert filled.level == ""
    assert filled.ceiling_rank == 0
    assert Duty.objects.filter(matter_id=case.id, rule_id="instrument.person_decides", state="open").count() == 1
    assert Duty.objects.filter(matter_id=case.id, rule_id="instrument.refer_suicide", state="open").count() == 1


def test_takes_the_version_of_the_event_and_no_old_threshold_after_it(office: Office) -> None:
    case = violence(office)
    old = ask(office, case, "danger.intimate", office.mother, answers=EIGHT, event_on=date(2022, 12, 31))
    assert old.level == "high"
    with pytest.raises(BadInput) as refused:
        ask(office, case, "danger.intimate", office.mother, answers=EIGHT, event_on=date(2023, 1, 1))
    assert refused.value.field == "result"
    told = Reported("望潮分局", "high", "TIPVDA 2.0簡版")
    new = ask(office, case, "danger.intimate", office.mother, event_on=date(2023, 1, 1), reported=told)
    assert (new.level, new.floor_rank, new.reported_version) == ("", None, "TIPVDA 2.0簡版")
    assert Judgement.objects.get(fill=new).direction == "free"


@pytest.mark.parametrize(("sex", "applies"), [("male", "no"), ("unknown", "unknown")])
def test_gives_no_level_where_the_form_was_not_made_for_him(office: Office, sex: str, applies: str) -> None:
    case = violence(office, sex)
    filled = ask(office, case, "danger.intimate", office.mother, answers=EIGHT, event_on=date(2022, 6, 1))
    assert (filled.applies, filled.level, filled.floor_rank) == (applies, "", None)
    assert filled.hint == "high"
    assert Duty.objects.filter(matter_id=case, rule_id="instrument.person_decides", state="open").exists()


def test_never_counts_a_score_that_does_not_apply(office: Office) -> None:
    case = violence(office, "male")
    filled = ask(office, case, "danger.intimate", office.mother, answers=EIGHT, event_on=date(2022, 6, 1))
    copy = {field.attname: getattr(filled, field.attname) for field in Fill._meta.concrete_fields
            if field.attname not in ("id", "bounds")}  # fmt: skip
    with pytest.raises(IntegrityError, match="fill_"), transaction.atomic():
        Fill.objects.create(**{**copy, "level": "high", "hint": "", "floor_rank": 0, "ceiling_rank": 0})


def test_gives_each_child_a_safety_result_of_its_own(office: Office) -> None:
    case = office.child_case()
    dangers = [
        "injury",
        "needs",
        "living",
        "not_protected",
        "violence",
        "emotional",
        "sexual",
        "no_access",
        "unexplained",
    ]
    answers = dict.fromkeys(dangers, "no") | {"injury": "yes", "plan_holds": "yes", "capacity": "yes"}
    with pytest.raises(BadInput) as refused, transaction.atomic():
        ask(office, case.id, "child.safety", office.boy, answers=answers)
    assert refused.value.field == "plan"
    plan = Safety("", plan="外婆同住，父親不單獨帶", signature_refused=True, instead="里幹事每日探視")
    filled = ask(office, case.id, "child.safety", office.boy, answers=answers, safety=plan)
    assert filled.level == "safe_with_plan"
    found = {one.person_id: one.safety for one in CaseSubject.objects.filter(matter_id=case.id)}
    assert found == {office.boy: "safe_with_plan", office.girl: ""}
    assert SafetyResult.objects.get().instead == "里幹事每日探視"


def test_refuses_a_form_about_the_wrong_kind_of_client_and_from_outside(office: Office) -> None:
    case = office.child_case(family_id=office.family)
    with pytest.raises(BadInput):
        ask(office, case.id, "vulnerability.index", office.boy)
    with pytest.raises(BadInput):
        fill(form=Form("mood.bsrs5", case.id, family_id=office.family), by=office.be("worker"), at=clock.now())
    form = Form("mood.bsrs5", case.id, person_id=office.girl, answers=MOOD)
    with pytest.raises(Refused):
        fill(form=form, by=office.be("welfare_worker"), at=clock.now())


def test_dates_the_vulnerability_index_by_the_report(office: Office) -> None:
    case = office.child_case(family_id=office.family)
    office.be("worker")
    form = Form("vulnerability.index", case.id, family_id=office.family, answers={"child_carer": "yes"})
    filled = fill(form=form, by=office.be("worker"), at=clock.now())
    assert filled.event_on == date(2026, 3, 7)
    earlier = Form(
        "vulnerability.index", case.id, family_id=office.family, answers={"mental": "yes"}, event_on=date(2025, 6, 30)
    )
    old = fill(form=earlier, by=office.be("worker"), at=clock.now())
    assert Version.objects.get(hash=old.version_id).from_on == date(2024, 1, 1)
    with pytest.raises(BadInput):
        ask(office, case.id, "vulnerability.index", answers={"child_carer": "yes"}, event_on=date(2025, 6, 30))


def test_asks_direction_and_reason_for_another_value(office: Office) -> None:
    case = office.child_case()
    filled = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD)
    by = office.be("worker")
    for judged, field in [
        (Judged("mild"), "direction"), (Judged("mild", "up", "protective", "外婆陪著"), "direction"),
        (Judged("mild", "down"), "reason"), (Judged("mild", "down", "protective"), "words"),
        (Judged("moderate", "down", "protective", "外婆陪著"), "direction"), (Judged("grave"), "level"),
    ]:  # fmt: skip
        with pytest.raises(BadInput) as refused, transaction.atomic():
            judge(fill_id=filled.id, judged=judged, by=by, at=clock.now())
        assert refused.value.field == field
    down = judge(
        fill_id=filled.id, judged=Judged("mild", "down", "protective", "外婆陪著", ("low",)), by=by, at=clock.now()
    )
    assert (down.direction, down.items) == ("down", ["low"])
    assert judge(fill_id=filled.id, judged=Judged("moderate"), by=by, at=clock.now()).direction == "agreed"


def test_holds_direction_and_bounds_together_in_the_database(office: Office) -> None:
    case = office.child_case()
    filled = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD)
    known = {
        "matter_id": case.id, "zone": "special", "fill": filled, "level": "mild", "rank": 3, "county": "99001",
        "reason": "protective", "words": "x", "at": clock.now(), "recorded_at": clock.now(),
    }  # fmt: skip
    for bounds, direction in [((2, 2), "agreed"), ((3, 3), "agreed"), ((None, None), "free"), ((2, 2), "up")]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Judgement.objects.create(
                **known, id=uuid7(), floor_rank=bounds[0], ceiling_rank=bounds[1], direction=direction
            )


def test_ends_the_duty_to_refer_by_saying_what_was_done(office: Office) -> None:
    case = office.child_case()
    filled = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD | {"suicide": 3})
    assert filled.level == "refer"
    owed = Duty.objects.get(matter_id=case.id, rule_id="instrument.refer_suicide")
    assert owed.due_at == clock.now() + timedelta(hours=24)
    follow_up(fill_id=filled.id, did="referred", words="心衛中心王護理師", by=office.be("worker"), at=clock.now())
    assert Duty.objects.get(id=owed.id).state == "done"


def test_asks_for_the_phq9_again_each_time_it_was_high(office: Office) -> None:
    case = office.child_case()
    high = dict.fromkeys(["interest", "low", "sleep", "tired", "appetite", "failure", "focus", "slow", "harm"], 2)
    ask(office, case.id, "mood.phq9", office.girl, answers=high)
    office.hands.advance(timedelta(days=80))
    ask(office, case.id, "mood.phq9", office.girl, answers=high)
    states = Duty.objects.filter(matter_id=case.id, rule_id="instrument.retest_phq9").order_by("due_at")
    assert [one.state for one in states] == ["done", "open"]


def test_replaces_a_form_for_some_days_and_keeps_both(office: Office) -> None:
    case = office.child_case()
    first = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD)
    with pytest.raises(BadInput):
        ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD, replaces=first.id)
    second = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD | {"sleep": 0}, replaces=first.id,
                 because="睡眠看錯格")  # fmt: skip
    assert Fill.objects.count() == 2
    assert second.level == "mild"
    with pytest.raises(Conflict):
        ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD, replaces=first.id, because="再改")
    office.hands.advance(timedelta(days=8))
    with pytest.raises(Refused):
        ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD, replaces=second.id, because="再改")


def test_refuses_a_version_that_was_changed_after_its_first_use(office: Office) -> None:
    case = office.child_case()
    filled = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(hash=filled.version_id).update(body={})


def test_refuses_another_body_for_a_day_that_was_used(office: Office) -> None:
    case = office.child_case()
    Version.objects.create(
        hash="0" * 64, instrument="mood.bsrs5", from_on=date(2013, 1, 1), body={}, published_at=clock.now()
    )
    with pytest.raises(Conflict):
        ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD)


def test_hands_the_evaluation_report_in_with_the_index_as_people_saw_it(office: Office) -> None:
    case = office.child_case(kind="vulnerable_family", family_id=office.family,
                             subjects=[NewSubject(None, "family")])  # fmt: skip
    by = office.be("worker")
    form = Form("vulnerability.index", case.id, family_id=office.family, answers={"child_carer": "yes"},
                judged=Judged("medium", "down", "protective", "阿姨已搬來同住"))  # fmt: skip
    fill(form=form, by=by, at=clock.now())
    parts = {"facts": "查訪屬實", "needs": "照顧負荷", "goals": "減輕照顧", "plan": "居家服務"}
    with pytest.raises(BadInput):
        fill(form=Form("family.evaluation", case.id, family_id=office.family, answers=parts | {"plan": ""}), by=by,
             at=clock.now())  # fmt: skip
    fill(form=Form("family.evaluation", case.id, family_id=office.family, answers=parts), by=by, at=clock.now())
    report = Assessment.objects.get()
    assert (report.index_proposed, report.index_chosen, report.index_because) == ("high", "medium", "阿姨已搬來同住")
    assert Review.objects.filter(matter_id=case.id, about_id=report.id).exists()


def test_writes_nothing_into_a_case_that_has_ended(office: Office) -> None:
    case = office.child_case()
    filled = ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD)
    end_matter(matter_id=case.id, how="closed", at=clock.now(), by=office.be("worker"))
    with pytest.raises(Conflict):
        ask(office, case.id, "mood.bsrs5", office.girl, answers=MOOD)
    with pytest.raises(Conflict):
        judge(fill_id=filled.id, judged=Judged("moderate"), by=office.be("worker"), at=clock.now())
    with pytest.raises(Conflict):
        follow_up(fill_id=filled.id, did="referred", by=office.be("worker"), at=clock.now())
