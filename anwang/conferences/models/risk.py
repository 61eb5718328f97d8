"""Listing as high risk (高危機列管): from when, why, and how it ended."""

from django.db import models
from django.db.models import Case, F, Q, When

from anwang.cases.models.derived import Derived
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person

from .decision import Decision


class HighRisk(models.Model):
    """A victim's case is listed as high risk, by rule or by judgement. Ending it needs a re-test after the listing and
    a decision of a meeting, unless its reason says otherwise (`high_risk.end`). A case does not end while listed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16)
    """Code of `high_risk.ground`."""
    because = models.CharField(max_length=500)
    rule_id = models.CharField(max_length=80, blank=True)
    rule_from = models.DateField(null=True)
    rule_hash = models.CharField(max_length=64, blank=True)
    inputs = models.JSONField(default=dict)
    outcome = models.CharField(max_length=16, blank=True)
    """What the rule said, also where somebody judged otherwise."""
    listed_at = models.DateTimeField()
    listed_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_how = models.CharField(max_length=16, blank=True)
    ended_because = models.CharField(max_length=500, blank=True)
    needs_retest = models.BooleanField(default=True)
    needs_decision = models.BooleanField(default=True)
    retest_id = models.UUIDField(null=True)
    """The form filled again after the listing."""
    retest_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    open_of = Derived(
        expression=Case(When(ended_at__isnull=True, then=F("matter"))),
        output_field=models.UUIDField(null=True),
        db_persist=True,
    )
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "rule_id", "rule_from", "rule_hash", "listed_at", "listed_by", "ended_at", "ended_by",
                 "needs_retest", "needs_decision", "retest_id", "retest_at", "decision", "open_of",
                 "recorded_at")  # fmt: skip
        linked = ("person",)
        sensitive = ("ground", "because", "inputs", "outcome", "ended_how", "ended_because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(because=""), name="listing_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__gte=F("listed_at")) & ~Q(ended_how="") & ~Q(ended_because="")),
                name="ended_listing_says_how_and_why",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(needs_retest=False)
                | Q(retest_id__isnull=False, retest_at__gt=F("listed_at")),
                name="delisting_needs_a_later_test",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(needs_decision=False) | Q(decision__isnull=False),
                name="delisting_needs_a_decision",
            ),
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(ended_at__isnull=True), name="high_risk_listed_once"
            ),
        ]
