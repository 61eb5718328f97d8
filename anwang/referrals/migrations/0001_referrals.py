"""Referrals, their steps, receptions, transitions with a day, stages of an issue, notices of coming home."""

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
            name="ReleaseNotice",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True, expression=models.Value("notice"), output_field=models.CharField(max_length=16)
                    ),
                ),
                ("told", models.UUIDField()),
                (
                    "as_what",
                    models.CharField(
                        choices=[
                            ("victim", "這一件是為了受他傷害的人"),
                            ("member", "他是這一家的人"),
                            ("own", "他自己的案件"),
                            ("nobody", "還不知道要告訴誰"),
                        ],
                        max_length=8,
                    ),
                ),
                ("source", models.CharField(max_length=16)),
                ("from_whom", models.CharField(max_length=80)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("who", models.CharField(max_length=60)),
                ("born", models.CharField(blank=True, max_length=20)),
                ("home_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("result", models.CharField(blank=True, max_length=24)),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReleaseCall",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("result", models.CharField(max_length=24)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("plan_gone_through", models.BooleanField(default=False)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.releasenotice"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "還沒有人接"), ("accepted", "已有人接"), ("dropped", "取消")],
                        default="planned",
                        max_length=12,
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("dropped_because", models.CharField(blank=True, max_length=200)),
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
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "matter_kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Value("referral"),
                        output_field=models.CharField(max_length=16),
                    ),
                ),
                ("to_kind", models.CharField(max_length=32)),
                ("about", models.CharField(max_length=120)),
                ("born", models.CharField(blank=True, max_length=20)),
                ("reach", models.CharField(blank=True, max_length=200)),
                ("topic", models.CharField(max_length=40)),
                (
                    "asks",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), size=None),
                ),
                ("words", models.TextField()),
                ("urgency", models.CharField(max_length=16)),
                ("basis", models.CharField(max_length=16)),
                ("basis_on", models.DateField(null=True)),
                ("basis_words", models.CharField(blank=True, max_length=200)),
                ("effective_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "準備中"),
                            ("sent", "等回覆"),
                            ("returned", "退回，待決定"),
                            ("accepted", "已接受"),
                            ("met", "已首次聯繫"),
                            ("ended", "有結果"),
                            ("given_up", "不再轉介"),
                        ],
                        default="prepared",
                        max_length=12,
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("met_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=24)),
                ("proposed", models.CharField(blank=True, max_length=16)),
                ("rule_id", models.CharField(blank=True, max_length=80)),
                ("rule_from", models.DateField(null=True)),
                ("rule_hash", models.CharField(blank=True, max_length=64)),
                ("inputs", models.JSONField(default=dict)),
                ("differs_because", models.CharField(blank=True, max_length=300)),
                ("opened_case", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "waits_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(state__in=["prepared", "returned", "sent"], then=models.F("case"))
                        ),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "case",
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
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "transition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.transition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IssueStage",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("topic", models.CharField(max_length=40)),
                ("stage", models.CharField(max_length=16)),
                ("next_kind", models.CharField(blank=True, max_length=32)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "next_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "topic", "recorded_at"], name="stages_of_case")],
            },
        ),
        migrations.CreateModel(
            name="Reception",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=32)),
                ("places", models.PositiveSmallIntegerField(null=True)),
                ("waiting_days", models.PositiveSmallIntegerField(null=True)),
                ("says", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, max_length=24)),
                ("as_of", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
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
                        condition=models.Q(("until_on__isnull", True)), fields=["kind"], name="receptions_of_kind"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("unit", "kind"),
                        name="one_reception_of_a_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralStep",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sent", "送出"),
                            ("asked_back", "對方問"),
                            ("replied", "補充說明"),
                            ("returned", "退回"),
                            ("sent_on", "改送"),
                            ("withdrawn", "撤回"),
                            ("accepted", "接受"),
                            ("given_back", "接了又退回"),
                            ("contacted", "首次聯繫"),
                            ("visited_together", "共同訪視"),
                            ("looked_back", "回看"),
                            ("closed", "結果"),
                            ("given_up", "不再轉介"),
                            ("opened", "對方開案"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=40)),
                ("words", models.CharField(blank=True, max_length=1000)),
                ("ref", models.CharField(blank=True, max_length=80)),
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
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="referrals.referral"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["referral", "at"], name="steps_of_referral")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "sent",
                                    "asked_back",
                                    "replied",
                                    "returned",
                                    "sent_on",
                                    "withdrawn",
                                    "accepted",
                                    "given_back",
                                    "contacted",
                                    "visited_together",
                                    "looked_back",
                                    "closed",
                                    "given_up",
                                    "opened",
                                ],
                            )
                        ),
                        name="referral_step_known",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="releasenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("as_what__in", ["victim", "member", "own", "nobody"])), name="release_as_what_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="releasenotice",
            constraint=models.UniqueConstraint(fields=("told", "case"), name="one_notice_for_a_file"),
        ),
        migrations.AddIndex(
            model_name="releasecall",
            index=models.Index(fields=["notice", "at"], name="calls_of_notice"),
        ),
        migrations.AddIndex(
            model_name="transition",
            index=models.Index(condition=models.Q(("state", "planned")), fields=["on"], name="transitions_by_day"),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "accepted", "dropped"])), name="transition_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "dropped"), _negated=True),
                fields=("case", "person", "kind"),
                name="one_transition_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="transition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True), ("accepted_at__isnull", False), _connector="OR"
                ),
                name="accepted_transition_says_when",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["case"], name="referrals_of_case"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["to_unit", "state"], name="referrals_to_unit"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["prepared", "sent", "returned", "accepted", "met", "ended", "given_up"])
                ),
                name="referral_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ended"), _negated=True),
                    models.Q(models.Q(("outcome", ""), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="referral_ends_with_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("about", ""), _negated=True), models.Q(("words", ""), _negated=True)),
                name="referral_says_whom_and_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(condition=models.Q(("asks__len__gt", 0)), name="referral_asks_something"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis__in", ["consent", "guardian"]), _negated=True),
                    ("basis_on__isnull", False),
                    _connector="OR",
                ),
                name="consent_has_its_day",
            ),
        ),
    ]
