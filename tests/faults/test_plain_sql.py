"""An outsider with psql: each promise is attempted in plain SQL, as the application and as the owner of every table.

The application is refused at the latest when it commits; the owner too, wherever the promise is a key or a trigger.
"""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.db import transaction

from anwang.intake.actions import receive_report
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from tests.database import Connect
from tests.unit.matters.cases import NIGHT, after, held_by
from tests.world import World, build_world, hours

Psql = psycopg.Connection[tuple[object, ...]]
REFUSED = (psycopg.errors.IntegrityError, psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)


@pytest.fixture
def names(committed_db: str, at) -> dict[str, object]:
    """Two open matters, an ended one and a received report, committed; what the attempts call them by."""
    at(after(30))
    with transaction.atomic():
        world = build_world(night=(NIGHT - hours(4), NIGHT + hours(9)))
    with transaction.atomic():
        first, second = held_by(world, "worker"), held_by(world, "worker2")
    with transaction.atomic():
        report = receive_report(
            report=ReportIn(
                received_at=NIGHT, channel="phone", narrative="聽到哭聲", reporter=ReporterIn(name="鄰居"),
                persons=(PersonIn(role="child", name="江語彤"),), originals=(OriginalIn(b"fax"),),
            ),
            by=world.viewer("night"),
        )  # fmt: skip
    return _named(world, first, second) | {"report": report.id}


def _named(world: World, first: Matter, second: Matter) -> dict[str, object]:
    return {
        "m": first.id, "n": second.id, "duty": first.next_duty_id, "other_duty": second.next_duty_id,
        "unit": world.units["protection"], "other_unit": world.units["adult"], "ngo": world.units["ngo"],
        "worker": world.workers["worker"], "stranger": world.workers["adult_worker"], "desk": world.desk,
        "holder": f"w:{world.workers['adult_worker']}",
        "key": f"w:{Holder(world.units['protection'], world.workers['worker']).worker_id}",
    }  # fmt: skip


@pytest.fixture
def psql(names: dict[str, object], app_connect: Connect, owner_connection: Psql) -> Callable[[str], Psql]:
    """A prompt as `app` or as `owner`."""
    owner_connection.autocommit = False
    return lambda who: app_connect() if who == "app" else owner_connection


ENDS = "ended_at = acting_since, ended_how = 'x', next_duty_id = NULL"
KEYS = {
    "nobody answers": "UPDATE matters_matter SET accountable_id = NULL WHERE id = %(m)s",
    "answered by a body that is no authority": "UPDATE matters_matter SET accountable_id = %(ngo)s,"
    " accountable_since = accountable_since + interval '1 minute' WHERE id = %(m)s",
    "another answers, without since when": "UPDATE matters_matter SET accountable_id = %(other_unit)s WHERE id = %(m)s",
    "backdated before the last hand-over": "UPDATE matters_matter SET accountable_id = %(other_unit)s,"
    " accountable_since = accountable_since - interval '1 hour' WHERE id = %(m)s",
    "handed over tomorrow": "UPDATE matters_matter SET acting_worker_id = NULL, acting_desk_id = %(desk)s,"
    " acting_since = clock_timestamp() + interval '1 day' WHERE id = %(m)s",
    "worker and desk act": "UPDATE matters_matter SET acting_desk_id = %(desk)s,"
    " acting_since = acting_since + interval '1 minute' WHERE id = %(m)s",
    "nobody acts": "UPDATE matters_matter SET acting_worker_id = NULL,"
    " acting_since = acting_since + interval '1 minute' WHERE id = %(m)s",
    "a worker of another unit acts": "UPDATE matters_matter SET acting_worker_id = %(stranger)s,"
    " acting_since = acting_since + interval '1 minute' WHERE id = %(m)s",
    "a desk of another unit acts": "UPDATE matters_matter SET acting_worker_id = NULL, acting_desk_id = %(desk)s,"
    " acting_unit_id = %(other_unit)s, acting_since = acting_since + interval '1 minute' WHERE id = %(m)s",
    "open without a next step": "UPDATE matters_matter SET next_duty_id = NULL WHERE id = %(m)s",
    "another's step": "UPDATE matters_matter SET next_duty_id = %(other_duty)s WHERE id = %(m)s",
    "a step that is settled": "UPDATE matters_duty SET state = 'done', settled_at = now() WHERE id = %(duty)s",
    "ended with an open duty": f"UPDATE matters_matter SET {ENDS} WHERE id = %(m)s",
    "ended before it began": "UPDATE matters_matter SET ended_at = opened_at - interval '1 day', ended_how = 'x',"
    " next_duty_id = NULL WHERE id = %(m)s",
    "ended with its step": "UPDATE matters_matter SET ended_at = acting_since, ended_how = 'x' WHERE id = %(m)s",
    "its unit closes": "UPDATE directory_unit SET closed_on = '2026-03-08' WHERE id = %(unit)s",
    "its worker's post ends": "UPDATE directory_appointment SET ended_at = now() WHERE worker_id = %(worker)s",
    "its worker's post goes": "DELETE FROM directory_appointment WHERE worker_id = %(worker)s",
    "its worker goes": "DELETE FROM directory_worker WHERE id = %(worker)s",
    "its desk moves away": "UPDATE directory_desk SET unit_id = %(other_unit)s WHERE id = (SELECT acting_desk_id"
    " FROM matters_matter WHERE id = %(report)s)",
    "another number": "UPDATE matters_matter SET number = 'X' WHERE id = %(m)s",
    "begun earlier": "UPDATE matters_matter SET opened_at = opened_at - interval '1 day' WHERE id = %(m)s",
    "the ledger rewritten": "UPDATE matters_actingstart SET since = since - interval '1 day'",
    "the ledger shortened": "DELETE FROM matters_accountablestart",
    "the ledger emptied": "TRUNCATE matters_actingstart",
    "an act rewritten": "UPDATE audit_act SET by_worker_id = %(stranger)s",
    "an act gone": "DELETE FROM audit_act",
    "the record emptied": "TRUNCATE audit_act",
    "a reading gone": "DELETE FROM audit_reading",
    "a grant for no key": "INSERT INTO access_grant (id, file_id, holder, zones, purpose, because, starts_at,"
    " recorded_at) VALUES (gen_random_uuid(), %(m)s, 'everybody', '{case}', 'x', 'x', now(), now())",
    "a grant for a zone that is none": "INSERT INTO access_grant (id, file_id, holder, zones, purpose, because,"
    " starts_at, recorded_at) VALUES (gen_random_uuid(), %(m)s, %(holder)s, '{all}', 'x', 'x', now(), now())",
    "a grant ending before it starts": "UPDATE access_grant SET ends_at = starts_at - interval '1 day'"
    " WHERE file_id = %(m)s",
    "the same record twice": "INSERT INTO intake_receivedkey (id, sender, key, sha256, report_id, recorded_at)"
    " SELECT gen_random_uuid(), 's', 'k', '', %(report)s, now() FROM generate_series(1, 2)",
    "received after it was recorded": "UPDATE intake_report SET received_at = recorded_at + interval '1 day'"
    " WHERE id = %(report)s",
}  # fmt: skip


@pytest.mark.parametrize("who", ["app", "owner"])
def test_refuses_what_breaks_a_key(psql: Callable[[str], Psql], names: dict[str, object], who: str) -> None:
    prompt, passed = psql(who), []
    for attempt, statement in KEYS.items():
        try:
            done = prompt.execute(statement, names)  # type: ignore[arg-type]
            changed = done.rowcount
            prompt.commit()
        except REFUSED:
            prompt.rollback()
        else:
            # Row-level security answers an application that names nobody by showing it no row to change.
            if changed or who == "owner":
                passed.append(attempt)
    assert passed == []
    assert _findings(psql("owner")) == []


RIGHTS = {
    "a start by hand": "INSERT INTO matters_actingstart (matter_id, since, unit_id, worker_id, how, recorded_at)"
    " VALUES (%(m)s, now(), %(other_unit)s, %(stranger)s, 'opened', now())",
    "a grant widened": "UPDATE access_grant SET zones = '{work,case,special,safety,reporter}' WHERE file_id = %(m)s",
    "a grant moved": "UPDATE access_grant SET holder = %(holder)s WHERE file_id = %(m)s",
    "a grant begun earlier": "UPDATE access_grant SET starts_at = '-infinity' WHERE file_id = %(m)s",
    "a grant gone": "DELETE FROM access_grant",
    "a person put elsewhere": "UPDATE access_involvement SET file_id = %(m)s",
    "a matter gone": "DELETE FROM matters_matter WHERE id = %(m)s",
    "a duty gone": "DELETE FROM matters_duty WHERE id = %(duty)s",
    "a duty given another rule": "UPDATE matters_duty SET rule_id = 'x' WHERE id = %(duty)s",
    "a report gone": "DELETE FROM intake_report",
    "an original gone": "DELETE FROM intake_originalbody",
    "an original rewritten": "UPDATE intake_originalbody SET body = ''",
    "a person gone": "DELETE FROM people_person",
    "the guard taken away": "ALTER TABLE audit_act DISABLE TRIGGER ALL",
    "the wall taken away": "ALTER TABLE intake_report DISABLE ROW LEVEL SECURITY",
    "replication's way": "SET session_replication_role = replica",
    "somebody else": "SET ROLE anwang_owner",
    "a table of one's own": "CREATE TABLE mine AS SELECT 1",
    "the server's files": "COPY matters_matter TO '/tmp/x'",
    "the server's programs": "COPY matters_matter TO PROGRAM 'cat'",
}  # fmt: skip


def test_refuses_the_application_what_is_not_its_right(psql: Callable[[str], Psql], names: dict[str, object]) -> None:
    prompt, passed = psql("app"), []
    for attempt, statement in RIGHTS.items():
        try:
            prompt.execute(statement, names)  # type: ignore[arg-type]
            prompt.commit()
        except REFUSED:
            prompt.rollback()
        else:
            passed.append(attempt)
    assert passed == []


PERSONAL = (
    "SELECT table_name FROM information_schema.tables t JOIN pg_class c ON c.relname = t.table_name"
    " WHERE c.relrowsecurity AND t.table_schema = 'public' ORDER BY 1"
)


def test_shows_nothing_personal_to_an_application_that_names_no_viewer(psql: Callable[[str], Psql]) -> None:
    prompt = psql("app")
    protected = [str(name) for (name,) in psql("owner").execute(PERSONAL)]
    seen = {}
    for name in protected:
        try:
            (seen[name],) = prompt.execute(f"SELECT count(*) FROM {name}").fetchone() or ()  # type: ignore[arg-type]
        except psycopg.errors.InsufficientPrivilege:
            prompt.rollback()
    assert {"intake_report", "people_person", "intake_originalbody"} <= set(seen)
    assert {name: number for name, number in seen.items() if number} == {}


def test_a_service_and_a_stranger_read_no_report(psql: Callable[[str], Psql], names: dict[str, object]) -> None:
    prompt = psql("app")
    for setting, value in (("anwang.service", "import"), ("anwang.worker", str(names["stranger"]))):
        prompt.execute("SELECT set_config('anwang.service', '', false), set_config('anwang.worker', '', false)")
        prompt.execute("SELECT set_config(%s, %s, false)", [setting, value])
        for table in ("intake_report", "intake_originalbody", "intake_reporter", "people_person"):
            assert prompt.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), (value, table)  # type: ignore[arg-type]


def _findings(owner: Psql) -> list[object]:
    from anwang.matters.verify import verify

    return list(verify(owner))
