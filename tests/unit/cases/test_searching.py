"""Searching for a missing child: who begins, which steps end the duty, and who never stands on a list of the police."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from anwang.access.actions import grant, worker_key
from anwang.access.states import Zone
from anwang.cases import queries
from anwang.cases.actions import (
    Ending,
    NewSubject,
    approve_review,
    ask_to_close,
    begin_search,
    check_sighting,
    decide_opening,
    end_search,
    end_subject,
    make_police_list,
    take_back,
    take_police_lines,
    take_step,
)
from anwang.cases.models import Case, CaseSubject, PoliceListed, Search, Sighting
from anwang.cases.queries.searching import required_steps
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.actions import end_matter
from anwang.matters.models import Duty
from anwang.people.actions import add_safety_address
from tests.unit.cases.office import Office

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=3)


def family_case(office: Office, *children: UUID) -> Case:
    """A vulnerable family's case of its own, its report decided, about these children."""
    by = office.be("screener")
    end_matter(matter_id=office.report, how="decided", at=clock.now(), by=by)
    subjects = [NewSubject(child, "child") for child in children or (office.boy,)]
    return office.child_case(
        kind="vulnerable_family", subjects=subjects, worker="welfare_worker", unit="welfare",
    )  # fmt: skip


def begin(office: Office, case: Case, person: UUID | None = None) -> Search:
    by = office.be("welfare_worker")
    return begin_search(
        case_id=case.id, person_id=person or office.boy, missing_since=clock.now() - HOURS, by=by, at=clock.now()
    )


def listed(office: Office) -> list[str]:
    by = office.be("screening_supervisor")
    try:
        made = make_police_list(by=by, at=clock.now())
    except Refused:
        return []
    return [one.name for one in queries.police_list(by, made.id)]


def test_owes_its_steps_until_the_last_required_one(office: Office) -> None:
    search = begin(office, family_case(office))
    by = office.be("welfare_worker")
    for step in required_steps():
        assert Duty.objects.get(rule_id="search.steps").state == "open"
        take_step(search_id=search.id, step=step, words="問過，沒有消息", by=by, at=clock.now())
    assert Duty.objects.get(rule_id="search.steps").state == "done"
    page = queries.search_page(by, search.id)
    assert (len(page.steps), page.open_steps) == (len(required_steps()), ())


def test_requires_nobody_to_be_told_of_a_marked_child(office: Office) -> None:
    search = begin(office, family_case(office, office.boy, office.mother))
    mother_in_hiding(office)
    by = office.be("welfare_worker")
    for step in ("home", "border", "health"):
        assert Duty.objects.get(rule_id="search.steps").state == "open"
        take_step(search_id=search.id, step=step, words="查過，沒有消息", by=by, at=clock.now())
    assert Duty.objects.get(rule_id="search.steps").state == "done"
    assert queries.search_page(by, search.id).open_steps == ()
    (line,) = queries.searches(by, lately=clock.now())
    assert (line.taken, line.required) == (3, 3)


def test_a_search_that_ended_owes_nothing_and_takes_no_step(office: Office) -> None:
    search = begin(office, family_case(office))
    by = office.be("welfare_worker")
    end_search(search_id=search.id, how="found", words="阿姨帶回家，當面見到", by=by, at=clock.now())
    assert Duty.objects.get(rule_id="search.steps").state == "void"
    with pytest.raises(Conflict):
        take_step(search_id=search.id, step="phone", words="再問", by=by, at=clock.now())


DIED = Ending("died", "相驗完畢。")
SOUGHT = "陳小宇還在協尋，不能結案。請先結束協尋，或移轄。"


def subject_of(case: Case, person: UUID) -> UUID:
    return CaseSubject.objects.get(matter_id=case.id, person_id=person).id


def test_closes_no_case_and_no_child_while_he_is_searched_for(office: Office) -> None:
    case = family_case(office, office.boy, office.girl)
    decide(office, case, "opened")
    search = begin(office, case)
    by = office.be("welfare_worker")
    asked = {"case_id": case.id, "ending": DIED, "by": by, "at": clock.now()}
    with pytest.raises(Refused, match=SOUGHT):
        ask_to_close(**asked, subject_id=subject_of(case, office.boy))
    with pytest.raises(Refused, match=SOUGHT):
        end_subject(subject_id=subject_of(case, office.boy), reason="died", by=office.be("welfare_supervisor"),
                    at=clock.now())  # fmt: skip
    office.be("welfare_worker")
    ask_to_close(**asked, subject_id=subject_of(case, office.girl))
    by = office.be("welfare_worker")
    end_search(search_id=search.id, how="found", words="阿姨帶回家，當面見到", by=by, at=clock.now())
    assert ask_to_close(**asked, subject_id=subject_of(case, office.boy))


def test_approves_no_closing_of_a_case_whose_child_is_searched_for_since(office: Office) -> None:
    case = family_case(office)
    decide(office, case, "opened")
    asked = {"case_id": case.id, "ending": DIED, "at": clock.now()}
    review = ask_to_close(**asked, subject_id=subject_of(case, office.boy), by=office.be("welfare_worker"))
    begin(office, case)
    with pytest.raises(Refused, match=SOUGHT):
        approve_review(review_id=review.id, by=office.be("welfare_supervisor"), at=clock.now())


def test_does_not_leave_a_case_unopened_while_a_child_is_searched_for(office: Office) -> None:
    case = family_case(office)
    begin(office, case)
    with pytest.raises(Refused, match=SOUGHT):
        decide(office, case, "not_opened")


def decide(office: Office, case: Case, decision: str) -> None:
    grounds = {"opened": "many_needs", "not_opened": "other_lead"}[decision]
    review = decide_opening(
        case_id=case.id, decision=decision, grounds=[grounds], words="如評估", by=office.be("welfare_worker"),
        at=clock.now(),
    )  # fmt: skip
    approve_review(review_id=review.id, by=office.be("welfare_supervisor"), at=clock.now())


def test_refuses_a_second_search_an_adult_and_a_stranger(office: Office) -> None:
    case = family_case(office, office.boy, office.mother)
    begin(office, case)
    with pytest.raises(Conflict):
        begin(office, case)
    with pytest.raises(Refused, match="只協尋兒少"):
        begin(office, case, office.mother)
    by = office.be("worker2")
    with pytest.raises(Refused):
        begin_search(case_id=case.id, person_id=office.boy, missing_since=clock.now(), by=by, at=clock.now())


def test_lists_a_child_about_whom_nothing_speaks_against_it(office: Office) -> None:
    begin(office, family_case(office))
    assert listed(office) == ["陳小宇"]


def undecided_report(office: Office) -> None:
    office.another_report()


def mother_in_hiding(office: Office) -> None:
    by = office.be("welfare_worker")
    add_safety_address(
        person_id=office.mother, text="珊瑚縣海聲路9001號", ask_whom="家防中心 (08)000-1000", by=by, at=clock.now()
    )


def mother_in_a_violence_case(office: Office) -> None:
    office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], circle="victim")


def boy_in_a_protection_case(office: Office) -> None:
    office.child_case(subjects=[NewSubject(office.boy, "child", grade="one", class_code="one",
                                           graded_at=clock.now())])  # fmt: skip


MARKS = [undecided_report, mother_in_hiding, mother_in_a_violence_case, boy_in_a_protection_case]


@pytest.mark.parametrize("mark", MARKS)
def test_never_lists_a_child_with_any_mark_and_tells_nobody_why(office: Office, mark) -> None:  # type: ignore[no-untyped-def]
    case = family_case(office, office.boy, office.mother)
    search = begin(office, case)
    mark(office)
    assert listed(office) == []
    assert queries.search_page(office.be("welfare_worker"), search.id).stays_here


@pytest.mark.parametrize("mark", [mother_in_hiding, mother_in_a_violence_case])
def test_never_lists_a_child_whose_mother_is_marked_and_shares_an_earlier_report_only(office: Office, mark) -> None:  # type: ignore[no-untyped-def]
    search = begin(office, family_case(office, office.boy))
    mark(office)
    assert listed(office) == []
    assert queries.search_page(office.be("welfare_worker"), search.id).stays_here


def test_what_was_listed_is_taken_back_by_number_alone_once_it_holds_no_more(office: Office) -> None:
    case = family_case(office, office.boy, office.mother)
    begin(office, case)
    assert listed(office) == ["陳小宇"]
    mother_in_a_violence_case(office)
    by = office.be("screening_supervisor")
    (line,) = queries.police_lists(by)
    assert [number for _id, number in line.to_take_back] == [PoliceListed.objects.get().number]
    with pytest.raises(NotFound):
        queries.police_list(by, line.id)
    take_back(listed_id=UUID(str(line.to_take_back[0][0])), by=by, at=clock.now())
    (line,) = queries.police_lists(by)
    assert (line.taken_back, line.to_take_back) == (1, ())


def test_tells_the_worker_of_a_line_that_agrees_and_the_bringer_nothing(office: Office) -> None:
    case = family_case(office, office.boy, office.mother)
    begin(office, case)
    mother_in_a_violence_case(office)
    by = office.be("screening_supervisor")
    hit = take_police_lines(text="陳小宇，112/9/1，火車站查到", by=by, at=clock.now())
    miss = take_police_lines(text="陳大宇，112/9/1，火車站查到", by=by, at=clock.now())
    assert hit == miss == 1
    assert not Sighting.objects.exists(), "whoever brought it reads none"
    by = office.be("welfare_worker")
    sighting = Sighting.objects.get()
    assert Duty.objects.get(rule_id="search.sighting").state == "open"
    check_sighting(sighting_id=sighting.id, words="到車站，見到本人", by=by, at=clock.now())
    assert Duty.objects.get(rule_id="search.sighting").state == "done"


BAD = [("", "還沒有貼上名單"), ("陳小宇", "第1行看不出是誰"), ("\n".join(["A"] * 2001), "一次最多2000行")]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_says_which_line_names_nobody(office: Office, text: str, said: str) -> None:
    by = office.be("screening_supervisor")
    with pytest.raises(BadInput, match=said):
        take_police_lines(text=text, by=by, at=clock.now())


@pytest.mark.parametrize("key", ["screener", "worker", "chief", "clerk", "administrator", "ngo_worker"])
def test_exchanges_lists_with_the_police_only_by_those_who_may(office: Office, key: str) -> None:
    begin(office, family_case(office))
    by = office.be(key)
    with pytest.raises(Refused):
        make_police_list(by=by, at=clock.now())
    with pytest.raises(Refused):
        take_police_lines(text="陳小宇，112/9/1", by=by, at=clock.now())
    assert queries.police_lists(by) == ()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE anwang_app")
        cursor.execute("SELECT count(*) FROM cases_listable_searches()")
        assert cursor.fetchone() == (0,), "not in plain SQL either"
        cursor.execute("RESET ROLE")


def test_a_partner_with_the_work_zone_reads_no_search(office: Office) -> None:
    case = family_case(office)
    search = begin(office, case)
    by = office.be("welfare_worker")
    grant(file_id=case.id, holder=worker_key(office.workers["ngo_worker"]), zones=(Zone.WORK,), because="joining",
          by=by, at=clock.now())  # fmt: skip
    with pytest.raises(NotFound):
        queries.search_page(office.be("ngo_worker"), search.id)
