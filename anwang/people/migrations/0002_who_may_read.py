"""Row-level security for everything about persons. Case-families are read through their members' files."""

from django.db import migrations

from anwang.access.rls import protect_person
from anwang.audit.tables import append_only

FAMILY = """
ALTER TABLE people_family ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON people_family FOR SELECT USING (
  EXISTS (SELECT 1 FROM matters_matter m JOIN access_grant g ON g.file_id = m.id
           WHERE m.family_id = people_family.id AND g.holder = ANY ((SELECT access_keys())::text[])
             AND 'work' = ANY (g.zones) AND g.starts_at <= (SELECT access_at())
             AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))));
CREATE POLICY writes ON people_family FOR INSERT WITH CHECK (
  nullif(current_setting('anwang.worker', true), '') IS NOT NULL OR nullif(current_setting('anwang.service', true), '') IS NOT NULL);
REVOKE UPDATE, DELETE ON people_family FROM anwang_app;
ALTER TABLE people_household ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON people_household FOR SELECT USING (
  EXISTS (SELECT 1 FROM people_householdmember m JOIN access_involvement i ON i.person_id = m.person_id
            JOIN access_grant g ON g.file_id = i.file_id
           WHERE m.household_id = people_household.id AND g.holder = ANY ((SELECT access_keys())::text[])
             AND 'case' = ANY (g.zones) AND g.starts_at <= (SELECT access_at())
             AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))));
CREATE POLICY writes ON people_household FOR INSERT WITH CHECK (
  nullif(current_setting('anwang.worker', true), '') IS NOT NULL OR nullif(current_setting('anwang.service', true), '') IS NOT NULL);
REVOKE UPDATE, DELETE ON people_household FROM anwang_app;
"""
FAMILY_DOWN = """
DROP POLICY reads ON people_family; DROP POLICY writes ON people_family; ALTER TABLE people_family DISABLE ROW LEVEL SECURITY;
DROP POLICY reads ON people_household; DROP POLICY writes ON people_household; ALTER TABLE people_household DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_persons"),
        ("access", "0002_keys_of_a_viewer"),
        ("matters", "0003_promises"),
    ]
    operations = [
        protect_person("people_person", person="id", update=True),
        protect_person("people_nameseal", zone="special"),
        protect_person("people_identifier"),
        protect_person("people_identitydecision"),
        protect_person("people_householdmember", update=True),
        protect_person("people_kinship", update=True),
        protect_person("people_familymember", update=True),
        protect_person("people_address", update=True),
        protect_person("people_safetyaddress", zone="safety", update=True),
        protect_person("people_contactpoint", update=True),
        protect_person("people_workerrisk", zone="work", update=True),
        append_only("people_identitydecision"),
        migrations.RunSQL(FAMILY, FAMILY_DOWN),
    ]
