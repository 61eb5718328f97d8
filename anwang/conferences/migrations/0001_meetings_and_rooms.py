"""Meetings, decisions, listings as high risk, urgent-case rooms, incident reviews."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0005_invited_members_of_the_network"),
        ("matters", "0019_referrals_notices_and_lead_of_a_person"),
        ("people", "0013_disputed_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoomFile",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="IncidentReview",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Value("incident_review"),
                        output_field=models.CharField(max_length=16),
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("happened_at", models.DateTimeField()),
                ("known_at", models.DateTimeField()),
                ("because", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "檢討中"), ("found", "已提出發現"), ("closed", "檢討結束")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("found_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("text", models.TextField()),
                ("on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.incidentreview"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
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
                ("sort", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=80)),
                ("place", models.CharField(blank=True, max_length=80)),
                ("meets_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "籌備中"),
                            ("held", "已開會，紀錄未確認"),
                            ("confirmed", "紀錄已確認"),
                            ("closed", "已結束"),
                            ("called_off", "取消"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                ("held_at", models.DateTimeField(null=True)),
                ("over_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.UUIDField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("guest", models.CharField(blank=True, max_length=80)),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("hers", "被害人側與不分側"),
                            ("his", "相對人側"),
                            ("bridge", "兩側（主持、紀錄、橋接）"),
                        ],
                        max_length=8,
                    ),
                ),
                ("side_because", models.CharField(blank=True, max_length=120)),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField()),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "還沒回覆"),
                            ("comes", "會到"),
                            ("video", "用視訊"),
                            ("sends", "派人代理"),
                            ("writes", "書面意見"),
                            ("cannot", "不能來"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_how",
                    models.CharField(
                        blank=True,
                        choices=[("system", "系統內"), ("phone", "電話，代登"), ("letter", "公文，代登")],
                        max_length=8,
                    ),
                ),
                ("answer_words", models.CharField(blank=True, max_length=200)),
                ("attendance", models.CharField(blank=True, max_length=12)),
                ("was_there", models.BooleanField(null=True)),
                ("sent", models.CharField(blank=True, max_length=60)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=80)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("acknowledged_how", models.CharField(blank=True, max_length=80)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.meeting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "circle",
                    models.CharField(
                        choices=[("victim", "被害人側"), ("other", "相對人側"), ("neutral", "不分側")], max_length=8
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[("unit", "單位提案"), ("units", "單位數達開會條件"), ("listed", "高危機列管中")],
                        max_length=8,
                    ),
                ),
                ("because", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.agendaitem"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.meeting"
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
            name="Minute",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("section", models.CharField(max_length=16)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("because", models.CharField(blank=True, max_length=120)),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conferences.minute",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.meeting"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.part"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("number", models.CharField(max_length=20)),
                ("level", models.PositiveSmallIntegerField()),
                ("word", models.CharField(max_length=12)),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("noted", "不列管"),
                            ("tracked", "列管"),
                            ("continued", "繼續列管"),
                            ("released", "解除列管"),
                            ("condition", "附條件解除"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "task_kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(task__isnull=False, then=models.Value("decision"))),
                        output_field=models.CharField(max_length=16, null=True),
                    ),
                ),
                ("deliverable", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField(null=True)),
                ("due_words", models.CharField(blank=True, max_length=40)),
                ("made_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("released_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conferences.agendaitem",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conferences.decision",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.part"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("sort", models.CharField(max_length=16)),
                (
                    "origin",
                    models.CharField(
                        choices=[("unit", "單位提案"), ("units", "單位數達開會條件"), ("listed", "高危機列管中")],
                        max_length=8,
                    ),
                ),
                ("because", models.CharField(max_length=500)),
                ("is_standing", models.BooleanField(default=False)),
                (
                    "circle",
                    models.CharField(
                        choices=[("victim", "被害人側"), ("other", "相對人側"), ("neutral", "不分側")], max_length=8
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("since_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("by", models.UUIDField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.incidentreview"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewFile",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.incidentreview"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Value("urgent_room"),
                        output_field=models.CharField(max_length=16),
                    ),
                ),
                ("purpose", models.CharField(max_length=16)),
                ("words", models.CharField(max_length=300)),
                ("basis", models.CharField(max_length=16)),
                ("opened_at", models.DateTimeField()),
                ("opened_by", models.UUIDField()),
                ("ends_at", models.DateTimeField()),
                ("extended", models.PositiveSmallIntegerField(default=0)),
                ("sealed_at", models.DateTimeField(null=True)),
                ("sealed_by", models.UUIDField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoomExtension",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("was_at", models.DateTimeField()),
                ("until_at", models.DateTimeField()),
                ("because", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.room"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoomFileBody",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="conferences.roomfile",
                    ),
                ),
                ("body", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="roomfile",
            name="room",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.room"
            ),
        ),
        migrations.CreateModel(
            name="RoomMember",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("guest", models.CharField(blank=True, max_length=80)),
                ("role", models.CharField(max_length=12)),
                ("joined_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                ("by", models.UUIDField()),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.room"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RoomEntry",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("sort", models.CharField(choices=[("message", "訊息"), ("step", "處置")], max_length=8)),
                ("step", models.CharField(blank=True, max_length=20)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.room"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.roommember"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionReport",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("evidence", models.CharField(max_length=120)),
                (
                    "proposes",
                    models.CharField(
                        choices=[
                            ("noted", "不列管"),
                            ("tracked", "列管"),
                            ("continued", "繼續列管"),
                            ("released", "解除列管"),
                            ("condition", "附條件解除"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.decision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("words", ""), _negated=True), models.Q(("evidence", ""), _negated=True)
                        ),
                        name="report_says_what_and_shows_it",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionRuling",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("noted", "不列管"),
                            ("tracked", "列管"),
                            ("continued", "繼續列管"),
                            ("released", "解除列管"),
                            ("condition", "附條件解除"),
                        ],
                        max_length=12,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=200)),
                ("condition", models.CharField(blank=True, max_length=200)),
                ("next_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.decision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "continued"), _negated=True),
                            models.Q(("next_on__isnull", False), models.Q(("because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="continued_until_a_day_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "condition"), _negated=True),
                            models.Q(("next_on__isnull", False), models.Q(("condition", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="condition_has_words_and_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionUnit",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.decision"
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
                "constraints": [models.UniqueConstraint(fields=("decision", "unit"), name="helping_unit_once")],
            },
        ),
        migrations.CreateModel(
            name="HighRisk",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("ground", models.CharField(max_length=16)),
                ("because", models.CharField(max_length=500)),
                ("rule_id", models.CharField(blank=True, max_length=80)),
                ("rule_from", models.DateField(null=True)),
                ("rule_hash", models.CharField(blank=True, max_length=64)),
                ("inputs", models.JSONField(default=dict)),
                ("outcome", models.CharField(blank=True, max_length=16)),
                ("listed_at", models.DateTimeField()),
                ("listed_by", models.UUIDField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=16)),
                ("ended_because", models.CharField(blank=True, max_length=500)),
                ("needs_retest", models.BooleanField(default=True)),
                ("needs_decision", models.BooleanField(default=True)),
                ("retest_id", models.UUIDField(null=True)),
                ("retest_at", models.DateTimeField(null=True)),
                (
                    "open_of",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(ended_at__isnull=True, then=models.F("matter"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conferences.decision",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("because", ""), _negated=True), name="listing_says_why"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_how", "")),
                            models.Q(
                                ("ended_at__gte", models.F("listed_at")),
                                models.Q(("ended_how", ""), _negated=True),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="ended_listing_says_how_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("needs_retest", False),
                            models.Q(("retest_at__gt", models.F("listed_at")), ("retest_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="delisting_needs_a_later_test",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("needs_decision", False),
                            ("decision__isnull", False),
                            _connector="OR",
                        ),
                        name="delisting_needs_a_decision",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("matter", "person"),
                        name="high_risk_listed_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="incidentreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "found", "closed"])), name="incident_review_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("known_at__gte", models.F("happened_at"))), name="incident_known_after_it_happened"
            ),
        ),
        migrations.AddConstraint(
            model_name="incidentreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="closed_review_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="finding_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "held", "confirmed", "closed", "called_off"])),
                name="meeting_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("meets_at"))), name="meeting_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_at__isnull", True), ("state__in", ["planned", "called_off"])),
                    models.Q(("held_at__isnull", False), ("over_at__gt", models.F("held_at"))),
                    _connector="OR",
                ),
                name="held_meeting_says_from_when_to_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "closed"]), _negated=True),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="confirmed_minutes_say_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True),
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                    _connector="OR",
                ),
                name="closed_meeting_says_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(fields=["worker"], name="invitations_of_worker"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("worker__isnull", False),
                    ("unit__isnull", False),
                    models.Q(("guest", ""), _negated=True),
                    _connector="OR",
                ),
                name="invitation_says_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["hers", "his", "bridge"])), name="invitation_side_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="answer_has_its_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("attendance", ""), ("was_there__isnull", True)),
                    models.Q(models.Q(("attendance", ""), _negated=True), ("was_there__isnull", False)),
                    _connector="OR",
                ),
                name="attendance_says_whether_he_was_there",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acknowledged_at__isnull", True),
                    models.Q(("acknowledged_at__gte", models.F("told_at")), ("told_at__isnull", False)),
                    _connector="OR",
                ),
                name="told_before_acknowledged",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True), ("worker__isnull", False)),
                fields=("meeting", "worker"),
                name="invited_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("meeting", "position"), name="one_item_at_a_place"),
        ),
        migrations.AddIndex(
            model_name="part",
            index=models.Index(fields=["item"], name="parts_of_item"),
        ),
        migrations.AddIndex(
            model_name="part",
            index=models.Index(fields=["file"], name="parts_of_file"),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("circle__in", ["victim", "other", "neutral"])), name="part_circle_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("meeting", "file"),
                name="file_once_on_an_agenda",
            ),
        ),
        migrations.AddIndex(
            model_name="minute",
            index=models.Index(fields=["meeting", "recorded_at"], name="minutes_of_meeting"),
        ),
        migrations.AddConstraint(
            model_name="minute",
            constraint=models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="minute_has_words"),
        ),
        migrations.AddConstraint(
            model_name="minute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("because", ""), ("corrects__isnull", True)),
                    models.Q(("corrects__isnull", False), models.Q(("because", ""), _negated=True)),
                    _connector="OR",
                ),
                name="corrected_minute_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="minute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrects__isnull", False)), fields=("corrects",), name="minute_corrected_once"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["part"], name="decisions_of_part"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("released_at__isnull", True)), fields=["unit", "due_on"], name="decisions_of_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["noted", "tracked", "continued", "released", "condition"])),
                name="decision_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="decision_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "noted"), ("task__isnull", True)),
                    models.Q(
                        models.Q(("state", "noted"), _negated=True),
                        ("due_on__isnull", False),
                        ("task__isnull", False),
                        ("unit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="tracked_decision_has_unit_day_and_matter",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("released_at__isnull", False), ("state__in", ["released", "condition"])),
                    models.Q(
                        models.Q(("state__in", ["released", "condition"]), _negated=True), ("released_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="released_decision_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", 1), ("parent__isnull", True)),
                    models.Q(("level__gt", 1), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="nested_decision_is_deeper",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True), name="decision_is_not_its_own_parent"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("source", "position"), name="one_decision_at_a_place"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["to_unit"], name="proposals_to_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["unit", "units", "listed"])), name="proposal_origin_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)), fields=("file", "to_unit", "sort"), name="proposed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_at__isnull", True)), fields=("review", "worker"), name="reviews_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewfile",
            constraint=models.UniqueConstraint(fields=("review", "file"), name="file_reviewed_once"),
        ),
        migrations.AddIndex(
            model_name="room",
            index=models.Index(
                condition=models.Q(("sealed_at__isnull", True)), fields=["ends_at"], name="rooms_by_end"
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("opened_at"))), name="room_has_an_end"
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="room_says_what_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sealed_at__isnull", True),
                    models.Q(("sealed_at__gte", models.F("opened_at")), ("sealed_at__lte", models.F("ends_at"))),
                    _connector="OR",
                ),
                name="room_is_sealed_by_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomextension",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_at__gt", models.F("was_at")), models.Q(("because", ""), _negated=True)),
                name="room_extended_for_a_reason",
            ),
        ),
        migrations.AddField(
            model_name="roomfilebody",
            name="room",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="conferences.room"
            ),
        ),
        migrations.AddIndex(
            model_name="roomfile",
            index=models.Index(fields=["room"], name="files_of_room"),
        ),
        migrations.AddConstraint(
            model_name="roommember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("guest", ""), ("worker__isnull", False)),
                    models.Q(("worker__isnull", True), models.Q(("guest", ""), _negated=True)),
                    _connector="OR",
                ),
                name="room_member_is_a_worker_or_a_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="roommember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True), ("worker__isnull", False)),
                fields=("room", "worker"),
                name="in_a_room_once",
            ),
        ),
        migrations.AddIndex(
            model_name="roomentry",
            index=models.Index(fields=["room", "recorded_at"], name="entries_of_room"),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="room_entry_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sort", "step"), models.Q(("step", ""), _negated=True)),
                    models.Q(("sort", "message"), ("step", "")),
                    _connector="OR",
                ),
                name="room_step_says_which",
            ),
        ),
    ]
