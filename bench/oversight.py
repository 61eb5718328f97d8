"""`python -m bench.oversight [READINGS]`: how long a night takes, and how fast the record is sealed and checked.

On the database of DATA, in one transaction that is rolled back: nothing stays. 2,000 workers, two grants a
file, a tenth of the readings by nobody's right.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack
from datetime import timedelta

from anwang.project import cli

FILES, WORKERS = 50_000, 2_000
MAKE = """
CREATE TEMP TABLE w ON COMMIT DROP AS SELECT n, gen_random_uuid() AS id FROM generate_series(0, {workers} - 1) n;
CREATE TEMP TABLE f ON COMMIT DROP AS SELECT n, gen_random_uuid() AS id FROM generate_series(0, {files} - 1) n;
CREATE TEMP TABLE b ON COMMIT DROP AS SELECT %(begin)s::timestamptz AS at, interval '1 second' AS s,
  (SELECT id FROM directory_unit WHERE closed_on IS NULL ORDER BY code LIMIT 1) AS unit;
INSERT INTO directory_worker (id, name, name_en, phone) SELECT id, '林' || n, '', '' FROM w;
INSERT INTO directory_appointment (id, worker_id, unit_id, role, title, started_at)
  SELECT gen_random_uuid(), w.id, b.unit, CASE WHEN n %% 10 = 0 THEN 'supervisor' ELSE 'social_worker' END, '',
         b.at - 9999999 * b.s FROM w, b;
INSERT INTO access_grant (id, file_id, holder, zones, purpose, because, starts_at, recorded_at)
  SELECT gen_random_uuid(), f.id, h.holder, '{{work,case}}', 'casework', 'acting', b.at - 900000 * b.s, b.at
    FROM b, f JOIN w ON w.n = f.n %% {workers}
   CROSS JOIN LATERAL (VALUES ('w:' || w.id), ('u:' || gen_random_uuid() || '/supervising')) h (holder);
INSERT INTO audit_act (id, verb, matter_id, by_worker_id, by_service, at, recorded_at, details)
  SELECT gen_random_uuid(), 'note.written', f.id, w.id, '', b.at, b.at + n.n * b.s, '{{}}'
    FROM b, generate_series(0, 20000) n (n) JOIN f ON f.n = n.n JOIN w ON w.n = (n.n * 7) %% {workers};
INSERT INTO audit_reading (id, file_id, zone, what, purpose, because, by_worker_id, at)
  SELECT gen_random_uuid(), f.id, 'case', 'case.page', 'casework', '', w.id, b.at + (n.n %% 86000) * b.s
    FROM b, generate_series(1, %(readings)s) n (n) JOIN f ON f.n = (n.n * 31) %% {files}
    JOIN w ON w.n = CASE WHEN n.n %% 10 = 0 THEN (n.n / 10) %% {workers} ELSE f.n %% {workers} END;
ANALYZE access_grant;
ANALYZE audit_reading;
ANALYZE audit_act;
"""


def main(arguments: list[str]) -> int:
    """Prints one line each."""
    readings = int(arguments[0]) if arguments else 200_000
    with ExitStack() as stack:
        os.environ["ANWANG_LOGIN"] = "owner"  # ANALYZE
        cli.use_database(stack)
        _measure(readings)
    return 0


def _measure(readings: int) -> None:
    from django.db import connection, transaction

    from anwang.access.viewer import service_viewer
    from anwang.audit.leaves import leaves
    from anwang.foundation import clock
    from anwang.oversight import jobs
    from anwang.oversight.models import Night

    now = clock.now() - timedelta(days=400)
    begin = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    with transaction.atomic(), connection.cursor() as cursor:
        service_viewer("oversight", at=now)
        cursor.execute("SET LOCAL anwang.keeps = 'on'")
        for statement in MAKE.format(workers=WORKERS, files=FILES).split(";\n")[:-1]:
            cursor.execute(statement, {"begin": begin, "readings": readings} if "%" in statement else None)
        started = time.monotonic()
        asked = jobs.look_through(begin.date(), now + timedelta(days=2))
        took = time.monotonic() - started
        service_viewer("oversight", at=now)
        night = Night.objects.get(day=begin.date())
        print(f"night: {night.readings} readings in {took:.1f} s, {night.explained} explained, "
              f"{night.unexplained} not, {asked} questions")  # fmt: skip
        started, count = time.monotonic(), 0
        for _leaf in leaves(0, 1 << 62):
            count += 1
        took = time.monotonic() - started
        print(f"record: {count} leaves in {took:.1f} s, {count / took:,.0f} a second")
        transaction.set_rollback(True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
