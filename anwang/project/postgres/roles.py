"""Databases and log-ins: `anwang_owner` owns everything and migrates, `anwang_app` is what the application logs in as,
`anwang_functions` owns the definer functions and logs in nowhere.

None is a superuser; none may bypass row-level security.
"""

from __future__ import annotations

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from anwang.project.postgres.binaries import NoServer

OWNER = "anwang_owner"
APP = "anwang_app"
FUNCTIONS = "anwang_functions"
DATABASE = "anwang"

ROLES = """
DO $$ BEGIN CREATE ROLE anwang_owner LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE anwang_app LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE anwang_functions NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
ALTER ROLE anwang_owner NOSUPERUSER NOBYPASSRLS CREATEDB CREATEROLE;
ALTER ROLE anwang_app NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
ALTER ROLE anwang_functions NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
"""
# Before 16 CREATEROLE is enough to lend it to oneself, which `anwang migrate` does while it changes functions.
MAY_LEND = "GRANT anwang_functions TO anwang_owner WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
ADMIN_OPTION = 160000
KEEPS = "-c anwang.keeps=on"
"""An owner's session that looks past row-level security says so; see `postgres.walls`."""

# Standing rules for what the owner will create, so that a REVOKE in a migration (append-only tables) lasts.
STANDING_GRANTS = """
GRANT USAGE ON SCHEMA public TO anwang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO anwang_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO anwang_app;
"""


def make(superuser_url: str, database: str = DATABASE) -> None:
    """Both roles and the database `database`, when they are not there. For the server of our own only."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(ROLES)
        if connection.info.server_version >= ADMIN_OPTION:
            connection.execute(MAY_LEND)
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not there:
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(create.format(sql.Identifier(database), sql.Identifier(OWNER)))


def prepare_database(owner_url: str) -> None:
    """What must hold before migrations: standing grants, the extensions, the functions in our hand. Repeatable.

    Run as the owner; `walls.raise_walls` gives the functions back. Raises NoServer when a role is not there.
    """
    with psycopg.connect(owner_url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7026)")
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APP]).rowcount:
            raise NoServer(f"The log-in {APP} is missing: CREATE ROLE {APP} LOGIN PASSWORD '…', then try again.")
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [FUNCTIONS]).rowcount:
            raise NoServer(
                f"The role {FUNCTIONS} is missing: CREATE ROLE {FUNCTIONS} NOLOGIN; GRANT {FUNCTIONS} TO the owner"
                " WITH ADMIN OPTION (the owner needs CREATEROLE before 16), then try again."
            )
        connection.execute("GRANT anwang_functions TO CURRENT_USER")
        connection.execute(STANDING_GRANTS)
        for extension in ("btree_gist", "pg_trgm"):
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def keeping(url: str) -> str:
    """The same log-in in a session that says it looks past row-level security: for the owner, nobody else."""
    parts = conninfo_to_dict(url)
    said = str(parts.get("options") or "")
    return url if KEEPS in said else make_conninfo("", **{**parts, "options": f"{said} {KEEPS}".strip()})
