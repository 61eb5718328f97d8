"""A place taken beyond its number names the supervisor who agreed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0023_lead_of_a_person"),
        ("matters", "0021_asked_by_who_holds_it_now"),
        ("people", "0013_disputed_facts"),
        ("placements", "0001_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="stay",
            name="over_agreed_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddConstraint(
            model_name="stay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("over_agreed_by__isnull", True), ("over_because", "")),
                    models.Q(models.Q(("over_because", ""), _negated=True), ("over_agreed_by__isnull", False)),
                    _connector="OR",
                ),
                name="full_place_was_agreed_to",
            ),
        ),
    ]
