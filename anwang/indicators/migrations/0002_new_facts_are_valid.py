"""A report that tells new facts of a known event is valid: only one that tells nothing new is a duplicate."""

from importlib import import_module

from django.db import migrations

BEFORE: str = import_module("anwang.indicators.migrations.0001_events_and_counts").VIEW
HAD = "s.what = 'validity' LIMIT 1"
NOW = "s.what = 'validity' AND s.outcome <> 'same_event' LIMIT 1"


def _replacing(sql: str) -> str:
    return sql.replace("CREATE VIEW", "CREATE OR REPLACE VIEW", 1)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_events_and_counts")]
    operations = [migrations.RunSQL(_replacing(BEFORE.replace(HAD, NOW)), _replacing(BEFORE))]
