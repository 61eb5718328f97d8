"""Nobody is closed over; refusals end little; a case ends when all its subjects have."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from anwang.cases.actions import (
    Ending,
    NewSubject,
    Place,
    Sight,
    Told,
    approve_review,
    ask_to_close,
    decide_opening,
    end_subject,
    hand_over_to_treatment,
    join_report,
    log_effort,
    place,
    record_contact,
    regrade_subject,
    reopen,
    send_back_review,
)
from anwang.cases.models import Case, CaseSubject, GradeChange
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from tests.unit.cases.office import Office, person

pytestmark = pytest.mark.django_db
DONE = Ending("goals_met", "已穩定，風險降低。")


def see(office: Office, case: Case, *people: object) -> None:
    office.hands.advance(timedelta(minutes=30))
    told = Told("home", "met", clock.now(), sights=tuple(Sight(one, "yes") for one in people))
    record_contact(matter_id=case.id, told=told, by=office.be("worker"))


def subject(person: object) -> CaseSubject:
    return CaseSubject.objects.get(person_id=person, until_on=None)


def open_it(office: Office, case: Case) -> None:
    review = decide_opening(
        case_id=case.id, decision="opened", grounds=["harm_found"], words="", by=office.be("worker"), at=clock.now()
    )
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())


def close(office: Office, case: Case, person: object, ending: Ending = DONE) -> None:
    by = office.be("worker")
    review = ask_to_close(case_id=case.id, subject_id=subject(person).id, ending=ending, by=by, at=clock.now())
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())


def test_opens_with_grounds_and_a_supervisors_word(office: Office) -> None:
    case = office.child_case()
    open_it(office, case)
    case.refresh_from_db()
    assert (case.phase, case.decision, case.opened_on) == ("opened", "opened", clock.today())
    assert Duty.objects.filter(matter_id=case.id, rule_id="child_protection.family_plan").count() == 2


def test_goes_back_to_work_when_sent_back(office: Office) -> None:
    case = office.child_case()
    review = decide_opening(
        case_id=case.id, decision="opened", grounds=["harm_found"], words="", by=office.be("worker"), at=clock.now()
    )
    send_back_review(review_id=review.id, words="補訪女兒。", by=office.be("supervisor"), at=clock.now())
    case.refresh_from_db()
    assert case.phase == "investigating"


@pytest.mark.parametrize("ground", ["no_finding", "missing", "refused"])
def test_does_not_turn_away_an_unseen_missing_or_unwilling_child(office: Office, ground: str) -> None:
    case = office.child_case()
    with pytest.raises(Refused):
        decide_opening(
            case_id=case.id, decision="not_opened", grounds=[ground], words="", by=office.be("worker"),
            at=clock.now(), can_decide="yes", risk_assessed=True, rights_told=True,
        )  # fmt: skip


def number_of(case: Case) -> str:
    return str(Matter.objects.values_list("number", flat=True).get(id=case.id))


def not_opened(office: Office, case: Case, words: str) -> object:
    return decide_opening(
        case_id=case.id, decision="not_opened", grounds=["same_event"], words=words, by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip


def test_an_unseen_child_is_in_a_case_already_only_where_that_case_is_named(office: Office) -> None:
    case, other = office.child_case(), office.child_case()
    for words in ("", "已經有人在處理", number_of(case)):
        with pytest.raises(Refused, match="陳小宇"):
            not_opened(office, case, words)
    review = not_opened(office, case, f"同一事件在{number_of(other)}處理中")
    with pytest.raises(Refused):
        approve_review(review_id=review.id, by=office.be("worker"), at=clock.now())
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    assert Matter.objects.get(id=case.id).ended_how == "not_opened"


def test_the_case_of_somebody_else_looks_after_nobody_and_tells_nothing(office: Office) -> None:
    stranger = person("別家的孩子", date(2022, 3, 3))
    case = office.child_case()
    others = office.child_case(subjects=[NewSubject(stranger, "child")], worker="worker2")
    said = []
    for words in (number_of(others), "C115-9999-9999"):
        with pytest.raises(Refused) as refused:
            not_opened(office, case, words)
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_each_unseen_child_needs_a_case_of_his_own(office: Office) -> None:
    case = office.child_case()
    boys = office.child_case(subjects=[NewSubject(office.boy, "child")], worker="worker2")
    girls = office.child_case(subjects=[NewSubject(office.girl, "child")], worker="worker2")
    with pytest.raises(Refused, match="陳小樂"):
        not_opened(office, case, number_of(boys))
    not_opened(office, case, f"{number_of(boys)}、{number_of(girls)}")


def test_a_case_that_ended_while_the_supervisor_read_looks_after_nobody(office: Office) -> None:
    case, other = office.child_case(), office.child_case(worker="worker2")
    review = not_opened(office, case, number_of(other))
    see_in = Told("home", "met", clock.now(), sights=(Sight(office.boy, "yes"), Sight(office.girl, "yes")))
    record_contact(matter_id=other.id, told=see_in, by=office.be("worker2"))
    given = {"decision": "not_opened", "grounds": ["no_finding"], "words": "", "at": clock.now()}
    ended = decide_opening(case_id=other.id, by=office.be("worker2"), **given)
    approve_review(review_id=ended.id, by=office.be("supervisor"), at=clock.now())
    with pytest.raises(Refused, match="退回"):
        approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())


def test_ends_the_matter_when_no_case_is_opened(office: Office) -> None:
    case = office.child_case()
    see(office, case, office.boy, office.girl)
    review = decide_opening(
        case_id=case.id, decision="not_opened", grounds=["no_finding"], words="", by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    matter = Matter.objects.get(id=case.id)
    assert (matter.ended_how, matter.ended_at) == ("not_opened", clock.now())


def test_does_not_close_over_a_child_nobody_saw(office: Office) -> None:
    case = office.child_case()
    open_it(office, case)
    with pytest.raises(Refused, match="陳小宇"):
        ask_to_close(
            case_id=case.id, subject_id=subject(office.boy).id, ending=DONE, by=office.be("worker"), at=clock.now()
        )
    with pytest.raises(IntegrityError, match="unseen_subject_is_not_closed_over"), transaction.atomic():
        end_subject(subject_id=subject(office.boy).id, reason="goals_met", by=office.be("supervisor"), at=clock.now())


def test_asks_for_another_sight_after_a_missed_visit_or_news(office: Office) -> None:
    case = office.child_case()
    open_it(office, case)
    see(office, case, office.boy, office.girl)
    office.hands.advance(timedelta(hours=1))
    asleep = Told("home", "not_met", clock.now(), sights=(Sight(office.boy, "no", "asleep"),))
    record_contact(matter_id=case.id, told=asleep, by=office.be("worker"))
    with pytest.raises(Refused, match="陳小宇"):
        close(office, case, office.boy)
    see(office, case, office.boy, office.girl)
    office.hands.advance(timedelta(hours=1))
    report = office.another_report()
    join_report(
        case_id=case.id, report_id=report.id, as_what="new_event", at=clock.now(), by=office.be("screener")
    )  # fmt: skip
    with pytest.raises(Refused, match="陳小樂"):
        close(office, case, office.girl)


def test_closes_one_child_and_goes_on_with_the_other(office: Office) -> None:
    case = office.child_case()
    open_it(office, case)
    see(office, case, office.boy, office.girl)
    close(office, case, office.boy)
    case.refresh_from_db()
    assert case.phase == "opened"
    with pytest.raises(Refused, match="陳小樂"):
        ask_to_close(case_id=case.id, ending=DONE, by=office.be("worker"), at=clock.now())
    close(office, case, office.girl)
    case.refresh_from_db()
    assert case.phase == "closed"
    assert Matter.objects.get(id=case.id).ended_how == "closed"


def test_lets_an_ended_case_be_reopened_as_another_that_arises_from_it(office: Office) -> None:
    case = office.child_case()
    open_it(office, case)
    see(office, case, office.boy, office.girl)
    close(office, case, office.boy)
    close(office, case, office.girl)
    office.hands.advance(timedelta(days=30))
    new = reopen(
        case_id=case.id, acting=Holder(office.units["protection"], office.workers["worker2"]),
        accountable_id=office.units["protection"], subjects=office.children(), by=office.be("worker"), at=clock.now(),
    )  # fmt: skip
    assert Matter.objects.get(id=new.id).arose_from_id == case.id
    with pytest.raises(Conflict):
        reopen(
            case_id=new.id, acting=Holder(office.units["protection"], office.workers["worker2"]),
            accountable_id=office.units["protection"], subjects=office.children(), by=office.be("worker2"),
            at=clock.now(),
        )  # fmt: skip


def adult(office: Office) -> Case:
    case = office.child_case(
        kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], circle="victim",
        has_child="no",
    )  # fmt: skip
    review = decide_opening(
        case_id=case.id, decision="opened", grounds=["violence_repeated"], words="", by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    return case


@pytest.mark.parametrize(
    "ticks",
    [
        {},
        {"capacity": "yes"},
        {"capacity": "yes", "risk_assessed": True, "safety_plan": True},
        {"capacity": "yes", "risk_assessed": True, "rights_told": True, "way_back_told": True},
        {"capacity": "no", "risk_assessed": True, "safety_plan": True, "rights_told": True, "way_back_told": True},
        {"capacity": "unknown", "risk_assessed": True, "safety_plan": True, "rights_told": True, "way_back_told": True},
    ],
)
def test_respects_a_refusal_only_after_assessment_plan_and_rights(office: Office, ticks: dict) -> None:
    case = adult(office)
    ending = Ending("declined", "兩次安全聯繫後表明不需服務。", **ticks)
    with pytest.raises(Refused):
        ask_to_close(
            case_id=case.id, subject_id=subject(office.mother).id, ending=ending, by=office.be("worker"),
            at=clock.now(),
        )  # fmt: skip


def test_respects_the_refusal_of_a_competent_adult(office: Office) -> None:
    case = adult(office)
    close(
        office, case, office.mother,
        Ending("declined", "已訂安全計畫。", capacity="yes", risk_assessed=True, safety_plan=True, rights_told=True,
               way_back_told=True),
    )  # fmt: skip
    case.refresh_from_db()
    assert case.phase == "closed"


def test_ends_suicide_follow_up_only_after_the_recorded_refusals(office: Office) -> None:
    case = office.child_case(kind="suicide", subjects=[NewSubject(office.mother, "client")])
    review = decide_opening(
        case_id=case.id, decision="opened", grounds=["danger_now"], words="", by=office.be("worker"), at=clock.now()
    )
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    ending = Ending("declined", "表明不需要", case_discussed=True)
    by = office.be("worker")
    with pytest.raises(Refused, match="3次"):
        ask_to_close(case_id=case.id, subject_id=subject(office.mother).id, ending=ending, by=by, at=clock.now())
    for _ in range(3):
        log_effort(
            case_id=case.id, person_id=office.mother, method="phone", refused=True, words="", by=by, at=clock.now()
        )
    ask_to_close(case_id=case.id, subject_id=subject(office.mother).id, ending=ending, by=by, at=clock.now())


def test_gives_new_clocks_with_a_new_grade_and_keeps_the_old_line(office: Office) -> None:
    case = office.child_case()
    girl = subject_as(office, office.girl)
    regrade_subject(
        subject_id=girl.id, grade="one", class_code="one", reason="耳朵瘀青", by=office.be("worker"), at=clock.now()
    )
    running = Duty.objects.filter(matter_id=case.id, subject_id=office.girl, state="open")
    assert {one.rule_id for one in running} >= {"child_protection.first_visit", "child_protection.report_level_one"}
    assert "child_protection.report_level_two" not in {one.rule_id for one in running}
    assert list(GradeChange.objects.filter(subject=girl).order_by("id").values_list("grade", flat=True)) == [
        "two", "one",
    ]  # fmt: skip


def test_leaves_lowering_a_grade_to_the_supervisor(office: Office) -> None:
    office.child_case()
    boy = subject_as(office, office.boy)
    with pytest.raises(Refused, match="督導"):
        regrade_subject(
            subject_id=boy.id, grade="two", class_code="one", reason="x", by=office.be("worker"), at=clock.now()
        )
    with pytest.raises(BadInput):
        regrade_subject(
            subject_id=boy.id, grade="one", class_code="two", reason=" ", by=office.be("worker"), at=clock.now()
        )
    regrade_subject(
        subject_id=boy.id, grade="two", class_code="one", reason="查證後", by=office.be("supervisor"), at=clock.now()
    )


def subject_as(office: Office, person: object) -> CaseSubject:
    office.be("worker")
    return subject(person)


def test_hands_the_same_case_with_its_placement_from_investigation_to_treatment(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(hours=3))
    where = Place("foster", "child_56", clock.now() - timedelta(minutes=5))
    placement = place(case_id=case.id, person_id=office.boy, where=where, by=office.be("worker"))
    office.hands.advance(timedelta(hours=1))
    hand_over_to_treatment(
        case_id=case.id, to=Holder(office.units["protection"], office.workers["worker2"]),
        accountable_id=office.units["protection"], effective_at=clock.now(),
        expected_since=Matter.objects.get(id=case.id).acting_since, by=office.be("supervisor"),
    )  # fmt: skip
    held = Matter.objects.filter(id__in=[case.id, placement.id]).values_list("acting_worker_id", flat=True)
    assert set(held) == {office.workers["worker2"]}
    assert Case.objects.count() == 1
