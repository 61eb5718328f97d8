"""Compulsory treatment (精神衛生法第五章), under the rules in force when each measure began."""

from django.db import models
from django.db.models import F, Q

from anwang.care.states import MeasureKind, RuleSet, StepKind
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person


class Measure(models.Model):
    """One compulsory measure: emergency placement, hospitalisation or community treatment. An extension is another.

    `rule_set` is what held on the day it began and stays; what follows asks the rules of its own day.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=MeasureKind.choices)
    rule_set = models.CharField(max_length=12, choices=RuleSet.choices)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """What it continues: the placement before it, or the term it extends."""
    extension = models.PositiveSmallIntegerField(default=0)
    """How manyth extension of the same kind: 0 is the first term."""
    hospital = models.CharField(max_length=60)
    """The designated institution."""
    number = models.CharField(max_length=60, blank=True)
    """Of the permit or the ruling; a placement has none."""
    began_at = models.DateTimeField()
    ends_on = models.DateField()
    """Its last day."""
    asked_on = models.DateField(null=True)
    """Since when the next step lies before committee or court; while it does, the measure may go on (§73)."""
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=20, blank=True)
    """Code of `care.measure_end`."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "matter", "follows", "recorded_at", "recorded_by")
        linked = ("person",)
        sensitive = (
            "kind", "rule_set", "extension", "hospital", "number", "began_at", "ends_on", "asked_on", "ended_at",
            "ended_how",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeasureKind.values), name="measure_kind_known"),
            models.CheckConstraint(condition=Q(rule_set__in=RuleSet.values), name="measure_rules_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False, ended_at__gte=F("began_at")) & ~Q(ended_how="")),
                name="ended_measure_says_how",
            ),
            models.CheckConstraint(
                condition=Q(kind=MeasureKind.PLACEMENT, number="") | (~Q(kind=MeasureKind.PLACEMENT) & ~Q(number="")),
                name="measure_has_its_permit",
            ),
            models.CheckConstraint(
                condition=Q(extension=0) | Q(follows__isnull=False), name="extension_follows_a_term"
            ),
            models.UniqueConstraint(
                fields=["matter", "person", "kind"], condition=Q(ended_at__isnull=True), name="one_measure_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["matter", "began_at"], name="measures_of_case")]


class MeasureStep(models.Model):
    """What happened to a measure, when, with which paper. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=StepKind.choices)
    at = models.DateTimeField()
    specialists = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(max_length=400, blank=True)
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "measure", "matter", "at", "by", "recorded_at")
        sensitive = ("kind", "specialists", "words")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=StepKind.values), name="measure_step_known")]
        indexes = [models.Index(fields=["measure", "at"], name="steps_of_measure")]
