"""Places on pages: supply, the register, choosing and moving from a case; nothing of who is where but by the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from anwang.cases.actions import Place, place
from anwang.foundation import clock
from anwang.placements.models import Closure, Provider, Stay, Waiting
from tests.pages.cases.test_case_pages import as_, instant, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.placements.conftest import provider
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def placed(office: Office, kind: str = "foster"):  # type: ignore[no-untyped-def]
    case = office.child_case(circle="victim")
    begun = place(
        case_id=case.id, person_id=office.boy, where=Place(kind, "child_56", clock.now()), by=office.be("worker")
    )
    return case, begun


def test_a_supervisor_keeps_the_register(office: Office) -> None:
    client = as_("supervisor")
    answers = {"kind": "group_home", "handle": "團-9001", "takes": "female", "age_from": "12", "age_to": "18",
               "suited": ["pregnancy"], "places": "6", "name": "鹽寮團體家庭"}  # fmt: skip
    page = client.post("/places/new", answers, follow=True).content.decode()
    assert "團-9001" in page
    one = Provider.objects.get()
    today = {"from_on": "115/3/8", "places": "2", "because": "repairs"}
    assert client.post(f"/places/{one.id}/close", today).status_code == 302
    assert "修繕" in client.get(f"/places/{one.id}").content.decode()
    closure = Closure.objects.get()
    assert client.post(f"/places/{one.id}/close/{closure.id}", {"day": "115/3/9"}).status_code == 302
    assert client.post(f"/places/{one.id}/licence", {"places": "4", "from_on": "115/3/20"}).status_code == 302
    assert client.post(f"/places/{one.id}/end", {"day": "115/4/1"}).status_code == 302
    assert as_("worker").get("/places/new").status_code == 403


def test_supply_is_shown_by_day_county_and_kind(office: Office) -> None:
    provider(office, "foster", "寄養-9001", 1)
    provider(office, "emergency_centre", "隱-9002", 3, is_secret=True)
    page = as_("worker").get("/places?day=115/3/9&kind=foster").content.decode()
    assert "寄養-9001" in page
    assert "隱-9002" not in page
    assert "隱-9002" in as_("chief").get("/places").content.decode()
    for key in ("ngo_worker", "clerk", "nurse"):
        assert as_(key).get("/places").status_code == 403


def test_a_place_is_chosen_moved_and_looked_at_behind_the_door(office: Office) -> None:
    case, begun = placed(office)
    first, second = provider(office, "foster", "寄養-9001", 1), provider(office, "foster", "寄養-9002", 1)
    client, path = as_("worker"), f"/cases/{number(case)}/placement/{begun.id}"
    assert client.post(f"{path}/place", {"provider": str(first)}).status_code == 302
    office.hands.advance(timedelta(hours=5))
    moved = {"provider": str(second), "because": "better_fit", **instant("at")}
    assert client.post(f"{path}/move", moved).status_code == 302
    office.be("worker")
    assert list(Stay.objects.filter(until_at=None).values_list("provider_id", flat=True)) == [second]
    assert "寄養-9002" not in client.get(f"/cases/{number(case)}").content.decode()
    assert "寄養-9002" not in client.get(f"{path}/where").content.decode()
    assert "寄養-9002" in client.post(f"{path}/where").content.decode()
    for key in ("supervisor", "adult_worker", "ngo_worker", "chief"):
        assert "寄養-9002" not in as_(key).post(f"{path}/where").content.decode()


def test_a_full_place_asks_for_a_supervisor(office: Office) -> None:
    case, begun = placed(office)
    full = provider(office, "foster", "寄養-9001", 0)
    client, path = as_("worker"), f"/cases/{number(case)}/placement/{begun.id}/place"
    refused = client.post(path, {"provider": str(full)})
    assert refused.status_code == 422
    assert client.post(path, {"provider": str(full), "over_because": "danger"}).status_code == 422
    agreed = {"provider": str(full), "over_because": "danger", "over_agreed_by": str(office.workers["supervisor"])}
    assert client.post(path, agreed).status_code == 302


def test_somebody_waits_and_waits_no_more(office: Office) -> None:
    case = office.child_case(circle="victim")
    client = as_("worker")
    answers = {"person": office.girl.hex, "needs": ["siblings"], "is_urgent": "yes", **instant("at")}
    assert client.post(f"/cases/{number(case)}/place-wanted", answers).status_code == 302
    assert "陳小樂" in client.get("/places").content.decode()
    office.be("worker")
    one = Waiting.objects.get()
    ended = client.post(f"/cases/{number(case)}/place-wanted/{one.id}", {"how": "kin", **instant("at")})
    assert ended.status_code == 302
    assert "陳小樂" not in client.get("/places").content.decode()


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_every_page_opens_in_both_languages(office: Office, language: str) -> None:
    case, begun = placed(office)
    one = provider(office, "foster", "寄養-9001", 1)
    path = f"/cases/{number(case)}"
    pages = ["/places", f"/places/{one}", f"{path}/place-wanted"]
    pages += [f"{path}/placement/{begun.id}/{page}" for page in ("place", "move", "where", "after-care")]
    client = as_("worker")
    for page in pages:
        assert client.get(page, headers={"accept-language": language}).status_code == 200, page
