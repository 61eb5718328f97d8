"""Looking across agencies: what each may learn, by steps, and that nothing and closed are one answer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from anwang.access.actions import involve
from anwang.audit.models import Act, Reading
from anwang.disclosure import actions, policies, queries, rules
from anwang.disclosure.models import Alert, ContactStep, Conversation, Hit, LookUp
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.actions import end_matter
from anwang.people.actions import add_identifier
from anwang.protection import actions as protection
from tests.unit.cases.office import person
from tests.unit.disclosure.stage import HER, HIM, NOBODY, Couple

pytestmark = pytest.mark.django_db


def page(couple: Couple, key: str, look: LookUp | None) -> queries.LookPage:
    assert look is not None
    return queries.look(couple.be(key), look.number)


# asker, whom, purpose, serving → reaches; the matrix of the two circles.
MATRIX = [
    ("adult_worker", HER, "joint_service", "hers", ["detail"]),  # her welfare file
    ("adult_worker", HIM, "joint_service", "hers", ["flag"]),  # protection asks mental health
    ("welfare_worker", HER, "joint_service", "welfare", ["detail"]),  # her protection file
    ("welfare_worker", HER, "visit_safety", "welfare", ["contact"]),
    ("welfare_worker", HER, "benefit_matching", "welfare", []),
    ("welfare_worker", HIM, "benefit_matching", "welfare", ["flag"]),  # benefits ask mental health
    ("visitor", HER, "joint_service", "his", []),  # she is on the other side of whom he serves
    ("visitor", HER, "visit_safety", "his", []),
    ("visitor", HER, "rescue", "his", []),
    ("visitor", HIM, "visit_safety", "his", ["flag"]),  # a safety notice about the man he visits
    ("visitor", HIM, "joint_service", "his", []),
    ("visitor", NOBODY, "visit_safety", "his", []),
]


@pytest.mark.parametrize(("key", "whom", "purpose", "serving", "reaches"), MATRIX)
def test_answers_by_network_purpose_and_side(
    couple: Couple, key: str, whom: str, purpose: str, serving: str, reaches: list[str]
) -> None:
    basis = "danger" if purpose in ("visit_safety", "rescue") else "duty"
    look = couple.look(key, whom, purpose=purpose, basis=basis, serving=getattr(couple, serving))
    found = page(couple, key, look).answers
    assert [answer.reach for answer in found] == reaches
    for answer in found:
        if answer.is_flag:
            assert (answer.hit_id, answer.network, answer.unit, answer.phone) == (None, "", "", "")


def test_gives_nothing_and_closed_the_same_shape_and_statements(couple: Couple) -> None:
    shapes, counts = [], []
    for whom in (NOBODY, HER):
        by = couple.be("visitor")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            look = actions.look_up(asked=actions.Asked(number=whom), purpose="visit_safety", basis="danger",
                                   for_number=couple.number(couple.his), by=by, at=clock.now()).look  # fmt: skip
            assert look is not None
            shown = queries.look(by, look.number)
        counts.append([re.sub(r'"s\d+_x\d+"', "", query["sql"])[:40] for query in asked.captured_queries])
        shapes.append((shown.answers, shown.talks, shown.window, shown.expires_at))
    assert shapes[0] == shapes[1]
    assert counts[0] == counts[1]


def test_lets_her_own_worker_look_her_up_though_he_stands_in_her_report(couple: Couple) -> None:
    look = couple.look("adult_worker", HER, serving=couple.hers)
    assert [answer.network for answer in page(couple, "adult_worker", look).answers] == ["社會福利"]


def test_finds_by_exact_name_and_day_of_birth_only(couple: Couple) -> None:
    found = []
    for name, born in [("施曉嵐", "1992-02-02"), ("施曉嵐", "1992-02-03"), ("施曉", "1992-02-02")]:
        by = couple.be("welfare_worker")
        asked = actions.Asked(name=name, born_on=date.fromisoformat(born))
        look = actions.look_up(asked=asked, purpose="joint_service", basis="duty",
                               for_number=couple.number(couple.welfare), by=by, at=clock.now()).look  # fmt: skip
        found.append(len(page(couple, "welfare_worker", look).answers))
    assert found == [1, 0, 0]


def test_keeps_neither_name_nor_number_of_whom_was_asked(couple: Couple) -> None:
    look = couple.look("welfare_worker", HER, serving=couple.welfare)
    assert look is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM disclosure_lookup l")
        told = cursor.fetchone()[0]
    assert HER not in told
    assert "施曉嵐" not in told
    act = Act.objects.filter(verb="disclosure.looked").get()
    assert act.details["purpose"] == "joint_service"
    assert Reading.objects.filter(what="disclosure.look", because=look.number).count() == 1


@pytest.mark.parametrize(("change", "error"), [
    ({"purpose": "curiosity"}, BadInput), ({"basis": "because"}, BadInput),
    ({"purpose": "rescue", "basis": "consent"}, BadInput), ({"for_number": "C115-0000-0000"}, BadInput),
    ({"asked": actions.Asked()}, BadInput), ({"asked": actions.Asked(name="施曉嵐")}, BadInput),
])  # fmt: skip
def test_refuses_a_forged_purpose_basis_or_number(couple: Couple, change: dict, error: type[Exception]) -> None:
    by = couple.be("welfare_worker")
    given = {"asked": actions.Asked(number=HER), "purpose": "joint_service", "basis": "duty",
             "for_number": couple.number(couple.welfare)} | change  # fmt: skip
    with pytest.raises(error):
        actions.look_up(**given, by=by, at=clock.now())
    assert not Hit.objects.exists()


def test_refuses_a_file_in_somebody_elses_hands(couple: Couple) -> None:
    with pytest.raises(BadInput):
        couple.look("welfare_worker", HER, serving=couple.hers)


ROLES = [
    ("screener", True), ("worker", True), ("nurse", True), ("visitor", True), ("supervisor", True),
    ("ngo_worker", False), ("clerk", False), ("chief", False), ("administrator", False), ("privacy", False),
]  # fmt: skip


@pytest.mark.parametrize(("key", "may"), ROLES)
def test_lets_only_public_workers_with_families_look_and_open(couple: Couple, key: str, may: bool) -> None:
    by = couple.be(key)
    assert bool(policies.may_look(by)) is may
    assert bool(policies.may_open(by)) is may


def test_refuses_a_unit_that_belongs_to_no_network(couple: Couple) -> None:
    by = couple.be("nurse")
    with pytest.raises((Refused, BadInput)):
        actions.look_up(asked=actions.Asked(number=HER), purpose="visit_safety", basis="danger",
                        for_number=couple.number(couple.his), by=by, at=clock.now())  # fmt: skip


def hit_of(couple: Couple) -> tuple[LookUp, UUID]:
    look = couple.look("welfare_worker", HER, serving=couple.welfare)
    (answer,) = page(couple, "welfare_worker", look).answers
    assert look is not None
    assert answer.hit_id is not None
    return look, answer.hit_id


def test_tells_whom_to_ring_only_after_a_supervisor_confirmed_and_only_for_its_time(couple: Couple) -> None:
    look, hit = hit_of(couple)
    actions.ask_contact(hit_id=hit, by=couple.be("welfare_worker"), at=clock.now())
    assert page(couple, "welfare_worker", look).answers[0].unit == ""
    step = ContactStep.objects.get()
    for key in ("welfare_worker", "adult_supervisor", "chief"):
        with pytest.raises((Refused, NotFound)):
            actions.confirm_contact(step_id=step.id, is_given=True, by=couple.be(key), at=clock.now())
    by = couple.be("welfare_supervisor")
    (waiting,) = queries.contacts_to_confirm(by)
    assert waiting.for_number == couple.number(couple.welfare)
    actions.confirm_contact(step_id=step.id, is_given=True, by=by, at=clock.now())
    with pytest.raises(Conflict):
        actions.confirm_contact(step_id=step.id, is_given=False, by=couple.be("welfare_supervisor"), at=clock.now())
    answer = page(couple, "welfare_worker", look).answers[0]
    assert (answer.unit, answer.phone) == ("家防中心成保組", "(08)000-1000")
    until = ContactStep.objects.get().expires_at
    assert until is not None
    couple.hands.advance(until - clock.now() - timedelta(microseconds=1))
    assert page(couple, "welfare_worker", look).answers[0].unit
    couple.hands.advance(timedelta(microseconds=1))
    assert page(couple, "welfare_worker", look).answers == ()


def test_forgets_a_flag_at_its_end_and_takes_no_step_after_it(couple: Couple) -> None:
    look, hit = hit_of(couple)
    couple.hands.advance(look.expires_at - clock.now() - timedelta(microseconds=1))
    assert page(couple, "welfare_worker", look).answers
    couple.hands.advance(timedelta(microseconds=1))
    assert page(couple, "welfare_worker", look).answers == ()
    with pytest.raises(NotFound):
        actions.ask_contact(hit_id=hit, by=couple.be("welfare_worker"), at=clock.now())


def test_lets_nobody_guess_or_take_over_a_hit(couple: Couple) -> None:
    look, hit = hit_of(couple)
    for key, one in (("welfare_worker", uuid4()), ("visitor", hit), ("adult_worker", hit)):
        with pytest.raises(NotFound):
            actions.ask_contact(hit_id=one, by=couple.be(key), at=clock.now())
    with pytest.raises(NotFound):
        queries.look(couple.be("visitor"), look.number)


def test_shows_direct_sql_no_hit_of_a_file_one_does_not_read(couple: Couple) -> None:
    hit_of(couple)
    counts = {}
    for key in ("welfare_worker", "visitor", "adult_worker"):
        couple.be(key)
        counts[key] = Hit.objects.count()
    assert counts == {"welfare_worker": 0, "visitor": 0, "adult_worker": 1}


def test_writes_a_look_by_its_function_alone_and_never_for_another(couple: Couple) -> None:
    by = couple.be("visitor")
    for sql in (
        "INSERT INTO disclosure_hit SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', 'flag'",
        """SELECT disclosure_look('{"by": "00000000-0000-7000-8000-000000000000"}',
                                   '', '', NULL, '{}', '{}', '{}', '{}')""",
        "SELECT disclosure_identities('', '施曉嵐', '1992-02-02')",
        "SELECT disclosure_opposed('{}')",
        "UPDATE disclosure_lookup SET purpose = 'rescue'",
        "DELETE FROM disclosure_conversation",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert by


def test_writes_the_talk_into_the_file_it_serves(couple: Couple) -> None:
    look, _hit = hit_of(couple)
    couple.hands.advance(timedelta(minutes=20))
    given = {"look_id": look.id, "spoke_with": "成保組督導", "spoke_at": clock.now(), "agreed": "go_together",
             "words": "週四一起去，先不告訴先生。"}  # fmt: skip
    actions.log_conversation(**given, by=couple.be("welfare_worker"), at=clock.now())
    (talk,) = page(couple, "welfare_worker", look).talks
    assert (talk.spoke_with, talk.agreed) == ("成保組督導", "一起訪視")
    readers = {}
    for key in ("welfare_worker", "welfare_supervisor", "adult_worker", "visitor", "chief", "privacy"):
        couple.be(key)
        readers[key] = Conversation.objects.count()
    assert [key for key, count in readers.items() if count] == ["welfare_worker", "welfare_supervisor"]


@pytest.mark.parametrize("change", [
    {"spoke_with": " "}, {"agreed": "bribe"}, {"spoke_at": timedelta(hours=1)}, {"spoke_at": timedelta(days=-1)},
])  # fmt: skip
def test_refuses_a_talk_that_cannot_have_been(couple: Couple, change: dict) -> None:
    look, _hit = hit_of(couple)
    given = {
        "look_id": look.id,
        "spoke_with": "督導",
        "spoke_at": timedelta(0),
        "agreed": "nothing",
        "words": "",
    } | change
    given["spoke_at"] += clock.now()
    with pytest.raises(BadInput):
        actions.log_conversation(**given, by=couple.be("welfare_worker"), at=clock.now())


def test_stops_and_alarms_when_somebody_looks_in_bulk(couple: Couple) -> None:
    looks = [couple.look("welfare_worker", NOBODY, serving=couple.welfare) for _n in range(21)]
    assert [look is None for look in looks] == [False] * 20 + [True]
    numbers = set()
    for key in ("welfare_supervisor", "privacy"):
        couple.be(key)
        numbers |= {(row.to_role, row.kind) for row in Alert.objects.all()}
    assert numbers == {("supervising", "bulk"), ("privacy_officer", "bulk")}
    assert Act.objects.filter(verb="disclosure.throttled").count() == 1


def test_proves_its_receipt_and_no_other(couple: Couple) -> None:
    look = couple.look("welfare_worker", HER, serving=couple.welfare)
    shown = page(couple, "welfare_worker", look)
    by = couple.be("adult_supervisor")
    good = queries.check_receipt(by, shown.number.lower(), f" {shown.code.lower()} ")
    assert good is not None
    assert (good.is_good, good.purpose, good.unit) == (True, "同一家庭的共同服務", "河岬社福中心")
    assert good.rules_hash == shown.rules_hash
    assert queries.check_receipt(by, shown.number, "AAAA-BBBB-CCCC") is None
    assert queries.check_receipt(by, "X115-0000-0000", shown.code) is None
    couple.hands.advance(timedelta(hours=24))
    late = queries.check_receipt(couple.be("adult_supervisor"), shown.number, shown.code)
    assert late is not None
    assert not late.is_good


def test_counts_use_by_network_without_small_numbers(couple: Couple) -> None:
    for _n in range(6):
        couple.look("welfare_worker", NOBODY, serving=couple.welfare)
    couple.look("visitor", HIM, purpose="visit_safety", basis="danger", serving=couple.his)
    lines = queries.use(couple.be("privacy"), clock.today(), clock.today())
    assert {(line.network, line.looks, line.hits) for line in lines} == {
        ("社會福利", "6", "0"), ("心理衛生", "少於5", "少於5"),
    }  # fmt: skip


@pytest.mark.parametrize("way", ["shield", "order"])
def test_knows_the_other_side_from_shields_and_orders_too(couple: Couple, way: str) -> None:
    """Who is kept from her may stand in none of her files: the worker next door serves him all the same."""
    by, him = couple.be("adult_worker"), person("吳外人", date(1980, 1, 1))
    involve(file_id=couple.his, person_id=him, by=by)
    her = person("施另嵐", date(1970, 3, 3))
    for file_id in (couple.hers, couple.welfare):
        involve(file_id=file_id, person_id=her, circle="victim" if file_id == couple.hers else "neutral", by=by)
    add_identifier(person_id=her, kind="national_id", value=NOBODY, by=couple.be("welfare_worker"), at=clock.now())
    by = couple.be("adult_worker")
    involve(file_id=couple.report, person_id=him, by=by)
    if way == "shield":
        given = protection.ShieldGiven(
            persons=[her], kind="court_secret", ask_whom="成保組", against=[him], basis="聲請"
        )
        protection.shield(matter_id=couple.hers, given=given, by=by, at=clock.now())
    else:
        ordered = protection.Ordered(
            kind="emergency", court="望潮地方法院", number="115年度緊家護字第9006號", bound=him, protects=[her],
            terms=["no_contact"], issued_at=clock.now(), received_at=clock.now(),
        )  # fmt: skip
        protection.register_order(matter_id=couple.hers, ordered=ordered, by=by, at=clock.now())
    look = couple.look("visitor", NOBODY, purpose="visit_safety", basis="danger", serving=couple.his)
    assert page(couple, "visitor", look).answers == ()


@pytest.mark.parametrize(("days", "reaches"), [(0, ["flag"]), (729, ["flag"]), (731, [])])
def test_finds_an_ended_case_by_its_flag_for_two_years(couple: Couple, days: int, reaches: list[str]) -> None:
    by = couple.be("adult_supervisor")
    couple.hands.advance(timedelta(minutes=1))
    end_matter(matter_id=couple.hers, how="closed", at=clock.now(), by=by)
    couple.hands.advance(timedelta(days=days, minutes=1))
    look = couple.look("welfare_worker", HER, serving=couple.welfare)
    assert look is not None
    found = page(couple, "welfare_worker", look).answers
    assert [one.reach for one in found] == reaches
    assert all((one.hit_id, one.network, one.unit) == (None, "", "") for one in found)
    assert page(couple, "visitor", couple.look("visitor", HER, purpose="visit_safety", basis="danger",
                                               serving=couple.his)).answers == ()  # fmt: skip


def test_closes_a_kind_of_cases_that_is_younger_than_the_table(monkeypatch: pytest.MonkeyPatch, couple: Couple) -> None:
    monkeypatch.setattr(rules, "KINDS", "disclosure.purposes")
    found = rules.reaches("joint_service", "welfare", "99001")
    assert found.kinds
    assert set(found.reaches) == set(found.as_other) == {"closed"}
