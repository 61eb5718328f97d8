"""The county of registration follows from its acceptance on, written before it reads the case."""

from django.db import migrations

# The kernel tells of an accepted transfer before the receiver's grants are written. What is marked is only what such an
# acceptance says: an emergency that was dealt with, on a case whose transfer was accepted at that instant.
TAKEN = """
CREATE FUNCTION care_emergency_taken(of_case uuid, accepted timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH marked AS (
    UPDATE care_emergency e SET followed_at = accepted, followed_by = left(j.name, 60)
      FROM matters_offer o JOIN directory_unit u ON u.id = o.to_unit_id JOIN directory_jurisdiction j ON j.code = u.jurisdiction_id
     WHERE e.matter_id = of_case AND e.followed_at IS NULL AND e.done_at IS NOT NULL
       AND o.matter_id = of_case AND o.kind = 'transfer' AND o.state = 'accepted' AND o.answered_at = accepted
    RETURNING 1)
  SELECT count(*) FROM marked
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("care", "0002_who_may_read")]
    operations = [migrations.RunSQL(TAKEN, "DROP FUNCTION care_emergency_taken")]
