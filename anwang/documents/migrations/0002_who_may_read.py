"""The words and bytes of papers in the case zone of their file; which columns of an envelope may still change."""

from django.db import migrations

from anwang.access.rls import protect
from anwang.audit.tables import append_only

PRIVILEGES = """
REVOKE UPDATE, DELETE ON documents_paper FROM anwang_app;
GRANT UPDATE (state, number, dated_on, sent_at, way) ON documents_paper TO anwang_app;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_papers"), ("access", "0002_keys_of_a_viewer"), ("audit", "0002_only_grow")]
    operations = [
        protect("documents_paperwords", file="file_id"),
        protect("documents_paperbody", file="file_id"),
        append_only("documents_paperwords"),
        append_only("documents_paperbody"),
        migrations.RunSQL(PRIVILEGES, migrations.RunSQL.noop),
    ]
