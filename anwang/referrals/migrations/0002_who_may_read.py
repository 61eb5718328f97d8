"""Who may read a referral: its holder and receiver, and whoever reads the case it came from. What its offer does to it."""

from django.db import migrations

from anwang.access.rls import protect
from anwang.audit.tables import append_only
from anwang.matters.keys import owns_a_matter

LIVE = """EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = {file} AND g.holder = ANY ((SELECT {keys}())::text[])
   AND 'case' = ANY (g.zones) AND g.starts_at <= (SELECT access_at())
   AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at())))"""


def _either(table: str, own: str) -> str:
    """Rows of a referral: of its own matter, or of the case it came from. Nobody else's file opens them."""
    sides = [f"{table}.{own}", f"{table}.case_id"]
    reads = " OR ".join(LIVE.format(file=side, keys="access_keys") for side in sides)
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON {table} FOR SELECT USING ({reads});
CREATE POLICY writes ON {table} FOR INSERT WITH CHECK ((SELECT access_known()));
REVOKE UPDATE, DELETE ON {table} FROM anwang_app;
"""  # noqa: S608  our own names


WRITES = " OR ".join(
    LIVE.format(file=f"referrals_referral.{side}", keys="access_writing_keys") for side in ("id", "case_id")
)
REFERRAL = f"""
{_either("referrals_referral", "id")}
CREATE POLICY changes ON referrals_referral FOR UPDATE USING ({WRITES}) WITH CHECK (true);
GRANT UPDATE (state, accepted_at, met_at, ended_at, outcome, to_unit_id, to_kind, opened_case, basis, basis_on, basis_words,
  effective_on)
  ON referrals_referral TO anwang_app;
{_either("referrals_referralstep", "referral_id")}

-- While nobody has taken a referral on, the case it came from stays open: whoever closes meets this key.
ALTER TABLE referrals_referral ADD CONSTRAINT case_open_while_its_referral_waits
  FOREIGN KEY (waits_on) REFERENCES matters_matter (open_id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX referrals_waiting ON referrals_referral (waits_on) WHERE waits_on IS NOT NULL;

-- Where a referral stands follows its offer, by whichever door the answer came.
CREATE FUNCTION referrals_follow_offer() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = 'pending' AND TG_OP = 'INSERT' THEN
    UPDATE referrals_referral SET state = 'sent', to_unit_id = NEW.to_unit_id, sent_at = coalesce(sent_at, NEW.sent_at)
     WHERE id = NEW.matter_id AND state IN ('prepared', 'returned', 'sent');
  ELSIF NEW.state = 'accepted' THEN
    UPDATE referrals_referral SET state = 'accepted', accepted_at = NEW.answered_at WHERE id = NEW.matter_id AND state = 'sent';
  ELSIF NEW.state IN ('declined', 'withdrawn') THEN
    UPDATE referrals_referral SET state = 'returned' WHERE id = NEW.matter_id AND state = 'sent';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER referrals_follow AFTER INSERT ON matters_offer FOR EACH ROW EXECUTE FUNCTION referrals_follow_offer();
CREATE TRIGGER referrals_follow_answer AFTER UPDATE OF state ON matters_offer FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION referrals_follow_offer();
"""  # noqa: S608  our own names
RELEASES = """
-- Files in which somebody stands, by number or by exact name and day of birth: as whom, and who holds them. For the
-- verb that passes a notice on; whoever enters it learns nothing of this.
CREATE FUNCTION referrals_files_of(q_id bytea, q_name text, q_born date)
RETURNS TABLE (case_id uuid, county text, accountable_id uuid, unit_id uuid, worker_id uuid, desk_id uuid, as_what text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH about AS (
    SELECT DISTINCT p.identity_id FROM people_person p LEFT JOIN people_identifier n ON n.person_id = p.id
     WHERE access_known() AND (
       (q_id IS NOT NULL AND n.lookup = q_id)
       OR (q_name <> '' AND q_born IS NOT NULL AND p.name_key = q_name AND p.born_earliest = q_born
           AND p.born_latest = q_born))),
  stands AS (
    SELECT DISTINCT i.file_id, i.circle, EXISTS (SELECT 1 FROM cases_casesubject s JOIN people_person q ON q.id = s.person_id
             WHERE s.matter_id = i.file_id AND s.until_on IS NULL AND q.identity_id = p.identity_id) AS is_own
      FROM about a JOIN people_person p ON p.identity_id = a.identity_id
      JOIN access_involvement i ON i.person_id = p.id)
  SELECT m.id, m.county, m.accountable_id, m.acting_unit_id, m.acting_worker_id, m.acting_desk_id,
         CASE WHEN bool_or(s.is_own) THEN 'own' WHEN bool_or(s.circle = 'other') THEN 'victim' ELSE 'member' END
    FROM stands s
    JOIN matters_matter m ON m.ended_at IS NULL AND m.kind = 'case'
     AND (m.id = s.file_id OR m.arose_from_id = s.file_id AND NOT EXISTS (
           SELECT 1 FROM cases_case c WHERE c.id = m.id AND c.circle = 'other'))
   GROUP BY m.id
$$;
-- Children and youths in open cases who turn an age between two days and have no transition for it yet.
CREATE FUNCTION referrals_turning(q_years int, q_from date, q_until date, q_kind text)
RETURNS TABLE (case_id uuid, person_id uuid, on_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT s.matter_id, s.person_id, (p.born_earliest + make_interval(years => q_years))::date
    FROM cases_casesubject s JOIN people_person p ON p.id = s.person_id
    JOIN matters_matter m ON m.id = s.matter_id AND m.ended_at IS NULL
   WHERE access_known() AND s.until_on IS NULL AND s.role IN ('child', 'client', 'witness')
     AND p.born_earliest = p.born_latest
     AND (p.born_earliest + make_interval(years => q_years))::date BETWEEN q_from AND q_until
     AND NOT EXISTS (SELECT 1 FROM referrals_transition t
                      WHERE t.case_id = s.matter_id AND t.person_id = s.person_id AND t.kind = q_kind)
$$;
"""


class Migration(migrations.Migration):
    """Not undone: without it referrals would lie open."""

    dependencies = [("referrals", "0001_referrals"), ("cases", "0021_reports_of_her_side"), ("access", "0009_claims")]
    operations = [
        owns_a_matter("referrals_referral"),
        owns_a_matter("referrals_releasenotice"),
        migrations.RunSQL(REFERRAL, migrations.RunSQL.noop),
        append_only("referrals_referralstep"),
        protect("referrals_transition", file="case_id", update=True),
        protect("referrals_issuestage", file="case_id"),
        append_only("referrals_issuestage"),
        protect("referrals_releasenotice", file="id", update=True),
        protect("referrals_releasecall", file="notice_id"),
        append_only("referrals_releasecall"),
        migrations.RunSQL(RELEASES, migrations.RunSQL.noop),
    ]
