"""The phone log, call-outs, workers out, tonight's list and the sheet: each act, and each refusal."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from anwang.access.queries import zones_of
from anwang.audit.models import Reading
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.intake import actions
from anwang.intake.models import Call, CallOut, CheckIn, Report, ShiftNote, TonightWatch
from anwang.intake.queries.night import night
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-07 23:45")
RANG = taipei("2026-03-07 23:40")


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at(NOW.isoformat())
    return build_world(night=(taipei("2026-03-07 17:30"), taipei("2026-03-08 08:30")))


def log(world: World, **more: object) -> Call:
    told_so = {"received_at": RANG, "about": "有小孩哭", "caller": "樓下住戶", "phone": "0912-000-888"} | more
    return actions.log_call(by=world.viewer("night"), **told_so)


def report_of(world: World) -> Report:
    return actions.receive_report(report=told("2026-03-07 23:40", "小孩獨自在家。"), by=world.viewer("night"))


def test_a_call_is_read_by_its_desk_and_the_centre_and_by_nobody_else(world: World) -> None:
    log(world)
    for key, count in [
        ("night", 1),
        ("supervisor", 1),
        ("screener", 1),
        ("worker", 0),
        ("clerk", 0),
        ("adult_worker", 0),
    ]:
        world.viewer(key)
        assert Call.objects.count() == count, key


def test_reading_who_called_leaves_a_trace(world: World) -> None:
    call = log(world)
    assert actions.read_caller(call_id=call.id, by=world.viewer("night"))["phone"] == "0912-000-888"
    assert Reading.objects.filter(what="caller", file_id=call.id).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"), [({"received_at": NOW + timedelta(hours=1)}, "received_at"), ({"about": " "}, "about")]
)
def test_refuses_a_call_of_the_future_or_without_a_word(world: World, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        log(world, **wrong)
    assert refused.value.field == field


def test_refuses_to_log_for_whoever_is_not_at_the_desk(world: World) -> None:
    with pytest.raises(Refused):
        actions.log_call(received_at=RANG, about="x", by=world.viewer("clerk"))


def test_settles_a_call_once(world: World) -> None:
    call = log(world)
    actions.settle_call(call_id=call.id, outcome="consultation", by=world.viewer("night"), at=NOW)
    with pytest.raises(Conflict):
        actions.settle_call(call_id=call.id, outcome="not_ours", passed_to="1966", by=world.viewer("night"), at=NOW)


def test_a_consultation_may_still_become_a_report(world: World) -> None:
    call = log(world)
    actions.settle_call(call_id=call.id, outcome="consultation", by=world.viewer("night"), at=NOW)
    report = actions.receive_report(report=told("2026-03-07 23:40", "x"), by=world.viewer("night"), call_id=call.id)
    assert Call.objects.get().report_id == report.id


def test_a_call_out_runs_forward(world: World) -> None:
    call = log(world)
    by = world.viewer("night")
    out = actions.note_call_out(worker_id=world.workers["worker"], called_at=RANG, call_id=call.id, by=by)
    actions.note_on_the_way(call_out_id=out.id, left_at=NOW, by=by)
    with pytest.raises(BadInput):
        actions.note_on_the_way(call_out_id=out.id, arrived_at=RANG, by=by)
    assert CallOut.objects.get().left_at == NOW


def test_a_call_out_is_for_something(world: World) -> None:
    with pytest.raises(BadInput):
        actions.note_call_out(worker_id=world.workers["worker"], called_at=RANG, by=world.viewer("night"))


def test_a_worker_is_out_once_and_the_desk_is_told_when_he_is_late(at: Callable[..., object], world: World) -> None:
    due = taipei("2026-03-08 00:30")
    row = actions.check_out(due_back_at=due, by=world.viewer("worker"), at=NOW)
    with pytest.raises(Conflict):
        actions.check_out(due_back_at=due, by=world.viewer("worker"), at=NOW)
    assert not night(world.viewer("night")).overdue
    at("2026-03-08T00:46+08:00")
    assert night(world.viewer("night")).overdue[0].rises_to == "值班台打電話確認"
    at("2026-03-08T01:01+08:00")
    assert "督導" in night(world.viewer("night")).overdue[0].rises_to
    with pytest.raises(Refused):
        actions.check_in(check_in_id=row.id, by=world.viewer("adult_worker"), at=taipei("2026-03-08 01:00"))
    actions.check_in(check_in_id=row.id, by=world.viewer("night"), at=taipei("2026-03-08 01:00"))
    assert CheckIn.objects.get().back_recorded_by == world.workers["night"]


def test_a_new_time_to_be_back_lies_ahead(world: World) -> None:
    row = actions.check_out(due_back_at=NOW + timedelta(hours=1), by=world.viewer("worker"), at=NOW)
    with pytest.raises(BadInput):
        actions.stay_longer(check_in_id=row.id, due_back_at=RANG, by=world.viewer("worker"))
    actions.stay_longer(check_in_id=row.id, due_back_at=NOW + timedelta(hours=2), by=world.viewer("worker"))


def hand_in(world: World, key: str = "screener", **more: object) -> TonightWatch:
    report = Report.objects.first() or report_of(world)
    given = {"night_on": RANG.date(), "why": "可能帶走小孩", "do_if": "先打督導", "at": NOW} | more
    return actions.watch_tonight(matter_id=report.id, by=world.viewer(key), **given)


def test_the_desk_reads_what_was_handed_in_until_the_night_ends(at: Callable[..., object], world: World) -> None:
    watch = hand_in(world)
    assert "safety" in zones_of(world.viewer("night"), watch.matter_id)


@pytest.mark.parametrize("wrong", [{"why": ""}, {"do_if": ""}, {"night_on": RANG.date() - timedelta(days=1)}])
def test_refuses_a_watch_that_says_too_little(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        hand_in(world, **wrong)


def test_refuses_to_hand_in_what_one_does_not_work_on(world: World) -> None:
    report_of(world)
    with pytest.raises((Refused, NotFound, BadInput)):
        hand_in_as_stranger(world)


def hand_in_as_stranger(world: World) -> None:
    world.viewer("night")
    report_id = Report.objects.get().id
    actions.watch_tonight(
        matter_id=report_id, night_on=RANG.date(), why="x", do_if="y", by=world.viewer("worker"), at=NOW
    )


def test_the_night_is_told_once(world: World) -> None:
    watch = hand_in(world)
    with pytest.raises(Refused):
        actions.say_how_the_night_was(watch_id=watch.id, outcome="quiet", by=world.viewer("screener"), at=NOW)
    actions.say_how_the_night_was(watch_id=watch.id, outcome="quiet", by=world.viewer("night"), at=NOW)
    with pytest.raises(Conflict):
        actions.say_how_the_night_was(watch_id=watch.id, outcome="visited", by=world.viewer("night"), at=NOW)


def test_the_sheet_is_kept_by_who_is_on_shift(world: World) -> None:
    actions.note_for_next_shift(desk_id=world.desk, text="車鑰匙在抽屜", kind="equipment", by=world.viewer("night"))
    assert ShiftNote.objects.get().ends_at == taipei("2026-03-08 08:30")
    with pytest.raises(Refused):
        actions.note_for_next_shift(desk_id=world.desk, text="x", by=world.viewer("screener"))
    with pytest.raises(BadInput):
        actions.note_for_next_shift(desk_id=world.desk, text=" ", by=world.viewer("night"))
