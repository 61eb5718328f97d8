"""Drafts of rules with comments, answers and approvals, and replays of a year under them."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0006_officers_of_an_authority"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("rule_id", models.CharField(max_length=80)),
                ("county", models.CharField(blank=True, max_length=5)),
                ("starts_on", models.DateField()),
                ("why", models.TextField()),
                ("letter", models.CharField(max_length=60)),
                ("values", models.JSONField()),
                ("written_over", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "撰寫中"),
                            ("open", "徵詢意見中"),
                            ("deciding", "等核准"),
                            ("enacted", "已核准"),
                            ("withdrawn", "不提了"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("opened_at", models.DateTimeField(null=True)),
                ("comment_until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
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
            name="Comment",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("answer_due_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lab.draft"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("round", models.PositiveSmallIntegerField()),
                ("as_chief", models.BooleanField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lab.draft"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Replay",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("reports", "通報的建議"),
                            ("duties", "應辦事項的期限"),
                            ("courses", "列管個案的訪視"),
                        ],
                        max_length=8,
                    ),
                ),
                ("since", models.DateField()),
                ("before", models.DateField()),
                ("county", models.CharField(blank=True, max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等候中"),
                            ("running", "重算中"),
                            ("done", "算完了"),
                            ("failed", "沒有算完"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("milliseconds", models.PositiveIntegerField(default=0)),
                ("base_hash", models.CharField(max_length=64)),
                ("draft_hash", models.CharField(max_length=64)),
                ("values", models.JSONField()),
                ("result", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="lab.draft"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="lab.comment",
                    ),
                ),
                (
                    "taken",
                    models.CharField(
                        choices=[
                            ("yes", "照意見改"),
                            ("partly", "改一部分"),
                            ("no", "不改，說明理由"),
                            ("answered", "是問題，已說明"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["rule_id"], name="drafts_of_rule"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "open", "deciding", "enacted", "withdrawn"])),
                name="draft_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("why", ""), _negated=True), models.Q(("letter", ""), _negated=True)),
                name="draft_says_why_and_by_which_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    ("state", "withdrawn"),
                    models.Q(("comment_until__gt", models.F("opened_at")), ("opened_at__isnull", False)),
                    _connector="OR",
                ),
                name="draft_is_opened_before_it_is_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("state__in", ["enacted", "withdrawn"])),
                    models.Q(
                        models.Q(("state__in", ["enacted", "withdrawn"]), _negated=True), ("ended_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="draft_ends_at_an_instant",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["draft", "recorded_at"], name="comments_of_draft"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="comment_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(fields=("draft", "round", "by"), name="approved_once_by_each"),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("by", models.F("author")), _negated=True), name="author_approves_nothing"
            ),
        ),
        migrations.AddIndex(
            model_name="replay",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "running"])), fields=["asked_at"], name="replays_to_do"
            ),
        ),
        migrations.AddConstraint(
            model_name="replay",
            constraint=models.CheckConstraint(
                condition=models.Q(("since__lt", models.F("before"))), name="replay_has_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="replay",
            constraint=models.CheckConstraint(
                condition=models.Q(("done__lte", models.F("total"))), name="replay_does_no_more_than_all"
            ),
        ),
        migrations.AddConstraint(
            model_name="replay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "running"])),
                fields=("draft",),
                name="one_replay_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("taken__in", ["yes", "partly", "no", "answered"]), models.Q(("text", ""), _negated=True)
                ),
                name="answer_says_what_and_why",
            ),
        ),
    ]
