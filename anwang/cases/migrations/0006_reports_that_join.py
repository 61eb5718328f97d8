"""A further report is dispatched into an open case by somebody who may not read it: find the subject, grade it anew."""

from django.db import migrations

UP = """
-- Whether a person, under any record of the same identity, is a subject of an open case, and on which side it stands.
CREATE FUNCTION cases_subject_for(of_case uuid, of_person uuid)
RETURNS TABLE (case_kind text, circle text, subject_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.kind::text, c.circle::text, s.id, s.person_id
    FROM cases_case c
    LEFT JOIN (cases_casesubject s JOIN people_person p ON p.id = s.person_id
               JOIN people_person q ON q.identity_id = p.identity_id AND q.id = of_person)
      ON s.matter_id = c.id AND s.until_on IS NULL
   WHERE c.id = of_case AND EXISTS (SELECT 1 FROM unnest(access_keys()) AS k(key)
     WHERE key LIKE 'd:%' OR split_part(key, '/', 2)
       IN ('screener', 'screening_supervisor', 'duty_worker', 'duty_supervisor', 'supervising'))
   LIMIT 1
$$;

-- The newest line of the history of grades is the grade of the subject.
CREATE FUNCTION cases_after_grading() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE cases_casesubject SET grade = NEW.grade, class_code = NEW.class_code
   WHERE id = NEW.subject_id AND (grade, class_code) IS DISTINCT FROM (NEW.grade, NEW.class_code);
  RETURN NULL;
END $$;
CREATE TRIGGER grades AFTER INSERT ON cases_gradechange FOR EACH ROW EXECUTE FUNCTION cases_after_grading();
"""
DOWN = """
DROP TRIGGER grades ON cases_gradechange; DROP FUNCTION cases_after_grading; DROP FUNCTION cases_subject_for;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_empty_is_not_yes")]
    operations = [migrations.RunSQL(UP, DOWN)]
