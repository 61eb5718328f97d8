"""Two circles: what the other party's side is told of a danger. A table, asked of the database itself."""

from __future__ import annotations

import pytest
from django.test import Client

from anwang.access.actions import grant, involve, worker_key
from anwang.access.models import Account
from anwang.access.states import Zone
from anwang.cases.actions import NewSubject, join_family, open_coordination, update_plan
from anwang.cases.models import Case, SharedPlan
from anwang.cases.queries import safety_notice
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.people.actions import add_risk
from anwang.people.models import Family
from tests.unit.cases.office import Office

pytestmark = pytest.mark.django_db
FULL = (("家中有刀械或武器",), "通報調查處理中心", "(08)000-1000")
TABLE = [
    # who looks, side of the file he looks at, is there a victim's side, what he is told
    ("adult_worker", "other", True, FULL),
    ("ngo_worker", "other", True, ((), *FULL[1:])),
    ("adult_worker", "other", False, None),
    ("ngo_worker", "other", False, None),
    ("adult_worker", "neutral", True, None),
    ("adult_worker", "victim", True, None),
    ("worker2", "other", True, None),
    ("clerk", "other", True, None),
]


def his_case(office: Office, circle: str, *, victim: bool) -> Case:
    """A file on the father, the nurse and an NGO on it; and perhaps one of the mother's side."""
    his = office.child_case(
        kind="mental_health", subjects=[NewSubject(office.father, "other_party")], circle=circle,
        worker="adult_worker", unit="adult", has_child="no",
    )  # fmt: skip
    by = office.be("adult_worker")
    add_risk(person_id=office.father, kind="weapon", words="廚房的刀", by=by, at=clock.now())
    add_risk(person_id=office.father, kind="dog", by=by, at=clock.now())
    holder = worker_key(office.workers["ngo_worker"])
    grant(file_id=his.id, holder=holder, zones=(Zone.WORK,), because="joining", by=by, at=clock.now())
    if victim:
        office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], circle="victim")
    return his


@pytest.mark.parametrize(("key", "circle", "victim", "told"), TABLE)
def test_warns_the_other_side_and_tells_it_nothing_else(
    office: Office, key: str, circle: str, victim: bool, told: tuple[tuple[str, ...], str, str] | None
) -> None:
    his = his_case(office, circle, victim=victim)
    notice = safety_notice(office.be(key), his.id, circle)
    assert (notice and (notice.risks, notice.unit, notice.phone)) == told


@pytest.mark.parametrize(("role", "stands", "told"), [
    ("client", "other", FULL), ("client", "neutral", None), ("other_party", "other", FULL),
])  # fmt: skip
def test_warns_whoever_serves_him_on_a_file_of_no_side(
    office: Office, role: str, stands: str, told: tuple[tuple[str, ...], str, str] | None
) -> None:
    by = office.be("screener")
    another = office.another_report()
    involve(file_id=another.id, person_id=office.father, circle=stands, by=by)
    office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], circle="victim",
                      report=another.id)  # fmt: skip
    his = office.child_case(
        kind="mental_health", subjects=[NewSubject(office.father, role)], worker="adult_worker", unit="adult",
        has_child="no",
    )  # fmt: skip
    add_risk(person_id=office.father, kind="weapon", words="廚房的刀", by=office.be("adult_worker"), at=clock.now())
    notice = safety_notice(office.be("adult_worker"), his.id, "neutral")
    assert (notice and (notice.risks, notice.unit, notice.phone)) == told
    assert safety_notice(office.be("worker2"), his.id, "neutral") is None


def test_shows_a_page_of_one_shape_with_and_without_a_victims_side(office: Office) -> None:
    his = his_case(office, "other", victim=False)
    before = _page(Matter.objects.get(id=his.id).number)
    office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], circle="victim")
    after = _page(Matter.objects.get(id=his.id).number)
    for words in ("林佳安", "簡伯勳", "陳小宇"):
        assert words not in after
    assert "安全提醒" not in before
    flag = next(line for line in after.splitlines() if "安全提醒" in line)
    assert "網絡聯繫窗口" in flag
    assert [line for line in after.splitlines() if line != flag] == before.splitlines()


def _page(number: str) -> str:
    """The page without what changes each time it is asked for."""
    client = Client()
    client.force_login(Account.objects.get(username="adult_worker"))
    text = client.get(f"/cases/{number}").content.decode()
    changes = ("csrf", "nonce", "data-token")
    lines = (line for line in text.splitlines() if line.strip())
    return "\n".join(line for line in lines if not any(word in line.lower() for word in changes))


def his_neutral_case(office: Office, family_id: object = None) -> Case:
    """A file of no side on the father, who stands on the other side of the mother's case."""
    by = office.be("screener")
    another = office.another_report()
    involve(file_id=another.id, person_id=office.father, circle="other", by=by)
    office.child_case(kind="intimate_violence", subjects=[NewSubject(office.mother, "victim")], circle="victim",
                      report=another.id, family_id=office.family)  # fmt: skip
    return office.child_case(
        kind="suicide", subjects=[NewSubject(office.father, "client")], worker="adult_worker", unit="adult",
        has_child="no", family_id=family_id,
    )  # fmt: skip


def test_lets_nobody_who_serves_him_join_her_family_by_its_number(office: Office) -> None:
    his = his_neutral_case(office)
    office.be("worker")
    number = Family.objects.get(id=office.family).number
    with pytest.raises(BadInput, match="找不到"):
        join_family(case_id=his.id, number=number, people=[], by=office.be("adult_worker"), at=clock.now())


def test_shares_neither_plan_nor_lead_with_whoever_serves_him_on_a_file_of_no_side(office: Office) -> None:
    his_neutral_case(office, office.family)
    office.child_case(kind="vulnerable_family", subjects=[NewSubject(office.girl, "child")], worker="welfare_worker",
                      unit="welfare", family_id=office.family)  # fmt: skip
    lead = {"family_id": office.family, "county": "99001", "at": clock.now(), "minors_home": "yes"}
    holder = Holder(office.units["adult"], office.workers["adult_worker"])
    by = office.be("adult_worker")
    with pytest.raises(Refused, match="2個單位"):
        open_coordination(accountable_id=office.units["adult"], lead=holder, by=by, **lead)
    holder = Holder(office.units["protection"], office.workers["worker"])
    made = open_coordination(accountable_id=office.units["protection"], lead=holder, by=office.be("worker"), **lead)
    update_plan(coordination_id=made.id, text="搬到外婆家", by=office.be("worker"), at=clock.now())
    by = office.be("adult_worker")
    assert not SharedPlan.objects.exists()
    with pytest.raises(Refused, match="2個單位"):
        open_coordination(accountable_id=office.units["adult"], lead=holder, by=by, **lead)
    client = Client()
    client.force_login(Account.objects.get(username="adult_worker"))
    page = client.get(f"/families/{Family.objects.get(id=office.family).number}").content.decode()
    assert "簡伯勳" not in page
    assert "family.lead" not in page


def test_warns_on_the_page_of_the_person_too(office: Office) -> None:
    his_neutral_case(office)
    add_risk(person_id=office.father, kind="weapon", words="廚房的刀", by=office.be("worker"), at=clock.now())
    client = Client()
    client.force_login(Account.objects.get(username="adult_worker"))
    page = client.get(f"/people/{office.father}").content.decode()
    assert "安全提醒" in page
    assert "網絡聯繫窗口" in page
