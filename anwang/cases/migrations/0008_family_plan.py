"""The family treatment plan is handed in like the other reports in four parts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_contacts_open_through_their_cases")]
    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="form",
            field=models.CharField(
                choices=[
                    ("vulnerable_family", "訪視評估報告"),
                    ("placement", "繼續安置評估"),
                    ("after_care", "追蹤報告"),
                    ("family_plan", "家庭處遇計畫"),
                    ("general", "評估報告"),
                ],
                max_length=20,
            ),
        )
    ]
