import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_units_and_workers"),
        ("matters", "0001_matter_and_ledgers"),
        ("people", "0001_persons"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("filed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("ruling_due_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("filed", "待裁定"), ("ruled", "已裁定"), ("withdrawn", "撤回")],
                        default="filed",
                        max_length=10,
                    ),
                ),
                ("ruled_at", models.DateTimeField(null=True)),
                ("ruled_by", models.UUIDField(null=True)),
                ("ruled_name", models.CharField(blank=True, max_length=60)),
                ("ruled_ref", models.CharField(blank=True, max_length=60)),
                ("topic", models.CharField(max_length=40)),
                (
                    "filed_of",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(state=models.Value("filed"), then=models.F("matter"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "arbiter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "claimed_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "filed_by_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "ruled_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "filed")), fields=["arbiter"], name="open_disputes_of_arbiter"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")),
                        fields=("filed_of", "filed_by_unit"),
                        name="one_dispute_per_matter_and_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ruled"), _negated=True),
                            models.Q(("ruled_at__isnull", False), ("ruled_unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="ruling_names_a_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisputeStatement",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "part",
                    models.CharField(
                        choices=[("claim", "claim"), ("answer", "answer"), ("ruling", "ruling")], max_length=8
                    ),
                ),
                ("text", models.TextField()),
                ("written_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.dispute"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "written_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("rule_id", models.CharField(max_length=80)),
                ("rule_from", models.DateField(null=True)),
                ("rule_hash", models.CharField(blank=True, max_length=64)),
                ("inputs", models.JSONField(default=dict)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("words_en", models.CharField(blank=True, max_length=200)),
                ("is_assumed", models.BooleanField(default=False)),
                ("is_auto", models.BooleanField(default=False)),
                ("starts_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("pushed", models.PositiveSmallIntegerField(default=0)),
                (
                    "owed_by",
                    models.CharField(
                        choices=[
                            ("acting", "承辦"),
                            ("worker", "指定人員"),
                            ("desk", "值班台"),
                            ("role", "單位內職務"),
                        ],
                        default="acting",
                        max_length=8,
                    ),
                ),
                ("role", models.CharField(blank=True, max_length=24)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待辦"), ("done", "完成"), ("excused", "免辦"), ("void", "失效")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.UUIDField(null=True)),
                ("settled_because", models.CharField(blank=True, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                ("waiting_for", models.CharField(blank=True, max_length=40)),
                ("waiting_ref", models.CharField(blank=True, max_length=60)),
                ("waiting_from", models.DateTimeField(null=True)),
                ("waiting_until", models.DateTimeField(null=True)),
                ("late_cause", models.CharField(blank=True, max_length=40)),
                ("late_cause_by", models.UUIDField(null=True)),
                (
                    "open_of",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(state=models.Value("open"), then=models.F("matter"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "open_worker",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(state=models.Value("open"), then=models.F("worker"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "open_unit",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(state=models.Value("open"), then=models.F("unit"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["worker", "due_at"], name="open_duties_of_worker"
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["desk", "due_at"], name="open_duties_of_desk"
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["unit", "due_at"], name="open_duties_of_unit"
                    ),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["open_of"], name="open_duties_of_matter"
                    ),
                    models.Index(fields=["matter", "rule_id"], name="duties_of_matter"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "excused", "void"])), name="duty_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="duty_settled_has_its_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "excused"), _negated=True),
                            models.Q(("settled_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="excused_duty_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("waiting_for", ""), ("waiting_from__isnull", True), ("waiting_until__isnull", True)
                            ),
                            models.Q(
                                models.Q(("waiting_for", ""), _negated=True),
                                ("waiting_from__isnull", False),
                                ("waiting_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="waiting_says_for_what_and_until_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("desk__isnull", True), ("role", ""), ("worker__isnull", False)),
                            models.Q(("desk__isnull", False), ("role", ""), ("worker__isnull", True)),
                            models.Q(
                                ("desk__isnull", True), ("worker__isnull", True), models.Q(("role", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="duty_has_one_owner",
                    ),
                    models.UniqueConstraint(fields=("id", "open_of"), name="duty_with_its_open_matter"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyPush",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was_due_at", models.DateTimeField()),
                ("now_due_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=40)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "duty",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.duty"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("about", models.CharField(max_length=16)),
                ("about_id", models.UUIDField()),
                ("step", models.PositiveSmallIntegerField()),
                ("to_role", models.CharField(max_length=24)),
                ("raised_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_by", models.UUIDField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "to_desk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)), fields=["to_unit"], name="unseen_alarms_of_unit"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("about_id", "step"), name="one_alarm_per_step")],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("transfer", "移轄"),
                            ("referral", "轉介"),
                            ("joining", "協力邀請"),
                            ("lead", "主責交接"),
                            ("visit_request", "協訪"),
                            ("transition", "轉銜"),
                        ],
                        max_length=16,
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=40)),
                ("sent_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("answer_due_at", models.DateTimeField()),
                ("effective_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "等回覆"),
                            ("accepted", "已接受"),
                            ("declined", "退回"),
                            ("withdrawn", "撤回"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_recorded_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                (
                    "answered_how",
                    models.CharField(
                        blank=True,
                        choices=[("system", "系統內回覆"), ("phone", "電話，代登"), ("letter", "公文，代登")],
                        max_length=8,
                    ),
                ),
                ("answered_name", models.CharField(blank=True, max_length=60)),
                ("answered_ref", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(blank=True, max_length=40)),
                (
                    "pending_of",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(state=models.Value("pending"), then=models.F("matter"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "pending_to",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(state=models.Value("pending"), then=models.F("to_unit"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["to_unit", "answer_due_at"],
                        name="pending_offers_to_unit",
                    ),
                    models.Index(fields=["matter", "recorded_at"], name="offers_of_matter"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "accepted", "declined", "withdrawn"])),
                        name="offer_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_unit", models.F("to_unit")), _negated=True),
                        name="offer_goes_to_another_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "declined"]), _negated=True),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_recorded_at__isnull", False),
                                models.Q(("answered_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answered_offer_says_when_and_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="declined_offer_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_how__in", ["phone", "letter"]), _negated=True),
                            models.Q(("answered_name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proxy_answer_names_who_answered",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("pending_of", "to_unit", "kind"),
                        name="one_pending_offer_of_a_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["transfer", "lead"]), ("state", "pending")),
                        fields=("pending_of",),
                        name="one_pending_transfer_per_matter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Precedent",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=5)),
                ("topic", models.CharField(max_length=40)),
                ("principle", models.CharField(max_length=300)),
                ("ruled_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "dispute",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.dispute"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "of",
                    models.CharField(
                        choices=[
                            ("grade", "分級分類"),
                            ("duplicate", "同事件重複"),
                            ("not_opening", "不開案"),
                            ("opening", "開案"),
                            ("investigation", "調查報告"),
                            ("assessment", "訪視評估報告"),
                            ("transfer", "移轄"),
                            ("closing", "結案"),
                            ("placement", "緊急安置"),
                        ],
                        max_length=16,
                    ),
                ),
                ("about_id", models.UUIDField(null=True)),
                ("submitted_by", models.UUIDField()),
                ("submitted_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "督導審核中"),
                            ("approved", "核可"),
                            ("returned", "退回"),
                            ("withdrawn", "撤回"),
                        ],
                        default="submitted",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_recorded_at", models.DateTimeField(null=True)),
                ("is_deputy", models.BooleanField(default=False)),
                ("by_phone", models.BooleanField(default=False)),
                (
                    "submitted_of",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(state=models.Value("submitted"), then=models.F("matter"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["unit", "submitted_at"],
                        name="reviews_waiting_at_unit",
                    ),
                    models.Index(fields=["matter", "recorded_at"], name="reviews_of_matter"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["submitted", "approved", "returned", "withdrawn"])),
                        name="review_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "returned"]), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_at__isnull", False),
                                ("decided_recorded_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="decided_review_says_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_reviews_himself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewWords",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
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
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "how",
                    models.CharField(
                        choices=[
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
                        ],
                        max_length=16,
                    ),
                ),
                ("effective_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("signed_at", models.DateTimeField(null=True)),
                ("signed_recorded_at", models.DateTimeField(null=True)),
                ("signed_by", models.UUIDField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                (
                    "unsigned_of",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(signed_at__isnull=True, superseded_at__isnull=True, then=models.F("matter"))
                        ),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "from_worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "to_desk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "to_worker",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("signed_at__isnull", True), ("superseded_at__isnull", True)),
                        fields=["to_unit"],
                        name="unsigned_at_unit",
                    ),
                    models.Index(fields=["matter", "recorded_at"], name="assignments_of_matter"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_at__isnull", True),
                                ("signed_by__isnull", True),
                                ("signed_recorded_at__isnull", True),
                            ),
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("signed_recorded_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="signature_is_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unsigned_of__isnull", False)),
                        fields=("unsigned_of",),
                        name="one_unsigned_assignment_per_matter",
                    ),
                ],
            },
        ),
    ]
