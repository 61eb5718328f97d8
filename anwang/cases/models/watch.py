"""What changed, what was refused, whom no criteria fit: each with what was done about it."""

from django.db import models
from django.db.models import Q

from anwang.cases.states import Capacity, Meaning, UnfittedLookAt
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person


class NotedChange(models.Model):
    """情況變動 as one file was told of it. What reaches a file from the other side is a reminder without words.

    Only grows; nothing here points to the file it came from.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    """Code of `change.kind`."""
    words = models.TextField(blank=True)
    is_reminder = models.BooleanField(default=False)
    happened_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    """Who told it; empty for what came from the other side."""
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "is_reminder", "happened_at", "at", "by", "recorded_at")
        sensitive = ("kind", "words")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_reminder=False) | Q(words="", by__isnull=True), name="reminder_of_a_change_tells_no_more"
            ),
        ]
        indexes = [models.Index(fields=["matter", "at"], name="changes_of_case")]


class Reassessment(models.Model):
    """What the changes of a file mean, as its worker sees it. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    meaning = models.CharField(max_length=12, choices=Meaning.choices)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "at", "by", "recorded_at")
        sensitive = ("meaning", "words")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="reassessment_has_words")]
        indexes = [models.Index(fields=["matter", "at"], name="reassessments_of_case")]


class Refusal(models.Model):
    """拒絕: what was known when somebody refused, and which of the four rules answered. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    words = models.TextField()
    capacity = models.CharField(max_length=8, choices=Capacity.choices)
    public_danger = models.CharField(max_length=8)
    risk_assessed = models.BooleanField()
    rights_told = models.BooleanField()
    way_back_told = models.BooleanField()
    outcome = models.CharField(max_length=24, blank=True)
    """Outcome of `refusal.four_rules`; empty where a person must decide."""
    row = models.CharField(max_length=24, blank=True)
    rule_from = models.DateField()
    rule_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter", "risk_assessed", "rights_told", "way_back_told", "rule_from", "rule_hash", "at", "by",
            "recorded_at",
        )  # fmt: skip
        linked = ("person",)
        sensitive = ("words", "capacity", "public_danger", "outcome", "row")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="refusal_has_words")]
        indexes = [models.Index(fields=["matter", "at"], name="refusals_of_case")]


class RefusalStep(models.Model):
    """What was done after a refusal: what the rule asks next. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    refusal = models.ForeignKey(Refusal, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    step = models.CharField(max_length=24)
    """Code of `refusal.step`."""
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "refusal", "matter", "at", "by", "recorded_at")
        sensitive = ("step", "words")

    class Meta:
        indexes = [models.Index(fields=["refusal"], name="steps_of_refusal")]


class Unfitted(models.Model):
    """Somebody no criteria fit: his lead (the case's holder) is there first, the diagnosis comes later."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(max_length=24)
    """Code of `unfitted.why`."""
    not_ours = models.TextField(blank=True)
    """Who said that it was not theirs, and on what ground."""
    carer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    has_carer = models.CharField(max_length=8, default="unknown")
    begun_at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=24, blank=True)
    """Code of `unfitted.ended`."""
    ended_words = models.TextField(blank=True)
    ended_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "matter", "begun_at", "by", "recorded_at", "ended_at", "ended_by")
        linked = ("person", "carer")
        sensitive = ("why", "not_ours", "has_carer", "ended_how", "ended_words")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(ended_at__isnull=True), name="unfitted_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="", ended_by__isnull=True)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_how="")),
                name="ended_unfitted_says_how",
            ),
        ]
        indexes = [models.Index(fields=["matter"], name="unfitted_of_case")]


class UnfittedLook(models.Model):
    """A review of such a service, or what was arranged for the carer. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unfitted = models.ForeignKey(Unfitted, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=UnfittedLookAt.choices)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "unfitted", "matter", "what", "at", "by", "recorded_at")
        sensitive = ("words",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="look_at_unfitted_has_words")]
        indexes = [models.Index(fields=["unfitted"], name="looks_at_unfitted")]
