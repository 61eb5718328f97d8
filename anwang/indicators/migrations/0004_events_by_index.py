"""Parts of the events' view are written into what asks for them: a month of a county reads that, not the nation.

Each part is named more than once, and PostgreSQL kept such parts as lists without an index: every report of the month was
sought through all decisions of the nation (13 seconds with 20,000 reports, now an eighth of one). The events stay the same.
"""

from importlib import import_module

from django.db import migrations

LAST = import_module("anwang.indicators.migrations.0002_new_facts_are_valid")
BEFORE: str = LAST._replacing(LAST.BEFORE.replace(LAST.HAD, LAST.NOW))
PARTS = ("standing", "pair", "report", "origin")


def _written_in(view: str) -> str:
    for part in PARTS:
        view = view.replace(f"{part} AS (", f"{part} AS NOT MATERIALIZED (", 1)
    return view


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_officers_see_figures")]
    operations = [migrations.RunSQL(_written_in(BEFORE), BEFORE)]
