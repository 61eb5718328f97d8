"""What accounts were once entered by is forgotten after its term: ended sessions, and invitations nobody may use any more.

The record keeps who came in and who was invited (`account.entered`, `account.invited`); these rows only help their
owner, and the administrator, of today.
"""

from django.db import migrations

UP = """
CREATE FUNCTION accounts_forget(before timestamptz) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone bigint; more bigint;
BEGIN
  IF coalesce(current_setting('anwang.service', true), '') <> 'accounts' THEN
    RAISE 'only the nightly job forgets' USING ERRCODE = '42501';
  END IF;
  -- A session that ran out unseen has no end written; there is none of that key any more.
  DELETE FROM accounts_sitting t WHERE coalesce(t.ended_at, t.began_at) < before AND NOT EXISTS (
    SELECT 1 FROM django_session s WHERE t.ended_at IS NULL AND t.key_digest = sha256(convert_to(s.session_key, 'UTF8')));
  GET DIAGNOSTICS gone = ROW_COUNT;
  DELETE FROM accounts_invitationseal x USING accounts_invitation i
   WHERE x.invitation_id = i.id AND least(i.ended_at, i.expires_at) < before;
  DELETE FROM accounts_invitation i WHERE least(i.ended_at, i.expires_at) < before;
  GET DIAGNOSTICS more = ROW_COUNT;
  RETURN gone + more;
END $$;
REVOKE EXECUTE ON FUNCTION accounts_forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accounts_forget TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_own_rows_and_leavers"), ("access", "0011_walls_stand")]
    operations = [migrations.RunSQL(UP, "DROP FUNCTION accounts_forget")]
