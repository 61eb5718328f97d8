"""Shields: each place one covers is closed outside her safety zone, however one looks, and opens for her worker."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from anwang.access.actions import grant, involve, worker_key
from anwang.access.states import Circle, Zone
from anwang.cases.actions import take_police_lines
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.matters.actions import end_matter
from anwang.matters.models import Duty
from anwang.people import actions as people
from anwang.people.models import Address, ContactPoint, SafetyAddress, Shield
from anwang.people.queries import card, reach, search
from anwang.protection import actions, queries
from anwang.protection.models import Seeking, ShieldedPlace, Shielding
from tests.unit.cases.office import Office
from tests.unit.protection import orders as at_hand

pytestmark = pytest.mark.django_db
HOUSE, PHONE = "珊瑚縣礁岩鄉隱浪路9931號", "0900-000-931"
SCHOOL, WORK, COUNTY = "礁岩國民小學", "礁岩便當店", "珊瑚縣"
ASK = "望潮縣家防中心 (08)000-1130"
PLACES = {"address": HOUSE, "phone": PHONE, "school": SCHOOL, "work": WORK, "county": COUNTY}


def shielded(office: Office, case: Case, *, persons: tuple[UUID, ...] = (), **given: object) -> tuple[Shielding, ...]:
    """Mother and boy, kept from the father."""
    options: dict[str, object] = {
        "persons": persons or (office.mother, office.boy), "kind": "order_term", "against": [office.father],
        "ask_whom": ASK,
    }  # fmt: skip
    by = office.be("adult_worker")
    return actions.shield(
        matter_id=case.id,
        given=actions.ShieldGiven(**{**options, **given}),
        by=by,
        at=clock.now(),  # type: ignore[arg-type]
    )


def covered(office: Office, case: Case) -> Shielding:
    """With a place of every kind."""
    hers, _his = shielded(office, case)
    by = office.be("adult_worker")
    for what, text in PLACES.items():
        actions.cover_place(shielding_id=hers.id, what=what, text=text, by=by, at=clock.now())
    return hers


def seen(office: Office, key: str) -> str:
    """Everything of the tables of people and protection that this viewer may select."""
    office.be(key)
    tables = ("people_address", "people_contactpoint", "people_safetyaddress", "people_shield", "people_person",
              "people_disputedfact",
              "protection_shielding", "protection_shieldingagainst", "protection_shieldedplace", "protection_relayto",
              "protection_order", "protection_orderprotects", "protection_seeking")  # fmt: skip
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(json_agg(t)::text, '') FROM {table} t")
            rows.append(cursor.fetchone()[0])
    return "\n".join(rows)


@pytest.fixture
def case(office: Office) -> Case:
    return at_hand.her_case(office)


def test_her_worker_reads_every_place_after_one_traced_click(office: Office, case: Case) -> None:
    hers = covered(office, case)
    viewer = office.be("adult_worker")
    assert [one.text for one in queries.shield_page(viewer, hers.id).places] == ["", "", "", "", ""]
    assert {one.text for one in queries.open_places(viewer, hers.id).places} == set(PLACES.values())


def test_her_workers_supervisor_reads_the_case_and_no_place(office: Office, case: Case) -> None:
    hers = covered(office, case)
    viewer = office.be("adult_supervisor")
    page = queries.shield_page(viewer, hers.id)
    assert page.person == "林佳安"
    assert page.places == ()
    with pytest.raises(Refused, match="望潮縣家防中心"):
        queries.open_places(viewer, hers.id)
    here = seen(office, "adult_supervisor")
    assert not [text for text in (*PLACES.values(), "0900000931") if text in here]


@pytest.mark.parametrize("key", ["worker2", "worker", "clerk", "nurse", "ngo_worker", "administrator", "chief"])
def test_nobody_else_reads_a_place_by_any_table(office: Office, case: Case, key: str) -> None:
    at_hand.his_case(office, kind="mental_health", circle="neutral")
    covered(office, case)
    here = seen(office, key)
    assert not [text for text in (*PLACES.values(), "0900000931") if text in here]


def test_whoever_works_on_her_report_reads_no_place_once_there_is_a_ground(office: Office, case: Case) -> None:
    by = office.be("adult_worker")
    people.add_safety_address(person_id=office.mother, text=HOUSE, ask_whom=ASK, by=by, at=clock.now())
    office.be("screener")
    assert SafetyAddress.objects.count() == 1
    covered(office, case)
    office.be("screener")
    assert SafetyAddress.objects.count() == 0
    here = seen(office, "screener")
    assert not [text for text in (*PLACES.values(), "0900000931") if text in here]


def test_an_ended_file_opens_no_door(office: Office, case: Case) -> None:
    by = office.be("screener")
    people.add_safety_address(person_id=office.mother, text=HOUSE, ask_whom=ASK, by=by, at=clock.now())
    assert SafetyAddress.objects.count() == 1
    end_matter(matter_id=office.report, how="settled", at=clock.now(), by=by)
    assert SafetyAddress.objects.count() == 0


def test_whoever_serves_him_reads_no_shield_even_when_she_stands_in_his_file(office: Office, case: Case) -> None:
    his = at_hand.his_case(office, kind="mental_health", circle="neutral")
    hers = covered(office, case)
    involve(file_id=his.id, person_id=office.mother, by=office.be("worker2"))
    viewer = office.be("worker2")
    assert SafetyAddress.objects.count() == 0
    with pytest.raises(NotFound):
        queries.shield_page(viewer, hers.id)
    here = seen(office, "worker2")
    assert not [text for text in (*PLACES.values(), "0900000931") if text in here]


def test_hides_where_she_says_she_lives_from_whoever_serves_him(office: Office, case: Case) -> None:
    his = at_hand.his_case(office, kind="mental_health", circle="neutral")
    covered(office, case)
    involve(file_id=his.id, person_id=office.mother, by=office.be("worker2"))
    by = office.be("adult_worker")
    for fact, text in (("address", HOUSE), ("contact", PHONE), ("record", WORK), ("name", "林佳恩")):
        people.dispute_fact(person_id=office.mother, fact=fact, words=text, because="T115-1", by=by, at=clock.now())
    by = office.be("worker2")
    people.dispute_fact(
        person_id=office.father, fact="address", words="無此路9009號", because="T115-2", by=by, at=clock.now()
    )
    hers = seen(office, "adult_worker")
    assert [text for text in (HOUSE, PHONE, WORK) if text not in hers] == []
    here = seen(office, "worker2")
    assert [text for text in PLACES.values() if text in here] == []
    assert "林佳恩" in here
    assert "無此路9009號" in here


def test_hides_the_same_telephone_and_school_of_somebody_near(office: Office, case: Case) -> None:
    covered(office, case)
    by = office.be("adult_worker")
    grant(file_id=case.id, holder=worker_key(office.workers["worker"]), zones=(Zone.WORK, Zone.CASE), because="joining",
          by=by, at=clock.now())  # fmt: skip
    girl = office.girl
    people.bring_in(person_id=girl, file_id=case.id, by=office.be("screener"), at=clock.now())
    by = office.be("adult_worker")
    people.add_contact_point(person_id=girl, kind="mobile", value="0900 000 931", by=by, at=clock.now())
    people.add_address(person_id=girl, kind="school", text="礁岩 國民小學", by=by, at=clock.now())
    people.add_address(person_id=girl, kind="school", text="河岬國民小學", source="seen", by=by, at=clock.now())
    office.be("adult_worker")
    assert ContactPoint.objects.filter(person_id=girl).count() == 1
    assert Address.objects.filter(person_id=girl).count() == 2
    office.be("worker")
    assert ContactPoint.objects.filter(person_id=girl).count() == 0
    assert [one.text for one in Address.objects.filter(person_id=girl)] == ["河岬國民小學"]


def test_leaves_a_telephone_of_strangers_alone(office: Office, case: Case) -> None:
    covered(office, case)
    by = office.be("worker")
    other = office.child_case(circle="victim")
    by = office.be("worker")
    people.add_contact_point(person_id=office.girl, kind="mobile", value="0900-000-777", by=by, at=clock.now())
    assert ContactPoint.objects.filter(person_id=office.girl).count() == 1
    assert other.id != case.id


def test_finds_nobody_by_a_shielded_telephone_outside_her_zone(office: Office, case: Case) -> None:
    covered(office, case)
    by = office.be("adult_worker")
    assert [one.id for one in search(by, PHONE)] == [office.mother]
    supervisor = office.be("adult_supervisor")
    assert search(supervisor, PHONE) == ()
    assert [one.id for one in search(supervisor, "林佳安")] == [office.mother]


def test_shows_the_card_without_any_of_it(office: Office, case: Case) -> None:
    covered(office, case)
    by = office.be("adult_worker")
    people.add_address(person_id=office.mother, kind="registered", text="望潮縣河岬鎮舊路9001號", by=by, at=clock.now())
    supervisor = office.be("adult_supervisor")
    found = reach(supervisor, card(supervisor, office.mother))
    assert [one.text for one in found.addresses] == ["望潮縣河岬鎮舊路9001號"]
    assert found.contacts == ()
    assert found.sealed == ASK
    assert not found.may_open


def test_keeps_the_door_shut_while_a_ground_holds(office: Office, case: Case) -> None:
    hers = covered(office, case)
    by = office.be("adult_worker")
    shield = Shield.objects.filter(person_id=office.mother, until_at=None)[0]
    before = Shield.objects.filter(person_id=office.mother, until_at=None).count()
    with suppress(NotFound, BadInput):
        people.end_shield(shield_id=shield.id, by=by, at=clock.now())
    assert Shield.objects.filter(person_id=office.mother, until_at=None).count() == before
    office.hands.advance(timedelta(days=30))
    by = office.be("adult_worker")
    actions.end_shield(shielding_id=hers.id, because="她搬回來了，談過。", by=by, at=clock.now())
    assert not Shield.objects.filter(person_id=office.mother, until_at=None).exists()
    assert Shield.objects.filter(person_id=office.boy, until_at=None).exists()
    assert not ShieldedPlace.objects.filter(until_at=None).exists()


def test_opens_nothing_when_its_last_day_has_passed(office: Office, case: Case) -> None:
    until = clock.today() + timedelta(days=20)
    hers, _boys = shielded(office, case, until_on=until)
    assert Duty.objects.filter(rule_id="shield.review", subject_id=office.mother, state="open").exists()
    office.hands.advance(timedelta(days=40))
    by = office.be("adult_worker")
    assert Shield.objects.filter(person_id=office.mother, until_at=None).exists()
    line = next(one for one in queries.shields(by) if one.id == hers.id)
    assert line.is_passed
    actions.review_shield(shielding_id=hers.id, until_on=None, by=by, at=clock.now())
    assert not Duty.objects.filter(rule_id="shield.review", subject_id=office.mother, state="open").exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "because"}, "kind"),
        ({"ask_whom": " "}, "ask_whom"),
        ({"persons": ()}, None),
    ],
)
def test_refuses_a_shield_without_ground_or_bell(
    office: Office, case: Case, wrong: dict[str, object], field: str | None
) -> None:
    if field is None:
        wrong = {"against": [office.mother]}
        field = "against"
    with pytest.raises(BadInput) as refused:
        shielded(office, case, **wrong)
    assert refused.value.field == field


def test_tells_her_worker_that_he_asks_the_police_and_the_bringer_nothing(office: Office, case: Case) -> None:
    covered(office, case)
    text = "林佳安，83年7月7日，先生報失蹤\n王小明，80年1月1日"
    by = office.be("screening_supervisor")
    assert take_police_lines(text=text, by=by, at=clock.now()) == 2
    actions.tell_of_search(text=text, by=by, at=clock.now())
    assert Seeking.objects.count() == 0
    duty = Duty.objects.get(rule_id="shield.searched_for")
    assert duty.matter_id == case.id
    assert duty.worker_id == office.workers["adult_worker"]
    assert duty.due_at - clock.now() == timedelta(hours=4)
    mine = office.be("adult_worker")
    told = Seeking.objects.get()
    assert "先生報失蹤" in told.words
    actions.answer_search(
        seeking_id=told.id, words="打過電話，她和孩子平安；警方已請他洽家防中心。", by=mine, at=clock.now()
    )
    assert not Duty.objects.filter(rule_id="shield.searched_for", state="open").exists()


def test_tells_nobody_of_a_search_for_somebody_who_is_not_shielded(office: Office, case: Case) -> None:
    by = office.be("screening_supervisor")
    actions.tell_of_search(text="林佳安，83年7月7日", by=by, at=clock.now())
    assert not Duty.objects.filter(rule_id="shield.searched_for").exists()


def test_names_for_a_copy_whom_it_leaves_out(office: Office, case: Case) -> None:
    covered(office, case)
    reader = office.be("adult_worker")
    assert queries.kept_from(reader, [office.father], [office.mother, office.boy, office.girl]) == {
        office.mother, office.boy,
    }  # fmt: skip
    assert queries.kept_from(reader, [office.mother], [office.father]) == frozenset()
    assert queries.kept_from(office.be("clerk"), [office.father], [office.mother]) == frozenset()


def test_a_file_of_him_carries_no_report_in_which_he_is_the_other_side(office: Office) -> None:
    by = office.be("screener")
    report = office.another_report()
    involve(file_id=report.id, person_id=office.mother, circle=Circle.VICTIM, by=by)
    involve(file_id=report.id, person_id=office.father, circle=Circle.OTHER, by=by)
    his = at_hand.his_case(office, kind="mental_health", circle="neutral", report=report.id)
    with connection.cursor() as cursor:
        office.be("worker2")
        cursor.execute("SELECT count(*) FROM access_grant WHERE because = 'case' AND because_id = %s"
                       " AND (ends_at IS NULL OR ends_at > starts_at)", [his.id])  # fmt: skip
        assert cursor.fetchone()[0] == 0


def test_a_file_of_him_carries_his_own_report_as_before(office: Office) -> None:
    report = office.another_report()
    involve(file_id=report.id, person_id=office.father, by=office.be("screener"))
    his = at_hand.his_case(office, kind="suicide", circle="neutral", report=report.id)
    with connection.cursor() as cursor:
        office.be("worker2")
        cursor.execute("SELECT count(*) FROM access_grant WHERE because = 'case' AND because_id = %s"
                       " AND ends_at IS NULL", [his.id])  # fmt: skip
        assert cursor.fetchone()[0] == 2
