"""Case summary, evaluation and looks of sheets on their pages: for one side, with a trace, and filed under a number."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anwang.access.actions import involve
from anwang.cases.actions import Sight, Told, record_contact, submit_assessment
from anwang.cases.models import Assessment
from anwang.documents.looks import blank
from anwang.documents.models import Paper, Printing, Template
from anwang.foundation import clock
from anwang.people import actions as people
from tests.pages.papers.test_visit_record import PLACE, SAFETY, as_
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.documents.test_letters import FORMS, HIDDEN, text_of
from tests.unit.documents.test_templates import LETTERHEAD, restyled
from tests.unit.plans.test_planning import number
from tests.world import build_world


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def a_case(office: Office) -> str:
    """Her case with both sides, a visit, a report and a hiding place."""
    case = office.child_case(circle="victim")
    by = office.be("worker")
    involve(file_id=case.id, person_id=office.mother, circle="victim", by=by)
    involve(file_id=case.id, person_id=office.father, circle="other", by=by)
    people.add_safety_address(person_id=office.mother, text=HIDDEN, ask_whom="值班台", by=by, at=clock.now())
    told = Told("home", "met", clock.now(), place=PLACE, summary="孩子睡得好。", worker_safety=SAFETY,
                sights=(Sight(office.boy, "yes"), Sight(office.girl, "no", "asleep")))  # fmt: skip
    record_contact(matter_id=case.id, told=told, by=by)
    submit_assessment(matter_id=case.id, form="general", facts="母親獨自照顧", needs="喘息", goals="休息", plan="托育",
                      by=by, at=clock.now())  # fmt: skip
    return number(office, case)


@pytest.mark.parametrize("form", FORMS)
def test_summary_holds_the_case_for_its_side_and_no_place(office: Office, form: str) -> None:
    path = f"/papers/summary/{a_case(office)}"
    found = text_of(form, as_("worker").post(path, {"form": form}).content)
    for words in ("個案彙總報告", "陳小宇", "母親獨自照顧", "家訪"):
        assert words in found, words
    for words in (HIDDEN, "無名路", PLACE, SAFETY, "陳志豪"):
        assert words not in found, words
    assert Printing.objects.get().what == "summary"


def test_summary_for_his_side_names_nobody_of_hers(office: Office) -> None:
    path = f"/papers/summary/{a_case(office)}?circle=other"
    page = as_("worker").get(path).content.decode()
    sheet = re.sub(r"<[^>]*>", "", page.split('class="text"')[1])
    assert "林佳安" not in sheet
    assert "母親獨自照顧" not in sheet
    assert "孩子睡得好" not in sheet


def test_evaluation_is_printed_as_it_was_handed_in(office: Office) -> None:
    case = a_case(office)
    office.be("worker")
    path = f"/papers/report/{case}/{Assessment.objects.get().id}"
    page = as_("worker").get(path).content.decode()
    assert "母親獨自照顧" in page
    assert f'href="{path}"' in as_("worker").get(f"/cases/{case}").content.decode()
    assert as_("worker").post(path, {"form": "odt"}).status_code == 200
    assert as_("adult_worker").get(path).status_code == 404


def test_summary_is_filed_for_somebody_outside(office: Office) -> None:
    path = f"/papers/summary/{a_case(office)}"
    answer = as_("worker").post(path, {"to": "望潮縣政府社會局"})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    office.be("worker")
    paper = Paper.objects.get(kind="enclosed")
    assert "母親獨自照顧" in as_("worker").get(answer["Location"]).content.decode()
    assert "母親獨自照顧" not in as_("clerk").get(f"/papers/{paper.id}").content.decode()


def test_a_clerk_brings_tries_and_uses_a_look(office: Office) -> None:
    client = as_("clerk")
    page = client.get("/papers/templates").content.decode()
    assert "{{標題}}" in page
    assert client.get("/papers/templates/blank.odt").content == blank()
    wrong = client.post("/papers/templates", {"kind": "visit", "name": "", "body": SimpleUploadedFile("a.odt", b"x")})
    assert wrong.status_code == 422
    assert "不是ODT" in wrong.content.decode()
    sent = {"kind": "visit", "name": "新樣式", "body": SimpleUploadedFile("a.odt", restyled(LETTERHEAD))}
    made = client.post("/papers/templates", sent)["Location"]
    assert "欄位和樣式都在" in client.get(made).content.decode()
    assert client.get(f"{made}/example.png")["Content-Type"] == "image/png"
    assert client.get(f"{made}/example.pdf").content.startswith(b"%PDF")
    assert client.post(f"{made}/use").status_code == 302
    assert Template.objects.get().state == "used"
    assert as_("worker").post(f"{made}/end").status_code in (403, 404)
    assert "上傳改好的範本" not in as_("worker").get("/papers/templates").content.decode()
    assert client.post(f"{made}/end").status_code == 302
