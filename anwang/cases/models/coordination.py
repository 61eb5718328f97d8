"""Family coordination (家庭主責): a matter of its own that owes a shared plan and a list, and takes over no duty."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value

from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person

from .derived import Derived


class Coordination(models.Model):
    """The lead of a case-family, or of one person. Who leads is the acting pair of the matter; why is the rule's.

    It gives no right to read any case of the family.
    """

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(
        expression=Value("coordination"), output_field=models.CharField(max_length=16), db_persist=True
    )
    proposed = models.CharField(max_length=32, blank=True)
    """Outcome of the rule; `rows` are the rows that decided."""
    rows = ArrayField(models.CharField(max_length=32), default=list)
    rule_id = models.CharField(max_length=80, blank=True)
    rule_from = models.DateField(null=True)
    rule_hash = models.CharField(max_length=64, blank=True)
    inputs = models.JSONField(default=dict)
    differs_because = models.CharField(max_length=300, blank=True)
    """Why people chose another lead than the rule proposed."""
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Whom it leads, where it is a person's (少輔會統籌); the family's otherwise."""
    is_over = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter_kind", "proposed", "rows", "rule_id", "rule_from", "rule_hash", "inputs", "is_over",
            "opened_at", "recorded_at",
        )  # fmt: skip
        linked = ("person",)
        sensitive = ("differs_because",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(person__isnull=False, is_over=False), name="one_lead_per_person"
            )
        ]


class SharedPlan(models.Model):
    """A version of the plan that all units share; the newest is current. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "at", "by", "recorded_at")
        sensitive = ("text",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="shared_plan_has_words")]
        indexes = [models.Index(fields=["matter", "recorded_at"], name="plans_of_coordination")]


class WhoDoesWhat(models.Model):
    """A line of the list of who does what next. Lines of one `list_id` were written together; the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    list_id = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "list_id", "position", "unit", "due_on", "at", "by", "recorded_at")
        sensitive = ("what",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list_id", "position"], name="one_line_at_a_place_of_a_list")]
        indexes = [models.Index(fields=["matter", "recorded_at"], name="lines_of_coordination")]


class Leaving(models.Model):
    """A unit told the lead that it is about to end its case. The lead may object once; the supervisor decides."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    """The case that is about to end, or in which a partner is about to stop."""
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """The partner; empty where the case itself ends."""
    because = models.CharField(max_length=40, blank=True, default="")
    """Code of `ending.joining`."""
    coordination = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    told_by = models.UUIDField()
    objected_at = models.DateTimeField(null=True)
    objected_by = models.UUIDField(null=True)
    objection = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    may_leave = models.BooleanField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "matter", "coordination", "unit", "because", "told_at", "told_by", "objected_at", "objected_by",
            "decided_at", "decided_by", "may_leave", "recorded_at",
        )  # fmt: skip
        sensitive = ("objection",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "coordination", "unit"], nulls_distinct=False, name="lead_told_once_of_a_leaving"
            ),
            models.CheckConstraint(
                condition=Q(objected_at__isnull=True, decided_at__isnull=True)
                | (Q(objected_at__isnull=False) & ~Q(objection="")),
                name="objection_says_why",
            ),
        ]
