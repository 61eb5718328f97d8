"""The intake desk as the people at it see it: queue, form, report, closed doors; few statements, both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.audit.models import Reading
from anwang.foundation.roc import PartialDate
from anwang.intake import actions
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn
from anwang.intake.models import Decision, Report, ReportDraft, ReportOriginal, ReportPerson
from anwang.matters.models import Matter
from anwang.matters.states import ReviewOf
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

FIRST = taipei("2026-03-07 23:40")
PHONE = "0912-000-777"
NEIGHBOUR = "柳條巷的陳太太"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at((FIRST + timedelta(minutes=5)).isoformat())
    return build_world(night=(taipei("2026-03-07 17:30"), taipei("2026-03-08 08:30")))


@pytest.fixture
def report(world: World) -> Report:
    return actions.receive_report(
        report=told(
            "2026-03-07 23:40",
            "鄰居說先生打太太，小孩身上有瘀青。",
            PersonIn(role="child", name="陳小宇", birth=PartialDate(2024, 1, 5), injuries="臉頰、前臂瘀青"),
            PersonIn(role="child", name="陳小樂", birth=PartialDate(2016, 6, 1)),
            PersonIn(role="victim", name="林佳安", age_text="31"),
            PersonIn(role="other_party", name="陳志豪", age_text="35"),
            kinds=("child_protection", "intimate_violence"),
            channel="line_113",
            urgency={"danger_now": "yes"},
            originals=(OriginalIn(f"來電 {PHONE}".encode(), "text/html", f"{NEIGHBOUR}.html"),),
            reporter=ReporterIn(name=NEIGHBOUR, phone=PHONE, may_call_back="yes", category="citizen"),
        ),
        by=world.viewer("night"),
    )


def as_(key: str, language: str = "zh-hant") -> Client:
    account = Account.objects.get(username=key)
    Account.objects.filter(pk=account.pk).update(language=language)
    client = Client()
    client.force_login(account)
    return client


def number(report: Report) -> str:
    return Matter.objects.get(id=report.id).number


def pair(report: Report, name: str, kind: str = "child_protection") -> str:
    return f"{ReportPerson.objects.get(report=report, person__name=name).person_id}.{kind}"


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len([one for one in seen.captured_queries if not re.match(r"(RELEASE )?SAVEPOINT", one["sql"])])


@pytest.mark.parametrize("key", ["night", "screening_supervisor", "screener"])
def test_reads_a_report_in_few_statements(world: World, report: Report, key: str) -> None:
    assert statements(as_(key), f"/reports/{number(report)}") <= 8


@pytest.mark.parametrize("path", ["/intake", "/intake?view=edge", "/reports/new", "/duty"])
def test_shows_each_page_in_few_statements(world: World, report: Report, path: str) -> None:
    assert statements(as_("night"), path) <= 8


def test_says_who_it_is_about_who_answers_and_by_when(world: World, report: Report) -> None:
    page = as_("night").get(f"/reports/{number(report)}").content.decode()
    assert "陳小宇、陳小樂、林佳安" in re.sub(r"</?span[^>]*>", "", page)
    assert "曹宜庭" in page
    assert "兒少保護通報分級分類" in page
    assert "現在有立即危險" in page


def test_preselects_nothing(world: World, report: Report) -> None:
    page = as_("night").get(f"/reports/{number(report)}").content.decode()
    sheet = page[page.index('id="decide"') :]
    assert "checked" not in sheet


def test_shows_it_in_english(world: World, report: Report) -> None:
    assert as_("night", "en").get(f"/reports/{number(report)}").status_code == 200


@pytest.mark.parametrize("key", ["worker", "clerk", "administrator", "adult_worker"])
def test_is_not_there_for_others(world: World, report: Report, key: str) -> None:
    assert as_(key).get(f"/reports/{number(report)}").status_code == 404


def test_shows_the_reporter_nowhere_but_behind_the_traced_click(world: World, report: Report) -> None:
    paths = [f"/reports/{number(report)}", "/intake", "/duty", "/duty/sheet", "/reports/new"]
    for key in ("night", "screener", "screening_supervisor", "supervisor", "chief", "clerk", "worker"):
        client = as_(key)
        for path in paths:
            page = client.get(path).content.decode()
            assert PHONE not in page, (key, path)
            assert NEIGHBOUR not in page, (key, path)
    before = Reading.objects.filter(what="reporter").count()
    page = as_("night").post(f"/reports/{number(report)}/reporter").content.decode()
    assert PHONE in page
    assert Reading.objects.filter(what="reporter").count() == before + 1
    for key in ("screener", "screening_supervisor", "supervisor", "chief"):
        answer = as_(key).post(f"/reports/{number(report)}/reporter")
        assert answer.status_code in (403, 404, 422)
        assert PHONE not in answer.content.decode()


def test_gives_the_original_only_as_a_download_and_traced(world: World, report: Report) -> None:
    world.viewer("night")
    original = ReportOriginal.objects.get(report=report)
    path = f"/reports/{number(report)}/originals/{original.id}"
    answer = as_("night").post(path)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content == f"來電 {PHONE}".encode()
    assert as_("screening_supervisor").post(path).status_code == 403


def test_asks_advises_and_decides_each_thing_by_itself(world: World, report: Report) -> None:
    client, path = as_("night"), f"/reports/{number(report)}"
    child = pair(report, "陳小宇")
    client.post(f"{path}/ask", {"pair": child, "grade-needs_protection_now": "yes", "class-carer_intended": "yes"})
    page = client.get(path).content.decode()
    assert 'data-advised><span>第一級<span class="adv">建議' in page
    answer = client.post(f"{path}/decide", {"pair": child, "grade": "two"})
    assert answer.status_code == 422
    assert "請寫理由" in answer.content.decode()
    world.viewer("night")
    assert not Decision.objects.exists()
    client.post(f"{path}/decide", {"pair": child, "grade": "one", "class": "one"})
    world.viewer("night")
    assert set(Decision.objects.values_list("what", "outcome")) == {("grade", "one"), ("class", "one")}
    assert f"<h2>陳小宇・{ReviewOf.GRADE.label}：督導審核中</h2>" in client.get(path).content.decode()


def test_keeps_what_was_typed_when_refused(world: World, report: Report) -> None:
    client, path = as_("night"), f"/reports/{number(report)}"
    given = {"pair": pair(report, "陳小宇"), "ground": "missing", "reason": "昨天搬走了，鄰居說的"}
    answer = client.post(f"{path}/not-open", given)
    assert answer.status_code == 422
    assert "昨天搬走了" in answer.content.decode()


def test_dispatches_from_the_page(world: World, report: Report) -> None:
    client, path = as_("night"), f"/reports/{number(report)}"
    child = pair(report, "陳小宇").partition(".")[0]
    given = {"kind": "child_protection", "persons": [child], "to": f"desk.{world.units['protection']}.{world.desk}"}
    assert client.post(f"{path}/dispatch", given).status_code == 302
    world.viewer("night")
    assert Matter.objects.filter(kind="case", acting_desk=world.desk).count() == 1


def filled(**more: object) -> dict[str, object]:
    return {
        "received_at_day": "115/3/7",
        "received_at_time": "23:40",
        "channel": "fax",
        "narrative": "傳真說孩子沒去上學",
        "people": "1",
        "p0-role": "child",
        "p0-name": "王小恩",
        "p0-age_text": "4歲",
        "by-phone": PHONE,
        **more,
    }


def test_files_a_report_from_the_form(world: World) -> None:
    upload = SimpleUploadedFile("傳真.tif", b"II*\x00\xff", content_type="image/tiff")
    answer = as_("night").post("/reports/new", filled(original=upload))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    world.viewer("night")
    report = Report.objects.get()
    assert report.received_at == FIRST
    assert ReportOriginal.objects.get().size == 5


def test_asks_little_on_the_first_screen(world: World) -> None:
    page = as_("night").post("/reports/new", {"people": "0"}).content.decode()
    assert page.count('aria-invalid="true"') <= 10


def test_adds_a_person_without_script_and_without_complaining(world: World) -> None:
    answer = as_("night").post("/reports/new", filled(add="1", narrative="寫到一半"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="p1-name"' in page
    assert "寫到一半" in page
    assert '<p role="alert" hidden>還鎖著。' in page  # of the veil, hidden until it is asked too early
    assert page.count('role="alert"') == 1


def test_keeps_the_unfinished_sealed_and_for_its_writer_only(world: World) -> None:
    client = as_("night")
    where = client.post("/reports/new", filled(keep="1")).headers["Location"]
    assert "王小恩" in client.get(where).content.decode()
    assert as_("screener").get(where).status_code == 404
    world.viewer("night")
    assert PHONE.encode() not in bytes(ReportDraft.objects.get().sealed)
    draft = where.partition("=")[2]
    client.post("/reports/new", filled(draft=draft))
    assert client.get(where).status_code == 404


def test_refuses_a_file_that_is_too_big_and_says_so(world: World) -> None:
    upload = SimpleUploadedFile("大.bin", b"x" * (8 * 1024 * 1024 + 1))
    answer = as_("night").post("/reports/new", filled(original=upload))
    assert answer.status_code == 422
    assert "8MB" in answer.content.decode()


def test_says_whom_to_ask_when_somebody_may_not_take_reports(world: World) -> None:
    answer = as_("clerk").get("/reports/new")
    assert answer.status_code == 403
    assert "值班台" in answer.content.decode()


def test_prints_the_formula_of_the_rate(world: World, report: Report) -> None:
    assert "＝1件" in (queue := as_("screening_supervisor").get("/intake").content.decode())
    assert '<td class="num"><span class="n">1件</span></td>' in queue
    assert re.search(r"<span aria-current=\"page\">[^<]*\d+件</span>", queue)


def test_says_what_was_looked_for_when_a_view_is_empty(world: World) -> None:
    assert "查過" in as_("screener").get("/intake?view=edge").content.decode()
