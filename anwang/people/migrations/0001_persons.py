import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("audit", "0001_acts_and_readings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "戶籍"),
                            ("said", "自述"),
                            ("seen", "訪視所見"),
                            ("reported", "通報所載"),
                            ("agency", "機關提供"),
                        ],
                        max_length=10,
                    ),
                ),
                ("area_code", models.CharField(blank=True, max_length=11)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "name_kind",
                    models.CharField(
                        choices=[
                            ("full", "全名"),
                            ("partial", "部分姓名"),
                            ("called", "稱呼"),
                            ("code", "代號"),
                            ("unknown", "姓名不詳"),
                        ],
                        default="full",
                        max_length=8,
                    ),
                ),
                ("name_key", models.CharField(blank=True, max_length=120)),
                (
                    "sex",
                    models.CharField(
                        choices=[("female", "女"), ("male", "男"), ("other", "其他"), ("unknown", "不詳")],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                ("born_earliest", models.DateField(null=True)),
                ("born_latest", models.DateField(null=True)),
                ("birth_is_approximate", models.BooleanField(default=False)),
                ("is_unborn", models.BooleanField(default=False)),
                ("due_on", models.DateField(null=True)),
                ("died_on", models.DateField(null=True)),
                ("languages", models.CharField(blank=True, max_length=80)),
                (
                    "needs_interpreter",
                    models.CharField(
                        choices=[("yes", "是"), ("no", "否"), ("unknown", "不詳")], default="unknown", max_length=8
                    ),
                ),
                ("is_restricted", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "identity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["identity"], name="records_of_identity")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name_kind__in", ["full", "partial", "called", "code", "unknown"])),
                        name="name_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sex__in", ["female", "male", "other", "unknown"])), name="sex_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("born_earliest__isnull", True), ("born_latest__isnull", True)),
                            ("born_earliest__lte", models.F("born_latest")),
                            _connector="OR",
                        ),
                        name="birth_dates_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_unborn", False), ("born_earliest__isnull", True), _connector="OR"),
                        name="unborn_has_no_birth_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_kind", "code"), _negated=True), ("name_key", ""), _connector="OR"
                        ),
                        name="code_name_is_not_searchable",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("label", models.CharField(max_length=60)),
                ("county", models.CharField(max_length=5)),
                ("recorded_at", models.DateTimeField()),
                (
                    "continues",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NameSeal",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("sealed_name", models.BinaryField()),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Kinship",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("parent", "父母"),
                            ("step_parent", "繼父母"),
                            ("adoptive_parent", "養父母"),
                            ("grandparent", "祖父母"),
                            ("sibling", "手足"),
                            ("half_sibling", "同父或同母手足"),
                            ("spouse", "配偶"),
                            ("former_spouse", "前配偶"),
                            ("partner", "同居伴侶"),
                            ("former_partner", "前伴侶"),
                            ("guardian", "監護人"),
                            ("carer", "實際照顧者"),
                            ("other_kin", "其他親屬"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "戶籍"),
                            ("said", "自述"),
                            ("seen", "訪視所見"),
                            ("reported", "通報所載"),
                            ("agency", "機關提供"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since_on", models.DateField(null=True)),
                ("until_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person"], name="kinship_from"),
                    models.Index(fields=["to"], name="kinship_to"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("to")), _negated=True), name="kinship_is_between_two"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityDecision",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("same", "same"), ("apart", "apart"), ("unsure", "unsure")], max_length=8
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.identitydecision",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                "indexes": [
                    models.Index(fields=["person"], name="identity_of_person"),
                    models.Index(fields=["other"], name="identity_of_other"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True),
                        name="identity_is_about_two_records",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Identifier",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("national_id", "國民身分證"),
                            ("resident_new", "新式統一證號"),
                            ("resident_old", "舊式統一證號"),
                            ("passport", "護照"),
                            ("other", "其他證號"),
                        ],
                        max_length=16,
                    ),
                ),
                ("sealed_value", models.BinaryField()),
                ("lookup", models.BinaryField()),
                ("last_three", models.CharField(max_length=3)),
                ("is_checksum_valid", models.BooleanField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["lookup"], name="identifier_lookup"),
                    models.Index(fields=["person"], name="identifiers_of_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseholdMember",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("since_on", models.DateField(null=True)),
                ("until_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"
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
                "indexes": [
                    models.Index(fields=["household"], name="members_of_household"),
                    models.Index(fields=["person"], name="households_of_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyMember",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("decided_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.family"
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
                "indexes": [models.Index(fields=["person"], name="families_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("family", "person"),
                        name="member_counted_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("mobile", "手機"), ("phone", "市話"), ("message", "通訊軟體"), ("email", "電子郵件")],
                        max_length=8,
                    ),
                ),
                ("value", models.CharField(max_length=120)),
                ("lookup", models.CharField(blank=True, max_length=120)),
                (
                    "is_safe",
                    models.CharField(
                        choices=[("yes", "是"), ("no", "否"), ("unknown", "不詳")], default="unknown", max_length=8
                    ),
                ),
                ("safe_when", models.CharField(blank=True, max_length=80)),
                ("name_to_use", models.CharField(blank=True, max_length=40)),
                (
                    "may_leave_message",
                    models.CharField(
                        choices=[("yes", "是"), ("no", "否"), ("unknown", "不詳")], default="unknown", max_length=8
                    ),
                ),
                ("until_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person"], name="contacts_of_person"),
                    models.Index(fields=["lookup"], name="contacts_by_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registered", "戶籍地"),
                            ("living", "居住地"),
                            ("found", "所在地"),
                            ("school", "就學地"),
                            ("work", "工作地"),
                            ("mail", "通訊地"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                ("area_code", models.CharField(blank=True, max_length=11)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "戶籍"),
                            ("said", "自述"),
                            ("seen", "訪視所見"),
                            ("reported", "通報所載"),
                            ("agency", "機關提供"),
                        ],
                        max_length=10,
                    ),
                ),
                ("since_on", models.DateField(null=True)),
                ("until_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="addresses_of_person")],
            },
        ),
        migrations.CreateModel(
            name="SafetyAddress",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("sealed_text", models.BinaryField()),
                ("ask_whom", models.CharField(max_length=80)),
                ("since_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="safety_addresses_of_person")],
            },
        ),
        migrations.CreateModel(
            name="WorkerRisk",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("words", models.CharField(blank=True, max_length=120)),
                ("go_in_pairs", models.BooleanField(default=False)),
                ("since_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.UUIDField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="risks_of_person")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="risk_has_a_kind")
                ],
            },
        ),
    ]
