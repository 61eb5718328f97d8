"""The follow-up of a sitting, tracked decisions, who was told, and what they changed."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conferences", "0005_special_meetings"),
        ("directory", "0006_officers_of_an_authority"),
        ("minutes", "0002_sent_minutes_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Value("meeting"),
                        output_field=models.CharField(max_length=16),
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "sitting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
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
            name="SaidIn",
            fields=[
                (
                    "ruling",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="conferences.decisionruling",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.decisiontext"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="conferences.decision",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("main", "主辦"),
                            ("share", "協辦"),
                            ("condition", "解除列管的條件"),
                            ("round", "定期再辦"),
                        ],
                        max_length=12,
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("asks_change", models.BooleanField(default=False)),
                ("unchanged_because", models.CharField(blank=True, max_length=200)),
                (
                    "due_how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "紀錄沒有期限"),
                            ("day", "紀錄寫明日期"),
                            ("month", "紀錄寫到月份"),
                            ("phrase", "紀錄寫的是說法"),
                        ],
                        max_length=8,
                    ),
                ),
                ("due_printed", models.CharField(blank=True, max_length=60)),
                ("every_months", models.PositiveSmallIntegerField(null=True)),
                ("every_printed", models.CharField(blank=True, max_length=40)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("stopped_because", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "follow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tracking.follow"
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tracking.track"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.decisiontext"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rule", "規則"),
                            ("instrument", "量表"),
                            ("indicator", "指標"),
                            ("course", "訓練課程"),
                            ("post", "職位與進用"),
                            ("grant", "補助"),
                            ("page", "系統頁面"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ref", models.CharField(blank=True, max_length=120)),
                ("from_on", models.DateField(null=True)),
                ("words", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=200)),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tracking.track"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Relay",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("told_at", models.DateTimeField()),
                (
                    "told_how",
                    models.CharField(
                        choices=[("system", "系統內"), ("phone", "電話，代登"), ("letter", "公文，代登")], max_length=8
                    ),
                ),
                ("told_words", models.CharField(blank=True, max_length=120)),
                ("told_by", models.UUIDField()),
                ("received_at", models.DateTimeField(null=True)),
                (
                    "received_how",
                    models.CharField(
                        blank=True,
                        choices=[("system", "系統內"), ("phone", "電話，代登"), ("letter", "公文，代登")],
                        max_length=8,
                    ),
                ),
                ("received_words", models.CharField(blank=True, max_length=120)),
                ("received_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "follow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tracking.follow"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit"], name="relays_to_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("follow", "unit"), name="unit_told_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("received_at__isnull", True), ("received_by__isnull", True), ("received_how", "")
                            ),
                            models.Q(
                                ("received_at__gte", models.F("told_at")),
                                ("received_by__isnull", False),
                                models.Q(("received_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="received_after_told_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_how", "system"), models.Q(("told_words", ""), _negated=True), _connector="OR"
                        ),
                        name="told_by_proxy_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received_how__in", ["", "system"]),
                            models.Q(("received_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="received_by_proxy_says_how",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(fields=["follow"], name="tracks_of_follow"),
        ),
        migrations.AddIndex(
            model_name="track",
            index=models.Index(fields=["of"], name="tracks_below"),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["main", "share", "condition", "round"])), name="track_part_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("of__isnull", True), ("part", "main")),
                    models.Q(models.Q(("part", "main"), _negated=True), ("of__isnull", False)),
                    _connector="OR",
                ),
                name="only_the_main_part_stands_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(("of", models.F("decision")), _negated=True), name="track_does_not_hang_on_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(("every_months__isnull", True), ("every_months__gte", 1), _connector="OR"),
                name="track_comes_again_in_months",
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stopped_at__isnull", True), ("stopped_because", "")),
                    models.Q(
                        ("every_months__isnull", False),
                        ("stopped_at__isnull", False),
                        models.Q(("stopped_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="stopped_recurrence_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", "main")), fields=("text",), name="sentence_tracked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="track",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", "round")), fields=("of", "round"), name="one_next_round"
            ),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", True)), fields=["ref"], name="changes_by_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["rule", "instrument", "indicator", "course", "post", "grant", "page"])
                ),
                name="change_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="change_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["indicator", "instrument", "page", "rule"]), _negated=True),
                    models.Q(("ref", ""), _negated=True),
                    _connector="OR",
                ),
                name="change_of_what_is_kept_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_because", "")),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("withdrawn_because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="withdrawn_change_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True), models.Q(("ref", ""), _negated=True)),
                fields=("track", "kind", "ref", "from_on"),
                name="changed_once",
                nulls_distinct=False,
            ),
        ),
    ]
