"""What the report page offers before a decision: whom to give it to, what is dangerous, which report it repeats."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from anwang.access.models import Account
from anwang.directory.models import Absence
from anwang.intake import actions
from anwang.intake.incoming import PersonIn
from anwang.intake.models import Report, ReportPerson
from anwang.intake.queries import receivers as choosing
from anwang.intake.queries.receivers import receivers
from anwang.intake.queries.report import page
from anwang.matters.models import Duty, Matter
from anwang.web.intake import page as looking
from tests.unit.intake.stories import build_old_county, open_duties, taipei, told, viewer
from tests.world import World, build_world

NOW = "2026-03-06 10:00"


@pytest.fixture
def world(db: None, at) -> World:
    at((taipei(NOW) + timedelta(minutes=5)).isoformat())
    world = build_world()
    build_old_county(world)
    return world


def received(world: World, *people: PersonIn, key: str = "screener", **more: object) -> Report:
    people = people or (PersonIn(role="child", name="王小恩", age_text="4歲"),)
    return actions.receive_report(report=told(NOW, "鄰居說有哭聲。", *people, **more), by=viewer(world, key))


def number(report: Report) -> str:
    return Matter.objects.get(id=report.id).number


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def first(world: World, key: str, report: Report, kind: str, screened: str = "") -> list[tuple[str, list[str]]]:
    who = viewer(world, key)
    groups = receivers(who, page(who, number(report)), {kind: [screened]})[kind].first
    return [(group.unit, [one.name for one in group.receivers]) for group in groups]


def test_offers_the_centres_investigators_first_where_it_investigates(world: World) -> None:
    assert first(world, "screener", received(world), "child_protection") == [("通報調查處理中心", ["尤冠廷"])]


def test_names_receivers_in_the_readers_language(world: World) -> None:
    with translation.override("en"):
        found = first(world, "screener", received(world), "child_protection")
    assert found == [("Reporting and Investigation Centre", ["You Guanting"])]


def test_offers_the_protection_centre_where_the_centre_does_not_investigate(world: World) -> None:
    found = first(world, "screener", received(world), "elder", "protection")
    assert {unit for unit, _names in found} == {"家防中心兒保組", "家防中心成保組"}
    assert not {"葉承翰", "石宗霖"} & {name for _unit, names in found for name in names}


def test_offers_the_family_centre_for_a_vulnerable_family(world: World) -> None:
    report = received(world, place="望潮縣河岬鎮舊渡口街")
    assert first(world, "screener", report, "vulnerable_family") == [("河岬社福中心", ["沈芷妍"])]
    assert "服務區域相符" in as_("screener").get(f"/reports/{number(report)}").content.decode()


def test_offers_the_protection_centre_first_in_the_old_regime(world: World) -> None:
    found = first(world, "screener2", received(world, key="screener2"), "child_protection")
    assert [unit for unit, _names in found] == ["青嵐縣家防中心兒保組"]
    assert "蔡孟哲" not in found[0][1]


def test_advises_who_is_there_today(world: World) -> None:
    report = received(world, key="screener2")
    Absence.objects.create(
        worker_id=world.workers["worker_xu"], covered_by_id=world.workers["worker_wu"], kind="leave",
        starts_at=taipei("2026-03-06 13:00"), ends_at=taipei("2026-03-06 17:00"),
    )  # fmt: skip
    who = viewer(world, "screener2")
    groups = receivers(who, page(who, number(report)), {"child_protection": []})["child_protection"].first
    advised = [one.name for group in groups for one in group.receivers if one.advised]
    covered = {one.name: one.cover for group in groups for one in group.receivers}
    assert advised == ["吳柏毅"]
    assert covered["徐若彤"] == "吳柏毅"


def test_folds_everybody_else_and_keeps_them_at_hand(world: World) -> None:
    page = as_("screener").get(f"/reports/{number(received(world))}").content.decode()
    sheet = page[page.index('id="decide"') :]
    assert sheet.index("尤冠廷") < sheet.index("其他單位或人員…") < sheet.index("簡伯勳")


def test_lists_the_nearest_units_of_a_large_county_and_the_others_when_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "WHOLE", 1)
    monkeypatch.setattr(choosing, "LISTED", 1)
    path = f"/reports/{number(received(world))}"
    short = as_("screener").get(path).content.decode()
    assert "尤冠廷" in short
    assert "簡伯勳" not in short[short.index('id="decide"') :]
    assert re.search(r'<button[^>]* name="units" value="all"[^>]*>列出另外\d個單位', short)
    answer = as_("screener").post(f"{path}/dispatch", {"kind": "child_protection", "units": "all"})
    whole = answer.content.decode()
    assert answer.status_code == 200
    assert "簡伯勳" in whole[whole.index('id="decide"') :]
    assert 'name="units"' not in whole


def test_keeps_what_was_typed_and_gives_it_to_nobody_when_the_other_units_are_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "WHOLE", 1)
    monkeypatch.setattr(choosing, "LISTED", 1)
    report = received(world)
    person = ReportPerson.objects.get(report=report).person_id
    to = f"worker.{world.units['adult']}.{world.workers['adult_worker']}"
    given = {"kind": "child_protection", "persons": [str(person)], "to": to, "reason": "昨天才談過", "units": "all"}
    page = as_("screener").post(f"/reports/{number(report)}/dispatch", given).content.decode()
    assert ">昨天才談過</textarea>" in page
    assert f'value="{person}" checked' in page
    assert f'value="{to}" checked' in page
    assert not Matter.objects.filter(kind="case").exists()


def test_folds_each_unit_where_they_would_not_fit_on_a_screen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    path = f"/reports/{number(received(world))}"
    assert '<details class="unit"' not in as_("screener").get(path).content.decode()
    monkeypatch.setattr(looking, "TO_A_SCREEN", 0)
    page = as_("screener").get(path).content.decode()
    units = re.findall(r'<details class="unit"( open)?><summary>([^<]+)', page)
    assert units[0] == (" open", "通報調查處理中心")
    assert len(units) > 2
    assert not any(is_open for is_open, _unit in units[1:])


def test_opens_the_unit_of_which_somebody_was_chosen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "TO_A_SCREEN", 0)
    to = f"worker.{world.units['adult']}.{world.workers['adult_worker']}"
    given = {"kind": "child_protection", "to": to, "reason": "他認得這一家"}
    page = as_("screener").post(f"/reports/{number(received(world))}/dispatch", given).content.decode()
    opened = re.findall(r'<details class="unit" open><summary>([^<]+)', page)
    assert opened == ["通報調查處理中心", "家防中心成保組"]


def test_keeps_the_chosen_unit_of_a_large_county_listed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "WHOLE", 1)
    monkeypatch.setattr(choosing, "LISTED", 1)
    who, report = viewer(world, "screener"), received(world)
    chosen = f"worker.{world.units['adult']}.{world.workers['adult_worker']}"
    found = receivers(who, page(who, number(report)), {"child_protection": [""]}, kept=chosen)["child_protection"]
    assert chosen in {one.value for group in found.others for one in group.receivers}


@pytest.mark.parametrize(
    ("form", "given", "kept"),
    [
        ("dispatch", {"kind": "child_protection", "reason": "昨天才談過"}, "昨天才談過"),
        ("tell", {"to": "河岬派出所王警員", "number": "110-7"}, "河岬派出所王警員"),
        ("add_person", {"p-name": "阿婆", "p-age_text": "八十幾"}, "八十幾"),
        ("complete", {"text": "", "at_day": "115/13/40", "at_time": "10:00"}, "115/13/40"),
    ],
)
def test_gives_back_what_was_typed(world: World, form: str, given: dict[str, str], kept: str) -> None:
    path = {"add_person": "person"}.get(form, form)
    answer = as_("screener").post(f"/reports/{number(received(world))}/{path}", given)
    assert answer.status_code == 422
    assert f'value="{kept}"' in answer.content.decode() or f">{kept}<" in answer.content.decode()


def test_gives_back_answers_to_questions(world: World) -> None:
    report = received(world)
    person = ReportPerson.objects.get(report=report).person_id
    given = {"pair": f"{person}.child_protection", "grade-needs_protection_now": "yes", "class-nonsense": "perhaps"}
    answer = as_("screener").post(f"/reports/{number(report)}/ask", given)
    if answer.status_code == 422:
        assert re.search(r'name="grade-needs_protection_now" value="yes" checked', answer.content.decode())


def test_shows_danger_under_the_name(world: World) -> None:
    report = received(
        world, PersonIn(role="child", name="王小恩", age_text="4歲", injuries="手臂瘀青"), urgency={"weapon": "yes"}
    )
    shown = as_("screener").get(f"/reports/{number(report)}").content.decode()
    for words in ("現場有武器", "有人受傷", "有未滿6歲兒童：王小恩"):
        assert words in shown


def test_flags_no_small_child_where_there_is_none(world: World) -> None:
    report = received(world, PersonIn(role="victim", name="羅阿嬤", age_text="81歲"), kinds=("elder",))
    assert "有未滿6歲" not in as_("screener").get(f"/reports/{number(report)}").content.decode()


def test_names_the_child_to_be_seen_once_it_is_graded(world: World) -> None:
    report = received(world)
    person = ReportPerson.objects.get(report=report).person_id
    client, path = as_("screener"), f"/reports/{number(report)}"
    about = {"pair": f"{person}.child_protection"}
    client.post(f"{path}/ask", about | {"grade-needs_protection_now": "yes", "class-carer_intended": "yes"})
    client.post(f"{path}/decide", about | {"grade": "one", "class": "one"})
    assert re.search(r"<b>王小恩</b>\s*第一級案件當面訪視兒少", client.get(path).content.decode())


@pytest.mark.parametrize(("result", "clock"), [("high", "first_contact_high"), ("attention", "first_contact")])
def test_asks_how_soon_a_victim_is_contacted_and_starts_that_clock_only(world: World, result: str, clock: str) -> None:
    report = received(world, PersonIn(role="victim", name="林佳安", age_text="31"), kinds=("intimate_violence",))
    person = ReportPerson.objects.get(report=report).person_id
    client, path = as_("screener"), f"/reports/{number(report)}"
    about = {"pair": f"{person}.intimate_violence"}
    assert "家庭暴力首次聯繫急迫程度" in client.get(path).content.decode()
    client.post(f"{path}/ask", about | {"class-danger_result": result, "class-danger_now": "no"})
    to = f"worker.{world.units['adult']}.{world.workers['adult_worker']}"
    sent = {"kind": "intimate_violence", "persons": [str(person)], "to": to}
    assert client.post(f"{path}/dispatch", sent).status_code == 302
    viewer(world, "adult_worker")
    case = Matter.objects.get(kind="case")
    started = {rule for rule in open_duties(case.id) if rule.startswith("violence.first_contact")}
    assert started == {f"violence.{clock}"}
    assert Duty.objects.filter(matter=case).exists()


FORM = {"danger_form": "TIPVDA 2.0簡版", "danger_result": "高"}


def victim_with(world: World, form: dict[str, str]) -> str:
    report = received(
        world, PersonIn(role="victim", name="林佳安", age_text="31"), kinds=("intimate_violence",), urgency=form
    )
    page: str = as_("screener").get(f"/reports/{number(report)}").content.decode()
    return page


def test_shows_the_danger_form_as_it_was_reported(world: World) -> None:
    page = victim_with(world, FORM)
    for words in ("TIPVDA 2.0簡版，高", "照回報的版本和結果", "危險評估回報：高"):
        assert words in page


def test_applies_no_threshold_to_a_score_on_a_form_of_now(world: World) -> None:
    page = victim_with(world, FORM | {"danger_result": "8分"})
    assert "TIPVDA 2.0簡版，8分" in page
    assert "危險評估回報" not in page.replace("危險評估回報結果", "")
    assert "家庭暴力首次聯繫急迫程度：人工研判" in page


def test_calls_the_results_as_on_the_form_in_use(world: World) -> None:
    asked = victim_with(world, FORM).partition("危險評估回報結果")[2].partition("</tr>")[0]
    assert re.findall(r"(高危險|高度危險|注意|潛在|高|中|低)", re.sub(r"<[^>]+>", "", asked))[:3] == ["高", "中", "低"]


def test_decides_the_track_of_a_family(world: World) -> None:
    report = received(world, kinds=("vulnerable_family",))
    person = ReportPerson.objects.get(report=report).person_id
    client, path = as_("screener"), f"/reports/{number(report)}"
    assert "服務軌道" in client.get(path).content.decode()
    given = {"pair": f"{person}.vulnerable_family", "track": "vulnerable"}
    assert client.post(f"{path}/decide", given).status_code == 302
    assert "脆弱家庭" in client.get(path).content.decode()


def test_proposes_a_new_event_and_shows_the_earlier_report_beside(world: World) -> None:
    child = PersonIn(role="child", name="王小恩", identifiers=(("national_id", "A100001234"),))
    received(world, PersonIn(role="child", name="王小恩", age_text="4歲"))
    again = received(world, child)
    earlier = Matter.objects.filter(kind="report").exclude(id=again.id).get()
    actions.relate_report(report_id=again.id, earlier_id=earlier.id, by=viewer(world, "screener"), at=taipei(NOW))
    shown = as_("screener").get(f"/reports/{number(again)}").content.decode()
    assert re.search(r"<b>建議：新事件</b>（問清楚前）\s*同一天", shown)
    assert shown.count("鄰居說有哭聲。") >= 2
