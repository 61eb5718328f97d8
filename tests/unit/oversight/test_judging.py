"""A question goes to a privacy officer who is neither the reader nor his chief, and ends with an outcome."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from anwang.access.viewer import service_viewer
from anwang.audit.actions import reading, record
from anwang.directory.models import Appointment, Jurisdiction, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.oversight import jobs, policies, queries
from anwang.oversight.actions import answer_question, ask_reader, settle_question
from anwang.oversight.choosing import reviewed_in
from anwang.oversight.models import Question, Words
from tests.world import SINCE, World, build_world

pytestmark = pytest.mark.django_db
NOW = "2026-04-20T10:00+08:00"


@pytest.fixture
def hands(at):
    return at(NOW)


@pytest.fixture
def world(hands) -> World:
    return build_world()


def bulk_of(world: World, key: str, files: int = 26) -> Question | None:
    by = world.viewer(key)
    for _ in range(files):
        reading("case.page", by=by, file_id=uuid7(), zone="case")
    jobs.ring_bulk()
    service_viewer("oversight")
    return Question.objects.filter(reader_id=world.workers[key]).first()


@pytest.mark.parametrize("key", ["worker", "chief", "administrator", "clerk", "supervisor", "privacy", "nurse"])
def test_rings_for_any_account_within_five_minutes(world: World, hands, key: str) -> None:
    by = world.viewer(key)
    for _ in range(26):
        reading("case.page", by=by, file_id=uuid7(), zone="case")
        hands.advance(timedelta(seconds=10))
    hands.advance(timedelta(minutes=1))
    assert jobs.ring_bulk() == 1
    service_viewer("oversight")
    assert Question.objects.get().reader_id == world.workers[key]


def test_rings_once_for_one_burst_and_again_for_the_next(world: World, hands) -> None:
    assert bulk_of(world, "worker") is not None
    assert jobs.ring_bulk() == 0
    settle_question(
        question_id=Question.objects.get().id, outcome="reminded", text="已提醒", by=world.viewer("privacy")
    )
    assert jobs.ring_bulk() == 0
    hands.advance(timedelta(hours=3))
    bulk_of(world, "worker")
    assert Question.objects.count() == 2


def test_knows_that_the_front_looks_up_everyone(world: World) -> None:
    assert bulk_of(world, "screener", 40) is None
    assert bulk_of(world, "screener", 21) is not None


def test_rings_for_searches_without_a_single_opening(world: World) -> None:
    by = world.viewer("worker")
    for _ in range(40):
        record("people.searched", by=by, found=3)
    assert jobs.ring_bulk() == 1


def test_goes_to_the_ministry_when_the_officer_himself_read(world: World) -> None:
    officer = Worker.objects.create(id=uuid7(), name="白若涵")
    Appointment.objects.create(
        worker=officer, unit_id=world.units["ministry"], role=Role.PRIVACY_OFFICER, started_at=SINCE
    )  # fmt: skip
    day = clock.local(clock.now()).date()
    assert reviewed_in(world.workers["worker"], "99001", day) == "99001"
    assert reviewed_in(world.workers["privacy"], "99001", day) == "99000"
    question = bulk_of(world, "privacy")
    world.viewer("privacy")
    assert not Question.objects.exists(), "his own case is not on his bench"
    with pytest.raises(NotFound):
        settle_question(question_id=question.id, outcome="justified", text="好", by=world.viewer("privacy"))


def test_goes_to_another_county_when_there_is_no_ministry_officer(world: World) -> None:
    unit = Unit.objects.get(id=world.units["county2"])
    officer = Worker.objects.create(id=uuid7(), name="白若涵")
    Appointment.objects.create(worker=officer, unit=unit, role=Role.PRIVACY_OFFICER, started_at=SINCE)
    day = clock.local(clock.now()).date()
    assert reviewed_in(world.workers["privacy"], "99001", day) == "99002"
    assert Jurisdiction.objects.filter(code="99002").exists()
    assert unit.kind == UnitKind.COUNTY


def test_never_lets_the_readers_chief_settle(world: World) -> None:
    question = bulk_of(world, "worker")
    Appointment.objects.create(
        worker_id=world.workers["privacy"], unit_id=world.units["protection"], role=Role.CHIEF, started_at=SINCE
    )  # fmt: skip
    with pytest.raises(Refused, match="主管"):
        settle_question(question_id=question.id, outcome="justified", text="好", by=world.viewer("privacy"))
    assert reviewed_in(world.workers["worker"], "99001", clock.local(clock.now()).date()) == "99001", "nobody else may"


def test_runs_from_question_to_answer_to_outcome(world: World) -> None:
    question = bulk_of(world, "worker")
    assert queries.asked_of_me(world.viewer("worker")) == ()
    ask_reader(question_id=question.id, text="為什麼看這麼多件？", by=world.viewer("privacy"))
    (asked,) = queries.asked_of_me(world.viewer("worker"))
    assert asked.is_open
    assert asked.answer_due_at == datetime.fromisoformat("2026-04-24T00:00+08:00")
    with pytest.raises((Refused, NotFound)):
        answer_question(question_id=question.id, text="我替他說", by=world.viewer("worker2"))
    answer_question(question_id=question.id, text="月底清查未結案", by=world.viewer("worker"))
    page = queries.question(world.viewer("privacy"), question.id)
    assert [one.text for one in page.said] == ["為什麼看這麼多件？", "月底清查未結案"]
    with pytest.raises(BadInput):
        settle_question(question_id=question.id, outcome="unheard_of", text="好", by=world.viewer("privacy"))
    with pytest.raises(BadInput):
        settle_question(question_id=question.id, outcome="justified", text="  ", by=world.viewer("privacy"))
    settle_question(question_id=question.id, outcome="justified", text="有清查簽呈", by=world.viewer("privacy"))
    with pytest.raises(Refused):
        settle_question(question_id=question.id, outcome="reminded", text="再一次", by=world.viewer("privacy"))
    assert queries.figures(world.viewer("privacy")).outcomes == (("有正當理由", 1),)
    (asked,) = queries.asked_of_me(world.viewer("worker"))
    assert asked.is_settled


@pytest.mark.parametrize("key", ["administrator", "chief", "supervisor", "worker2", "clerk"])
def test_shows_questions_to_nobody_else(world: World, key: str) -> None:
    question = bulk_of(world, "worker")
    viewer = world.viewer(key)
    assert not Question.objects.exists()
    with pytest.raises(Refused):
        policies.may_see_questions(viewer).enforce()
    assert queries.bench(viewer).lines == ()
    with pytest.raises((Refused, NotFound)):
        ask_reader(question_id=question.id, text="x", by=viewer)


def test_holds_in_the_database_that_nobody_settles_his_own(world: World) -> None:
    question = bulk_of(world, "worker")
    service_viewer("oversight")
    question.id, question.kind, question.state, question.outcome = uuid7(), "night", "settled", "justified"
    question.settled_by, question.settled_at = question.reader_id, clock.now()
    with pytest.raises(DatabaseError, match="nobody_settles_his_own_reading"), transaction.atomic():
        question.save(force_insert=True)


def test_lets_the_reader_write_nothing_but_his_answer(world: World) -> None:
    """Also by SQL of his own: neither outcome nor state, nor words in another's part."""
    question = bulk_of(world, "worker")
    ask_reader(question_id=question.id, text="為什麼？", by=world.viewer("privacy"))
    world.viewer("worker")
    settled = {"state": "settled", "outcome": "justified", "settled_at": clock.now()}
    for told in (settled | {"settled_by": world.workers["privacy"]}, {"state": "open"}):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Question.objects.filter(id=question.id).update(**told)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Words.objects.create(question_id=question.id, part="outcome", text="好", written_by=world.workers["worker"],
                             written_at=clock.now())  # fmt: skip
    world.viewer("privacy")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Question.objects.filter(id=question.id).update(**settled, settled_by=world.workers["chief"])


def test_hands_a_late_question_on_once_and_stays_where_nobody_else_may(world: World, hands) -> None:
    question = bulk_of(world, "worker")
    assert question is not None
    hands.advance(question.due_at - clock.now() + timedelta(days=5, minutes=1))
    assert jobs.raise_late() == 0, "there is no other officer in the land"
    officer_elsewhere(world)
    assert jobs.raise_late() == 1
    assert jobs.raise_late() == 0
    service_viewer("oversight")
    assert Question.objects.get().to_county == "99002"
    assert question.id in {line.id for line in queries.bench(world.viewer("privacy2")).lines}
    assert not queries.bench(world.viewer("privacy")).lines


def test_hands_nothing_on_before_its_days_are_over(world: World, hands) -> None:
    question = bulk_of(world, "worker")
    officer_elsewhere(world)
    assert question is not None
    hands.advance(question.due_at - clock.now() + timedelta(days=5) - timedelta(minutes=1))
    assert jobs.raise_late() == 0
    assert queries.late_questions(world.viewer("privacy")) == 1
    assert queries.late_questions(world.viewer("worker")) == 0


def test_lets_no_officer_hand_a_question_away(world: World, hands) -> None:
    bulk_of(world, "worker")
    officer_elsewhere(world)
    world.viewer("privacy")
    with pytest.raises(DatabaseError), transaction.atomic():
        Question.objects.update(to_county="99002")


def officer_elsewhere(world: World) -> None:
    """County 乙 has a privacy officer too."""
    world.workers["privacy2"] = uuid7()
    Worker.objects.create(id=world.workers["privacy2"], name="古芳瑜", phone="0900-000-778")
    Jurisdiction.objects.filter(code="99002").update(on_system=True)
    Appointment.objects.create(worker_id=world.workers["privacy2"], unit_id=world.units["county2"],
                               role=Role.PRIVACY_OFFICER, started_at=SINCE)  # fmt: skip
