"""A tracked decision may be sent to a special meeting of its own (另開專案會議)."""

from django.db import migrations, models

STATES = [
    ("noted", "不列管"),
    ("tracked", "列管"),
    ("continued", "繼續列管"),
    ("released", "解除列管"),
    ("condition", "附條件解除"),
    ("special", "另開專案會議"),
]
FIELD = models.CharField(choices=STATES, max_length=12)


class Migration(migrations.Migration):
    dependencies = [("conferences", "0004_asked_past_the_parts")]
    operations = [
        migrations.AlterField("decision", "state", FIELD),
        migrations.AlterField("decisionreport", "proposes", FIELD),
        migrations.AlterField("decisionruling", "state", FIELD),
        migrations.RemoveConstraint("decision", "decision_state_known"),
        migrations.AddConstraint(
            "decision",
            models.CheckConstraint(
                condition=models.Q(("state__in", [code for code, _said in STATES])), name="decision_state_known"
            ),
        ),
        migrations.RemoveConstraint("decisionruling", "continued_until_a_day_for_a_reason"),
        migrations.AddConstraint(
            "decisionruling",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["continued", "special"]), _negated=True),
                    models.Q(("next_on__isnull", False), models.Q(("because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="continued_until_a_day_for_a_reason",
            ),
        ),
    ]
