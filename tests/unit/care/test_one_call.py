"""One coming home, told by the prison at the front desk and by his own worker: she is called once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from anwang.care import actions, queries
from anwang.care.models import Departure, Homecoming
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.errors import Conflict
from anwang.matters.models import Duty, Matter
from anwang.referrals import actions as referrals
from anwang.referrals import queries as told_of
from anwang.referrals.models import ReleaseChange, ReleaseNotice
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


def changes(centre: Centre) -> list[ReleaseChange]:
    centre.be("adult_worker")
    return list(ReleaseChange.objects.order_by("recorded_at"))


def test_is_owed_once_where_the_days_differ_and_the_sooner_counts(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    noticed(centre)
    first_due = centre.due(hers_of(centre).id, "release.tell")
    centre.later(hours=1)
    leaves(centre, his, HOME - timedelta(days=1))
    assert open_rules(centre, hers) == {"release.tell", "release.before_home"}
    assert centre.due(hers_of(centre).id, "release.tell") == first_due, "her clock never gets longer"
    assert centre.due(hers_of(centre).id, "release.before_home") == "2026-03-19T08:00"
    (change,) = changes(centre)
    assert (change.was_home_at, change.home_at, change.source) == (HOME, HOME - timedelta(days=1), "")
    tells(centre)
    assert open_rules(centre, hers) == set()


def test_moves_with_its_notice_when_his_worker_hears_of_another_day(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    noticed(centre)
    leaving = leaves(centre, his)
    centre.later(hours=1)
    moved = HOME + timedelta(days=3)
    actions.move_leaving(departure_id=leaving.id, expected_at=moved, by=centre.be("mind_worker"), at=clock.now())
    assert open_rules(centre, hers) == {"release.tell", "release.before_home"}
    assert hers_of(centre).home_at == moved
    assert centre.due(hers_of(centre).id, "release.before_home") == "2026-03-23T08:00"


def test_is_one_more_call_that_names_the_former_day_when_it_moves_after_she_was_told(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaving = leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    actions.told_her(homecoming_id=line.id, how="phone", words="知道了", by=centre.be("adult_worker"), at=clock.now())
    centre.later(hours=1)
    actions.move_leaving(
        departure_id=leaving.id, expected_at=HOME + timedelta(days=3), by=centre.be("mind_worker"), at=clock.now()
    )
    (again,) = queries.homecomings(centre.be("adult_worker"))
    ((day, told),) = queries.homecoming(centre.be("adult_worker"), again.id).former
    assert day
    assert told
    assert Duty.objects.filter(matter_id=hers.id, rule_id=CALL, state="open").count() == 1


def test_of_a_day_that_moves_before_she_was_told_keeps_both_days_and_its_clock(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaving = leaves(centre, his)
    due = centre.due(hers.id, CALL)
    centre.later(hours=1)
    actions.move_leaving(
        departure_id=leaving.id, expected_at=HOME + timedelta(days=3), by=centre.be("mind_worker"), at=clock.now()
    )
    assert centre.due(hers.id, CALL) == due
    (line,) = queries.homecomings(centre.be("adult_worker"))
    ((day, told),) = queries.homecoming(centre.be("adult_worker"), line.id).former
    assert day
    assert not told


@pytest.mark.parametrize(("plan", "left"), [(True, set()), (False, {"release.plan"})])
def test_made_before_the_notice_came_answers_it(centre: Centre, plan: bool, left: set[str]) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    actions.told_her(
        homecoming_id=line.id, how="phone", words="知道了", plan_gone_through=plan, by=centre.be("adult_worker"),
        at=clock.now(),
    )  # fmt: skip
    centre.later(hours=2)
    noticed(centre)
    assert open_rules(centre, hers) == left
    assert hers_of(centre).result == ("told_before" if plan else "")
    if not plan:
        tells(centre)
        assert open_rules(centre, hers) == set()


@pytest.mark.parametrize(("days", "shown"), [(0, ()), (1, (HOME,)), (-1, (HOME,))])
def test_shows_both_days_where_his_worker_and_the_letter_differ(
    centre: Centre, days: int, shown: tuple[datetime, ...]
) -> None:
    centre.her_case()
    leaves(centre, centre.his_case())
    centre.later(hours=1)
    noticed(centre, home_at=HOME + timedelta(days=days))
    notice = hers_of(centre)
    number = Matter.objects.get(id=notice.id).number
    page = told_of.notice(centre.be("adult_worker"), number, may_log=lambda *_: True)
    assert page.other_days == shown


@pytest.mark.parametrize("day", [0, 1])
def test_of_a_day_given_up_meanwhile_does_not_answer_the_notice(centre: Centre, day: int) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaving = leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    actions.told_her(
        homecoming_id=line.id, how="phone", words="知道了", plan_gone_through=True, by=centre.be("adult_worker"),
        at=clock.now(),
    )  # fmt: skip
    centre.later(hours=1)
    actions.call_off_leaving(departure_id=leaving.id, words="延後", by=centre.be("mind_worker"), at=clock.now())
    noticed(centre, home_at=HOME + timedelta(days=day))
    assert open_rules(centre, hers) == {"release.tell_moved", "release.before_home"}


def test_made_before_the_notice_came_is_made_once_more_when_that_day_moves(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaving = leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    actions.told_her(homecoming_id=line.id, how="phone", words="知道了", by=centre.be("adult_worker"), at=clock.now())
    centre.later(hours=2)
    noticed(centre)
    assert open_rules(centre, hers) == {"release.plan"}
    centre.later(hours=2)
    noticed(centre, home_at=HOME - timedelta(days=2))
    assert open_rules(centre, hers) == {"release.plan", "release.tell_moved", "release.before_home"}
    actions.move_leaving(
        departure_id=leaving.id, expected_at=HOME - timedelta(days=3), by=centre.be("mind_worker"), at=clock.now()
    )
    assert open_rules(centre, hers) == {"release.plan", "release.tell_moved", "release.before_home"}
    assert hers_of(centre).home_at == HOME - timedelta(days=3)
    assert all(one.told_at for one in changes(centre)), "each word says when she had been told of a former day"
    tells(centre)
    assert open_rules(centre, hers) == set()


def test_cannot_be_entered_for_a_day_that_was_given_up(centre: Centre) -> None:
    centre.her_case()
    leaving = leaves(centre, centre.his_case())
    (line,) = queries.homecomings(centre.be("adult_worker"))
    centre.later(hours=1)
    actions.move_leaving(
        departure_id=leaving.id, expected_at=HOME + timedelta(days=3), by=centre.be("mind_worker"), at=clock.now()
    )
    with pytest.raises(Conflict, match="最新的日子"):
        actions.told_her(
            homecoming_id=line.id, how="phone", words="知道了", by=centre.be("adult_worker"), at=clock.now()
        )


@pytest.mark.parametrize(
    ("day", "hour", "known", "again", "knows"),
    [
        (20, 9, 19, "another_day", True),
        (20, 8, 19, "another_day", False),
        (20, 10, 19, "another_day", False),
        (20, 10, 20, "another_day", True),
        (19, 23, 19, "another_day", False),
        (21, 0, 21, "another_day", False),
        (21, 0, 19, "sooner_only", True),
        (20, 8, 19, "sooner_only", False),
    ],
)
def test_is_asked_again_as_the_rule_of_changed_days_says(
    centre: Centre, day: int, hour: int, known: int, again: str, knows: bool
) -> None:
    """She was told of the 20th at nine; `known` is the day on which the other day is heard, at its end."""
    asked = [HOME, HOME.replace(day=day, hour=hour), HOME.replace(day=known, hour=23, minute=59), again]
    with connection.cursor() as cursor:
        cursor.execute("SELECT care_nothing_new(%s, %s, %s, %s)", asked)
        assert cursor.fetchone() == (knows,)


def test_made_before_a_notice_of_another_day_is_asked_once_more(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    actions.told_her(homecoming_id=line.id, how="phone", words="知道了", by=centre.be("adult_worker"), at=clock.now())
    centre.later(hours=2)
    noticed(centre, home_at=HOME - timedelta(days=2))
    assert open_rules(centre, hers) == {"release.tell_moved", "release.before_home"}
    (change,) = changes(centre)
    assert (change.was_home_at, change.told_at is None) == (HOME, False)


def test_is_not_asked_for_a_day_that_an_answered_notice_told(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    noticed(centre)
    tells(centre)
    centre.later(hours=1)
    leaves(centre, his)
    assert open_rules(centre, hers) == set()
    assert Homecoming.objects.get().told_how == "notice"


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
