"""The family page: who leads, what is next, a lane per file by its own grant; nothing of the other side; no address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page

from anwang.access.actions import grant, involve, worker_key
from anwang.audit.models import Reading
from anwang.cases.actions import open_coordination
from anwang.cases.models import Case, CaseSubject
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from anwang.people import actions
from anwang.people.models import DisputedFact, FamilyMember, Person
from tests.browser import follow
from tests.pages.families.gao import HIDING, NOW, Gao, build_gao
from tests.pages.shell.test_pictures import (
    COLOUR_LAW,
    HALF_WIDTH,
    SIZES,
    SMALL_TARGETS,
    TEXTS,
    TYPED_SPACE,
    keep_picture,
)
from tests.world import World, build_world


@pytest.fixture
def world(db: None, at: Callable[[object], object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def gao(world: World) -> Gao:
    return build_gao(world)


def as_(username: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get_by_natural_key(username))
    return client


def test_marks_what_a_member_disputes_for_whoever_reads_him(world: World, gao: Gao) -> None:
    world.viewer("worker")
    DisputedFact.objects.create(
        person_id=gao.people["mother"], fact="birth", words="她說是1986年生", because="Q115-0001-0001",
        since_at=NOW, recorded_at=NOW,
    )  # fmt: skip
    page = as_("worker").get(f"/families/{gao.number}").content.decode()
    assert "出生日有爭執" in page
    assert "當事人說：她說是1986年生" in page
    assert "有爭執" not in as_("welfare_worker").get(f"/families/{gao.number}").content.decode()


def test_shows_the_family_to_whoever_serves_it(gao: Gao) -> None:
    page = as_("worker").get(f"/families/{gao.number}").content.decode()
    for words in ("高玉蘭家", "請兩人同行", "父親酒後曾持刀", "阮氏秋蓮的住址保密", "越南語", "兒少保護", "安排訪視"):
        assert words in page
    said = re.sub(r"<[^>]*>", "", page)
    assert re.search(r"戶籍，[^：]*：同住\d人，[^。]*阮氏秋蓮", said)
    assert Reading.objects.filter(what="families.family", file_id=gao.family_id).count() == 1


def test_shows_a_lane_only_by_a_grant_on_its_file(world: World, gao: Gao) -> None:
    page = as_("worker").get(f"/families/{gao.number}").content.decode()
    assert "親密關係暴力" not in page
    assert "沈芷妍" not in page
    world.viewer("adult_worker")
    grant(file_id=gao.files["violence"], holder=worker_key(world.workers["worker"]), zones=("work",), because="joining",
          by=world.viewer("adult_worker"), at=NOW)  # fmt: skip
    page = as_("worker").get(f"/families/{gao.number}").content.decode()
    assert "賴思穎" in page
    # Partners know of each other, of the kind of file and when it was visited; words need the case zone.
    assert "親密關係暴力" in page
    assert "<a" not in page.split("親密關係暴力")[0][-20:]


def test_is_not_there_for_a_stranger_nor_is_a_wrong_number(gao: Gao) -> None:
    assert as_("worker2").get(f"/families/{gao.number}").status_code == 404
    assert as_("worker").get("/families/H115-0000-0000").status_code == 404


def test_has_the_same_shape_for_the_other_side_with_and_without_her_file(world: World) -> None:
    """His worker reads his file; whether she has one too changes nothing of the page but time."""
    by = world.viewer("worker2")
    shapes = []
    for with_hers in (False, True):
        family = actions.open_family(label="余文彬家", county="99001", by=by, at=NOW)
        gao = build_two_sides(world, family.id, with_hers)
        page = as_("worker2").get(f"/families/{family.number}").content.decode()
        assert "阮氏秋蓮" not in page
        shapes.append(page.replace(family.number, "N").replace(str(gao), "P"))
    assert _without_tokens(shapes[0]) == _without_tokens(shapes[1])


def build_two_sides(world: World, family_id: object, with_hers: bool) -> object:
    from tests.pages.families.gao import _file

    his = _file(world, family_id, "worker2", "protection", "other_violence", 20)
    by = world.viewer("worker2")
    man = actions.add_person(name="余文彬", sex="male", by=by, at=NOW, file_id=his, circle="other")
    actions.count_in(family_id=family_id, person_id=man.id, by=by, at=NOW)
    if with_hers:
        hers = _file(world, family_id, "adult_worker", "adult", "intimate_violence", 30)
        by = world.viewer("adult_worker")
        woman = actions.add_person(name="阮氏秋蓮", sex="female", by=by, at=NOW, file_id=hers, circle="victim")
        actions.count_in(family_id=family_id, person_id=woman.id, by=by, at=NOW)
        actions.add_safety_address(person_id=woman.id, text=HIDING, ask_whom="成保組", by=by, at=NOW)
    return man.id


def _without_tokens(page: str) -> str:
    page = re.sub(r"[A-Z]115-\d{4}-\d{4}", "N", page)
    return re.sub(r'(value="|token="|Token": ")[A-Za-z0-9]{64}', "", page)


def test_never_writes_the_hiding_address(gao: Gao) -> None:
    for user in ("worker", "supervisor"):
        client = as_(user)
        pages = ["/families", f"/families/{gao.number}", f"/families/{gao.number}/count-in",
                 f"/families/{gao.number}/count-out", *(f"/people/{one}" for one in gao.people.values())]  # fmt: skip
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, (user, page)
            shown = _without_tokens(re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", answer.content.decode()))
            assert "無名谷路" not in shown, (user, page)
            assert "9777" not in shown, (user, page)
    assert HIDING


def test_costs_few_statements(gao: Gao, django_assert_max_num_queries: Callable[..., object]) -> None:
    client = as_("worker")
    client.get(f"/families/{gao.number}")
    # Session, account, viewer and the reading that is kept; the savepoints are the test's own.
    with django_assert_max_num_queries(16) as counted:
        client.get(f"/families/{gao.number}")
    asked = [one["sql"] for one in counted.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 8, "\n".join(sql[:90] for sql in asked)


def test_lists_ones_own_cases_that_are_in_no_family_yet_with_the_way_to_attach_them(
    gao: Gao, django_assert_max_num_queries: Callable[..., object]
) -> None:
    case = Matter.objects.get(id=gao.files["child"])
    assert "還沒掛上家庭" not in as_("worker").get("/families").content.decode()
    Matter.objects.filter(id=case.id).update(family_id=None)
    client = as_("worker")
    with django_assert_max_num_queries(12) as counted:
        page = client.get("/families").content.decode()
    asked = [one["sql"] for one in counted.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 8, "\n".join(sql[:90] for sql in asked)
    assert "還沒掛上家庭" in page
    assert f'href="/cases/{case.number}/family"' in page
    assert client.get(f"/cases/{case.number}/family").status_code == 200
    assert "還沒掛上家庭" not in as_("worker2").get("/families").content.decode()


def test_counts_in_and_out_and_splits(world: World, gao: Gao) -> None:
    client = as_("worker")
    answer = client.post(f"/families/{gao.number}/count-out", {"person": str(gao.people["aunt"]), "on": ""})
    assert answer.status_code == 302
    client.get("/families")  # takes the sentence that names her
    assert "余文君" not in client.get(f"/families/{gao.number}").content.decode()
    answer = client.post(f"/families/{gao.number}/count-in", {"person": str(gao.people["aunt"]), "on": "115/3/8"})
    assert answer.status_code == 302
    assert "余文君" in client.get(f"/families/{gao.number}").content.decode()
    answer = client.post(f"/families/new?continues={gao.number}", {"label": "阮氏秋蓮家"}, follow=True)
    assert "阮氏秋蓮家開好了" in answer.content.decode()


def test_lists_my_families_with_their_next_step(gao: Gao) -> None:
    page = as_("worker").get("/families").content.decode()
    assert "你手上有" in page
    assert "高玉蘭家" in page
    assert "高玉蘭家" not in as_("worker2").get("/families").content.decode()


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_is_clean_on_desk_and_phone(
    live: str, page: Page, axe: Callable[[Page], list[str]], log_in: Callable[[Page, str], None], language: str
) -> None:
    clock.set_offset(NOW - clock.now())
    try:
        faults = _looked_at(live, page, axe, log_in, language)
    finally:
        clock.set_offset(clock.now() - clock.now())
    assert faults == []


def _looked_at(
    live: str, page: Page, axe: Callable[[Page], list[str]], log_in: Callable[[Page, str], None], language: str
) -> list[str]:
    from django.db import transaction

    with transaction.atomic():
        gao = build_gao(build_world(), joined=True)
        get_user_model().objects.update(language=language)
    log_in(page, "worker")
    faults = []
    for name, address in [
        ("families", "/families"), ("family", f"/families/{gao.number}"),
        ("count-in", f"/families/{gao.number}/count-in"),
        ("person", f"/people/{gao.people['mother']}"), ("address", f"/people/{gao.people['mother']}/add/address"),
        ("search", "/people/search"),
    ]:  # fmt: skip
        answer = page.goto(live + address)
        assert answer
        faults += [] if answer.status == 200 else [f"{name}: {answer.status}"]
        faults += _faults(page, axe, name, language)
    page.goto(f"{live}/people/search")
    page.locator("main input[name=q]").fill("秋蓮")
    follow(page, page.locator("main form button").click)
    faults += _faults(page, axe, "found", language)
    page.goto(f"{live}/people/{gao.people['mother']}")
    follow(page, page.locator("form[action$=safety] button").click)
    faults += _faults(page, axe, "opened", language)
    page.goto(f"{live}/people/{gao.people['mother']}/add/contact")
    follow(page, page.locator("main form button").click)
    return faults + _faults(page, axe, "refused", language)


def _faults(page: Page, axe: Callable[[Page], list[str]], name: str, language: str) -> list[str]:
    """What is wrong with the page as it stands, at three widths, once it is whole: a form may just have been sent."""
    page.wait_for_load_state()
    faults = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        faults += [f"{name} {width}: {over}px too wide"] if over > 0 else []
        faults += [f"{name} {width}: small target {found}" for found in page.evaluate(SMALL_TARGETS)]
        keep_picture(page, f"{name}-{language}-{width}")
    faults += [f"{name}: {one}" for one in axe(page) + page.evaluate(COLOUR_LAW)]
    if language == "zh-hant":
        texts = page.evaluate(TEXTS)
        faults += [f"{name}: typed space: {text}" for text in texts if TYPED_SPACE.search(text)]
        faults += [f"{name}: half-width: {text}" for text in texts if HALF_WIDTH.search(text)]
    return faults


def violence(world: World, gao: Gao) -> None:
    """The mother's case says that the father did it; both stand in her file, on their sides."""
    world.viewer("adult_worker")
    Case.objects.filter(id=gao.files["violence"]).update(circle="victim")
    mother, father = gao.people["mother"], gao.people["father"]
    involve(file_id=gao.files["violence"], person_id=mother, circle="victim", by=world.viewer("adult_worker"))
    involve(file_id=gao.files["violence"], person_id=father, circle="other", by=world.viewer("adult_worker"))
    CaseSubject.objects.create(
        id=uuid7(), matter_id=gao.files["violence"], person_id=mother, role="victim", since_on=NOW.date(),
        must_see_after=NOW, recorded_at=NOW,
    )  # fmt: skip


def test_draws_who_did_violence_only_to_whoever_reads_the_victims_case(world: World, gao: Gao) -> None:
    violence(world, gao)
    hers = as_("adult_worker").get(f"/families/{gao.number}").content.decode()
    assert 'class="harm head"' in hers
    assert re.sub(r"</?span[^>]*>", "", hers).count("受余文彬暴力") == 2
    assert "對阮氏秋蓮有暴力" in re.sub(r"</?span[^>]*>", "", hers)
    for key in ("worker", "welfare_worker"):
        theirs = as_(key).get(f"/families/{gao.number}").content.decode()
        assert 'class="harm' not in theirs
        assert "暴力" not in re.sub(r"</?span[^>]*>", "", theirs).replace("親密關係暴力", "")


def test_marks_one_lane_where_one_worker_holds_a_case_and_its_placement(world: World, gao: Gao) -> None:
    by = world.viewer("worker")
    unit, worker = world.units["protection"], world.workers["worker"]
    matters.open_matter(
        kind=MatterKind.COORDINATION, county="99001", accountable_id=unit, acting=Holder(unit, worker),
        opened_at=NOW, event="coordination.opened", facts={}, by=by, family_id=gao.family_id,
    )  # fmt: skip
    before = as_("worker").get(f"/families/{gao.number}").content.decode()
    matters.open_matter(
        kind=MatterKind.PLACEMENT, county="99001", accountable_id=unit, acting=Holder(unit, worker), opened_at=NOW,
        event="case.opened", facts={"kind": "child_protection"}, by=by, family_id=gao.family_id,
    )  # fmt: skip
    page = as_("worker").get(f"/families/{gao.number}").content.decode()
    assert page.count('class="lane') > before.count('class="lane')
    assert page.count('class="lane first"') == 1


def test_says_who_lives_where_in_one_sentence_a_household(world: World, gao: Gao) -> None:
    by = world.viewer("worker")
    everybody = Person.objects.filter(id__in=FamilyMember.objects.filter(family__number=gao.number).values("person_id"))
    alone, other = everybody.order_by("born_earliest")[:2]
    day = NOW.date()
    first = actions.put_in_household(person_id=alone.id, source="register", since_on=day, by=by, at=NOW)
    page = as_("worker").get(f"/families/{gao.number}").content.decode()
    said = re.sub(r"<[^>]*>", "", page)
    assert re.search(rf"戶籍，[^：]*：所知只有{alone.name}", said)
    assert "另有" not in said
    assert "沒有" not in said.split("誰在這個家")[0].split("開檔")[1]
    actions.put_in_household(
        person_id=other.id, household_id=first.household_id, source="register", since_on=day, by=by, at=NOW
    )
    said = re.sub(r"<[^>]*>", "", as_("worker").get(f"/families/{gao.number}").content.decode())
    assert re.search(r"戶籍，[^：]*：同住2人，", said)


def test_names_the_lead_with_the_reason_to_every_unit_that_serves_the_family(world: World, gao: Gao) -> None:
    by = world.viewer("worker")
    made = open_coordination(
        family_id=gao.family_id, county="99001", accountable_id=world.units["protection"],
        lead=Holder(world.units["protection"], world.workers["worker"]), by=by, at=NOW, minors_home="yes",
        kinds=("child_protection", "vulnerable_family"),
    )  # fmt: skip
    number = Matter.objects.get(id=made.id).number
    for who, reads_plan in (("worker", True), ("adult_worker", True), ("adult_supervisor", False)):
        page = as_(who).get(f"/families/{gao.number}").content.decode()
        assert "簡伯勳" in page.split("接下來")[0], who
        assert "有進行中之兒少保護案？是" in page
        assert "/policy/family.lead?on=2026-03-10" in page
        assert "還沒有定家庭主責" not in page
        assert (f"/leads/{number}" in page) == reads_plan, who


def test_says_for_which_file_where_one_worker_owes_the_same_step_twice(world: World, gao: Gao) -> None:
    by = world.viewer("worker")
    page = as_("worker").get(f"/families/{gao.number}").content.decode()
    assert "安排訪視（" not in page
    second = matters.open_matter(
        kind=MatterKind.PLACEMENT, county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=NOW, event="case.opened",
        facts={"kind": "child_protection"}, by=by, family_id=gao.family_id,
    )  # fmt: skip
    matters.set_step(matter_id=second.id, code="visit", due_at=NOW + timedelta(days=3), by=by, at=NOW)
    page = as_("worker").get(f"/families/{gao.number}").content.decode()
    assert "安排訪視（兒少保護）" in page
    assert "安排訪視（安置）" in page
