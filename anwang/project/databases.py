"""The one database connection: a server of your own by DATABASE_URL, else the embedded one of the data directory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any  # Django's own shape of a DATABASES entry
from urllib.parse import parse_qsl, unquote, urlsplit

from anwang.project.postgres import roles
from anwang.project.postgres.binaries import NoServer
from anwang.project.postgres.cluster import Cluster

# Statements are prepared by the server when they come a second time, and keep one plan: with row-level security
# planning costs more than reading (docs/adr/0070). A pooler in between must keep a session's statements together.
# No page is worth starting parallel workers for: that alone takes 5 to 10 ms, for each function that is called.
OPTIONS = {"application_name": "anwang", "server_side_binding": True, "prepare_threshold": 1}
SESSION = "-c plan_cache_mode=force_generic_plan -c jit=off -c max_parallel_workers_per_gather=0"


def is_external() -> bool:
    """Whether the environment names a server that we neither start nor stop."""
    return bool(os.environ.get("DATABASE_URL"))


def url(data: Path, *, owner: bool) -> str:
    """Address of the database, for the owner (migrations) or for the application.

    Raises NoServer with a sentence when the owner's is wanted of an external server and DATABASE_OWNER_URL is not set.
    """
    if is_external():
        found = os.environ.get("DATABASE_OWNER_URL" if owner else "DATABASE_URL")
        if not found:
            raise NoServer("DATABASE_URL is set: set DATABASE_OWNER_URL too, the log-in that owns the database.")
        return found
    return Cluster(data).url(roles.OWNER if owner else roles.APP, roles.DATABASE)


def all_seeing_url(data: Path) -> str:
    """Who sees every row: our own server's superuser, or the owner of a server that is not ours."""
    return roles.keeping(url(data, owner=True)) if is_external() else Cluster(data).url("postgres", roles.DATABASE)


def connection(data: Path, *, owner: bool) -> dict[str, Any]:
    """The entry for Django's DATABASES."""
    parts = urlsplit(url(data, owner=owner))
    options = dict(parse_qsl(parts.query))
    if owner and roles.KEEPS not in options.get("options", ""):
        options["options"] = f"{options.get('options', '')} {roles.KEEPS}".strip()
    return {
        "ENGINE": "anwang.project.engine",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": options.pop("port", None) or str(parts.port or ""),
        # Threads keep their connection: without it every page pays for a new server process.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # The web's middleware opens one transaction around view and rendering, after setting who is looking.
        "ATOMIC_REQUESTS": False,
        "OPTIONS": OPTIONS | options | {"options": f"{SESSION} {options.get('options', '')}".strip()},
    }


def embedded(data: Path) -> Cluster:
    """The server that belongs to the data directory, whether or not it runs."""
    return Cluster(data)
