"""Whom a review is about, and whom a matter is about: by name, as far as row-level security shows it to the viewer."""

import django.db.models.deletion
from django.db import migrations, models

# Runs with the rights of whoever asks (no SECURITY DEFINER): the policies of people_person and people_family decide.
# NULL: nobody is entered yet. Empty: somebody is, and the viewer may not read the name. An empty name is not known.
# With `subject`, that person alone. A victim's side comes before neutral people, and these before the other party: the nearest alone is named.
UP = """
CREATE FUNCTION matters_whom(file uuid, subject uuid DEFAULT NULL) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN subject IS NOT NULL THEN ARRAY(SELECT p.name::text FROM people_person p WHERE p.id = subject)
    WHEN m.family_id IS NOT NULL AND m.kind <> 'placement'
    THEN coalesce((SELECT ARRAY[f.label::text] FROM people_family f WHERE f.id = m.family_id), '{}')
    ELSE (
      SELECT coalesce(array_agg(t.name ORDER BY t.id) FILTER (WHERE t.is_readable), '{}')
        FROM (SELECT j.id, p.name::text AS name, p.id IS NOT NULL AS is_readable,
                     rank() OVER (ORDER BY array_position(ARRAY['victim', 'neutral', 'other'], j.circle::text)) AS near
                FROM access_involvement j LEFT JOIN people_person p ON p.id = j.person_id
               WHERE j.file_id = m.id) t
       WHERE t.near = 1 HAVING count(*) > 0)
    END
    FROM matters_matter m WHERE m.id = file
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("matters", "0007_sort_of_matter"),
        ("people", "0006_former_names"),
        ("access", "0002_keys_of_a_viewer"),
    ]
    operations = [
        migrations.AddField(
            model_name="review",
            name="subject",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.RunSQL(UP, "DROP FUNCTION matters_whom"),
    ]
