"""A new version of the keys is used at once, the rest is sealed again behind the scenes, and nothing is ever lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction

from anwang.cases.models import Note
from anwang.foundation import clock, sealing
from anwang.foundation.errors import Refused
from anwang.foundation.national_id import make_test_id
from anwang.people import actions, queries, seals
from anwang.people.models import Identifier, KeyVersion, SafetyAddress
from anwang.project import keys as keyfile
from anwang.project.backup import keysafe
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from anwang.subjects import keys
from tests import database
from tests.unit.people.test_writing_people import add, file_of
from tests.world import World, build_world

NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
HIDING = "望潮縣河岬鎮無此路三段9001號"


@pytest.fixture
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key file of this test's own, with the claims that its database knows."""
    keyfile.put(tmp_path, (Path(settings.DATA) / "keys.json").read_bytes())
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "KEYRING", keyfile.load(tmp_path).ring)
    return tmp_path


@pytest.fixture
def world(own_keys: Path, committed_db: str, at) -> Iterator[World]:
    at(NIGHT)
    with transaction.atomic():
        found = build_world()
    yield found
    keys._after.clear()


@pytest.fixture
def as_owner(cluster: Cluster, committed_db: str):
    """Do something as the owner of this test's database, as `anwang keys` does."""

    def do(act, *arguments):
        with database.connected_to(cluster, committed_db, roles.OWNER):
            return act(*arguments)

    return do


@pytest.fixture
def all_seeing(cluster: Cluster, committed_db: str):
    """The database as somebody sees it who copied its files."""
    with psycopg.connect(cluster.url("postgres", committed_db), autocommit=True) as connection:
        yield connection


def write(world: World, many: int = 3) -> tuple[UUID, UUID]:
    """A file with somebody hidden and numbered; the file and the person."""
    with transaction.atomic():
        file_id = file_of(world)
        person = add(world, file_id, identifiers=[("national_id", make_test_id("U", 2, n)) for n in range(1, many + 1)])
        actions.add_safety_address(
            person_id=person.id, text=HIDING, ask_whom="家防中心", by=world.viewer("worker"), at=NIGHT
        )
        return file_id, person.id


def write_keys(ring: Mapping[str, bytes]) -> None:
    keyfile.replace(settings.DATA, ring)


def versions(table: str, column: str, is_words: bool = False) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_key_use(%s, %s, %s)", [table, column, is_words])
        return dict(cursor.fetchall())


def opened(world: World, person_id: UUID) -> tuple[str, ...]:
    """What the person's own worker reads: her hiding place and her numbers."""
    with transaction.atomic():
        viewer = world.viewer("worker")
        place = queries.safety_address(viewer, person_id)[0].text
        rows = Identifier.objects.filter(person_id=person_id).order_by("id")
        return (place, *(seals.unseal(row.sealed_value, "identifier.value", row.id) for row in rows))


def test_uses_the_new_version_at_once_seals_the_rest_again_and_lets_the_old_one_go(world, as_owner) -> None:
    _file, person = write(world)
    before, found = opened(world, person), seals.number_lookup(make_test_id("U", 2, 1))
    assert as_owner(keys.begin, "seals", write_keys) == 2
    with transaction.atomic():
        actions.add_identifier(
            person_id=person, kind="passport", value="X0000001", by=world.viewer("worker"), at=NIGHT
        )  # fmt: skip
    assert versions("people_identifier", "sealed_value") == {1: 3, 2: 1}
    with pytest.raises(Refused, match=r"still needed .*3 in people_identifier.*1 in people_safetyaddress"):
        as_owner(keys.retire, "seals", 1, write_keys)
    assert keys.reseal() == 4
    assert versions("people_identifier", "sealed_value") == {2: 4}
    assert opened(world, person)[:4] == before
    assert seals.number_lookup(make_test_id("U", 2, 1)) == found
    as_owner(keys.retire, "seals", 1, write_keys)
    assert sorted(keys._ring("seals").keys) == [2]
    assert opened(world, person)[:4] == before
    assert keys.reseal() == 0
    assert as_owner(keys.differences) == []


def test_refuses_to_retire_the_newest_and_what_is_not_there(world, as_owner) -> None:
    with pytest.raises(Refused, match="newest"):
        as_owner(keys.retire, "seals", 1, write_keys)
    with pytest.raises(Refused, match="no version 7"):
        as_owner(keys.retire, "seals", 7, write_keys)


def test_goes_on_after_kill_minus_nine(world, as_owner, cluster: Cluster, committed_db: str, own_keys: Path) -> None:
    _file, person = write(world, many=60)
    before = opened(world, person)
    as_owner(keys.begin, "seals", write_keys)
    slow = (
        "import django, time; django.setup()\n"
        "from anwang.subjects import keys\n"
        "keys.BATCH = 5; again = keys._again\n"
        "keys._again = lambda *one: (time.sleep(0.01), again(*one))[1]\n"
        "keys.reseal(60)\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "anwang.project.settings", "DATA": str(own_keys),
        "DATABASE_URL": cluster.url(roles.APP, committed_db),
    }  # fmt: skip
    child = subprocess.Popen([sys.executable, "-c", slow], env=environment)
    until = time.monotonic() + 60
    while versions("people_identifier", "sealed_value").get(2, 0) < 5 and time.monotonic() < until:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    half = versions("people_identifier", "sealed_value")
    assert 0 < half[2] < 60
    assert opened(world, person) == before
    while keys.reseal():
        pass
    assert versions("people_identifier", "sealed_value") == {2: 60}
    assert opened(world, person) == before
    assert KeyVersion.objects.get(ring="seals", version=2).done_at is not None


def test_reads_and_writes_go_on_while_everything_is_sealed_again(world, as_owner, monkeypatch) -> None:
    _file, person = write(world, many=80)
    monkeypatch.setattr(keys, "BATCH", 4)
    before, seen, broken, stop = opened(world, person), [], [], threading.Event()

    def read_and_write() -> None:
        n = 0
        try:
            while not stop.is_set():
                n += 1
                seen.append(opened(world, person)[: len(before)] == before)
                with transaction.atomic():
                    actions.add_identifier(
                        person_id=person, kind="passport", value=f"X{n:07}", by=world.viewer("worker"), at=NIGHT
                    )
        except Exception as error:
            broken.append(error)
        finally:
            connections["default"].close()

    thread = threading.Thread(target=read_and_write)
    thread.start()
    while not seen and not broken:
        time.sleep(0.01)
    as_all_seeing = as_owner(keys.begin, "seals", write_keys)
    while keys.reseal(0.05):
        pass
    stop.set()
    thread.join()
    assert as_all_seeing == 2
    assert broken == []
    assert len(seen) > 1
    assert all(seen)
    assert set(versions("people_identifier", "sealed_value")) == {2}


def test_a_rotation_cut_short_between_file_and_database_is_finished_and_not_begun_again(world, as_owner) -> None:
    write(world)
    as_owner(keys.register)
    keyfile.replace(settings.DATA, keys.ring.with_new_version(settings.KEYRING, "seals"))
    assert keys._ring("seals").version == 2
    assert as_owner(keys.begin, "seals", write_keys) == 2
    assert as_owner(lambda: KeyVersion.objects.filter(ring="seals").count()) == 2
    assert keys.reseal() == 4


def test_a_wrong_or_missing_key_is_said_and_nothing_is_lost(world, as_owner, own_keys: Path) -> None:
    _file, person = write(world)
    as_owner(keys.register)
    right = dict(settings.KEYRING)
    keyfile.replace(own_keys, right | {"seals": b"x" * 32})
    with pytest.raises(sealing.SealBroken, match="管理員"):
        opened(world, person)
    assert "put back the keys" in as_owner(keys.differences)[0]
    with pytest.raises(keys.KeysDiffer, match="Nothing is lost"):
        as_owner(keys.begin, "seals", write_keys)
    with pytest.raises(keys.KeysDiffer):
        as_owner(keys.retire, "seals", 1, write_keys)
    keyfile.replace(own_keys, right)
    as_owner(keys.begin, "seals", write_keys)
    while keys.reseal():
        pass
    missing = dict(settings.KEYRING)
    del missing["seals.2"]
    keyfile.replace(own_keys, missing)
    with pytest.raises(sealing.KeyMissing, match=r"第2版金鑰.*資料還在"):
        opened(world, person)


def test_what_does_not_open_stays_as_it_is_and_keeps_its_version_needed(world, as_owner, all_seeing) -> None:
    write(world)
    all_seeing.execute(
        "UPDATE people_identifier SET sealed_value = set_byte(sealed_value, 40, 1 - get_byte(sealed_value, 40) % 2)"
        " WHERE id = (SELECT id FROM people_identifier ORDER BY id LIMIT 1)"
    )
    as_owner(keys.begin, "seals", write_keys)
    assert keys.reseal() == 3
    assert versions("people_identifier", "sealed_value") == {1: 1, 2: 2}
    with pytest.raises(Refused, match="1 in people_identifier"):
        as_owner(keys.retire, "seals", 1, write_keys)


def test_nobody_gets_ciphertext_from_the_worker_s_functions_or_puts_content_in_a_growing_table(world, as_owner) -> None:
    write(world)
    as_owner(keys.begin, "seals", write_keys)
    with transaction.atomic(), connection.cursor() as cursor:
        world.viewer("administrator")
        cursor.execute(
            "SELECT count(*) FROM people_old_seals('people_identifier','id','sealed_value',false,'seals','',9)"
        )
        assert cursor.fetchone() == (0,)
    for sql in (
        "UPDATE cases_note SET text = ''",
        "UPDATE people_keyversion SET version = 9",
        "INSERT INTO people_keyversion SELECT * FROM people_keyversion",
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('anwang.rewriting', 'on', true)")
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(sql)
    assert SafetyAddress.objects.count() == 0


@pytest.mark.parametrize(("zone", "is_sealed"), [("case", False), ("special", True), ("safety", True)])
def test_notes_of_closed_zones_lie_sealed(world, all_seeing, zone: str, is_sealed: bool) -> None:
    from anwang.cases import sealed
    from anwang.cases.actions import write_note

    with transaction.atomic():
        note = write_note(matter_id=file_of(world), text="她住在朋友家", zone=zone, by=world.viewer("worker"), at=NIGHT)
    (kept,) = all_seeing.execute("SELECT text FROM cases_note").fetchone()
    assert ("她住在朋友家" not in kept) is is_sealed
    with transaction.atomic():
        world.viewer("worker")
        assert sealed.note_words(Note.objects.get(id=note.id).text, note.id) == "她住在朋友家"


def test_an_address_found_to_be_a_hiding_place_lies_sealed_from_then_on(world, all_seeing) -> None:
    with transaction.atomic():
        by = world.viewer("worker")
        person = add(world, file_of(world))
        early = actions.add_address(person_id=person.id, kind="living", text=HIDING, by=by, at=NIGHT)
        actions.add_safety_address(person_id=person.id, text=HIDING, ask_whom="家防中心", by=by, at=NIGHT)
        late = actions.add_address(person_id=person.id, kind="work", text=HIDING + "5樓", by=by, at=NIGHT)
    kept = dict(all_seeing.execute("SELECT id, text FROM people_address").fetchall())
    assert all("無此路" not in text for text in kept.values())
    assert seals.place(kept[early.id], early.id) == HIDING
    assert seals.place(kept[late.id], late.id) == HIDING + "5樓"


def test_a_backup_s_keys_carry_every_version_and_tell_them_apart(own_keys: Path) -> None:
    before = keysafe.fingerprints((own_keys / "keys.json").read_bytes())
    write_keys(keys.ring.with_new_version(settings.KEYRING, "seals"))
    after = keysafe.fingerprints((own_keys / "keys.json").read_bytes())
    assert set(after) - set(before) == {"seals.1", "seals.2", "seals.lookup.1"}
    assert {name: after[name] for name in before} == before
    write_keys(keys.ring.without_version(settings.KEYRING, "seals", 1))
    gone = keysafe.fingerprints((own_keys / "keys.json").read_bytes())
    assert "seals.1" not in gone
    assert gone["seals"] != before["seals"]
    assert (gone["seals.2"], gone["seals.lookup.1"]) == (after["seals.2"], after["seals.lookup.1"])
