"""Officers of a county's own units see its figures too, as its supervisors and chiefs do: counts, never a record."""

from importlib import import_module

from django.db import migrations

BEFORE: str = import_module("anwang.indicators.migrations.0001_events_and_counts").COUNTS
HAD, NOW = "'duty_supervisor', 'chief')", "'duty_supervisor', 'chief', 'officer')"


def _replacing(sql: str) -> str:
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_new_facts_are_valid"), ("directory", "0006_officers_of_an_authority")]
    operations = [migrations.RunSQL(_replacing(BEFORE.replace(HAD, NOW)), _replacing(BEFORE))]
