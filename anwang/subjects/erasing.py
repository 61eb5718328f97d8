"""Migration operations by which a further room's content goes away with its file (`subjects_erase`, ADR 0093)."""
# ruff: noqa: S608  only names that a migration writes are put in

from __future__ import annotations

from django.db.migrations import RunSQL

BEFORE = "  UPDATE people_household SET area_code"
"""The line of the function before which further rows are taken away; every room adds there, in any order."""


def also_erases(*rows: tuple[str, str], of_people: tuple[str, ...] = ()) -> RunSQL:
    """Rows of `table` whose `column` names the erased file go away; later ones may stand on earlier ones.

    Give children before parents. `of_people` are tables whose `person_id` is of people who stand in no other file.
    Tables that only grow let nobody else rewrite them.
    """
    conditions = [(table, f"{column} = doomed") for table, column in rows]
    conditions += [(table, "person_id = ANY (people)") for table in of_people]
    lines = "\n".join(
        f"  DELETE FROM {table} WHERE {condition}; GET DIAGNOSTICS k = ROW_COUNT; n := n + k;"
        for table, condition in conditions
    )
    tables = ", ".join(f"'{table}'" for table, _condition in conditions)
    return RunSQL(
        f"{_rewritten(BEFORE, f'{lines}{chr(10)}{BEFORE}')} {_swap(tables, 'append_only_but_rewritten')}",
        f"{_rewritten(f'{lines}{chr(10)}', '')} {_swap(tables, 'append_only')}",
    )


def _rewritten(old: str, new: str) -> str:
    return f"""
DO $do$ DECLARE source text := pg_get_functiondef('subjects_erase'::regproc); BEGIN
  IF position($o${old}$o$ in source) = 0 THEN RAISE 'subjects_erase is not as it was'; END IF;
  EXECUTE replace(source, $o${old}$o$, $n${new}$n$);
END $do$;
"""


def _swap(tables: str, function: str) -> str:
    return f"""
DO $do$ DECLARE tab text; BEGIN
  FOREACH tab IN ARRAY ARRAY[{tables}] LOOP
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(tab) AND tgname = 'append_only') THEN
      EXECUTE format('DROP TRIGGER append_only ON %I', tab);
      EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                      FOR EACH STATEMENT EXECUTE FUNCTION {function}()', tab);
    END IF;
  END LOOP;
END $do$;
"""
