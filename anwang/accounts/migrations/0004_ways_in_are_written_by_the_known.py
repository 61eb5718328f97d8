"""Who is not named writes nothing: the function that says so, and where it is asked less than everywhere else.

Every table without rules of its own asks it (`project/postgres/walls.sql`). Before the door nobody is named yet: there
an account's counters and last log-in are written, a key's counter, and lines of the record that say that they are the
door's (docs/adr/0142).
"""

from django.db import migrations

DOORS = {
    "access_account": "INSERT OR DELETE OR UPDATE OF password, worker_id, username, is_active, is_demo",
    "accounts_passkey": "INSERT",
    "accounts_totp": "INSERT",
    "accounts_agencybinding": "INSERT",
    "accounts_agencylogin": "INSERT",
    "accounts_invitation": "INSERT",
    "systems_token": "INSERT",
}
REFUSE = """
CREATE FUNCTION accounts_refuse_the_unknown() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF current_user = 'anwang_app' AND NOT coalesce(access_known(), false) AND accounts_said('own') IS NULL THEN
    RAISE 'nobody is named who may write %', TG_TABLE_NAME USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
"""
RECORD = """
CREATE TRIGGER by_somebody_known BEFORE INSERT ON audit_act
  FOR EACH ROW WHEN (NEW.by_worker_id IS NOT NULL AND NEW.by_service <> 'door')
  EXECUTE FUNCTION accounts_refuse_the_unknown();
"""
AT_THE_DOOR = "".join(
    f"CREATE TRIGGER by_somebody_known BEFORE {what} ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_the_unknown();\n"
    for table, what in DOORS.items()
)
DOWN = "DROP FUNCTION accounts_refuse_the_unknown CASCADE"  # with the triggers of every table


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_forgetting"),
        ("access", "0012_naming_a_viewer_costs_less"),
        ("audit", "0004_who_erases"),
        ("systems", "0001_systems_and_tokens"),
    ]
    operations = [migrations.RunSQL(REFUSE + RECORD + AT_THE_DOOR, DOWN)]
