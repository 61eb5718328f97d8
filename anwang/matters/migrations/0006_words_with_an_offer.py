"""Words to the receiver of an offer: read by whoever reads the case, and by whom this offer let read."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect
from anwang.audit.tables import append_only

ASKED = """
CREATE POLICY asked ON matters_offerwords FOR SELECT USING (EXISTS (
  SELECT 1 FROM access_grant g WHERE g.because_id = matters_offerwords.offer_id
     AND g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= (SELECT access_at())
     AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))))
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_corrected_spans_and_rights")]
    operations = [
        migrations.CreateModel(
            name="OfferWords",
            fields=[
                (
                    "id",
                    models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False),
                ),
                ("text", models.TextField()),
                ("written_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.offer"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("offer",), name="one_letter_with_an_offer")],
            },
        ),
        protect("matters_offerwords", zone="case"),
        migrations.RunSQL(ASKED, "DROP POLICY asked ON matters_offerwords"),
        append_only("matters_offerwords"),
    ]
