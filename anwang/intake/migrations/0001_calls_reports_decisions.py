import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_units_and_workers"),
        ("matters", "0005_corrected_spans_and_rights"),
        ("people", "0004_finding"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("matter_kind", models.CharField(default="report", editable=False, max_length=16)),
                ("channel", models.CharField(max_length=16)),
                ("source", models.CharField(blank=True, max_length=16)),
                ("unit_code", models.CharField(blank=True, max_length=4)),
                ("reporting_unit", models.CharField(blank=True, max_length=80)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None),
                ),
                ("kinds_assumed", models.BooleanField(default=False)),
                (
                    "mandated",
                    models.CharField(
                        choices=[("yes", "是"), ("no", "否"), ("unknown", "不詳")], default="unknown", max_length=8
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("known_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("is_late_entry", models.BooleanField(default=False)),
                ("is_oral", models.BooleanField(default=False)),
                ("form_received_at", models.DateTimeField(null=True)),
                ("narrative", models.TextField(blank=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("area_code", models.CharField(blank=True, max_length=11)),
                ("urgency", models.JSONField(default=dict)),
                ("event_id", models.UUIDField()),
                ("was_decided", models.BooleanField(default=False)),
                ("reply_class", models.CharField(blank=True, max_length=24)),
                ("reply_at", models.DateTimeField(null=True)),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "taken_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["event_id"], name="reports_of_event"),
                    models.Index(fields=["received_at"], name="reports_by_receipt"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("matter_kind", "report")), name="report_sits_on_a_report"
                    ),
                    models.CheckConstraint(condition=models.Q(("kinds__len__gt", 0)), name="report_names_a_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__gte", models.F("received_at"))),
                        name="report_recorded_after_it_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mandated__in", ["yes", "no", "unknown"])),
                        name="report_mandate_known_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("log_id", models.UUIDField()),
                ("county", models.CharField(max_length=5)),
                ("received_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("sealed_caller", models.BinaryField(null=True)),
                ("about", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("open", "還沒決定"),
                            ("report", "成為通報"),
                            ("consultation", "諮詢"),
                            ("not_ours", "非本單位業務"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("outcome_at", models.DateTimeField(null=True)),
                ("outcome_by", models.UUIDField(null=True)),
                ("passed_to", models.CharField(blank=True, max_length=80)),
                (
                    "desk",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "taken_by",
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
                (
                    "report",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["log_id", "received_at"], name="calls_of_log")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["open", "report", "consultation", "not_ours"])),
                        name="call_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__gte", models.F("received_at"))),
                        name="call_recorded_after_it_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "open"),
                            models.Q(("outcome_at__isnull", False), ("outcome_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_outcome_says_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "report"), _negated=True), ("report__isnull", False), _connector="OR"
                        ),
                        name="call_names_its_report",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "not_ours"), _negated=True),
                            models.Q(("passed_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="call_not_ours_says_whose",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportOriginal",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["report"], name="originals_of_report")],
            },
        ),
        migrations.CreateModel(
            name="ReceivedKey",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("sender", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("sender", "key"), name="received_once_by_sender")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("validity", "通報效力"),
                            ("screening", "篩派結果"),
                            ("grade", "分級"),
                            ("class", "分類"),
                            ("jurisdiction", "管轄"),
                            ("track", "服務軌道"),
                            ("dispatch", "派案"),
                            ("not_open", "不開案"),
                        ],
                        max_length=16,
                    ),
                ),
                ("outcome", models.CharField(max_length=40)),
                ("advised", models.CharField(blank=True, max_length=40)),
                ("rule_id", models.CharField(blank=True, max_length=80)),
                ("rule_from", models.DateField(null=True)),
                ("rule_hash", models.CharField(blank=True, max_length=64)),
                ("advice", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
                ("reason_code", models.CharField(blank=True, max_length=40)),
                ("about_id", models.UUIDField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by_phone", models.BooleanField(default=False)),
                ("written_by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.decision"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["report", "recorded_at"], name="decisions_of_report"),
                    models.Index(fields=["person"], name="decisions_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "what__in",
                                [
                                    "validity",
                                    "screening",
                                    "grade",
                                    "class",
                                    "jurisdiction",
                                    "track",
                                    "dispatch",
                                    "not_open",
                                ],
                            )
                        ),
                        name="decision_what_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), _negated=True), name="decision_has_an_outcome"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("advised", ""),
                            ("outcome", models.F("advised")),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="differing_decision_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_at__gte", models.F("decided_at"))),
                        name="decision_recorded_afterwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what", "not_open"), _negated=True),
                            models.Q(("reason_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_opening_has_a_ground",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("supersedes__isnull", True)),
                        fields=("report", "person", "kind", "what"),
                        name="one_first_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportDraft",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("started_at", models.DateTimeField()),
                ("kept_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("used_at__isnull", True)), fields=["worker"], name="drafts_of_worker"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
                ("category", models.CharField(blank=True, max_length=24)),
                (
                    "may_call_back",
                    models.CharField(
                        choices=[("yes", "是"), ("no", "否"), ("unknown", "不詳")], default="unknown", max_length=8
                    ),
                ),
                ("call_when", models.CharField(blank=True, max_length=80)),
                ("name_to_use", models.CharField(blank=True, max_length=40)),
                ("is_party", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["report", "recorded_at"], name="reporters_of_report")],
            },
        ),
        migrations.CreateModel(
            name="ReportLink",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "repeat",
                    models.CharField(
                        choices=[
                            ("same_nothing_new", "同一事件、無新事實"),
                            ("same_new_facts", "同一事件、有新事實"),
                            ("new_event", "新事件"),
                            ("other_victim", "同一事件、另有被害人"),
                        ],
                        default="new_event",
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "earlier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.review"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["report"], name="links_of_report"),
                    models.Index(fields=["earlier"], name="links_to_earlier"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeat__in", ["same_nothing_new", "same_new_facts", "new_event", "other_victim"])
                        ),
                        name="repeat_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report", models.F("earlier")), _negated=True),
                        name="report_relates_to_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportPerson",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=16)),
                ("relation", models.CharField(blank=True, max_length=24)),
                ("age_text", models.CharField(blank=True, max_length=40)),
                ("injuries", models.CharField(blank=True, max_length=300)),
                ("where_now", models.CharField(blank=True, max_length=200)),
                ("notes", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="reports_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "person"), name="person_in_a_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role", ""), _negated=True), name="person_in_report_has_a_role"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportSupplement",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["report"], name="supplements_of_report")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="supplement_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScreeningAnswer",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("rule_id", models.CharField(max_length=80)),
                ("answers", models.JSONField()),
                ("by", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["report", "recorded_at"], name="answers_of_report")],
            },
        ),
        migrations.CreateModel(
            name="ScreeningPair",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("recorded_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "person", "kind"), name="pair_once_in_a_report")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShiftNote",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("log_id", models.UUIDField()),
                ("ends_at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("follow_up", "待追蹤"),
                            ("waiting", "等候回覆"),
                            ("equipment", "車輛與器材"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["desk", "ends_at"], name="shift_notes_of_sheet")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="shift_note_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("log_id", models.F("desk"))), name="shift_note_stands_in_its_desks_log"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TonightWatch",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("night_on", models.DateField()),
                ("why", models.CharField(max_length=200)),
                ("do_if", models.CharField(max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quiet", "沒有來電，一夜平安"),
                            ("called", "已聯繫"),
                            ("visited", "已到場"),
                            ("not_reached", "聯繫不上"),
                        ],
                        max_length=12,
                    ),
                ),
                ("outcome_words", models.CharField(blank=True, max_length=300)),
                ("outcome_at", models.DateTimeField(null=True)),
                ("outcome_by", models.UUIDField(null=True)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.desk"
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "handed_unit",
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
            ],
            options={
                "indexes": [models.Index(fields=["desk", "night_on"], name="watched_at_desk")],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "night_on"), name="watched_once_a_night"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True), models.Q(("do_if", ""), _negated=True)
                        ),
                        name="watch_says_why_and_what_to_do",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("outcome_at__isnull", True)),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("outcome_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="watch_outcome_has_its_instant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallOut",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("called_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("arrived_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("recorded_by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.call"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["desk", "called_at"], name="call_outs_of_desk"),
                    models.Index(fields=["matter"], name="call_outs_of_matter"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("call__isnull", False), ("matter__isnull", False), _connector="OR"),
                        name="call_out_is_for_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", True),
                                ("answered_at__gte", models.F("called_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("left_at__isnull", True), ("left_at__gte", models.F("called_at")), _connector="OR"
                            ),
                            models.Q(
                                ("arrived_at__isnull", True),
                                ("left_at__isnull", True),
                                ("arrived_at__gte", models.F("left_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("returned_at__isnull", True),
                                ("arrived_at__isnull", True),
                                ("returned_at__gte", models.F("arrived_at")),
                                _connector="OR",
                            ),
                        ),
                        name="call_out_runs_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("county", models.CharField(max_length=5)),
                ("area_name", models.CharField(blank=True, max_length=40)),
                ("with_whom", models.CharField(blank=True, max_length=60)),
                ("out_at", models.DateTimeField()),
                ("due_back_at", models.DateTimeField()),
                ("back_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("back_recorded_by", models.UUIDField(null=True)),
                (
                    "matter",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("back_at__isnull", True)),
                        fields=["county", "due_back_at"],
                        name="workers_out",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_back_at__gt", models.F("out_at"))), name="due_back_after_going_out"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("back_at__isnull", True), ("back_at__gte", models.F("out_at")), _connector="OR"
                        ),
                        name="back_after_going_out",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("back_at__isnull", True)), fields=("worker",), name="worker_is_out_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OriginalBody",
            fields=[
                (
                    "original",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="intake.reportoriginal",
                    ),
                ),
                ("body", models.BinaryField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.report"
                    ),
                ),
            ],
        ),
    ]
