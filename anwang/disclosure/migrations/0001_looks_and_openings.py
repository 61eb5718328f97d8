"""Looks across agencies with their answers and talks, requests, emergency openings, alerts."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0004_nurses_and_privacy_officers"),
        ("matters", "0014_reviews_of_an_emergency_opening"),
    ]

    operations = [
        migrations.CreateModel(
            name="Glass",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="matters.matter",
                    ),
                ),
                ("matter_kind", models.CharField(default="break_glass", editable=False, max_length=16)),
                ("reader", models.UUIDField()),
                ("county", models.CharField(max_length=5)),
                ("family_id", models.UUIDField(null=True)),
                ("files", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("reason", models.CharField(max_length=24)),
                ("words", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("safety_since", models.DateTimeField(null=True)),
                ("spooled", models.UUIDField(null=True, unique=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hit",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("network", models.CharField(max_length=12)),
                (
                    "reach",
                    models.CharField(
                        choices=[("flag", "只給註記"), ("contact", "可到聯繫窗口"), ("detail", "可請求內容")],
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ContactStep",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "等督導確認"), ("given", "已提供"), ("refused", "未提供")],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "hit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosure.hit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LookUp",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("by", models.UUIDField()),
                ("county", models.CharField(max_length=5)),
                ("network", models.CharField(max_length=12)),
                ("purpose", models.CharField(max_length=24)),
                ("basis", models.CharField(max_length=24)),
                ("for_number", models.CharField(max_length=20)),
                ("for_file_id", models.UUIDField()),
                ("asked", models.BinaryField()),
                ("by_what", models.CharField(max_length=12)),
                ("rules_from", models.DateField()),
                ("rules_hash", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="hit",
            name="look",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosure.lookup"
            ),
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("spoke_with", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("agreed", models.CharField(max_length=24)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "look",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosure.lookup"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("file_id", models.UUIDField()),
                ("for_file_id", models.UUIDField(null=True)),
                ("agency", models.CharField(blank=True, max_length=80)),
                ("letter_number", models.CharField(blank=True, max_length=60)),
                ("county", models.CharField(max_length=5)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("purpose", models.CharField(max_length=24)),
                ("basis", models.CharField(max_length=24)),
                ("kind", models.CharField(max_length=12)),
                (
                    "contents",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None),
                ),
                ("reason", models.CharField(max_length=500)),
                ("until_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "等對方核可"),
                            ("granted", "已核可"),
                            ("partly", "部分核可"),
                            ("refused", "未核可"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "granted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
                ("expires_at", models.DateTimeField(null=True)),
                ("refusal", models.CharField(blank=True, max_length=16)),
                ("answer", models.CharField(blank=True, max_length=500)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.UUIDField(null=True)),
                (
                    "from_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "hit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosure.hit"
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="disclosure.request",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SecondPerson",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("reader", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("agreed_by", models.UUIDField(null=True)),
                ("agreed_at", models.DateTimeField(null=True)),
                ("declared_unrelated", models.BooleanField(default=False)),
                (
                    "glass",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="disclosure.glass"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20)),
                ("kind", models.CharField(choices=[("glass", "緊急調閱"), ("bulk", "大量查詢")], max_length=8)),
                ("to_role", models.CharField(max_length=24)),
                ("raised_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_by", models.UUIDField(null=True)),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["to_unit", "to_role", "raised_at"], name="alerts_of_post")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["glass", "bulk"])), name="alert_kind_known"
                    ),
                    models.UniqueConstraint(fields=("number", "to_unit", "to_role"), name="alert_once_a_post"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GlassReview",
            fields=[
                (
                    "glass",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="disclosure.glass",
                    ),
                ),
                ("reader", models.UUIDField()),
                ("outcome", models.CharField(max_length=24)),
                ("words", models.CharField(blank=True, max_length=500)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("reader")), _negated=True),
                        name="nobody_reviews_his_own_opening",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="glass",
            index=models.Index(fields=["reader", "at"], name="openings_of_reader"),
        ),
        migrations.AddConstraint(
            model_name="glass",
            constraint=models.CheckConstraint(
                condition=models.Q(("matter_kind", "break_glass")), name="glass_sits_on_its_review"
            ),
        ),
        migrations.AddConstraint(
            model_name="glass",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("at"))), name="glass_ends_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="glass",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("words", ""), _negated=True), models.Q(("reason", ""), _negated=True)),
                name="glass_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="glass",
            constraint=models.CheckConstraint(condition=models.Q(("files__len__gt", 0)), name="glass_opens_something"),
        ),
        migrations.AddConstraint(
            model_name="glass",
            constraint=models.UniqueConstraint(fields=("matter", "reader"), name="glass_with_its_reader"),
        ),
        migrations.AddIndex(
            model_name="contactstep",
            index=models.Index(condition=models.Q(("state", "asked")), fields=["unit"], name="contact_steps_waiting"),
        ),
        migrations.AddConstraint(
            model_name="contactstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "given", "refused"])), name="contact_step_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("expires_at__isnull", True), ("state", "asked")),
                    models.Q(
                        ("decided_at__isnull", False), ("expires_at__gt", models.F("decided_at")), ("state", "given")
                    ),
                    models.Q(("decided_at__isnull", False), ("expires_at__isnull", True), ("state", "refused")),
                    _connector="OR",
                ),
                name="contact_step_is_decided_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(fields=["by", "at"], name="looks_of_worker"),
        ),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(fields=["county", "at"], name="looks_of_county"),
        ),
        migrations.AddConstraint(
            model_name="lookup",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("at"))), name="look_expires_later"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookup",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_what__in", ["number", "name"])), name="look_is_by_number_or_name"
            ),
        ),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(fields=["file_id"], name="hits_of_file"),
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.CheckConstraint(
                condition=models.Q(("reach__in", ["flag", "contact", "detail"])), name="hit_reach_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="hit",
            constraint=models.UniqueConstraint(fields=("look", "file_id"), name="file_found_once"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["look"], name="conversations_of_look"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["file_id", "at"], name="conversations_of_file"),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("at__lte", models.F("recorded_at"))), name="conversation_was_before"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("spoke_with", ""), _negated=True), name="conversation_is_with_somebody"
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["file_id"], name="requests_of_file"),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["asked_by", "asked_at"], name="requests_of_worker"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "granted", "partly", "refused", "withdrawn"])),
                name="request_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency", ""), ("from_unit__isnull", False), ("hit__isnull", False)),
                    models.Q(
                        ("from_unit__isnull", True), ("hit__isnull", True), models.Q(("agency", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="request_comes_from_a_unit_or_an_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("contents__len__gt", 0)), name="request_asks_for_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["granted", "partly"]), _negated=True),
                    models.Q(("decided_at__isnull", False), ("expires_at__isnull", False), ("granted__len__gt", 0)),
                    _connector="OR",
                ),
                name="granted_request_has_its_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("granted__contained_by", models.F("contents"))), name="granted_was_asked_for"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), _negated=True),
                    models.Q(("decided_at__isnull", False), models.Q(("refusal", ""), _negated=True)),
                    _connector="OR",
                ),
                name="refused_request_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    ("hit__isnull", True),
                    _connector="OR",
                ),
                name="nobody_grants_his_own_request",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.UniqueConstraint(
                condition=models.Q(("hit__isnull", False), ("state", "asked")),
                fields=("hit",),
                name="one_open_request_of_a_hit",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondperson",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__lt", models.F("until")),
                        ("agreed_by__isnull", False),
                        ("declared_unrelated", True),
                        models.Q(("agreed_by", models.F("reader")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="second_person_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="secondperson",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreed_by__isnull", False)), fields=("glass",), name="second_person_once_a_glass"
            ),
        ),
    ]
