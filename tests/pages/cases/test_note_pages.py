"""Notes of a case, and the incident note of a colleague who reads nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from anwang.cases.actions import write_incident_note
from anwang.cases.models import IncidentNote, Note
from anwang.foundation import clock
from anwang.matters.models import Duty
from tests.pages.cases.test_case_pages import as_, instant, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


def test_lets_anybody_on_the_team_write_a_note(office: Office) -> None:
    case = office.child_case()
    answers = {"text": "學校來電。", "zone": "case", **instant("at")}
    page = as_("supervisor").post(f"/cases/{number(case)}/note", answers, follow=True).content.decode()
    assert "學校來電。" in page
    office.be("worker")
    assert Note.objects.get().by_id == office.workers["supervisor"]


@pytest.mark.parametrize("about", ["陳小宇", "查無此人", "C115-0000-0000"])
def test_answers_an_incident_note_alike_whoever_is_meant(office: Office, about: str) -> None:
    office.child_case()
    answers = {"about": about, "text": "他在櫃台大哭。", **instant("at")}
    answer = as_("welfare_worker").post("/incident", answers, follow=True)
    assert answer.redirect_chain == [("/incident", 302)]
    page = answer.content.decode()
    assert "收到了。該知道的人會看到這張便箋。" in page
    assert about not in page


def test_brings_an_incident_note_to_the_worker_as_a_duty(office: Office) -> None:
    case = office.child_case()
    write_incident_note(about="陳小宇", text="他在櫃台大哭。", by=office.be("welfare_worker"), at=clock.now())
    assert not IncidentNote.objects.exists()
    client = as_("worker")
    page = client.get(f"/cases/{number(case)}").content.decode()
    assert "他在櫃台大哭。" in page
    assert "閱讀通知便箋" in page
    office.be("worker")
    note = IncidentNote.objects.get()
    client.post(f"/incident/{note.id}/read", {"next": f"/cases/{number(case)}"})
    assert Duty.objects.get(rule_id="incident.read").state == "done"


def test_holds_a_note_that_means_nobody_for_the_supervisor(office: Office) -> None:
    case = office.child_case()
    write_incident_note(about="阿宇", text="在超商過夜。", by=office.be("worker2"), at=clock.now())
    client = as_("supervisor")
    assert "在超商過夜。" in client.get("/cases").content.decode()
    assert "在超商過夜。" not in as_("worker2").get("/cases").content.decode()
    office.be("supervisor")
    note = IncidentNote.objects.get(matter=None)
    client.post(f"/incident/{note.id}/forward", {"number": number(case)})
    assert "在超商過夜。" in as_("worker").get(f"/cases/{number(case)}").content.decode()


def test_finds_the_incident_note_from_the_foot_of_every_page(office: Office) -> None:
    assert 'href="/incident"' in as_("clerk").get("/policy").content.decode()
