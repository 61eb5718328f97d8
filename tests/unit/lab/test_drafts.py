"""A draft goes from its author to the front line and to two others, and only then into the book."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from anwang.enactments import jobs
from anwang.enactments.models import Enactment, PolicyVersion
from anwang.enactments.queries import STATE, book, held, kept
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.lab import actions
from anwang.lab.models import Approval, Draft
from anwang.lab.states import TRANSITIONS, DraftState
from anwang.lab.writing import lowers
from tests.unit.lab.drafting import (
    FIRST_VISIT,
    GRADE,
    Lab,
    answered,
    approved,
    change,
    drafted,
    handed_on,
    open_lab,
    opened,
    said,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hands(at: Callable[..., Any]) -> Any:
    return at("2026-03-07T10:00+08:00")


@pytest.fixture
def lab(hands: Any) -> Lab:
    return open_lab()


def test_a_national_change_is_in_force_from_its_day_and_the_old_version_stays(lab: Lab, hands: Any) -> None:
    draft = handed_on(lab, hands)
    approved(lab, draft.id, "official2", "director")
    handle = book().duty(FIRST_VISIT)
    assert handle.on(draft.starts_on).content.within == "7 days"
    assert handle.on(draft.starts_on - timedelta(days=1)).content.within == "10 days"
    version = handle.on(draft.starts_on)
    assert version.cite is not None
    assert version.cite.words == "十天太久"
    assert version.hash in {one.hash for one in kept(FIRST_VISIT)}
    assert handle.on(clock.today()).hash in {one.hash for one in kept(FIRST_VISIT)}
    again = book().revive(PolicyVersion.objects.get(hash=version.hash).body)
    assert again.hash == version.hash
    row = Enactment.objects.get(draft_id=draft.id)
    assert len({row.proposed_by, row.approved_by, row.second_by}) == 3


def test_the_state_of_the_book_read_along_costs_no_statement_and_names_every_change(lab: Lab, hands: Any) -> None:
    draft, before = handed_on(lab, hands), state()
    approved(lab, draft.id, "official2", "director")
    assert before != state()
    with held(state()):
        assert book().duty(FIRST_VISIT).on(draft.starts_on).content.within == "7 days"
    with CaptureQueriesContext(connection) as asked, held(state()):
        again = len(asked)
        assert book().duty(FIRST_VISIT).on(draft.starts_on).content.within == "7 days"
        assert len(asked) == again


def state() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {STATE}")
        return str(cursor.fetchone()[0])


def test_a_county_value_holds_in_that_county_alone(lab: Lab, hands: Any) -> None:
    draft = handed_on(lab, hands, "steerer", "99001", within="5 days")
    approved(lab, draft.id, "chief", "official2")
    handle = book().duty(FIRST_VISIT)
    assert handle.on(draft.starts_on, "99001").content.within == "5 days"
    assert handle.on(draft.starts_on, "99002").content.within == "10 days"


def test_two_changes_of_one_rule_follow_each_other(lab: Lab, hands: Any) -> None:
    first = handed_on(lab, hands)
    approved(lab, first.id, "director", "official2")
    second = handed_on(lab, hands, days=90, within="5 days")
    approved(lab, second.id, "director", "official2")
    handle = book().duty(FIRST_VISIT)
    days = [handle.on(one).content.within for one in (clock.today(), first.starts_on, second.starts_on)]
    assert days == ["10 days", "7 days", "5 days"]


@pytest.mark.parametrize(
    ("county", "key", "values", "words"),
    [
        ("99001", "steerer", {"within": "12 days"}, "縣市只能訂得更嚴"),
        ("99001", "steerer", {"owed_by": "supervisor"}, "縣市不能另訂"),
        ("", "official", {"within": "soon"}, "不是時間長度"),
        ("", "official", {"withn": "7 days"}, "不是這類規則的欄位"),
        ("", "official", {"within": "10 days"}, "沒有要改的"),
        ("", "official", {"starts_when": "moon.full"}, "沒有「moon.full」這個事件"),
    ],
)
def test_refuses_what_the_reader_of_the_files_refuses(
    lab: Lab, county: str, key: str, values: dict[str, str], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        drafted(lab, key, county, **values)


def test_refuses_a_day_that_is_not_to_come(lab: Lab) -> None:
    with pytest.raises(BadInput, match="明天以後"):
        actions.draft(
            rule_id=FIRST_VISIT, county="", change=change(0, within="7 days"), by=lab.be("official"), at=clock.now()
        )


def test_is_handed_on_only_when_every_comment_is_answered_and_the_time_is_over(lab: Lab, hands: Any) -> None:
    draft = opened(lab)
    comment = said(lab, draft)
    with pytest.raises(Refused, match="還沒有結束"):
        actions.hand_on(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    hands.advance(timedelta(days=15))
    with pytest.raises(Refused, match="沒有回覆"):
        actions.hand_on(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    answered(lab, comment)
    with pytest.raises(Conflict):
        answered(lab, comment)
    assert actions.hand_on(draft_id=draft.id, by=lab.be("official"), at=clock.now()).state == DraftState.DECIDING


def test_what_is_sent_back_begins_anew_without_its_approvals(lab: Lab, hands: Any) -> None:
    draft = handed_on(lab, hands)
    approved(lab, draft.id, "director")
    actions.send_back(draft_id=draft.id, because="先問縣市", by=lab.be("official2"), at=clock.now())
    actions.revise(draft_id=draft.id, change=change(80, within="8 days"), by=lab.be("official"), at=clock.now())
    actions.open_to_comment(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    hands.advance(timedelta(days=15))
    actions.hand_on(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    assert approved(lab, draft.id, "director").state == DraftState.DECIDING
    assert approved(lab, draft.id, "official2").state == DraftState.ENACTED


def test_the_database_refuses_the_author_and_a_second_time(lab: Lab, hands: Any) -> None:
    draft = handed_on(lab, hands)
    row = {"draft": draft, "round": 1, "author_id": draft.author_id, "as_chief": True, "recorded_at": clock.now()}
    approved(lab, draft.id, "director")
    for by in (draft.author_id, lab.world.workers["director"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(by_id=by, **row)


def test_keeps_every_version_of_the_book_once(lab: Lab) -> None:
    jobs._kept.clear()
    assert jobs.keep_versions() == len({one.hash for one in book().versions()})
    assert jobs.keep_versions() == 0
    jobs._kept.clear()
    assert jobs.keep_versions() == 0


def test_tells_a_county_table_that_protects_less(lab: Lab) -> None:
    nation = book().handle(GRADE).on(clock.today())
    softer = replace(nation.content, rows=nation.content.rows[1:])
    assert lowers(nation, replace(nation, content=softer))
    assert not lowers(nation, nation)


STEPS: dict[str, Callable[[Lab, Draft], object]] = {
    "revise": lambda lab, d: actions.revise(draft_id=d.id, change=change(70), by=lab.be("official"), at=clock.now()),
    "open": lambda lab, d: actions.open_to_comment(draft_id=d.id, by=lab.be("official"), at=clock.now()),
    "hand_on": lambda lab, d: actions.hand_on(draft_id=d.id, by=lab.be("official"), at=clock.now()),
    "approve": lambda lab, d: approved(lab, d.id, "director"),
    "approve2": lambda lab, d: approved(lab, d.id, "official2"),
    "send_back": lambda lab, d: actions.send_back(draft_id=d.id, because="x", by=lab.be("director"), at=clock.now()),
    "withdraw": lambda lab, d: actions.withdraw(draft_id=d.id, because="x", by=lab.be("official"), at=clock.now()),
}
"""Every step, by who may do it."""


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_steps_leads_past_comment_and_two_approvals(lab: Lab, hands: Any, seed: int) -> None:
    draw, draft, state = random.Random(seed), drafted(lab), DraftState.DRAFT
    for _n in range(12):
        step = draw.choice(list(STEPS))
        hands.advance(timedelta(days=draw.choice([0, 3])))
        try:
            with transaction.atomic():
                STEPS[step](lab, draft)
        except (Refused, Conflict, BadInput):
            pass
        draft.refresh_from_db()
        assert draft.state == state or draft.state in TRANSITIONS[state], step
        state = DraftState(draft.state)
        count = Approval.objects.filter(draft=draft, round=draft.round).count()
        assert (state == DraftState.ENACTED) == Enactment.objects.filter(draft_id=draft.id).exists()
        assert state != DraftState.ENACTED or count == 2
        assert state not in (DraftState.OPEN, DraftState.DRAFT) or count == 0
