"""Who serves, in which register, under which compulsion; emergencies; who leaves and who is told."""

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
            name="Emergency",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("found_by", models.CharField(max_length=12)),
                ("place", models.CharField(max_length=120)),
                ("what", models.TextField()),
                (
                    "danger",
                    models.CharField(
                        choices=[
                            ("self", "可能傷害自己"),
                            ("others", "可能傷害別人"),
                            ("both", "可能傷害自己和別人"),
                            ("none", "沒有立即傷害之虞"),
                            ("unknown", "還不知道"),
                        ],
                        max_length=8,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("known", models.CharField(blank=True, max_length=8)),
                ("known_at", models.DateTimeField(null=True)),
                ("on_scene", models.CharField(blank=True, max_length=16)),
                ("done", models.CharField(blank=True, max_length=16)),
                ("done_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=120)),
                ("followed_at", models.DateTimeField(null=True)),
                ("followed_by", models.CharField(blank=True, max_length=60)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.jurisdiction"
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
                (
                    "registered",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.jurisdiction",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "register",
                    models.CharField(
                        choices=[("psychiatric", "精神照護名冊"), ("suicide", "自殺關懷名冊")], max_length=12
                    ),
                ),
                ("psychiatric", models.CharField(max_length=12)),
                ("level", models.PositiveSmallIntegerField(null=True)),
                ("service", models.CharField(max_length=16)),
                ("stands_in", models.BooleanField(default=False)),
                ("long", models.BooleanField(default=False)),
                ("long_because", models.CharField(blank=True, max_length=400)),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=24)),
                ("recorded_at", models.DateTimeField()),
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
        ),
        migrations.CreateModel(
            name="Escort",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("hospital", models.CharField(max_length=60)),
                ("escorted_by", models.CharField(max_length=120)),
                ("left_at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField()),
                ("received_by", models.CharField(max_length=60)),
                ("condition", models.TextField()),
                ("restrained", models.CharField(max_length=8)),
                ("restraint_words", models.CharField(blank=True, max_length=200)),
                ("searched", models.CharField(max_length=8)),
                ("belongings", models.CharField(blank=True, max_length=200)),
                ("injured", models.CharField(max_length=8)),
                ("told_why", models.CharField(max_length=8)),
                ("family_told", models.CharField(max_length=8)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "emergency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="care.emergency"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Homecoming",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("source_key", models.BinaryField()),
                ("expected_at", models.DateTimeField(null=True)),
                ("call_by", models.DateTimeField()),
                ("announced_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("told_how", models.CharField(blank=True, max_length=12)),
                ("told_words", models.CharField(blank=True, max_length=400)),
                ("told_by", models.UUIDField(null=True)),
                ("called_off_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
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
        ),
        migrations.CreateModel(
            name="LevelChange",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("was", models.PositiveSmallIntegerField(null=True)),
                ("level", models.PositiveSmallIntegerField()),
                ("proposed", models.PositiveSmallIntegerField(null=True)),
                ("words", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="care.entry"),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("placement", "緊急安置"), ("hospital", "強制住院"), ("community", "強制社區治療")],
                        max_length=12,
                    ),
                ),
                (
                    "rule_set",
                    models.CharField(
                        choices=[("committee", "審查會許可（舊制）"), ("court", "法院裁定（新制）")], max_length=12
                    ),
                ),
                ("extension", models.PositiveSmallIntegerField(default=0)),
                ("hospital", models.CharField(max_length=60)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("began_at", models.DateTimeField()),
                ("ends_on", models.DateField()),
                ("asked_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=20)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                (
                    "follows",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="care.measure"
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
        ),
        migrations.CreateModel(
            name="MeasureStep",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("placed", "開始緊急安置"),
                            ("examined", "完成強制鑑定"),
                            ("applied", "申請許可或聲請裁定"),
                            ("aid", "通報法律扶助"),
                            ("granted", "許可或裁定"),
                            ("refused", "不許可或駁回"),
                            ("extension_asked", "申請延長"),
                            ("not_extended", "決定不申請延長"),
                            ("appealed", "提起抗告或聲請停止"),
                            ("carried", "改適用新制"),
                            ("ended", "停止"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("specialists", models.PositiveSmallIntegerField(null=True)),
                ("words", models.CharField(blank=True, max_length=400)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="care.measure"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("service", models.CharField(max_length=16)),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Filling",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.worker"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="care.post"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reroute",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("service", models.CharField(max_length=16)),
                ("because", models.CharField(max_length=24)),
                ("words", models.CharField(blank=True, max_length=400)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "等回覆"),
                            ("accepted", "已接手"),
                            ("returned", "退回"),
                            ("withdrawn", "撤回"),
                        ],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                ("answer", models.CharField(blank=True, max_length=24)),
                ("answer_words", models.CharField(blank=True, max_length=400)),
                ("recorded_at", models.DateTimeField()),
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
                    "to_unit",
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
        ),
        migrations.CreateModel(
            name="Triage",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("psychiatric", models.CharField(max_length=12)),
                ("level", models.PositiveSmallIntegerField(null=True)),
                (
                    "issues",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), default=list, size=None
                    ),
                ),
                ("inputs", models.JSONField()),
                ("proposed", models.CharField(blank=True, max_length=16)),
                ("words", models.CharField(blank=True, max_length=400)),
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
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Served",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("proposed", models.CharField(blank=True, max_length=16)),
                ("service", models.CharField(max_length=16)),
                ("stands_in", models.BooleanField(default=False)),
                ("because", models.CharField(blank=True, max_length=24)),
                ("words", models.CharField(blank=True, max_length=400)),
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
                    "triage",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="care.triage"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("from_what", models.CharField(max_length=12)),
                ("institution", models.CharField(max_length=60)),
                ("severe", models.CharField(max_length=8)),
                ("noticed_at", models.DateTimeField()),
                ("expected_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("planned_at", models.DateTimeField(null=True)),
                ("plan_received_at", models.DateTimeField(null=True)),
                ("called_off_at", models.DateTimeField(null=True)),
                ("words", models.CharField(blank=True, max_length=400)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["matter", "noticed_at"], name="departures_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expected_at__isnull", False), ("left_at__isnull", False), _connector="OR"),
                        name="departure_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("called_off_at__isnull", True), ("left_at__isnull", True), _connector="OR"),
                        name="left_is_not_called_off",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="emergency",
            index=models.Index(fields=["matter", "received_at"], name="emergencies_of_case"),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(("danger__in", ["self", "others", "both", "none", "unknown"])),
                name="danger_of_emergency_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done", ""), ("done_at__isnull", True)),
                    models.Q(
                        models.Q(("done", ""), _negated=True),
                        models.Q(("on_scene", ""), _negated=True),
                        ("done_at__gte", models.F("received_at")),
                        ("done_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="settled_emergency_says_when_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("known", ""), ("known_at__isnull", True)),
                    models.Q(models.Q(("known", ""), _negated=True), ("known_at__isnull", False)),
                    _connector="OR",
                ),
                name="answer_about_a_patient_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("followed_at__isnull", True), ("followed_by", "")),
                    models.Q(("done_at__isnull", False), models.Q(("followed_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="followed_after_it_was_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at__isnull", True)),
                fields=("matter", "person"),
                name="one_open_emergency_of_a_case",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["person"], name="care_entries_of_person"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("register__in", ["psychiatric", "suicide"])), name="care_register_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("register", "psychiatric"), _negated=True),
                    ("psychiatric__in", ["severe", "diagnosed", "suspected"]),
                    _connector="OR",
                ),
                name="psychiatric_register_takes_patients",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("long", False), models.Q(("long_because", ""), _negated=True), _connector="OR"),
                name="long_relationship_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_because", ""), ("until_on__isnull", True)),
                    models.Q(
                        ("until_on__gte", models.F("since_on")),
                        ("until_on__isnull", False),
                        models.Q(("ended_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="struck_off_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)),
                fields=("matter", "person"),
                name="registered_once_in_a_case",
            ),
        ),
        migrations.AddIndex(
            model_name="escort",
            index=models.Index(fields=["emergency", "recorded_at"], name="escorts_of_emergency"),
        ),
        migrations.AddConstraint(
            model_name="escort",
            constraint=models.CheckConstraint(
                condition=models.Q(("arrived_at__gte", models.F("left_at"))), name="arrived_after_leaving"
            ),
        ),
        migrations.AddConstraint(
            model_name="escort",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("restrained", "yes"), _negated=True),
                    models.Q(("restraint_words", ""), _negated=True),
                    _connector="OR",
                ),
                name="restraint_is_described",
            ),
        ),
        migrations.AddIndex(
            model_name="homecoming",
            index=models.Index(fields=["matter", "announced_at"], name="homecomings_of_case"),
        ),
        migrations.AddConstraint(
            model_name="homecoming",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("told_at__isnull", True), ("told_how", "")),
                    models.Q(("told_at__isnull", False), models.Q(("told_how", ""), _negated=True)),
                    _connector="OR",
                ),
                name="told_of_homecoming_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="homecoming",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off_at__isnull", True)),
                fields=("matter", "source_key"),
                name="homecoming_of_a_notice_once",
            ),
        ),
        migrations.AddIndex(
            model_name="levelchange",
            index=models.Index(fields=["matter", "at"], name="levels_of_case"),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["matter", "began_at"], name="measures_of_case"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["placement", "hospital", "community"])), name="measure_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("rule_set__in", ["committee", "court"])), name="measure_rules_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_how", "")),
                    models.Q(
                        ("ended_at__gte", models.F("began_at")),
                        ("ended_at__isnull", False),
                        models.Q(("ended_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ended_measure_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "placement"), ("number", "")),
                    models.Q(models.Q(("kind", "placement"), _negated=True), models.Q(("number", ""), _negated=True)),
                    _connector="OR",
                ),
                name="measure_has_its_permit",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("extension", 0), ("follows__isnull", False), _connector="OR"),
                name="extension_follows_a_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("matter", "person", "kind"),
                name="one_measure_of_a_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="measurestep",
            index=models.Index(fields=["measure", "at"], name="steps_of_measure"),
        ),
        migrations.AddConstraint(
            model_name="measurestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "placed",
                            "examined",
                            "applied",
                            "aid",
                            "granted",
                            "refused",
                            "extension_asked",
                            "not_extended",
                            "appealed",
                            "carried",
                            "ended",
                        ],
                    )
                ),
                name="measure_step_known",
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["unit", "service"], name="care_posts_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on__isnull", True), ("until_on__gte", models.F("since_on")), _connector="OR"
                ),
                name="care_post_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="filling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_on__isnull", True), ("until_on__gte", models.F("since_on")), _connector="OR"
                ),
                name="care_filling_ends_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="filling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("post",), name="one_in_a_care_post"
            ),
        ),
        migrations.AddConstraint(
            model_name="filling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_on__isnull", True)), fields=("worker",), name="one_care_post_each"
            ),
        ),
        migrations.AddConstraint(
            model_name="reroute",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="rerouting_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="reroute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("state", "asked")),
                    models.Q(models.Q(("state", "asked"), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="answered_reroute_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="reroute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "returned"), _negated=True),
                    models.Q(("answer", ""), _negated=True),
                    _connector="OR",
                ),
                name="returned_reroute_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="reroute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("matter",), name="one_open_reroute_of_a_case"
            ),
        ),
        migrations.AddIndex(
            model_name="triage",
            index=models.Index(fields=["matter", "at"], name="triages_of_case"),
        ),
        migrations.AddConstraint(
            model_name="triage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__isnull", True), models.Q(("level__gte", 1), ("level__lte", 5)), _connector="OR"
                ),
                name="care_levels_are_five",
            ),
        ),
        migrations.AddIndex(
            model_name="served",
            index=models.Index(fields=["matter", "at"], name="services_of_case"),
        ),
        migrations.AddConstraint(
            model_name="served",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("service", models.F("proposed")), models.Q(("because", ""), _negated=True), _connector="OR"
                ),
                name="another_service_says_why",
            ),
        ),
    ]
