"""Further kinds of matter: referrals, notices that somebody comes home. A person may have a lead of his own."""

from django.db import migrations, models

KINDS = [
    ("report", "通報"),
    ("case", "案件"),
    ("placement", "安置"),
    ("coordination", "家庭主責"),
    ("break_glass", "緊急調閱覆核"),
    ("subject_request", "當事人請求"),
    ("meeting", "會議"),
    ("decision", "列管決議"),
    ("urgent_room", "急案戰情室"),
    ("incident_review", "重大事件檢討"),
    ("referral", "轉介"),
    ("notice", "返家通知"),
]


class Migration(migrations.Migration):
    dependencies = [("matters", "0018_meetings_and_decisions")]
    operations = [
        migrations.AlterField("matter", "kind", models.CharField(choices=KINDS, max_length=16)),
        migrations.RemoveConstraint("matter", "matter_kind_known"),
        migrations.AddConstraint(
            "matter",
            models.CheckConstraint(
                condition=models.Q(("kind__in", [code for code, _said in KINDS])), name="matter_kind_known"
            ),
        ),
        migrations.RemoveConstraint("matter", "coordination_is_of_a_family"),
        migrations.AddConstraint(
            "matter",
            models.CheckConstraint(
                condition=models.Q(("family__isnull", False), ("kind", "coordination"))
                | models.Q(("kind", "coordination"), ("sort", "person"))
                | models.Q(("kind", "coordination"), _negated=True),
                name="coordination_is_of_a_family",
            ),
        ),
        migrations.RemoveConstraint("matter", "one_lead_per_family"),
        migrations.AddConstraint(
            "matter",
            models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("kind", "coordination"), ("sort", "")),
                fields=("family",),
                name="one_lead_per_family",
            ),
        ),
    ]
