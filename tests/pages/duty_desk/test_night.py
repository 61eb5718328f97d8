"""The night on one page: who answers, calls before reports, who is out, the list for tonight, two signatures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.directory.models import Absence, Appointment, Shift
from anwang.enactments.models import Enactment
from anwang.intake import actions
from anwang.intake.models import Call, CallOut, CheckIn, ShiftNote, TonightWatch
from anwang.matters.models import Matter, ShiftHandover
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

NOW = taipei("2026-03-07 23:45")
CALLER = "0912-000-888"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW.isoformat())
    return build_world(night=(taipei("2026-03-07 17:30"), taipei("2026-03-08 08:30")))


def as_(key: str, language: str = "zh-hant") -> Client:
    account = Account.objects.get(username=key)
    Account.objects.filter(pk=account.pk).update(language=language)
    client = Client()
    client.force_login(account)
    return client


def rung(**more: str) -> dict[str, str]:
    return {"call-about": "樓上又在吵，有小孩哭", "call-received_at_day": "115/3/7", "call-received_at_time": "23:40",
            "call-caller": "樓下住戶", "call-phone": CALLER} | more  # fmt: skip


def test_names_who_answers_now_with_a_number(world: World) -> None:
    page = as_("screener").get("/duty").content.decode()
    assert "曹宜庭" in page
    assert "0900-000-013" in page


def by_day(at: Callable[..., object], moment: str) -> str:
    at(taipei(moment).isoformat())
    return re.sub(r"<[^>]+>", "", as_("screener").get("/duty").content.decode())


def test_says_that_the_intake_unit_answers_in_office_hours(world: World, at: Callable[..., object]) -> None:
    page = by_day(at, "2026-03-06 10:00")
    assert "上班時間由通報調查處理中心接聽" in page
    assert "在班：杜婉婷、方振維" in page
    assert "空檔" not in page


def test_leaves_out_who_is_on_leave_in_office_hours(world: World, at: Callable[..., object]) -> None:
    Absence.objects.create(
        worker_id=world.workers["screener"], covered_by_id=world.workers["screening_supervisor"], kind="leave",
        starts_at=taipei("2026-03-06 08:00"), ends_at=taipei("2026-03-06 18:00"),
    )  # fmt: skip
    assert "在班：方振維" in by_day(at, "2026-03-06 10:00")


@pytest.mark.parametrize("moment", ["2026-03-06 17:30", "2026-03-06 07:59", "2026-03-07 10:00", "2026-02-27 10:00"])
def test_raises_the_gap_when_nobody_answers_at_all(world: World, at: Callable[..., object], moment: str) -> None:
    page = by_day(at, moment)
    assert "現在沒有人排在值班台" in page
    assert "值班表有空檔" in page


def test_takes_the_hours_of_the_county(world: World, at: Callable[..., object]) -> None:
    versions = [{"from": "2026-01-01", "assumption": {"zh": "縣定", "en": "County"}, "value": ["08:00", "17:00"]}]
    Enactment.objects.create(
        rule_id="office.hours", county="99001", body={"versions": versions}, proposed_by=world.workers["chief"],
        approved_by=world.workers["supervisor"], enacted_at=NOW,
    )  # fmt: skip
    assert "空檔" in by_day(at, "2026-03-06 17:10")


def test_says_when_nobody_is_on_the_roster(world: World) -> None:
    Shift.objects.all().update(ends_at=NOW - timedelta(hours=1))
    page = as_("screener").get("/duty").content.decode()
    assert "沒有人排在值班台" in re.sub(r"<[^>]+>", "", page)


def test_gives_a_call_its_number_before_any_report(world: World) -> None:
    assert as_("night").post("/duty/calls", rung()).status_code == 302
    world.viewer("night")
    call = Call.objects.get()
    assert call.number.startswith("K115-")
    assert (call.outcome, call.received_at) == ("open", taipei("2026-03-07 23:40"))
    assert CALLER.encode() not in bytes(call.sealed_caller)


def test_shows_the_caller_only_behind_a_traced_click(world: World) -> None:
    client = as_("night")
    client.post("/duty/calls", rung())
    world.viewer("night")
    call = Call.objects.get()
    for key in ("night", "screener", "supervisor"):
        page = as_(key).get("/duty").content.decode()
        assert call.number in page
        assert CALLER not in page
    assert CALLER in client.post(f"/duty/calls/{call.id}/caller").content.decode()


def test_keeps_what_was_typed_when_something_is_missing(world: World) -> None:
    answer = as_("night").post("/duty/calls", rung(**{"call-about": ""}))
    assert answer.status_code == 422
    assert CALLER in answer.content.decode()


def test_turns_a_call_into_a_report(world: World) -> None:
    client = as_("night")
    where = client.post("/duty/calls", rung(report="1")).headers["Location"]
    call = where.partition("=")[2]
    client.post("/reports/new", {"received_at_day": "115/3/7", "received_at_time": "23:40", "channel": "phone",
                                 "narrative": "樓上又在吵", "people": "0", "call": call})  # fmt: skip
    world.viewer("night")
    assert Call.objects.get().outcome == "report"


@pytest.mark.parametrize(("given", "status"), [({"outcome": "consultation"}, 302), ({"outcome": "not_ours"}, 422)])
def test_asks_whose_it_is_when_a_call_is_not_ours(world: World, given: dict[str, str], status: int) -> None:
    client = as_("night")
    client.post("/duty/calls", rung())
    world.viewer("night")
    assert client.post(f"/duty/calls/{Call.objects.get().id}", given).status_code == status


def test_puts_a_worker_who_is_overdue_on_top(at: Callable[..., object], world: World) -> None:
    as_("worker").post("/duty/out", {"out-due_back_at_day": "115/3/8", "out-due_back_at_time": "00:30",
                                     "out-area_name": "河岬鎮"})  # fmt: skip
    at("2026-03-08T01:00+08:00")
    page = as_("night").get("/duty").content.decode()
    assert "外出逾時" in re.sub(r"<[^>]+>", "", page)
    assert page.index("簡伯勳") < page.index('id="call"')
    row = CheckIn.objects.get()
    assert as_("night").post(f"/duty/out/{row.id}").status_code == 302
    assert "外出逾時" not in re.sub(r"<[^>]+>", "", as_("night").get("/duty").content.decode())


def test_takes_a_matter_for_tonight_and_tells_how_it_was(world: World) -> None:
    report = actions.receive_report(report=told("2026-03-07 22:00", "小孩獨自在家。"), by=world.viewer("night"))
    number = Matter.objects.get(id=report.id).number
    given = {"in-number": number, "in-night_on": "115/3/7", "in-why": "媽媽可能帶走小孩", "in-do_if": "先打電話給督導"}
    assert as_("screener").post("/duty/watch", given).status_code == 302
    world.viewer("night")
    watch = TonightWatch.objects.get()
    assert "媽媽可能帶走小孩" in as_("night").get("/duty").content.decode()
    as_("night").post(f"/duty/watch/{watch.id}", {"outcome": "quiet"})
    world.viewer("screener")
    assert TonightWatch.objects.get().outcome == "quiet"


def test_notes_who_was_called_out_and_when_he_arrived(world: World) -> None:
    client = as_("night")
    client.post("/duty/calls", rung())
    world.viewer("night")
    given = {"go-worker": str(world.workers["worker"]), "go-called_at_day": "115/3/7", "go-called_at_time": "23:42",
             "go-number": Call.objects.get().number}  # fmt: skip
    assert client.post("/duty/call-outs", given).status_code == 302
    row = CallOut.objects.get()
    client.post(f"/duty/call-outs/{row.id}", {"step": "left_at"})
    assert CallOut.objects.get().left_at == NOW


def test_hands_the_shift_over_with_two_signatures(at: Callable[..., object], world: World) -> None:
    at("2026-03-08T08:29+08:00")
    Shift.objects.create(desk_id=world.desk, worker_id=world.workers["worker2"], rank=1,
                         starts_at=taipei("2026-03-08 08:30"), ends_at=taipei("2026-03-08 17:30"))  # fmt: skip
    client = as_("night")
    client.post("/duty/notes", {"note-text": "河岬那一家早上要再打", "note-kind": "follow_up"})
    world.viewer("night")
    assert ShiftNote.objects.get().text == "河岬那一家早上要再打"
    given = {"shift-from_worker": str(world.workers["night"]), "shift-to_worker": str(world.workers["worker2"]),
             "shift-effective_at_day": "115/3/8", "shift-effective_at_time": "08:30"}  # fmt: skip
    assert client.post("/duty/hand-over", given).status_code == 302
    at("2026-03-08T08:52+08:00")
    sheet = ShiftHandover.objects.get()
    assert as_("worker2").post(f"/duty/hand-over/{sheet.id}").status_code == 302
    sheet.refresh_from_db()
    assert (sheet.effective_at, sheet.received_at) == (taipei("2026-03-08 08:30"), taipei("2026-03-08 08:52"))
    page = as_("worker2").get("/duty/sheet").content.decode()
    assert "接班已簽" in page
    assert "河岬那一家早上要再打" in page


def test_finds_somebody_while_the_caller_waits(world: World) -> None:
    assert "查無" in as_("night").post("/duty/find", {"text": "沒有這個人"}).content.decode()


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_shows_the_night_to_every_role(world: World, language: str) -> None:
    for key in world.workers:
        assert as_(key, language).get("/duty").status_code == 200


def test_needs_few_statements(world: World) -> None:
    client = as_("night")
    client.get("/duty")
    with CaptureQueriesContext(connection) as seen:
        client.get("/duty")
    assert len([one for one in seen.captured_queries if "SAVEPOINT" not in one["sql"]]) <= 8


def test_a_call_that_was_settled_meanwhile_keeps_what_was_typed(world: World) -> None:
    as_("night").post("/duty/calls", rung())
    world.viewer("night")
    path = f"/duty/calls/{Call.objects.get().id}"
    assert as_("night").post(path, {"outcome": "not_ours", "passed_to": ""}).status_code == 422
    assert as_("night").post(path, {"outcome": "consultation"}).status_code == 302
    answer = as_("night").post(path, {"outcome": "not_ours", "passed_to": "鄰縣家防中心"})
    assert answer.status_code == 422
    assert "已經決定過" in answer.content.decode()


def test_what_is_not_ours_asks_for_whom_and_keeps_the_choice(world: World) -> None:
    as_("night").post("/duty/calls", rung())
    world.viewer("night")
    page = as_("night").post(f"/duty/calls/{Call.objects.get().id}", {"outcome": "not_ours", "passed_to": ""})
    assert 'value="not_ours" checked' in page.content.decode()


def test_going_out_twice_keeps_what_was_typed(world: World) -> None:
    out = {"out-due_back_at_day": "115/3/8", "out-due_back_at_time": "02:00", "out-with_whom": "備勤同仁"}
    assert as_("night").post("/duty/out", out).status_code == 302
    answer = as_("night").post("/duty/out", out)
    assert answer.status_code == 422
    assert "備勤同仁" in answer.content.decode()


def test_tells_a_duty_worker_whose_shift_it_is_when_it_is_not_his(world: World) -> None:
    Appointment.objects.create(
        worker_id=world.workers["welfare_worker"], unit_id=world.units["intake"], role="duty_worker",
        started_at=taipei("2026-01-01 08:00"),
    )  # fmt: skip
    actions.receive_report(report=told("2026-03-07 23:40", "有小孩哭"), by=world.viewer("night"))
    page = re.sub(r"<[^>]+>", "", as_("welfare_worker").get("/duty").content.decode())
    assert "現在是曹宜庭的班，不是你的班。" in page
    assert "等著處理的通報 0件" not in page
    assert "輪到你當班時，會列在這裡" in page
    assert "有1件通報等著處理" in re.sub(r"<[^>]+>", "", as_("night").get("/duty").content.decode())
