"""Requests of data subjects, their answers, and what is due to be erased, held or gone."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect

# The sentence of a copy depends on the side of who asks: asked inside, past the grants, and answered with yes or no.
SIDES = """
ALTER TABLE subjects_request ADD CONSTRAINT subjects_request_sits_on_its_matter
  FOREIGN KEY (matter_id, matter_kind) REFERENCES matters_matter (id, kind) DEFERRABLE INITIALLY DEFERRED;

-- Whether a copy for him must hold nothing of our records: he stands on the other side of any file of the person asked
-- about, or somebody near the person is shielded. Answered only to who acts on a request about that person.
CREATE FUNCTION subjects_must_guard(of_request uuid, asker uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM people_person r JOIN people_person same USING (identity_id)
      JOIN access_involvement i ON i.person_id = same.id JOIN access_involvement o USING (file_id)
     WHERE r.id = q.person_id AND o.circle = 'other'
       AND o.person_id IN (SELECT b.id FROM people_person a JOIN people_person b USING (identity_id) WHERE a.id = asker))
    OR EXISTS (SELECT 1 FROM people_shield s WHERE s.until_at IS NULL AND s.person_id IN (SELECT people_near(q.person_id)))
    OR EXISTS (SELECT 1 FROM people_safetyaddress s
                WHERE s.until_at IS NULL AND s.person_id IN (SELECT people_near(q.person_id)))
    FROM subjects_request q WHERE q.matter_id = of_request AND q.person_id IS NOT NULL
$$;
REVOKE EXECUTE ON FUNCTION subjects_must_guard FROM PUBLIC;
GRANT EXECUTE ON FUNCTION subjects_must_guard TO anwang_app;
"""
SIDES_DOWN = "DROP FUNCTION subjects_must_guard"

ENDED = """
-- Closed files after one key, with the youngest birth in them: for the nightly look, numbers and days only.
CREATE FUNCTION subjects_ended(after uuid, most int)
RETURNS TABLE (file_id uuid, number text, county text, kind text, ended_at timestamptz, youngest date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.number, m.county, m.kind, m.ended_at,
         (SELECT max(p.born_latest) FROM access_involvement i JOIN people_person p ON p.id = i.person_id
           WHERE i.file_id = m.id)
    FROM matters_matter m
   WHERE m.ended_at IS NOT NULL AND m.kind IN ('case', 'report') AND m.id > after
     AND NOT EXISTS (SELECT 1 FROM subjects_due d WHERE d.file_id = m.id)
     AND nullif(current_setting('anwang.service', true), '') = 'retention'
   ORDER BY m.id LIMIT most
$$;
-- A case or report of the county by its number, for who keeps the terms: its key and when it ended, nothing else.
CREATE FUNCTION subjects_file(of_number text, of_county text, OUT id uuid, OUT number text, OUT ended_at timestamptz)
RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id, m.number, m.ended_at FROM matters_matter m
   WHERE m.number = of_number AND m.county = of_county AND m.kind IN ('case', 'report')
     AND EXISTS (SELECT 1 FROM directory_appointment a
                  WHERE a.worker_id = nullif(current_setting('anwang.worker', true), '')::uuid AND a.ended_at IS NULL
                    AND a.role IN ('chief', 'privacy_officer'))
$$;
REVOKE EXECUTE ON FUNCTION subjects_ended, subjects_file FROM PUBLIC;
GRANT EXECUTE ON FUNCTION subjects_ended, subjects_file TO anwang_app;
"""
RIGHTS = """
REVOKE DELETE, TRUNCATE ON subjects_hold, subjects_due, subjects_erasure FROM anwang_app;
REVOKE UPDATE ON subjects_hold, subjects_due, subjects_erasure, subjects_answer, subjects_request FROM anwang_app;
GRANT UPDATE (until_at, ended_by) ON subjects_hold TO anwang_app;
GRANT UPDATE (confirmed_by, done_at, withdrawn_at, rows) ON subjects_erasure TO anwang_app;
GRANT UPDATE (verdict, looked_by, looked_at) ON subjects_answer TO anwang_app;
GRANT UPDATE (person_id, asker_person_id, state, extended_because, handed, answered_at) ON subjects_request
  TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("subjects", "0001_sealed_words"),
        ("directory", "0004_nurses_and_privacy_officers"),
        ("matters", "0016_requests_of_data_subjects"),
        ("people", "0013_disputed_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Due",
            fields=[
                ("file_id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20)),
                ("county", models.CharField(max_length=5)),
                (
                    "by_class",
                    models.CharField(
                        choices=[("record", "結案滿七年"), ("minor", "成年後滿七年"), ("report", "未成案通報滿七年")],
                        max_length=8,
                    ),
                ),
                ("due_on", models.DateField()),
                ("found_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("erased_at__isnull", True)),
                        fields=["county", "due_on"],
                        name="due_of_county",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("number", models.CharField(max_length=20)),
                ("county", models.CharField(max_length=5)),
                ("basis", models.CharField(max_length=12)),
                ("paper", models.CharField(blank=True, max_length=40)),
                ("proposed_by", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_by", models.UUIDField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_by__isnull", True), ("done_at__isnull", True)),
                            models.Q(
                                ("confirmed_by__isnull", False),
                                ("done_at__isnull", False),
                                models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="two_persons_erase",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("file_id",),
                        name="one_erasure_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("file_id", models.UUIDField()),
                ("because", models.CharField(max_length=24)),
                ("paper", models.CharField(blank=True, max_length=40)),
                ("since_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("until_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_at__isnull", True)), fields=("file_id",), name="one_hold_a_file"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
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
                ("matter_kind", models.CharField(default="subject_request", editable=False, max_length=16)),
                (
                    "asks",
                    models.CharField(
                        choices=[
                            ("copy", "查詢、閱覽或複製本"),
                            ("correct", "更正"),
                            ("supplement", "補充"),
                            ("stop", "停止處理或利用"),
                            ("delete", "刪除"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "asker_role",
                    models.CharField(
                        choices=[("self", "本人"), ("guardian", "法定代理人"), ("agent", "受委任的人")], max_length=12
                    ),
                ),
                ("proof", models.CharField(max_length=24)),
                ("sealed", models.BinaryField()),
                ("person_id", models.UUIDField(null=True)),
                ("asker_person_id", models.UUIDField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken", "已收件"),
                            ("written", "答復已擬，等第二人看"),
                            ("approved", "第二人看過，可以交付"),
                            ("answered", "已答復"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="taken",
                        max_length=12,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("extended_because", models.CharField(blank=True, max_length=12)),
                (
                    "handed",
                    models.CharField(
                        blank=True,
                        choices=[("in_person", "當面交付"), ("post", "雙掛號寄到他指定的地址")],
                        max_length=12,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("taken_by", models.UUIDField()),
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
            name="Answer",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("is_guarded", models.BooleanField()),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("sealed", models.BinaryField()),
                ("by", models.UUIDField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True, choices=[("approved", "可以交付"), ("sent_back", "退回重寫")], max_length=12
                    ),
                ),
                ("looked_by", models.UUIDField(null=True)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="subjects.request"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("matter_kind", "subject_request")), name="request_sits_on_a_request"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answered_at__isnull", False), ("state", "answered"), models.Q(("handed", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("state", "answered"), _negated=True), ("answered_at__isnull", True), ("handed", "")
                    ),
                    _connector="OR",
                ),
                name="answered_request_says_when_and_how",
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["request", "-recorded_at"], name="answers_of_request"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("looked_by__isnull", True), models.Q(("looked_by", models.F("by")), _negated=True), _connector="OR"
                ),
                name="a_second_person_looks",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("looked_at__isnull", True), ("looked_by__isnull", True), ("verdict", "")),
                    models.Q(
                        models.Q(("verdict", ""), _negated=True),
                        ("looked_at__isnull", False),
                        ("looked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_look_has_an_outcome",
            ),
        ),
        protect("subjects_request", zone="work", update=True),
        protect("subjects_answer", file="request_id", zone="work", update=True),
        migrations.RunSQL(SIDES, SIDES_DOWN),
        migrations.RunSQL(ENDED, "DROP FUNCTION subjects_file; DROP FUNCTION subjects_ended"),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
