"""Changes and who is told of them, refusals and what followed, people no criteria fit, each ruling on a placement."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect
from anwang.audit.tables import append_only

# Which open files learn of a change noted in one: those of the family, or about the same people, on the same side. His
# side tells hers only where asked (`crosses`: release, discharge, threats), and then a reminder without words; her side
# never tells his. For whoever holds a live grant on the file or on a report that joined it, and for services; the answer is never shown to him.
GROWING = ("notedchange", "reassessment", "refusal", "refusalstep", "unfittedlook", "placementruling")
TOLD = """
CREATE FUNCTION cases_files_of_change(of_case uuid, crosses boolean) RETURNS TABLE (file uuid, is_reminder boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH here AS (
    SELECT m.id, m.family_id, m.arose_from_id, cases_serves_other_party(m.id) AS his FROM matters_matter m
     WHERE m.id = of_case AND (nullif(current_setting('anwang.service', true), '') IS NOT NULL
       OR EXISTS (SELECT 1 FROM access_grant g WHERE g.holder = ANY (access_keys())
                    AND g.file_id IN (SELECT m.id UNION ALL SELECT j.report_id FROM cases_joinedreport j WHERE j.matter_id = m.id)
                    AND g.starts_at <= access_at() AND (g.ends_at IS NULL OR g.ends_at > access_at())))),
  people AS (
    SELECT q.id FROM cases_casesubject s JOIN here h ON h.id = s.matter_id JOIN people_person p ON p.id = s.person_id
      JOIN people_person q ON q.identity_id = p.identity_id WHERE s.until_on IS NULL),
  around AS (
    SELECT m.id FROM here h JOIN matters_matter m ON m.family_id = h.family_id
    UNION SELECT m.id FROM here h JOIN matters_matter m ON m.arose_from_id = h.arose_from_id
    UNION SELECT s.matter_id FROM cases_casesubject s WHERE s.until_on IS NULL AND s.person_id IN (SELECT id FROM people)
    UNION SELECT m.id FROM access_involvement i JOIN matters_matter m ON m.id = i.file_id OR m.arose_from_id = i.file_id
           WHERE i.circle = 'other' AND i.person_id IN (SELECT id FROM people)),
  there AS (
    SELECT m.id, cases_serves_other_party(m.id) AS his,
           m.family_id = h.family_id OR EXISTS (SELECT 1 FROM cases_casesubject s WHERE s.matter_id = m.id AND s.until_on IS NULL
                       AND s.person_id IN (SELECT id FROM people)) AS near,
           m.family_id = h.family_id OR m.arose_from_id = h.arose_from_id
             OR EXISTS (SELECT 1 FROM access_involvement i WHERE i.circle = 'other' AND i.person_id IN (SELECT id FROM people)
                          AND i.file_id IN (m.id, m.arose_from_id)) AS facing
      FROM here h, around a JOIN matters_matter m ON m.id = a.id JOIN cases_case c ON c.id = m.id
     WHERE m.ended_at IS NULL AND m.id <> h.id)
  SELECT t.id, t.his IS DISTINCT FROM h.his FROM there t, here h
   WHERE (t.his = h.his AND t.near) OR (crosses AND h.his AND NOT t.his AND t.facing) ORDER BY 1
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_reports_of_her_side"),
        ("matters", "0019_referrals_notices_and_lead_of_a_person"),
        ("people", "0013_disputed_facts"),
    ]

    operations = [
        migrations.AddField(
            model_name="closing",
            name="public_danger",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AlterField(
            model_name="assessment",
            name="form",
            field=models.CharField(
                choices=[
                    ("vulnerable_family", "訪視評估報告"),
                    ("placement", "繼續安置評估"),
                    ("after_care", "追蹤報告"),
                    ("long_term", "長期輔導計畫"),
                    ("family_plan", "家庭處遇計畫"),
                    ("general", "評估報告"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                (
                    "capacity",
                    models.CharField(
                        choices=[("yes", "有決定能力"), ("no", "沒有決定能力"), ("unknown", "還不確定")], max_length=8
                    ),
                ),
                ("public_danger", models.CharField(max_length=8)),
                ("risk_assessed", models.BooleanField()),
                ("rights_told", models.BooleanField()),
                ("way_back_told", models.BooleanField()),
                ("outcome", models.CharField(blank=True, max_length=24)),
                ("row", models.CharField(blank=True, max_length=24)),
                ("rule_from", models.DateField()),
                ("rule_hash", models.CharField(max_length=64)),
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RefusalStep",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("step", models.CharField(max_length=24)),
                ("words", models.TextField(blank=True)),
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
                    "refusal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.refusal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Unfitted",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("why", models.CharField(max_length=24)),
                ("not_ours", models.TextField(blank=True)),
                ("has_carer", models.CharField(default="unknown", max_length=8)),
                ("begun_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=24)),
                ("ended_words", models.TextField(blank=True)),
                ("ended_by", models.UUIDField(null=True)),
                (
                    "carer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
            name="UnfittedLook",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("what", models.CharField(choices=[("review", "檢視服務"), ("carer", "照顧者支持")], max_length=8)),
                ("words", models.TextField()),
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
                    "unfitted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.unfitted"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NotedChange",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("words", models.TextField(blank=True)),
                ("is_reminder", models.BooleanField(default=False)),
                ("happened_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matters.matter"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter", "at"], name="changes_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_reminder", False), models.Q(("by__isnull", True), ("words", "")), _connector="OR"
                        ),
                        name="reminder_of_a_change_tells_no_more",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementRuling",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("ruled_on", models.DateField(null=True)),
                ("until", models.DateField()),
                ("order_number", models.CharField(max_length=60)),
                ("is_longer", models.BooleanField()),
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
                "indexes": [models.Index(fields=["placement", "at"], name="rulings_of_placement")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("order_number", ""), _negated=True),
                        name="ruling_on_a_placement_is_numbered",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reassessment",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("same", "不影響目前的計畫"),
                            ("changed", "計畫要改"),
                            ("graver", "風險升高，已採取措施"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.TextField()),
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
                "indexes": [models.Index(fields=["matter", "at"], name="reassessments_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="reassessment_has_words"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="refusal",
            index=models.Index(fields=["matter", "at"], name="refusals_of_case"),
        ),
        migrations.AddConstraint(
            model_name="refusal",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="refusal_has_words"
            ),
        ),
        migrations.AddIndex(
            model_name="refusalstep",
            index=models.Index(fields=["refusal"], name="steps_of_refusal"),
        ),
        migrations.AddIndex(
            model_name="unfitted",
            index=models.Index(fields=["matter"], name="unfitted_of_case"),
        ),
        migrations.AddConstraint(
            model_name="unfitted",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("matter", "person"),
                name="unfitted_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="unfitted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("ended_how", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        models.Q(("ended_how", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="ended_unfitted_says_how",
            ),
        ),
        migrations.AddIndex(
            model_name="unfittedlook",
            index=models.Index(fields=["unfitted"], name="looks_at_unfitted"),
        ),
        migrations.AddConstraint(
            model_name="unfittedlook",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="look_at_unfitted_has_words"
            ),
        ),
        protect("cases_notedchange"),
        protect("cases_reassessment"),
        protect("cases_refusal"),
        protect("cases_refusalstep"),
        protect("cases_unfitted", update=True),
        protect("cases_unfittedlook"),
        protect("cases_placementruling", file="case_id"),
        *(append_only(f"cases_{table}") for table in GROWING),
        migrations.RunSQL(TOLD, "DROP FUNCTION cases_files_of_change"),
    ]
