"""A unit's, desk's, county's or worker's name in the language of whoever looks (`anwang.language`).

In statements it is read like a column: `u.called`.
"""

from django.db import migrations

UP = """
CREATE FUNCTION directory_called(name text, name_en text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN name_en <> '' AND current_setting('anwang.language', true) = 'en' THEN name_en ELSE name END
$$;
CREATE FUNCTION called(directory_jurisdiction) RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT directory_called($1.name, $1.name_en) $$;
CREATE FUNCTION called(directory_unit) RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT directory_called($1.name, $1.name_en) $$;
CREATE FUNCTION called(directory_desk) RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT directory_called($1.name, $1.name_en) $$;
CREATE FUNCTION called(directory_worker) RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT directory_called($1.name, $1.name_en) $$;
"""
DOWN = """
DROP FUNCTION called(directory_worker), called(directory_desk), called(directory_unit), called(directory_jurisdiction);
DROP FUNCTION directory_called;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_units_and_workers")]
    operations = [migrations.RunSQL(UP, DOWN)]
