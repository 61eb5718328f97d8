"""What a night makes of readings: insiders as situations, and every reading on exactly one side."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.access.models import Grant
from anwang.access.viewer import service_viewer
from anwang.audit.actions import reading, record
from anwang.audit.models import Reading
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.oversight import jobs
from anwang.oversight.models import Ground, Night, Question, Unexplained
from anwang.rulebook.yaml12 import read
from tests.world import build_world

from .plays import Play

pytestmark = pytest.mark.django_db
((_, SITUATIONS),) = read(Path(__file__).parent / "insiders.yaml", "insiders", [])


@pytest.mark.parametrize("told", SITUATIONS, ids=lambda told: told["situation"])
def test_judges_as_the_situation_says(told: dict[str, object]) -> None:
    play = Play(build_world(), told)
    seen = play.run()
    day, now = clock.local(play.at).date(), play.at + timedelta(days=1)
    jobs.look_through(day, now)
    service_viewer("oversight", at=now)
    left = Unexplained.objects.filter(reading_id=seen.id).first()
    if "ground" in told:
        assert left is None, left and left.signs
        assert Ground.objects.get(day=day).ground == told["ground"]
        return
    assert left is not None, list(Ground.objects.values("ground"))
    assert (left.signs, left.score) == (told["signs"], int(str(told["score"])))
    asked = Question.objects.filter(reader_id=play.reader, file_id=play.file)
    assert asked.exists() == (told["asked"] == "yes")
    assert all(one.to_county == "99001" and one.signs == told["signs"] for one in asked)


@pytest.mark.parametrize("seed", range(6))
def test_puts_every_reading_on_exactly_one_side(seed: int) -> None:
    """Any mixture of rights, spans, shifts and acts: the two sides add up, and nothing is on both."""
    draw, world = Random(seed), build_world()
    noon = datetime.fromisoformat("2026-04-20T12:00+08:00")
    files, workers = [uuid7() for _ in range(8)], list(world.workers)
    service_viewer("imports")
    holders = [f"w:{w}" for w in world.workers.values()] + [f"u:{u}/supervising" for u in world.units.values()]
    for _ in range(40):
        since = noon + timedelta(hours=draw.uniform(-60, 12))
        Grant.objects.create(
            id=uuid7(), file_id=draw.choice(files), holder=draw.choice(holders), zones=["work"], purpose="casework",
            because=draw.choice(["acting", "partner", "unheard_of"]), starts_at=since, recorded_at=since,
            ends_at=draw.choice([None, since + timedelta(hours=draw.uniform(0, 40))]),
        )  # fmt: skip
    for _ in range(60):
        with clock.frozen(noon + timedelta(hours=draw.uniform(-11, 11))):
            by = world.viewer(draw.choice(workers))
            reading("case.page", by=by, file_id=draw.choice(files), zone="case")
            if draw.random() < 0.2:
                record(
                    draw.choice(["note.written", "people.searched", "odd.verb"]), by=by, matter_id=draw.choice(files)
                )
    jobs.look_through(noon.date(), noon + timedelta(days=1))
    service_viewer("oversight", at=noon + timedelta(days=1))
    night = Night.objects.get()
    assert night.readings == Reading.objects.count() == 60
    assert night.explained + night.unexplained == 60
    assert Unexplained.objects.count() == night.unexplained
    assert sum(Ground.objects.exclude(ground="").values_list("readings", flat=True)) == night.explained
    assert 0 < night.unexplained < 60


def test_looks_through_a_day_once_and_misses_none(at) -> None:
    hands, world = at("2026-04-17T10:00+08:00"), build_world()
    for _ in range(3):
        reading("case.page", by=world.viewer("clerk"), file_id=uuid7(), zone="case")
        hands.advance(timedelta(days=1))
    hands.advance(timedelta(hours=-9))
    jobs.look_through_nights()
    service_viewer("oversight")
    assert [str(night.day) for night in Night.objects.order_by("day")] == ["2026-04-17", "2026-04-18"]
    hands.advance(timedelta(hours=2))
    jobs.look_through_nights()
    jobs.look_through_nights()
    assert Night.objects.count() == 3


def test_lets_nobody_but_the_job_look_through(at) -> None:
    at("2026-04-20T10:00+08:00")
    world = build_world()
    world.viewer("administrator")
    for sql in ("SELECT oversight_night('2026-04-19', now(), now(), '{}', now())",
                "SELECT oversight_explain(now(), now(), '{}')", "SELECT oversight_bar(NULL, NULL)"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
