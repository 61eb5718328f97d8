"""An outsider with the application's own password and a prompt: who he says he is counts for nothing."""

from __future__ import annotations

import contextlib
import time
from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from anwang.access import claims
from anwang.access.viewer import service_viewer, viewer_for
from anwang.foundation import clock
from anwang.people.actions import add_person
from anwang.project.postgres import roles, walls
from anwang.project.postgres.cluster import Cluster
from tests.database import Connect
from tests.unit.matters.cases import after, held_by
from tests.world import World, build_world

Owner = psycopg.Connection[tuple[object, ...]]
NAME = "辛小芳"


@pytest.fixture
def world(committed_db: str, at) -> World:
    at(after(0))
    with transaction.atomic():
        made = build_world()
        file = held_by(made, "worker")
        add_person(name=NAME, by=made.viewer("worker"), at=after(0), file_id=file.id)
    return made


def count(prompt: psycopg.Connection[tuple[object, ...]], table: str = "people_person") -> object:
    return (prompt.execute(f"SELECT count(*) FROM {table}").fetchone() or (None,))[0]  # type: ignore[arg-type]


def test_believes_no_name_set_by_hand(world: World, app_connect: Connect) -> None:
    prompt, worker = app_connect(), world.workers["worker"]
    for setting, value in {
        "anwang.worker": str(worker), "anwang.keys": f'{{"w:{worker}"}}', "anwang.at": after(0).isoformat(),
        "anwang.keys_of": f"{worker} {after(0).isoformat()}", "anwang.service": "rosters", "anwang.closed": "{}",
        "anwang.seal": "0" * 64, "anwang.keeps": "on",
    }.items():  # fmt: skip
        prompt.execute("SELECT set_config(%s, %s, false)", [setting, value])
    assert count(prompt) == count(prompt, "access_grant") == count(prompt, "access_involvement") == 0
    assert prompt.execute("SELECT access_keys(), access_worker(), access_service()").fetchone() == ([], None, None)


def test_a_seal_is_of_one_transaction(world: World, app_connect: Connect) -> None:
    prompt, kept = app_connect(), {}
    words, proof = claims.claim("worker", world.workers["worker"], after(0))
    prompt.execute("SELECT * FROM access_viewer(%s, %s, %s, 'en')", [words, proof, world.workers["worker"]])
    assert count(prompt) == 1
    for name in ("worker", "service", "at", "keys", "closed", "keys_of", "seal"):
        kept[name] = prompt.execute(f"SELECT current_setting('anwang.{name}')").fetchone()[0]  # type: ignore[index,arg-type]
    prompt.rollback()
    for name, value in kept.items():
        prompt.execute("SELECT set_config(%s, %s, false)", [f"anwang.{name}", value])
    assert count(prompt) == 0


@pytest.mark.parametrize("change", ["proof", "worker", "instant", "old", "kind", "another", "empty", "wide"])
def test_refuses_a_claim_that_is_not_the_programs(world: World, app_connect: Connect, change: str) -> None:
    prompt, worker, other = app_connect(), world.workers["worker"], world.workers["worker2"]
    words, proof = claims.claim("worker", worker, after(0))
    if change == "proof":
        proof = "0" * 64
    elif change == "worker":
        words = words.replace(str(worker), str(other))
    elif change == "instant":
        words = words.replace("2026", "2025")
    elif change == "old":
        words, proof = _old(words)
    elif change == "kind":
        words, proof = claims.claim("service", worker, after(0))
    elif change == "empty":
        words, proof = "", ""
    elif change == "wide":
        words += "\nmore"
    named = other if change in ("worker", "another") else worker
    with pytest.raises(psycopg.errors.InvalidAuthorizationSpecification) as refused:
        prompt.execute("SELECT * FROM access_viewer(%s, %s, %s, 'en')", [words, proof, named])
    assert str(worker) not in str(refused.value), "an error tells nothing"


def _old(words: str) -> tuple[str, str]:
    import hmac
    from hashlib import sha256

    stale = words.rpartition("\n")[0] + f"\n{int(time.time()) - 301}"
    return stale, hmac.new(claims._key(), stale.encode(), sha256).hexdigest()


def test_shows_nobody_the_key_nor_what_only_our_functions_may(world: World, app_connect: Connect) -> None:
    attempts = (
        "SELECT * FROM access_claimkey", "COPY access_claimkey TO STDOUT", "TABLE access_claimkey",
        "SELECT access_mac('x')", "SELECT access_pad('inner')", "SELECT * FROM access_standing(NULL, now())",
        "SELECT access_seal()", "SELECT access_claimed('a', 'b')",
        "SELECT people_matches('辛', '', '', '')", "SET ROLE anwang_functions", "SET ROLE anwang_owner",
        "SET SESSION AUTHORIZATION anwang_owner",
        "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS '1'",
        "CREATE TEMP TABLE t AS SELECT 1; CREATE SCHEMA mine",
        "ALTER FUNCTION access_sealed() OWNER TO anwang_app", "DROP POLICY reads ON people_person",
        "SELECT pg_read_file('/etc/passwd')", "SELECT * FROM pg_authid", "SELECT lo_import('/etc/passwd')",
        "INSERT INTO access_bar (id) VALUES (gen_random_uuid())",
    )  # fmt: skip
    passed = []
    for attempt in attempts:
        prompt = app_connect()
        try:
            prompt.execute(attempt)  # type: ignore[arg-type]
        except psycopg.Error:
            continue
        passed.append(attempt)
    assert passed == []


def test_other_keys_count_at_once_for_connections_that_are_open(
    world: World, app_connect: Connect, cluster: Cluster, committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection keeps the pads it looked up (access 0013): not beyond a change of the keys."""
    prompt, worker = app_connect(), world.workers["worker"]
    naming = "SELECT * FROM access_viewer(%s, %s, %s, 'en')"

    def is_named() -> bool:
        try:
            prompt.execute(naming, [*claims.claim("worker", worker, after(0)), worker])
            return count(prompt) == 1
        except psycopg.errors.InvalidAuthorizationSpecification:
            return False
        finally:
            prompt.rollback()

    assert is_named(), "with the keys of before"
    assert is_named(), "and again, from what the connection keeps"
    other = b"keys that were changed"
    with psycopg.connect(roles.keeping(cluster.url(roles.OWNER, committed_db))) as owner:
        walls.lay_pads(owner, claims.pads(other))
    assert not is_named(), "the former keys no longer"
    changed = claims._key(other)
    monkeypatch.setattr(claims, "_key", lambda secret=None: changed)
    assert is_named(), "the new ones at once"


def test_tells_an_unnamed_prompt_of_no_file_behind_a_name(world: World, app_connect: Connect) -> None:
    """A definer function finds the files that a name or number means; it asks first who is looking."""
    prompt, worker = app_connect(), world.workers["worker2"]
    meant = "SELECT cardinality(cases_incident_files((SELECT number FROM matters_matter LIMIT 1), '', '99001'))"
    assert prompt.execute(meant).fetchone() == (0,)
    words, proof = claims.claim("worker", worker, after(0))
    prompt.execute("SELECT * FROM access_viewer(%s, %s, %s, 'en')", [words, proof, worker])
    assert prompt.execute(meant).fetchone() == (1,), "whoever is named is answered"


def test_lets_nobody_unnamed_write_himself_a_way_in(world: World, app_connect: Connect) -> None:
    """Keys follow posts and shifts, sessions follow accounts, people answer for lines of the record: who only has a
    prompt writes none of them."""
    own, hers = world.workers["worker2"], world.workers["worker"]
    attempts = (
        ("INSERT INTO directory_appointment (id, worker_id, unit_id, role, title, started_at) SELECT gen_random_uuid(),"
        f" '{own}', unit_id, role, title, started_at FROM directory_appointment WHERE worker_id = '{hers}'"),
        f"UPDATE directory_appointment SET role = 'supervisor' WHERE worker_id = '{own}'",
        ("INSERT INTO directory_absence (id, worker_id, covered_by_id, kind, starts_at, ends_at) VALUES"
        f" (gen_random_uuid(), '{hers}', '{own}', 'leave', now() - interval '1 day', now() + interval '1 day')"),
        ("INSERT INTO directory_shift (id, desk_id, worker_id, rank, starts_at, ends_at) VALUES"
        f" (gen_random_uuid(), '{world.desk}', '{own}', 1, now(), now() + interval '1 hour')"),
        f"UPDATE access_account SET password = 'x' WHERE worker_id = '{hers}'",
        f"UPDATE access_account SET is_active = false WHERE worker_id = '{hers}'",
        ("INSERT INTO accounts_passkey (id, account_id, label, credential_id, attested, sign_count, is_synced, made_at)"
        " SELECT gen_random_uuid(), id, 'x', 'x', '', 0, true, now() FROM access_account"),
        "DELETE FROM directory_absence",
        ("INSERT INTO audit_act (id, verb, by_worker_id, by_service, at, recorded_at, details) VALUES"
        f" (gen_random_uuid(), 'matter.closed', '{hers}', '', now(), now(), '{{}}')"),
        ("INSERT INTO audit_reading (id, file_id, zone, what, purpose, because, by_worker_id, at) VALUES"
        f" (gen_random_uuid(), gen_random_uuid(), 'safety', 'x', 'casework', '', '{hers}', now())"),
    )  # fmt: skip
    passed = []
    for attempt in attempts:
        prompt = app_connect()
        try:
            prompt.execute("SELECT set_config('anwang.own', %s, true)", [str(own)])
            prompt.execute("SELECT set_config('anwang.own_seal', 'x', true)")
            prompt.execute(attempt)  # type: ignore[arg-type]
        except psycopg.errors.InsufficientPrivilege:
            continue
        passed.append(attempt)
    assert passed == []


OPEN = {"access_throttle", "accounts_sitting", "audit_checkpoint", "audit_posting", "audit_watch", "django_session"}
"""Written before anybody is known, or signed by keys outside the database (`project/postgres/walls.sql`)."""


def test_every_table_asks_who_writes(owner_connection: Owner) -> None:
    unasked = owner_connection.execute(
        "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND NOT relrowsecurity"
        " AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = c.oid AND tgname = 'by_somebody_known')"
    ).fetchall()
    assert {table for (table,) in unasked} == OPEN


def test_nobody_unnamed_changes_a_table_without_rules_of_its_own(
    world: World, app_connect: Connect, owner_connection: Owner
) -> None:
    """The trigger speaks before a row is looked for: `WHERE false` shows that no statement of this kind passes."""
    guarded = owner_connection.execute(
        "SELECT c.relname, quote_ident(a.attname), has_table_privilege('anwang_app', c.oid, 'DELETE') FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attgenerated = ''"
        " AND has_column_privilege('anwang_app', c.oid, a.attnum, 'UPDATE')"
        " WHERE t.tgname = 'by_somebody_known' AND t.tgtype & 28 = 28 AND t.tgattr = ''"
    ).fetchall()
    tries = {f"UPDATE {table} SET {column} = {column} WHERE false" for table, column, _may in guarded}
    tries |= {f"DELETE FROM {table} WHERE false" for table, _column, may in guarded if may}
    prompt, passed = app_connect(autocommit=True), []
    for one in sorted(tries):
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            prompt.execute(one)  # type: ignore[arg-type]
            passed.append(one)
    assert len(tries) > 300
    assert passed == []


def test_tells_by_no_side_way_what_a_row_says(world: World, app_connect: Connect, owner_connection: Owner) -> None:
    """Statistics, errors of operators, EXPLAIN and temporary functions show no value of a hidden row."""
    owner_connection.execute("ANALYZE people_person")
    prompt = app_connect(autocommit=True)
    stranger = f"SELECT set_config('anwang.worker', '{world.workers['worker2']}', false)"
    prompt.execute(stranger)  # type: ignore[arg-type]
    told = []
    for attempt in (
        "SELECT * FROM pg_stats WHERE tablename = 'people_person'",
        "SELECT 1 / (CASE WHEN name = '辛小芳' THEN 0 ELSE 1 END) FROM people_person",
        "SELECT name::int FROM people_person",
        "EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM people_person WHERE name = '辛小芳'",
        "COPY (SELECT * FROM people_person) TO STDOUT",
        "SELECT * FROM people_person WHERE pg_temp.leak(name)",
        "SELECT * FROM people_person TABLESAMPLE SYSTEM (100)",
        "SELECT query FROM pg_stat_activity WHERE usename <> current_user",
        "UPDATE people_person SET name = name RETURNING name",
        "SELECT * FROM people_person FOR UPDATE",
    ):
        try:
            prompt.execute(
                "CREATE OR REPLACE FUNCTION pg_temp.leak(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS"
                " $$ BEGIN RAISE NOTICE '%', t; RETURN true; END $$"
            )
            cursor = prompt.cursor()
            if attempt.startswith("COPY"):
                with cursor.copy(attempt) as rows:  # type: ignore[arg-type]
                    answer = b"".join(bytes(one) for one in rows).decode()
            else:
                answer = str(cursor.execute(attempt).fetchall())  # type: ignore[arg-type]
        except psycopg.Error as error:
            answer = str(error)
        if NAME in answer.replace("name)::text = '辛小芳'", "").replace("= '辛小芳'", ""):
            told.append((attempt, answer))
    assert told == []


def test_binds_the_owner_too_unless_he_says_that_he_keeps_the_database(world: World, owner_connection: Owner) -> None:
    assert owner_connection.execute("SELECT current_user").fetchone() == ("anwang_owner",)
    assert count(owner_connection) == 1, "the tests' owner says so"
    owner_connection.execute("SET anwang.keeps = off")
    assert count(owner_connection) == 0


def test_every_wall_stands(world: World, owner_connection: Owner) -> None:
    """Over all tables and functions there are, whoever made them."""
    unforced = "SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity"
    bare = (
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname !~ '^access_' AND prosrc ~"
        " 'current_setting\\(''anwang\\.(worker|service|keys)''' UNION ALL SELECT tablename || '.' || policyname FROM"
        " pg_policies WHERE coalesce(qual, '') || coalesce(with_check, '')"
        " ~ 'current_setting\\(''anwang\\.(worker|service)'"
    )
    owned = (
        "SELECT proname FROM pg_proc p WHERE prosecdef AND pronamespace = 'public'::regnamespace"
        " AND (proowner <> 'anwang_functions'::regrole OR NOT coalesce(proconfig, '{}')::text ~ 'search_path')"
    )
    replanned = (
        "SELECT proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE lanname = 'sql' AND prosecdef"
        " AND provolatile <> 'v' AND (proretset OR prorettype <> 'record'::regtype)"
        " AND pronamespace = 'public'::regnamespace"
    )
    owns = "SELECT relname FROM pg_class WHERE relowner = 'anwang_functions'::regrole AND relkind <> 'v'"
    member = "SELECT 1 FROM pg_auth_members WHERE roleid = 'anwang_functions'::regrole AND NOT admin_option"
    for question in (unforced, bare, owned, replanned, owns, member):
        assert owner_connection.execute(question).fetchall() == [], question  # type: ignore[arg-type]


def test_a_job_reads_nobody_and_a_lost_viewer_neither(world: World) -> None:
    with transaction.atomic():
        service_viewer("rosters")
        assert _people() == 0
    with transaction.atomic():
        viewer_for(world.workers["worker"])
        assert _people() == 1
    with transaction.atomic():
        assert _people() == 0


def test_an_instant_of_the_past_shows_what_was_granted_then(world: World) -> None:
    with transaction.atomic():
        viewer_for(world.workers["worker"], at=clock.now() - timedelta(days=30))
        assert _people() == 0


def test_says_what_to_do_when_the_keys_are_others(world: World, settings) -> None:
    settings.KEYRING = {**settings.KEYRING, "audit": bytes(32)}
    with pytest.raises(OperationalError, match="anwang migrate"), transaction.atomic():
        viewer_for(world.workers["worker"])


def _people() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        return int(cursor.fetchone()[0])
