"""A report joins a case once as the same event and once as news: a repetition may turn out to be none."""

from django.db import migrations, models

SAME = ("as_what", "same_event")


def _once(name: str, condition: models.Q) -> migrations.AddConstraint:
    constraint = models.UniqueConstraint(fields=("matter", "report"), condition=condition, name=name)
    return migrations.AddConstraint("joinedreport", constraint)


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_two_circles_of_a_family")]
    operations = [
        _once("report_repeats_a_case_once", models.Q(SAME)),
        _once("report_is_news_to_a_case_once", models.Q(SAME, _negated=True)),
        migrations.RemoveConstraint("joinedreport", "report_joins_a_case_once"),
    ]
