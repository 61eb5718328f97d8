"""Posts, shifts, absences, what an account is entered by and lines of the record are written by nobody whom the program
did not name.

Keys follow posts and shifts: whoever could write one by hand would hold them at his next log-in; and whoever could add
a line to the record in another's name would make him answer for what he never did (docs/adr/0142). Before the door
nobody is named yet: those lines say so (`by_service` door).
"""

from django.db import migrations

POSTS = ("directory_worker", "directory_appointment", "directory_absence", "directory_shift")
LINES = ("audit_act", "audit_reading")
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
CREATE TRIGGER by_somebody_known BEFORE INSERT ON audit_reading
  FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_the_unknown();
"""
UP = (
    REFUSE
    + RECORD
    + "".join(
        f"CREATE TRIGGER by_somebody_known BEFORE {what} ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION accounts_refuse_the_unknown();\n"
        for table, what in {**dict.fromkeys(POSTS, "INSERT OR UPDATE OR DELETE"), **DOORS}.items()
    )
)
DOWN = "".join(f"DROP TRIGGER by_somebody_known ON {table};\n" for table in (*POSTS, *DOORS, *LINES))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_forgetting"),
        ("access", "0012_naming_a_viewer_costs_less"),
        ("directory", "0006_officers_of_an_authority"),
        ("systems", "0001_systems_and_tokens"),
    ]
    operations = [migrations.RunSQL(UP, DOWN + "DROP FUNCTION accounts_refuse_the_unknown;")]
