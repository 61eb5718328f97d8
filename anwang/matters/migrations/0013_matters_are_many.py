"""How many matters the duties belong to, which a sample of rows that lie together makes a tenth of what it is."""

from django.db import migrations

UP = """
ALTER TABLE matters_duty ALTER COLUMN matter_id SET (n_distinct = -0.12), ALTER COLUMN open_of SET (n_distinct = -0.05);
ANALYZE matters_duty (matter_id, open_of);
"""
DOWN = "ALTER TABLE matters_duty ALTER COLUMN matter_id RESET (n_distinct), ALTER COLUMN open_of RESET (n_distinct)"


class Migration(migrations.Migration):
    dependencies = [("matters", "0012_figures_of_a_branch")]
    operations = [migrations.RunSQL(UP, DOWN)]
