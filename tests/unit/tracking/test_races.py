"""Two at once, and any order of acts: one wins, the other is told, and nothing is half done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anwang.conferences.actions import Ruled
from anwang.conferences.models import Decision
from anwang.conferences.states import OPEN_TRACKING
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters import verify
from anwang.matters.models import Duty, Matter
from anwang.tracking import actions
from anwang.tracking.models import Change, Track
from tests.unit.conferences.test_races import at_once
from tests.unit.tracking.conftest import MORNING
from tests.unit.tracking.forum import OTHER, Forum, met, reported, ruled, seat, text_of, tracked
from tests.world import build_world

STEPS = ("report", "report_share", "link", "unlink", "unchanged", "release", "condition", "continue", "special", "stop")


@pytest.fixture
def committed(committed_db: str, at: Callable[..., clock.FrozenClock]) -> Forum:
    hands = at(MORNING)
    with transaction.atomic():
        world = build_world()
        seat(world)
        return met(world, hands)


def test_tracks_a_sentence_once_when_two_do(committed: Forum, owner_connection: psycopg.Connection[Any]) -> None:
    assert at_once(lambda: tracked(committed), lambda: tracked(committed, by="head")) == ["told", "won"]  # type: ignore[arg-type,return-value]
    with transaction.atomic():
        committed.be("officer")
        assert Track.objects.count() == 1
        assert Matter.objects.filter(sort="policy").count() == 2
    assert verify.verify(owner_connection) == []


def test_keeps_the_link_of_what_is_released_at_the_same_moment(
    committed: Forum, owner_connection: psycopg.Connection[Any]
) -> None:
    with transaction.atomic():
        track = tracked(committed, asks_change=True)
        reported(committed, track)
        linked = actions.Linked(kind="page", ref="figures:index", words="月報")
        change = actions.link(decision_id=track.decision_id, linked=linked, by=committed.be("officer"), at=clock.now())

    def release() -> None:
        ruled(committed, track)

    def withdraw() -> None:
        actions.withdraw_link(change_id=change.id, because="連錯", by=committed.be("head"), at=clock.now())

    at_once(release, withdraw)
    with transaction.atomic():
        committed.be("officer")
        found = Decision.objects.get(id=track.decision_id)
        live = Change.objects.filter(track=track, withdrawn_at=None).exists()
    assert live or found.state in OPEN_TRACKING
    assert verify.verify(owner_connection) == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=9), asks=st.booleans(), recurs=st.booleans())
def test_keeps_its_promises_in_any_order(forum: Forum, steps: list[str], asks: bool, recurs: bool) -> None:
    with transaction.atomic():
        track = tracked(forum, "三", asks_change=asks, helping=[forum.units[OTHER]],
                        every_months=6 if recurs else None)  # fmt: skip
        for step in steps:
            try:
                with transaction.atomic():
                    _do(forum, track, step)
            except (BadInput, Conflict, NotFound, Refused):
                continue
        _holds(forum, asks, recurs)
        transaction.set_rollback(True)


def _do(forum: Forum, track: Track, step: str) -> None:
    key, now = track.decision_id, clock.now()
    if step in ("report", "report_share"):
        of = track if step == "report" else Track.objects.get(of=track, part="share")
        reported(forum, of, by="county_officer" if step == "report" else "other_officer")
    elif step == "link":
        linked = actions.Linked(kind="rule", ref="instrument.windows", words="觀察期間")
        actions.link(decision_id=key, linked=linked, by=forum.be("officer"), at=now)
    elif step == "unlink":
        change = Change.objects.filter(track=track, withdrawn_at=None).first()
        if change:
            actions.withdraw_link(change_id=change.id, because="連錯", by=forum.be("officer"), at=now)
    elif step == "unchanged":
        actions.say_unchanged(decision_id=key, because="現行可用", by=forum.be("officer"), at=now)
    elif step == "stop":
        actions.stop_round(decision_id=key, because="不再辦", by=forum.be("officer"), at=now)
    else:
        state = {"release": "released", "continue": "continued"}.get(step, step)
        told = Ruled(state=state, because="理由", condition="再報一次", next_on=clock.today())
        actions.rule(decision_id=key, ruled=told, by=forum.be("officer"), at=now)


def _holds(forum: Forum, asks: bool, recurs: bool) -> None:
    forum.be("officer")
    for track in Track.objects.select_related("decision__task"):
        decision, task = track.decision, track.decision.task
        assert task is not None
        is_open = decision.state in OPEN_TRACKING
        assert (task.ended_at is None) is is_open
        assert Duty.objects.filter(open_of=task.id).exists() is is_open
        if not is_open and track.asks_change:
            assert track.unchanged_because or Change.objects.filter(track=track, withdrawn_at=None).exists()
        if not is_open and track.part == "main":
            assert not Track.objects.filter(of=track, part="share", decision__state__in=OPEN_TRACKING).exists()
            again = Track.objects.filter(of=track, part="round").count()
            assert again == (1 if recurs and track.stopped_at is None else 0)
        if decision.state == "condition":
            assert Track.objects.filter(of=track, part="condition").count() == 1


def test_asks_every_step_of_the_play(forum: Forum) -> None:
    track = tracked(forum, "三", asks_change=True, every_months=6, helping=[forum.units[OTHER]])
    for step in ("report", "report_share", "link", "continue", "special", "report", "condition"):
        _do(forum, track, step)
    _holds(forum, True, True)
    assert text_of(forum, "三").recurrence == "每半年"
