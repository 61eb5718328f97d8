"""What a person's record said before somebody completed or corrected it."""

from django.db import models

from anwang.foundation.uuid7 import uuid7
from anwang.people.states import NameKind, Sex, Source

from .person import Person


class Correction(models.Model):
    """Name, sex and birth as they stood until then, who says otherwise and why. Only grows; the record is the latest.

    The name behind a 代號 is never written here: it goes into its seal.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True, default="")
    """By which the former name is found; a code has none."""
    name_kind = models.CharField(max_length=8, choices=NameKind.choices)
    sex = models.CharField(max_length=8, choices=Sex.choices)
    born_earliest = models.DateField(null=True)
    born_latest = models.DateField(null=True)
    birth_is_approximate = models.BooleanField(default=False)
    source = models.CharField(max_length=8, choices=Source.choices)
    because = models.CharField(max_length=120, blank=True)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "person", "name_kind", "sex", "birth_is_approximate", "source", "by", "recorded_at")
        personal = ("name", "name_key", "born_earliest", "born_latest", "because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(source__in=Source.values), name="correction_says_who_says_so"),
            models.CheckConstraint(
                condition=~models.Q(name_kind=NameKind.CODE) | models.Q(name_key=""),
                name="former_code_is_not_searchable",
            ),
        ]
        indexes = [models.Index(fields=["person", "recorded_at"], name="corrections_of_person")]
