"""`anwang migrate` as the owner of the database; `anwang prepare` before the site starts on one of your own."""

from __future__ import annotations

import sys
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management import call_command

from anwang.access import claims
from anwang.project import databases, health, migrating
from anwang.project.postgres import roles, walls
from anwang.project.postgres.binaries import NoServer


def main(arguments: list[str]) -> int:
    """Bring the database to the state of this code; repeatable. With `--static` also gather the style sheets.

    Standing grants and extensions first, the walls last. Raises NoServer when the log-in has another name.
    """
    if databases.is_external():
        _expect_application()
    else:
        cluster = databases.embedded(settings.DATA)
        roles.make(cluster.url("postgres", "postgres"))
    owner = databases.url(settings.DATA, owner=True)
    roles.prepare_database(owner)
    migrating.migrate()
    walls.raise_walls(owner, claims.pads())
    _expect_keys(is_owner=True)
    if "--static" in arguments:
        _gather()
    print("anwang: the database is up to date", file=sys.stderr)
    return 0


def prepare(arguments: list[str]) -> int:
    """Gather the style sheets; raises NoServer when the database has not every migration of this code."""
    if not health.state()["migrations"]:
        raise NoServer("The database is not up to date: run `anwang migrate` first, with DATABASE_OWNER_URL.")
    _expect_keys(is_owner=False)
    _gather()
    return 0


def _expect_keys(*, is_owner: bool) -> None:
    """The key file must be the one this database was sealed with: other keys would be mixed in with every new value."""
    from anwang.subjects import keys  # a room with models: only once Django is set up

    if is_owner:
        try:
            keys.register()
        except keys.KeysDiffer as error:
            raise NoServer(str(error)) from None
    elif faults := keys.differences():
        raise NoServer(faults[0])


def _gather() -> None:
    call_command("collectstatic", verbosity=0, interactive=False)


def _expect_application() -> None:
    """Rights are granted to one name; a log-in of another name, or the owner's own, would stand outside of them."""
    name = unquote(urlsplit(databases.url(settings.DATA, owner=False)).username or "")
    if name != roles.APP:
        raise NoServer(f"DATABASE_URL logs in as {name or 'nobody'}: the application's log-in is {roles.APP}.")
