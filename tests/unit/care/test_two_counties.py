"""Where he is acts, where he is registered follows; whoever he may hurt is called before he is home."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anwang.care import actions, queries
from anwang.care.models import Emergency, Entry, Homecoming
from anwang.cases.models import Case, CaseSubject, IncidentNote
from anwang.foundation import clock
from anwang.foundation.errors import Conflict, NotFound, Refused
from anwang.foundation.roc import PartialDate
from anwang.matters import actions as matters
from anwang.matters.models import Offer
from anwang.people.actions import add_identifier
from anwang.people.models import IdentityDecision, Person
from tests.unit.care.centre import Centre

pytestmark = pytest.mark.django_db


def reported(centre: Centre, key: str = "mind2_supervisor", matter_id: object = None, **more: object) -> Emergency:
    found = actions.Found(
        found_by="police",
        place="嵐溪車站",
        what="持刀對路人大喊",
        danger="others",
        received_at=clock.now(),
        name="陳志豪",
        **more,  # type: ignore[arg-type]
    )
    return actions.report_emergency(found=found, by=centre.be(key), at=clock.now(), matter_id=matter_id)  # type: ignore[arg-type]


def escorted(centre: Centre, emergency: Emergency, key: str = "mind2_supervisor") -> None:
    given = actions.EscortGiven(
        hospital="青嵐醫院", escorted_by="嵐溪分局兩位", left_at=clock.now() - timedelta(minutes=40),
        arrived_at=clock.now() - timedelta(minutes=10), received_by="急診護理師", condition="激動，沒有受傷",
        restrained="no", searched="yes", injured="no", told_why="yes", family_told="unknown",
    )  # fmt: skip
    actions.fill_escort(emergency_id=emergency.id, given=given, by=centre.be(key), at=clock.now())


def settled(
    centre: Centre, emergency: Emergency, *, done: str = "admitted", registered: str = "99001",
    key: str = "mind2_supervisor",
) -> Emergency:  # fmt: skip
    given = actions.Settled(on_scene="staff", done=done, done_at=clock.now(), registered=registered)
    return actions.settle(emergency_id=emergency.id, settled=given, by=centre.be(key), at=clock.now())


def test_acts_where_he_is_whoever_follows_him(centre: Centre) -> None:
    emergency = reported(centre)
    assert emergency.county_id == "99002"
    matter = centre.matter(emergency.matter_id)
    assert (matter.county, matter.acting_unit_id) == ("99002", centre.units["mind2"])
    assert centre.owed(matter.id, "emergency.check") is not None
    assert centre.owed(matter.id, "emergency.act") is not None


def test_wants_somebody_there_unless_he_is_known(centre: Centre) -> None:
    emergency = reported(centre)
    centre.later(minutes=10)
    by = centre.be("mind2_supervisor")
    actions.answer_check(emergency_id=emergency.id, known="unknown", by=by, at=clock.now())
    nobody = actions.Settled(on_scene="none", done="not_needed", done_at=clock.now(), registered="")
    with pytest.raises(Refused, match="到場"):
        actions.settle(emergency_id=emergency.id, settled=nobody, by=by, at=clock.now())


def test_wants_the_form_of_an_escort(centre: Centre) -> None:
    emergency = reported(centre)
    centre.later(hours=1)
    with pytest.raises(Refused, match="護送就醫單"):
        settled(centre, emergency)
    escorted(centre, emergency)
    assert settled(centre, emergency).done == "admitted"
    with pytest.raises(Conflict):
        settled(centre, emergency)


def test_leaves_no_hole_until_the_county_of_registration_accepts(centre: Centre) -> None:
    emergency = reported(centre)
    centre.later(hours=1)
    escorted(centre, emergency)
    settled(centre, emergency)
    by = centre.be("mind2_supervisor")
    assert not actions.tell_county(emergency_id=emergency.id, how="公文青衛字9001號", by=by, at=clock.now())
    centre.later(hours=1)
    asked = actions.hand_over_follow_up(
        emergency_id=emergency.id, to_unit_id=centre.units["mind"], words="住院中", by=centre.be("mind2_supervisor"),
        at=clock.now(),
    )  # fmt: skip
    assert centre.matter(emergency.matter_id).accountable_id == centre.units["mind2"]
    assert centre.owed(emergency.matter_id, "emergency.follow_up") is not None
    centre.later(hours=5)
    matters.answer(offer_id=asked.id, accept=True, by=centre.be("mind_supervisor"), at=clock.now())
    matter = centre.matter(emergency.matter_id)
    assert (matter.county, matter.accountable_id) == ("99001", centre.units["mind"])
    assert centre.owed(matter.id, "emergency.follow_up") is None
    centre.be("mind_supervisor")
    assert Emergency.objects.get(id=emergency.id).followed_by == "望潮縣"


def test_stays_where_it_is_when_the_other_county_declines(centre: Centre) -> None:
    emergency = reported(centre)
    centre.later(hours=1)
    escorted(centre, emergency)
    settled(centre, emergency)
    asked = actions.hand_over_follow_up(
        emergency_id=emergency.id, to_unit_id=centre.units["mind"], words="", by=centre.be("mind2_supervisor"),
        at=clock.now(),
    )  # fmt: skip
    centre.later(hours=1)
    by = centre.be("mind_supervisor")
    matters.answer(offer_id=asked.id, accept=False, reason="not_resident", by=by, at=clock.now())
    assert centre.matter(emergency.matter_id).county == "99002"
    assert centre.owed(emergency.matter_id, "emergency.follow_up") is not None
    assert Offer.objects.get(id=asked.id).state == "declined"


def test_tells_the_case_that_follows_him_already(centre: Centre) -> None:
    own = centre.his_case()
    emergency = reported(centre)
    centre.be("mind2_supervisor")
    who = CaseSubject.objects.get(matter_id=emergency.matter_id).person
    same = type(who).objects.filter(id=centre.father).values_list("identity_id", flat=True).first()
    assert same is None, "the other county reads nothing of him"
    centre.later(hours=1)
    escorted(centre, emergency)
    settled(centre, emergency)
    by = centre.be("mind2_supervisor")
    assert not actions.tell_county(emergency_id=emergency.id, how="電話", by=by, at=clock.now())
    assert centre.owed(own.id, "emergency.elsewhere") is None, "nobody said that the two records are one man"


def told_home(centre: Centre, emergency: Emergency) -> bool:
    """Dealt with in the other county, and the county of registration is told: whether a case there follows."""
    centre.later(hours=1)
    escorted(centre, emergency)
    settled(centre, emergency)
    by = centre.be("mind2_supervisor")
    return actions.tell_county(emergency_id=emergency.id, how="電話", by=by, at=clock.now())


def his_number(centre: Centre) -> str:
    """A number of his own, shown in the county that serves him."""
    by = centre.be("screener")
    add_identifier(person_id=centre.father, kind="national_id", value="A123456789", by=by, at=clock.now())
    return "a123456789"


def test_tells_the_case_that_follows_him_by_his_number(centre: Centre) -> None:
    own = centre.his_case()
    emergency = reported(centre, number=his_number(centre))
    assert told_home(centre, emergency)
    assert centre.owed(own.id, "emergency.elsewhere") is not None
    centre.be("mind_worker")
    note = IncidentNote.objects.get(file_id=own.id)
    assert "護送就醫" in note.text, "what came of it"
    assert "嵐溪心衛中心孟思齊" in note.text, "and whom to ring"
    centre.be("mind2_supervisor")
    assert not IncidentNote.objects.exists(), "nothing of his case is seen from there"
    assert centre.owed(emergency.matter_id, "emergency.follow_up") is None


def test_owes_a_second_emergency_while_the_first_is_not_followed_up(centre: Centre) -> None:
    own = centre.his_case()
    number = his_number(centre)
    assert told_home(centre, reported(centre, number=number))
    centre.later(hours=5)
    assert told_home(centre, reported(centre, number=number))
    again = centre.owed(own.id, "emergency.elsewhere_again")
    assert again is not None
    assert again.due_at == clock.now() + timedelta(hours=24)
    assert centre.owed(own.id, "emergency.elsewhere") is not None, "the first goes on"
    centre.be("mind_worker")
    assert IncidentNote.objects.filter(file_id=own.id).count() == 2


def test_owes_telling_of_each_of_two_emergencies(centre: Centre) -> None:
    first = reported(centre)
    centre.later(hours=1)
    escorted(centre, first)
    settled(centre, first)
    centre.later(hours=3)
    second = reported(centre, matter_id=first.matter_id)
    assert centre.owed(first.matter_id, "emergency.act") is not None
    centre.later(hours=1)
    escorted(centre, second)
    settled(centre, second)
    by = centre.be("mind2_supervisor")
    actions.tell_county(emergency_id=first.id, how="電話", by=by, at=clock.now())
    assert centre.owed(first.matter_id, "emergency.tell_county") is not None, "of the second nobody was told"
    actions.tell_county(emergency_id=second.id, how="電話", by=by, at=clock.now())
    assert centre.owed(first.matter_id, "emergency.tell_county") is None
    assert centre.owed(first.matter_id, "emergency.follow_up") is not None


def test_keeps_the_follow_up_of_a_second_emergency_when_the_first_is_followed(centre: Centre) -> None:
    own, number = centre.his_case(), his_number(centre)
    first = reported(centre, number=number)
    centre.later(hours=1)
    escorted(centre, first)
    settled(centre, first)
    second = reported(centre, matter_id=first.matter_id)
    centre.later(hours=1)
    escorted(centre, second)
    settled(centre, second)
    by = centre.be("mind2_supervisor")
    assert actions.tell_county(emergency_id=first.id, how="電話", by=by, at=clock.now())
    assert centre.owed(first.matter_id, "emergency.follow_up") is not None
    assert actions.tell_county(emergency_id=second.id, how="電話", by=by, at=clock.now())
    assert centre.owed(first.matter_id, "emergency.follow_up") is None
    assert centre.owed(own.id, "emergency.elsewhere_again") is not None


def test_tells_the_case_that_follows_him_by_name_and_exact_birth(centre: Centre) -> None:
    own = centre.his_case()
    born = Person.objects.values_list("born_earliest", flat=True).get(id=centre.father)
    assert told_home(centre, reported(centre, birth=PartialDate.of(born)))
    assert centre.owed(own.id, "emergency.elsewhere") is not None


def test_takes_nobody_for_him_by_a_year_of_birth(centre: Centre) -> None:
    own = centre.his_case()
    born = Person.objects.values_list("born_earliest", flat=True).get(id=centre.father)
    assert not told_home(centre, reported(centre, birth=PartialDate(born.year)))
    assert centre.owed(own.id, "emergency.elsewhere") is None


def test_believes_whoever_decided_that_they_are_two(centre: Centre) -> None:
    own = centre.his_case()
    emergency = reported(centre, number=his_number(centre))
    centre.be("mind2_supervisor")
    who = CaseSubject.objects.get(matter_id=emergency.matter_id).person_id
    IdentityDecision.objects.create(
        person_id=who, other_id=centre.father, verdict="apart", by=centre.workers["mind2_supervisor"],
        recorded_at=clock.now(),
    )  # fmt: skip
    assert not told_home(centre, emergency)
    assert centre.owed(own.id, "emergency.elsewhere") is None


def test_has_her_called_when_he_goes_home_from_an_emergency_elsewhere(centre: Centre) -> None:
    hers = centre.her_case()
    emergency = reported(centre, number=his_number(centre))
    centre.later(hours=1)
    settled(centre, emergency, done="not_needed")
    centre.be("adult_worker")
    assert centre.owed(hers.id, "homecoming.call") is not None


def leaves(centre: Centre, case: Case, **more: object) -> object:
    given = {
        "from_what": "hospital", "institution": "縣立望潮醫院", "noticed_at": clock.now(), "severe": "yes",
        "expected_at": clock.now() + timedelta(days=2), **more,
    }  # fmt: skip
    by = centre.be("mind_worker")
    return actions.announce_leaving(matter_id=case.id, notice=actions.Notice(**given), by=by, at=clock.now())  # type: ignore[arg-type]


def test_has_her_called_within_hours_and_before_he_is_home(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaves(centre, his)
    assert centre.due(hers.id, "homecoming.call") == "2026-03-08T04:09"
    soon = centre.his_case(person=centre.father)
    leaves(centre, soon, expected_at=clock.now() + timedelta(hours=1))
    assert centre.due(hers.id, "homecoming.call") == "2026-03-08T01:09"


def test_tells_his_side_nothing_of_her(centre: Centre) -> None:
    centre.her_case()
    his = centre.his_case()
    leaves(centre, his)
    assert not Homecoming.objects.exists()
    assert queries.homecomings(centre.be("mind_worker")) == ()
    assert queries.homecomings(centre.be("mind_supervisor")) == ()


def test_says_on_her_case_when_and_not_whence(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    assert (line.case, line.who) == (centre.matter(hers.id).number, "陳志豪")
    assert "醫院" not in repr(line)


def test_goes_on_asking_until_she_knows(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    leaves(centre, his)
    by = centre.be("adult_worker")
    (line,) = queries.homecomings(by)
    centre.later(hours=1)
    by = centre.be("adult_worker")
    actions.told_her(homecoming_id=line.id, how="phone", words="今晚住姊姊家。", by=by, at=clock.now())
    assert centre.owed(hers.id, "homecoming.call") is None
    with pytest.raises(Conflict):
        actions.told_her(homecoming_id=line.id, how="phone", words="再一次", by=by, at=clock.now())


def test_calls_her_again_when_the_hour_changes(centre: Centre) -> None:
    hers, his = centre.her_case(), centre.his_case()
    notice = leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    centre.later(minutes=5)
    actions.told_her(homecoming_id=line.id, how="phone", words="知道了", by=centre.be("adult_worker"), at=clock.now())
    centre.later(minutes=5)
    actions.move_leaving(
        departure_id=notice.id,
        expected_at=clock.now() + timedelta(hours=2),
        by=centre.be("mind_worker"),
        at=clock.now(),  # type: ignore[attr-defined]
    )
    assert centre.due(hers.id, "homecoming.call") == "2026-03-08T02:19"
    actions.call_off_leaving(departure_id=notice.id, words="延後", by=centre.be("mind_worker"), at=clock.now())  # type: ignore[attr-defined]
    assert centre.owed(hers.id, "homecoming.call") is None


def test_has_nobody_called_where_nobody_is_to_be_hurt(centre: Centre) -> None:
    his = centre.his_case()
    leaves(centre, his)
    assert not Homecoming.objects.exists()


@pytest.mark.parametrize("key", ["mind_worker", "mind_supervisor", "welfare_worker", "clerk"])
def test_lets_only_her_side_answer(centre: Centre, key: str) -> None:
    centre.her_case()
    his = centre.his_case()
    leaves(centre, his)
    (line,) = queries.homecomings(centre.be("adult_worker"))
    with pytest.raises(NotFound):
        actions.told_her(homecoming_id=line.id, how="phone", words="x", by=centre.be(key), at=clock.now())


def test_follows_whoever_left_with_a_visit_a_plan_and_the_first_level(centre: Centre) -> None:
    his = centre.his_case()
    centre.triaged(his.id, level=4)
    centre.decided(his.id, "social_worker", "mind_worker", because="knows_him")
    notice = leaves(centre, his)
    assert centre.owed(his.id, "care.leaving_plan") is not None
    centre.later(days=2)
    by = centre.be("mind_worker")
    actions.join_planning(departure_id=notice.id, words="家屬同意每週回診", by=by, at=clock.now())  # type: ignore[attr-defined]
    actions.note_left(departure_id=notice.id, left_at=clock.now(), by=by, at=clock.now())  # type: ignore[attr-defined]
    assert centre.due(his.id, "care.discharge_plan") == "2026-03-13T00:00"
    assert centre.due(his.id, "care.first_visit_after") == "2026-03-25T00:00"
    assert Entry.objects.get(matter_id=his.id, until_on=None).level == 1
    actions.receive_plan(departure_id=notice.id, by=by, at=clock.now())  # type: ignore[attr-defined]
    assert centre.owed(his.id, "care.discharge_plan") is None
