"""Whom a matter is about is asked for every row of a list: its plan is kept for the session."""

from django.db import migrations

from anwang.access.planned import planned


class Migration(migrations.Migration):
    dependencies = [("matters", "0008_whom_it_is_about")]
    operations = [planned("matters_whom")]
