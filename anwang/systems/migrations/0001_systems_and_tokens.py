"""Other systems, their tokens, and the one statement that admits a token."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import anwang.directory.models
import anwang.foundation.uuid7

UP = """
ALTER TABLE systems_token
  ADD CONSTRAINT token_live_only_while_its_system_is FOREIGN KEY (live_of) REFERENCES systems_system (live_id)
  DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION systems_token_stays_at_home() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM systems_system s WHERE s.id = NEW.system_id AND s.county_id <> NEW.county_id) THEN
    RAISE 'a county''s system has tokens for its own county' USING ERRCODE = '23514', CONSTRAINT = 'token_of_its_county';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_at_home BEFORE INSERT ON systems_token FOR EACH ROW EXECUTE FUNCTION systems_token_stays_at_home();

CREATE FUNCTION systems_stays_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(OLD) ->> TG_ARGV[0]) IS NOT NULL AND (to_jsonb(NEW) ->> TG_ARGV[0]) IS DISTINCT FROM (to_jsonb(OLD) ->> TG_ARGV[0]) THEN
    RAISE 'what is ended stays ended' USING ERRCODE = '23514', CONSTRAINT = 'ended_stays_ended';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_ended BEFORE UPDATE ON systems_token FOR EACH ROW EXECUTE FUNCTION systems_stays_ended('revoked_at');
CREATE TRIGGER stays_ended BEFORE UPDATE ON systems_system FOR EACH ROW EXECUTE FUNCTION systems_stays_ended('retired_at');

-- Nothing changes but the ends; last_used_at is written by systems_admit() alone.
REVOKE UPDATE, DELETE ON systems_system, systems_token, systems_tokenseal, systems_requestkey FROM anwang_app;
GRANT UPDATE (retired_at, retired_by) ON systems_system TO anwang_app;
GRANT UPDATE (revoked_at, revoked_by) ON systems_token TO anwang_app;

-- The sums of the secrets: written by whoever issues, read by no log-in of the program.
ALTER TABLE systems_tokenseal ENABLE ROW LEVEL SECURITY;
CREATE POLICY writes ON systems_tokenseal FOR INSERT
  WITH CHECK (nullif(current_setting('anwang.worker', true), '') IS NOT NULL);

-- Who shows this token? Answers only when prefix and secret belong together, also for one that has ended, so that its
-- holder can be told why; names the system to the database only when the token is live.
CREATE FUNCTION systems_admit(shown text, secret text, seen_at timestamptz,
  OUT system_id uuid, OUT code text, OUT name text, OUT county text, OUT scopes text[],
  OUT expires_at timestamptz, OUT ended_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  token uuid; used timestamptz;
BEGIN
  SELECT s.id, s.code, s.name, t.county_id, t.scopes, t.expires_at, least(t.revoked_at, s.retired_at), t.id, t.last_used_at
    INTO system_id, code, name, county, scopes, expires_at, ended_at, token, used
    FROM systems_token t JOIN systems_tokenseal k ON k.token_id = t.id JOIN systems_system s ON s.id = t.system_id
   WHERE t.prefix = shown AND k.sha256 = sha256(k.salt || convert_to(secret, 'UTF8'));
  IF token IS NULL OR ended_at <= seen_at OR expires_at <= seen_at THEN
    PERFORM set_config('anwang.worker', '', true), set_config('anwang.service', '', true);
    RETURN;
  END IF;
  PERFORM set_config('anwang.worker', '', true), set_config('anwang.service', 'api:' || code, true),
          set_config('anwang.at', seen_at::text, true);
  IF used IS NULL OR used < date_trunc('hour', seen_at) THEN
    -- Whoever is second in the hour does not wait for the first.
    UPDATE systems_token SET last_used_at = date_trunc('hour', seen_at)
     WHERE id = (SELECT t.id FROM systems_token t WHERE t.id = token FOR UPDATE SKIP LOCKED);
  END IF;
END $$;
"""
DOWN = """
DROP FUNCTION systems_admit; DROP POLICY writes ON systems_tokenseal;
DROP TRIGGER stays_at_home ON systems_token; DROP TRIGGER stays_ended ON systems_token;
DROP TRIGGER stays_ended ON systems_system; DROP FUNCTION systems_token_stays_at_home; DROP FUNCTION systems_stays_ended;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_names_as_read"),
    ]

    operations = [
        migrations.CreateModel(
            name="System",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=24, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                ("agency", models.CharField(max_length=80)),
                ("reach", models.CharField(choices=[("county", "縣市"), ("national", "全國")], max_length=8)),
                ("contact_unit", models.CharField(max_length=80)),
                ("contact_phone", models.CharField(blank=True, max_length=40)),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), size=None),
                ),
                ("registered_at", models.DateTimeField()),
                ("registered_by", models.UUIDField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
                ("retired_by", models.UUIDField(null=True)),
                (
                    "live_id",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(retired_at__isnull=True, then=models.F("id"))),
                        output_field=models.UUIDField(null=True),
                        unique=True,
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.jurisdiction",
                    ),
                ),
            ],
            bases=(anwang.directory.models.Named, models.Model),
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="systems.system"
                    ),
                ),
                ("prefix", models.CharField(max_length=8, unique=True)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), size=None),
                ),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.UUIDField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "live_of",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(models.When(revoked_at__isnull=True, then=models.F("system_id"))),
                        output_field=models.UUIDField(null=True),
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.jurisdiction"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestKey",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="systems.system"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TokenSeal",
            fields=[
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="systems.token",
                    ),
                ),
                ("salt", models.BinaryField()),
                ("sha256", models.BinaryField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[a-z][a-z0-9-]{1,23}$")), name="system_code_is_a_word"
            ),
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("name", ""), _negated=True), models.Q(("agency", ""), _negated=True)),
                name="system_has_a_name_and_an_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("county__isnull", False), ("reach", "county")),
                    models.Q(("county__isnull", True), ("reach", "national")),
                    _connector="OR",
                ),
                name="system_names_its_county_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channels__contained_by", ["api", "fhir", "roster", "webhook", "file"]), ("channels__len__gt", 0)
                ),
                name="system_talks_on_known_channels",
            ),
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_at__isnull", True), ("retired_at__gte", models.F("registered_at")), _connector="OR"
                ),
                name="system_retires_after_it_came",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestkey",
            constraint=models.UniqueConstraint(fields=("system", "key"), name="request_key_once_by_system"),
        ),
        migrations.AddIndex(
            model_name="token",
            index=models.Index(fields=["system", "expires_at"], name="tokens_of_system"),
        ),
        migrations.AddConstraint(
            model_name="token",
            constraint=models.CheckConstraint(
                condition=models.Q(("prefix__regex", "^[0-9a-z]{8}$")), name="token_prefix_is_eight_signs"
            ),
        ),
        migrations.AddConstraint(
            model_name="token",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "scopes__contained_by",
                        ["reports:write", "reports:read", "fhir:write", "fhir:read", "rosters:write"],
                    ),
                    ("scopes__len__gt", 0),
                ),
                name="token_scopes_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="token",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("issued_at"))), name="token_ends_after_it_begins"
            ),
        ),
        migrations.AddConstraint(
            model_name="token",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True), ("revoked_at__gte", models.F("issued_at")), _connector="OR"
                ),
                name="token_revoked_after_it_was_issued",
            ),
        ),
        migrations.RunSQL(UP, DOWN),
    ]
