"""One visit that serves two cases: both cases' people are asked of, and a correction leaves the other case alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anwang.cases.actions import NewSubject
from anwang.cases.models import Case, Contact, ContactSeen
from anwang.foundation import clock
from anwang.matters.models import Duty
from tests.pages.cases.test_case_pages import as_, contact_answers, instant, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def cases(office: Office) -> tuple[Case, Case]:
    child = office.child_case(family_id=office.family)
    mother = office.child_case(
        kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], family_id=office.family
    )
    return child, mother


def first_contact(case: Case) -> str:
    return Duty.objects.get(matter_id=case.id, rule_id__startswith="violence.first_contact").state


def test_counts_the_mother_as_contacted_when_she_was_seen(office: Office, cases: tuple[Case, Case]) -> None:
    child, mother = cases
    client = as_("worker")
    assert "林佳安，有見到嗎？" in client.get(f"/cases/{number(child)}/contact").content.decode()
    answers = contact_answers(office) | {"serves": str(mother.id), f"seen_{office.mother.hex}": "yes"}
    client.post(f"/cases/{number(child)}/contact", answers)
    office.be("worker")
    assert first_contact(mother) == "done"


def test_asks_of_the_mother_when_her_case_is_ticked(office: Office, cases: tuple[Case, Case]) -> None:
    child, mother = cases
    answers = contact_answers(office) | {"serves": str(mother.id)}
    answer = as_("worker").post(f"/cases/{number(child)}/contact", answers)
    assert answer.status_code == 422
    assert "請選有沒有見到林佳安。" in answer.content.decode()


def test_leaves_the_mother_out_when_her_case_is_not_ticked(office: Office, cases: tuple[Case, Case]) -> None:
    child, mother = cases
    answers = contact_answers(office) | {f"seen_{office.mother.hex}": "yes"}
    as_("worker").post(f"/cases/{number(child)}/contact", answers)
    office.be("worker")
    assert not ContactSeen.objects.filter(person_id=office.mother).exists()
    assert first_contact(mother) == "open"


def test_a_correction_about_a_child_takes_no_sight_of_the_mother_back(
    office: Office, cases: tuple[Case, Case]
) -> None:  # fmt: skip
    child, mother = cases
    client = as_("worker")
    answers = contact_answers(office) | {"serves": str(mother.id), f"seen_{office.mother.hex}": "yes"}
    client.post(f"/cases/{number(child)}/contact", answers)
    office.be("worker")
    first = Contact.objects.get()
    wrong = contact_answers(office, because="看錯人") | {f"seen_{office.boy.hex}": "away", f"body_{office.boy.hex}": ""}
    client.post(f"/cases/{number(child)}/contact/{first.id}", wrong)
    office.be("worker")
    assert Contact.objects.filter(corrects=first).exists()
    assert first_contact(mother) == "done"


def test_ends_on_the_day_it_began_when_only_the_time_is_given(office: Office, cases: tuple[Case, Case]) -> None:
    time = instant("ended_at")["ended_at_time"]
    answers = contact_answers(office) | {"ended_at_day": "", "ended_at_time": time}
    answer = as_("worker").post(f"/cases/{number(cases[0])}/contact", answers)
    assert answer.status_code == 302
    office.be("worker")
    ended = Contact.objects.get().ended_at
    assert ended is not None
    assert clock.local(ended).date() == clock.today()
