"""A letter may be written before the request it speaks of: the tie and its due date are found when it is sent."""

from django.db import migrations

PRIVILEGES = "GRANT UPDATE (offer_id, answer_due_on) ON documents_paper TO anwang_app;"


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_who_may_read")]
    operations = [migrations.RunSQL(PRIVILEGES, migrations.RunSQL.noop)]
