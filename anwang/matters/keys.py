"""Migration operations for rooms whose records own a matter."""

from django.db.migrations import RunSQL


def owns_a_matter(table: str) -> RunSQL:
    """The record of `table` shares its matter's key and cannot sit on a matter of another kind.

    The model has `matter_kind = GeneratedField(Value("<kind>"))` beside its primary key `id`.
    """
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_sits_on_its_matter FOREIGN KEY (id, matter_kind)"
        " REFERENCES matters_matter (id, kind) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_sits_on_its_matter",
    )
