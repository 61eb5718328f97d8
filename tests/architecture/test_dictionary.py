"""The data dictionary and the published register are those of the models."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from anwang.subjects import dictionary, keys
from anwang.subjects.published import written
from tests.architecture.source import ROOT


def test_the_document_is_what_the_models_say() -> None:
    kept = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert kept == dictionary.markdown(), "run: anwang dictionary > docs/data-dictionary.md"


def test_every_room_with_personal_data_stands_in_one_published_file() -> None:
    rooms = [room for one in written()["files"] for room in one["rooms"]]
    assert sorted(rooms) == sorted(set(rooms))
    assert set(dictionary.personal_rooms()) <= set(rooms)


def test_an_unclassified_field_fails() -> None:
    class Whatever(models.Model):
        name = models.CharField(max_length=9)

        class Privacy:
            plain = ("id",)

        class Meta:
            app_label = "people"

    del apps.all_models["people"]["whatever"]
    with pytest.raises(ValueError, match="each field once"):
        dictionary._table(Whatever)


CLOSED = ("sealed_at", "sealed_by", "sealed_by_id")
"""When a room was closed for good and by whom: no secret."""


def test_every_sealed_column_is_known_to_the_rotation() -> None:
    """A secret that can be opened again is listed in its room's `SEALED`; sums and hashes are not sealed."""
    known = {(one.table, one.column) for one in keys.columns()}
    named = {
        (table.name, field.name)
        for table in dictionary.tables()
        for field in table.fields
        if field.name.startswith("sealed") and field.name not in CLOSED
    }
    assert sorted(named - known) == []
