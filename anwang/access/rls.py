"""Row-level security as migration operations: one line per personal table, the same rule everywhere.

The rule: a row of a file is visible to whoever holds a live grant on the file for the row's zone. The policies read
only `access_grant` (and `access_involvement` for persons). No function is called per row: `access_keys()` stands in
a scalar sub-select and runs once a statement.
"""

from django.db.migrations import RunSQL

from .states import Zone

_GRANTED = (
    "EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = {file} AND g.holder = ANY ((SELECT access_keys())::text[])"
    " AND '{zone}' = ANY (g.zones) AND g.starts_at <= (SELECT access_at())"
    " AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))"
)
_INVOLVED = (
    "EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id"
    " WHERE i.person_id = {person} AND g.holder = ANY ((SELECT access_keys())::text[])"
    " AND '{zone}' = ANY (g.zones) AND g.starts_at <= (SELECT access_at())"
    " AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))"
)
_SOMEBODY = (
    "(nullif(current_setting('anwang.worker', true), '') IS NOT NULL"
    " OR nullif(current_setting('anwang.service', true), '') IS NOT NULL)"
)

# Emergency openings read and change nothing; tables protected before there were any are seen to by access 0008.
_NOT_BY_GLASS = """
DO $$ BEGIN
  IF to_regproc('access_writes_with_writing_keys') IS NOT NULL THEN
    PERFORM access_writes_with_writing_keys('{table}');
  END IF;
END $$"""


def protect(table: str, *, file: str = "matter_id", zone: str = Zone.CASE, update: bool = False) -> RunSQL:
    """Rows of `table` belong to the file named by column `file` and lie in `zone`.

    Reading needs a grant; inserting needs a known actor; updating needs `update=True` and a grant; deleting is
    never possible for the application.
    """
    return _policies(table, _GRANTED.format(file=f"{table}.{file}", zone=str(zone)), update)


def protect_person(table: str, *, person: str = "person_id", zone: str = Zone.CASE, update: bool = False) -> RunSQL:
    """Rows of `table` are about the person in column `person`, readable through the files he stands in."""
    return _policies(table, _INVOLVED.format(person=f"{table}.{person}", zone=str(zone)), update)


def _policies(table: str, visible: str, update: bool) -> RunSQL:
    up = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY reads ON {table} FOR SELECT USING ({visible})",
        f"CREATE POLICY writes ON {table} FOR INSERT WITH CHECK ({_SOMEBODY})",
        f"REVOKE UPDATE, DELETE ON {table} FROM anwang_app",
    ]
    down = [
        f"DROP POLICY reads ON {table}",
        f"DROP POLICY writes ON {table}",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
    if update:
        up[-1] = f"REVOKE DELETE ON {table} FROM anwang_app"
        up.append(f"CREATE POLICY changes ON {table} FOR UPDATE USING ({visible}) WITH CHECK (true)")
        up.append(_NOT_BY_GLASS.format(table=table))
        down.insert(0, f"DROP POLICY changes ON {table}")
    return RunSQL(up, down)
