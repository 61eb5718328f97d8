"""The invented county at its default clock: nothing broken, nobody without work, nothing hidden lying about."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Count, Max

from anwang.access.viewer import viewer_for
from anwang.demo import canaries
from anwang.demo.background import background
from anwang.demo.beats import taipei
from anwang.demo.build import build
from anwang.demo.county import County
from anwang.foundation import clock, national_id
from anwang.matters.models import Matter
from anwang.matters.queries.worklist import worklist
from anwang.matters.verify import verify
from anwang.people import seals
from tests.unit.demo.conftest import AT, Owner

HOUSE = re.compile(r"(\d+)號")


def test_keeps_every_promise(county: Owner) -> None:
    assert verify(county) == []


def test_hides_what_lies_behind_the_two_doors_in_every_table(county: Owner) -> None:
    tables = [row[0] for row in county.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    found = [
        (table, word)
        for table in tables
        for word in canaries.HIDDEN
        if county.execute(f'SELECT 1 FROM "{table}" t WHERE t::text LIKE %s LIMIT 1', [f"%{word}%"]).fetchone()
    ]
    assert len(tables) > 50
    assert found == []


def test_keeps_what_is_hidden_all_the_same(county: Owner) -> None:
    rows = county.execute("SELECT id, sealed_text FROM people_safetyaddress").fetchall()
    texts = {seals.unseal(bytes(sealed), "safety_address.text", UUID(str(key))) for key, sealed in rows}
    assert {canaries.REFUGE, canaries.AUNTS_FLAT} <= texts


def test_gives_nobody_a_number_that_could_be_somebodys(county: Owner) -> None:
    rows = county.execute("SELECT id, sealed_value FROM people_identifier").fetchall()
    numbers = [seals.unseal(bytes(sealed), "identifier.value", UUID(str(key))) for key, sealed in rows]
    assert len(numbers) > 40
    assert [number for number in numbers if not national_id.test_range(number)] == []


def test_gives_no_two_people_the_same_number(county: Owner) -> None:
    rows = county.execute(
        "SELECT i.id, i.sealed_value, p.name FROM people_identifier i JOIN people_person p ON p.id = i.person_id"
    ).fetchall()
    owners: dict[str, list[str]] = {}
    for key, sealed, name in rows:
        owners.setdefault(seals.unseal(bytes(sealed), "identifier.value", UUID(str(key))), []).append(str(name))
    assert [number for number in owners if not national_id.check(number).valid] == []
    shared = [names for names in owners.values() if len(names) > 1]
    assert shared == [["王小恩", "王小恩"]]  # one boy of story 2, whom two reports wrote down


def test_gives_no_two_people_the_same_telephone(county: Owner) -> None:
    shared = county.execute(
        "SELECT phone, count(*) FROM (SELECT DISTINCT person_id AS who, value AS phone FROM people_contactpoint"
        " UNION ALL SELECT id, phone FROM directory_worker) p GROUP BY phone HAVING count(*) > 1"
    ).fetchall()
    assert shared == []


def test_gives_nobody_a_door_that_exists(county: Owner) -> None:
    texts = [str(row[0]) for row in county.execute("SELECT text FROM people_address")]
    assert len(texts) > 40
    assert [text for text in texts if not any(int(number) > 9000 for number in HOUSE.findall(text))] == []


def test_gives_nobody_a_telephone_that_rings(county: Owner) -> None:
    sql = (
        "SELECT value FROM people_contactpoint UNION SELECT phone FROM directory_worker"
        " UNION SELECT phone FROM directory_unit"
    )
    phones = [str(row[0]) for row in county.execute(sql)]
    assert [phone for phone in phones if not re.fullmatch(r"09\d\d-000-\d{3}|\(0\d\)000-\d{4}", phone)] == []


@pytest.mark.parametrize(
    "name", ["杜婉婷", "簡伯勳", "溫雅筑", "葉承翰", "林可芸", "石宗霖", "沈芷妍", "傅雅琪", "賴思穎",
             "孫可欣",
             "方振維", "尤冠廷", "何宛真", "馬如玉", "徐意涵", "吳承恩", "高玉潔", "朱怡君", "田慧珊"],
)  # fmt: skip
def test_gives_everybody_a_day_that_is_neither_empty_nor_absurd(county: Owner, name: str) -> None:
    worker = county.execute("SELECT id FROM directory_worker WHERE name = %s", [name]).fetchone()
    with transaction.atomic():
        assert worker
        rows = worklist(viewer_for(UUID(str(worker[0])))).rows
    assert 1 <= len(rows) <= 30  # as many steps as a full caseload has cases


def test_answers_at_every_second_with_one_unit_and_somebody_to_ring(county: Owner) -> None:
    holes = county.execute(
        "SELECT m.number FROM matters_matter m WHERE"
        " (SELECT min(since) FROM matters_acting_span s WHERE s.matter_id = m.id) <> m.opened_at"
        " OR EXISTS (SELECT 1 FROM matters_acting_span s WHERE s.matter_id = m.id AND s.until IS NOT NULL"
        "   AND s.until <> m.ended_at AND NOT EXISTS"
        "   (SELECT 1 FROM matters_acting_span n WHERE n.matter_id = m.id AND n.since = s.until))"
        " OR (SELECT count(*) FROM matters_accountable_span s WHERE s.matter_id = m.id AND s.until IS NULL) > 1"
    ).fetchall()
    silent = county.execute(
        "SELECT m.number FROM matters_acting_span s JOIN matters_matter m ON m.id = s.matter_id"
        " LEFT JOIN directory_worker w ON w.id = s.worker_id LEFT JOIN directory_desk d ON d.id = s.desk_id"
        " WHERE coalesce(w.phone, d.phone, '') = ''"
    ).fetchall()
    assert (holes, silent) == ([], [])


def test_has_the_same_people_for_the_same_seed() -> None:
    nobody = County({}, {}, {})
    first, again, other = (
        [person.name for story in background(nobody, seed) for person in story.told.persons] for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_stops_just_before_the_first_night(committed_db: str) -> None:
    before = clock.TAIPEI
    with clock.frozen(AT.replace(year=2026, month=3, day=7, hour=23, minute=35, tzinfo=before)), transaction.atomic():
        build()
        opened = Matter.objects.aggregate(last=Max("opened_at"), count=Count("id"))
        assert opened["count"] > 0
        assert opened["last"] <= clock.now()


def due(county: Owner, rule: str, received: str) -> set[tuple[str, str]]:
    """(due in Taipei, state) of a rule's duties on the matter that began then."""
    rows = county.execute(
        "SELECT to_char(d.due_at AT TIME ZONE 'Asia/Taipei', 'MM-DD HH24:MI'), d.state FROM matters_duty d"
        " JOIN matters_matter m ON m.id = d.matter_id WHERE d.rule_id = %s AND m.opened_at = %s",
        [rule, taipei(received)],
    )
    return {(str(when), str(state)) for when, state in rows}


def subjects(county: Owner, kind: str, opened: str) -> set[str]:
    rows = county.execute(
        "SELECT p.name FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id"
        " JOIN cases_case c ON c.id = s.matter_id JOIN matters_matter m ON m.id = c.id"
        " WHERE c.kind = %s AND m.opened_at = %s",
        [kind, taipei(opened)],
    )
    return {str(row[0]) for row in rows}


def test_grades_the_first_night_from_the_first_call(county: Owner) -> None:
    assert due(county, "child_protection.grading", "2026-03-07 23:40") == {("03-08 23:40", "done")}
    assert due(county, "child_protection.grading", "2026-03-08 02:05") == {("03-09 02:05", "void")}


def test_knows_three_children_and_one_woman_and_has_no_case_for_him(county: Owner) -> None:
    assert subjects(county, "child_protection", "2026-03-08 00:02") == {"陳小宇", "陳小樂", "林小晴"}
    assert subjects(county, "intimate_violence", "2026-03-08 00:02") == {"林佳安"}
    him = "SELECT 1 FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id WHERE p.name = '陳志豪'"
    sql = f"{him} AND s.since_on < '2026-03-27'"  # that day the court's letter opens one on his own side
    assert county.execute(sql).fetchone() is None


def test_owes_the_witness_an_assessment_and_the_placement_its_limit(county: Owner) -> None:
    heard, learnt_at_one = ("03-15 00:00", "done"), ("03-16 00:00", "done")
    assert due(county, "violence.witness_child", "2026-03-08 00:02") == {heard, learnt_at_one}
    assert due(county, "placement.emergency_limit", "2026-03-08 03:00") == {("03-11 03:35", "done")}


def test_hands_the_night_over_at_half_past_eight_though_signed_later(county: Owner) -> None:
    rows = county.execute(
        "SELECT DISTINCT recorded_at FROM matters_actingstart WHERE since = %s", [taipei("2026-03-08 08:30")]
    ).fetchall()
    assert rows == [(taipei("2026-03-08 08:52"),)]


def test_counts_four_reports_and_one_duplicate(county: Owner) -> None:
    assert due(county, "child_protection.grading", "2026-04-20 09:05") == {("04-21 09:05", "done")}
    assert due(county, "child_protection.grading", "2026-04-20 14:30") == {("04-21 14:30", "void")}
    assert due(county, "child_protection.grading", "2026-04-21 11:00") == {("04-22 11:00", "void")}
    rows = county.execute("SELECT repeat, count(*) FROM intake_reportlink GROUP BY repeat").fetchall()
    assert dict(rows)["same_nothing_new"] == 1  # type: ignore[arg-type]
    april = "figure = %s AND county = '99002' AND at >= %s"
    counted = county.execute(
        f"SELECT count(DISTINCT item) FROM indicators_event WHERE {april}", ["set_aside", taipei("2026-04-01 00:00")]
    ).fetchone()
    assert counted == (1,)


def test_does_not_take_a_mother_at_the_door_for_a_sight(county: Owner) -> None:
    assert due(county, "child_protection.first_visit", "2026-04-13 15:10") == {("04-21 09:05", "open")}


def test_keeps_the_family_nobody_wants_with_somebody(county: Owner) -> None:
    assert due(county, "report.second_look", "2026-03-13 16:40") == {("03-17 00:00", "done")}
    assert due(county, "dispute.rule", "2026-03-13 17:05") == {("03-16 17:20", "done")}
    assert due(county, "transfer.answer", "2026-03-13 17:05") == {("03-21 00:00", "open")}
    holder = county.execute(
        "SELECT u.code, w.name FROM matters_matter m JOIN directory_unit u ON u.id = m.accountable_id"
        " JOIN directory_worker w ON w.id = m.acting_worker_id WHERE m.opened_at = %s",
        [taipei("2026-03-13 17:05")],
    ).fetchone()
    assert holder == ("ql-protection", "吳承恩")


def test_gives_wu_thirty_one_to_hand_over_on_the_monday(county: Owner) -> None:
    (items,) = county.execute(
        "SELECT array_agg(w.name) FROM matters_handoverlist l JOIN matters_handoveritem i ON i.list_id = l.id"
        " JOIN directory_worker w ON w.id = i.to_worker_id WHERE l.effective_at = %s",
        [taipei("2026-03-16 09:20")],
    ).fetchone() or ([],)
    assert len(items) == 31  # type: ignore[arg-type]
    assert set(items) == {"徐意涵", "康文彥", "高玉潔"}  # type: ignore[call-overload]
    moved = county.execute(
        "SELECT DISTINCT s.since FROM matters_acting_span s JOIN directory_worker w ON w.id = s.worker_id"
        " JOIN matters_handoveritem i ON i.matter_id = s.matter_id AND i.to_worker_id = w.id WHERE w.name <> '康文彥'"
        " AND i.received_at IS NOT NULL ORDER BY 1"
    ).fetchall()
    assert moved == [(taipei("2026-03-16 09:20"),), (taipei("2026-03-17 08:50"),)]


def test_waits_to_hear_that_the_other_county_acts_for_the_family_that_moved(county: Owner) -> None:
    waits = county.execute(
        "SELECT u.name, d.rule_id, o.answered_how, f.code FROM matters_offer o"
        " JOIN directory_unit u ON u.id = o.to_unit_id JOIN directory_unit f ON f.id = o.from_unit_id"
        " JOIN matters_duty d ON d.matter_id = o.matter_id AND d.rule_id = 'transfer.look_after' AND d.state = 'open'"
        " WHERE o.kind = 'transfer' AND o.state = 'accepted' AND o.ended_at IS NULL AND NOT u.on_system"
    ).fetchall()
    assert waits == [("白沙縣政府", "transfer.look_after", "letter", "wc-heja")]


@pytest.mark.parametrize("at", ["2026-02-17 10:00", "2026-04-03 10:00", "2026-04-06 16:00", "2026-04-04 09:00"])
def test_keeps_a_desk_while_offices_are_closed_for_a_holiday(county: Owner, at: str) -> None:
    there = "SELECT count(DISTINCT desk_id) FROM directory_shift WHERE starts_at <= %s AND ends_at > %s AND rank = 1"
    assert county.execute(there, [taipei(at), taipei(at)]).fetchone() == (2,), "one in each county on the system"
