"""Every field is classified, and what is personal lies behind row-level security."""

import pytest
from django.apps import apps
from django.db import connection

CLASSES = ("plain", "linked", "personal", "sensitive", "secret")
OURS = [model for model in apps.get_models() if model.__module__.startswith("anwang.")]
LOG_IN = "access_account"
"""Read before anybody is known; its only secret is a password hash."""


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_classified_once(model) -> None:
    listed = [name for group in CLASSES for name in getattr(model.Privacy, group, ())]
    fields = [field.name for field in model._meta.get_fields() if field.concrete]
    assert sorted(listed) == sorted(fields), "class Privacy names each field once, in plain, linked, personal, …"


@pytest.mark.django_db
def test_protects_every_table_with_personal_fields() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        protected = {name for (name,) in cursor.fetchall()}
    personal = {
        model._meta.db_table
        for model in OURS
        if any(getattr(model.Privacy, group, ()) for group in ("personal", "sensitive", "secret"))
    }
    assert personal - protected == {LOG_IN}


@pytest.mark.django_db
def test_calls_no_function_per_row_in_a_policy() -> None:
    """A function of the row in a policy was measured a thousand times slower than a scalar sub-select."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname, qual FROM pg_policies WHERE qual ~ 'access_(keys|at)\\('")
        policies = cursor.fetchall()
    assert policies
    bare = [
        (table, name)
        for table, name, qual in policies
        if qual.count("access_keys(") > qual.count("SELECT access_keys(")
    ]
    assert bare == []
