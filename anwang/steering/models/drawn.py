"""A figure drawn from the system as evidence: by definition and period, as it was when it was drawn."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Jurisdiction
from anwang.foundation.uuid7 import uuid7
from anwang.steering.states import When

from .assessment import AssessmentItem
from .card import Card
from .loophole import Loophole
from .plan import Plan


class Drawn(models.Model):
    """帶出的統計: belongs to one card, plan, loophole or item. Only grows: a later drawing is a further row."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    card = models.ForeignKey(Card, models.PROTECT, null=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+")
    loophole = models.ForeignKey(Loophole, models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(AssessmentItem, models.PROTECT, null=True, related_name="+")
    when = models.CharField(max_length=8, choices=When.choices)
    figure = models.CharField(max_length=24)
    """Last word of an indicator's id."""
    definition_from = models.DateField()
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    since_on = models.DateField()
    before_on = models.DateField()
    """The first day after the period."""
    number = models.PositiveIntegerField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "card", "plan", "loophole", "item", "when", "figure", "definition_from", "county", "since_on",
            "before_on", "number", "by", "at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(when__in=When.values), name="drawn_when_known"),
            models.CheckConstraint(condition=Q(since_on__lt=F("before_on")), name="drawn_over_a_period"),
            models.CheckConstraint(
                condition=Q(card__isnull=False, plan=None, loophole=None, item=None)
                | Q(card=None, plan__isnull=False, loophole=None, item=None)
                | Q(card=None, plan=None, loophole__isnull=False, item=None)
                | Q(card=None, plan=None, loophole=None, item__isnull=False),
                name="drawn_for_one_thing",
            ),
        ]
