"""A search by a short name stops once it has found as many as it may show, instead of asking for each of a thousand."""

from importlib import import_module

from django.db import migrations

FORMER = import_module("anwang.people.migrations.0010_few_first").UP
_ASKED = FORMER[FORMER.index("    UNION SELECT few_of.key") : FORMER.index("  IF cardinality(few) > 1000 THEN")]
UP = FORMER.replace(
    _ASKED,
    _ASKED.replace("    UNION SELECT", "    UNION ALL (SELECT")
    .replace("     WHERE EXISTS", "     WHERE few_of.key <> ALL (own) AND EXISTS")
    .replace("OFFSET 0);", "OFFSET 0) LIMIT 51);"),
)


class Migration(migrations.Migration):
    dependencies = [("people", "0010_few_first")]
    operations = [migrations.RunSQL(UP, FORMER)]
