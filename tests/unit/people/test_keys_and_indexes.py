"""Search keys find what was written; the definer functions use their indexes; strangers see no row of any table."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from anwang.foundation import names
from anwang.people import actions, seals
from anwang.people.models import Person
from anwang.people.queries.finding import search
from anwang.people.seals import address_key
from tests.unit.people.test_writing_people import HIDING, NIGHT, add, file_of
from tests.world import World, build_world

SEEN = """
SELECT table_name FROM information_schema.tables
 WHERE table_schema = 'public' AND table_name LIKE 'people\\_%' AND table_name <> 'people_keyversion'
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("台東縣無此路三段9001-2號5樓", "臺東縣無此路3段9001號之2"),
        ("望潮縣 河岬鎮　無此路９００１號", "望潮縣河岬鎮無此路9001號3樓之1"),
        ("無此路十二巷9001號", "無此路12巷9001號"),
        ("無此路二十巷9001號", "無此路20巷9001號"),
        ("906望潮縣無此路9001號", "望潮縣無此路9001號"),
        ("906-01 望潮縣無此路9001號", "臺灣省望潮縣無此路9001號"),
        ("（90642）望潮縣無此路9001號", "郵遞區號：906望潮縣無此路9001號"),
    ],
)
def test_folds_a_place_written_in_two_ways(one: str, other: str) -> None:
    assert address_key(one) == address_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("無此路9001號", "無此路9002號"), ("無此路1段9001號", "無此路2段9001號")])
def test_keeps_neighbours_apart(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_half_a_street_is_nobodys_address() -> None:
    assert seals.place_lookup("望潮縣河岬鎮無此路") == b""


@given(st.text(max_size=40))
def test_folding_a_place_never_fails_and_is_stable(text: str) -> None:
    assert address_key(address_key(text)) == address_key(text)


@given(st.text(alphabet="陳林黃張李王吳鍾鐘凃涂溫采伶志豪玉蘭阮氏秋・ ", min_size=1, max_size=8), st.data())
def test_any_part_of_a_key_is_found_in_it(name: str, data: st.DataObject) -> None:
    key = names.search_key(name)
    if key:
        start = data.draw(st.integers(0, len(key) - 1))
        part = key[start : data.draw(st.integers(start + 1, len(key)))]
        assert names.search_key(part) in key


@pytest.fixture
def world(db: None, at) -> World:
    at(NIGHT + timedelta(minutes=5))
    return build_world()


def test_no_table_of_people_shows_a_row_to_a_stranger(world: World) -> None:
    by = world.viewer("worker")
    family = actions.open_family(label="林佳安家", county="99001", by=by, at=NIGHT)
    file_id = file_of(world, family_id=family.id)
    one = add(world, file_id, "代號甲", name_kind="code", real_name="王曉梅", identifiers=[("other", "K-77")])
    other = add(world, file_id, "林小宇")
    by = world.viewer("worker")
    actions.add_address(person_id=one.id, kind="living", text="無此路9001號", by=by, at=NIGHT)
    actions.add_safety_address(person_id=one.id, text=HIDING, ask_whom="成保組", by=by, at=NIGHT)
    actions.add_contact_point(person_id=one.id, kind="mobile", value="0912-000-123", by=by, at=NIGHT)
    actions.add_risk(person_id=one.id, kind="dog", by=by, at=NIGHT)
    actions.relate(person_id=one.id, relation="parent", to_id=other.id, by=by, at=NIGHT)
    actions.put_in_household(person_id=one.id, by=by, at=NIGHT)
    actions.count_in(family_id=family.id, person_id=one.id, by=by, at=NIGHT)
    actions.decide_identity(person_id=one.id, other_id=other.id, verdict="apart", by=by, at=NIGHT)
    actions.correct_person(person_id=other.id, name="林曉宇", source="said", because="聽錯", by=by, at=NIGHT)
    actions.dispute_fact(person_id=one.id, fact="name", words="她說叫王曉玫", because="asked", by=by, at=NIGHT)
    actions.state(
        person_id=one.id, topic="kinship", source="said", value="有一個姐姐", fetched_on=NIGHT.date(), by=by, at=NIGHT
    )
    with connection.cursor() as cursor:
        cursor.execute(SEEN)
        tables = [name for (name,) in cursor.fetchall()]
        for viewer, sees in (("worker", True), ("worker2", False)):
            world.viewer(viewer)
            for table in tables:
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
                assert cursor.fetchone()[0] is sees, (viewer, table)
        world.viewer("supervisor")
        cursor.execute("SELECT count(*) FROM people_safetyaddress")
        assert cursor.fetchone()[0] == 0
    assert len(tables) > 13


@pytest.mark.parametrize(
    "asked",
    [
        "people_matches('王', '', '', '')",
        "people_short_name('王', '{}', access_at())",
        "people_short_name_of_newest('王', '{}', access_at())",
    ],
)
def test_the_application_may_not_call_what_skips_the_grants(world: World, asked: str) -> None:
    with (
        pytest.raises(Exception, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT * FROM {asked}")


def test_reads_the_newest_files_of_a_key_without_sorting_them_all(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE 'enable_sort=off' = ANY (proconfig) ORDER BY 1")
        assert [name for (name,) in cursor.fetchall()] == ["people_short_name", "people_short_name_of_newest"]


@pytest.mark.parametrize("asked", ["曉", "曉梅"])
def test_finds_by_short_names_only_who_may_be_read(world: World, asked: str) -> None:
    world.viewer("worker")
    mine = add(world, file_of(world), "王曉梅")
    assert [one.id for one in search(world.viewer("worker"), asked)] == [mine.id]
    assert search(world.viewer("worker2"), asked) == ()


FILL = """
INSERT INTO people_person (id, identity_id, name, name_kind, name_key, sex, birth_is_approximate, is_unborn, languages,
                           needs_interpreter, is_restricted, recorded_at)
SELECT id, id, name, 'full', name, 'unknown', false, false, '', 'unknown', false, timestamptz '2026-03-07'
  FROM (SELECT gen_random_uuid() AS id, substr('陳林黃張李王吳劉蔡楊', 1 + i % 10, 1) || chr(19968 + (i * 7919) % 9000)
               || chr(19968 + (i * 104729) % 9000) AS name FROM generate_series(1, 20000) i) made
"""


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("name_key <> '' AND name_key LIKE '%王曉梅%'", "person_name_trigrams"),
        (
            "name_key <> '' AND string_to_array(name_key, NULL) @> string_to_array('曉梅', NULL)",
            "person_name_characters",
        ),
    ],
)
def test_uses_its_indexes_on_twenty_thousand_people(
    committed_db: str, owner_connection: psycopg.Connection, condition: str, index: str
) -> None:
    owner_connection.execute(FILL)
    owner_connection.execute("VACUUM ANALYZE people_person")  # a full pending list would look dear
    owner_connection.execute("GRANT anwang_functions TO CURRENT_USER")  # as whom definer functions look
    plan = owner_connection.execute(f"EXPLAIN SELECT id FROM people_person WHERE {condition}").fetchall()
    owner_connection.execute("REVOKE anwang_functions FROM CURRENT_USER")
    assert index in str(plan)
    assert Person._meta.db_table == "people_person"
