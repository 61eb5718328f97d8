"""Plans, reports and records may go out under a number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_templates_and_printings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("transfer", "移轄函"),
                    ("visit", "協訪函"),
                    ("reply", "復函"),
                    ("notice", "通知"),
                    ("report", "通報表"),
                    ("court", "法院、檢察署來文"),
                    ("enclosed", "計畫、報告、紀錄"),
                    ("other", "其他"),
                ],
                max_length=8,
            ),
        ),
    ]
