"""Taking content away for good: one function, only for what two persons decided and nobody holds."""
# ruff: noqa: S608  only names of this file are put in

from django.db import migrations

# (table, column that names the file): whole rows go, former versions, search keys and sealed texts with them.
GONE = (
    ("cases_incidentread", "file_id"), ("cases_incidentnote", "file_id"), ("cases_note", "matter_id"),
    ("cases_effort", "matter_id"), ("cases_sightingchecked", "matter_id"), ("cases_sighting", "matter_id"),
    ("cases_searchstep", "matter_id"), ("cases_search", "matter_id"), ("cases_excludedtime", "case_id"),
    ("cases_investigationsubject", "matter_id"), ("cases_investigation", "matter_id"),
    ("cases_safetyresult", "matter_id"), ("cases_assessment", "matter_id"), ("cases_sharedplan", "matter_id"),
    ("cases_whodoeswhat", "matter_id"), ("cases_gradechange", "matter_id"),
    ("matters_disputestatement", "matter_id"), ("matters_reviewwords", "matter_id"), ("matters_offerwords", "matter_id"),
    ("matters_reminder", "matter_id"), ("documents_askedabout", "file_id"), ("documents_paperwords", "file_id"),
    ("documents_paperbody", "file_id"), ("intake_originalbody", "report_id"), ("intake_reporter", "report_id"),
    ("intake_reportsupplement", "report_id"), ("intake_screeninganswer", "report_id"), ("intake_receipt", "report_id"),
    ("intake_tonightwatch", "matter_id"), ("intake_shiftnote", "matter_id"), ("protection_relayto", "matter_id"),
    ("protection_violation", "matter_id"), ("protection_orderchange", "matter_id"), ("protection_seeking", "matter_id"),
    ("protection_shieldedplace", "matter_id"),
)  # fmt: skip
# (table, column that names the file, what its columns become): rows that other rows stand on.
EMPTY = (
    ("cases_case", "id", "legal_basis = ''"),
    ("cases_casesubject", "matter_id", "grade = '', class_code = '', safety = '', outcome = '', living = 'unknown'"),
    ("cases_closing", "matter_id", "reason = '—', summary = '—', capacity = ''"),
    ("cases_placement", "case_id", "order_number = ''"),
    ("cases_notice", "case_id", "to_whom = '—', words = '—'"),
    ("cases_coordination", "id", "differs_because = ''"),
    ("cases_leaving", "matter_id", "objection = ''"),
    ("protection_order", "matter_id", "court = '—', number = '—'"),
    ("intake_report", "id", "narrative = '—', place = '', area_code = '', reporting_unit = '', urgency = '{}'"),
    ("intake_reportoriginal", "report_id", "name = ''"),
    ("intake_reportperson", "report_id",
     "relation = '', age_text = '', injuries = '', where_now = '', notes = ''"),
    ("intake_decision", "report_id", "advice = '{}', reason = '—'"),
    ("intake_reportlink", "report_id", "reason = '—', answers = '{}'"),
    ("intake_call", "report_id", "about = '—', sealed_caller = NULL"),
)  # fmt: skip
PERSON_GONE = (
    "people_identifier", "people_nameseal", "people_safetyaddress", "people_shield", "people_address",
    "people_contactpoint", "people_workerrisk", "people_correction", "people_disputedfact", "people_householdmember",
    "people_familymember",
)  # fmt: skip

SWAP = """
DO $$ DECLARE tab text; BEGIN
  FOREACH tab IN ARRAY ARRAY[{tables}] LOOP
    IF EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(tab) AND tgname = 'append_only') THEN
      EXECUTE format('DROP TRIGGER append_only ON %I', tab);
      EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                      FOR EACH STATEMENT EXECUTE FUNCTION {function}()', tab);
    END IF;
  END LOOP;
END $$
"""
TABLES = ", ".join(f"'{table}'" for table in dict.fromkeys([one[0] for one in (*GONE, *EMPTY)]))


COUNT = "GET DIAGNOSTICS k = ROW_COUNT; n := n + k;"


def statements() -> str:
    lines = [f"  DELETE FROM {table} WHERE {column} = doomed; {COUNT}" for table, column in GONE]
    lines += [f"  UPDATE {table} SET {to} WHERE {column} = doomed;" for table, column, to in EMPTY]
    lines += [f"  DELETE FROM {table} WHERE person_id = ANY (people);" for table in PERSON_GONE]
    return "\n".join(lines)


ERASE = f"""
-- The content of one closed file, and of the people who stand in no other. What stays is numbers, instants and codes.
-- The caller is the second person, and said so in the row; the database looks again at everything that must hold.
CREATE FUNCTION subjects_erase(one uuid) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE e subjects_erasure; doomed uuid; people uuid[]; contacts uuid[]; families uuid[]; n bigint := 0; k bigint;
BEGIN
  SELECT * INTO e FROM subjects_erasure WHERE id = one FOR UPDATE;
  IF e.id IS NULL OR e.confirmed_by IS NULL OR e.confirmed_by = e.proposed_by OR e.withdrawn_at IS NOT NULL
     OR e.confirmed_by IS DISTINCT FROM nullif(current_setting('anwang.worker', true), '')::uuid THEN
    RAISE 'two persons erase, and this one is not among them' USING ERRCODE = '23514';
  END IF;
  doomed := e.file_id;
  IF EXISTS (SELECT 1 FROM subjects_hold h WHERE h.file_id = doomed AND h.until_at IS NULL) THEN
    RAISE 'this file is held' USING ERRCODE = '23514';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM matters_matter m WHERE m.id = doomed AND m.ended_at IS NOT NULL) THEN
    RAISE 'only a closed file is erased' USING ERRCODE = '23514';
  END IF;
  PERFORM set_config('anwang.rewriting', 'on', true);
  SELECT coalesce(array_agg(i.person_id), '{{}}') INTO people FROM access_involvement i
   WHERE i.file_id = doomed AND NOT EXISTS (
     SELECT 1 FROM access_involvement j WHERE j.person_id = i.person_id AND j.file_id <> doomed
        AND NOT EXISTS (SELECT 1 FROM subjects_erasure d WHERE d.file_id = j.file_id AND d.done_at IS NOT NULL));
  -- A visit that served several files goes with the last of them.
  SELECT coalesce(array_agg(s.contact_id), '{{}}') INTO contacts FROM cases_contactserves s
   WHERE s.matter_id = doomed AND NOT EXISTS (
     SELECT 1 FROM cases_contactserves o WHERE o.contact_id = s.contact_id AND o.matter_id <> doomed
        AND NOT EXISTS (SELECT 1 FROM subjects_erasure d WHERE d.file_id = o.matter_id AND d.done_at IS NOT NULL));
  SELECT coalesce(array_agg(m.family_id), '{{}}') INTO families FROM people_familymember m WHERE m.person_id = ANY (people);
  DELETE FROM cases_observation WHERE contact_id = ANY (contacts); GET DIAGNOSTICS k = ROW_COUNT; n := n + k;
  DELETE FROM cases_contacttext WHERE contact_id = ANY (contacts); GET DIAGNOSTICS k = ROW_COUNT; n := n + k;
  UPDATE cases_contact SET corrects_because = '' WHERE id = ANY (contacts);
  DELETE FROM rosters_rostercells c USING rosters_rosterrow r WHERE r.id = c.row_id AND r.report_id = doomed;
{statements()}
  UPDATE people_household SET area_code = '' WHERE NOT EXISTS (
    SELECT 1 FROM people_householdmember m WHERE m.household_id = people_household.id) AND area_code <> '';
  DELETE FROM people_kinship WHERE person_id = ANY (people) OR to_id = ANY (people);
  UPDATE people_person SET name = '', name_key = '', name_kind = 'full', sex = 'unknown', born_earliest = NULL,
    born_latest = NULL, birth_is_approximate = false, is_unborn = false, due_on = NULL, died_on = NULL, languages = ''
   WHERE id = ANY (people);
  GET DIAGNOSTICS k = ROW_COUNT; n := n + k;
  UPDATE people_family f SET label = '—' WHERE f.id = ANY (families)
     AND NOT EXISTS (SELECT 1 FROM people_familymember m WHERE m.family_id = f.id);
  DELETE FROM access_involvement WHERE file_id = doomed;
  UPDATE access_grant SET ends_at = e.done_at WHERE file_id = doomed AND (ends_at IS NULL OR ends_at > e.done_at);
  UPDATE subjects_due SET erased_at = e.done_at WHERE file_id = doomed;
  PERFORM set_config('anwang.rewriting', '', true);
  RETURN n;
END $$;
REVOKE EXECUTE ON FUNCTION subjects_erase FROM PUBLIC;
GRANT EXECUTE ON FUNCTION subjects_erase TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("subjects", "0002_requests"),
        ("protection", "0003_county_is_an_address"),
        ("cases", "0020_listed_again"),
        ("intake", "0016_who_reported_in_one_seal"),
    ]

    operations = [
        migrations.RunSQL(
            SWAP.format(tables=TABLES, function="append_only_but_rewritten"),
            SWAP.format(tables=TABLES, function="append_only"),
        ),
        migrations.RunSQL(ERASE, "DROP FUNCTION subjects_erase"),
    ]
