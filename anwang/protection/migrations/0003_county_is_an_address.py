"""The county that serves somebody shielded is an address: elsewhere its unit is not named, but whom to ask."""

from importlib import import_module

from django.db import migrations

AMEND = import_module("anwang.protection.migrations.0002_who_may_read").AMEND

# Whom to ask instead of the unit that acts on a file, for whoever works in another county and does not read its safety
# zone, where somebody shielded stands in the file on her own side. NULL where the unit may be named.
KEPT = """
CREATE FUNCTION protection_ask_instead(file uuid, unit uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT h.ask_whom::text
    FROM access_involvement i JOIN people_person p ON p.id = i.person_id
    JOIN people_person q ON q.identity_id = p.identity_id
    JOIN people_shield h ON h.person_id = q.id AND h.until_at IS NULL
    JOIN directory_unit u ON u.id = unit
   WHERE i.file_id = file AND i.circle <> 'other'
     AND NOT EXISTS (SELECT 1 FROM directory_unit mine, unnest(access_keys()) k(key)
                      WHERE k.key LIKE 'u:' || mine.id || '/%' AND mine.jurisdiction_id = u.jurisdiction_id)
     AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = file AND g.holder = ANY (access_keys())
                        AND 'safety' = ANY (g.zones) AND g.starts_at <= access_at()
                        AND (g.ends_at IS NULL OR g.ends_at > access_at()))
   ORDER BY h.since_at DESC LIMIT 1
$$;
"""
UNITS = (
    (
        "cases_involvement_before(uuid[], text)",
        "u.name::text, u.name_en::text, u.phone::text",
        (
            "coalesce('保密，洽' || protection_ask_instead(m.id, u.id), u.name)::text,"
            " CASE WHEN protection_ask_instead(m.id, u.id) IS NULL THEN u.name_en::text ELSE '' END,"
            " CASE WHEN protection_ask_instead(m.id, u.id) IS NULL THEN u.phone::text ELSE '' END"
        ),
    ),
    (
        "people_lookup_for_call(text, bytea, text, text, uuid)",
        "'unit', u.name, 'phone', u.phone",
        (
            "'unit', coalesce('保密，洽' || protection_ask_instead(mt.id, u.id), u.name),"
            " 'phone', CASE WHEN protection_ask_instead(mt.id, u.id) IS NULL THEN u.phone ELSE '' END"
        ),
    ),
)


class Migration(migrations.Migration):
    dependencies = [("protection", "0002_who_may_read"), ("cases", "0021_reports_of_her_side")]
    operations = [
        migrations.RunSQL(KEPT, "DROP FUNCTION protection_ask_instead"),
        *(
            migrations.RunSQL(
                AMEND.format(function=function, before=before, after=after),
                AMEND.format(function=function, before=after, after=before),
            )
            for function, before, after in UNITS
        ),
    ]
