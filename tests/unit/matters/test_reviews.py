"""A supervisor signs: submit, approve, return with words, deputise, by phone at night and in writing next morning."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from anwang.directory.models import Absence
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters import actions
from anwang.matters.models import Duty, Matter, Review
from anwang.matters.states import ReviewOf
from tests.unit.matters.cases import NIGHT, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def hands(at):
    return at(NIGHT + timedelta(minutes=30))


@pytest.fixture
def world(hands) -> World:
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def submitted(world: World, matter: Matter, of: str = ReviewOf.GRADE, about=None, worker: str = "worker") -> Review:
    by = world.viewer(worker)
    return actions.submit(
        matter_id=matter.id, of=of, about_id=about, words="一級一類。", by=by, at=NIGHT + timedelta(minutes=20)
    )


def owed(matter: Matter) -> list[str]:
    return sorted(
        Duty.objects.filter(open_of=matter.id, rule_id__startswith="review.").values_list("rule_id", flat=True)
    )


def test_owes_the_supervisor_an_answer_until_he_gives_it(world: World) -> None:
    matter = held_by(world, "worker")
    review = submitted(world, matter)
    duty = Duty.objects.get(open_of=matter.id, rule_id="review.decide")
    assert (duty.unit_id, duty.role) == (world.units["protection"], "supervising")
    actions.approve(review_id=review.id, by=world.viewer("supervisor"), at=clock.now(), words="同意。")
    assert owed(matter) == []
    assert Matter.objects.get(id=matter.id).acting_worker_id == world.workers["worker"]


def test_refuses_the_submitter_as_reviewer(world: World) -> None:
    matter = held_by(world, "worker")
    by = world.viewer("supervisor")
    review = actions.submit(matter_id=matter.id, of=ReviewOf.GRADE, about_id=None, words="", by=by, at=clock.now())
    with pytest.raises(Refused):
        actions.approve(review_id=review.id, by=by, at=clock.now())


def test_database_refuses_the_submitter_as_reviewer(world: World, owner_connection) -> None:
    review = submitted(world, held_by(world, "worker"))
    with pytest.raises(IntegrityError, match="nobody_reviews_himself"), transaction.atomic():
        Review.objects.filter(id=review.id).update(
            state="approved", decided_by=review.submitted_by, decided_at=clock.now(), decided_recorded_at=clock.now()
        )


def test_refuses_a_colleague_as_reviewer(world: World) -> None:
    review = submitted(world, held_by(world, "worker"))
    with pytest.raises(Refused):
        actions.approve(review_id=review.id, by=world.viewer("worker2"), at=clock.now())


def test_returns_only_with_words(world: World) -> None:
    review = submitted(world, held_by(world, "worker"))
    by = world.viewer("supervisor")
    with pytest.raises(BadInput):
        actions.send_back(review_id=review.id, words=" ", by=by, at=clock.now())
    assert (
        actions.send_back(review_id=review.id, words="請補見到孩子的時間。", by=by, at=clock.now()).state == "returned"
    )


def test_tells_the_second_supervisor_that_it_is_decided(world: World) -> None:
    review = submitted(world, held_by(world, "worker"))
    actions.approve(review_id=review.id, by=world.viewer("supervisor"), at=clock.now())
    with pytest.raises(Conflict):
        actions.send_back(review_id=review.id, words="缺安全評估。", by=world.viewer("chief"), at=clock.now())


def test_keeps_the_duty_while_another_review_of_the_matter_waits(world: World) -> None:
    matter = held_by(world, "worker")
    first = submitted(world, matter, ReviewOf.GRADE)
    submitted(world, matter, ReviewOf.PLACEMENT)
    actions.approve(review_id=first.id, by=world.viewer("supervisor"), at=clock.now())
    assert owed(matter) == ["review.decide"]


def test_cover_of_the_supervisor_signs_as_deputy(world: World) -> None:
    Absence.objects.create(
        worker_id=world.workers["supervisor"],
        covered_by_id=world.workers["adult_supervisor"],
        kind="leave",
        starts_at=NIGHT - hours(1),
        ends_at=NIGHT + hours(20),
    )
    review = submitted(world, held_by(world, "worker"))
    signed = actions.approve(review_id=review.id, by=world.viewer("adult_supervisor"), at=clock.now())
    assert signed.is_deputy


def test_word_by_phone_is_owed_in_writing_next_morning(world: World, hands) -> None:
    matter = held_by(world, "worker")
    review = submitted(world, matter)
    heard_at = NIGHT + timedelta(minutes=25)
    said = actions.approve(
        review_id=review.id,
        by=world.viewer("worker"),
        at=heard_at,
        by_phone=True,
        approver_id=world.workers["supervisor"],
    )
    assert (said.decided_by, said.keyed_by) == (world.workers["supervisor"], world.workers["worker"])
    assert owed(matter) == ["review.write_down"]
    hands.advance(timedelta(hours=10))
    with pytest.raises(Refused):
        actions.write_down(review_id=review.id, words="", by=world.viewer("chief"), at=clock.now())
    actions.write_down(review_id=review.id, words="當晚電話同意。", by=world.viewer("supervisor"), at=clock.now())
    assert owed(matter) == []
    said.refresh_from_db()
    assert said.decided_at == heard_at
    assert said.written_at == clock.now()


def test_supervisor_writes_the_night_down_himself_with_its_own_time(world: World, hands) -> None:
    review = submitted(world, held_by(world, "worker"))
    hands.advance(timedelta(hours=10))
    night = NIGHT + timedelta(minutes=25)
    signed = actions.approve(review_id=review.id, by=world.viewer("supervisor"), at=night, by_phone=True)
    assert (signed.decided_at, signed.decided_recorded_at) == (night, clock.now())


def test_refuses_a_phone_word_of_somebody_who_may_not_give_it(world: World) -> None:
    review = submitted(world, held_by(world, "worker"))
    with pytest.raises(Refused):
        actions.approve(
            review_id=review.id,
            by=world.viewer("worker"),
            at=clock.now(),
            by_phone=True,
            approver_id=world.workers["worker2"],
        )


def test_refuses_an_approval_before_it_was_asked(world: World) -> None:
    review = submitted(world, held_by(world, "worker"))
    with pytest.raises(BadInput):
        actions.approve(review_id=review.id, by=world.viewer("supervisor"), at=NIGHT)


def test_withdraws_what_he_submitted(world: World) -> None:
    matter = held_by(world, "worker")
    review = submitted(world, matter)
    with pytest.raises(Refused):
        actions.withdraw_review(review_id=review.id, by=world.viewer("worker2"), at=clock.now())
    actions.withdraw_review(review_id=review.id, by=world.viewer("worker"), at=clock.now())
    assert owed(matter) == []


def test_approves_a_batch_or_none(world: World) -> None:
    first = submitted(world, held_by(world, "worker"))
    own = actions.submit(
        matter_id=held_by(world, "worker").id,
        of=ReviewOf.CLOSING,
        about_id=None,
        words="",
        by=world.viewer("supervisor"),
        at=clock.now(),
    )
    with pytest.raises(Refused), transaction.atomic():
        actions.approve_all(review_ids=[first.id, own.id], by=world.viewer("supervisor"), at=clock.now())
    assert Review.objects.get(id=first.id).state == "submitted"
    assert len(actions.approve_all(review_ids=[first.id], by=world.viewer("supervisor"), at=clock.now())) == 1
