"""Protection orders, who was told, how they were broken; whose whereabouts are kept, from whom, where."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0013_matters_are_many"),
        ("people", "0011_enough_found"),
    ]

    operations = [
        migrations.CreateModel(
            name="Relay",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("receiver", models.CharField(max_length=16)),
                ("since_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                ("told_by", models.UUIDField(null=True)),
                ("how", models.CharField(blank=True, max_length=60)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("acknowledged_by", models.CharField(blank=True, max_length=60)),
                ("not_needed", models.CharField(blank=True, max_length=120)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("court", models.CharField(max_length=60)),
                ("number", models.CharField(max_length=60)),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None),
                ),
                ("distance_m", models.PositiveIntegerField(null=True)),
                ("treatment_by", models.DateField(null=True)),
                ("from_county", models.CharField(blank=True, max_length=5)),
                ("issued_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("served_at", models.DateTimeField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("extension_asked_on", models.DateField(null=True)),
                ("stays_until_ruling", models.BooleanField(default=False)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=24)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
                (
                    "bound",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
            name="OrderChange",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registered", "登錄"),
                            ("served", "送達相對人"),
                            ("changed", "法院變更"),
                            ("asked", "聲請延長"),
                            ("extended", "法院准許延長"),
                            ("not_extended", "法院駁回延長"),
                            ("not_asked", "決定不聲請延長"),
                            ("safety_plan", "訂了安全計畫"),
                            ("ended", "失效"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None),
                ),
                ("ends_on", models.DateField(null=True)),
                ("words", models.CharField(blank=True, max_length=200)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="protection.order"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OrderProtects",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="protection.order"
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
            name="RelayTo",
            fields=[
                (
                    "relay",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="protection.relay",
                    ),
                ),
                ("sealed_words", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="relay",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="protection.order"
            ),
        ),
        migrations.CreateModel(
            name="Seeking",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_words", models.CharField(blank=True, max_length=200)),
                ("answered_by", models.UUIDField(null=True)),
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
            name="Shielding",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("basis", models.CharField(blank=True, max_length=120)),
                ("ask_whom", models.CharField(max_length=80)),
                ("since_at", models.DateTimeField()),
                ("until_on", models.DateField(null=True)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
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
            name="ShieldedPlace",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("address", "住處"),
                            ("phone", "電話"),
                            ("school", "學校"),
                            ("work", "工作地點"),
                            ("county", "後續服務的縣市"),
                        ],
                        max_length=8,
                    ),
                ),
                ("row_id", models.UUIDField(null=True)),
                ("sealed_text", models.BinaryField()),
                ("since_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField()),
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
                    "shielding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="protection.shielding"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShieldingAgainst",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
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
                    "shielding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="protection.shielding"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Violation",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None),
                ),
                ("words", models.TextField()),
                ("happened_at", models.DateTimeField()),
                ("known_at", models.DateTimeField()),
                ("then", models.CharField(blank=True, max_length=24)),
                ("then_at", models.DateTimeField(null=True)),
                ("then_words", models.CharField(blank=True, max_length=200)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="protection.order"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="order",
            index=models.Index(fields=["bound"], name="orders_binding"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(condition=models.Q(("terms", []), _negated=True), name="order_has_terms"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("court", ""), _negated=True), models.Q(("number", ""), _negated=True)),
                name="order_names_court_and_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_how", "")),
                    models.Q(
                        ("ended_at__gte", models.F("issued_at")),
                        ("ended_at__isnull", False),
                        models.Q(("ended_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ended_order_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("extension_asked_on__isnull", True), ("stays_until_ruling", False)),
                    models.Q(("ends_on__isnull", False), ("extension_asked_on__isnull", False)),
                    _connector="OR",
                ),
                name="only_a_dated_order_is_extended",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                fields=("matter", "court", "number", "bound"), name="order_registered_once"
            ),
        ),
        migrations.AddIndex(
            model_name="orderchange",
            index=models.Index(fields=["order", "at"], name="changes_of_order"),
        ),
        migrations.AddConstraint(
            model_name="orderchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "registered",
                            "served",
                            "changed",
                            "asked",
                            "extended",
                            "not_extended",
                            "not_asked",
                            "safety_plan",
                            "ended",
                        ],
                    )
                ),
                name="change_of_order_known",
            ),
        ),
        migrations.AddIndex(
            model_name="orderprotects",
            index=models.Index(fields=["person"], name="orders_protecting"),
        ),
        migrations.AddConstraint(
            model_name="orderprotects",
            constraint=models.UniqueConstraint(fields=("order", "person"), name="protected_once"),
        ),
        migrations.AddField(
            model_name="relayto",
            name="matter",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"),
        ),
        migrations.AddIndex(
            model_name="relay",
            index=models.Index(fields=["order"], name="relays_of_order"),
        ),
        migrations.AddConstraint(
            model_name="relay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("told_at__isnull", True)),
                fields=("order", "receiver"),
                name="one_open_relay_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="relay",
            constraint=models.CheckConstraint(
                condition=models.Q(("acknowledged_at__isnull", True), ("told_at__isnull", False), _connector="OR"),
                name="acknowledged_after_told",
            ),
        ),
        migrations.AddIndex(
            model_name="seeking",
            index=models.Index(fields=["matter", "at"], name="seekings_of_file"),
        ),
        migrations.AddConstraint(
            model_name="seeking",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="seeking_says_what"
            ),
        ),
        migrations.AddConstraint(
            model_name="seeking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_words", "")),
                    models.Q(("answered_at__isnull", False), models.Q(("answered_words", ""), _negated=True)),
                    _connector="OR",
                ),
                name="answered_seeking_says_what",
            ),
        ),
        migrations.AddIndex(
            model_name="shielding",
            index=models.Index(fields=["person"], name="shieldings_of_person"),
        ),
        migrations.AddConstraint(
            model_name="shielding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ask_whom", ""), _negated=True), name="shielding_says_whom_to_ask"
            ),
        ),
        migrations.AddConstraint(
            model_name="shielding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                    models.Q(
                        ("ended_at__gte", models.F("since_at")),
                        ("ended_at__isnull", False),
                        models.Q(("ended_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ended_shielding_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="shieldedplace",
            index=models.Index(fields=["row_id"], name="shielded_rows"),
        ),
        migrations.AddIndex(
            model_name="shieldedplace",
            index=models.Index(fields=["person"], name="shielded_places_of_person"),
        ),
        migrations.AddConstraint(
            model_name="shieldedplace",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["address", "phone", "school", "work", "county"])),
                name="shielded_place_known",
            ),
        ),
        migrations.AddIndex(
            model_name="shieldingagainst",
            index=models.Index(fields=["person"], name="shieldings_against"),
        ),
        migrations.AddConstraint(
            model_name="shieldingagainst",
            constraint=models.UniqueConstraint(fields=("shielding", "person"), name="against_once"),
        ),
        migrations.AddIndex(
            model_name="violation",
            index=models.Index(fields=["order", "happened_at"], name="violations_of_order"),
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("words", ""), _negated=True), models.Q(("terms", []), _negated=True)),
                name="violation_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(("known_at__gte", models.F("happened_at"))), name="violation_known_afterwards"
            ),
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("then", ""), ("then_at__isnull", True)),
                    models.Q(models.Q(("then", ""), _negated=True), ("then_at__isnull", False)),
                    _connector="OR",
                ),
                name="answer_to_a_violation_has_its_instant",
            ),
        ),
    ]
