"""Brings the tables to the state of this code, without drawing every model anew at each step.

Django keeps a model class for each table at each point of the history. After every step it draws the changed
model anew, and with it all that are joined to it by foreign keys, near and far: here nearly all, hundreds of
times over. A step needs the changed model alone, because a foreign key asks its target for a table and a
primary key, and these do not change. Steps in Python do see all models in one state: `is_delayed` has Django
draw them together first, as it does for its own short cut (ADR 0136).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any  # Django's own state of a migration

from django.core.management import call_command
from django.db.migrations.state import ProjectState


def migrate() -> None:
    """Run what is not applied yet, as the owner of the database."""
    with _changed_models_alone():
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def _changed_models_alone() -> Iterator[None]:
    whole = ProjectState._find_reload_model

    def alone(state: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        state.is_delayed = True
        return {(app_label, model_name)}

    ProjectState._find_reload_model = alone
    try:
        yield
    finally:
        ProjectState._find_reload_model = whole
