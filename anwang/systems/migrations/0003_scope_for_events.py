"""Tokens may open the door for events."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_names_as_read"),
        ("systems", "0002_messages"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="token",
            name="token_scopes_known",
        ),
        migrations.AddConstraint(
            model_name="token",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "scopes__contained_by",
                        ["reports:write", "reports:read", "fhir:write", "fhir:read", "rosters:write", "events:write"],
                    ),
                    ("scopes__len__gt", 0),
                ),
                name="token_scopes_known",
            ),
        ),
    ]
