"""A row of a list tells an open case of its report once: not a report of its own, and news all the same."""

from django.db import migrations, models

LISTED = ("as_what", "listed")
NEWS = "report_is_news_to_a_case_once"


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_marked_through_those_near")]
    operations = [
        migrations.AddField("joinedreport", "told_by", models.UUIDField(null=True)),
        migrations.AlterField(
            "joinedreport",
            "as_what",
            models.CharField(
                choices=[
                    ("same_event", "同事件重複"),
                    ("new_facts", "同事件補充"),
                    ("new_event", "再通報（新事件）"),
                    ("other_victim", "另一被害人"),
                    ("listed", "又列入名冊"),
                ],
                max_length=12,
            ),
        ),
        migrations.RemoveConstraint("joinedreport", NEWS),
        migrations.AddConstraint(
            "joinedreport",
            models.UniqueConstraint(
                fields=("matter", "report"),
                condition=models.Q(("as_what__in", ["same_event", "listed"]), _negated=True),
                name=NEWS,
            ),
        ),
        migrations.AddConstraint(
            "joinedreport",
            models.UniqueConstraint(
                fields=("matter", "told_by"), condition=models.Q(LISTED), name="row_is_news_to_a_case_once"
            ),
        ),
        migrations.AddConstraint(
            "joinedreport",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(LISTED, ("told_by__isnull", False)),
                    models.Q(models.Q(LISTED, _negated=True), ("told_by__isnull", True)),
                    _connector="OR",
                ),
                name="listed_again_names_the_row",
            ),
        ),
    ]
