"""A search is marked by whoever is near the child in any file, not in this case only."""

from importlib import import_module

from django.db import migrations

_before = import_module("anwang.cases.migrations.0017_searching").LISTS
_start = _before.index("CREATE FUNCTION cases_search_is_marked")
BEFORE = _before[_start : _before.index("$$;", _start) + 3]

# A mother in hiding may share only an earlier report, a home or kinship with the child, and none of them this case.
# Every record of the child is asked, for the file they share may hang on another record of his.
HERE = "SELECT person_id FROM here\n"
NEAR = """SELECT person_id FROM here
    UNION SELECT n.id FROM here JOIN people_person p ON p.id = here.person_id
            JOIN people_person q ON q.identity_id = p.identity_id CROSS JOIN LATERAL people_near(q.id) AS n (id)
"""
REVOKE = "REVOKE EXECUTE ON FUNCTION cases_search_is_marked FROM PUBLIC;"


def _replacing(body: str) -> str:
    return f"{body.replace('CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION', 1)}\n{REVOKE}"


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_keep_plans"), ("people", "0006_former_names")]
    operations = [migrations.RunSQL(_replacing(BEFORE.replace(HERE, NEAR, 1)), _replacing(BEFORE))]
