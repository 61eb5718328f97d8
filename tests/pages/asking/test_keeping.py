"""Give on within the unit, enter a commission, swap a shift, one's own leave."""

from datetime import datetime

import pytest

from anwang.directory.models import Absence, Contract, Shift
from anwang.foundation import clock
from anwang.matters.models import Matter
from tests.pages.asking.test_asking import as_, statements
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

pytestmark = pytest.mark.django_db
TERM = {
    "number": "委115-07",
    "service": "家庭處遇",
    "posts": "3",
    "starts_on": "115年3月1日",
    "last_on": "115年12月31日",
}


@pytest.fixture
def world(at) -> World:
    at(after(60))
    return build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))


def given_on(world: World, who: str) -> dict[str, str]:
    return {"to": f"w{world.workers[who]}", "at_day": "115/3/8", "at_time": "00:30", "since": NIGHT.isoformat()}


def test_gives_on_to_a_colleague_or_the_desk(world: World) -> None:
    matter = held_by(world, "worker")
    client, path = as_("supervisor"), f"/matters/{matter.number}/reassign"
    page = client.get(path).content.decode()
    assert "徐意涵" in page
    assert "夜間值班台" in page
    assert client.post(path, {**given_on(world, "worker2"), "to": ""}).status_code == 422
    assert client.post(path, given_on(world, "welfare_worker")).status_code == 422
    assert client.post(path, given_on(world, "worker2")).status_code == 302
    assert Matter.objects.get(id=matter.id).acting_worker_id == world.workers["worker2"]
    again = client.post(path, {**given_on(world, "worker"), "at_time": "00:35"})
    assert again.status_code == 422
    assert "剛才已經有人交接" in again.content.decode()


def test_shows_what_each_carries_and_who_is_on_leave_before_one_is_chosen(world: World) -> None:
    matter = held_by(world, "worker")
    held_by(world, "worker2", kind="case")
    held_by(world, "worker2", kind="case", opened_at=after(1))
    Absence.objects.create(
        worker_id=world.workers["worker2"], covered_by_id=world.workers["supervisor"], kind="leave",
        starts_at=NIGHT - hours(4), ends_at=NIGHT + hours(40),
    )  # fmt: skip
    page = as_("supervisor").get(f"/matters/{matter.number}/reassign").content.decode()
    assert "徐意涵・2件・請假中" in page


def test_refuses_to_give_on_what_is_not_ones_own(world: World) -> None:
    matter = held_by(world, "worker")
    path = f"/matters/{matter.number}/reassign"
    assert as_("worker").get(path).status_code == 403
    assert as_("adult_supervisor").get(path).status_code == 404
    assert as_("worker").post(path, given_on(world, "worker2")).status_code == 403


def test_enters_a_commission_to_the_end_of_its_last_day(world: World) -> None:
    client = as_("supervisor")
    parties = {"authority": str(world.units["protection"]), "ngo": str(world.units["ngo"])}
    assert client.get("/unit/contracts/new").status_code == 200
    assert "/unit/contracts/new" in client.get("/unit/contracts").content.decode()
    assert client.post("/unit/contracts/new", {**TERM, **parties, "ngo": str(world.units["adult"])}).status_code == 422
    late = client.post("/unit/contracts/new", {**TERM, **parties, "last_on": "115年2月1日"})
    assert "最後一天不能早於第一天" in late.content.decode()
    assert client.post("/unit/contracts/new", {**TERM, **parties}).status_code == 302
    made = Contract.objects.get()
    assert made.posts == 3
    assert made.ends_at == datetime(2027, 1, 1, tzinfo=clock.TAIPEI)
    assert client.post("/unit/contracts/new", {**TERM, **parties}).status_code == 422
    assert as_("worker").get("/unit/contracts/new").status_code == 403


def test_refuses_a_commission_for_another_authority(world: World) -> None:
    parties = {"authority": str(world.units["welfare"]), "ngo": str(world.units["ngo"])}
    assert as_("supervisor").post("/unit/contracts/new", {**TERM, **parties}).status_code == 422
    assert not Contract.objects.exists()


def test_swaps_a_shift_that_has_not_begun(world: World) -> None:
    coming = Shift.objects.create(
        desk_id=world.desk, worker_id=world.workers["worker"], starts_at=after(900), ends_at=after(1400)
    )
    path = f"/unit/roster/{coming.id}/swap"
    client = as_("supervisor")
    assert path in client.get("/unit/roster").content.decode()
    assert "原來是簡伯勳" in client.get(path).content.decode()
    assert client.post(path, {"worker": ""}).status_code == 422
    assert client.post(path, {"worker": str(world.workers["worker2"])}).status_code == 302
    assert Shift.objects.get(id=coming.id).worker_id == world.workers["worker2"]
    assert as_("worker").get(path).status_code == 403
    assert as_("adult_supervisor").get(path).status_code == 404


def test_refuses_to_swap_a_shift_that_has_begun(world: World) -> None:
    running = Shift.objects.get()
    answer = as_("supervisor").post(f"/unit/roster/{running.id}/swap", {"worker": str(world.workers["worker2"])})
    assert answer.status_code == 422
    assert "請用值班交接" in answer.content.decode()


def test_writes_ones_own_leave_with_a_cover_of_the_unit(world: World) -> None:
    leave = {
        "covered_by": str(world.workers["worker2"]), "kind": "leave", "starts_at_day": "115/3/9",
        "starts_at_time": "08:00", "ends_at_day": "115/3/10", "ends_at_time": "17:00",
    }  # fmt: skip
    client = as_("worker")
    assert client.get("/away").status_code == 200
    assert client.post("/away", {**leave, "ends_at_day": "115/3/8"}).status_code == 422
    assert client.post("/away", {**leave, "covered_by": str(world.workers["adult_worker"])}).status_code == 422
    assert client.post("/away", leave).status_code == 302
    assert Absence.objects.get().covered_by_id == world.workers["worker2"]
    assert client.post("/away", leave).status_code == 422


@pytest.mark.parametrize("path", ["/unit/contracts/new", "/away"])
def test_needs_at_most_eight_statements(world: World, path: str) -> None:
    assert len(statements(as_("supervisor"), path)) <= 8


def test_gives_on_in_at_most_eight_statements(world: World) -> None:
    matter = held_by(world, "worker")
    assert len(statements(as_("supervisor"), f"/matters/{matter.number}/reassign")) <= 8


def test_swaps_in_at_most_eight_statements(world: World) -> None:
    later = Shift.objects.create(
        desk_id=world.desk, worker_id=world.workers["worker"], starts_at=after(900), ends_at=after(1400)
    )
    assert len(statements(as_("supervisor"), f"/unit/roster/{later.id}/swap")) <= 8
