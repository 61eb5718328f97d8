"""Emergency openings: one family, a few hours, read only; who is told, who agrees, who reviews."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from anwang.access.models import Grant
from anwang.access.queries import writing_zones_of, zones_of
from anwang.audit.models import Act
from anwang.cases.actions import write_note
from anwang.directory.models import Absence
from anwang.disclosure import actions, queries
from anwang.disclosure.models import Alert, ContactStep, Glass, GlassReview, SecondPerson
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.models import Duty, Matter
from anwang.people.actions import add_address, add_safety_address
from anwang.people.models import Address, Person
from anwang.people.policies import may_describe_person
from tests.unit.disclosure.stage import FAMILY, HER, NOBODY, Couple

pytestmark = pytest.mark.django_db
LIFE = actions.Because("life_threat", "警方在門口，聯繫不上承辦人。")


def break_it(couple: Couple, key: str = "welfare_worker", number: str = FAMILY, **more: object) -> Glass:
    whose = actions.Whose(number=number) if number else actions.Whose(person=actions.Asked(**more))  # type: ignore[arg-type]
    return actions.break_glass(whose=whose, because=LIFE, by=couple.be(key), at=clock.now())


def reads(couple: Couple, key: str, file_id: UUID) -> frozenset[str]:
    return zones_of(couple.be(key), file_id)


def test_opens_one_family_for_four_hours_to_its_reader_alone(couple: Couple) -> None:
    assert reads(couple, "worker2", couple.hers) == frozenset()
    glass = break_it(couple, "worker2")
    assert set(glass.files) == {couple.hers, couple.report}
    assert reads(couple, "worker2", couple.hers) == {"work", "case", "special"}
    assert Person.objects.filter(id=couple.her).exists()
    assert reads(couple, "worker2", couple.his) == frozenset()
    assert reads(couple, "worker", couple.hers) == frozenset()
    couple.hands.advance(timedelta(hours=4) - timedelta(microseconds=1))
    assert reads(couple, "worker2", couple.hers)
    couple.hands.advance(timedelta(microseconds=1))
    assert reads(couple, "worker2", couple.hers) == frozenset()


def test_reads_at_once_in_the_very_transaction(couple: Couple) -> None:
    by = couple.be("worker2")
    actions.break_glass(whose=actions.Whose(number=FAMILY), because=LIFE, by=by, at=clock.now())
    assert "case" in zones_of(by, couple.hers)


def test_finds_the_family_by_case_number_or_person_too(couple: Couple) -> None:
    for given in ({"number": couple.number(couple.hers)}, {"number": couple.number(couple.report)}):
        assert couple.hers in break_it(couple, "worker2", **given).files or given["number"][0] == "T"
    with pytest.raises(NotFound):
        actions.break_glass(whose=actions.Whose(person=actions.Asked(number=NOBODY)), because=LIFE,
                            by=couple.be("worker2"), at=clock.now())  # fmt: skip
    found = actions.break_glass(whose=actions.Whose(person=actions.Asked(number=HER)), because=LIFE,
                                by=couple.be("worker2"), at=clock.now())  # fmt: skip
    assert couple.hers in found.files


def test_writes_nothing_by_it(couple: Couple) -> None:
    break_it(couple, "worker2")
    by = couple.be("worker2")
    assert writing_zones_of(by, couple.hers) == frozenset()
    with pytest.raises(Refused):
        write_note(matter_id=couple.hers, text="看過了", by=by, at=clock.now())
    assert not may_describe_person(by, couple.her)
    with pytest.raises((Refused, NotFound)):
        add_address(
            person_id=couple.her, kind="living", text="望潮縣無名路9001號", source="said", by=by, at=clock.now()
        )


def test_changes_no_row_by_direct_sql_either(couple: Couple) -> None:
    by = couple.be("adult_worker")
    add_address(person_id=couple.her, kind="living", text="望潮縣無名路9001號", source="self", by=by, at=clock.now())
    break_it(couple, "worker2")
    assert Address.objects.filter(person_id=couple.her).exists()
    assert Address.objects.filter(person_id=couple.her).update(until_on=clock.today()) == 0
    couple.be("adult_worker")
    assert Address.objects.filter(person_id=couple.her).update(until_on=clock.today()) == 1


def test_asks_every_policy_for_update_for_the_keys_that_write(couple: Couple) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE cmd IN ('UPDATE', 'DELETE', 'ALL')"
                       " AND qual LIKE '%access_keys()%' AND tablename NOT LIKE 'access\\_%'")  # fmt: skip
        assert cursor.fetchall() == []


def test_gives_nothing_of_it_to_who_covers_the_reader(couple: Couple) -> None:
    break_it(couple, "worker2")
    now = clock.now()
    Absence.objects.create(worker_id=couple.world.workers["worker2"], covered_by_id=couple.world.workers["worker"],
                           kind="leave", starts_at=now, ends_at=now + timedelta(hours=8))  # fmt: skip
    assert reads(couple, "worker", couple.hers) == frozenset()


@pytest.mark.parametrize("key", ["visitor", "mind_supervisor"])
def test_answers_who_serves_the_other_side_like_a_family_that_is_not_there(couple: Couple, key: str) -> None:
    told = []
    for number in (FAMILY, couple.number(couple.hers), "H115-9999-9998", "nonsense"):
        with pytest.raises(NotFound) as refused:
            break_it(couple, key, number=number)
        told.append(str(refused.value))
    assert len(set(told)) == 1
    couple.be(key)
    assert not Grant.objects.filter(because="break_glass").exists()


@pytest.mark.parametrize("key", ["ngo_worker", "clerk", "chief", "administrator", "privacy"])
def test_refuses_whoever_reads_no_case(couple: Couple, key: str) -> None:
    with pytest.raises(Refused):
        break_it(couple, key)


@pytest.mark.parametrize(("reason", "words"), [("", "為了救人"), ("curious", "想看"), ("life_threat", "  ")])
def test_wants_a_reason_of_the_list_and_words(couple: Couple, reason: str, words: str) -> None:
    with pytest.raises(BadInput):
        actions.break_glass(whose=actions.Whose(number=FAMILY), because=actions.Because(reason, words),
                            by=couple.be("worker2"), at=clock.now())  # fmt: skip


def test_tells_supervisor_and_privacy_officer_a_number_and_nothing_else(couple: Couple) -> None:
    glass = break_it(couple, "worker2")
    number = couple.number(glass.matter_id)
    lines = queries.alerts(couple.be("supervisor"), clock.now()), queries.alerts(couple.be("privacy"), clock.now())
    assert [[line.number for line in one] for one in lines] == [[number], [number]]
    for key in ("worker2", "adult_supervisor", "chief", "administrator"):
        assert queries.alerts(couple.be(key), clock.now()) == []
    couple.be("privacy")
    told = str(list(Alert.objects.values()))
    for secret in ("徐意涵", str(couple.world.workers["worker2"]), str(couple.family), "施曉嵐", "H115"):
        assert secret not in told
    couple.be("supervisor")
    with pytest.raises(NotFound):
        queries.opening(couple.be("supervisor"), number)
    actions.note_alert(alert_id=lines[0][0].id, by=couple.be("supervisor"), at=clock.now())
    with pytest.raises(NotFound):
        actions.note_alert(alert_id=lines[1][0].id, by=couple.be("supervisor"), at=clock.now())


def test_owes_a_review_in_three_working_days_to_somebody_else(couple: Couple) -> None:
    glass = break_it(couple, "worker2")
    duty = Duty.objects.get(matter_id=glass.matter_id, rule_id="break_glass.review")
    assert duty.worker_id == couple.world.workers["privacy"]
    assert clock.local(duty.due_at).isoformat() == "2026-03-14T00:00:00+08:00"
    (waiting,) = queries.openings_to_review(couple.be("privacy"))
    assert (waiting.reader, waiting.family, waiting.words) == ("徐意涵", FAMILY, LIFE.words)


def test_goes_to_who_stands_over_the_reader_where_there_is_no_officer(couple: Couple) -> None:
    couple.be("privacy")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE directory_appointment SET ended_at = %s WHERE role = 'privacy_officer'", [clock.now()])
    glass = break_it(couple, "worker2")
    assert Matter.objects.get(id=glass.matter_id).acting_worker_id == couple.world.workers["supervisor"]
    own = break_it(couple, "supervisor")
    assert Matter.objects.get(id=own.matter_id).acting_worker_id == couple.world.workers["chief"]


@pytest.mark.parametrize("key", ["worker2", "supervisor", "chief", "worker", "administrator"])
def test_lets_nobody_but_its_holder_review(couple: Couple, key: str) -> None:
    glass = break_it(couple, "worker2")
    with pytest.raises((NotFound, Refused)):
        actions.review_opening(
            glass_id=glass.matter_id, outcome="justified", words="", by=couple.be(key), at=clock.now()
        )


def test_reviews_once_with_words_where_they_are_needed_and_ends(couple: Couple) -> None:
    glass = break_it(couple, "worker2")
    by = couple.be("privacy")
    for outcome, words in (("justified!", ""), ("misuse", "")):
        with pytest.raises(BadInput):
            actions.review_opening(glass_id=glass.matter_id, outcome=outcome, words=words, by=by, at=clock.now())
    actions.review_opening(glass_id=glass.matter_id, outcome="justified", words="", by=by, at=clock.now())
    with pytest.raises(Conflict):
        actions.review_opening(glass_id=glass.matter_id, outcome="misuse", words="x", by=by, at=clock.now())
    assert Matter.objects.get(id=glass.matter_id).ended_how == "justified"
    assert not Duty.objects.filter(matter_id=glass.matter_id, state="open").exists()
    assert queries.opening(couple.be("worker2"), couple.number(glass.matter_id)).outcome == "有必要"


def test_lets_the_database_refuse_a_review_by_the_reader(couple: Couple) -> None:
    glass = break_it(couple, "worker2")
    me = couple.world.workers["worker2"]
    with pytest.raises(DatabaseError), transaction.atomic():
        GlassReview(glass=glass, reader=me, outcome="justified", by=me, at=clock.now()).save(force_insert=True)
    other = couple.world.workers["worker"]
    with pytest.raises(DatabaseError), transaction.atomic():
        GlassReview(glass=glass, reader=other, outcome="justified", by=me, at=clock.now()).save(force_insert=True)


def test_stops_at_the_fourth_of_a_day_and_counts_for_the_reader(couple: Couple) -> None:
    for _n in range(3):
        break_it(couple, "worker2")
    by = couple.be("worker2")
    assert queries.openings_since(by, couple.world.workers["worker2"], clock.now() - timedelta(days=1)) == 3
    with pytest.raises(Refused):
        break_it(couple, "worker2")
    couple.hands.advance(timedelta(days=1))
    assert break_it(couple, "worker2")


def test_ends_when_the_reader_says_so(couple: Couple) -> None:
    glass = break_it(couple, "worker2")
    couple.hands.advance(timedelta(minutes=10))
    with pytest.raises(NotFound):
        actions.end_opening(glass_id=glass.matter_id, by=couple.be("worker"), at=clock.now())
    actions.end_opening(glass_id=glass.matter_id, by=couple.be("worker2"), at=clock.now())
    couple.hands.advance(timedelta(seconds=1))
    assert reads(couple, "worker2", couple.hers) == frozenset()


def asked(couple: Couple) -> tuple[Glass, SecondPerson]:
    by = couple.be("adult_worker")
    add_safety_address(person_id=couple.her, text="青嵐縣無名路9001號", ask_whom="成保組", by=by, at=clock.now())
    glass = break_it(couple, "worker2")
    return glass, actions.ask_second_person(glass_id=glass.matter_id, by=couple.be("worker2"), at=clock.now())


def test_tells_direct_sql_neither_who_asked_nor_how_often_somebody_opened(couple: Couple) -> None:
    asked(couple)
    who = couple.world.workers["worker2"]
    since = clock.now() - timedelta(days=1)
    told = {}
    for key in ("worker2", "privacy", "supervisor", "administrator"):
        by = couple.be(key)
        told[key] = (SecondPerson.objects.count(), Glass.objects.count(), queries.openings_since(by, who, since))
    assert told == {"worker2": (1, 1, 1), "privacy": (0, 1, 1), "supervisor": (0, 0, 0), "administrator": (0, 0, 0)}
    couple.be("worker")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM disclosure_use('99001', now() - interval '9 years', now())")
        assert cursor.fetchone()[0] == 0


def test_records_each_step(couple: Couple) -> None:
    glass, second = asked(couple)
    actions.agree_as_second(second_id=second.id, is_unrelated=True, by=couple.be("supervisor"), at=clock.now())
    actions.review_opening(
        glass_id=glass.matter_id, outcome="justified", words="", by=couple.be("privacy"), at=clock.now()
    )
    verbs = list(Act.objects.filter(matter_id=glass.matter_id, verb__startswith="glass").values_list("verb", flat=True))
    assert sorted(verbs) == ["glass.broken", "glass.reviewed", "glass.second_agreed", "glass.second_asked"]
    assert {line.what for line in queries.read_under(couple.be("privacy"), glass.matter_id)} == {"緊急調閱的個案"}


def test_shows_alerts_and_contact_steps_to_whom_they_are_for_by_plain_sql_too(couple: Couple) -> None:
    break_it(couple, "worker2")
    seen = {}
    for key in ("supervisor", "privacy", "worker2", "adult_supervisor", "administrator"):
        couple.be(key)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM disclosure_alert")
            seen[key] = cursor.fetchone()[0]
    assert seen == {"supervisor": 1, "privacy": 1, "worker2": 0, "adult_supervisor": 0, "administrator": 0}
    look = couple.look("welfare_worker", HER, serving=couple.welfare)
    hit = queries.look(couple.be("welfare_worker"), look.number).answers[0].hit_id  # type: ignore[union-attr]
    actions.ask_contact(hit_id=hit, by=couple.be("welfare_worker"), at=clock.now())  # type: ignore[arg-type]
    for key, steps in (("welfare_worker", 1), ("welfare_supervisor", 1), ("worker2", 0), ("adult_supervisor", 0)):
        couple.be(key)
        assert ContactStep.objects.count() == steps, key
