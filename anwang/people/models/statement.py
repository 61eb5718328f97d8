"""What a register, another authority, the family or a visit says of a person, each beside the others."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7

from .person import Person


class Statement(models.Model):
    """One statement: of what (`topic`), by whom (`source`), on what ground it was fetched, from when it holds.

    Codes are those of `statement.topic` and `statement.source`. Statements are never merged: that they differ is itself
    a finding. Only grows; a statement that was wrong is followed by one that `corrects` it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=16)
    source = models.CharField(max_length=16)
    value = models.CharField(max_length=200)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    fetched_on = models.DateField()
    """The day on which it was said, seen or fetched."""
    ground = models.CharField(max_length=120, blank=True)
    """The law or the consent by which another authority's data were fetched, and its reference."""
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "person", "topic", "source", "fetched_on", "ground", "corrects", "by", "recorded_at")
        personal = ("since_on", "until_on")
        sensitive = ("value",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(value=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(since_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="statement_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(corrects__isnull=False), name="statement_corrected_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "topic"], name="statements_of_person")]
