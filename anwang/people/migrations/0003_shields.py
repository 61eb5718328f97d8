"""Places that turn out to be hiding places, shields, and identities settled by standing decisions."""

import django.db.models.deletion
from django.db import migrations, models

import anwang.foundation.uuid7
from anwang.access.rls import protect_person

# A hidden address row is read in the safety zone only; every other one as before in the case zone.
HIDDEN = """
CREATE POLICY hidden ON people_address AS RESTRICTIVE FOR SELECT USING (
  NOT is_hidden OR EXISTS (
    SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
     WHERE i.person_id = people_address.person_id AND g.holder = ANY ((SELECT access_keys())::text[])
       AND 'safety' = ANY (g.zones) AND g.starts_at <= (SELECT access_at())
       AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))));
"""

NEAR = """
-- Who could give a hiding place away: the person, other records of him, and whoever shares a file, a home or kinship.
CREATE FUNCTION people_near(who uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT who
  UNION SELECT q.id FROM people_person p JOIN people_person q USING (identity_id) WHERE p.id = who
  UNION SELECT j.person_id FROM access_involvement i JOIN access_involvement j USING (file_id) WHERE i.person_id = who
  UNION SELECT n.person_id FROM people_householdmember m JOIN people_householdmember n USING (household_id)
         WHERE m.person_id = who
  UNION SELECT to_id FROM people_kinship WHERE person_id = who
  UNION SELECT person_id FROM people_kinship WHERE to_id = who
$$;
REVOKE EXECUTE ON FUNCTION people_near FROM PUBLIC;

CREATE FUNCTION people_is_hiding_place(who uuid, place bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM people_safetyaddress s
                  WHERE s.lookup = place AND place <> '' AND s.person_id IN (SELECT people_near(who)))
$$;

CREATE FUNCTION people_hide_addresses(who uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE people_address a SET is_hidden = true
    FROM people_safetyaddress s
   WHERE s.lookup = a.lookup AND a.lookup <> '' AND NOT a.is_hidden
     AND s.person_id IN (SELECT people_near(who)) AND a.person_id IN (SELECT people_near(who))
$$;

CREATE FUNCTION people_may_describe(who uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM access_involvement i JOIN access_grant g ON g.file_id = i.file_id
                  WHERE i.person_id = who AND g.holder = ANY ((SELECT access_keys())::text[]) AND 'case' = ANY (g.zones)
                    AND g.starts_at <= (SELECT access_at()) AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))
      OR EXISTS (SELECT 1 FROM people_person p
                  WHERE p.id = who AND p.recorded_by = nullif(current_setting('anwang.worker', true), '')::uuid
                    AND p.recorded_at > access_at() - interval '1 day')
$$;
"""
NEAR_DOWN = """
DROP FUNCTION people_may_describe; DROP FUNCTION people_hide_addresses; DROP FUNCTION people_is_hiding_place;
DROP FUNCTION people_near;
"""

IDENTITY = """
-- One level: whom a record points to points to itself.
ALTER TABLE people_person
  ADD CONSTRAINT person_with_its_identity UNIQUE (id, identity_id),
  ADD CONSTRAINT identity_is_a_root FOREIGN KEY (identity_id, identity_id)
    REFERENCES people_person (id, identity_id) DEFERRABLE INITIALLY DEFERRED;

-- Points every record that standing "same" decisions connect to one root; false when a standing "apart" contradicts.
-- One at a time, because two circles of records may grow into each other.
CREATE FUNCTION people_settle_identity(one uuid, other uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE members uuid[];
BEGIN
  PERFORM pg_advisory_xact_lock(7040);
  SELECT array_agg(p.id) INTO members FROM people_person p
   WHERE p.identity_id IN (SELECT identity_id FROM people_person WHERE id IN (one, other));
  WITH RECURSIVE standing AS (
    SELECT DISTINCT ON (least(d.person_id, d.other_id), greatest(d.person_id, d.other_id))
           d.person_id AS a, d.other_id AS b, d.verdict
      FROM people_identitydecision d WHERE d.person_id = ANY (members) AND d.other_id = ANY (members)
     ORDER BY least(d.person_id, d.other_id), greatest(d.person_id, d.other_id), d.recorded_at DESC, d.id DESC),
  edges AS (SELECT a, b FROM standing WHERE verdict = 'same' UNION SELECT b, a FROM standing WHERE verdict = 'same'),
  reach (x, y) AS (SELECT m, m FROM unnest(members) m UNION SELECT r.x, e.b FROM reach r JOIN edges e ON e.a = r.y),
  roots AS (SELECT x, (array_agg(y ORDER BY y))[1] AS root FROM reach GROUP BY x)
  UPDATE people_person p SET identity_id = roots.root FROM roots WHERE p.id = roots.x AND p.identity_id <> roots.root;
  RETURN NOT EXISTS (
    SELECT 1 FROM (
      SELECT DISTINCT ON (least(d.person_id, d.other_id), greatest(d.person_id, d.other_id))
             d.person_id AS a, d.other_id AS b, d.verdict
        FROM people_identitydecision d WHERE d.person_id = ANY (members) AND d.other_id = ANY (members)
       ORDER BY least(d.person_id, d.other_id), greatest(d.person_id, d.other_id), d.recorded_at DESC, d.id DESC) s
      JOIN people_person p ON p.id = s.a JOIN people_person q ON q.id = s.b
     WHERE s.verdict = 'apart' AND p.identity_id = q.identity_id);
END $$;
"""
IDENTITY_DOWN = """
DROP FUNCTION people_settle_identity;
ALTER TABLE people_person DROP CONSTRAINT identity_is_a_root, DROP CONSTRAINT person_with_its_identity;
"""

# What the application may change: ends, and the few facts about a person that become known later.
COLUMNS = """
REVOKE UPDATE ON people_person, people_address, people_safetyaddress, people_shield, people_contactpoint,
  people_workerrisk, people_kinship, people_householdmember, people_familymember FROM anwang_app;
GRANT UPDATE (is_unborn, born_earliest, born_latest, birth_is_approximate, died_on, languages, needs_interpreter,
  is_restricted) ON people_person TO anwang_app;
GRANT UPDATE (until_on) ON people_address, people_contactpoint, people_workerrisk, people_kinship,
  people_householdmember, people_familymember TO anwang_app;
GRANT UPDATE (until_at) ON people_safetyaddress, people_shield TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_who_may_read")]

    operations = [
        migrations.AddField("address", "is_hidden", models.BooleanField(default=False)),
        migrations.AddField("address", "lookup", models.BinaryField(default=b"")),
        migrations.AddField("safetyaddress", "lookup", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddIndex("address", models.Index(fields=["lookup"], name="addresses_by_place")),
        migrations.AddIndex("safetyaddress", models.Index(fields=["lookup"], name="safety_addresses_by_place")),
        migrations.CreateModel(
            name="Shield",
            fields=[
                ("id", models.UUIDField(default=anwang.foundation.uuid7.uuid7, primary_key=True, serialize=False)),
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
            options={"indexes": [models.Index(fields=["person"], name="shields_of_person")]},
        ),
        protect_person("people_shield", zone="work", update=True),
        migrations.RunSQL(HIDDEN, "DROP POLICY hidden ON people_address"),
        migrations.RunSQL(NEAR, NEAR_DOWN),
        migrations.RunSQL(IDENTITY, IDENTITY_DOWN),
        migrations.RunSQL(COLUMNS, migrations.RunSQL.noop),
    ]
