"""Mental health service, plans, sheets as they were printed, referrals and what each source said go with their file."""

from django.db import migrations

from anwang.subjects.erasing import also_erases

CARE = ("measurestep", "measure", "escort", "emergency", "homecoming", "departure", "served", "triage", "levelchange",
        "entry", "reroute")  # fmt: skip
NOTICE = "(SELECT n.case_id FROM referrals_releasenotice n WHERE n.id = notice_id)"


class Migration(migrations.Migration):
    dependencies = [
        ("subjects", "0007_erasing_changes_and_places"),
        ("care", "0004_who_goes_to_the_court"),
        ("plans", "0001_lines_and_versions"),
        ("referrals", "0003_sent_on_and_given_back"),
        ("documents", "0006_sheets_that_are_filed"),
        ("people", "0015_statements_about_whoever_hides"),
    ]
    operations = [
        also_erases(
            *((f"care_{one}", "matter_id") for one in CARE),
            *((f"plans_{one}", "matter_id") for one in ("step", "line", "version")),
            ("documents_printing", "file_id"),
            ("referrals_referralstep", "case_id"),
            ("referrals_referral", "case_id"),
            ("referrals_issuestage", "case_id"),
            ("referrals_transition", "case_id"),
            ("referrals_releasecall", NOTICE),
            ("referrals_releasenotice", "case_id"),
            of_people=("people_statement",),
        )
    ]
