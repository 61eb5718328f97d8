"""Four refusals, four rules: child, somebody who cannot decide, public danger, competent adult; and the youth."""

from datetime import date, timedelta

import pytest

from anwang.cases.actions import (
    Ending,
    NewSubject,
    NoCriteria,
    RefusalTold,
    Sight,
    Told,
    answer_refusal,
    approve_review,
    ask_to_close,
    begin_search,
    decide_opening,
    end_after_care,
    end_search,
    end_unfitted,
    log_refusal,
    look_at_unfitted,
    record_contact,
    reopen,
    take_unfitted,
)
from anwang.cases.models import Case, CaseSubject, Effort, Refusal
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from tests.unit.cases.office import Office, person

pytestmark = pytest.mark.django_db
FULL = {"risk_assessed": True, "rights_told": True, "way_back_told": True}
NO = "她說不需要，以後不要再打來。"


def served(office: Office, kind: str, subjects, **options) -> Case:  # type: ignore[no-untyped-def]
    case = office.child_case(kind=kind, subjects=subjects, **options)
    review = decide_opening(
        case_id=case.id, decision="opened", grounds=["ordered"], words="", by=office.be("worker"), at=clock.now()
    )
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    return case


def adult(office: Office, name: str = "周雅婷", born: date = date(1992, 4, 4)):  # type: ignore[no-untyped-def]
    return person(name, born)


def owed(case: Case, rule: str) -> bool:
    return Duty.objects.filter(matter_id=case.id, state="open", rule_id=rule).exists()


def refuse(office: Office, case: Case, **known) -> Refusal:  # type: ignore[no-untyped-def]
    told = RefusalTold(NO, **{"capacity": "yes", "public_danger": "no", **known})
    return log_refusal(case_id=case.id, told=told, by=office.be("worker"), at=clock.now())


def close(office: Office, case: Case, reason: str, **known):  # type: ignore[no-untyped-def]
    ending = Ending(reason, "已說明。", **{"capacity": "yes", "safety_plan": True, **FULL, **known})
    one = CaseSubject.objects.get(matter_id=case.id, until_on=None)
    return ask_to_close(case_id=case.id, subject_id=one.id, ending=ending, by=office.be("worker"), at=clock.now())


def test_a_competent_woman_is_let_go_with_everything_told_and_a_supervisors_word(office: Office) -> None:
    case = served(office, "intimate_violence", [NewSubject(adult(office), "victim")], has_child="no")
    assert refuse(office, case).outcome == "not_yet"
    assert owed(case, "refusal.next_step")
    for missing in FULL:
        with pytest.raises(Refused):
            close(office, case, "declined", **{missing: False})
    with pytest.raises(Refused):
        close(office, case, "declined", safety_plan=False)
    assert refuse(office, case, **FULL).outcome == "may_close"
    review = close(office, case, "declined")
    with pytest.raises(Refused):
        approve_review(review_id=review.id, by=office.be("worker"), at=clock.now())
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    assert Matter.objects.get(id=case.id).ended_at is not None
    assert Effort.objects.filter(matter_id=case.id, refused=True).count() == 2


def test_a_mother_of_a_two_year_old_is_not_let_go(office: Office) -> None:
    family = {"family_id": office.family}
    case = served(office, "vulnerable_family", [NewSubject(None)], has_child="yes", **family)
    refusal = refuse(office, case, **FULL)
    assert (refusal.outcome, refusal.row) == ("goes_on_child", "child")
    with pytest.raises(Refused):
        ask_to_close(case_id=case.id, ending=Ending("declined", "拒絕", **FULL), by=office.be("worker"), at=clock.now())
    with pytest.raises(BadInput):
        answer_refusal(refusal_id=refusal.id, step="capacity", words="不適用", by=office.be("worker"), at=clock.now())
    for step in ("school", "police_asked"):
        answer_refusal(refusal_id=refusal.id, step=step, words="幼兒園每天看到", by=office.be("worker"), at=clock.now())
    assert not owed(case, "refusal.next_step")


@pytest.mark.parametrize("known", [{"capacity": "no"}, {"public_danger": "yes"}])
def test_who_cannot_decide_and_who_endangers_others_stay_protected(office: Office, known: dict[str, str]) -> None:
    case = served(office, "elder", [NewSubject(adult(office, "老先生", date(1948, 1, 1)), "client")], has_child="no")
    assert refuse(office, case, **FULL, **known).outcome == "goes_on_protected"
    with pytest.raises(Refused):
        close(office, case, "declined", **known)


@pytest.mark.parametrize("known", [{"capacity": "unknown"}, {"public_danger": "unknown"}])
def test_what_is_not_known_closes_nothing(office: Office, known: dict[str, str]) -> None:
    case = served(office, "elder", [NewSubject(adult(office, "老先生", date(1948, 1, 1)), "client")], has_child="no")
    refusal = refuse(office, case, **FULL, **known)
    assert refusal.outcome == ""
    assert owed(case, "refusal.next_step")
    with pytest.raises(Refused):
        close(office, case, "declined", **known)


def youth(office: Office) -> Case:
    one = person("蔡哲", date(2010, 9, 2))
    return served(office, "youth_guidance", [NewSubject(one, "child")], has_child="yes")


def test_the_youth_committee_goes_on(office: Office) -> None:
    case = youth(office)
    assert refuse(office, case, **FULL).outcome == "goes_on_youth"
    with pytest.raises(Refused):
        close(office, case, "declined")
    assert owed(case, "youth.plan")
    assert owed(case, "youth.visit")


@pytest.mark.parametrize(("days", "closes"), [(-1, False), (0, True)])
def test_a_youth_missing_for_three_months_may_rest_and_is_taken_on_again_when_found(
    office: Office, days: int, closes: bool
) -> None:
    case = youth(office)
    since = clock.now()
    child = CaseSubject.objects.get(matter_id=case.id).person_id
    search = begin_search(case_id=case.id, person_id=child, missing_since=since, by=office.be("worker"), at=since)
    office.hands.advance(timedelta(days=92 + days))
    if not closes:
        with pytest.raises(Refused):
            close(office, case, "missing")
        return
    review = close(office, case, "missing")
    approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now())
    case.refresh_from_db()
    assert case.phase == "after_care"
    with pytest.raises(Refused):
        end_after_care(case_id=case.id, by=office.be("worker"), at=clock.now())
    end_search(search_id=search.id, how="found", words="警察在車站找到", by=office.be("worker"), at=clock.now())
    assert owed(case, "youth.reopen")
    with pytest.raises(Refused):
        end_after_care(case_id=case.id, by=office.be("worker"), at=clock.now())
    again = reopen(
        case_id=case.id, acting=Holder(office.units["protection"], office.workers["worker"]),
        accountable_id=office.units["protection"], subjects=[NewSubject(child, "child")], by=office.be("worker"),
        at=clock.now(),
    )  # fmt: skip
    assert again.kind == "youth_guidance"


def test_a_refusal_has_words_and_is_about_somebody_of_the_case(office: Office) -> None:
    case = served(office, "elder", [NewSubject(adult(office), "client")], has_child="no")
    with pytest.raises(BadInput):
        log_refusal(case_id=case.id, told=RefusalTold(" "), by=office.be("worker"), at=clock.now())
    with pytest.raises(NotFound):
        log_refusal(
            case_id=case.id, told=RefusalTold(NO, person_id=office.girl), by=office.be("worker"), at=clock.now()
        )
    with pytest.raises(Refused):
        log_refusal(case_id=case.id, told=RefusalTold(NO), by=office.be("nurse"), at=clock.now())


def test_somebody_no_criteria_fit_has_a_lead_and_is_not_closed_over(office: Office) -> None:
    one = adult(office, "李美雲", date(1988, 2, 2))
    case = served(office, "elder", [NewSubject(one, "client")], has_child="no")
    told = NoCriteria("undiagnosed", "衛生局：沒有診斷；社福：精神。", has_carer="unknown")
    found = take_unfitted(case_id=case.id, person_id=one, told=told, by=office.be("worker"), at=clock.now())
    assert owed(case, "unfitted.review")
    assert owed(case, "unfitted.carer")
    with pytest.raises(Conflict):
        take_unfitted(case_id=case.id, person_id=one, told=told, by=office.be("worker"), at=clock.now())
    see(office, case, one)
    with pytest.raises(Refused):
        close(office, case, "goals_met")
    by, now = office.be("worker"), clock.now()
    look_at_unfitted(unfitted_id=found.id, what="carer", words="妹妹：喘息服務、家屬團體。", by=by, at=now)
    assert not owed(case, "unfitted.carer")
    office.hands.advance(timedelta(days=20))
    look_at_unfitted(unfitted_id=found.id, what="review", words="約好門診。", by=office.be("worker"), at=clock.now())
    for how in ("not_ours", "received"):
        with pytest.raises((BadInput, Refused)):
            end_unfitted(unfitted_id=found.id, how=how, words="不屬本單位", by=office.be("worker"), at=clock.now())
    with pytest.raises(Refused):
        end_unfitted(unfitted_id=found.id, how="settled", words="穩定", by=office.be("worker"), at=clock.now())
    end_unfitted(unfitted_id=found.id, how="fits", words="確診，衛生局收案。", by=office.be("worker"), at=clock.now())
    see(office, case, one)
    close(office, case, "goals_met")


def see(office: Office, case: Case, one) -> None:  # type: ignore[no-untyped-def]
    told = Told("home", "met", clock.now(), place_kind="home", sights=(Sight(one, "yes"),))
    record_contact(matter_id=case.id, told=told, by=office.be("worker"))
