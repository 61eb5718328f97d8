"""Grant lines, tiers, shares, awards, execution, surplus, reminders; what was spent stays within what was granted."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import anwang.foundation.uuid7
import anwang.funding.models
from anwang.audit.tables import append_only

# Spent within granted, unless a quarter says why. The grant's row is locked first, so two at once wait for each other.
WITHIN = """
CREATE FUNCTION funding_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE granted bigint; used bigint; reasons bigint;
BEGIN
  PERFORM 1 FROM funding_grant WHERE id = NEW.grant_id FOR NO KEY UPDATE;
  SELECT total INTO granted FROM funding_award WHERE grant_id = NEW.grant_id ORDER BY position DESC LIMIT 1;
  SELECT coalesce(sum(spent), 0), count(*) FILTER (WHERE over_because <> '') INTO used, reasons
    FROM funding_execution WHERE grant_id = NEW.grant_id AND replaced_at IS NULL;
  IF granted IS NOT NULL AND used > granted AND reasons = 0 THEN
    RAISE 'more was spent than granted, and no quarter says why'
      USING ERRCODE = '23514', CONSTRAINT = 'spent_within_what_was_granted';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER spent_within_what_was_granted AFTER INSERT OR UPDATE ON funding_execution
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_within();
CREATE CONSTRAINT TRIGGER granted_covers_what_was_spent AFTER INSERT ON funding_award
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_within();
"""
WITHIN_DOWN = "DROP FUNCTION funding_within CASCADE"
REPLACING = ("funding_share", "funding_tier", "funding_execution")
"""Tables of which a row may be replaced, and nothing else about it changes."""


def replaced_only(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM anwang_app;"
        f" GRANT UPDATE (replaced_at, replaced_by, replaced_because) ON {table} TO anwang_app",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0006_officers_of_an_authority"),
    ]

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=24, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("plan", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=24)),
                ("halves_without_premises", models.BooleanField(default=False)),
                ("from_year", models.PositiveSmallIntegerField()),
                ("to_year", models.PositiveSmallIntegerField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=5)),
                ("year", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=80)),
                (
                    "premises",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "有場地"), ("no", "沒有場地"), ("unknown", "還不知道"), ("", "不問場地")],
                        max_length=8,
                    ),
                ),
                ("arose_from", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                (
                    "line",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.line"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("quarter", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.grant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("replaced_at", models.DateTimeField(null=True)),
                ("replaced_by", models.UUIDField(null=True)),
                ("replaced_because", models.CharField(blank=True, max_length=200)),
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("level", models.PositiveSmallIntegerField(null=True)),
                ("from_year", models.PositiveSmallIntegerField()),
                ("central", models.PositiveSmallIntegerField(null=True)),
                ("local", models.PositiveSmallIntegerField(null=True)),
                ("source", models.CharField(max_length=200)),
                (
                    "line",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.line"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Surplus",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("unspent", models.BigIntegerField()),
                ("central_due", models.BigIntegerField(null=True)),
                ("is_exempt", models.BooleanField(default=False)),
                ("due_on", models.DateField()),
                ("settled_at", models.DateTimeField()),
                ("settled_by", models.UUIDField()),
                ("returned", models.BigIntegerField(null=True)),
                ("returned_on", models.DateField(null=True)),
                ("returned_paper", models.CharField(blank=True, max_length=60)),
                ("returned_by", models.UUIDField(null=True)),
                (
                    "grant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.grant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tier",
            fields=[
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("replaced_at", models.DateTimeField(null=True)),
                ("replaced_by", models.UUIDField(null=True)),
                ("replaced_because", models.CharField(blank=True, max_length=200)),
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=5)),
                ("level", models.PositiveSmallIntegerField()),
                ("from_year", models.PositiveSmallIntegerField()),
                ("to_year", models.PositiveSmallIntegerField(null=True)),
                ("status", models.CharField(choices=[("published", "已公布"), ("derived", "推得")], max_length=12)),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 5)), name="tier_is_one_to_five"
                    ),
                    models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="tier_has_a_source"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["published", "derived"])), name="tier_status_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_year__isnull", True), ("to_year__gte", models.F("from_year")), _connector="OR"
                        ),
                        name="tier_years_in_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        expressions=[
                            ("county", "="),
                            (anwang.funding.models.Years("from_year", "to_year", models.Value("[]")), "&&"),
                        ],
                        name="one_tier_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("replaced_at__isnull", True), ("replaced_because", ""), ("replaced_by__isnull", True)
                            ),
                            models.Q(
                                ("replaced_at__isnull", False),
                                ("replaced_by__isnull", False),
                                models.Q(("replaced_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="replaced_tier_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Execution",
            fields=[
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                ("replaced_at", models.DateTimeField(null=True)),
                ("replaced_by", models.UUIDField(null=True)),
                ("replaced_because", models.CharField(blank=True, max_length=200)),
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("quarter", models.PositiveSmallIntegerField()),
                ("spent", models.BigIntegerField()),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("over_because", models.CharField(blank=True, max_length=200)),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.grant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quarter__in", (1, 2, 3, 4))), name="year_has_four_quarters"
                    ),
                    models.CheckConstraint(condition=models.Q(("spent__gte", 0)), name="spent_is_not_negative"),
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True)),
                        fields=("grant", "quarter"),
                        name="quarter_is_reported_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("replaced_at__isnull", True), ("replaced_because", ""), ("replaced_by__isnull", True)
                            ),
                            models.Q(
                                ("replaced_at__isnull", False),
                                ("replaced_by__isnull", False),
                                models.Q(("replaced_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="replaced_execution_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Award",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("total", models.BigIntegerField(null=True)),
                ("least", models.BigIntegerField()),
                ("level", models.PositiveSmallIntegerField(null=True)),
                ("central_percent", models.PositiveSmallIntegerField(null=True)),
                ("central", models.BigIntegerField(null=True)),
                ("local", models.BigIntegerField(null=True)),
                ("why", models.CharField(max_length=300)),
                ("letter", models.CharField(max_length=60)),
                ("dated_on", models.DateField()),
                ("because", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.grant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least__gte", 0),
                            models.Q(("total__isnull", True), ("total", models.F("least")), _connector="OR"),
                        ),
                        name="award_knows_at_least_so_much",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("central__isnull", True), ("local__isnull", True)),
                            models.Q(
                                ("central__isnull", False),
                                ("local__isnull", False),
                                ("total__isnull", False),
                                ("central__gte", 0),
                                ("local__gte", 0),
                                (
                                    "total",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("central"), "+", models.F("local")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="award_is_both_parts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("letter", ""), _negated=True), name="award_comes_by_letter"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position", 1), models.Q(("because", ""), _negated=True), _connector="OR"),
                        name="changed_award_says_why",
                    ),
                    models.UniqueConstraint(fields=("grant", "position"), name="one_award_at_a_place"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True),
                    models.Q(("name", ""), _negated=True),
                    models.Q(("plan", ""), _negated=True),
                ),
                name="grant_line_is_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(("to_year__isnull", True), ("to_year__gte", models.F("from_year")), _connector="OR"),
                name="grant_line_years_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["year", "county"], name="grants_of_year"),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="grant_says_what_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.CheckConstraint(
                condition=models.Q(("premises__in", ["yes", "no", "unknown", ""])), name="premises_known_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="grant",
            constraint=models.UniqueConstraint(
                fields=("line", "county", "year", "what"), name="one_grant_of_a_line_in_a_year"
            ),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(fields=["grant"], name="reminders_of_grant"),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarter__in", (1, 2, 3, 4))), name="reminded_of_a_quarter"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("central__isnull", True), ("local__isnull", True)),
                    models.Q(
                        ("central__isnull", False),
                        ("central__lte", 100),
                        ("local__isnull", False),
                        ("local__lte", 100),
                        (
                            "central",
                            django.db.models.expressions.CombinedExpression(models.Value(100), "-", models.F("local")),
                        ),
                    ),
                    _connector="OR",
                ),
                name="shares_add_to_a_hundred",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__isnull", True), models.Q(("level__gte", 1), ("level__lte", 5)), _connector="OR"
                ),
                name="share_is_of_a_tier",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="share_has_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True)),
                fields=("line", "level", "from_year"),
                name="one_share_of_a_tier_from_a_year",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replaced_at__isnull", True), ("replaced_because", ""), ("replaced_by__isnull", True)),
                    models.Q(
                        ("replaced_at__isnull", False),
                        ("replaced_by__isnull", False),
                        models.Q(("replaced_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="replaced_share_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="surplus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unspent__gte", 0),
                    models.Q(
                        ("central_due__isnull", True),
                        models.Q(("central_due__gte", 0), ("central_due__lte", models.F("unspent"))),
                        _connector="OR",
                    ),
                ),
                name="surplus_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="surplus",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned__isnull", True), ("returned_on__isnull", True), ("returned_paper", "")),
                    models.Q(
                        ("returned__gte", 0),
                        ("returned__isnull", False),
                        ("returned_by__isnull", False),
                        ("returned_on__isnull", False),
                        models.Q(("returned_paper", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="returned_surplus_says_when_and_how",
            ),
        ),
        migrations.RunSQL(WITHIN, WITHIN_DOWN),
        append_only("funding_award"),
        append_only("funding_reminder"),
        *(replaced_only(table) for table in REPLACING),
    ]
