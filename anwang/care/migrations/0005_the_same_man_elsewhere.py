"""Who is written down anew in an emergency is known as who is served elsewhere; match only, nothing is shown."""

from importlib import import_module

from django.db import migrations

first = import_module("anwang.care.migrations.0002_who_may_read")

# The records of the human whom a record means: by decision, by a number, by full name and exact day of birth; never
# one of which somebody last decided that it is another (ADR 0108 finds files the same way).
SAME = """
  SELECT q.id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id WHERE p.id = who
  UNION
  SELECT q.id
    FROM (SELECT b.person_id AS id FROM people_identifier a JOIN people_identifier b ON b.lookup = a.lookup
           WHERE a.person_id = who
          UNION
          SELECT t.id FROM people_person p JOIN people_person t ON t.name_key = p.name_key AND t.name_key <> ''
             AND t.born_earliest = p.born_earliest AND t.born_latest = p.born_latest AND t.name_kind = 'full'
           WHERE p.id = who AND p.name_key <> '' AND p.name_kind = 'full' AND p.born_earliest = p.born_latest) alike
    JOIN people_person t ON t.id = alike.id
    JOIN people_person q ON q.identity_id = t.identity_id
   WHERE NOT EXISTS (
     SELECT 1 FROM people_identitydecision d
      WHERE d.verdict = 'apart' AND (d.person_id, d.other_id) IN ((who, t.id), (t.id, who))
        AND NOT EXISTS (SELECT 1 FROM people_identitydecision l WHERE l.recorded_at > d.recorded_at
                           AND (l.person_id, l.other_id) IN ((who, t.id), (t.id, who))))"""

ONLY_DECIDED = "SELECT q.id FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id WHERE p.id = who"
HER_SIDE = first.HER_SIDE.replace(ONLY_DECIDED, SAME)
FOLLOWED = first.FOLLOWED.replace(
    "FROM people_person p JOIN people_person q ON q.identity_id = p.identity_id\n"
    "    JOIN cases_casesubject s ON s.person_id = q.id",
    f"FROM ({SAME}) q\n    JOIN cases_casesubject s ON s.person_id = q.id",
).replace(" WHERE p.id = who\n     AND EXISTS", " WHERE EXISTS")


def _again(sql: str) -> str:
    return sql.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("care", "0004_who_goes_to_the_court"), ("people", "0015_statements_about_whoever_hides")]
    operations = [
        migrations.RunSQL(_again(HER_SIDE), _again(first.HER_SIDE)),
        migrations.RunSQL(_again(FOLLOWED), _again(first.FOLLOWED)),
    ]
