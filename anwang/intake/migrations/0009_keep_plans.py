"""What the report page asks of other reports and cases keeps its plan for the session."""

from django.db import migrations

from anwang.access.planned import planned


class Migration(migrations.Migration):
    dependencies = [("intake", "0008_sender_to_tell")]
    operations = [planned("intake_cases_with", "intake_earlier", "intake_open_cases")]
