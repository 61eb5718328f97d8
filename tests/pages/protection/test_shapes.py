"""Two circles: what whoever serves him sees has one shape, with her in the world and without.

Compared are words, lengths, headings, links, statements and numbers of their pages, before she was reported and
after: case, shield, order, place in another county, search for her. What public workers are told on purpose
(安全提醒, the terms) is taken out first; what is left must be the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anwang.access.actions import grant, involve, worker_key
from anwang.access.states import Circle, Zone
from anwang.cases.actions import NewSubject, write_note
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.matters.actions import open_matter
from anwang.matters.holder import Holder
from anwang.matters.states import MatterKind
from anwang.people import actions as people
from anwang.protection import actions as protection
from tests.pages.cases.test_case_pages import as_, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.protection import orders as at_hand
from tests.world import build_world

pytestmark = pytest.mark.django_db
HIS = ("worker2", "ngo_worker", "nurse", "clerk", "administrator", "privacy", "welfare_worker")
"""His worker in a public unit, a partner under contract, a nurse, and posts that serve neither."""
TOLD = re.compile(
    r'<p class="flag"><b class="state" data-is="risk">(安全提醒|保護令|Safety notice|Protection orders)</b>.*?</p>',
    re.S,
)
EMPTY = re.compile(
    r'<div class="flags">\s*</div>|<p class="prose">(沒有人登錄過風險|Nobody has recorded a risk).*?</p>', re.S
)
"""What stands or does not stand beside a warning: its frame, and that nobody entered a risk."""
CHANGES = re.compile(r"[A-Za-z0-9]{64}|\d{1,2}:\d{2}|nonce-\S+")
PLACES = ("珊瑚縣隱礁路9951號", "0900-000-951", "隱礁國小")


@dataclass
class Shape:
    """One page: its text without what always changes, and what it cost."""

    status: int
    text: str
    statements: int


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def his(office: Office) -> Case:
    """A file of mental health about a man nobody has told of yet, with a partner under contract."""
    by = office.be("screener")
    own = open_matter(
        kind=MatterKind.REPORT, county="99001", accountable_id=office.units["intake"],
        acting=Holder(office.units["intake"], office.workers["screener"]), opened_at=clock.now(),
        event="report.received", facts={"kind": "mental_health", "received_at": clock.now()}, by=by,
    )  # fmt: skip
    involve(file_id=own.id, person_id=office.father, by=by)
    case = at_hand.his_case(office, circle="neutral", report=own.id)
    by = office.be("worker2")
    people.add_contact_point(person_id=office.father, kind="mobile", value="0900-000-555", by=by, at=clock.now())
    holder = worker_key(office.workers["ngo_worker"])
    grant(file_id=case.id, holder=holder, zones=(Zone.WORK,), because="joining", by=by, at=clock.now())
    return case


def she_comes(office: Office, his: Case) -> None:
    """She is reported, hides with the boy, gets an order; he asks the police; everything of it is her side's."""
    by = office.be("screener")
    report = office.another_report()
    for who, circle in ((office.mother, Circle.VICTIM), (office.father, Circle.OTHER)):
        involve(file_id=report.id, person_id=who, circle=circle, by=by)
    case = office.child_case(
        kind="intimate_violence", circle="victim", unit="adult", worker="adult_worker", has_child="no",
        subjects=[NewSubject(office.mother, "victim")], report=report.id,
    )  # fmt: skip
    by = office.be("adult_worker")
    given = protection.ShieldGiven(
        persons=[office.mother, office.boy], kind="authority", against=[office.father], ask_whom="家防中心",
    )  # fmt: skip
    mother, boy = protection.shield(matter_id=case.id, given=given, by=by, at=clock.now())
    for shielding, what, text in (
        (mother, "address", PLACES[0]),
        (mother, "phone", PLACES[1]),
        (boy, "school", PLACES[2]),
    ):
        protection.cover_place(shielding_id=shielding.id, what=what, text=text, by=by, at=clock.now())
    protection.register_order(
        matter_id=case.id, by=by, at=clock.now(),
        ordered=at_hand.ordered(
            office, issued_at=NIGHT, received_at=NIGHT + LATER / 2, ends_on=date(2028, 3, 7)
        ),
    )  # fmt: skip
    write_note(matter_id=case.id, text="談過安全計畫。", by=by, at=clock.now())
    by = office.be("screening_supervisor")
    protection.tell_of_search(text="林佳安，83年7月7日", by=by, at=clock.now())


def paths(office: Office, case: Case) -> list[tuple[str, dict[str, str]]]:
    """Every page they may come to, and what they may look for."""
    here = number(case)
    read = (
        "/today", "/today?of=unit", "/cases", f"/cases/{here}", f"/people/{office.father}", "/families",
        "/families/H115-0000-0001", "/protection", f"/protection/of/{here}", f"/cases/{here}/contact",
        f"/cases/{here}/family", f"/cases/{here}/lead", f"/people/{office.mother}", f"/people/{office.boy}",
        "/searches", "/unit", "/papers", f"/papers?matter={here}", f"/matters/{here}", "/rosters", "/figures",
    )  # fmt: skip
    asked = ["林佳安", "陳小宇", "陳志豪", *PLACES, "H115-0000-0001"]
    return [(path, {}) for path in read] + [("/people/search", {"q": word}) for word in asked]


def shapes(office: Office, case: Case, key: str, language: str) -> dict[str, Shape]:
    client, found = as_(key, language), {}
    for path, given in paths(office, case):
        with CaptureQueriesContext(connection) as said:
            answer = client.post(path, given) if given else client.get(path)
        text = CHANGES.sub("", EMPTY.sub("", TOLD.sub("", answer.content.decode())))
        found[path + str(given)] = Shape(answer.status_code, re.sub(r"\s+", " ", text), len(said))
    return found


@pytest.mark.parametrize("key", HIS)
@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_shows_his_side_one_shape_with_her_and_without(office: Office, his: Case, key: str, language: str) -> None:
    shapes(office, his, key, language)  # what is kept for a minute is there in both worlds
    before = shapes(office, his, key, language)
    she_comes(office, his)
    after = shapes(office, his, key, language)
    other = [
        f"{page}: {one.status} → {after[page].status}, {one.statements} → {after[page].statements},"
        f" {len(one.text)} → {len(after[page].text)}: {_first(one.text, after[page].text)}"
        for page, one in before.items() if one != after[page]
    ]  # fmt: skip
    assert not other, "\n".join(other)


def test_would_see_it_if_a_page_told_of_her(office: Office, his: Case) -> None:
    before = shapes(office, his, "adult_worker", "zh-hant")
    she_comes(office, his)
    assert before != shapes(office, his, "adult_worker", "zh-hant")


def test_tells_him_nothing_of_how_long_it_looked(office: Office, his: Case) -> None:
    """A search for her and one for nobody ask the database the same statements."""
    she_comes(office, his)
    client = as_("worker2")
    client.post("/people/search", {"q": "王"})  # the first request of a session writes the session
    for hers, nobodys in (("林佳安", "林佳平"), (PLACES[1], "0900-000-999"), (PLACES[0], "珊瑚縣隱礁路9959號")):
        costs = []
        for word in (hers, nobodys):
            with CaptureQueriesContext(connection) as said:
                client.post("/people/search", {"q": word})
            costs.append(len(said))
        assert costs[0] == costs[1], hers


def _first(one: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, at - 60) : at + 60]}… / …{other[max(0, at - 60) : at + 60]}…"
