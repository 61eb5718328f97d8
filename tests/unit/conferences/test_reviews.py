"""The review of an incident: by people who had no part in it, as each day knew it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from anwang.audit.actions import reading
from anwang.cases.actions import write_note
from anwang.cases.models import Case
from anwang.conferences import actions, queries
from anwang.conferences.models import Decision, IncidentReview
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.matters.models import Matter
from tests.unit.cases.office import Office
from tests.unit.conferences.table import her_case


def begun(
    office: Office, case: Case, who: str = "welfare_supervisor", reviewers: tuple[str, ...] = ("welfare_supervisor",)
) -> IncidentReview:
    incident = actions.Incident(
        kind="adult_death", happened_at=clock.now() - timedelta(hours=3), known_at=clock.now() - timedelta(hours=2),
        because="釐清誰知道什麼", files=[case.id], reviewers=[office.workers[one] for one in reviewers],
    )  # fmt: skip
    return actions.open_review(incident=incident, by=office.be(who), at=clock.now())


INDEPENDENT = [
    ("welfare_supervisor", ("welfare_supervisor",), True),
    ("welfare_supervisor", ("welfare_supervisor", "screener"), True),
    ("adult_supervisor", ("welfare_supervisor",), False),  # begun by the unit that acts
    ("supervisor", ("welfare_supervisor",), False),  # by the authority that answers
    ("welfare_supervisor", ("adult_worker",), False),
    ("welfare_supervisor", ("welfare_supervisor", "adult_supervisor"), False),
    ("welfare_worker", ("welfare_worker",), False),  # no supervisor
    ("ngo_worker", ("ngo_worker",), False),
]


@pytest.mark.parametrize(("who", "reviewers", "may"), INDEPENDENT)
def test_is_independent_of_whoever_had_a_part(office: Office, who: str, reviewers: tuple[str, ...], may: bool) -> None:
    case = her_case(office)
    if may:
        assert begun(office, case, who, reviewers).state == "open"
    else:
        with pytest.raises(Refused):
            begun(office, case, who, reviewers)


READS = [("welfare_supervisor", True), ("welfare_worker", False), ("adult_worker", False), ("chief", False),
         ("supervisor", False), ("privacy", False)]  # fmt: skip


@pytest.mark.parametrize(("who", "may"), READS)
def test_is_read_by_its_reviewers_alone(office: Office, who: str, may: bool) -> None:
    review = begun(office, her_case(office))
    number = Matter.objects.get(id=review.id).number
    viewer = office.be(who)
    if may:
        assert queries.review(viewer, number).may_review
    else:
        with pytest.raises(NotFound):
            queries.review(viewer, number)


def told(office: Office, review_id: UUID, on: date) -> list[tuple[str, str, tuple[str, ...]]]:
    facts = queries.chronology(office.be("welfare_supervisor"), review_id, on)
    return [(one.what, one.text, one.readers) for one in facts if one.what == "紀錄"]


def test_shows_each_day_what_was_written_by_then(office: Office) -> None:
    case = her_case(office)
    happened = clock.now()
    office.hands.advance(timedelta(days=2))
    write_note(matter_id=case.id, zone="case", text="鄰居週六就聽到哭聲", at=happened, by=office.be("adult_worker"))
    office.hands.advance(timedelta(days=1))
    review = begun(office, case)
    saturday = clock.local(happened).date()
    assert told(office, review.id, saturday + timedelta(days=1)) == []
    assert told(office, review.id, saturday + timedelta(days=3)) == [("紀錄", "鄰居週六就聽到哭聲", ())]
    facts = queries.chronology(office.be("welfare_supervisor"), review.id, clock.today())
    assert next(one.lag for one in facts if one.what == "紀錄") == "2天後才登錄"


def test_says_who_had_read_it_by_then(office: Office) -> None:
    case = her_case(office)
    viewer = office.be("adult_supervisor")
    reading("cases.case", by=viewer, file_id=case.id, zone="case")
    office.hands.advance(timedelta(hours=1))
    write_note(matter_id=case.id, zone="case", text="他揚言殺人", at=clock.now(), by=office.be("adult_worker"))
    office.hands.advance(timedelta(days=1))
    reading("cases.case", by=office.be("adult_supervisor"), file_id=case.id, zone="case")
    written, read = clock.today() - timedelta(days=1), clock.today()
    office.hands.advance(timedelta(hours=3))
    review = begun(office, case)
    assert told(office, review.id, written) == [("紀錄", "他揚言殺人", ())]
    ((_what, _text, readers),) = told(office, review.id, read)
    assert len(readers) == 1
    assert readers[0].startswith("石宗霖")


def test_leads_from_findings_to_improvements_that_are_tracked(office: Office) -> None:
    review = begun(office, her_case(office))
    by = office.be("welfare_supervisor")
    with pytest.raises(Refused):
        actions.hand_in(review_id=review.id, by=by, at=clock.now())
    with pytest.raises(BadInput):
        actions.find(review_id=review.id, kind="blame", text="x", by=by, at=clock.now())
    actions.find(review_id=review.id, kind="not_known", text="警方知道，承辦人不知道", by=by, at=clock.now())
    with pytest.raises(Refused):
        actions.hand_in(review_id=review.id, by=by, at=clock.now())
    improved = actions.Decided(text="夜間通報同步告知承辦人", word="conclusion", unit_id=office.units["intake"],
                               due_on=date(2026, 5, 31))  # fmt: skip
    decision = actions.decide(source_id=review.id, decided=improved, by=by, at=clock.now())
    actions.hand_in(review_id=review.id, by=by, at=clock.now())
    actions.close_review(review_id=review.id, by=by, at=clock.now())
    office.hands.advance(timedelta(seconds=1))
    office.be("welfare_supervisor")
    assert IncidentReview.objects.get().state == "closed"
    assert Case.objects.count() == 0
    assert Matter.objects.get(id=decision.task_id).ended_at is None
    office.be("screening_supervisor")
    assert Decision.objects.get().text == "夜間通報同步告知承辦人"
    assert IncidentReview.objects.count() == 0


def test_drops_a_reviewer_with_everything_he_read(office: Office) -> None:
    case = her_case(office)
    review = begun(office, case, reviewers=("welfare_supervisor", "screener"))
    by = office.be("welfare_supervisor")
    actions.drop_reviewer(review_id=review.id, worker_id=office.workers["screener"], by=by, at=clock.now())
    office.hands.advance(timedelta(seconds=1))
    office.be("screener")
    assert IncidentReview.objects.count() == 0
