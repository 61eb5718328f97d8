"""Practice cards (實務卡): what a county did, for whom, what it cost, and who tried it afterwards."""

from django.db import models
from django.db.models import Q

from anwang.directory.models import Jurisdiction, Unit
from anwang.foundation.uuid7 import uuid7


class Card(models.Model):
    """實務卡: a draft is its county's own; published, everybody in the network reads it. Never about a person."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    did = models.TextField()
    for_whom = models.CharField(max_length=200)
    cost = models.PositiveIntegerField(null=True)
    """NT$ a year; empty is not known (不詳), 0 is nothing."""
    cost_words = models.CharField(max_length=200, blank=True)
    begun_on = models.DateField(null=True)
    learned = models.TextField(blank=True)
    """What did not work, what to watch."""
    published_at = models.DateTimeField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "county", "unit", "title", "did", "for_whom", "cost", "cost_words", "begun_on", "learned",
            "published_at", "by", "at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(did="") & ~Q(for_whom=""), name="card_has_words")
        ]


class Trial(models.Model):
    """Who tried it after, and what came of it. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    card = models.ForeignKey(Card, models.PROTECT, related_name="trial_of")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    tried_on = models.DateField()
    words = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "card", "county", "unit", "tried_on", "words", "by", "at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="trial_has_words"),
            models.UniqueConstraint(fields=["card", "unit", "tried_on"], name="tried_once_a_day"),
        ]
