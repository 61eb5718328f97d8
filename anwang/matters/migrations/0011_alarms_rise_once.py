"""What is silent says until when nobody need look again; silences are read by unit and age."""

from django.db import migrations, models
from django.db.models.functions import Coalesce

UNSIGNED = models.Q(("signed_at__isnull", True), ("superseded_at__isnull", True))
PENDING = models.Q(("state", "pending"))
GRANT = """
GRANT UPDATE (rises_at) ON matters_assignment TO anwang_app;
GRANT UPDATE (rises_at) ON matters_offer TO anwang_app;
"""
REVOKE = """
REVOKE UPDATE (rises_at) ON matters_assignment FROM anwang_app;
REVOKE UPDATE (rises_at) ON matters_offer FROM anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_names_as_read"),
        ("matters", "0010_read_in_order"),
        ("people", "0008_short_names"),
    ]

    operations = [
        migrations.AddField("assignment", "rises_at", models.DateTimeField(null=True)),
        migrations.AddField("offer", "rises_at", models.DateTimeField(null=True)),
        migrations.RunSQL(GRANT, REVOKE),
        migrations.RemoveIndex("assignment", "unsigned_at_unit"),
        migrations.AddIndex(
            "assignment",
            models.Index(fields=["to_unit", "effective_at"], condition=UNSIGNED, name="unsigned_at_unit_by_age"),
        ),
        migrations.AddIndex(
            "assignment",
            models.Index(Coalesce("rises_at", "effective_at"), condition=UNSIGNED, name="unsigned_that_rise"),
        ),
        migrations.AddIndex(
            "offer",
            models.Index(fields=["from_unit", "answer_due_at"], condition=PENDING, name="pending_offers_of_unit"),
        ),
        migrations.AddIndex(
            "offer",
            models.Index(Coalesce("rises_at", "answer_due_at"), condition=PENDING, name="pending_offers_that_rise"),
        ),
    ]
