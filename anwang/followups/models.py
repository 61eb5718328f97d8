"""Courses of contacts: the stretches of rule they run under, their windows, how each came out; the feed of a worker.

Only the end of a running window is ever moved (`followups_cut`); everything else only grows.
"""

from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Cast

from anwang.cases.models.derived import Derived
from anwang.directory.models import Worker
from anwang.followups.states import Because, Came
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Duty, Matter
from anwang.people.models import Person


def _to(model: type[models.Model], *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(model, models.PROTECT, related_name="+", null=null)


class Course(models.Model):
    """期程: contacts owed to one person (or, without, to the family) of a case, counted from the day after `origin_on`.

    `group` tells what it follows (suicide, care…); a new attempt is another `episode` beside those that run.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = _to(Matter)
    person = _to(Person, null=True)
    group = models.CharField(max_length=32)
    episode = models.PositiveSmallIntegerField(default=1)
    origin_on = models.DateField()
    began_because = models.CharField(max_length=40)
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "episode", "origin_on", "by", "recorded_at")
        linked = ("person",)
        sensitive = ("group", "began_because")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "person", "group", "episode"], name="course_once_an_episode", nulls_distinct=False
            )
        ]
        indexes = [models.Index(fields=["matter"], name="courses_of_case")]


class Stretch(models.Model):
    """A piece of a course under one rule, from `begins_on` until the next one begins. `steps` are the rule's, kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = _to(Matter)
    course = _to(Course)
    n = models.PositiveSmallIntegerField()
    begins_on = models.DateField()
    origin_on = models.DateField()
    rule_id = models.CharField(max_length=80)
    rule_from = models.DateField()
    rule_hash = models.CharField(max_length=64)
    steps = models.JSONField()
    because = models.CharField(max_length=8, choices=Because.choices)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "course", "n", "begins_on", "origin_on", "because", "at", "by", "recorded_at")
        sensitive = ("rule_id", "rule_from", "rule_hash", "steps", "reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "n"], name="stretch_of_a_course_once"),
            models.CheckConstraint(condition=~Q(because=Because.LEVEL) | ~Q(reason=""), name="changed_level_says_why"),
            models.CheckConstraint(condition=Q(origin_on__lt=F("begins_on")), name="stretch_counts_from_before_it"),
        ]


class Window(models.Model):
    """A window that has begun: `contacts` owed from `begins_on` to `ends_on`, both in it.

    Windows of a course tile: they never overlap (exclusion), and each but the first begins the day after another of the
    same course ends (a declared key: `window_begins_where_one_ended`).
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = _to(Matter)
    course = _to(Course)
    n = models.PositiveSmallIntegerField()
    begins_on = models.DateField()
    ends_on = models.DateField()
    contacts = models.PositiveSmallIntegerField()
    in_person = models.PositiveSmallIntegerField(default=0)
    recorded_at = models.DateTimeField()
    after_on = Derived(
        expression=Case(When(n__gt=1, then=Cast(F("begins_on") - 1, models.DateField()))),
        output_field=models.DateField(null=True),
        db_persist=True,
    )

    class Privacy:
        plain = ("id", "matter", "course", "n", "begins_on", "ends_on", "recorded_at", "after_on")
        sensitive = ("contacts", "in_person")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "n"], name="window_of_a_course_once"),
            models.UniqueConstraint(fields=["course", "ends_on"], name="window_ends_once"),
            models.CheckConstraint(condition=Q(begins_on__lte=F("ends_on")), name="window_has_a_day"),
        ]


class Mark(models.Model):
    """How a window stood after it was counted: what was reached, what was tried; the last one holds."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = _to(Matter)
    window = _to(Window)
    n = models.PositiveSmallIntegerField()
    came = models.CharField(max_length=8, choices=Came.choices)
    reached = models.PositiveSmallIntegerField(default=0)
    in_person = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    duty = _to(Duty, null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "window", "n", "came", "duty", "at", "recorded_at")
        sensitive = ("reached", "in_person", "tries")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["window", "n"], name="mark_of_a_window_once")]


class Shortfall(models.Model):
    """Why a window fell short, or had effort instead: a code of `followup.shortfall`, and words if any."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = _to(Matter)
    window = _to(Window)
    reason = models.CharField(max_length=24)
    words = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "window", "by", "at", "recorded_at")
        sensitive = ("reason", "words")

    class Meta:
        indexes = [models.Index(fields=["window"], name="shortfalls_of_window")]


class CourseEnd(models.Model):
    """A course that is over: `last_on` is its last day. `because` is a code of `followup.ended` or the event."""

    course = models.OneToOneField(Course, models.PROTECT, primary_key=True, related_name="+")
    matter = _to(Matter)
    last_on = models.DateField()
    because = models.CharField(max_length=40)
    words = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("course", "matter", "last_on", "by", "at", "recorded_at")
        sensitive = ("because", "words")


class Look(models.Model):
    """A day on which a course is looked at: whether it still fits. Never a term for closing.

    `is_long`: the relationship is a long one from here on (長期陪伴), agreed by a supervisor with `reason`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    matter = _to(Matter)
    course = _to(Course)
    n = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    duty = _to(Duty)
    is_long = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter", "course", "n", "due_on", "duty", "by", "at", "recorded_at")
        sensitive = ("is_long", "reason")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "n"], name="look_of_a_course_once")]


class Feed(models.Model):
    """A worker's calendar address. Only the digest of its secret is kept; revoked, it answers as if it never was."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    worker = _to(Worker)
    digest = models.BinaryField(unique=True)
    language = models.CharField(max_length=10, default="zh-hant")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Privacy:
        plain = ("id", "worker", "language", "created_at", "revoked_at")
        secret = ("digest",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worker"], condition=Q(revoked_at__isnull=True), name="one_feed_of_a_worker"
            )
        ]
