"""The husband next door: she and the boy hide in another county; he is a nurse here, and a client of two services.

As far as the rooms below the desks go: what he, his workers, the intake centre and a copy for him may learn.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection

from anwang.access.actions import grant, worker_key
from anwang.access.states import Circle, Zone
from anwang.cases.actions import NewSubject, open_case, take_police_lines
from anwang.cases.models import Case
from anwang.cases.queries import involvement_before, safety_notice
from anwang.directory.models import Appointment
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.matters.holder import Holder
from anwang.matters.models import Duty
from anwang.people.actions import add_risk
from anwang.people.queries import look_up_for_call
from anwang.protection import actions, queries
from anwang.protection.models import Seeking
from tests.unit.cases.office import Office
from tests.unit.protection import orders as at_hand
from tests.world import SINCE

pytestmark = pytest.mark.django_db
SHELTER, PHONE, SCHOOL = "珊瑚縣隱礁路9961號", "0900-000-961", "隱礁國民小學"
ASK = "望潮縣家防中心 (08)000-1130"
LINES = "林佳安，83年7月7日，先生報失蹤\n陳小宇，112年9月1日，爸爸報失蹤"


@pytest.fixture
def hers(office: Office) -> Case:
    """Her case, the shelter since the next day, the order two days later."""
    case = at_hand.her_case(office)
    at_hand.till(office, datetime(2026, 3, 8, 11, tzinfo=clock.TAIPEI))
    by = office.be("adult_worker")
    given = actions.ShieldGiven(
        persons=[office.mother, office.boy], kind="court_secret", against=[office.father], ask_whom=ASK
    )
    mother, boy = actions.shield(matter_id=case.id, given=given, by=by, at=clock.now())
    covered = (
        (mother, "address", SHELTER),
        (mother, "phone", PHONE),
        (boy, "school", SCHOOL),
        (boy, "county", "珊瑚縣"),
    )
    for shielding, what, text in covered:
        actions.cover_place(shielding_id=shielding.id, what=what, text=text, by=by, at=clock.now())
    at_hand.registered(office, case.id)
    return case


def of_other_county(office: Office) -> Case:
    """The boy's file where he is now, as that county's centre keeps it."""
    Appointment.objects.create(
        worker_id=office.workers["worker"],
        unit_id=office.units["protection2"],
        role=Role.SOCIAL_WORKER,
        started_at=SINCE,
    )
    by = office.be("screener")
    return open_case(
        kind="child_protection", county="99002", accountable_id=office.units["protection2"],
        acting=Holder(office.units["protection2"], office.workers["worker"]), circle=Circle.VICTIM,
        subjects=[NewSubject(office.boy, "child")], opened_at=clock.now(), by=by,
        facts={"received_at": clock.now(), "known_at": clock.now(), "has_child": "yes"},
    )  # fmt: skip


@pytest.fixture
def his(office: Office) -> Case:
    """His file at mental health, held by 徐意涵; a man's programme under contract beside her."""
    case = at_hand.his_case(office, circle="neutral", report=office.another_report().id)
    by = office.be("worker2")
    add_risk(person_id=office.father, kind="weapon", words="床邊有開山刀", by=by, at=clock.now())
    holder = worker_key(office.workers["ngo_worker"])
    grant(file_id=case.id, holder=holder, zones=(Zone.WORK,), because="joining", by=by, at=clock.now())
    return case


def test_the_nurse_reads_no_table_that_names_them(office: Office, his: Case, hers: Case) -> None:
    """(a) As the nurse he is, he opens whatever he may: nothing of wife or son, and his register is empty."""
    viewer = office.be("nurse")
    assert queries.orders(viewer) == ()
    assert queries.shields(viewer) == ()
    with connection.cursor() as cursor:
        for table in ("people_person", "people_shield", "people_family", "protection_order", "protection_shielding"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table


def test_the_programme_for_men_reads_one_sentence(office: Office, his: Case, hers: Case) -> None:
    """(c) No order, no risk, no lead: that there is somebody to ring."""
    told = safety_notice(office.be("ngo_worker"), his.id, his.circle)
    assert told is not None
    assert (told.risks, told.orders, told.unit) == ((), (), "通報調查處理中心")


def test_his_worker_reads_weapons_terms_and_a_neutral_contact(office: Office, his: Case, hers: Case) -> None:
    """(d) Not the shelter, the school, the county, nor who reported."""
    told = safety_notice(office.be("worker2"), his.id, his.circle)
    assert told is not None
    assert told.risks == ("家中有刀械或武器",)
    (said,) = told.orders
    assert said.startswith("通常保護令：禁止騷擾、接觸、跟蹤、通話、通信、遠離住居所、學校、工作場所、")
    assert said.endswith("禁止查閱戶籍、學籍、所得來源（100公尺），到117年3月8日")
    assert told.unit == "通報調查處理中心"
    everything = str(told)
    assert not [word for word in (SHELTER, PHONE, SCHOOL, "珊瑚", "林佳安", "地方法院", "成保") if word in everything]


def test_a_copy_for_him_leaves_wife_and_son_out(office: Office, hers: Case) -> None:
    """(e) For the room that answers data subjects: as guardian he asks, and gets neither of them."""
    left_out = queries.kept_from(office.be("adult_worker"), [office.father], [office.mother, office.boy, office.girl])
    assert left_out == {office.mother, office.boy}


def test_he_reports_them_missing_and_only_her_worker_hears(office: Office, hers: Case) -> None:
    """(f) Compared inside, nothing goes out, the same answer for any list; a duty for her worker."""
    by = office.be("screening_supervisor")
    assert take_police_lines(text=LINES, by=by, at=clock.now()) == 2
    actions.tell_of_search(text=LINES, by=by, at=clock.now())
    assert Seeking.objects.count() == 0
    office.be("adult_worker")
    duties = Duty.objects.filter(rule_id="shield.searched_for", state="open")
    assert {one.subject_id for one in duties} == {office.mother, office.boy}
    assert {one.worker_id for one in duties} == {office.workers["adult_worker"]}
    assert {one.due_at - clock.now() for one in duties} == {timedelta(hours=4)}


def test_the_county_that_follows_them_reads_as_kept_elsewhere(office: Office, hers: Case) -> None:
    """(g) A file of the other county: who screens here learns whom to ask, not where."""
    there = of_other_county(office)
    by = office.be("screener")
    seen = [one for one in involvement_before(by, [office.boy]) if one.matter_id == there.id]
    assert [one.unit for one in seen] == [f"保密，洽{ASK}"]
    assert [one.unit_phone for one in seen] == [""]
    asked = look_up_for_call(by, "陳小宇", number=office.matter(office.report).number, file_id=office.report)
    assert "青嵐" not in str(asked)
    assert ASK in str(asked)


def test_a_unit_of_ones_own_county_is_named_as_ever(office: Office, hers: Case) -> None:
    """(g) Here the desk must know whom to ring."""
    by = office.be("screener")
    seen = [one for one in involvement_before(by, [office.mother]) if one.matter_id == hers.id]
    assert [one.unit for one in seen] == ["家防中心成保組"]
