"""Triage: what the lists say, what is proposed, what a person decides, who answers a re-routing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from anwang.care import actions, rules
from anwang.care.models import Entry, LevelChange, Served, Triage
from anwang.care.queries.lists import lists_of
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from tests.unit.care.centre import Centre

pytestmark = pytest.mark.django_db


def test_proposes_by_level_where_there_is_one_issue(centre: Centre) -> None:
    case = centre.his_case()
    assert centre.triaged(case.id, level=2).proposed == "care_visitor"  # type: ignore[attr-defined]
    assert centre.triaged(case.id, level=3).proposed == "nurse"  # type: ignore[attr-defined]
    assert centre.triaged(case.id, level=3, issues=["substance"]).proposed == "social_worker"  # type: ignore[attr-defined]


def test_asks_for_the_level_where_only_it_decides(centre: Centre) -> None:
    case = centre.his_case()
    made = centre.triaged(case.id, level=None)
    assert made.proposed == ""  # type: ignore[attr-defined]
    advice = rules.who_serves(made.inputs, clock.today())  # type: ignore[attr-defined]
    assert set(advice.possible) == {"care_visitor", "nurse"}
    assert [one.input for one in advice.asks] == ["level"]


def test_lets_the_lists_speak_without_anybody_knowing_the_other_file(centre: Centre) -> None:
    centre.her_case()
    case = centre.his_case()
    made = centre.triaged(case.id, level=3)
    assert made.issues == ["other_party"]  # type: ignore[attr-defined]
    assert made.proposed == "social_worker"  # type: ignore[attr-defined]


def test_tells_lists_only_to_whoever_works_on_the_case(centre: Centre) -> None:
    centre.her_case()
    case = centre.his_case()
    stranger = centre.be("welfare_worker")
    assert lists_of(stranger, case.id, centre.father).issues == ()
    his = centre.be("mind_worker")
    assert lists_of(his, case.id, centre.father).issues == ("other_party",)
    assert lists_of(his, case.id, centre.office.mother).issues == ()


def test_ends_the_duty_of_triage(centre: Centre) -> None:
    case = centre.his_case()
    assert centre.due(case.id, "care.triage") == "2026-03-12T00:00"
    centre.triaged(case.id)
    assert centre.owed(case.id, "care.triage") is None


def test_lets_a_person_override_with_a_reason_only(centre: Centre) -> None:
    case = centre.his_case()
    centre.triaged(case.id, level=2)
    with pytest.raises(BadInput) as refused:
        centre.decided(case.id, "social_worker", "mind_worker")
    assert refused.value.field == "because"
    made = centre.decided(case.id, "social_worker", "mind_worker", because="knows_him")
    assert (made.proposed, made.service) == ("care_visitor", "social_worker")  # type: ignore[attr-defined]


def test_never_routes_by_itself(centre: Centre) -> None:
    case = centre.his_case()
    held = centre.matter(case.id).acting_since
    centre.triaged(case.id)
    assert centre.matter(case.id).acting_since == held
    assert not Entry.objects.filter(matter_id=case.id).exists()


def test_gives_the_case_to_whoever_was_chosen_and_registers_the_person(centre: Centre) -> None:
    case = centre.his_case()
    centre.triaged(case.id, level=2)
    centre.later(minutes=5)
    centre.decided(case.id, "care_visitor", "visitor")
    assert centre.matter(case.id).acting_worker_id == centre.workers["visitor"]
    entry = Entry.objects.get(matter_id=case.id, until_on=None)
    assert (entry.register, entry.level, entry.service, entry.stands_in) == ("psychiatric", 2, "care_visitor", False)
    assert LevelChange.objects.filter(entry=entry).count() == 1


def test_leaves_the_decision_to_a_supervisor(centre: Centre) -> None:
    case = centre.his_case()
    centre.triaged(case.id)
    choice = actions.Choice(service="care_visitor", worker_id=centre.workers["visitor"], unit_id=centre.units["mind"])
    with pytest.raises(Refused, match="督導"):
        actions.decide_service(matter_id=case.id, choice=choice, by=centre.be("mind_worker"), at=clock.now())


@pytest.mark.parametrize("key", ["welfare_worker", "chief", "clerk", "administrator", "mind2_supervisor", "privacy"])
def test_is_no_business_of_a_stranger(centre: Centre, key: str) -> None:
    case = centre.his_case()
    centre.triaged(case.id)
    viewer = centre.be(key)
    with pytest.raises(Refused):
        actions.triage(matter_id=case.id, known=actions.Known(psychiatric="no"), by=viewer, at=clock.now())
    assert not Triage.objects.filter(matter_id=case.id).exists()


@pytest.mark.parametrize("known", ["no", "unknown"])
def test_keeps_whoever_is_no_patient_out_of_the_psychiatric_register(centre: Centre, known: str) -> None:
    case = centre.his_case()
    centre.triaged(case.id, psychiatric=known, level=None)
    with pytest.raises(Refused, match="精神照護名冊"):
        centre.decided(case.id, "social_worker", "mind_worker", because="more_complex")
    centre.be("mind_worker")
    with pytest.raises(IntegrityError, match="psychiatric_register_takes_patients"), transaction.atomic():
        Entry.objects.create(
            matter_id=case.id, person_id=centre.father, register="psychiatric", psychiatric=known, service="nurse",
            since_on=clock.today(), recorded_at=clock.now(),
        )  # fmt: skip


def test_leaves_suicide_with_other_party_but_no_illness_to_suicide_follow_up(centre: Centre) -> None:
    centre.her_case()
    case = centre.his_case(kind="suicide", worker="visitor")
    made = centre.triaged(case.id, by="visitor", psychiatric="no", level=None)
    assert made.issues == ["suicide", "other_party"]  # type: ignore[attr-defined]
    assert made.proposed == "suicide_visitor"  # type: ignore[attr-defined]
    centre.decided(case.id, "suicide_visitor", "visitor")
    entry = Entry.objects.get(matter_id=case.id, until_on=None)
    assert entry.register == "suicide"


def test_lets_a_nurse_stand_in_only_while_the_post_is_empty(centre: Centre) -> None:
    centre.post("care_visitor")
    case = centre.his_case()
    centre.triaged(case.id, level=1)
    centre.decided(case.id, "care_visitor", "station_nurse", unit="station", stands_in=True)
    entry = Entry.objects.get(matter_id=case.id, until_on=None)
    assert (entry.service, entry.stands_in) == ("care_visitor", True)
    assert centre.matter(case.id).acting_unit_id == centre.units["station"]
    centre.post("care_visitor", "visitor")
    other = centre.his_case(person=centre.office.mother)
    centre.triaged(other.id, level=1)
    with pytest.raises(BadInput, match="沒有出缺"):
        centre.decided(other.id, "care_visitor", "station_nurse", unit="station", stands_in=True)


def test_hands_back_what_a_nurse_did_when_the_post_is_filled(centre: Centre) -> None:
    empty = centre.post("care_visitor")
    case = centre.his_case()
    centre.triaged(case.id, level=1)
    centre.later(minutes=5)
    centre.decided(case.id, "care_visitor", "station_nurse", unit="station", stands_in=True)
    centre.later(days=30)
    by = centre.be("mind_supervisor")
    actions.fill_post(
        post_id=empty.id, worker_id=centre.workers["visitor"], since_on=clock.today(), by=by, at=clock.now()
    )
    actions.hand_back(
        matter_id=case.id, worker_id=centre.workers["visitor"], unit_id=centre.units["mind"], by=by, at=clock.now()
    )
    assert centre.matter(case.id).acting_worker_id == centre.workers["visitor"]
    assert not Entry.objects.get(matter_id=case.id, until_on=None).stands_in
    assert Served.objects.filter(matter_id=case.id).count() == 2


def test_waits_for_the_receiver_of_a_rerouting(centre: Centre) -> None:
    case = centre.his_case()
    centre.triaged(case.id, level=3)
    asked = actions.ask_reroute(
        matter_id=case.id, to_unit_id=centre.units["station"], service="nurse", because="distance",
        by=centre.be("mind_worker"), at=clock.now(),
    )  # fmt: skip
    assert centre.owed(case.id, "care.reroute_answer") is not None
    assert centre.matter(case.id).acting_worker_id == centre.workers["mind_worker"]
    centre.later(hours=2)
    with pytest.raises(Refused, match="被請求單位"):
        actions.answer_reroute(
            reroute_id=asked.id, accept=True, worker_id=centre.workers["station_nurse"], by=centre.be("mind_worker"),
            at=clock.now(),
        )  # fmt: skip
    actions.answer_reroute(
        reroute_id=asked.id, accept=True, worker_id=centre.workers["station_nurse"], by=centre.be("station_supervisor"),
        at=clock.now(),
    )  # fmt: skip
    assert centre.matter(case.id).acting_worker_id == centre.workers["station_nurse"]
    assert centre.owed(case.id, "care.reroute_answer") is None


def test_leaves_all_as_it_is_when_a_rerouting_is_returned(centre: Centre) -> None:
    case = centre.his_case()
    centre.triaged(case.id, level=3)
    asked = actions.ask_reroute(
        matter_id=case.id, to_unit_id=centre.units["station"], service="nurse", because="distance",
        by=centre.be("mind_worker"), at=clock.now(),
    )  # fmt: skip
    by = centre.be("station_supervisor")
    with pytest.raises(BadInput):
        actions.answer_reroute(reroute_id=asked.id, accept=False, by=by, at=clock.now())
    actions.answer_reroute(reroute_id=asked.id, accept=False, answer="no_post", by=by, at=clock.now())
    assert centre.matter(case.id).acting_worker_id == centre.workers["mind_worker"]
    assert Triage.objects.filter(matter_id=case.id).count() == 0, "the other unit reads no more"
    with pytest.raises(Conflict):
        actions.withdraw_reroute(reroute_id=asked.id, by=centre.be("mind_worker"), at=clock.now())


def test_asks_one_at_a_time(centre: Centre) -> None:
    case = centre.his_case()
    centre.triaged(case.id)
    for number in range(2):
        if number:
            with pytest.raises(Conflict):
                actions.ask_reroute(
                    matter_id=case.id, to_unit_id=centre.units["station"], service="nurse", because="distance",
                    by=centre.be("mind_worker"), at=clock.now(),
                )  # fmt: skip
        else:
            actions.ask_reroute(
                matter_id=case.id, to_unit_id=centre.units["station"], service="nurse", because="distance",
                by=centre.be("mind_worker"), at=clock.now(),
            )  # fmt: skip


def test_changes_a_level_with_its_reason(centre: Centre) -> None:
    case = centre.his_case()
    centre.triaged(case.id, level=2)
    centre.decided(case.id, "care_visitor", "visitor")
    by = centre.be("visitor")
    with pytest.raises(BadInput, match="為什麼"):
        actions.set_level(matter_id=case.id, level=3, words=" ", by=by, at=clock.now())
    actions.set_level(matter_id=case.id, level=3, words="規律回診半年", by=by, at=clock.now())
    assert Entry.objects.get(matter_id=case.id).level == 3
    with pytest.raises(BadInput, match="就是這一級"):
        actions.set_level(matter_id=case.id, level=3, words="再寫一次", by=by, at=clock.now())


def test_looks_at_a_long_relationship_without_asking_to_close(centre: Centre) -> None:
    case = centre.his_case()
    centre.triaged(case.id, level=2)
    centre.decided(case.id, "care_visitor", "visitor")
    by = centre.be("mind_supervisor")
    actions.begin_long(matter_id=case.id, because="十年來第一個肯開門的人", by=by, at=clock.now())
    assert centre.due(case.id, "care.long_review") == "2026-09-09T00:00"
    centre.later(days=100)
    by = centre.be("visitor")
    actions.review_long(matter_id=case.id, words="每月一起買菜", goes_on=True, by=by, at=clock.now())
    assert centre.due(case.id, "care.long_review") == "2026-12-17T00:00"
