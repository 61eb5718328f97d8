"""例行檢視 on one screen: a decision and a note; it is done, and what nobody named a step for rests again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.cases.actions import NewSubject
from anwang.cases.models import Note
from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState, MatterKind
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.matters.cases import held_by
from tests.world import build_world

pytestmark = pytest.mark.django_db
WHEN = {"routine-due_at_day": "115/3/20", "routine-due_at_time": "10:00"}
WORDS = "她說目前平穩，電話有接。"


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def resting(office: Office) -> Duty:
    """The routine review of an adult's case in which everything owed was done."""
    case = office.child_case(kind="elder", subjects=[NewSubject(office.mother)])
    return rest(office, Matter.objects.get(id=case.id))


def rest(office: Office, matter: Matter) -> Duty:
    """End what the matter owes; the review that keeps it from standing still is what remains."""
    by = office.be("worker")
    step = actions.set_step(matter_id=matter.id, code="phone", due_at=clock.now() + LATER, by=by, at=clock.now())
    others = Duty.objects.filter(open_of=matter.id).exclude(id=step.id)
    others.update(state=DutyState.EXCUSED, settled_at=clock.now(), settled_because="other")
    actions.done(duty_id=step.id, by=by, at=clock.now())
    return Duty.objects.get(open_of=matter.id, is_auto=True)


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def test_decides_and_notes_on_one_screen(resting: Duty, office: Office) -> None:
    client, path = as_("worker"), f"/today/duties/{resting.id}"
    assert "看過之後，接下來怎麼做？" in client.get(path).content.decode()
    given = {"routine-decision": "step", "routine-code": "visit", "routine-note": WORDS, **WHEN}
    assert client.post(f"{path}/review", given).status_code == 302
    office.be("worker")
    resting.refresh_from_db()
    assert (resting.state, resting.settled_because) == (DutyState.DONE, "matter.reviewed")
    assert list(Duty.objects.filter(open_of=resting.matter_id).values_list("rule_id", flat=True)) == ["manual.visit"]
    assert Note.objects.get(matter_id=resting.matter_id).text == WORDS


def test_rests_again_when_all_goes_on_as_it_is(resting: Duty, office: Office) -> None:
    given = {"routine-decision": "keep", "routine-note": WORDS}
    assert as_("worker").post(f"/today/duties/{resting.id}/review", given).status_code == 302
    office.be("worker")
    again = Duty.objects.get(open_of=resting.matter_id)
    assert again.is_auto
    assert again.id != resting.id
    assert Note.objects.filter(matter_id=resting.matter_id).count() == 1


@pytest.mark.parametrize("lacks", ["routine-note", "routine-code", "routine-due_at_day", "routine-decision"])
def test_asks_for_what_is_missing_and_keeps_what_was_typed(resting: Duty, lacks: str) -> None:
    given = {"routine-decision": "step", "routine-code": "visit", "routine-note": WORDS, **WHEN}
    given |= {lacks: ""} | ({"routine-due_at_time": ""} if lacks.endswith("day") else {})
    answer = as_("worker").post(f"/today/duties/{resting.id}/review", given)
    assert answer.status_code == 422
    assert lacks == "routine-note" or WORDS in answer.content.decode()
    resting.refresh_from_db()
    assert resting.state == DutyState.OPEN


def test_leads_to_the_form_from_the_case_and_from_today(resting: Duty) -> None:
    number = Matter.objects.get(id=resting.matter_id).number
    for path in (f"/cases/{number}", "/today"):
        assert f"/today/duties/{resting.id}" in as_("worker").get(path).content.decode()


def test_keeps_no_note_on_a_report(office: Office) -> None:
    matter = held_by(office.world, "worker", kind=MatterKind.REPORT)
    duty = rest(office, matter)
    path = f"/today/duties/{duty.id}"
    assert "routine-note" not in as_("worker").get(path).content.decode()
    assert as_("worker").post(f"{path}/review", {"routine-decision": "keep"}).status_code == 302


def test_refuses_a_step_that_a_rule_fixed_and_a_stranger(resting: Duty, office: Office) -> None:
    given = {"routine-decision": "keep", "routine-note": WORDS}
    assert as_("adult_worker").post(f"/today/duties/{resting.id}/review", given).status_code == 404
    by = office.be("worker")
    step = actions.set_step(
        matter_id=resting.matter_id, code="phone", due_at=clock.now() + LATER, by=by, at=clock.now()
    )
    assert as_("worker").post(f"/today/duties/{step.id}/review", given).status_code == 422
