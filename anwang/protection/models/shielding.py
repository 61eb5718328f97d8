"""Whose whereabouts are kept, on what ground, since when, against whom, and which places that covers."""

from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person
from anwang.protection.states import PlaceWhat


class Shielding(models.Model):
    """The ground of a shield: `people.Shield` closes the door, this says why, until when and against whom.

    `matter` is the case of her side through which it is read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    """Code of `shield.kind`, which cites the article."""
    basis = models.CharField(max_length=120, blank=True)
    """Number of the order or letter."""
    ask_whom = models.CharField(max_length=80)
    since_at = models.DateTimeField()
    until_on = models.DateField(null=True)
    """Its last day; empty until somebody ends it. Passing it opens nothing: somebody decides (`shield.review`)."""
    reviewed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "matter", "ask_whom", "since_at", "reviewed_at", "ended_at", "recorded_at", "recorded_by")
        linked = ("person",)
        sensitive = ("kind", "basis", "until_on", "ended_because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(ask_whom=""), name="shielding_says_whom_to_ask"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False, ended_at__gte=F("since_at")) & ~Q(ended_because="")),
                name="ended_shielding_says_why",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="shieldings_of_person")]


class ShieldingAgainst(models.Model):
    """Somebody who must not learn where she is. He may be anybody: a colleague, a guardian, a client next door."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    shielding = models.ForeignKey(Shielding, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "shielding", "matter")
        linked = ("person",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shielding", "person"], name="against_once")]
        indexes = [models.Index(fields=["person"], name="shieldings_against")]


class ShieldedPlace(models.Model):
    """A place a shield covers: address, telephone, school, work, county of follow-up. Read in the safety zone only.

    `row_id` is the row of `people` that holds it (an address, a contact point): that row, and any other that says the
    same about somebody near her, is hidden by row-level security. A county has no row, only `sealed_text`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    shielding = models.ForeignKey(Shielding, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=PlaceWhat.choices)
    row_id = models.UUIDField(null=True)
    sealed_text = models.BinaryField()
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Privacy:
        plain = ("id", "shielding", "matter", "since_at", "until_at", "recorded_at", "recorded_by")
        linked = ("person", "row_id")
        secret = ("what", "sealed_text")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=PlaceWhat.values), name="shielded_place_known"),
        ]
        indexes = [
            models.Index(fields=["row_id"], name="shielded_rows"),
            models.Index(fields=["person"], name="shielded_places_of_person"),
        ]


class Seeking(models.Model):
    """Somebody is looking for a shielded person, as it was told: to her worker alone, who says what he made sure of."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.TextField()
    """The line of the police, or what the worker heard."""
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    """Empty when the program found it in a report."""
    answered_at = models.DateTimeField(null=True)
    answered_words = models.CharField(max_length=200, blank=True)
    answered_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "at", "by", "answered_at", "answered_by", "recorded_at")
        linked = ("person",)
        sensitive = ("words", "answered_words")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="seeking_says_what"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_words="")
                | (Q(answered_at__isnull=False) & ~Q(answered_words="")),
                name="answered_seeking_says_what",
            ),
        ]
        indexes = [models.Index(fields=["matter", "at"], name="seekings_of_file")]
