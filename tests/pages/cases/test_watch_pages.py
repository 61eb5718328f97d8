"""Changes, refusals and people no criteria fit, on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anwang.cases.models import NotedChange, Reassessment, Refusal, Unfitted
from anwang.foundation import clock
from tests.pages.cases.test_case_pages import as_, instant, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def test_a_change_is_a_link_and_a_button(office: Office) -> None:
    case = office.child_case(family_id=office.family)
    client = as_("worker")
    assert f"/cases/{number(case)}/changes" in client.get(f"/cases/{number(case)}").content.decode()
    told = client.post(f"/cases/{number(case)}/changes", {"kind": "absence", **instant("happened_at")}, follow=True)
    assert "兒少未到校" in told.content.decode()
    assert "情況有變動，要重新評估" in client.get(f"/cases/{number(case)}").content.decode()
    said = {"meaning": "changed", "words": "老師說已經三天。"}
    assert client.post(f"/cases/{number(case)}/reassessment", said).status_code == 302
    office.be("worker")
    assert (NotedChange.objects.count(), Reassessment.objects.count()) == (1, 1)
    assert "情況有變動，要重新評估" not in client.get(f"/cases/{number(case)}").content.decode()
    found = client.get("/families/H115-0000-0001/changes")
    assert found.headers["Location"].endswith(f"/cases/{number(case)}/changes")


def test_a_refusal_of_a_child_is_answered_and_gone_on_with(office: Office) -> None:
    case = office.child_case()
    client = as_("worker")
    told = {"person": office.boy.hex, "words": "媽媽不讓我們進去。", "method": "home", "capacity": "yes",
            "public_danger": "no", **instant("at")}  # fmt: skip
    page = client.post(f"/cases/{number(case)}/refusals/new", told, follow=True).content.decode()
    assert "不得以拒絕不開案或結案" in page
    office.be("worker")
    refusal = Refusal.objects.get()
    step = {"step": "police_asked", "words": "公文擬好", **instant("at")}
    done = client.post(f"/cases/{number(case)}/refusals/{refusal.id}", step, follow=True).content.decode()
    assert "備妥請警察協助" in done


def test_somebody_no_criteria_fit_stays_with_somebody(office: Office) -> None:
    case = office.child_case()
    client, path = as_("worker"), f"/cases/{number(case)}/unfitted"
    told = {"person": office.mother.hex, "why": "undiagnosed", "not_ours": "衛生局：沒有診斷", "has_carer": "yes"}
    assert client.post(path, told).status_code == 302
    office.be("worker")
    found = Unfitted.objects.get()
    assert client.post(f"{path}/{found.id}", {"what": "carer", "words": "外婆有喘息服務"}).status_code == 302
    refused = client.post(f"{path}/{found.id}/end", {"how": "received", "words": "說會接"})
    assert refused.status_code == 422
    assert client.post(f"{path}/{found.id}/end", {"how": "fits", "words": "確診"}).status_code == 302


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_every_page_opens_in_both_languages(office: Office, language: str) -> None:
    case = office.child_case()
    for page in ("changes", "reassessment", "refusals", "refusals/new", "unfitted"):
        answer = as_("worker").get(f"/cases/{number(case)}/{page}", headers={"accept-language": language})
        assert answer.status_code == 200, page
