"""A migration operation for tables that only grow."""

from django.db.migrations import RunSQL


def append_only(table: str) -> RunSQL:
    """No UPDATE, DELETE or TRUNCATE on `table`, for anybody, owner included. Corrections are further rows."""
    return RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION append_only();"
        f" REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM anwang_app",
        f"DROP TRIGGER append_only ON {table}",
    )
