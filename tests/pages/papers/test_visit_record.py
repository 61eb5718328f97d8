"""A visit record on paper: what was seen, by whom, when; no address, no warning to colleagues, and a trace."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from anwang.access.models import Account
from anwang.audit.models import Reading
from anwang.cases.actions import NewSubject, Sight, Told, record_contact
from anwang.foundation import clock
from anwang.matters.models import Matter
from anwang.people import actions as people
from anwang.people.models import Person
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.documents.test_letters import FORMS, HIDDEN, text_of
from tests.world import build_world

PLACE, SAFETY = "虛構路9021號", "家中有大型犬"


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    hands = at(NIGHT + LATER)
    return open_office(build_world(), hands)


def as_(key: str, language: str = "zh-hant") -> Client:
    Account.objects.filter(username=key).update(language=language)
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def a_visit(office: Office, summary: str = "孩子說昨晚睡在廚房。") -> str:
    """The address of a visit record of 簡伯勳."""
    case = office.child_case()
    told = Told(
        "home", "met", clock.now(), place=PLACE, summary=summary, worker_safety=SAFETY,
        sights=(Sight(office.boy, "yes"), Sight(office.girl, "no", "asleep")),
    )  # fmt: skip
    contact = record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    return f"/papers/visit/{Matter.objects.get(id=case.id).number}/{contact.id}"


@pytest.mark.parametrize("form", FORMS)
def test_prints_what_was_seen_and_nothing_to_find_anybody_by(office: Office, form: str) -> None:
    path = a_visit(office)
    page = as_("worker").get(path).content.decode()
    found = text_of(form, as_("worker", "en").post(path, {"form": form}).content)
    assert "孩子說昨晚睡在廚房" in found
    assert "訪視紀錄" in found
    assert "簡伯勳" in found
    for words in (PLACE, SAFETY):
        assert words not in found
        assert words not in page
    assert Reading.objects.filter(what=f"print.visit.{form}").count() == 1


def test_is_not_there_for_strangers(office: Office) -> None:
    path = a_visit(office)
    for key in ("adult_worker", "clerk", "chief", "ngo_worker"):
        assert as_(key).get(path).status_code == 404
        assert as_(key).post(path, {"form": "odt"}).status_code == 404
    assert not Reading.objects.filter(what__startswith="print").exists()


def test_refuses_to_print_a_hidden_address_that_somebody_wrote_down(office: Office) -> None:
    path = a_visit(office, summary=f"母親搬到{HIDDEN}。")
    by = office.be("worker")
    people.add_safety_address(person_id=office.boy, text=HIDDEN, ask_whom="值班台", by=by, at=clock.now())
    response = as_("worker").post(path, {"form": "pdf"})
    assert response.status_code == 422
    assert "保密的住處" in response.content.decode()
    assert "無名路" not in response.content.decode()


def test_names_only_who_stands_on_the_side_of_the_file(office: Office) -> None:
    """One visit for two cases: on the paper of the father's own file stands nothing of the children seen."""
    his = office.child_case(
        kind="mental_health", circle="other", subjects=[NewSubject(office.father, "other_party")], has_child="no"
    )  # fmt: skip
    case = office.child_case()
    told = Told("home", "met", clock.now(), summary="談照顧安排。", sights=(Sight(office.boy, "yes"),))
    contact = record_contact(matter_id=case.id, told=told, serves=[his.id], by=office.be("worker"))
    boy = Person.objects.get(id=office.boy).name
    pages = {
        one.id: as_("worker").get(f"/papers/visit/{Matter.objects.get(id=one.id).number}/{contact.id}").content.decode()
        for one in (case, his)
    }
    assert boy in pages[case.id]
    assert "115年3月" in pages[case.id]
    assert "談照顧安排" in pages[his.id]
    assert boy not in pages[his.id]


def test_prints_the_day_when_a_late_record_was_written(office: Office) -> None:
    case = office.child_case()
    office.hands.advance(timedelta(days=3))
    told = Told("home", "met", clock.now() - timedelta(days=3), summary="補記。", sights=(Sight(office.boy, "yes"),))
    contact = record_contact(matter_id=case.id, told=told, by=office.be("worker"))
    path = f"/papers/visit/{office.matter(case.id).number}/{contact.id}"
    found = text_of("odt", as_("worker").post(path, {"form": "odt"}).content)
    assert "115年3月11日　00:10（補登）" in found
