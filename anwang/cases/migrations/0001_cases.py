import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_units_and_workers"),
        ("matters", "0003_promises"),
        ("people", "0002_who_may_read"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("method", models.CharField(max_length=16)),
                ("outcome", models.CharField(max_length=16)),
                (
                    "place_kind",
                    models.CharField(
                        choices=[
                            ("home", "家裡"),
                            ("school", "學校"),
                            ("hospital", "醫院"),
                            ("police", "警察機關"),
                            ("office", "單位"),
                            ("safe_place", "安全處所"),
                            ("phone", "電話中"),
                            ("other", "其他地點"),
                        ],
                        max_length=12,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("written_by", models.UUIDField()),
                ("corrects_because", models.CharField(blank=True, max_length=200)),
                (
                    "met_id",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(outcome=models.Value("met"), then=models.F("id"))),
                        output_field=models.UUIDField(null=True),
                        unique=True,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.contact"
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
                "indexes": [models.Index(fields=["matter", "started_at"], name="contacts_of_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "place_kind__in",
                                ["home", "school", "hospital", "police", "office", "safe_place", "phone", "other"],
                            )
                        ),
                        name="contact_place_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("ended_at__gte", models.F("started_at")), _connector="OR"
                        ),
                        name="contact_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("corrects_because", "")),
                            models.Q(("corrects__isnull", False), models.Q(("corrects_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="correction_of_a_contact_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactSeen",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("seen", models.CharField(choices=[("yes", "見到"), ("no", "沒見到")], max_length=4)),
                ("in_person", models.BooleanField()),
                ("not_seen_because", models.CharField(blank=True, max_length=24)),
                ("recorded_at", models.DateTimeField()),
                (
                    "seen_contact",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(seen=models.Value("yes"), then=models.F("contact"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.contact"
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
                "indexes": [models.Index(fields=["person"], name="sights_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_seen_because", ""), ("seen", "yes")),
                            models.Q(
                                ("in_person", False), ("seen", "no"), models.Q(("not_seen_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="not_seen_says_why",
                    ),
                    models.UniqueConstraint(fields=("contact", "person"), name="person_seen_once_in_a_contact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coordination",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Value("coordination"),
                        output_field=models.CharField(max_length=16),
                    ),
                ),
                ("proposed", models.CharField(blank=True, max_length=32)),
                (
                    "rows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("rule_id", models.CharField(blank=True, max_length=80)),
                ("rule_from", models.DateField(null=True)),
                ("rule_hash", models.CharField(blank=True, max_length=64)),
                ("inputs", models.JSONField(default=dict)),
                ("differs_because", models.CharField(blank=True, max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True, expression=models.Value("case"), output_field=models.CharField(max_length=16)
                    ),
                ),
                ("kind", models.CharField(max_length=32)),
                ("legal_basis", models.CharField(blank=True, max_length=80)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("investigating", "調查中"),
                            ("assessing", "評估中"),
                            ("under_review", "開案審查中"),
                            ("opened", "處遇中"),
                            ("closing_review", "結案審查中"),
                            ("after_care", "後追"),
                            ("not_opened", "未成案"),
                            ("closed", "已結案"),
                        ],
                        max_length=16,
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
                ("received_at", models.DateTimeField()),
                ("known_at", models.DateTimeField(null=True)),
                ("has_child", models.CharField(default="unknown", max_length=8)),
                ("household_elsewhere", models.CharField(default="unknown", max_length=8)),
                (
                    "decision",
                    models.CharField(blank=True, choices=[("opened", "成案"), ("not_opened", "未成案")], max_length=12),
                ),
                (
                    "grounds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), default=list, size=None
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("opened_on", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                ("closed_because", models.CharField(blank=True, max_length=32)),
                ("after_care_until", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "phase"], name="cases_by_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "phase__in",
                                [
                                    "investigating",
                                    "assessing",
                                    "under_review",
                                    "opened",
                                    "closing_review",
                                    "after_care",
                                    "not_opened",
                                    "closed",
                                ],
                            )
                        ),
                        name="case_phase_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("circle__in", ["victim", "other", "neutral"])), name="case_circle_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("grounds__len__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="case_decision_has_grounds_and_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("phase__in", ["opened", "closing_review", "after_care", "closed"]), _negated=True
                            ),
                            models.Q(("decision", "opened"), ("opened_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="case_in_service_was_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phase__in", ["after_care", "closed"]), _negated=True),
                            models.Q(("closed_on__isnull", False), models.Q(("closed_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="closed_case_says_when_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseSubject",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("child", "兒少"),
                            ("victim", "被害人"),
                            ("witness", "目睹兒少"),
                            ("client", "服務對象"),
                            ("other_party", "相對人"),
                            ("family", "案家"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("grade", models.CharField(blank=True, max_length=8)),
                ("class_code", models.CharField(blank=True, max_length=8)),
                ("safety", models.CharField(blank=True, max_length=16)),
                (
                    "living",
                    models.CharField(
                        choices=[
                            ("home", "原家庭"),
                            ("kin", "親屬家"),
                            ("placed", "安置中"),
                            ("hospital", "住院中"),
                            ("elsewhere", "其他處所"),
                            ("unknown", "不詳"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                ("last_seen_at", models.DateTimeField(null=True)),
                ("missed_at", models.DateTimeField(null=True)),
                ("must_see_after", models.DateTimeField()),
                ("ended_because", models.CharField(blank=True, max_length=32)),
                ("outcome", models.CharField(blank=True, max_length=32)),
                ("ended_needs_sight", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["matter"], name="subjects_of_case"),
                    models.Index(fields=["person"], name="cases_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("family__isnull", True), ("person__isnull", False)),
                            models.Q(("family__isnull", False), ("person__isnull", True), ("role", "family")),
                            _connector="OR",
                        ),
                        name="subject_is_a_person_or_the_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_because", ""), ("until_on__isnull", True)),
                            models.Q(
                                ("until_on__gte", models.F("since_on")), models.Q(("ended_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="ended_subject_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_needs_sight", False),
                            models.Q(("last_seen_at__gte", models.F("must_see_after")), ("missed_at__isnull", True)),
                            models.Q(
                                ("last_seen_at__gt", models.F("missed_at")),
                                ("last_seen_at__gte", models.F("must_see_after")),
                            ),
                            _connector="OR",
                        ),
                        name="unseen_subject_is_not_closed_over",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("matter", "person"),
                        name="subject_of_a_case_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("matter", "family"),
                        name="family_subject_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closing",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=32)),
                ("summary", models.TextField()),
                ("capacity", models.CharField(blank=True, max_length=8)),
                ("safety_plan", models.BooleanField(default=False)),
                ("rights_told", models.BooleanField(default=False)),
                ("way_back_told", models.BooleanField(default=False)),
                ("case_discussed", models.BooleanField(default=False)),
                ("receiver_accepted", models.BooleanField(default=False)),
                ("after_care", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.casesubject"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "recorded_at"], name="closings_of_case")],
            },
        ),
        migrations.CreateModel(
            name="ContactText",
            fields=[
                (
                    "contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.contact",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("purpose", models.CharField(blank=True, max_length=200)),
                ("companions", models.CharField(blank=True, max_length=200)),
                ("summary", models.TextField(blank=True)),
                ("worker_safety", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "seen",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="cases.contactseen",
                    ),
                ),
                ("text", models.TextField()),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ContactServes",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.contact"
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
                "indexes": [models.Index(fields=["matter"], name="contacts_serving_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("contact", "matter"), name="contact_serves_a_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Effort",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("method", models.CharField(max_length=16)),
                ("refused", models.BooleanField()),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.contact"
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "at"], name="efforts_of_case")],
            },
        ),
        migrations.CreateModel(
            name="GradeChange",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("grade", models.CharField(blank=True, max_length=8)),
                ("class_code", models.CharField(blank=True, max_length=8)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.casesubject"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "recorded_at"], name="grades_of_case")],
            },
        ),
        migrations.CreateModel(
            name="IncidentNote",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("about", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "forwards",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.incidentnote",
                    ),
                ),
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
            ],
            options={
                "indexes": [models.Index(fields=["file_id"], name="incident_notes_of_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="incident_note_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("matter__isnull", True), ("file_id", models.F("matter_id")), _connector="OR"
                        ),
                        name="incident_note_in_its_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentRead",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.incidentnote"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Investigation",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("class_code", models.CharField(max_length=8)),
                ("visit_record", models.TextField(blank=True)),
                ("statements", models.TextField(blank=True)),
                ("evidence", models.TextField(blank=True)),
                ("result", models.TextField(blank=True)),
                ("enquiries", models.TextField(blank=True)),
                ("advice", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "recorded_at"], name="investigations_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("class_code", "one"),
                                models.Q(("visit_record", ""), _negated=True),
                                models.Q(("advice", ""), _negated=True),
                            ),
                            models.Q(
                                ("class_code", "two"),
                                models.Q(("statements", ""), _negated=True),
                                models.Q(("evidence", ""), _negated=True),
                                models.Q(("result", ""), _negated=True),
                                models.Q(("advice", ""), _negated=True),
                            ),
                            models.Q(("class_code", "three"), models.Q(("enquiries", ""), _negated=True)),
                            models.Q(
                                models.Q(("class_code__in", ["one", "two", "three"]), _negated=True),
                                models.Q(("result", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="investigation_has_the_parts_of_its_class",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinedReport",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "as_what",
                    models.CharField(
                        choices=[
                            ("same_event", "同事件重複"),
                            ("new_facts", "同事件補充"),
                            ("new_event", "再通報（新事件）"),
                            ("other_victim", "另一被害人"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "report"), name="report_joins_a_case_once"),
                    models.CheckConstraint(
                        condition=models.Q(("report", models.F("matter")), _negated=True),
                        name="case_does_not_join_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("told_at", models.DateTimeField()),
                ("told_by", models.UUIDField()),
                ("objected_at", models.DateTimeField(null=True)),
                ("objected_by", models.UUIDField(null=True)),
                ("objection", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("may_leave", models.BooleanField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "coordination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
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
                    models.UniqueConstraint(fields=("matter",), name="lead_told_once_of_a_leaving"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("objected_at__isnull", True)),
                            models.Q(("objected_at__isnull", False), models.Q(("objection", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="objection_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
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
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.note"
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
                "indexes": [models.Index(fields=["matter", "at"], name="notes_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("zone__in", ["work", "case", "special", "safety"])), name="note_zone_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="note_has_words"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("to_whom", models.CharField(max_length=120)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("letter", "公文"),
                            ("fax", "傳真"),
                            ("phone", "電話"),
                            ("in_person", "當面"),
                            ("message", "電子郵件"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("sent_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("acknowledged_name", models.CharField(blank=True, max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
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
                "indexes": [models.Index(fields=["case", "sent_at"], name="notices_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_whom", ""), _negated=True), name="notice_has_an_addressee"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "letter"), _negated=True),
                            models.Q(("number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="letter_has_its_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acknowledged_at__isnull", True),
                            ("acknowledged_at__gte", models.F("sent_at")),
                            _connector="OR",
                        ),
                        name="notice_confirmed_after_it_was_sent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Value("placement"),
                        output_field=models.CharField(max_length=16),
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("basis", models.CharField(max_length=80)),
                ("is_emergency", models.BooleanField()),
                ("placed_at", models.DateTimeField()),
                ("consent_by", models.UUIDField(null=True)),
                ("consent_name", models.CharField(blank=True, max_length=60)),
                ("consent_at", models.DateTimeField(null=True)),
                ("consent_by_phone", models.BooleanField(default=False)),
                ("prosecution", models.CharField(default="unknown", max_length=8)),
                ("pupil", models.CharField(default="unknown", max_length=8)),
                ("parents_known", models.CharField(default="unknown", max_length=8)),
                ("continued_until", models.DateField(null=True)),
                ("order_number", models.CharField(blank=True, max_length=60)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=24)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
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
                "indexes": [models.Index(fields=["case"], name="placements_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_because", "")),
                            models.Q(
                                ("ended_at__gte", models.F("placed_at")), models.Q(("ended_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="ended_placement_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent_at__isnull", True),
                            models.Q(("consent_name", ""), _negated=True),
                            ("consent_by__isnull", False),
                            _connector="OR",
                        ),
                        name="consent_to_a_placement_has_a_name",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="one_placement_of_a_person_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExcludedTime",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=24)),
                ("minutes", models.PositiveIntegerField()),
                ("words", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.placement"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("minutes__gt", 0)), name="excluded_time_has_minutes"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="excluded_time_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyResult",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("result", models.CharField(max_length=16)),
                ("plan", models.TextField(blank=True)),
                ("needs_plan", models.BooleanField()),
                ("signature_refused", models.BooleanField(default=False)),
                ("instead", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.casesubject"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "at"], name="safety_results_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("needs_plan", False), models.Q(("plan", ""), _negated=True), _connector="OR"
                        ),
                        name="safe_with_a_plan_has_a_plan",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signature_refused", False), models.Q(("instead", ""), _negated=True), _connector="OR"
                        ),
                        name="refused_signature_says_what_instead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvestigationSubject",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("must_be_seen", models.BooleanField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("not_seen_because", models.CharField(blank=True, max_length=24)),
                (
                    "investigation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.investigation"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.casesubject"
                    ),
                ),
                (
                    "safety",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.safetyresult",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("must_be_seen", False),
                            ("seen_at__isnull", False),
                            models.Q(("not_seen_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="level_one_seen_or_says_why_not",
                    ),
                    models.UniqueConstraint(
                        fields=("investigation", "subject"), name="subject_once_in_an_investigation"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharedPlan",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "recorded_at"], name="plans_of_coordination")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="shared_plan_has_words"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WhoDoesWhat",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("list_id", models.UUIDField()),
                ("position", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=200)),
                ("due_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["matter", "recorded_at"], name="lines_of_coordination")],
                "constraints": [
                    models.UniqueConstraint(fields=("list_id", "position"), name="one_line_at_a_place_of_a_list")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("vulnerable_family", "訪視評估報告"),
                            ("placement", "繼續安置評估"),
                            ("after_care", "追蹤報告"),
                            ("general", "評估報告"),
                        ],
                        max_length=20,
                    ),
                ),
                ("facts", models.TextField()),
                ("needs", models.TextField()),
                ("goals", models.TextField()),
                ("plan", models.TextField()),
                ("index_proposed", models.CharField(blank=True, max_length=8)),
                ("index_chosen", models.CharField(blank=True, max_length=8)),
                ("index_because", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "recorded_at"], name="assessments_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("facts", ""), _negated=True),
                            models.Q(("needs", ""), _negated=True),
                            models.Q(("goals", ""), _negated=True),
                            models.Q(("plan", ""), _negated=True),
                        ),
                        name="assessment_has_four_parts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("index_chosen", models.F("index_proposed")),
                            models.Q(("index_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="another_index_says_why",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="observation",
            name="contact",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.contact"),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["contact"], name="observations_of_contact"),
        ),
    ]
