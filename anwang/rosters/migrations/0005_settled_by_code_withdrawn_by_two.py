"""A wrong count or hash is settled by a code with what it asks for; a row is taken back by two persons."""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import F, Q

import anwang.foundation.uuid7
from anwang.access.rls import protect

NAMED = ~Q(answered_by="") & ~Q(asked="")
SAYS_HOW = (
    (Q(outcome="resent", resent__isnull=False) & ~Q(resent=F("file")))
    | (Q(outcome="count_confirmed", covers_hash=False, resent__isnull=True) & NAMED)
    | (Q(outcome="hash_confirmed", covers_count=False, resent__isnull=True) & NAMED)
    | (Q(outcome="row_found", covers_hash=False, resent__isnull=True) & ~Q(words=""))
)
BY_TWO = Q(state="asked", decided_by__isnull=True, decided_at__isnull=True) | (
    Q(state__in=["confirmed", "sent_back"], decided_by__isnull=False, decided_at__gte=F("asked_at"))
    & ~Q(decided_by=F("asked_by"))
)
NEW_VIEW = """
CREATE VIEW rosters_settled AS SELECT file_id, covers_count, covers_hash FROM rosters_rostersettlement;
REVOKE ALL ON rosters_settled FROM anwang_app;
GRANT SELECT ON rosters_settled TO anwang_app;
"""
OLD_VIEW = """
CREATE VIEW rosters_settled AS SELECT file_id FROM rosters_rostersettlement;
GRANT SELECT ON rosters_settled TO anwang_app;
"""
DROP_VIEW = "DROP VIEW rosters_settled"

# What the form says cannot be written around: a row is withdrawn where somebody else confirmed it.
BY_ANOTHER = """
REVOKE UPDATE, DELETE, TRUNCATE ON rosters_rosterwithdrawal FROM anwang_app;
GRANT UPDATE (state, decided_by, decided_at, decided_words) ON rosters_rosterwithdrawal TO anwang_app;
CREATE FUNCTION rosters_withdrawn_by_two() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM rosters_rosterwithdrawal w WHERE w.row_id = NEW.id AND w.state = 'confirmed') THEN
    RAISE EXCEPTION 'a roster row is withdrawn when a second person confirmed it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'roster_row_withdrawn_by_two';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER withdrawn_by_two BEFORE UPDATE ON rosters_rosterrow FOR EACH ROW
  WHEN (NEW.state = 'withdrawn' AND OLD.state <> 'withdrawn') EXECUTE FUNCTION rosters_withdrawn_by_two();
CREATE FUNCTION rosters_withdrawal_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'asked' THEN
    RAISE EXCEPTION 'a withdrawal of a roster row was decided'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'roster_withdrawal_decided_once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decided_once BEFORE UPDATE ON rosters_rosterwithdrawal FOR EACH ROW
  EXECUTE FUNCTION rosters_withdrawal_stands();
"""
BY_ANOTHER_DOWN = """
DROP TRIGGER decided_once ON rosters_rosterwithdrawal; DROP FUNCTION rosters_withdrawal_stands;
DROP TRIGGER withdrawn_by_two ON rosters_rosterrow; DROP FUNCTION rosters_withdrawn_by_two;
"""


def _once(name: str, column: str) -> migrations.AddConstraint:
    constraint = models.UniqueConstraint(fields=["file"], condition=Q(**{column: True}), name=name)
    return migrations.AddConstraint("rostersettlement", constraint)


class Migration(migrations.Migration):
    dependencies = [("rosters", "0004_where_a_hidden_child_went")]
    operations = [
        migrations.RunSQL(DROP_VIEW, OLD_VIEW),
        migrations.RemoveConstraint("rostersettlement", "roster_settlement_says_how"),
        migrations.AlterField(
            "rostersettlement",
            "file",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rosters.rosterfile"),
        ),
        migrations.AddField("rostersettlement", "outcome", models.CharField(default="", max_length=24)),
        migrations.AddField("rostersettlement", "covers_count", models.BooleanField(default=True)),
        migrations.AddField("rostersettlement", "covers_hash", models.BooleanField(default=True)),
        migrations.AddField("rostersettlement", "answered_by", models.CharField(default="", max_length=60)),
        migrations.AddField(
            "rostersettlement",
            "resent",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="rosters.rosterfile",
            ),
        ),
        migrations.AlterField("rostersettlement", "words", models.CharField(blank=True, max_length=300)),
        migrations.AlterField("rostersettlement", "asked", models.CharField(blank=True, max_length=60)),
        _once("roster_count_settled_once", "covers_count"),
        _once("roster_hash_settled_once", "covers_hash"),
        migrations.AddConstraint(
            "rostersettlement",
            models.CheckConstraint(
                condition=Q(covers_count=True) | Q(covers_hash=True), name="roster_settlement_of_something"
            ),
        ),
        # What was settled in words before there were codes stays as it is.
        AddConstraintNotValid(
            "rostersettlement", models.CheckConstraint(condition=SAYS_HOW, name="roster_settlement_says_how")
        ),
        migrations.RunSQL(NEW_VIEW, DROP_VIEW),
        migrations.CreateModel(
            name="RosterWithdrawal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False),
                ),
                ("file_id", models.UUIDField()),
                ("because", models.CharField(max_length=24)),
                ("words", models.CharField(max_length=300)),
                ("asked_by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "等第二人確認"), ("confirmed", "確認撤回"), ("sent_back", "不同意撤回")],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_words", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="rosters.rosterrow"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["row"],
                        condition=Q(state__in=["asked", "confirmed"]),
                        name="roster_row_withdrawn_once",
                    ),
                    models.CheckConstraint(condition=~Q(because="") & ~Q(words=""), name="roster_withdrawal_says_why"),
                    models.CheckConstraint(condition=BY_TWO, name="roster_withdrawal_by_two"),
                    models.CheckConstraint(
                        condition=~Q(state="sent_back") | ~Q(decided_words=""),
                        name="roster_withdrawal_sent_back_says_why",
                    ),
                ],
            },
        ),
        protect("rosters_rosterwithdrawal", file="file_id", update=True),
        migrations.RunSQL(BY_ANOTHER, BY_ANOTHER_DOWN),
    ]
