"""The review of a grave incident (重大事件檢討), by people who had no part in it."""

from django.db import models
from django.db.models import F, Q, Value

from anwang.cases.models.derived import Derived
from anwang.conferences.states import ReviewState
from anwang.directory.models import Worker
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Family


class IncidentReview(models.Model):
    """A review. Its findings are about how things went; what is to become better are decisions of its own matter."""

    id = models.UUIDField(primary_key=True)
    matter_kind = Derived(
        expression=Value("incident_review"), output_field=models.CharField(max_length=16), db_persist=True
    )
    kind = models.CharField(max_length=16)
    """Code of `incident.kind`."""
    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()
    known_at = models.DateTimeField()
    because = models.TextField()
    """What happened and what is to be found out."""
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.OPEN)
    found_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "matter_kind", "known_at", "state", "found_at", "closed_at", "closed_by", "recorded_at")
        linked = ("family",)
        sensitive = ("kind", "happened_at", "because")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReviewState.values), name="incident_review_state_known"),
            models.CheckConstraint(
                condition=Q(known_at__gte=F("happened_at")), name="incident_known_after_it_happened"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.CLOSED) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="closed_review_says_by_whom",
            ),
        ]


class ReviewFile(models.Model):
    """A file the review reads."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    review = models.ForeignKey(IncidentReview, models.PROTECT, related_name="+")
    file = models.ForeignKey(Matter, models.PROTECT, related_name="+")

    class Privacy:
        plain = ("id", "review")
        linked = ("file",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "file"], name="file_reviewed_once")]


class Reviewer(models.Model):
    """Who reviews, and from when to when."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    review = models.ForeignKey(IncidentReview, models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "review", "worker", "since_at", "until_at", "by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "worker"], condition=Q(until_at__isnull=True), name="reviews_once"
            ),
        ]


class Finding(models.Model):
    """What a review found, about how things went. Only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    review = models.ForeignKey(IncidentReview, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    """Code of `incident.finding`."""
    text = models.TextField()
    on = models.DateField(null=True)
    """The day of the chronology it is about."""
    at = models.DateTimeField()
    by = models.UUIDField()

    class Privacy:
        plain = ("id", "review", "at", "by")
        sensitive = ("kind", "text", "on")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="finding_has_words")]
