"""Calls, submissions, extensions, receipts, checks, reviews, letters, approved posts."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.audit.tables import append_only
from anwang.matters.keys import owns_a_matter

# Approved posts of a county and kind are never below none on any day.
POSTS = """
CREATE FUNCTION submissions_posts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE fewest bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('submissions.posts ' || NEW.county || ' ' || NEW.kind, 0));
  SELECT min(standing) INTO fewest FROM (
    SELECT sum(sum(change)) OVER (ORDER BY from_on) AS standing FROM submissions_postchange
     WHERE county = NEW.county AND kind = NEW.kind GROUP BY from_on) days;
  IF fewest < 0 THEN
    RAISE 'approved posts would fall below none' USING ERRCODE = '23514', CONSTRAINT = 'posts_never_below_none';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER posts_never_below_none AFTER INSERT ON submissions_postchange
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION submissions_posts();
"""
POSTS_DOWN = "DROP FUNCTION submissions_posts CASCADE"
GROWING = ("submissions_receipt", "submissions_check", "submissions_letter", "submissions_postchange")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0006_officers_of_an_authority"),
        ("funding", "0001_money"),
        ("matters", "0022_submissions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80)),
                ("year", models.PositiveSmallIntegerField()),
                ("basis", models.CharField(blank=True, max_length=120)),
                ("words", models.TextField(blank=True)),
                ("due_on", models.DateField()),
                ("drafted_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("published_by", models.UUIDField(null=True)),
                ("results_at", models.DateTimeField(null=True)),
                ("results_by", models.UUIDField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallLine",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.call"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.line"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CallPart",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("is_required", models.BooleanField(default=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.call"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Value("submission"),
                        output_field=models.CharField(max_length=16),
                    ),
                ),
                ("county", models.CharField(max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("awaited", "待提報"),
                            ("sent", "已送出"),
                            ("sent_back", "退回補正"),
                            ("complete", "齊備，審查中"),
                            ("proposed", "審查意見待核"),
                            ("decided", "已審定"),
                            ("lettered", "已發核定函"),
                        ],
                        default="awaited",
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField()),
                ("sent_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.call"
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("approved", "核定"), ("partly", "部分核定"), ("refused", "不予核定")], max_length=12
                    ),
                ),
                ("opinion", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "待核"), ("decided", "已核"), ("returned", "退回重擬")],
                        default="proposed",
                        max_length=12,
                    ),
                ),
                ("written_by", models.UUIDField()),
                ("written_at", models.DateTimeField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("words", models.CharField(blank=True, max_length=400)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("round", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("received_at", models.DateTimeField()),
                (
                    "how",
                    models.CharField(
                        choices=[("system", "系統內送出"), ("letter", "公文，代登"), ("phone", "電話，代登")],
                        max_length=8,
                    ),
                ),
                ("paper", models.CharField(blank=True, max_length=60)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PostChange",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=5)),
                ("kind", models.CharField(max_length=24)),
                ("change", models.IntegerField()),
                ("from_on", models.DateField()),
                ("letter", models.CharField(max_length=60)),
                ("dated_on", models.DateField()),
                ("because", models.CharField(max_length=200)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="submissions.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=60, unique=True)),
                ("dated_on", models.DateField()),
                ("words", models.TextField(blank=True)),
                ("posts_from_on", models.DateField(null=True)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("what", models.CharField(choices=[("money", "經費"), ("post", "員額")], max_length=8)),
                ("post", models.CharField(blank=True, max_length=24)),
                ("asked", models.BigIntegerField()),
                ("granted", models.BigIntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                (
                    "line",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funding.line"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Filled",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("words", models.TextField(blank=True)),
                ("attached", models.CharField(blank=True, max_length=120)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.callpart"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("asked_by", models.CharField(max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("asked_by_worker", models.UUIDField(null=True)),
                ("reason", models.CharField(max_length=200)),
                ("old_due_on", models.DateField()),
                ("new_due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "等答覆"), ("granted", "同意"), ("refused", "不同意")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.call"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="submissions.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("is_complete", models.BooleanField()),
                (
                    "missing",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("words", models.CharField(blank=True, max_length=400)),
                ("back_due_on", models.DateField(null=True)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="submissions.submission"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="call_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("results_at__isnull", True),
                    models.Q(("published_at__isnull", False), ("results_by__isnull", False)),
                    _connector="OR",
                ),
                name="results_of_a_published_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(fields=("unit", "year", "title"), name="one_call_of_a_title_in_a_year"),
        ),
        migrations.AddConstraint(
            model_name="callline",
            constraint=models.UniqueConstraint(fields=("call", "line"), name="line_of_a_call_once"),
        ),
        migrations.AddConstraint(
            model_name="callpart",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="part_of_a_call_is_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="callpart",
            constraint=models.UniqueConstraint(fields=("call", "position"), name="one_part_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="callpart",
            constraint=models.UniqueConstraint(fields=("call", "name"), name="part_is_asked_for_once"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["county", "due_on"], name="submissions_of_county"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["awaited", "sent", "sent_back", "complete", "proposed", "decided", "lettered"])
                ),
                name="submission_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "awaited"), ("task__isnull", True)),
                    models.Q(
                        models.Q(("state", "awaited"), _negated=True),
                        ("sent_by__isnull", False),
                        ("task__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="sent_submission_is_somebodys_task",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(fields=("call", "county"), name="county_submits_once_to_a_call"),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["approved", "partly", "refused"]), models.Q(("opinion", ""), _negated=True)
                ),
                name="review_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("written_by")), _negated=True),
                    _connector="OR",
                ),
                name="review_takes_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state", "proposed")),
                    models.Q(
                        models.Q(("state", "proposed"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="decided_review_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="returned_review_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "returned"), _negated=True),
                fields=("submission",),
                name="one_review_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("how", "system"), models.Q(("paper", ""), _negated=True), _connector="OR"),
                name="proxy_receipt_names_its_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("submission", "round"), name="one_receipt_of_a_round"),
        ),
        migrations.AddIndex(
            model_name="postchange",
            index=models.Index(fields=["county", "kind", "from_on"], name="posts_of_county"),
        ),
        migrations.AddConstraint(
            model_name="postchange",
            constraint=models.CheckConstraint(condition=models.Q(("change", 0), _negated=True), name="posts_change"),
        ),
        migrations.AddConstraint(
            model_name="postchange",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("letter", ""), _negated=True), models.Q(("because", ""), _negated=True)),
                name="posts_change_by_letter_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="letter_has_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("asked__gte", 0), ("line__isnull", False), ("post", ""), ("what", "money")),
                    models.Q(
                        ("line__isnull", True),
                        ("what", "post"),
                        models.Q(("post", ""), _negated=True),
                        models.Q(("asked", 0), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="item_asks_for_money_or_posts",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted__isnull", True),
                    ("granted", models.F("asked")),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="item_granted_otherwise_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                condition=models.Q(("what", "money")), fields=("submission", "line"), name="line_is_asked_for_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(
                condition=models.Q(("what", "post")), fields=("submission", "post"), name="posts_are_asked_for_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="filled",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), models.Q(("attached", ""), _negated=True), _connector="OR"
                ),
                name="filled_part_holds_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="filled",
            constraint=models.UniqueConstraint(fields=("submission", "part"), name="part_is_filled_once"),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(("new_due_on__gt", models.F("old_due_on"))), name="extension_goes_further"
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("asked_by", ""), _negated=True)),
                name="extension_says_who_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decided_extension_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_by_worker__isnull", True),
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("asked_by_worker")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_grants_his_own_extension",
            ),
        ),
        migrations.AddConstraint(
            model_name="extension",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked"), ("submission__isnull", False)),
                fields=("submission",),
                name="one_extension_asked_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("back_due_on__isnull", True), ("is_complete", True)),
                    models.Q(("back_due_on__isnull", False), ("is_complete", False), ("missing__len__gt", 0)),
                    _connector="OR",
                ),
                name="sent_back_with_a_list_and_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_complete", False)), fields=("submission",), name="sent_back_once"
            ),
        ),
        owns_a_matter("submissions_submission"),
        migrations.RunSQL(POSTS, POSTS_DOWN),
        *(append_only(table) for table in GROWING),
    ]
