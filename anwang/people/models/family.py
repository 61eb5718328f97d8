"""Household, kinship and case-family, each dated, each with its source."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.people.states import Kin, Source

from .person import Person


class Household(models.Model):
    """People under one roof according to one source. Several households of one family differ, and that is shown."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    source = models.CharField(max_length=10, choices=Source.choices)
    area_code = models.CharField(max_length=11, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "source", "recorded_at")
        personal = ("area_code",)


class HouseholdMember(models.Model):
    """A person lives in a household from … to …, says the household's source."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    note = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "household", "person", "recorded_at")
        personal = ("since_on", "until_on", "note")

    class Meta:
        indexes = [
            models.Index(fields=["household"], name="members_of_household"),
            models.Index(fields=["person"], name="households_of_person"),
        ]


class Kinship(models.Model):
    """`person` is the `relation` of `to`. Dated, with source; does not end with divorce: that is another edge."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=16, choices=Kin.choices)
    to = models.ForeignKey(Person, models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices)
    since_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "person", "to", "source", "recorded_at", "recorded_by")
        personal = ("relation", "since_on", "until_on")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(person=F("to")), name="kinship_is_between_two")]
        indexes = [
            models.Index(fields=["person"], name="kinship_from"),
            models.Index(fields=["to"], name="kinship_to"),
        ]


class Family(models.Model):
    """案家: the circle of people a service counts in. A file opened on a day, never a discovered object.

    Never merged automatically; a person may be in several; membership gives no access to another member's case.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=20, unique=True)
    label = models.CharField(max_length=60)
    """How colleagues call it, usually the carer's name: 高玉蘭家."""
    county = models.CharField(max_length=5)
    continues = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The file this one was split from; from that instant the old one receives nothing of the new."""
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "number", "county", "continues", "recorded_at")
        personal = ("label",)


class FamilyMember(models.Model):
    """A person counted into a case-family from … to …, decided by somebody."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    family = models.ForeignKey(Family, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    decided_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "family", "person", "decided_by", "recorded_at")
        personal = ("since_on", "until_on")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"], condition=Q(until_on__isnull=True), name="member_counted_once"
            )
        ]
        indexes = [models.Index(fields=["person"], name="families_of_person")]
