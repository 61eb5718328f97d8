"""A fact that the person himself says is wrong: marked wherever it is shown, never overwritten."""

from django.db import models
from django.db.models import Q

from anwang.foundation.uuid7 import uuid7
from anwang.people.states import Fact

from .person import Person


class DisputedFact(models.Model):
    """有爭執: what the person says instead (個人資料保護法第11條第1項), until it is settled."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    fact = models.CharField(max_length=12, choices=Fact.choices)
    row_id = models.UUIDField(null=True)
    """Which address, number, relation or entry; empty for what a person has one of."""
    words = models.CharField(max_length=200)
    because = models.CharField(max_length=20)
    """Number of the request in which he said so."""
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "person", "fact", "row_id", "because", "since_at", "until_at", "by", "recorded_at")
        personal = ("words",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fact__in=Fact.values), name="disputed_fact_known"),
            models.CheckConstraint(condition=~Q(words=""), name="dispute_says_what"),
        ]
        indexes = [models.Index(fields=["person"], name="disputes_of_person")]
