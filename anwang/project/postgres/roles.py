"""Databases and log-ins: `anwang_owner` owns everything and migrates, `anwang_app` is what the application logs in as.

Neither is a superuser; neither may bypass row-level security.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from anwang.project.postgres.binaries import NoServer

OWNER = "anwang_owner"
APP = "anwang_app"
DATABASE = "anwang"

ROLES = """
DO $$ BEGIN CREATE ROLE anwang_owner LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE anwang_app LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
ALTER ROLE anwang_owner NOSUPERUSER NOBYPASSRLS CREATEDB CREATEROLE;
ALTER ROLE anwang_app NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
"""

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
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not there:
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(create.format(sql.Identifier(database), sql.Identifier(OWNER)))


def prepare_database(owner_url: str) -> None:
    """What must hold before the first migration: standing grants and the extensions. Run as the owner, repeatable.

    Raises NoServer when the application's log-in is not there.
    """
    with psycopg.connect(owner_url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7026)")
        if not connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [APP]).rowcount:
            raise NoServer(f"The log-in {APP} is missing: CREATE ROLE {APP} LOGIN PASSWORD '…', then try again.")
        connection.execute(STANDING_GRANTS)
        for extension in ("btree_gist", "pg_trgm"):
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
