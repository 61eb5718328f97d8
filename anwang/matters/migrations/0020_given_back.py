"""What was taken may be given back: a further way in which a holder came to hold."""

from django.db import migrations, models

HOW = [
    ("opened", "受理時起"),
    ("assigned", "指派"),
    ("reassigned", "改派"),
    ("shift", "值班交接"),
    ("accepted", "對方接受"),
    ("ruled", "裁定"),
    ("cover", "職務代理"),
    ("contract", "委託"),
    ("hand_over", "移交清冊"),
    ("returned", "委託結束收回"),
    ("given_back", "接了又退回"),
]


def _how(**options: object) -> models.CharField:
    return models.CharField(choices=HOW, max_length=16, **options)


class Migration(migrations.Migration):
    dependencies = [("matters", "0019_referrals_notices_and_lead_of_a_person")]
    operations = [
        migrations.AlterField("matter", "accountable_how", _how(default="opened")),
        migrations.AlterField("matter", "acting_how", _how(default="opened")),
        migrations.AlterField("assignment", "how", _how()),
    ]
