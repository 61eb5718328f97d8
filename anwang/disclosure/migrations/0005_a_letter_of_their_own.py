"""Looks are numbered with X: Q is the letter of requests of data subjects.

A receipt's code stands for its number, and receipts were printed; hence looks from before keep theirs, and the
constraint binds new rows only.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0004_opening")]
    operations = [
        AddConstraintNotValid(
            model_name="lookup",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__startswith", "X")), name="look_has_a_letter_of_its_own"
            ),
        )
    ]
