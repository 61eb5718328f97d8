"""A file about the other party carries no report in which its client stands on the other side.

A case of mental health or suicide follow-up is opened on no side. When it arose from the report of violence, its worker
read that report: her name, her children, who reported. Its own report, in which he is the client, it carries as before.
"""

from importlib import import_module

from django.db import migrations

from anwang.access.planned import planned

_before = import_module("anwang.cases.migrations.0003_looking_and_carrying").CARRY
_start = _before.index("CREATE FUNCTION cases_carry_reports")
BEFORE = _before[_start : _before.index("END $$;", _start) + len("END $$;")]

FROM_REPORTS = "    JOIN matters_matter rm ON rm.id = r.id AND rm.kind = 'report'\n"
ENDS = "   WHERE because = 'case' AND because_id = of_case AND ends_at IS NULL AND holder NOT IN (acting, supervising);"

TELLS_OF_HER = """
-- Whether a report stands on the other side of a case's clients: some stand in it as the other party, none otherwise.
CREATE FUNCTION cases_report_is_of_other_side(of_case uuid, report uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(bool_and(i.circle = 'other'), false)
    FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
    JOIN people_person q ON q.identity_id = p.identity_id
    JOIN access_involvement i ON i.person_id = q.id AND i.file_id = report
   WHERE s.matter_id = of_case AND s.until_on IS NULL
$$;
REVOKE EXECUTE ON FUNCTION cases_report_is_of_other_side FROM PUBLIC;
"""
CARRY = BEFORE.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
AFTER = CARRY.replace(
    FROM_REPORTS, FROM_REPORTS.rstrip("\n") + " AND NOT cases_report_is_of_other_side(of_case, r.id)\n"
).replace(
    ENDS,
    ENDS.replace(
        "holder NOT IN (acting, supervising);",
        "(holder NOT IN (acting, supervising)\n     OR cases_report_is_of_other_side(of_case, file_id));",
    ),
)

# Who the clients are is written after the case itself: what it carried till then is looked at again.
SUBJECTS = """
CREATE FUNCTION cases_after_naming() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM cases_case c JOIN matters_matter m ON m.id = c.id
              WHERE c.id = NEW.matter_id AND c.circle = 'neutral' AND m.arose_from_id IS NOT NULL
                AND cases_report_is_of_other_side(c.id, m.arose_from_id)) THEN
    PERFORM cases_carry_reports(NEW.matter_id, (SELECT acting_since FROM matters_matter WHERE id = NEW.matter_id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER names AFTER INSERT ON cases_casesubject FOR EACH ROW WHEN (NEW.person_id IS NOT NULL)
  EXECUTE FUNCTION cases_after_naming();
"""
SUBJECTS_DOWN = "DROP TRIGGER names ON cases_casesubject; DROP FUNCTION cases_after_naming;"


class Migration(migrations.Migration):
    dependencies = [("cases", "0020_listed_again")]
    operations = [
        migrations.RunSQL(TELLS_OF_HER, "DROP FUNCTION cases_report_is_of_other_side"),
        migrations.RunSQL(AFTER, CARRY),
        migrations.RunSQL(SUBJECTS, SUBJECTS_DOWN),
        planned("cases_report_is_of_other_side"),
    ]
