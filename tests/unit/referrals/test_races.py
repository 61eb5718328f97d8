"""Closing, referral and hand-over at the same instant, on two real connections: one consistent result, whoever wins."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from anwang.cases.actions import approve_review
from anwang.cases.models import CaseSubject
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError
from anwang.matters.actions import reassign
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter, Offer
from anwang.matters.states import DutyState
from anwang.referrals import actions
from anwang.referrals.models import Referral, ReleaseChange
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.referrals.asking import sent, taken
from tests.unit.referrals.test_coming_home import BORN, her_case, told
from tests.unit.referrals.test_stepping_down import DOWN, ask_to_end, served
from tests.world import build_world


@pytest.fixture
def office(committed_db: str, at) -> Office:  # type: ignore[no-untyped-def]
    hands = at(NIGHT + LATER)
    with transaction.atomic():
        return open_office(build_world(), hands)


def at_once(then: datetime, *acts: Callable[[], object]) -> list[str]:
    """Each act on a connection of its own, begun together: done, or refused with a sentence."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            gate.wait(20)
            with clock.frozen(then), transaction.atomic():
                act()
            return "done"
        except AnwangError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result() for one in [pool.submit(run, act) for act in acts]]


def test_closing_while_the_receiver_gives_back(office: Office) -> None:
    with transaction.atomic():
        case = served(office)
        referral = taken(office, sent(office, case.id, **DOWN))
        actions.visited_together(referral_id=referral.id, words="見到小宇。", by=office.be("worker"), at=clock.now())
        review = ask_to_end(office, case, office.boy)
    then = clock.now() + timedelta(minutes=5)
    closing, back = at_once(
        then,
        lambda: approve_review(review_id=review.id, by=office.be("supervisor"), at=clock.now()),
        lambda: actions.give_back(
            referral_id=referral.id, reason="capacity", words="人力", by=office.be("welfare_supervisor"), at=clock.now()
        ),
    )  # fmt: skip
    with transaction.atomic():
        office.be("worker")
        ended = CaseSubject.objects.get(matter_id=case.id, person_id=office.boy).until_on is not None
        state = Referral.objects.get(id=referral.id).state
        held = Matter.objects.get(id=referral.id)
    assert closing == ("done" if ended else "refused")
    assert back == "done", "the case itself stays open with the sister"
    assert state == "returned"
    assert held.ended_at is None
    assert held.next_duty_id is not None


def test_taking_while_the_sender_gives_up(office: Office) -> None:
    with transaction.atomic():
        referral = sent(office, office.child_case().id)
    then = clock.now() + timedelta(minutes=5)
    outcome = at_once(
        then,
        lambda: actions.accept(referral_id=referral.id, by=office.be("welfare_supervisor"), at=clock.now()),
        lambda: actions.give_up(
            referral_id=referral.id, reason="no_longer", by=office.be("worker"), at=clock.now()
        ),
    )  # fmt: skip
    assert sorted(outcome) == ["done", "refused"]
    with transaction.atomic():
        office.be("worker")
        state = Referral.objects.get(id=referral.id).state
    assert state == ("accepted" if outcome[0] == "done" else "given_up")
    assert not Offer.objects.filter(pending_of=referral.id).exists()


def test_taking_while_the_case_changes_hands(office: Office) -> None:
    with transaction.atomic():
        case = office.child_case()
        referral = sent(office, case.id)
        held = Matter.objects.get(id=case.id)
    then = clock.now() + timedelta(minutes=5)
    to = Holder(held.acting_unit_id, office.workers["worker2"])
    outcome = at_once(
        then,
        lambda: actions.accept(referral_id=referral.id, by=office.be("welfare_supervisor"), at=clock.now()),
        lambda: reassign(
            matter_id=case.id, to=to, effective_at=clock.now(), expected_since=held.acting_since,
            by=office.be("supervisor"),
        ),
    )  # fmt: skip
    assert "done" in outcome
    now = Matter.objects.get(id=referral.id)
    if outcome[0] == "done":
        assert now.acting_unit_id == office.units["welfare"]
    else:
        assert now.acting_worker_id == office.workers["worker2"]
    if outcome[1] == "done":
        assert Matter.objects.get(id=case.id).acting_worker_id == office.workers["worker2"]
    assert Duty.objects.filter(open_of=referral.id, state=DutyState.OPEN).exists()


def test_two_take_it_at_once_and_one_holds_it(office: Office) -> None:
    with transaction.atomic():
        referral = sent(office, office.child_case().id)
    then = clock.now() + timedelta(minutes=5)

    def take() -> object:
        return actions.accept(referral_id=referral.id, by=office.be("welfare_supervisor"), at=clock.now())

    assert sorted(at_once(then, take, take)) == ["done", "refused"]


@pytest.mark.parametrize("known", [True, False])
def test_desks_with_one_letter_at_one_instant_give_one_notice(office: Office, known: bool) -> None:
    with transaction.atomic():
        case = her_case(office) if known else None
    then = clock.now() + timedelta(minutes=5)
    who = "陳志豪" if known else "林無名"
    assert at_once(then, *[lambda: told(office, who=who, born_on=BORN)] * 3) == ["done"] * 3
    with clock.frozen(then), transaction.atomic():
        office.be("adult_worker")
        (notice,) = Matter.objects.filter(kind="notice")
        assert notice.arose_from_id == (case.id if case else None)
        assert ReleaseChange.objects.count() == (2 if known else 0), "words on nobody are the desk's alone"
