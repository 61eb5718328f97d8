"""Tables that grow may be sealed again and emptied by law; what lay open in special zones is sealed now."""

from django.conf import settings
from django.db import migrations

from anwang.foundation import ring

# Tables with content about people that until now nobody could change, not even by law.
GROWING = (
    "cases_closing", "cases_contact", "cases_contacttext", "cases_effort", "cases_excludedtime", "cases_gradechange",
    "cases_incidentnote", "cases_investigation", "cases_investigationsubject", "cases_note", "cases_observation",
    "cases_assessment", "cases_safetyresult", "cases_searchstep", "cases_sharedplan", "cases_sighting",
    "cases_sightingchecked", "cases_whodoeswhat", "documents_paperbody", "documents_paperwords", "intake_decision",
    "intake_originalbody", "intake_receipt", "intake_reporter", "intake_reportlink", "intake_reportoriginal",
    "intake_reportperson", "intake_reportsupplement", "intake_screeninganswer", "intake_shiftnote",
    "matters_disputestatement", "matters_offerwords", "matters_reviewwords", "people_correction",
    "rosters_rosterbody", "rosters_rostercells", "rosters_rostersettlement", "systems_endpointsecret",
    "systems_incomingbody",
)  # fmt: skip

SWAP = """
DO $$ DECLARE tab text; BEGIN
  FOREACH tab IN ARRAY ARRAY[{tables}] LOOP
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = tab::regclass AND tgname = 'append_only') THEN
      EXECUTE format('DROP TRIGGER append_only ON %I', tab);
      EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                      FOR EACH STATEMENT EXECUTE FUNCTION {function}()', tab);
    END IF;
  END LOOP;
END $$
"""
NAMES = ", ".join(f"'{table}'" for table in GROWING)
UP = SWAP.format(tables=NAMES, function="append_only_but_rewritten")
DOWN = SWAP.format(tables=NAMES, function="append_only")

CHECKS = """
ALTER TABLE cases_note ADD CONSTRAINT note_of_a_closed_zone_is_sealed
  CHECK (zone NOT IN ('special', 'safety') OR text LIKE '⟦1:%⟧');
ALTER TABLE cases_observation ADD CONSTRAINT observation_is_sealed CHECK (text LIKE '⟦1:%⟧');
ALTER TABLE intake_originalbody ADD CONSTRAINT original_is_sealed CHECK (people_version_of(body) > 0);
"""
CHECKS_DOWN = """
ALTER TABLE cases_note DROP CONSTRAINT note_of_a_closed_zone_is_sealed;
ALTER TABLE cases_observation DROP CONSTRAINT observation_is_sealed;
ALTER TABLE intake_originalbody DROP CONSTRAINT original_is_sealed;
"""
OPEN = (
    # table, key, column, ring, context, which rows, words
    ("cases_note", "id", "text", "seals", "cases.note.text", "zone IN ('special', 'safety')", True),
    ("cases_observation", "seen_id", "text", "seals", "cases.observation.text", "true", True),
    ("people_address", "id", "text", "seals", "people.address.text", "is_hidden", True),
    ("intake_originalbody", "original_id", "body", "reporters", "intake.original", "true", False),
)


def seal_what_lay_open(apps, editor):
    """Once, in the transaction of this migration: rows written before there was a seal for them."""
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('anwang.keeps', 'on', true), set_config('anwang.rewriting', 'on', true)")
        for table, key, column, name, context, which, is_words in OPEN:
            is_open = f"{column} NOT LIKE '⟦1:%%⟧'" if is_words else f"length({column}) >= 0"
            cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE {which} AND {is_open}")  # noqa: S608
            keyring = ring.keyring(settings.KEYRING, name)
            for row_id, value in cursor.fetchall():
                about = f"{context}:{row_id}"
                sealed = keyring.seal_text(value, about) if is_words else keyring.seal_bytes(bytes(value), about)
                cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [sealed, row_id])  # noqa: S608
        cursor.execute("SELECT set_config('anwang.rewriting', '', true)")
        # What the deferred keys of these rows still have to check comes before the tables change.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("people", "0012_key_versions"),
        ("cases", "0020_listed_again"),
        ("documents", "0004_asked_about"),
        ("intake", "0016_who_reported_in_one_seal"),
        ("matters", "0013_matters_are_many"),
        ("rosters", "0005_settled_by_code_withdrawn_by_two"),
        ("systems", "0004_endpoints_of_live_systems"),
    ]
    operations = [
        migrations.RunSQL(UP, DOWN),
        migrations.RunPython(seal_what_lay_open, migrations.RunPython.noop),
        migrations.RunSQL(CHECKS, CHECKS_DOWN),
    ]
