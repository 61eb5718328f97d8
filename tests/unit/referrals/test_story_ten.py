"""Story 10 as far as the invented county has come: two leads, referrals in every state, days that come, a call owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.db import transaction

from anwang.cases.queries import together
from anwang.demo.beats import play
from anwang.demo.founding import found
from anwang.demo.stories.handed_on import FATHER, YOUTH, HandedOn
from anwang.demo.stories.nine_units import NineUnits
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState
from anwang.project.demonstration import DEFAULT_CLOCK
from anwang.referrals.models import Referral, ReleaseNotice, Transition

AT = datetime.fromisoformat(DEFAULT_CLOCK).replace(tzinfo=clock.TAIPEI)


@pytest.fixture
def story(committed_db: str) -> Iterator[HandedOn]:
    with clock.frozen(AT), transaction.atomic():
        county = found()
    nine = NineUnits(county)
    told = HandedOn(county, nine)
    with held():
        play([nine, told], AT, lambda _done, _of: None)
    with clock.frozen(AT), transaction.atomic():
        yield told


def test_holds_nine_units_two_leads_and_every_state_of_a_referral(story: HandedOn) -> None:
    leads = Matter.objects.filter(kind="coordination", ended_at=None)
    assert sorted(leads.values_list("sort", flat=True)) == ["", "person"]
    viewer = story.become("qin")
    seen = together(viewer, story.nine.files["youth"])
    assert {line.person for line in seen.leads} == {"", YOUTH}
    assert len(seen.units) >= 5
    assert seen.is_crowded
    states = {}
    for key, worker in {"drug": "deng", "school": "jian", "jobs": "deng", "down": "jian"}.items():
        story.become(worker)
        states[key] = Referral.objects.get(id=story.asked[key]).state
    assert states == {"drug": "met", "school": "accepted", "jobs": "returned", "down": "sent"}


def test_turns_18_on_the_second_of_september_with_warnings_owed(story: HandedOn) -> None:
    story.become("qin")
    plan = Transition.objects.get(case_id=story.nine.files["youth"])
    assert (plan.kind, plan.on, plan.state) == ("age_18", date(2026, 9, 2), "planned")
    owed = Duty.objects.filter(matter_id=plan.case_id, state=DutyState.OPEN, rule_id__startswith="transition.")
    assert owed.count() == 4


def test_her_worker_owes_a_call_before_he_is_home_and_nobody_else_knows(story: HandedOn) -> None:
    story.become("sun")
    notice = ReleaseNotice.objects.get(case_id=story.hers)
    assert (notice.who, notice.result) == (FATHER, "")
    rules = set(Duty.objects.filter(matter_id=notice.id, state=DutyState.OPEN).values_list("rule_id", flat=True))
    assert rules == {"release.tell", "release.before_home"}
    for other in ("du", "jian", "qin", "deng", "dai"):
        story.become(other)
        assert not ReleaseNotice.objects.filter(id=notice.id).exists()


def test_the_drug_centre_reads_its_own_letter_only(story: HandedOn) -> None:
    story.become("dai")
    assert Referral.objects.get(id=story.asked["drug"]).about == "蔡淑惠"
    assert not Referral.objects.filter(id=story.asked["jobs"]).exists(), "of a case it does not join"
