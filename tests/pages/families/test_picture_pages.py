"""The family's pictures at any date, what each source says, and a page that stays quick with twenty units."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from anwang.access.actions import grant, worker_key
from anwang.audit.models import Reading
from anwang.cases.models import Case, Contact, ContactServes, Note
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.states import MatterKind
from anwang.people import actions, queries
from tests.pages.families.gao import NOW, Gao, build_gao
from tests.pages.families.test_family_page import as_
from tests.world import World, build_world


@pytest.fixture
def world(db: None, at: Callable[[object], object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def gao(world: World) -> Gao:
    return build_gao(world, joined=True)


def said(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page))


def test_shows_the_family_as_it_was_on_a_day(world: World, gao: Gao) -> None:
    by, client = world.viewer("worker"), as_("worker")
    home = f"/families/{gao.number}/picture"
    now = client.get(home).content.decode()
    assert "余子睿" in now
    assert 'class="ecomap' in now
    assert Reading.objects.filter(what="families.family").exists()
    actions.count_out(family_id=gao.family_id, person_id=gao.people["aunt"], until_on=date(2026, 3, 1), by=by, at=NOW)
    assert "余文君" not in client.get(home).content.decode()
    before = client.get(f"{home}?on=115/2/20").content.decode()
    assert "余文君" in before
    assert "115年2月20日" in said(before) or "2月20日" in said(before)
    # 2018: nobody was counted in yet, and the boy was not born.
    long_ago = client.get(f"{home}?on=107/1/1")
    assert "余子睿" not in long_ago.content.decode()
    assert client.get(f"{home}?on=昨天").status_code == 422


def test_ages_and_deaths_are_those_of_the_day(world: World, gao: Gao) -> None:
    by = world.viewer("worker")
    then = {one.name: one for one in queries.family_page(by, gao.number, date(2026, 1, 5)).people}
    now = {one.name: one for one in queries.family_page(by, gao.number).people}
    assert now["余金水"].is_dead
    assert then["高玉蘭"].age == "67"
    assert now["高玉蘭"].age == "68"


def test_says_what_is_unknown_or_told_differently(world: World, gao: Gao) -> None:
    by = world.viewer("worker")
    actions.relate(person_id=gao.people["father"], relation="step_parent", to_id=gao.people["boy"], source="register",
                   by=by, at=NOW)  # fmt: skip
    lodger = actions.add_person(name="某甲", by=by, at=NOW, file_id=gao.files["child"])
    actions.count_in(family_id=gao.family_id, person_id=lodger.id, by=by, at=NOW)
    page = as_("worker").get(f"/families/{gao.number}/picture").content.decode()
    plain = said(page)
    assert "說法不同" in plain
    assert "和家人的關係還不知道" in plain
    assert 'class="tie loose"' in page


def test_puts_what_sources_say_beside_each_other(world: World, gao: Gao) -> None:
    by, girl = world.viewer("worker"), gao.people["aunt"]
    day = NOW.date()
    with pytest.raises(BadInput, match="依據"):
        actions.state(person_id=girl, topic="labour", source="labour", value="在保", fetched_on=day, by=by, at=NOW)
    first = actions.state(person_id=girl, topic="labour", source="labour", value="在保", fetched_on=day, by=by, at=NOW,
                          ground="社會救助法第44條之3，望社字第1號")  # fmt: skip
    actions.state(person_id=girl, topic="labour", source="said", value="沒有工作", fetched_on=day, by=by, at=NOW)
    (topic,) = queries.statements(by, [girl])
    assert topic.differs
    assert [one.source for one in topic.said] == ["家人自述", "勞保局"]
    page = said(as_("worker").get(f"/families/{gao.number}/picture").content.decode())
    for words in ("說法不同", "沒有工作", "在保", "望社字第1號"):
        assert words in page
    by = world.viewer("worker")
    actions.state(person_id=girl, topic="labour", source="labour", value="沒有工作", fetched_on=day, by=by, at=NOW,
                  ground="查詢更正", corrects_id=first.id)  # fmt: skip
    (topic,) = queries.statements(by, [girl])
    assert not topic.differs
    answers = {"topic": "support", "source": "said", "value": "永樂教會", "fetched_on": "115/3/8"}
    assert as_("worker").post(f"/people/{girl}/add/statement", answers).status_code == 302
    assert "永樂教會" in as_("worker").get(f"/families/{gao.number}/picture").content.decode()


def test_says_no_place_of_whoever_hides_without_the_safety_zone(world: World, gao: Gao) -> None:
    by, mother, day = world.viewer("worker"), gao.people["mother"], NOW.date()
    for topic, value in (("school", "青嵐國小"), ("income", "中低收入")):
        actions.state(person_id=mother, topic=topic, source="said", value=value, fetched_on=day, by=by, at=NOW)
    assert {one.code for one in queries.statements(by, [mother])} == {"school", "income"}
    grant(file_id=gao.files["child"], holder=worker_key(world.workers["worker2"]), zones=("work", "case"),
          because="joining", by=by, at=NOW)  # fmt: skip
    colleague = world.viewer("worker2")
    assert {one.code for one in queries.statements(colleague, [mother])} == {"income"}
    assert queries.statements(world.viewer("nurse"), [mother]) == ()


def test_is_not_there_for_a_stranger(gao: Gao) -> None:
    assert as_("worker2").get(f"/families/{gao.number}/picture").status_code == 404


def crowd(world: World, gao: Gao, units: int = 20, entries: int = 1000) -> None:
    """Twenty files of the family, each known to 簡伯勳, and a thousand contacts and notes of the last year."""
    by = world.viewer("worker")
    unit, worker = world.units["protection"], world.workers["worker"]
    files = []
    for n in range(units):
        opened = NOW - timedelta(days=300 + n)
        matter = matters.open_matter(
            kind=MatterKind.CASE, county="99001", accountable_id=unit, acting=Holder(unit, worker), opened_at=opened,
            event="case.opened", facts={"kind": "vulnerable_family"}, by=by, family_id=gao.family_id,
        )  # fmt: skip
        Case.objects.create(
            id=matter.id, kind="vulnerable_family", phase="investigating", received_at=opened, recorded_at=opened
        )
        files.append(matter.id)
    when = [NOW - timedelta(hours=8 * n + 1) for n in range(entries)]
    contacts = [
        Contact(id=uuid7(), matter_id=files[n % units], method="home", outcome="met" if n % 3 else "not_met",
                place_kind="home", started_at=at, by_id=worker, unit_id=unit, recorded_at=at, written_by=worker)
        for n, at in enumerate(when[: entries // 2])
    ]  # fmt: skip
    Contact.objects.bulk_create(contacts)
    ContactServes.objects.bulk_create(
        [ContactServes(contact=one, matter_id=one.matter_id, recorded_at=one.started_at) for one in contacts]
    )  # fmt: skip
    Note.objects.bulk_create(
        [Note(id=uuid7(), matter_id=files[n % units], text=f"第{n}則", at=at, by_id=worker, unit_id=unit,
              recorded_at=at) for n, at in enumerate(when[entries // 2 :])]
    )  # fmt: skip


@pytest.mark.parametrize("path", ["", "/picture"])
def test_asks_no_more_with_twenty_units_and_a_thousand_entries(
    world: World, gao: Gao, path: str, django_assert_max_num_queries: Callable[..., object]
) -> None:
    crowd(world, gao)
    client = as_("worker")
    client.get(f"/families/{gao.number}{path}")
    with django_assert_max_num_queries(16) as counted:
        page = client.get(f"/families/{gao.number}{path}").content.decode()
    asked = [one["sql"] for one in counted.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(asked) <= 8, "\n".join(sql[:90] for sql in asked)
    if not path:
        assert page.count('<li class="lane') == 23
        assert "的更早" not in page
        assert page.count('<li class="row"><p class="when">') <= 11
