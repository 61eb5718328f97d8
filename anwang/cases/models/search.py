"""Searching for a child whose whereabouts are unknown, and the lists exchanged with the police about it."""

from django.db import models
from django.db.models import Q

from anwang.cases.states import SearchEnd
from anwang.directory.models import Unit
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person


class Search(models.Model):
    """協尋 of one subject of a case, from the day nobody knew any more where he was until he is found.

    `number` names it outside (A + year + digits) and says nothing about the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.CharField(max_length=16, unique=True)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    missing_since = models.DateTimeField()
    """When somebody last knew where he was."""
    last_known = models.TextField(blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=12, choices=SearchEnd.choices, blank=True)
    ended_words = models.TextField(blank=True)
    ended_by = models.UUIDField(null=True)

    class Privacy:
        plain = (
            "id", "number", "matter", "missing_since", "begun_at", "begun_by", "recorded_at", "ended_at", "ended_by",
        )  # fmt: skip
        linked = ("person",)
        sensitive = ("last_known", "ended_how", "ended_words")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "person"], condition=Q(ended_at__isnull=True), name="one_search_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False, ended_how__in=SearchEnd.values) & ~Q(ended_words="")),
                name="ended_search_says_how",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__gte=models.F("missing_since")), name="search_begins_after_he_is_missing"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="searches_of_person")]


class SearchStep(models.Model):
    """One thing done to find him: code of `search.step`, what came of it. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    search = models.ForeignKey(Search, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    step = models.CharField(max_length=24)
    words = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "search", "matter", "step", "at", "by", "recorded_at")
        sensitive = ("words",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="search_step_says_what_came_of_it")]
        indexes = [models.Index(fields=["search", "at"], name="steps_of_search")]


class PoliceList(models.Model):
    """A list of searches given to the police on a day: only children about whom nothing speaks against it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.CharField(max_length=5)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "county", "unit", "made_at", "made_by", "recorded_at")


class PoliceListed(models.Model):
    """One search on a list. `is_told` once the police were told that it does not hold any more."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    of_list = models.ForeignKey(PoliceList, models.PROTECT, related_name="+")
    search_id = models.UUIDField()
    number = models.CharField(max_length=16)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "of_list", "search_id", "number", "taken_back_at", "taken_back_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_list", "search_id"], name="listed_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="taken_back_by_somebody",
            ),
        ]


class Sighting(models.Model):
    """A line of a list of the police that agrees with a search: told to whoever acts on the case, to nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    search = models.ForeignKey(Search, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    words = models.TextField()
    """The line as the police wrote it."""
    at = models.DateTimeField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "search", "matter", "at", "by", "recorded_at")
        sensitive = ("words",)


class SightingChecked(models.Model):
    """What the worker found when he looked into a sighting. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    sighting = models.OneToOneField(Sighting, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "sighting", "matter", "at", "by")
        sensitive = ("words",)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="checked_sighting_says_what")]
