"""What is asked of a person for every row or page keeps its plan for the session."""

from django.db import migrations

from anwang.access.planned import planned


class Migration(migrations.Migration):
    dependencies = [("people", "0006_former_names")]
    operations = [planned("people_may_describe", "people_is_hiding_place")]
