"""Two people, in two processes with real commits, do the same thing at once: one does it, the other is told so."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction

from anwang.exchange.importing import bring_in
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError
from anwang.intake import actions as intake
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Decision, ReportPerson
from anwang.matters import actions
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Matter
from anwang.matters.verify import verify
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

Act = Callable[[], object]
TIMES = 3
"""How often each race is run: who is first is chance."""


def at_once(*acts: Act, whole: bool = True) -> list[str]:
    """Run each act in a process of its own, started together: `done`, or the sentence it got.

    Each in one transaction; with `whole` false the act makes its own.
    """
    connection.close()
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(len(acts))
    runs = []
    for act in acts:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(act, barrier, theirs, whole))
        process.start()
        theirs.close()
        runs.append((process, ours))
    said = [ours.recv() for _process, ours in runs]
    for process, _ours in runs:
        process.join(30)
    return said


def _run(act: Act, barrier: Barrier, answer: Connection, whole: bool) -> None:
    connection.ensure_connection()
    barrier.wait(30)
    try:
        with transaction.atomic() if whole else nullcontext():
            act()
        said = "done"
    except AnwangError as error:
        said = f"{type(error).__name__}: {error}"
    except Exception as error:  # whatever else it is, the test shall name it
        said = f"broken: {error!r}"
    connection.close()
    answer.send(said)
    answer.close()


@pytest.fixture
def world(committed_db: str, at) -> World:
    at(after(30))
    with transaction.atomic():
        return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


@pytest.fixture
def findings(owner_connection: psycopg.Connection[tuple[object, ...]]) -> Callable[[], list[object]]:
    return lambda: list(verify(owner_connection))


def one_won(said: list[str]) -> str:
    """The sentence of the other one."""
    assert said.count("done") == 1, said
    (other,) = (one for one in said if one != "done")
    assert not other.startswith("broken"), other
    return other


def held(world: World, worker: str = "worker") -> Matter:
    with transaction.atomic():
        return held_by(world, worker)


@pytest.mark.parametrize("run", range(TIMES))
def test_of_two_supervisors_one_gives_the_matter_away(world: World, findings, run: int) -> None:
    matter = held(world)

    def give(to: str, by: str) -> Act:
        return lambda: actions.reassign(
            matter_id=matter.id, to=Holder(world.units["protection"], world.workers[to]), effective_at=after(20),
            expected_since=matter.acting_since, by=world.viewer(by),
        )  # fmt: skip

    said = at_once(give("worker2", "supervisor"), give("night", "supervisor"))
    assert one_won(said) == "Conflict: 剛才已經有人交接這件事。請重新整理，看現在由誰處理。"
    assert Assignment.objects.filter(matter_id=matter.id).count() == 1
    assert findings() == []


@pytest.mark.parametrize("run", range(TIMES))
def test_a_worker_does_not_leave_while_he_is_given_a_matter(world: World, findings, run: int) -> None:
    matter = held(world, "worker2")

    def give() -> object:
        return actions.reassign(
            matter_id=matter.id, to=Holder(world.units["protection"], world.workers["worker"]), effective_at=after(20),
            expected_since=matter.acting_since, by=world.viewer("supervisor"),
        )  # fmt: skip

    def let_go() -> object:
        by = world.viewer("administrator")
        return actions.leave(worker_id=world.workers["worker"], at=clock.now(), by=by)

    said = at_once(give, let_go)
    # Each alone would do; together one of them is too late, and says so or is refused by a key.
    assert said.count("done") == 1, said
    assert findings() == []


def test_a_worker_deactivated_with_open_matters_stays(world: World, findings) -> None:
    for _number in range(3):
        held(world)

    def let_go() -> object:
        by = world.viewer("administrator")
        return actions.leave(worker_id=world.workers["worker"], at=clock.now(), by=by)

    said = at_once(let_go, let_go)
    assert said == ["Refused: 他手上還有3件。請先完成移交清冊，或由督導暫代。"] * 2
    assert findings() == []


def received(world: World) -> tuple[UUID, UUID]:
    """A report with one child, graded and screened as far as dispatching needs, and the child."""
    with transaction.atomic():
        by = world.viewer("night")
        report = intake.receive_report(
            report=ReportIn(
                received_at=NIGHT, channel="phone", narrative="臉上有瘀青", kinds=("child_protection",),
                reporter=ReporterIn(category="citizen"),
                persons=(PersonIn(role="child", name="江語彤", age_text="7歲"),),
            ),
            by=by,
        )  # fmt: skip
        return report.id, ReportPerson.objects.get(report_id=report.id).person_id


@pytest.mark.parametrize("run", range(TIMES))
def test_two_screeners_decide_one_after_the_other_and_both_stay_written(world: World, findings, run: int) -> None:
    report, child = received(world)

    def judge(outcome: str) -> Act:
        return lambda: intake.decide(
            report_id=report, person_id=child, kind="child_protection", what="grade", outcome=outcome,
            reason="電話核可", by=world.viewer("night"), at=after(10),
        )  # fmt: skip

    said = at_once(judge("one"), judge("two"))
    assert not any(one.startswith("broken") for one in said), said
    with transaction.atomic():
        world.viewer("night")
        chain = list(Decision.objects.filter(report_id=report, what="grade").values_list("supersedes_id", flat=True))
    # Nobody's judgement is lost: the later names the earlier, and only one is the first.
    assert len(chain) == said.count("done")
    assert chain.count(None) == 1
    assert findings() == []


@pytest.mark.parametrize("run", range(TIMES))
def test_a_report_dispatched_twice_becomes_one_case(world: World, findings, run: int) -> None:
    report, child = received(world)
    desk = Holder(world.units["protection"], desk_id=world.desk)

    def ready() -> None:
        about = {"report_id": report, "person_id": child, "kind": "child_protection", "by": world.viewer("night"),
                 "at": after(5)}  # fmt: skip
        given = {"needs_protection_now": "yes", "needs_emergency_placement": "no"}
        intake.answer_questions(what="grade", given=given, **about)
        intake.answer_questions(what="class", given={"carer_intended": "yes"}, **about)
        for what in ("grade", "class"):
            intake.decide(what=what, outcome="one", phoned_by=world.workers["supervisor"], **about)
        intake.answer_questions(what="screening", given={"harm": "yes"}, **about)
        intake.decide(what="screening", outcome="protection_field", **about)

    with transaction.atomic():
        ready()

    def send() -> object:
        return intake.dispatch(
            report_id=report, kind="child_protection", person_ids=[child], to=desk, by=world.viewer("night"),
            at=after(6),
        )  # fmt: skip

    one_won(at_once(send, send))
    assert Matter.objects.filter(arose_from_id=report).count() == 1
    assert findings() == []


@pytest.mark.parametrize("run", range(TIMES))
def test_a_file_brought_in_by_two_processes_is_there_once(world: World, findings, tmp_path: Path, run: int) -> None:
    at = clock.local(clock.now() - timedelta(minutes=10)).isoformat()
    lines = [
        {"number": f"L-{n}", "received_at": at, "narrative": "哭聲", "persons": [{"name": "江"}]} for n in range(6)
    ]
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")

    def take() -> None:
        tally = bring_in(path, "99001")
        assert tally.sent == tally.accepted + tally.known == 6, tally

    # As the command does it: each record commits by itself.
    assert at_once(take, take, whole=False) == ["done", "done"]
    assert Matter.objects.filter(kind="report").count() == 6
    assert findings() == []
