"""His programme on pages: registered, planned, attended, told; and what her case's page says of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from anwang.foundation import clock
from anwang.matters.models import Matter
from anwang.people.actions import add_safety_address
from anwang.treatment.models import Missed, Programme, Session, Threat
from tests.pages.cases.test_case_pages import as_, instant
from tests.unit.treatment.conftest import COURT, NUMBER, Sides, office, sides

__all__ = ["office", "sides"]
pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'(?<=")\w{64}(?=")')
HIDING = "珊瑚縣浪花路9088號"


def case_of(sides: Sides) -> str:
    return str(Matter.objects.values_list("number", flat=True).get(id=sides.hers.id))


def test_a_worker_registers_what_the_court_wrote(office) -> None:  # type: ignore[no-untyped-def]
    answers = {"person": "new", "name": "方國棟", "sex": "male", "birth": "74/10/6", "ground": "order", "court": COURT,
               "number": NUMBER, "items": ["cognitive"], "hours": "24", "complete_by": "115/12/31",
               **instant("received_at")}  # fmt: skip
    page = as_("welfare_worker").post("/treatment/new", answers, follow=True).content.decode()
    assert "方國棟" in page
    office.be("welfare_worker")
    assert Programme.objects.get().hours == 24
    assert as_("ngo_worker").get("/treatment/new").status_code == 403


def test_he_is_planned_attends_stays_away_and_is_told_of(sides: Sides) -> None:
    client, path = as_("welfare_worker"), f"/treatment/{sides.programme.id}"
    plan = {"provider": "縣立望潮醫院", "begins_on": "115/3/10", "plan": "每週二晚上。"}
    assert client.post(f"{path}/plan", plan).status_code == 302
    weekly = {"item": "cognitive", "minutes": "120", "times": "3", "first_at_day": "115/3/10", "first_at_time": "19:00"}
    assert client.post(f"{path}/sessions", weekly).status_code == 302
    sides.office.be("welfare_worker")
    first = Session.objects.order_by("starts_at").first()
    sides.office.hands.advance(timedelta(days=3))
    assert client.post(f"{path}/session/{first.id}", {"came": "no", "words": "沒來"}).status_code == 302
    sides.office.be("welfare_worker")
    missed = Missed.objects.get()
    told = {"to_whom": "望潮縣衛生局", "how": "電話", **instant("at")}
    assert client.post(f"{path}/missed/{missed.id}/told", told).status_code == 302
    then = {"then": "again", "words": "補課"}
    assert client.post(f"{path}/missed/{missed.id}/then", then).status_code == 422
    assert as_("welfare_supervisor").post(f"{path}/missed/{missed.id}/then", then).status_code == 302
    page = client.get(path).content.decode()
    assert "再次通知、補課" in page
    threat = {"words": "說要去找她", **instant("happened_at")}
    assert client.post(f"{path}/threat", threat).status_code == 302
    sides.office.be("welfare_worker")
    one = Threat.objects.get()
    assert client.get(f"{path}/threat/{one.id}").status_code == 200
    assert client.post(f"{path}/threat/{one.id}", {"whom": "家防官", **instant("at")}).status_code == 302
    ended = {"outcome": "passed_on", "words": "移送", **instant("at")}
    assert client.post(f"{path}/end", ended).status_code == 302
    assert client.post(f"{path}/reported", {"to_whom": COURT, **instant("at")}).status_code == 302
    assert "移送" in client.get(path).content.decode()


def test_her_page_says_how_far_and_his_page_nothing_of_her(sides: Sides) -> None:
    hers = as_("adult_worker").get(f"/cases/{case_of(sides)}").content.decode()
    assert "相對人的處遇" in hers
    assert "還沒開始" in hers
    assert "縣立望潮醫院" not in hers
    before = as_("welfare_worker").get(f"/treatment/{sides.programme.id}").content.decode()
    add_safety_address(
        person_id=sides.office.mother, text=HIDING, ask_whom="望潮縣家防中心", by=sides.office.be("adult_worker"),
        at=clock.now(),
    )  # fmt: skip
    after = as_("welfare_worker").get(f"/treatment/{sides.programme.id}").content.decode()
    assert TOKEN.sub("", after) == TOKEN.sub("", before)
    for secret in (HIDING, "珊瑚", "林佳安", case_of(sides)):
        assert secret not in after


@pytest.mark.parametrize("key", ["adult_worker", "ngo_worker", "nurse", "clerk"])
def test_a_stranger_finds_no_programme(sides: Sides, key: str) -> None:
    assert as_(key).get(f"/treatment/{sides.programme.id}").status_code == 404
    assert "陳志豪" not in as_(key).get("/treatment").content.decode()


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_every_page_opens_in_both_languages(sides: Sides, language: str) -> None:
    client, path = as_("welfare_worker"), f"/treatment/{sides.programme.id}"
    names = ("plan", "sessions", "missed", "threat", "end", "reported")
    for page in ["/treatment", "/treatment/new", path, *(f"{path}/{name}" for name in names)]:
        assert client.get(page, headers={"accept-language": language}).status_code == 200, page
