"""A plan: lines that only grow, versions that were agreed, a day of review that is owed, papers for one addressee."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.access.actions import grant, involve, worker_key
from anwang.cases.actions import open_coordination, update_plan
from anwang.cases.models import Assessment, Case, SharedPlan
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.matters.holder import Holder
from anwang.matters.models import Duty
from anwang.people.actions import add_person, add_safety_address
from anwang.plans import pages, queries
from anwang.plans.actions import Given, hand_in, note_progress, publish, withdraw, write_line
from anwang.plans.models import Line, Version
from anwang.plans.sheets import To, plan_sheet
from anwang.plans.states import Reader
from tests.unit.cases.office import Office
from tests.unit.cases.test_leading import lead_it, two_units

pytestmark = pytest.mark.django_db
ALL = ("family", "partner", "court")


def write(office: Office, case: Case, kind: str, text: str, by: str = "worker", **more: object) -> Line:
    viewer = office.be(by)
    return write_line(matter_id=case.id, given=Given(kind, text, **more), by=viewer, at=clock.now())  # type: ignore[arg-type]


def number(office: Office, case: object) -> str:
    return office.matter(case.id).number  # type: ignore[attr-defined]


def a_plan(office: Office, case: Case) -> Line:
    """A goal, what the mother said, an action of hers and one that supports her."""
    write(office, case, "words", "我想要他睡得好", about_id=office.mother, goes_to=ALL)
    write(office, case, "strength", "外婆住得近", goes_to=ALL)
    goal = write(office, case, "goal", "孩子每天準時上學", goes_to=ALL)
    write(office, case, "action", "早上七點叫孩子起床", under=goal.thread, owner="family",
          owner_person_id=office.mother, goes_to=ALL, due_on=date(2026, 4, 1))  # fmt: skip
    write(office, case, "action", "每週一次喘息服務", under=goal.thread, owner="unit",
          owner_unit_id=office.units["welfare"], for_carer=True, goes_to=("family", "partner"))  # fmt: skip
    return goal


def test_keeps_every_wording_and_shows_the_newest(office: Office) -> None:
    case = office.child_case()
    goal = write(office, case, "goal", "準時上學")
    by = office.be("worker")
    write_line(matter_id=case.id, given=Given("goal", "每天準時上學"), thread=goal.thread, because="母親想說清楚",
               by=by, at=clock.now())  # fmt: skip
    page = pages.plan(by, number(office, case))
    assert [one.line.text for one in page.goals if one.line] == ["每天準時上學"]
    assert page.goals[0].line is not None
    assert page.goals[0].line.before[0][:2] == ("準時上學", "")
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.filter(id=goal.id).update(text="沒說過")


def test_agreed_plan_owes_its_review_and_stays_as_it_was(office: Office) -> None:
    case = office.child_case()
    goal = a_plan(office, case)
    by = office.be("worker")
    day = clock.today() + timedelta(days=60)
    first = publish(matter_id=case.id, review_on=day, with_family="yes", by=by, at=clock.now())
    duty = Duty.objects.get(matter_id=case.id, rule_id="plan.review", state="open")
    assert clock.local(duty.due_at).date() == day + timedelta(days=1)  # the end of the day is the next midnight
    withdraw(matter_id=case.id, thread=goal.thread, because="換一個做得到的", by=by, at=clock.now())
    with pytest.raises(BadInput, match="還沒有目標"):
        publish(matter_id=case.id, by=by, at=clock.now())
    write(office, case, "goal", "一週三天準時上學")
    second = publish(matter_id=case.id, by=by, at=clock.now())
    assert second.review_on > clock.today() + timedelta(days=80)  # three months where nobody said a day
    duty.refresh_from_db()
    assert duty.state == "done"
    former = pages.plan(by, number(office, case), 1)
    assert [one.line.text for one in former.goals if one.line] == ["孩子每天準時上學"]
    assert (first.number, second.number) == (1, 2)


def test_says_when_nobody_supports_the_carer(office: Office) -> None:
    case = office.child_case()
    write(office, case, "goal", "準時上學")
    by = office.be("worker")
    assert not pages.plan(by, number(office, case)).carer_is_supported
    a_plan(office, case)
    assert pages.plan(by, number(office, case)).carer_is_supported


def test_the_leads_plan_is_read_by_partners_and_written_by_the_lead(office: Office) -> None:
    two_units(office)
    made = lead_it(office)
    a_plan(office, made)  # type: ignore[arg-type]
    by = office.be("worker")
    publish(matter_id=made.id, summary="一起把早上顧好", by=by, at=clock.now())
    assert "孩子每天準時上學" in SharedPlan.objects.get().text
    assert not Duty.objects.filter(matter_id=made.id, rule_id="coordination.plan", state="open").exists()
    partner = office.be("welfare_worker")
    page = pages.plan(partner, number(office, made))
    assert (page.may_plan, page.may_say) == (False, True)
    assert page.goals[0].actions
    with pytest.raises(Refused):
        write(office, made, "goal", "我們的目標", by="welfare_worker")  # type: ignore[arg-type]
    said = write(office, made, "words", "媽媽說累", by="welfare_worker", about_id=office.mother)  # type: ignore[arg-type]
    first = page.goals[0].actions[0].thread
    note_progress(matter_id=made.id, thread=first, progress="done", words="連續兩週", by=partner, at=clock.now())
    again = pages.plan(partner, number(office, made))
    assert again.goals[0].actions[0].state == "做到了"
    assert again.is_changed, said


def test_a_stranger_finds_no_plan(office: Office) -> None:
    case = office.child_case()
    with pytest.raises(NotFound):
        pages.plan(office.be("adult_worker"), number(office, case))


def test_a_line_of_the_special_zone_is_sealed_and_read_by_its_readers_only(office: Office) -> None:
    case = office.child_case()
    line = write(office, case, "need", "服藥後嗜睡", zone="special")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM plans_line WHERE id = %s", [line.id])
        assert "服藥" not in cursor.fetchone()[0]
    assert pages.plan(office.be("worker"), number(office, case)).needs[0].text == "服藥後嗜睡"
    by = office.be("supervisor")
    grant(file_id=case.id, holder=worker_key(office.workers["welfare_worker"]), zones=("work", "case"),
          because="joining", by=by, at=clock.now())  # fmt: skip
    assert pages.plan(office.be("welfare_worker"), number(office, case)).needs == ()


def test_an_action_has_an_owner(office: Office) -> None:
    case = office.child_case()
    with pytest.raises(BadInput, match="誰來做"):
        write(office, case, "action", "接送")
    with pytest.raises(BadInput, match="哪一位"):
        write(office, case, "action", "接送", owner="family")
    assert write(office, case, "action", "接送", owner="community", owner_name="永樂教會").owner_name == "永樂教會"


def test_hands_a_version_in_as_the_plan_of_every_child(office: Office) -> None:
    case = office.child_case()
    a_plan(office, case)
    write(office, case, "need", "早上沒有人叫醒", goes_to=ALL)
    by = office.be("worker")
    version = publish(matter_id=case.id, by=by, at=clock.now())
    hand_in(version_id=version.id, words="請督導看", by=by, at=clock.now())
    report = Assessment.objects.get()
    assert (report.form, "孩子每天準時上學" in report.goals) == ("family_plan", True)
    assert "外婆住得近" in report.facts


def test_a_paper_holds_what_is_ticked_for_its_addressee(office: Office) -> None:
    case = office.child_case()
    a_plan(office, case)
    write(office, case, "need", "母親負債", goes_to=("court",))
    write(office, case, "need", "母親失眠", goes_to=ALL, zone="special")
    by = office.be("worker")
    publish(matter_id=case.id, by=by, at=clock.now())
    texts = {
        reader: plan_sheet(by, number(office, case), To(reader, name="收件人"))[0].text for reader in Reader
    }  # fmt: skip
    assert ["母親負債" in texts[one] for one in Reader] == [False, False, True]
    assert ["母親失眠" in texts[one] for one in Reader] == [False, False, True]
    assert ["喘息服務" in texts[one] for one in Reader] == [True, True, False]
    assert all("孩子每天準時上學" in text for text in texts.values())


def test_a_paper_for_his_side_holds_nothing_of_hers(office: Office) -> None:
    case = office.child_case(circle="victim")
    by = office.be("worker")
    involve(file_id=case.id, person_id=office.mother, circle="victim", by=by)
    involve(file_id=case.id, person_id=office.father, circle="other", by=by)
    a_plan(office, case)
    write(office, case, "need", "搬家後要轉學", circle="victim", goes_to=ALL)
    write(office, case, "action", "每週二來參加課程", owner="family", owner_person_id=office.father, goes_to=ALL)
    publish(matter_id=case.id, by=office.be("worker"), at=clock.now())
    by = office.be("worker")
    hers, _file, her_side = plan_sheet(by, number(office, case), To(Reader.FAMILY, person_id=office.mother))
    his, _file, his_side = plan_sheet(by, number(office, case), To(Reader.FAMILY, person_id=office.father))
    assert (her_side, his_side) == ("victim", "other")
    assert "轉學" in hers.text
    assert "參加課程" not in hers.text
    assert "參加課程" in his.text
    for words in ("轉學", "我想要他睡得好", "早上七點"):
        assert words not in his.text


def test_refuses_a_paper_whose_words_name_the_other_side_or_a_hiding_place(office: Office) -> None:
    case = office.child_case(circle="victim")
    by = office.be("worker")
    woman = add_person(name="阮氏秋蓮", sex="female", by=by, at=clock.now(), file_id=case.id, circle="victim")
    involve(file_id=case.id, person_id=office.father, circle="other", by=by)
    add_safety_address(person_id=woman.id, text="青嵐縣隱山鄉無名谷路9777號", ask_whom="成保組", by=by, at=clock.now())
    write(office, case, "goal", "和阮氏秋蓮分開生活", goes_to=ALL)
    publish(matter_id=case.id, by=by, at=clock.now())
    with pytest.raises(BadInput, match="另一側"):
        plan_sheet(by, number(office, case), To(Reader.FAMILY, person_id=office.father))
    with pytest.raises(BadInput, match="住處"):
        write(office, case, "goal", "搬到隱山鄉無名谷路9777號", goes_to=("family",))


def test_the_text_of_a_shared_plan_from_before_is_still_read(office: Office) -> None:
    two_units(office)
    made = open_coordination(
        family_id=office.family, county="99001", accountable_id=office.units["protection"],
        lead=Holder(office.units["protection"], office.workers["worker"]), by=office.be("worker"), at=clock.now(),
        kinds=["child_protection"], minors_home="yes",
    )  # fmt: skip
    update_plan(coordination_id=made.id, text="從前的計畫", by=office.be("worker"), at=clock.now())
    assert not Duty.objects.filter(matter_id=made.id, rule_id="plan.review").exists()
    assert not Version.objects.exists()
    assert pages.plan(office.be("worker"), number(office, made)).versions == ()


def test_another_sides_file_offers_no_side_and_no_unit(office: Office) -> None:
    """His worker plans with him: that she has a file with another unit changes nothing of what he is offered."""
    his = office.child_case(circle="other", family_id=office.family, worker="welfare_worker", unit="welfare")
    involve(file_id=his.id, person_id=office.father, by=office.be("welfare_worker"))
    before = queries.choices(office.be("welfare_worker"), number(office, his))
    hers = office.child_case(circle="victim", family_id=office.family)
    by = office.be("worker")
    involve(file_id=hers.id, person_id=office.mother, circle="victim", by=by)
    involve(file_id=hers.id, person_id=office.father, circle="other", by=by)
    after = queries.choices(office.be("welfare_worker"), number(office, his))
    assert (after.sides, after.units) == (before.sides, before.units)
    assert str(office.units["protection"]) not in dict(after.units)
