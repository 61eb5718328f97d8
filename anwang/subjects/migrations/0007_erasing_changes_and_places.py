"""What changed, was refused or ruled, who waited or stayed where, and programmes go away with their file."""

from django.db import migrations

from anwang.subjects.erasing import also_erases

CASES = ("refusalstep", "refusal", "reassessment", "notedchange", "unfittedlook", "unfitted")
TREATMENT = ("threat", "missed", "session", "programme")


class Migration(migrations.Migration):
    dependencies = [
        ("subjects", "0006_erasing_schedules"),
        ("cases", "0022_changes_refusals_and_rulings"),
        ("placements", "0002_a_full_place_is_agreed_to"),
        ("treatment", "0001_programmes"),
    ]
    operations = [
        also_erases(
            *((f"cases_{one}", "matter_id") for one in CASES),
            ("cases_placementruling", "case_id"),
            ("placements_stay", "case_id"),
            ("placements_waiting", "case_id"),
            *((f"treatment_{one}", "matter_id") for one in TREATMENT),
        )
    ]
