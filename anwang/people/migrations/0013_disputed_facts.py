"""Facts that the person himself disputes; erasing by law may also delete rows of tables that only grow."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect_person

GROWS = """
CREATE OR REPLACE FUNCTION append_only_but_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') AND current_user <> 'anwang_app'
     AND current_setting('anwang.rewriting', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE '% only grows: add a correction', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
"""
COLUMNS = """
REVOKE UPDATE ON people_disputedfact FROM anwang_app;
GRANT UPDATE (until_at) ON people_disputedfact TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0012_key_versions")]

    operations = [
        migrations.CreateModel(
            name="DisputedFact",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "fact",
                    models.CharField(
                        choices=[
                            ("name", "姓名"),
                            ("sex", "性別"),
                            ("birth", "出生日"),
                            ("address", "住址"),
                            ("contact", "聯絡方式"),
                            ("kinship", "親屬關係"),
                            ("record", "紀錄的內容"),
                        ],
                        max_length=12,
                    ),
                ),
                ("row_id", models.UUIDField(null=True)),
                ("words", models.CharField(max_length=200)),
                ("because", models.CharField(max_length=20)),
                ("since_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="disputes_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fact__in", ["name", "sex", "birth", "address", "contact", "kinship", "record"])
                        ),
                        name="disputed_fact_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="dispute_says_what"),
                ],
            },
        ),
        protect_person("people_disputedfact", update=True),
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
        migrations.RunSQL(GROWS, migrations.RunSQL.noop),
    ]
