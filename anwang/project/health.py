"""`/healthz`: 200 only when the database answers and every migration is applied."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

PATH = "/healthz"


def state() -> dict[str, bool]:
    """Whether the database answers, and whether it has every migration of this code."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        connection.close()
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": not pending}


class HealthMiddleware:
    """Answers before sessions, viewers and transactions, so that it can also speak when the database is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != PATH:
            return self.get_response(request)
        found = state()
        response = JsonResponse(found, status=200 if all(found.values()) else 503)
        response.headers["Cache-Control"] = "no-store"
        return response
