"""Courses of contacts, their windows and what was said of them go away with their file."""

from django.db import migrations

from anwang.subjects.erasing import also_erases

ROWS = ("shortfall", "mark", "look", "courseend", "window", "stretch", "course")


class Migration(migrations.Migration):
    dependencies = [("subjects", "0005_erasing_meetings"), ("followups", "0003_coverage")]
    operations = [also_erases(*((f"followups_{one}", "matter_id") for one in ROWS))]
