"""Places are counted without saying who; a full one takes nobody; moves and ends free them."""

from datetime import timedelta

import pytest
from django.db import connection

from anwang.cases.actions import Place, end_placement, place
from anwang.cases.models import Placement
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters.models import Duty
from anwang.placements import queries
from anwang.placements.actions import (
    Over,
    ProviderGiven,
    WantedPlace,
    choose_place,
    close_places,
    close_provider,
    end_wait,
    license_places,
    move_to_place,
    register_provider,
    want_place,
)
from anwang.placements.models import Stay, Waiting
from anwang.placements.rooms import room
from tests.unit.placements.conftest import Placed, provider

pytestmark = pytest.mark.django_db


def free(one) -> int:  # type: ignore[no-untyped-def]
    places, closed, taken = room(one, clock.now())
    return places - closed - taken


def open_duties(placed: Placed) -> set[str]:
    return set(Duty.objects.filter(matter_id=placed.placement, state="open").values_list("rule_id", flat=True))


def test_a_home_is_kept_by_a_handle_only(placed: Placed) -> None:
    given = ProviderGiven(county="99001", kind="foster", handle="寄養-9009", name="某某家")
    with pytest.raises(BadInput):
        register_provider(given=given, places=1, by=placed.office.be("supervisor"), at=clock.now())


def test_a_worker_does_not_keep_the_register_nor_a_supervisor_of_another_county(placed: Placed) -> None:
    given = ProviderGiven(county="99001", kind="institution", handle="院-9010")
    with pytest.raises(Refused):
        register_provider(given=given, places=1, by=placed.worker(), at=clock.now())
    other = ProviderGiven(county="99002", kind="institution", handle="院-9010")
    with pytest.raises(Refused):
        register_provider(given=other, places=1, by=placed.office.be("supervisor"), at=clock.now())


def test_whoever_places_nobody_does_not_see_supply(placed: Placed) -> None:
    for key in ("ngo_worker", "nurse", "clerk", "administrator"):
        with pytest.raises(Refused):
            queries.supply(placed.office.be(key), clock.today())


def test_the_last_place_is_taken_once(placed: Placed) -> None:
    choose_place(placement_id=placed.placement, provider_id=placed.foster, by=placed.worker())
    assert free(placed.foster) == 0
    office = placed.office
    where = Place("foster", "child_56", clock.now())
    second = place(case_id=placed.case.id, person_id=office.girl, where=where, by=placed.worker())
    with pytest.raises(Refused):
        choose_place(placement_id=second.id, provider_id=placed.foster, by=placed.worker())
    wrong, agreed = Over("siblings", office.workers["worker2"]), Over("siblings", office.workers["supervisor"])
    with pytest.raises(BadInput):
        choose_place(placement_id=second.id, provider_id=placed.foster, by=placed.worker(), over=wrong)
    choose_place(placement_id=second.id, provider_id=placed.foster, by=placed.worker(), over=agreed)
    assert Stay.objects.get(placement_id=second.id).over_because == "siblings"


def test_a_place_of_another_kind_or_a_second_place_is_refused(placed: Placed) -> None:
    with pytest.raises(BadInput):
        choose_place(placement_id=placed.placement, provider_id=placed.home, by=placed.worker())
    choose_place(placement_id=placed.placement, provider_id=placed.foster, by=placed.worker())
    with pytest.raises(Conflict):
        choose_place(placement_id=placed.placement, provider_id=placed.foster, by=placed.worker())


def test_closed_places_and_new_licences_count_from_their_day(placed: Placed) -> None:
    by, today = placed.office.be("supervisor"), clock.today()
    close_places(provider_id=placed.home, places=1, from_on=today, until_on=today, because="repairs", by=by)
    license_places(provider_id=placed.home, places=4, from_on=today + timedelta(days=2), by=by)
    lines = {
        days: next(one for one in queries.supply(by, today + timedelta(days=days)) if one.id == placed.home)
        for days in (0, 1, 2)
    }  # fmt: skip
    assert [(lines[n].places, lines[n].free) for n in (0, 1, 2)] == [("2", "1"), ("2", "2"), ("4", "4")]


def test_moving_frees_one_place_and_takes_another_and_the_limit_goes_on(placed: Placed) -> None:
    choose_place(placement_id=placed.placement, provider_id=placed.foster, by=placed.worker())
    limit = Duty.objects.get(matter_id=placed.placement, rule_id="placement.emergency_limit", state="open").due_at
    placed.office.hands.advance(timedelta(hours=20))
    move_to_place(
        placement_id=placed.placement, provider_id=placed.home, because="found_out", by=placed.worker(), at=clock.now()
    )
    assert (free(placed.foster), free(placed.home)) == (1, 1)
    assert Placement.objects.get(id=placed.placement).kind == "institution"
    still = Duty.objects.get(matter_id=placed.placement, rule_id="placement.emergency_limit", state="open")
    assert still.due_at == limit
    assert {"placement.move_told", "placement.visit_first"} <= open_duties(placed)
    with pytest.raises(BadInput):
        move_to_place(
            placement_id=placed.placement, provider_id=placed.home, because="wish", by=placed.worker(), at=clock.now()
        )


def test_a_placement_that_ends_frees_its_place(placed: Placed) -> None:
    choose_place(placement_id=placed.placement, provider_id=placed.foster, by=placed.worker())
    with pytest.raises(Refused):
        close_provider(provider_id=placed.foster, on=clock.today(), by=placed.office.be("supervisor"))
    placed.office.hands.advance(timedelta(hours=2))
    end_placement(placement_id=placed.placement, reason="ended", by=placed.worker(), at=clock.now())
    assert free(placed.foster) == 1
    close_provider(provider_id=placed.foster, on=clock.today(), by=placed.office.be("supervisor"))


def test_who_waits_is_a_duty_until_a_place_is_chosen(placed: Placed) -> None:
    wanted = WantedPlace("foster", ("infant",), is_urgent=True)
    want_place(case_id=placed.case.id, person_id=placed.office.boy, wanted=wanted, by=placed.worker(), at=clock.now())
    owed = Duty.objects.filter(matter_id=placed.case.id, state="open", rule_id="placement.wanted_now")
    assert owed.count() == 1
    placement, needed, _name = queries.needed_for(placed.worker(), placed.placement)
    lines = queries.supply(placed.worker(), clock.today(), needed=needed)
    assert lines[0].id == placed.foster
    assert lines[0].against == ()
    assert next(one for one in lines if one.id == placed.home).against
    choose_place(placement_id=placement.id, provider_id=placed.foster, by=placed.worker())
    assert not owed.exists()
    assert Waiting.objects.get().ended_how == "placed"


def test_a_wait_may_end_without_a_place(placed: Placed) -> None:
    by, now = placed.worker(), clock.now()
    one = want_place(case_id=placed.case.id, person_id=placed.office.girl, wanted=WantedPlace(), by=by, at=now)
    assert [line.name for line in queries.waiting(by)] == ["陳小樂"]
    end_wait(waiting_id=one.id, how="home", by=by, at=now)
    assert queries.waiting(placed.worker()) == ()
    with pytest.raises(Conflict):
        end_wait(waiting_id=one.id, how="home", by=placed.worker(), at=now)


def test_a_secret_place_says_only_whether_there_is_room(placed: Placed) -> None:
    hidden = provider(placed.office, "emergency_centre", "隱-9003", 3, is_secret=True)
    line = next(one for one in queries.supply(placed.worker(), clock.today()) if one.id == hidden)
    assert (line.places, line.free, line.name, line.room) == ("", "", "", "free")


@pytest.mark.parametrize("key", ["adult_worker", "welfare_worker", "ngo_worker", "nurse", "clerk", "chief", "screener"])
def test_where_he_is_nobody_else_reads(placed: Placed, key: str) -> None:
    choose_place(placement_id=placed.placement, provider_id=placed.foster, by=placed.worker())
    viewer = placed.office.be(key)
    assert Stay.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM placements_stay")
        assert cursor.fetchone()[0] == 0
    with pytest.raises((Refused, queries.NotFound)):
        queries.whereabouts(viewer, placed.placement)


def test_his_worker_reads_where_he_is_and_it_is_traced(placed: Placed) -> None:
    choose_place(placement_id=placed.placement, provider_id=placed.foster, by=placed.worker())
    found = queries.whereabouts(placed.worker(), placed.placement)
    assert found.stays[0][0] == "寄養-9001"
