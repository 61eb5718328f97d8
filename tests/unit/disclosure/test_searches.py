"""A report that looks for a hidden person starts the warning duty of her own worker, and tells nobody else anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.disclosure import jobs
from anwang.foundation import clock
from anwang.foundation.roc import PartialDate
from anwang.intake import actions as intake
from anwang.intake.incoming import PersonIn
from anwang.matters.models import Duty
from anwang.protection.actions import answer_search
from anwang.protection.models import Seeking
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.intake.stories import told
from tests.unit.protection import orders as at_hand
from tests.unit.protection.test_shields import shielded
from tests.world import build_world

pytestmark = pytest.mark.django_db
HER = PersonIn(role="person", name="林佳安", birth=PartialDate(1994, 7, 7))


@pytest.fixture
def office(at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def reported(office: Office, words: str, who: PersonIn = HER) -> str:
    by = office.be("screening_supervisor")
    made = intake.receive_report(report=told(f"{clock.local(clock.now()):%Y-%m-%d %H:%M}", words, who), by=by)
    return str(made.id)


def heard(office: Office) -> list[str]:
    office.be("adult_worker")
    return [one.words for one in Seeking.objects.order_by("id")]


def test_starts_the_duty_of_her_worker_and_of_nobody_else(office: Office) -> None:
    case = at_hand.her_case(office)
    shielded(office, case)
    reported(office, "先生說太太失聯兩週，問她現在住哪裡。")
    assert jobs.hear_of_searches() == 1
    office.be("adult_worker")
    duty = Duty.objects.get(rule_id="shield.searched_for")
    assert (duty.matter_id, duty.worker_id) == (case.id, office.workers["adult_worker"])
    assert duty.due_at - clock.now() == timedelta(hours=4)
    assert len(heard(office)) == 1
    assert "太太" not in heard(office)[0], "its number, nothing of what it says"
    for key in ("screener", "screening_supervisor", "worker2"):
        office.be(key)
        assert not Seeking.objects.exists(), key


def test_tells_it_once_and_is_answered_like_any_other(office: Office) -> None:
    shielded(office, at_hand.her_case(office))
    reported(office, "請協尋太太和孩子。")
    assert [jobs.hear_of_searches() for _each in range(2)] == [1, 0]
    by = office.be("adult_worker")
    answer_search(seeking_id=Seeking.objects.get().id, words="打過電話，她平安。", by=by, at=clock.now())
    assert jobs.hear_of_searches() == 0
    assert not Duty.objects.filter(rule_id="shield.searched_for", state="open").exists()


@pytest.mark.parametrize(("words", "who"), [
    ("鄰居聽到爭吵。", HER),
    ("太太失聯兩週。", PersonIn(role="person", name="林佳安", birth=PartialDate(1984, 7, 7))),
    ("太太失聯兩週。", PersonIn(role="person", name="王小明", birth=PartialDate(1994, 7, 7))),
])  # fmt: skip
def test_is_silent_where_nobody_looks_or_it_is_somebody_else(office: Office, words: str, who: PersonIn) -> None:
    shielded(office, at_hand.her_case(office))
    reported(office, words, who)
    assert jobs.hear_of_searches() == 0


def test_is_silent_of_who_is_not_hidden(office: Office) -> None:
    at_hand.her_case(office)
    reported(office, "太太失聯兩週。")
    assert jobs.hear_of_searches() == 0


def test_answers_nobody_but_the_job(office: Office) -> None:
    office.be("adult_worker")
    refused = pytest.raises(DatabaseError, match="only the job")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM disclosure_reports_that_search(now() - interval '9 days', '.')")
