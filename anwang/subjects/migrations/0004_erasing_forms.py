"""Filled forms and what people made of them go away with their file."""

from django.db import migrations

from anwang.subjects.erasing import also_erases


class Migration(migrations.Migration):
    dependencies = [("subjects", "0003_erasing"), ("instruments", "0003_what_came_later")]
    operations = [
        also_erases(
            ("instruments_followup", "matter_id"), ("instruments_judgement", "matter_id"),
            ("instruments_fill", "matter_id"),
        )
    ]  # fmt: skip
