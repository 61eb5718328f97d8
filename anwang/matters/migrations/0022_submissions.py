"""One kind of matter more: what a county submits to the ministry, and the ministry's review of it."""

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
    ("submission", "提報"),
]


class Migration(migrations.Migration):
    dependencies = [("matters", "0021_asked_by_who_holds_it_now")]
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
