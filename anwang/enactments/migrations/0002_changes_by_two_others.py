"""National changes beside those of counties, each a row of its own that nobody alters; bodies are kept for good."""

from django.db import migrations, models

from anwang.audit.tables import append_only


class Migration(migrations.Migration):
    dependencies = [("enactments", "0001_enactments"), ("audit", "0002_only_grow")]

    operations = [
        migrations.RemoveConstraint(model_name="enactment", name="one_enactment_per_rule_and_county"),
        migrations.AddField(model_name="enactment", name="second_by", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="enactment", name="draft_id", field=models.UUIDField(null=True)),
        migrations.AlterField(model_name="enactment", name="county", field=models.CharField(blank=True, max_length=5)),
        migrations.AddConstraint(
            model_name="enactment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_by__isnull", True),
                    models.Q(
                        models.Q(("second_by", models.F("proposed_by")), _negated=True),
                        models.Q(("second_by", models.F("approved_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="enactment_is_approved_by_two_others",
            ),
        ),
        migrations.AddConstraint(
            model_name="enactment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("draft_id__isnull", False)), fields=("draft_id",), name="draft_enacted_once"
            ),
        ),
        append_only("enactments_enactment"),
        append_only("enactments_policyversion"),
    ]
