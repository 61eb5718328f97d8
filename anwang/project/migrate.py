"""`anwang migrate`: standing grants, extensions, then Django's migrations, all as the owner of the database."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.management import call_command

from anwang.project import databases
from anwang.project.postgres import roles


def main(arguments: list[str]) -> int:
    """Bring the database to the state of this code; repeatable. With `--static` also gather the style sheets."""
    if not databases.is_external():
        cluster = databases.embedded(settings.DATA)
        roles.make(cluster.url("postgres", "postgres"))
    roles.prepare_database(databases.url(settings.DATA, owner=True))
    call_command("migrate", verbosity=0, interactive=False)
    if "--static" in arguments:
        call_command("collectstatic", verbosity=0, interactive=False)
    print("anwang: the database is up to date", file=sys.stderr)
    return 0
