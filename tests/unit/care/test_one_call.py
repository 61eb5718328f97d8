"""One coming home, told by the prison at the front desk and by his own worker: she is called once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from anwang.care import actions, queries
from anwang.care.models import Departure, Homecoming
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.errors import Conflict
from anwang.matters.models import Duty
from anwang.referrals import actions as referrals
from anwang.referrals.models import ReleaseNotice
from tests.unit.care.centre import Centre

pytestmark = pytest.mark.django_db

HOME = datetime(2026, 3, 20, 9, tzinfo=clock.TAIPEI)
CALL = "homecoming.call"


def noticed(centre: Centre, **more: object) -> None:
    """The prison's letter, entered at the front desk."""
    given: dict[str, object] = {
        "source": "prison", "from_whom": "望潮監獄", "who": "陳志豪", "born_on": date(1990, 2, 3),
        "received_at": clock.now(), "home_at": HOME,
    }  # fmt: skip
    referrals.take_notice(given=referrals.NoticeIn(**(given | more)), by=centre.be("screener"))  # type: ignore[arg-type]


def leaves(centre: Centre, his: Case, expected_at: datetime = HOME) -> Departure:
    """The same, as his own worker heard it."""
    told = actions.Notice(
        from_what="prison", institution="望潮監獄", noticed_at=clock.now(), expected_at=expected_at
    )  # fmt: skip
    return actions.announce_leaving(matter_id=his.id, notice=told, by=centre.be("mind_worker"), at=clock.now())


def hers_of(centre: Centre) -> ReleaseNotice:
    centre.be("adult_worker")
    return ReleaseNotice.objects.get(as_what="victim")


def tells(centre: Centre, result: str = "told") -> None:
    """Her worker answers the notice an hour later."""
    centre.later(hours=1)
    notice = hers_of(centre)
    referrals.log_call(
        notice_id=notice.id, result=result, words="住妹妹家", plan_gone_through=True, by=centre.be("adult_worker"),
        at=clock.now(),
    )  # fmt: skip


def open_rules(centre: Centre, hers: Case) -> set[str]:
    """Whatever asks her worker to call."""
    ids = [hers.id, hers_of(centre).id]
    rules = Duty.objects.filter(matter_id__in=ids, state="open").values_list("rule_id", flat=True)
    return {one for one in rules if one.startswith(("release.", "homecoming."))}


@pytest.mark.parametrize("first", ["notice", "leaving"])
def test_is_owed_once_whichever_door_it_came_by_first(centre: Centre, first: str) -> None:
    hers, his = centre.her_case(), centre.his_case()
    if first == "notice":
        noticed(centre)
        leaves(centre, his, HOME + timedelta(hours=3))
    else:
        leaves(centre, his, HOME + timedelta(hours=3))
        assert centre.owed(hers.id, CALL) is not None
        noticed(centre)
    assert open_rules(centre, hers) == {"release.tell", "release.before_home"}
    assert queries.homecomings(centre.be("adult_worker")) == ()
    tells(centre)
    assert open_rules(centre, hers) == set()
    assert Homecoming.objects.get().told_how == "notice"


def test_is_owed_twice_where_the_days_differ(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    noticed(centre)
    leaves(centre, his, HOME - timedelta(days=1))
    assert open_rules(centre, hers) == {"release.tell", "release.before_home", CALL}
    tells(centre)
    assert open_rules(centre, hers) == {CALL}, "of the earlier day nobody has told her"


def test_stands_again_when_the_day_moves_away_from_the_notice(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    noticed(centre)
    leaving = leaves(centre, his)
    assert centre.owed(hers.id, CALL) is None
    actions.move_leaving(
        departure_id=leaving.id, expected_at=HOME - timedelta(days=3), by=centre.be("mind_worker"), at=clock.now()
    )
    centre.be("adult_worker")
    assert centre.owed(hers.id, CALL) is not None


def test_stands_again_when_the_notice_meant_another_man(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    noticed(centre)
    leaves(centre, his)
    tells(centre, "not_concerned")
    assert open_rules(centre, hers) == {CALL}
    assert len(queries.homecomings(centre.be("adult_worker"))) == 1


def test_is_answered_at_the_notice_alone(centre: Centre) -> None:
    _hers, his = centre.her_case(), centre.his_case()
    leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    noticed(centre)
    with pytest.raises(Conflict, match="返家通知"):
        actions.told_her(homecoming_id=line.id, how="phone", words="x", by=centre.be("adult_worker"), at=clock.now())


@pytest.mark.parametrize(("minutes", "again"), [(7, False), (-90, True)])
def test_does_not_ring_again_because_he_left_some_minutes_later(centre: Centre, minutes: int, again: bool) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaving = leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    actions.told_her(homecoming_id=line.id, how="phone", words="知道了", by=centre.be("adult_worker"), at=clock.now())
    left_at = HOME + timedelta(minutes=minutes)
    centre.till(left_at + timedelta(minutes=10))
    actions.note_left(departure_id=leaving.id, left_at=left_at, by=centre.be("mind_worker"), at=clock.now())
    centre.be("adult_worker")
    assert (centre.owed(hers.id, CALL) is not None) is again
