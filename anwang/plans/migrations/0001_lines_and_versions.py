"""Lines, what became of them, versions: who reads which, and what only grows."""
# ruff: noqa: S608  only names of tables of this file are put in

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect

_LIVE = (
    "g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= (SELECT access_at())"
    " AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))"
)
_SOMEBODY = (
    "nullif(current_setting('anwang.worker', true), '') IS NOT NULL"
    " OR nullif(current_setting('anwang.service', true), '') IS NOT NULL"
)


def _in_its_zone(table):
    """A row is read by whoever holds a grant on the matter for the zone that the row names."""
    visible = (
        f"EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = {table}.matter_id"
        f" AND {table}.zone = ANY (g.zones) AND {_LIVE})"
    )
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f" CREATE POLICY reads ON {table} FOR SELECT USING ({visible});"
        f" CREATE POLICY writes ON {table} FOR INSERT WITH CHECK ({_SOMEBODY});"
        f" REVOKE UPDATE, DELETE ON {table} FROM anwang_app",
        f"DROP POLICY reads ON {table}; DROP POLICY writes ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    )


def _only_grows(table):
    """Only a change of keys and an erasure by law rewrite a row."""
    return migrations.RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION append_only_but_rewritten();"
        f" REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM anwang_app",
        f"DROP TRIGGER append_only ON {table}",
    )


SEALED = """
ALTER TABLE plans_line ADD CONSTRAINT plan_line_of_the_special_zone_is_sealed
  CHECK (zone <> 'special' OR text LIKE '⟦1:%⟧')
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0021_reports_of_her_side"),
        ("directory", "0005_invited_members_of_the_network"),
        ("matters", "0019_referrals_notices_and_lead_of_a_person"),
        ("people", "0013_disputed_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("thread", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("words", "家人的話"),
                            ("need", "需求"),
                            ("strength", "優勢"),
                            ("goal", "目標"),
                            ("action", "行動"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("work", "工作資訊"),
                            ("case", "個案內容"),
                            ("special", "特種內容"),
                            ("safety", "安全區"),
                            ("reporter", "通報人身分"),
                        ],
                        default="case",
                        max_length=12,
                    ),
                ),
                (
                    "circle",
                    models.CharField(
                        choices=[("victim", "被害人側"), ("other", "相對人側"), ("neutral", "不分側")],
                        default="neutral",
                        max_length=8,
                    ),
                ),
                (
                    "goes_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8), default=list, size=None
                    ),
                ),
                ("under", models.UUIDField(null=True)),
                (
                    "owner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("family", "家人"),
                            ("worker", "承辦單位的工作人員"),
                            ("unit", "協力單位"),
                            ("community", "社區或其他的人"),
                        ],
                        max_length=10,
                    ),
                ),
                ("owner_name", models.CharField(blank=True, max_length=60)),
                ("for_carer", models.BooleanField(default=False)),
                ("text", models.TextField()),
                ("due_on", models.DateField(null=True)),
                ("said_on", models.DateField(null=True)),
                ("is_kept", models.BooleanField(default=True)),
                ("because", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "about",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "owner_person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "owner_worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "thread", "-id"], name="lines_of_plan")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="plan_line_has_words"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["words", "need", "strength", "goal", "action"])),
                        name="plan_line_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("zone__in", ("work", "case", "special"))), name="plan_line_zone_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("circle__in", ["victim", "other", "neutral"])),
                        name="plan_line_circle_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("goes_to__contained_by", ["family", "partner", "court"])),
                        name="plan_line_readers_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "action"), _negated=True),
                            models.Q(("owner", "family"), ("owner_person__isnull", False)),
                            models.Q(("owner", "worker"), ("owner_worker__isnull", False)),
                            models.Q(("owner", "unit"), ("owner_unit__isnull", False)),
                            models.Q(("owner", "community"), models.Q(("owner_name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="plan_action_has_an_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "action"), models.Q(("owner", ""), ("under", None)), _connector="OR"
                        ),
                        name="only_actions_are_owned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("thread", models.UUIDField()),
                (
                    "zone",
                    models.CharField(
                        choices=[
                            ("work", "工作資訊"),
                            ("case", "個案內容"),
                            ("special", "特種內容"),
                            ("safety", "安全區"),
                            ("reporter", "通報人身分"),
                        ],
                        default="case",
                        max_length=12,
                    ),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("begun", "開始做了"),
                            ("done", "做到了"),
                            ("partly", "做到一部分"),
                            ("not_done", "還沒做到"),
                        ],
                        max_length=8,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "thread", "-id"], name="steps_of_plan")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("progress__in", ["begun", "done", "partly", "not_done"])),
                        name="plan_progress_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("zone__in", ("work", "case", "special"))), name="plan_progress_zone_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("lines", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("summary", models.TextField(blank=True)),
                (
                    "with_family",
                    models.CharField(
                        choices=[
                            ("yes", "一起訂的"),
                            ("partly", "只和部分家人談過"),
                            ("no", "還沒談"),
                            ("unknown", "不詳"),
                        ],
                        max_length=8,
                    ),
                ),
                ("review_on", models.DateField()),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "number"), name="version_of_plan_once"),
                    models.CheckConstraint(
                        condition=models.Q(("with_family__in", ["yes", "partly", "no", "unknown"])),
                        name="plan_says_with_whom",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="versions_of_plan_are_counted"),
                ],
            },
        ),
        _in_its_zone("plans_line"),
        _in_its_zone("plans_step"),
        protect("plans_version"),
        _only_grows("plans_line"),
        _only_grows("plans_step"),
        _only_grows("plans_version"),
        migrations.RunSQL(SEALED, "ALTER TABLE plans_line DROP CONSTRAINT plan_line_of_the_special_zone_is_sealed"),
    ]
