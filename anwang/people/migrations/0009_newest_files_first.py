"""The newest files of a key are read by the index from their end: a chief's key opens a county's files."""

from django.db import migrations

# The planner takes a holder to have the average number of files and would rather read them all and sort.
UP = "ALTER FUNCTION people_short_name SET enable_sort = off"
DOWN = "ALTER FUNCTION people_short_name RESET enable_sort"


class Migration(migrations.Migration):
    dependencies = [("people", "0008_short_names")]
    operations = [migrations.RunSQL(UP, DOWN)]
