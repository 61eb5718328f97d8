"""What holds for every table and function whoever made it: run as the owner after the migrations, repeatable.

- Row-level security binds the owner too (FORCE), unless his session says `anwang.keeps = on`: migrations, backups and
  checks say so, a prompt does not.
- Definer functions that only read keep their plans (`access.planned`).
- Definer functions belong to `anwang_functions`, who logs in nowhere and owns nothing else. The policy `inside` shows
  it every row; what is closed to a viewer (`access_grant`) stays closed inside as well.
- Rules that ask who is looking ask for the sealed answer (`access_worker()`, `access_service()`), never for the bare
  setting, which anybody may set.
- Tables without rules of their own are written by nobody who is not named (`accounts_refuse_the_unknown`), but those of
  the door.
- Which tables lie under forced row-level security is kept: with fewer, nobody is believed (`access` 0011, 0012).
- The pads by which claims are checked are those of this installation's key (`access.claims`).
"""

from __future__ import annotations

from pathlib import Path

import psycopg

from anwang.access.planned import EVERY
from anwang.project.postgres import roles

STEPS = Path(__file__).with_name("walls.sql")
PLANS = b"-- Here: definer functions that only read keep their plans."
PADS = """
INSERT INTO access_claimkey (inner_pad, outer_pad, walls, standing)
SELECT %s, %s, count(*), array_agg(oid::regclass ORDER BY oid)
  FROM pg_class WHERE relrowsecurity AND relforcerowsecurity
ON CONFLICT (is_only) DO UPDATE
   SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad,
       walls = excluded.walls, standing = excluded.standing
 WHERE (access_claimkey.inner_pad, access_claimkey.walls, access_claimkey.standing)
       IS DISTINCT FROM (excluded.inner_pad, excluded.walls, excluded.standing)
"""
PLANNED_ANEW = """
GRANT anwang_functions TO CURRENT_USER;
ALTER FUNCTION access_mac(text) COST 100;
ALTER FUNCTION access_sealed() COST 100;
REVOKE anwang_functions FROM CURRENT_USER;
"""
"""A function that was altered is planned anew by every connection, and looks up its pads then (access 0013)."""


def raise_walls(owner_url: str, pads: tuple[bytes, bytes]) -> None:
    """Put every wall where it belongs, in one transaction. `pads` as `access.claims.pads` gives them."""
    with psycopg.connect(roles.keeping(owner_url)) as connection:
        rights, rest = STEPS.read_bytes().split(PLANS)
        connection.execute(rights)
        connection.execute(EVERY.encode())
        connection.execute(rest)
        lay_pads(connection, pads)


def lay_pads(connection: psycopg.Connection, pads: tuple[bytes, bytes]) -> None:
    """Keep these pads and what stands now; whoever is connected looks them up anew when they are others."""
    if connection.execute(PADS, pads).rowcount:
        connection.execute(PLANNED_ANEW)
