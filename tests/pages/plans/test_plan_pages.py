"""A plan on its pages: written line by line, agreed, hung on case and family, printed for one addressee."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from anwang.audit.models import Reading
from anwang.documents.models import Printing
from anwang.foundation import clock
from anwang.matters.models import Duty, Matter
from anwang.plans.models import Line, Version
from tests.pages.papers.test_visit_record import as_
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.cases.test_leading import lead_it, two_units
from tests.unit.documents.test_letters import ODT, text_of
from tests.unit.plans.test_planning import a_plan, number
from tests.world import build_world


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.content.decode()))


def test_is_written_agreed_and_shown_where_people_look(office: Office) -> None:
    case = office.child_case(family_id=office.family)
    client, home = as_("worker"), f"/plans/{number(office, case)}"
    assert "寫計畫" in said(client, f"/cases/{number(office, case)}")
    assert "還沒有目標" in said(client, home)
    answers = {"text": "孩子準時上學", "zone": "case", "goes_to": ["family"]}
    assert client.post(f"{home}/add/goal", answers).status_code == 302
    goal = Line.objects.get()
    more = {"text": "早上叫孩子起床", "zone": "case", "under": str(goal.thread), "owner": f"family:{office.mother}",
            "due_on": "115/4/1", "for_carer": "on"}  # fmt: skip
    assert client.post(f"{home}/add/action", more).status_code == 302
    assert (
        client.post(f"{home}/add/words", {"text": "我很累", "zone": "case", "about": str(office.mother)}).status_code
        == 302
    )
    page = said(client, home)
    for words in ("林佳安", "早上叫孩子起床", "我很累", "支持照顧者", "存成新的一版"):
        assert words in page
    client.post(f"{home}/version", {"with_family": "yes", "review_on": "115/6/10", "summary": "在家裡談的"})
    assert Duty.objects.filter(matter_id=case.id, rule_id="plan.review", state="open").exists()
    assert "第1版計畫" in said(client, home)
    for page_of in (f"/cases/{number(office, case)}", "/families/H115-0000-0001"):
        page = said(client, page_of)
        assert "孩子準時上學" in page
        assert "115年6月10日" in page or "6月10日" in page
    client.post(f"{home}/lines/{goal.thread}/progress", {"progress": "partly", "words": "一週三天"})
    client.post(f"{home}/lines/{goal.thread}", {"text": "一週五天準時上學", "zone": "case", "because": "做得到"})
    page = said(client, home)
    assert "以前怎麼寫" in page
    assert "做到一部分" in page
    assert "孩子準時上學" in said(client, f"{home}?version=1")


def test_keeps_what_was_typed_when_something_is_missing(office: Office) -> None:
    case = office.child_case()
    answer = as_("worker").post(f"/plans/{number(office, case)}/add/action", {"text": "接送", "zone": "case"})
    assert answer.status_code == 422
    assert "接送" in answer.content.decode()
    assert not Line.objects.exists()


def test_is_printed_for_one_addressee_after_a_look(office: Office) -> None:
    case = office.child_case(family_id=office.family)
    a_plan(office, case)
    client, home = as_("worker"), f"/plans/{number(office, case)}"
    client.post(f"{home}/version", {"with_family": "partly", "review_on": "115/6/10"})
    look = said(client, f"{home}/paper?reader=family&person={office.mother}")
    assert "孩子每天準時上學" in look
    answer = client.post(f"{home}/paper", {"reader": "family", "person": str(office.mother), "name": "", "form": "odt"})
    found = text_of(ODT, answer.content)
    assert "受文者：林佳安" in found
    assert "喘息服務" in found
    assert Reading.objects.filter(what="print.plan.odt").count() == 1
    assert Printing.objects.get().to == "林佳安"
    assert "喘息服務" not in said(client, f"{home}/paper?reader=court&name=%E6%B3%95%E9%99%A2")


def test_is_not_there_for_strangers(office: Office) -> None:
    case = office.child_case()
    a_plan(office, case)
    line = Line.objects.order_by("id").first()
    assert line is not None
    home = f"/plans/{number(office, case)}"
    for key in ("adult_worker", "clerk", "chief"):
        for path in (home, f"{home}/add/goal", f"{home}/paper", f"{home}/lines/{line.thread}", f"{home}/version"):
            assert as_(key).get(path).status_code == 404, (key, path)
    assert not Version.objects.exists()


def test_the_leads_plan_is_reached_from_the_family_and_from_the_lead(office: Office) -> None:
    two_units(office)
    made = lead_it(office)
    a_plan(office, made)  # type: ignore[arg-type]
    client = as_("worker")
    home = f"/plans/{Matter.objects.get(id=made.id).number}"
    client.post(f"{home}/version", {"with_family": "yes", "review_on": "115/6/10"})
    family = client.get("/families/H115-0000-0001").content.decode()
    assert f'href="{home}"' in family
    partner = said(as_("welfare_worker"), home)
    assert "孩子每天準時上學" in partner
    assert "存成新的一版" not in partner
    assert "寫一句家人的話" in partner
