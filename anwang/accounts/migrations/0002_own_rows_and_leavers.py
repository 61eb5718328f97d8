"""Secrets are read by their own account alone; whoever has no post, or no account, has nothing left to come in by."""

from django.db import migrations

OWN = "(SELECT accounts_said('own'))::uuid"
SHOWN = "(SELECT decode(accounts_said('shown'), 'hex'))"
AGENCY = "(SELECT accounts_said('agency'))::uuid"
KNOWN = "(SELECT access_known())"
SECRETS = {
    "accounts_totpseal": f"account_id = {OWN}",
    "accounts_recoverycode": f"account_id = {OWN}",
    "accounts_pastpassword": f"account_id = {OWN}",
}
TABLES = (
    "accounts_passkey, accounts_totp, accounts_totpseal, accounts_recoverycode, accounts_pastpassword, accounts_sitting,"
    " accounts_agencylogin, accounts_agencysecret, accounts_agencybinding, accounts_invitation, accounts_invitationseal,"
    " accounts_finding"
)

PROTECT = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON {table} USING ({rule}) WITH CHECK ({rule});\n"
    for table, rule in SECRETS.items()
)
SAYING = """
-- Whose secrets are asked for, before anybody is known: a claim of the program, sealed for one transaction (access 0009).
CREATE FUNCTION accounts_mac(what text, said text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN access_mac(concat_ws(E'\\n', 'accounts', what, said, pg_backend_pid(), transaction_timestamp()));
END $$;
REVOKE EXECUTE ON FUNCTION accounts_mac FROM PUBLIC;
CREATE FUNCTION accounts_say(words text, proof text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE said text[] := access_claimed(words, proof);
BEGIN
  IF said[1] NOT IN ('own', 'shown', 'agency') THEN
    RAISE 'not a claim of accounts' USING ERRCODE = '28000';
  END IF;
  PERFORM set_config('anwang.' || said[1], said[2], true),
          set_config('anwang.' || said[1] || '_seal', accounts_mac(said[1], said[2]), true);
END $$;
CREATE FUNCTION accounts_said(what text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE said text := nullif(current_setting('anwang.' || what, true), '');
BEGIN
  RETURN CASE WHEN current_setting('anwang.' || what || '_seal', true) = accounts_mac(what, said) THEN said END;
END $$;
"""
UP = f"""
{SAYING}
{PROTECT}
ALTER TABLE accounts_invitationseal ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON accounts_invitationseal FOR SELECT USING (link = {SHOWN});
CREATE POLICY writes ON accounts_invitationseal FOR INSERT WITH CHECK ({KNOWN});
ALTER TABLE accounts_agencysecret ENABLE ROW LEVEL SECURITY;
CREATE POLICY reads ON accounts_agencysecret FOR SELECT USING (login_id = {AGENCY});
CREATE POLICY writes ON accounts_agencysecret FOR INSERT WITH CHECK ({KNOWN});

REVOKE UPDATE, DELETE ON {TABLES} FROM anwang_app;
GRANT UPDATE (sign_count, last_used_at, ended_at) ON accounts_passkey TO anwang_app;
GRANT UPDATE (last_step, ended_at) ON accounts_totp TO anwang_app;
GRANT UPDATE (sealed), DELETE ON accounts_totpseal TO anwang_app;
GRANT UPDATE (ended_at) ON accounts_recoverycode, accounts_agencylogin, accounts_agencybinding TO anwang_app;
GRANT UPDATE (ended_at, key_digest) ON accounts_sitting TO anwang_app;
GRANT UPDATE (failed, accepted_at, ended_at) ON accounts_invitation TO anwang_app;

-- A closed account keeps nothing that opens a door, whichever way it was closed.
CREATE FUNCTION accounts_cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE accounts_passkey SET ended_at = access_at() WHERE account_id = NEW.id AND ended_at IS NULL;
  UPDATE accounts_totp SET ended_at = access_at() WHERE account_id = NEW.id AND ended_at IS NULL;
  DELETE FROM accounts_totpseal WHERE account_id = NEW.id;
  UPDATE accounts_recoverycode SET ended_at = access_at() WHERE account_id = NEW.id AND ended_at IS NULL;
  UPDATE accounts_agencybinding SET ended_at = access_at() WHERE account_id = NEW.id AND ended_at IS NULL;
  UPDATE accounts_invitation SET ended_at = access_at() WHERE worker_id = NEW.worker_id AND ended_at IS NULL;
  DELETE FROM django_session s USING accounts_sitting t
   WHERE t.account_id = NEW.id AND t.ended_at IS NULL AND t.key_digest = sha256(convert_to(s.session_key, 'UTF8'));
  UPDATE accounts_sitting SET ended_at = access_at() WHERE account_id = NEW.id AND ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER cut AFTER UPDATE OF is_active ON access_account FOR EACH ROW
  WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION accounts_cut();

-- Whose last post ended has no account. Asked at the end of the transaction, or when its promises are kept: moving from
-- one post to another in one transaction is not leaving.
CREATE FUNCTION accounts_without_a_post() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM directory_appointment p WHERE p.live_worker = NEW.worker_id) THEN
    UPDATE access_account SET is_active = false WHERE worker_id = NEW.worker_id AND is_active;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER without_a_post AFTER UPDATE OF ended_at ON directory_appointment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION accounts_without_a_post();
"""  # noqa: S608  names of our own tables
DOWN = (
    """
DROP TRIGGER without_a_post ON directory_appointment;
DROP FUNCTION accounts_without_a_post;
DROP TRIGGER cut ON access_account;
DROP FUNCTION accounts_cut;
"""
    + "".join(f"DROP POLICY own ON {table};\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;\n" for table in SECRETS)
    + """
DROP POLICY reads ON accounts_invitationseal;
DROP POLICY writes ON accounts_invitationseal;
ALTER TABLE accounts_invitationseal DISABLE ROW LEVEL SECURITY;
DROP POLICY reads ON accounts_agencysecret;
DROP POLICY writes ON accounts_agencysecret;
ALTER TABLE accounts_agencysecret DISABLE ROW LEVEL SECURITY;
DROP FUNCTION accounts_said;
DROP FUNCTION accounts_say;
DROP FUNCTION accounts_mac;
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_what_accounts_are_entered_by"),
        ("access", "0009_claims"),
        ("sessions", "0001_initial"),
    ]
    operations = [migrations.RunSQL(UP, DOWN)]
