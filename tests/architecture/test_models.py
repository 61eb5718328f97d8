"""Foreign keys written as strings escape the import contract; the model graph does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import PROTECT, ForeignKey, ManyToManyField, Model

from tests.architecture.source import PACKAGE, layers


def _relations() -> Iterator[tuple[type[Model], ForeignKey[Model, Model] | ManyToManyField[Model, Model]]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if model.__module__.startswith("anwang.") and isinstance(field, ForeignKey | ManyToManyField):
                yield model, field


def _room(model: type[Model]) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith("anwang.") else ""


def test_installs_every_room_that_is_an_app() -> None:
    rooms = {f"anwang.{path.parent.relative_to(PACKAGE).as_posix()}" for path in PACKAGE.glob("**/apps.py")}
    rooms = {name.replace("/", ".") for name in rooms}
    assert rooms <= {config.name for config in apps.get_app_configs()}


def test_points_foreign_keys_downward_only() -> None:
    upward = [
        str(field) for model, field in _relations()
        if (target := _room(field.related_model)) and layers()[target] > layers()[_room(model)]
    ]  # fmt: skip
    assert not upward


def test_gives_other_rooms_no_way_back() -> None:
    named = [
        str(field) for model, field in _relations()
        if _room(field.related_model) != _room(model) and field.remote_field.related_name != "+"
    ]  # fmt: skip
    assert not named


def test_protects_what_is_pointed_at() -> None:
    loose = [
        str(field) for model, field in _relations()
        if isinstance(field, ForeignKey) and field.remote_field.on_delete is not PROTECT
    ]  # fmt: skip
    assert not loose


@pytest.mark.django_db
def test_has_a_migration_for_every_model() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, interactive=False, verbosity=0)


def test_names_migrations_by_what_they_do() -> None:
    assert not list(PACKAGE.glob("*/migrations/*_auto_*.py"))
