"""Whom a report is about, in its title and in lists; and what was before it, each file once, with its people."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from anwang.cases.actions import NewSubject, open_case
from anwang.directory.models import Absence, Appointment, Shift
from anwang.foundation.roc import PartialDate
from anwang.intake import actions
from anwang.intake.incoming import PersonIn
from anwang.intake.models import Report, ReportPerson
from anwang.matters.holder import Holder
from anwang.matters.queries import files_read_of
from anwang.people.actions import dispute_fact
from tests.pages.intake.test_pages import FIRST, as_, filled, number, statements
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at((FIRST + timedelta(minutes=5)).isoformat())
    return build_world(night=(taipei("2026-03-07 17:30"), taipei("2026-03-08 08:30")))


def called(world: World, *people: PersonIn) -> Report:
    return actions.receive_report(
        report=told("2026-03-07 23:40", "先生打太太。", *people, kinds=("child_protection", "intimate_violence")),
        by=world.viewer("night"),
    )


LITTLE = PersonIn(role="child", name="陳小宇", birth=PartialDate(2024, 1, 5))
HEARD = PersonIn(role="witness", name="陳小樂", birth=PartialDate(2016, 6, 1))
NEIGHBOUR = PersonIn(role="witness", name="卓大明", age_text="50歲")


def test_names_a_child_who_only_heard_it_but_no_grown_witness(world: World) -> None:
    report = called(world, LITTLE, HEARD, NEIGHBOUR)
    client = as_("night")
    for path in (f"/reports/{number(report)}", "/duty", "/intake"):
        page = client.get(path).content.decode()
        assert "陳小宇、陳小樂" in page, path
        assert "陳小宇、陳小樂、卓大明" not in page, path


def test_tells_an_earlier_case_once_with_everybody_in_it(world: World) -> None:
    first = called(world, LITTLE, HEARD)
    people = dict(ReportPerson.objects.filter(report=first).values_list("role", "person_id"))
    by = world.viewer("night")
    open_case(
        kind="child_protection", county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]),
        subjects=[NewSubject(people["child"], "child"), NewSubject(people["witness"], "witness")], opened_at=FIRST,
        report_id=None, facts={"received_at": FIRST, "known_at": FIRST, "has_child": "yes"}, by=by,
    )  # fmt: skip
    again = called(world, *(PersonIn(role=role, person_id=one) for role, one in people.items()))
    page = as_("night").get(f"/reports/{number(again)}").content.decode()
    listed = page[page.index('class="rows prior"') : page.index("</ol>", page.index('class="rows prior"'))]
    assert listed.count("<li") == 2, listed
    assert "陳小宇、陳小樂" in listed


def test_does_not_list_what_grew_out_of_this_report_or_came_later(world: World) -> None:
    first = called(world, LITTLE, HEARD)
    little = ReportPerson.objects.get(report=first, role="child").person_id
    by = world.viewer("night")
    actions.dispatch(
        report_id=first.id, kind="child_protection", person_ids=[little], by=by, at=FIRST + timedelta(minutes=3),
        to=Holder(world.units["protection"], desk_id=world.desk),
    )  # fmt: skip
    later = called(world, PersonIn(role="child", person_id=little))
    actions.relate_report(report_id=later.id, earlier_id=first.id, by=by, at=FIRST + timedelta(minutes=4))
    page = as_("night").get(f"/reports/{number(first)}").content.decode()
    listed = page[page.index('class="rows prior"') : page.index("</ol>", page.index('class="rows prior"'))]
    assert "查無先前紀錄" in listed
    assert "後來的通報" in page


def test_adds_the_parent_where_the_child_has_no_name(world: World) -> None:
    report = called(world, PersonIn(role="child", age_text="5個月"), PersonIn(role="carer", name="李美雲"))
    assert "姓名不詳、李美雲" in as_("night").get(f"/reports/{number(report)}").content.decode()
    for path in ("/duty", "/intake"):
        page = as_("night").get(path).content.decode()
        assert "姓名不詳" in page, path
        assert ">?<" not in page, path


TWINS = tuple(
    PersonIn(
        role="child", name=name, birth=PartialDate(2016, 6, 3), addresses=(("living", "望潮縣河岬鎮不在路9001號"),)
    )
    for name in ("白若晴", "白若晨")
)


def test_takes_no_twin_for_somebody_known_before(world: World) -> None:
    report = called(world, *TWINS)
    page = as_("night").get(f"/reports/{number(report)}").content.decode()
    assert "可能是以前的人" not in page
    assert "可能是同一人" not in page
    again = called(world, TWINS[0])
    assert "白若晴可能是以前的人" in as_("night").get(f"/reports/{number(again)}").content.decode()


def test_says_where_a_record_like_his_comes_from_and_asks_no_more_once_all_are_answered(world: World) -> None:
    first, again = called(world, LITTLE), called(world, LITTLE)
    report = number(again)
    little, known = (ReportPerson.objects.get(report=one).person_id for one in (again, first))
    client, way = as_("night"), f"/reports/{report}/people/{little}"
    assert "有1筆可能是同一人" in client.get(f"/reports/{report}").content.decode()
    page = client.get(way).content.decode()
    assert f'3月7日（六）的通報　<a class="n" href="/reports/{number(first)}">{number(first)}</a>' in page
    answer = {"person": str(little), "other": str(known), "codes": "name"}
    client.post(f"/reports/{report}/same", answer | {"verdict": "unsure"})
    assert "有1筆可能是同一人" in client.get(f"/reports/{report}").content.decode()
    client.post(f"/reports/{report}/same", answer | {"verdict": "apart"})
    page = client.get(f"/reports/{report}").content.decode()
    assert "可能是同一人" not in page
    assert f'<a href="{way}">相似的1筆都答過了' in page


def test_names_no_file_that_the_viewer_does_not_read(world: World) -> None:
    known = ReportPerson.objects.get(report=called(world, LITTLE)).person_id
    assert [one.kind for one in files_read_of(world.viewer("night"), [known])[known]] == ["report"]
    assert files_read_of(world.viewer("adult_worker"), [known]) == {}


def test_asks_again_for_a_number_that_two_people_have(world: World) -> None:
    client = as_("night")
    given = filled() | {"people": "2", "p1-role": "child", "p1-name": "白若晨", "p0-national_id": "A200012110",
                      "p1-national_id": "A200012110"}  # fmt: skip
    said = client.post("/reports/new", given)
    assert said.status_code == 422
    assert "第1個人也是這個號碼" in said.content.decode()
    assert not Report.objects.exists()
    kept = client.post("/reports/new", given | {"p1-national_id_keep": "on"})
    assert kept.status_code == 302


def test_names_who_can_decide_now_what_waits(world: World) -> None:
    report = called(world, LITTLE)
    client, page = as_("night"), f"/reports/{number(report)}"
    pair = f"{ReportPerson.objects.get(report=report).person_id}.child_protection"
    client.post(f"{page}/decide", {"pair": pair, "grade": "one", "why-grade": "嚴重", "class": "one", "why-class": "x"})
    said = "現在可以決定：家防中心兒保組　"
    assert f'{said}葉承翰（督導）<span class="n">' in client.get(page).content.decode()
    assert statements(client, page) <= 8
    Absence.objects.create(
        worker_id=world.workers["supervisor"], covered_by_id=world.workers["worker2"], kind="leave",
        starts_at=FIRST, ends_at=FIRST + timedelta(days=1),
    )  # fmt: skip
    Shift.objects.create(
        desk_id=world.desk, worker_id=world.workers["welfare_supervisor"], rank=3, starts_at=FIRST,
        ends_at=FIRST + timedelta(hours=8),
    )  # fmt: skip
    shown = re.sub(r"<span[^>]*>[^<]*</span>", "", client.get(page).content.decode())
    assert f"{said}徐意涵（代理人）　傅雅琪（值班督導）<" in shown
    assert "現在可以決定" not in as_("screening_supervisor").get(page).content.decode()


def test_names_the_chief_where_nobody_else_can_decide(world: World) -> None:
    report = called(world, LITTLE)
    client, page = as_("night"), f"/reports/{number(report)}"
    pair = f"{ReportPerson.objects.get(report=report).person_id}.child_protection"
    client.post(f"{page}/decide", {"pair": pair, "grade": "one", "why-grade": "嚴重", "class": "one", "why-class": "x"})
    Appointment.objects.filter(worker_id=world.workers["supervisor"]).update(ended_at=FIRST)
    shown = re.sub(r"<span[^>]*>[^<]*</span>", "", client.get(page).content.decode())
    assert "現在可以決定：家防中心兒保組　游敏慧（主管）<" in shown


def test_lets_whoever_submitted_take_it_back(world: World) -> None:
    report = called(world, LITTLE)
    client, page = as_("night"), f"/reports/{number(report)}"
    pair = f"{ReportPerson.objects.get(report=report).person_id}.child_protection"
    client.post(f"{page}/decide", {"pair": pair, "grade": "one", "why-grade": "嚴重", "class": "one", "why-class": "x"})
    shown = client.get(page).content.decode()
    assert "撤回陳小宇・分級分類" in shown
    review = re.findall(r'name="review" value="([^"]+)"', shown)[0]
    after = client.post(f"{page}/review", {"review": review, "answer": "take_back"}, follow=True).content.decode()
    assert "撤回陳小宇" not in after
    assert "撤回了，要再決定一次。" in after
    assert "兒少保護通報分級分類" in after


def test_marks_a_disputed_fact_on_the_report_as_on_the_case(world: World) -> None:
    report = called(world, LITTLE, HEARD)
    path, child = f"/reports/{number(report)}", ReportPerson.objects.get(report=report, role="child").person_id
    assert "有爭執" not in as_("night").get(path).content.decode()
    dispute_fact(person_id=child, fact="birth", words="母親說是2023年", because="", by=world.viewer("night"),
                 at=FIRST)  # fmt: skip
    page = as_("night").get(path).content.decode()
    assert "出生日有爭執" in page
    assert "母親說是2023年" not in page
