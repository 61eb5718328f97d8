"""Meetings of policy and their minutes: files, sittings, every printed line, what was read in it, doubts."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0006_officers_of_an_authority"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("cabinet", "行政院"),
                            ("ministry", "中央部會"),
                            ("county", "縣市政府"),
                            ("area", "縣市分區"),
                            ("other", "其他機關"),
                        ],
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                (
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("line", models.PositiveIntegerField()),
                ("section", models.CharField(max_length=400)),
                ("label", models.CharField(blank=True, max_length=20)),
                ("title", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("followup", "前次會議決議辦理情形"),
                            ("report", "報告案"),
                            ("discussion", "討論案"),
                            ("motion", "臨時動議"),
                            ("question", "提問"),
                        ],
                        max_length=12,
                    ),
                ),
                ("unit_words", models.CharField(blank=True, max_length=200)),
                ("explanation", models.TextField(blank=True)),
                ("speaker", models.CharField(blank=True, max_length=200)),
                ("lead", models.TextField(blank=True)),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DecisionText",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("line", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=20)),
                ("level", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                (
                    "tracking",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("released", "解除列管"),
                            ("released_with_condition", "附條件解除列管"),
                            ("continued", "繼續列管"),
                            ("special_meeting", "另開專案會議"),
                        ],
                        max_length=24,
                    ),
                ),
                ("due", models.CharField(blank=True, max_length=60)),
                ("recurrence", models.CharField(blank=True, max_length=40)),
                (
                    "units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="minutes.decisiontext",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.item"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=160)),
                ("every_months", models.PositiveSmallIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                (
                    "body",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.body"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(null=True)),
                ("title", models.CharField(max_length=400)),
                ("met_on", models.DateField(null=True)),
                ("start_time", models.TimeField(null=True)),
                ("adjourned_time", models.TimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("chair", models.CharField(blank=True, max_length=200)),
                ("recorder", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "籌備中"),
                            ("draft", "紀錄草稿"),
                            ("sent", "已發送，等下次會議確認"),
                            ("confirmed", "已確認"),
                            ("called_off", "取消"),
                        ],
                        max_length=12,
                    ),
                ),
                ("first_line", models.PositiveIntegerField(null=True)),
                ("last_line", models.PositiveIntegerField(null=True)),
                ("paper_number", models.CharField(blank=True, max_length=60)),
                ("made_at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("sent_by", models.UUIDField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.UUIDField(null=True)),
                (
                    "confirmed_in",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.series"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.source"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("line", models.PositiveIntegerField()),
                ("label", models.CharField(blank=True, max_length=12)),
                ("title", models.CharField(max_length=400)),
                ("text", models.TextField(blank=True)),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("line", models.PositiveIntegerField()),
                ("unit_words", models.CharField(blank=True, max_length=200)),
                ("role", models.CharField(choices=[("chair", "主席"), ("unit", "單位")], max_length=8)),
                ("text", models.TextField(blank=True)),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.item"),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("target", models.UUIDField()),
                ("field", models.CharField(max_length=20)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("line", models.PositiveIntegerField()),
                ("place", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=16)),
                ("text", models.TextField()),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("item_id", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="item",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
            ),
        ),
        migrations.CreateModel(
            name="DecisionUnit",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.decisiontext"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="decisiontext",
            name="sitting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
            ),
        ),
        migrations.CreateModel(
            name="DecisionCase",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("case", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("released", "解除列管"),
                            ("released_with_condition", "附條件解除列管"),
                            ("continued", "繼續列管"),
                            ("special_meeting", "另開專案會議"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.decisiontext"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("unit_words", models.CharField(max_length=120)),
                ("who", models.CharField(blank=True, max_length=120)),
                (
                    "attends",
                    models.CharField(
                        choices=[("chair", "主持"), ("member", "出席"), ("guest", "列席"), ("recorder", "紀錄")],
                        max_length=10,
                    ),
                ),
                (
                    "came",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "還不知道"),
                            ("present", "到場"),
                            ("video", "視訊"),
                            ("represented", "派人代理"),
                            ("away", "請假"),
                            ("absent", "缺席"),
                        ],
                        max_length=12,
                    ),
                ),
                ("instead", models.CharField(blank=True, max_length=120)),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.unit"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("line", models.PositiveIntegerField()),
                ("target", models.CharField(max_length=400)),
                ("text", models.TextField()),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="minutes.decisiontext",
                    ),
                ),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SourceBody",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="minutes.source",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Uncertain",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("line", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("why", models.CharField(max_length=40)),
                (
                    "settled",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "還沒看"),
                            ("as_printed", "原文就是這樣"),
                            ("corrected", "更正讀法"),
                            ("asked", "請開會機關更正"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField(null=True)),
                ("by", models.UUIDField(null=True)),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="minutes.sitting"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.UniqueConstraint(fields=("keeper", "name"), name="body_once_for_a_keeper"),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["cabinet", "ministry", "county", "area", "other"])),
                name="body_level_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="body_has_a_name"),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.UniqueConstraint(fields=("body", "title"), name="series_once_in_a_body"),
        ),
        migrations.AddConstraint(
            model_name="series",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="series_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(fields=("sitting", "position"), name="one_section_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.UniqueConstraint(fields=("item", "position"), name="one_response_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(("role__in", ["chair", "unit"])), name="response_role_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reading",
            constraint=models.CheckConstraint(
                condition=models.Q(("before", models.F("after")), _negated=True), name="correction_changes_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="node",
            constraint=models.UniqueConstraint(fields=("sitting", "place"), name="one_node_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.UniqueConstraint(fields=("sitting", "digest"), name="same_paper_once_at_a_sitting"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("sitting", "position"), name="one_item_of_minutes_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["followup", "report", "discussion", "motion", "question"])),
                name="item_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionunit",
            constraint=models.UniqueConstraint(fields=("decision", "unit"), name="asked_unit_once"),
        ),
        migrations.AddIndex(
            model_name="decisiontext",
            index=models.Index(fields=["sitting"], name="decision_texts_of_sitting"),
        ),
        migrations.AddConstraint(
            model_name="decisiontext",
            constraint=models.UniqueConstraint(fields=("item", "position"), name="one_decision_text_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="decisiontext",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="decision_text_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="decisiontext",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="decision_text_is_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisiontext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tracking", ""),
                    ("tracking__in", ["released", "released_with_condition", "continued", "special_meeting"]),
                    _connector="OR",
                ),
                name="decision_text_tracking_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisioncase",
            constraint=models.UniqueConstraint(fields=("decision", "position"), name="one_tracked_case_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="decisioncase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["released", "released_with_condition", "continued", "special_meeting"])
                ),
                name="tracked_case_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("sitting", "position"), name="one_attendance_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("came", "represented"), _negated=True),
                    models.Q(("instead", ""), _negated=True),
                    _connector="OR",
                ),
                name="who_is_represented_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attends__in", ["chair", "member", "guest", "recorder"]),
                    ("came__in", ["", "present", "video", "represented", "away", "absent"]),
                ),
                name="attendance_words_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(fields=("sitting", "position"), name="one_amendment_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("earlier", models.F("sitting")), _negated=True),
                name="minutes_do_not_amend_themselves",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__isnull", True), ("earlier__isnull", False), _connector="OR"),
                name="amended_decision_lies_in_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(fields=("unit", "digest"), name="same_file_once_in_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="source_digest_is_sha256"
            ),
        ),
        migrations.AddIndex(
            model_name="sitting",
            index=models.Index(fields=["unit", "-met_on"], name="sittings_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "draft", "sent", "confirmed", "called_off"])),
                name="sitting_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["confirmed", "sent"]), _negated=True),
                    models.Q(("met_on__isnull", False), ("sent_at__isnull", False), ("series__isnull", False)),
                    _connector="OR",
                ),
                name="sent_minutes_say_of_which_day_and_series",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", False), ("state", "confirmed")),
                    models.Q(models.Q(("state", "confirmed"), _negated=True), ("confirmed_at__isnull", True)),
                    _connector="OR",
                ),
                name="confirmed_minutes_say_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("first_line__isnull", True), ("last_line__isnull", True), ("source__isnull", True)),
                    models.Q(
                        ("first_line__gte", 1), ("last_line__gte", models.F("first_line")), ("source__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="sitting_knows_its_lines",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.CheckConstraint(
                condition=models.Q(("confirmed_in", models.F("id")), _negated=True),
                name="sitting_does_not_confirm_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "called_off"), _negated=True),
                fields=("series", "met_on", "number"),
                name="one_sitting_of_a_number_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitting",
            constraint=models.UniqueConstraint(fields=("source", "first_line"), name="lines_of_a_file_read_once"),
        ),
        migrations.AddConstraint(
            model_name="uncertain",
            constraint=models.UniqueConstraint(fields=("sitting", "position"), name="one_doubt_at_a_place"),
        ),
        migrations.AddConstraint(
            model_name="uncertain",
            constraint=models.CheckConstraint(
                condition=models.Q(("settled__in", ["", "as_printed", "corrected", "asked"])),
                name="doubt_settled_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="uncertain",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("at__isnull", True), ("settled", "")),
                    models.Q(models.Q(("settled", ""), _negated=True), ("at__isnull", False)),
                    _connector="OR",
                ),
                name="settled_doubt_says_when",
            ),
        ),
    ]
