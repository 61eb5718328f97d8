"""Requests for contents: decided whole, in part or not by the file's own unit; ended by term and by withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from anwang.access.models import Grant
from anwang.access.queries import zones_of
from anwang.disclosure import actions, queries
from anwang.disclosure.models import Request
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty
from tests.unit.disclosure.stage import HER, NIGHT, Couple, set_up
from tests.world import build_world

WANTED = actions.Wanted("read", ("who_serves", "course", "special"), "要一起訂安全計畫", date(2026, 4, 10))


def hit_with_contact(couple: Couple) -> UUID:
    """The welfare worker found her protection file, and his supervisor told him whom to ring."""
    look = couple.look("welfare_worker", HER, serving=couple.welfare)
    assert look is not None
    (answer,) = queries.look(couple.be("welfare_worker"), look.number).answers
    assert answer.hit_id is not None
    step = actions.ask_contact(hit_id=answer.hit_id, by=couple.be("welfare_worker"), at=clock.now())
    actions.confirm_contact(step_id=step.id, is_given=True, by=couple.be("welfare_supervisor"), at=clock.now())
    return answer.hit_id


def asked(couple: Couple) -> Request:
    hit = hit_with_contact(couple)
    return actions.ask_contents(hit_id=hit, wanted=WANTED, by=couple.be("welfare_worker"), at=clock.now())


def decide(
    couple: Couple, request: Request, *granted: str, key: str = "adult_supervisor", refusal: str = ""
) -> Request:
    return actions.decide_request(
        request_id=request.id, granted=granted, refusal=refusal, answer="", by=couple.be(key), at=clock.now()
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("granted", "state", "zones"), [
    (("who_serves", "course", "special"), "granted", {"work", "case", "special"}),
    (("course",), "partly", {"work", "case"}), (("who_serves",), "partly", {"work"}),
])  # fmt: skip
def test_opens_what_was_granted_and_no_more(
    couple: Couple, granted: tuple[str, ...], state: str, zones: set[str]
) -> None:
    request = asked(couple)
    assert zones_of(couple.be("welfare_worker"), couple.hers) == frozenset()
    assert decide(couple, request, *granted).state == state
    assert zones_of(couple.be("welfare_worker"), couple.hers) == zones
    assert zones_of(couple.be("welfare_supervisor"), couple.hers) == frozenset()
    couple.hands.advance(datetime(2026, 4, 11, tzinfo=clock.TAIPEI) - clock.now() - timedelta(microseconds=1))
    assert zones_of(couple.be("welfare_worker"), couple.hers) == zones
    couple.hands.advance(timedelta(microseconds=1))
    assert zones_of(couple.be("welfare_worker"), couple.hers) == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["welfare_worker", "welfare_supervisor", "adult_worker", "chief", "visitor", "privacy"])
def test_lets_only_the_unit_that_answers_decide(couple: Couple, key: str) -> None:
    request = asked(couple)
    with pytest.raises((NotFound, Refused)):
        decide(couple, request, "course", key=key)
    couple.be("adult_supervisor")
    assert Request.objects.get(id=request.id).state == "asked"


@pytest.mark.django_db
def test_refuses_with_a_reason_only_and_decides_once(couple: Couple) -> None:
    request = asked(couple)
    for granted, refusal in (((), ""), ((), "because"), (("course", "safety"), "")):
        with pytest.raises(BadInput):
            decide(couple, request, *granted, refusal=refusal)
    assert decide(couple, request, refusal="not_needed").state == "refused"
    with pytest.raises(Conflict):
        decide(couple, request, "course")
    assert not Grant.objects.filter(because="disclosure").exists()
    assert queries.request(couple.be("welfare_worker"), request.number).refusal == "超過目的必要範圍"


@pytest.mark.django_db
def test_owes_the_answer_on_the_files_own_matter(couple: Couple) -> None:
    request = asked(couple)
    duty = Duty.objects.get(matter_id=couple.hers, rule_id="disclosure.answer", state="open")
    assert (duty.unit_id, duty.role) == (couple.world.units["adult"], "supervising")
    letter = actions.Letter("望潮地檢署", "望檢字第1號", "joint_service", "law")
    actions.register_letter(matter_number=couple.number(couple.hers), letter=letter, wanted=WANTED,
                            by=couple.be("adult_worker"), at=clock.now())  # fmt: skip
    actions.withdraw_request(request_id=request.id, by=couple.be("welfare_worker"), at=clock.now())
    waiting = Duty.objects.filter(matter_id=couple.hers, rule_id="disclosure.answer", state="open")
    assert waiting.count() == 1, "the letter still waits"
    (other,) = queries.requests_to_decide(couple.be("adult_supervisor"))
    decide(couple, Request.objects.get(id=other.id), "course")
    assert not waiting.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["welfare_worker", "adult_supervisor"])
def test_ends_reading_at_the_instant_it_is_withdrawn(couple: Couple, key: str) -> None:
    request = asked(couple)
    decide(couple, request, "course")
    couple.hands.advance(timedelta(minutes=1))
    actions.withdraw_request(request_id=request.id, by=couple.be(key), at=clock.now())
    couple.hands.advance(timedelta(microseconds=1))
    assert zones_of(couple.be("welfare_worker"), couple.hers) == frozenset()
    with pytest.raises(Conflict):
        actions.withdraw_request(request_id=request.id, by=couple.be(key), at=clock.now())


@pytest.mark.django_db
def test_renews_by_a_request_of_its_own(couple: Couple) -> None:
    request = asked(couple)
    decide(couple, request, "course")
    couple.hands.advance(timedelta(days=2))
    longer = actions.Wanted("read", ("course",), "還在一起訪視", date(2026, 5, 10))
    again = actions.renew(request_id=request.id, wanted=longer, by=couple.be("welfare_worker"), at=clock.now())
    assert (again.renews_id, again.state) == (request.id, "asked")
    for key in ("adult_worker", "visitor"):
        with pytest.raises(NotFound):
            actions.renew(request_id=request.id, wanted=longer, by=couple.be(key), at=clock.now())
    couple.hands.advance(timedelta(days=6))
    with pytest.raises((NotFound, Conflict)):  # the contact has expired: look again
        actions.renew(request_id=request.id, wanted=longer, by=couple.be("welfare_worker"), at=clock.now())


@pytest.mark.django_db
@pytest.mark.parametrize("change", [
    {"kind": "steal"}, {"contents": ()}, {"contents": ("course", "safety")}, {"contents": ("reporter",)},
    {"reason": " "}, {"until_on": date(2026, 3, 9)}, {"until_on": date(2026, 9, 1)},
])  # fmt: skip
def test_refuses_a_forged_request(couple: Couple, change: dict[str, object]) -> None:
    hit = hit_with_contact(couple)
    with pytest.raises(BadInput):
        actions.ask_contents(hit_id=hit, wanted=actions.Wanted(**(vars(WANTED) | change)),  # type: ignore[arg-type]
                             by=couple.be("welfare_worker"), at=clock.now())  # fmt: skip


@pytest.mark.django_db
def test_asks_for_nothing_without_a_contact_of_ones_own(couple: Couple) -> None:
    hit = hit_with_contact(couple)
    for key, one in (("welfare_worker", uuid4()), ("visitor", hit), ("welfare_supervisor", hit)):
        with pytest.raises(NotFound):
            actions.ask_contents(hit_id=one, wanted=WANTED, by=couple.be(key), at=clock.now())
    actions.ask_contents(hit_id=hit, wanted=WANTED, by=couple.be("welfare_worker"), at=clock.now())
    with pytest.raises(Conflict):
        actions.ask_contents(hit_id=hit, wanted=WANTED, by=couple.be("welfare_worker"), at=clock.now())


def test_lets_one_of_two_who_decide_at_the_same_instant_win(committed_db: str, at: Callable[..., object]) -> None:
    hands = at(NIGHT)
    with transaction.atomic():
        couple = set_up(build_world(), hands)  # type: ignore[arg-type]
        request = asked(couple)
        second = actions.ask_second_person(
            glass_id=actions.break_glass(
                whose=actions.Whose(number=couple.number(couple.hers)),
                because=actions.Because("life_threat", "現在"), by=couple.be("worker2"), at=clock.now(),
            ).matter_id, by=couple.be("worker2"), at=clock.now(),
        )  # fmt: skip
    gate = Barrier(2)

    def grant() -> str:
        return _at_once(gate, lambda: decide(couple, request, "course"))

    def refuse() -> str:
        return _at_once(gate, lambda: decide(couple, request, refusal="harm"))

    def agree(key: str) -> str:
        return _at_once(gate, lambda: actions.agree_as_second(
            second_id=second.id, is_unrelated=True, by=couple.be(key), at=clock.now()))  # fmt: skip

    with ThreadPoolExecutor(2) as pool:
        assert sorted(one.result() for one in (pool.submit(grant), pool.submit(refuse))) == ["done", "late"]
        both = pool.submit(agree, "supervisor"), pool.submit(agree, "screening_supervisor")
        assert sorted(one.result() for one in both) == ["done", "late"]


def _at_once(gate: Barrier, act: Callable[[], object]) -> str:
    try:
        gate.wait(20)
        with clock.frozen(NIGHT), transaction.atomic():  # a thread begins with a clock of its own
            act()
        return "done"
    except Conflict:
        return "late"
    finally:
        connection.close()
