"""Reading ends with the relation, after the days the rules give it, and not a day before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.access.actions import grant, unit_key
from anwang.access.models import Grant
from anwang.access.queries import zones_of
from anwang.access.relations import RELATIONS
from anwang.audit.models import Act
from anwang.documents.actions import register_paper
from anwang.documents.models import PaperWords
from anwang.foundation import clock
from anwang.intake import actions as intake
from anwang.intake.actions.night import note_for_next_shift
from anwang.intake.models import Call, ShiftNote
from anwang.matters.actions import end_matter, open_matter
from anwang.matters.holder import Holder
from anwang.matters.states import MatterKind
from anwang.oversight import jobs, rules
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = "2026-03-10T10:00+08:00"


@pytest.fixture
def hands(at: Callable[..., clock.FrozenClock]) -> clock.FrozenClock:
    return at(NOW)


@pytest.fixture
def world(hands: clock.FrozenClock) -> World:
    now = clock.now()
    return build_world(night=(now - timedelta(hours=1), now + timedelta(hours=9)))


def ended(world: World, kind: MatterKind = MatterKind.CASE) -> UUID:
    """A file of 兒保組's worker with every relation of the front door on it, ended now."""
    by = world.viewer("supervisor")
    made = open_matter(
        kind=kind, county="99001", accountable_id=world.units["protection"], by=by, facts={}, event="case.opened",
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=clock.now() - timedelta(hours=1),
    )  # fmt: skip
    for because, holder in (("intake", unit_key(world.units["intake"], "screener")), ("duty", f"d:{world.desk}")):
        grant(file_id=made.id, holder=holder, zones=("work", "case"), because=because, by=by, at=clock.now())
    end_matter(matter_id=made.id, how="closed", at=clock.now(), by=by)
    return made.id


@pytest.mark.parametrize(("key", "days"), [("worker", 30), ("screener", 90), ("night", 7)])
def test_ends_reading_on_its_day_and_not_the_day_before(
    world: World, hands: clock.FrozenClock, key: str, days: int
) -> None:
    file_id = ended(world)
    assert "case" in zones_of(world.viewer(key), file_id)
    hands.advance(timedelta(days=days) - timedelta(minutes=1))
    jobs.end_relations(clock.now())
    holders = {"worker": "acting", "screener": "intake", "night": "duty"}
    live = Grant.objects.filter(file_id=file_id, because=holders[key])
    world.viewer("supervisor")
    assert live.filter(ends_at=None).exists()
    hands.advance(timedelta(minutes=2))
    assert jobs.end_relations(clock.now()) >= 1
    hands.advance(timedelta(seconds=1))
    assert not zones_of(world.viewer(key), file_id)
    assert not live.filter(ends_at=None).exists()


def test_leaves_the_authority_that_answers_its_own_record(world: World, hands: clock.FrozenClock) -> None:
    file_id = ended(world)
    hands.advance(timedelta(days=400))
    jobs.end_relations(clock.now())
    hands.advance(timedelta(seconds=1))
    assert "case" in zones_of(world.viewer("supervisor"), file_id)


def test_ends_nothing_of_what_is_open(world: World, hands: clock.FrozenClock) -> None:
    by = world.viewer("supervisor")
    open_matter(
        kind=MatterKind.CASE, county="99001", accountable_id=world.units["protection"], by=by, facts={},
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=clock.now(), event="case.opened",
    )  # fmt: skip
    hands.advance(timedelta(days=2000))
    assert jobs.end_relations(clock.now()) == 0


def test_closes_the_log_by_its_age_but_no_call_that_still_waits(world: World, hands: clock.FrozenClock) -> None:
    by = world.viewer("night")
    calls = [intake.log_call(received_at=clock.now(), about="鄰居爭吵", by=by) for _each in range(2)]
    intake.settle_call(call_id=calls[0].id, outcome="consultation", by=by, at=clock.now())
    note_for_next_shift(desk_id=world.desk, text="門口燈壞了", by=by)
    hands.advance(timedelta(days=180, minutes=1))
    jobs.end_relations(clock.now())
    world.viewer("screener")
    assert list(Call.objects.values_list("id", flat=True)) == [calls[1].id]
    assert not ShiftNote.objects.exists()


def test_keeps_the_envelope_of_a_paper_and_ends_its_words(world: World, hands: clock.FrozenClock) -> None:
    by = world.viewer("clerk")
    paper = register_paper(
        direction="in", kind="other", number="望警字第9號", dated_on=clock.today(), subject="函轉民眾陳情",
        other_name="望潮縣警察局", by=by, at=clock.now(),
    )  # fmt: skip
    assert PaperWords.objects.filter(paper_id=paper.id).exists()
    hands.advance(timedelta(days=366))
    jobs.end_relations(clock.now())
    hands.advance(timedelta(seconds=1))
    assert zones_of(world.viewer("clerk"), paper.id) == {"work"}
    assert not PaperWords.objects.filter(paper_id=paper.id).exists()


def test_says_in_the_record_how_many_it_ended(world: World, hands: clock.FrozenClock) -> None:
    ended(world)
    hands.advance(timedelta(days=31))
    count = jobs.end_relations(clock.now())
    assert Act.objects.get(verb="grants.ended_with_relation").details == {"count": count}


def test_lets_nobody_but_the_job_end_relations(world: World) -> None:
    world.viewer("administrator")
    tries = {"only the nightly job": "SELECT oversight_end_relations('[]', now(), 1)",
             "permission denied": "INSERT INTO oversight_age VALUES ('call', 9000)"}  # fmt: skip
    for answer, statement in tries.items():
        with pytest.raises(DatabaseError, match=answer), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_page_of_relations_says_the_days_of_the_rules() -> None:
    on = clock.today()
    days = {because: one["days"] for one in rules.relations(on) for because in one["because"]}
    days |= {"call": 180, "shift": 90, "incident": 30}
    logs = {one["after"]: one["days"] for one in rules.relations(on) if not one["because"]}
    assert logs == {"call": 180, "sheet": 90}
    for one in RELATIONS:
        told = re.findall(r"(\d+)(?:天| days)", one.until_zh + one.until_en)
        if told:
            assert set(told) == {str(days[one.because])}, one.because
