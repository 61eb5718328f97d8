"""A further kind of matter: somebody asks for what is kept about him (當事人請求)."""

from django.db import migrations, models

KINDS = [
    ("report", "通報"),
    ("case", "案件"),
    ("placement", "安置"),
    ("coordination", "家庭主責"),
    ("break_glass", "緊急調閱覆核"),
    ("subject_request", "當事人請求"),
]


class Migration(migrations.Migration):
    dependencies = [("matters", "0015_names_row_by_row")]
    operations = [
        migrations.AlterField("matter", "kind", models.CharField(choices=KINDS, max_length=16)),
        migrations.RemoveConstraint("matter", "matter_kind_known"),
        migrations.AddConstraint(
            "matter",
            models.CheckConstraint(
                condition=models.Q(("kind__in", [code for code, _said in KINDS])), name="matter_kind_known"
            ),
        ),
    ]
