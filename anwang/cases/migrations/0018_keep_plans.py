"""What pages ask of cases keeps its plan for the session."""

from django.db import migrations

from anwang.access.planned import planned


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_searching")]
    operations = [
        planned(
            "cases_family_lead",
            "cases_family_to_join",
            "cases_incident_files",
            "cases_involvement_before",
            "cases_open_elsewhere",
            "cases_other_side",
            "cases_partners",
            "cases_serves_other_party",
            "cases_subject_for",
        )
    ]
