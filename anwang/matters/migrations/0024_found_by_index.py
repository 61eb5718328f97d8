"""What is asked of a nation by a rule, a county's cases or who has still to write an answer down, is found by index."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("matters", "0023_steering")]
    operations = [
        migrations.AddIndex(
            "duty",
            models.Index(fields=["rule_id", "due_at"], condition=Q(state="open"), name="open_duties_of_rule"),
        ),
        migrations.AddIndex(
            "matter", models.Index(fields=["county", "sort"], condition=Q(kind="case"), name="cases_of_county")
        ),
        migrations.AddIndex(
            "review",
            models.Index(
                fields=["decided_by"],
                condition=Q(by_phone=True, written_at__isnull=True),
                name="reviews_to_be_written_down",
            ),
        ),
    ]
