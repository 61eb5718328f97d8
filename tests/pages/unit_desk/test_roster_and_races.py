"""Roster, leave and gaps; what a chief sees; whoever is second is told."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anwang.directory.models import Absence, Shift
from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.queries import desks_and_gaps
from anwang.matters.states import OfferKind
from tests.pages.unit_desk.test_unit_desk import as_, plain, reviewed
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def hands(at):
    return at(after(60))


@pytest.fixture
def world(hands) -> World:
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def missed(world: World, begin: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    _desks, gaps = desks_and_gaps(world.viewer("supervisor"), [world.units["protection"]], begin, end)
    return [(since, until) for _desk, _name, since, until in gaps]


def test_misses_nobody_at_the_countys_desk_while_offices_are_open(world: World) -> None:
    monday, tuesday = (datetime(2026, 3, day, 12, tzinfo=clock.TAIPEI) for day in (9, 10))
    assert missed(world, monday, tuesday) == [(monday.replace(hour=17, minute=30), tuesday.replace(hour=8))]


def test_misses_somebody_where_the_one_on_the_roster_is_on_leave(world: World) -> None:
    saturday, night = (datetime(2026, 3, 14, hour, tzinfo=clock.TAIPEI) for hour in (8, 20))
    Shift.objects.create(
        desk_id=world.desk, worker_id=world.workers["worker"], rank=1, starts_at=saturday, ends_at=night
    )
    assert missed(world, saturday, night) == []
    by = world.viewer("supervisor")
    actions.add_absence(
        worker_id=world.workers["worker"], covered_by_id=world.workers["worker2"], kind="leave", by=by,
        starts_at=saturday.replace(hour=12), ends_at=night,
    )  # fmt: skip
    assert missed(world, saturday, night) == [(saturday.replace(hour=12), night)]


def test_shows_gaps_and_adds_a_shift_and_leave(world: World) -> None:
    client = as_("supervisor")
    assert "缺人" in client.get("/unit/roster").content.decode()
    shift = {"shift-desk": str(world.desk), "shift-worker": str(world.workers["worker2"]), "shift-rank": "1",
             "shift-starts_at_day": "115/3/8", "shift-starts_at_time": "08:40", "shift-ends_at_day": "115/3/8",
             "shift-ends_at_time": "20:00", "add_shift": "1"}  # fmt: skip
    assert client.post("/unit/roster", shift).status_code == 302
    assert Shift.objects.filter(worker_id=world.workers["worker2"]).exists()
    leave = {"absence-worker": str(world.workers["worker"]), "absence-covered_by": str(world.workers["worker2"]),
             "absence-kind": "leave", "absence-starts_at_day": "115/3/9", "absence-starts_at_time": "08:00",
             "absence-ends_at_day": "115/3/10", "absence-ends_at_time": "18:00", "add_absence": "1"}  # fmt: skip
    assert client.post("/unit/roster", leave).status_code == 302
    assert Absence.objects.count() == 1


def test_shows_a_chief_figures_and_not_names(world: World, hands) -> None:
    matter = held_by(world, "worker", accountable="social")
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="phone", due_at=after(90), by=by, at=after(5))
    hands.advance(timedelta(hours=30))
    page = as_("chief").get("/unit/work").content.decode()
    assert "簡伯勳・" not in page
    assert "逾期" in page


def test_shows_a_chief_the_units_below_without_names(world: World, hands) -> None:
    matter = held_by(world, "worker")
    actions.set_step(
        matter_id=matter.id, code="visit", due_at=after(70), by=world.viewer("worker"), at=after(5)
    )  # fmt: skip
    hands.advance(timedelta(hours=2))
    client = as_("chief")
    page = client.get("/unit/work").content.decode()
    assert matter.number in page
    assert "家防中心兒保組</a>" in page
    assert "簡伯勳" not in page
    assert "/today/duties/" not in page
    assert matter.number not in client.get("/unit/work?unit=welfare").content.decode()
    client.get("/unit/work")
    with CaptureQueriesContext(connection) as queries:
        client.get("/unit/work")
    said = [one["sql"] for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(said) <= 8, "\n".join(said)
    assert "家防中心成保組" not in as_("supervisor").get("/unit/work").content.decode()


def test_tells_the_second_supervisor_that_the_first_answered(world: World) -> None:
    matter = held_by(world, "worker")
    sent = actions.offer(
        matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=world.units["welfare"], topic="parenting", at=after(10),
        by=world.viewer("worker"),
    )  # fmt: skip
    first, second = as_("welfare_supervisor"), as_("welfare_supervisor")
    path, answer = f"/unit/offers/{sent.id}", {"accept": "yes", "worker": str(world.workers["welfare_worker"])}
    assert second.get(path).status_code == 200
    assert first.post(path, answer).status_code == 302
    late = second.post(path, answer)
    assert late.status_code == 409
    assert "這個請求剛剛已經有人回覆或撤回。" in plain(late)
    assert as_("adult_supervisor").post(path, answer).status_code == 404


@pytest.mark.parametrize("do", ["return", "approve"])
def test_gives_back_the_words_of_who_decided_second(world: World, do: str) -> None:
    review = reviewed(world)
    path = f"/unit/reviews/{review.id}"
    assert as_("supervisor").post(path, {"do": "approve"}).status_code == 302
    late = as_("supervisor").post(path, {"do": do, "words": "補照片"})
    assert late.status_code == 409
    assert "這件送審剛剛已經有人決定或撤回。" in plain(late)
    assert "你寫的沒有送出，可以抄走：補照片" in plain(late)
    assert as_("supervisor").post(path, {"do": "approve"}).status_code == 409


def test_tells_the_second_ruling_that_the_first_stands(world: World) -> None:
    matter = held_by(world, "worker")
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="phone", due_at=after(300), by=by, at=after(5))
    filed = actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=world.units["welfare"], topic="kind", words="是支持需求。",
        by=world.viewer("supervisor"), at=after(20),
    )  # fmt: skip
    path = f"/unit/disputes/{filed.id}"
    ruling = {"unit": str(world.units["protection"]), "words": "依訪視。", "principle": "有傷由家防主責。",
              "at_day": "115/3/8", "at_time": "00:30", "rule": "1"}  # fmt: skip
    assert as_("chief").post(path, ruling).status_code == 302
    assert as_("chief").post(path, ruling).status_code == 409
    assert as_("chief").get(path).status_code == 404
    assert as_("adult_supervisor").post(path, ruling).status_code == 404
