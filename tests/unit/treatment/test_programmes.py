"""A programme from the court's letter to its outcome: a case on his side, clocks when he stays away."""

from datetime import timedelta

import pytest

from anwang.access.models import Involvement
from anwang.cases.models import Case
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty, Matter
from anwang.treatment import queries
from anwang.treatment.actions import (
    Client,
    Ordered,
    add_sessions,
    decide_missed,
    end_programme,
    mark_came,
    note_missed,
    plan_programme,
    register_programme,
    report_outcome,
    tell_missed,
)
from anwang.treatment.models import Missed
from tests.unit.treatment.conftest import Sides

pytestmark = pytest.mark.django_db


def owed(sides: Sides) -> set[str]:
    found = Duty.objects.filter(matter_id=sides.his, state="open", rule_id__startswith="treatment.")
    return set(found.values_list("rule_id", flat=True))


def come(sides: Sides, session, came: str) -> None:  # type: ignore[no-untyped-def]
    mark_came(session_id=session.id, came=came, words="", by=sides.office.be("welfare_worker"), at=clock.now())


def test_he_is_the_client_of_a_case_of_his_own_side_in_service_from_the_first_day(sides: Sides) -> None:
    sides.office.be("welfare_worker")
    case = Case.objects.get(id=sides.his)
    assert (case.kind, case.circle, case.phase, case.grounds) == ("other_party", "other", "opened", ["ordered"])
    assert set(Involvement.objects.filter(file_id=sides.his).values_list("circle", flat=True)) == {"other"}
    assert Matter.objects.get(id=sides.his).family_id is None
    assert owed(sides) == {"treatment.complete"}


@pytest.mark.parametrize(
    ("key", "error"), [("ngo_worker", Refused), ("clerk", Refused), ("administrator", Refused), ("chief", Refused)]
)
def test_only_a_public_worker_takes_one_on(sides: Sides, key: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        register_programme(
            client=Client(name="甲"), ordered=Ordered("own_will", ("counselling",), clock.now()),
            by=sides.office.be(key),
        )  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"court": ""}, {"number": " "}, {"items": ()}, {"items": ("yoga",)}, {"ground": "because"}]
)
def test_an_order_has_its_court_number_and_items(sides: Sides, wrong: dict[str, object]) -> None:
    given = {"ground": "order", "items": ("cognitive",), "court": "甲", "number": "乙", **wrong}
    with pytest.raises(BadInput):
        register_programme(
            client=Client(name="甲"), ordered=Ordered(received_at=clock.now(), **given),  # type: ignore[arg-type]
            by=sides.office.be("welfare_worker"),
        )  # fmt: skip


def test_staying_away_is_told_decided_and_goes_on(sides: Sides) -> None:
    first, *_rest = sides.sessions()
    with pytest.raises(BadInput):
        come(sides, first, "no")
    sides.office.hands.advance(timedelta(days=1, hours=1))
    come(sides, first, "no")
    assert "treatment.tell_missed" in owed(sides)
    due = Duty.objects.get(matter_id=sides.his, rule_id="treatment.tell_missed", state="open").due_at
    assert due == clock.now() + timedelta(hours=24)
    missed = Missed.objects.get()
    by = sides.office.be("welfare_supervisor")
    with pytest.raises(Conflict):
        decide_missed(missed_id=missed.id, then="again", words="", by=by, at=clock.now())
    told = {"missed_id": missed.id, "to_whom": "望潮縣衛生局", "how": "電話", "at": clock.now()}
    tell_missed(by=sides.office.be("welfare_worker"), **told)
    assert owed(sides) >= {"treatment.decide_missed"}
    with pytest.raises(Conflict):
        tell_missed(by=sides.office.be("welfare_worker"), **told)
    decided = {"missed_id": missed.id, "then": "again", "words": "補課一次", "at": clock.now()}
    with pytest.raises(Refused):
        decide_missed(by=sides.office.be("welfare_worker"), **decided)
    decide_missed(by=sides.office.be("welfare_supervisor"), **decided)
    assert owed(sides) == {"treatment.complete"}


def test_whoever_comes_of_his_own_will_is_not_told_of(sides: Sides) -> None:
    by = sides.office.be("welfare_worker")
    own = register_programme(
        client=Client(name="路人"), ordered=Ordered("own_will", ("counselling",), clock.now()), by=by
    )  # fmt: skip
    (one,) = add_sessions(programme_id=own.id, item="counselling", first_at=clock.now(), minutes=60, times=1, by=by)
    mark_came(session_id=one.id, came="no", words="", by=by, at=clock.now())
    assert not Missed.objects.filter(programme=own).exists()


def test_completed_means_every_hour_attended(sides: Sides) -> None:
    sessions = sides.sessions()
    end = {"programme_id": sides.programme.id, "outcome": "completed", "words": "全程出席。"}
    for one in sessions:
        sides.office.hands.advance(timedelta(days=7, hours=1))
        with pytest.raises(Refused):
            end_programme(by=sides.office.be("welfare_worker"), at=clock.now(), **end)
        come(sides, one, "yes")
    end_programme(by=sides.office.be("welfare_worker"), at=clock.now(), **end)
    assert owed(sides) == {"treatment.report"}
    report_outcome(
        programme_id=sides.programme.id, to_whom="望潮地方法院", by=sides.office.be("welfare_worker"), at=clock.now()
    )
    assert owed(sides) == set()
    with pytest.raises(Conflict):
        end_programme(by=sides.office.be("welfare_worker"), at=clock.now(), **end)


def test_he_did_not_report(sides: Sides) -> None:
    by = sides.office.be("welfare_worker")
    note_missed(programme_id=sides.programme.id, how="not_reported", words="", by=by, at=clock.now())
    page = queries.programme_page(sides.office.be("welfare_worker"), sides.programme.id)
    assert (page.line.progress, page.line.waits != "") == ("stayed_away", True)


def test_a_plan_begins_before_it_must_be_done(sides: Sides) -> None:
    with pytest.raises(BadInput):
        plan_programme(
            programme_id=sides.programme.id, provider="甲", begins_on=sides.programme.complete_by + timedelta(days=1),
            plan="乙", by=sides.office.be("welfare_worker"), at=clock.now(),
        )  # fmt: skip


STRANGERS = ["adult_worker", "worker", "nurse", "clerk", "ngo_worker", "screener", "chief", "privacy"]


@pytest.mark.parametrize("key", STRANGERS)
def test_nobody_else_reads_it_or_its_sessions(sides: Sides, key: str) -> None:
    sides.sessions()
    viewer = sides.office.be(key)
    assert queries.programmes(viewer) == ()
    with pytest.raises(NotFound):
        queries.programme_page(viewer, sides.programme.id)
