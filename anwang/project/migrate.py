"""`anwang migrate` as the owner of the database; `anwang prepare` before the site starts on one of your own."""

from __future__ import annotations

import sys
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command

from anwang.project import databases, health
from anwang.project.postgres import roles
from anwang.project.postgres.binaries import NoServer


def main(arguments: list[str]) -> int:
    """Bring the database to the state of this code; repeatable. With `--static` also gather the style sheets.

    Standing grants and extensions first. Raises NoServer when the application's log-in has another name.
    """
    if databases.is_external():
        _expect_application()
    else:
        cluster = databases.embedded(settings.DATA)
        roles.make(cluster.url("postgres", "postgres"))
    roles.prepare_database(databases.url(settings.DATA, owner=True))
    call_command("migrate", verbosity=0, interactive=False)
    if "--static" in arguments:
        _gather()
    print("anwang: the database is up to date", file=sys.stderr)
    return 0


def prepare(arguments: list[str]) -> int:
    """Gather the style sheets; raises NoServer when the database has not every migration of this code."""
    if not health.state()["migrations"]:
        raise NoServer("The database is not up to date: run `anwang migrate` first, with DATABASE_OWNER_URL.")
    _gather()
    return 0


def _gather() -> None:
    call_command("collectstatic", verbosity=0, interactive=False)


def _expect_application() -> None:
    """Rights are granted to one name; a log-in of another name, or the owner's own, would stand outside of them."""
    name = unquote(urlsplit(databases.url(settings.DATA, owner=False)).username or "")
    if name != roles.APP:
        raise NoServer(f"DATABASE_URL logs in as {name or 'nobody'}: the application's log-in is {roles.APP}.")
