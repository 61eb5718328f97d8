"""The yearly assessment (考核) of a county: items, own score, reviewer's score with a reason."""

from django.db import models
from django.db.models import F, Q

from anwang.directory.models import Jurisdiction, Unit
from anwang.foundation.uuid7 import uuid7
from anwang.steering.states import AssessmentState

from .task import Task


class Assessment(models.Model):
    """考核: one county, one year. Counties never stand in the order of their scores."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Who assesses itself."""
    reviews = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Which unit of the ministry reviews."""
    list_from = models.DateField()
    """Since when the list of items it was called with is in force."""
    state = models.CharField(max_length=11, choices=AssessmentState.choices, default=AssessmentState.CALLED)
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    effect = models.CharField(max_length=24, blank=True)
    """Outcome of the rule `assessment.effect` on the day of the review; undecided where the rule does not know."""
    effect_from = models.DateField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = (
            "id", "county", "year", "unit", "reviews", "list_from", "state", "task", "effect", "effect_from",
            "reviewed_at", "by", "at",
        )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AssessmentState.values), name="assessment_state_known"),
            models.CheckConstraint(
                condition=Q(state=AssessmentState.REVIEWED, reviewed_at__isnull=False) & ~Q(effect="")
                | ~Q(state=AssessmentState.REVIEWED) & Q(reviewed_at__isnull=True, effect=""),
                name="reviewed_assessment_says_its_effect",
            ),
            models.UniqueConstraint(fields=["county", "year"], name="one_assessment_a_year"),
        ]


class AssessmentItem(models.Model):
    """An item with its full score. The reviewer's score needs a reason wherever it differs from the county's own."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    item = models.CharField(max_length=24)
    """Code of `steering.assessment`."""
    position = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    figure = models.CharField(max_length=24, blank=True)
    """What the system draws as evidence; empty where the county gives its own."""
    self_score = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    score = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Privacy:
        plain = ("id", "assessment", "item", "position", "most", "figure", "self_score", "words", "score", "reason")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(self_score=None) | Q(self_score__lte=F("most")), name="own_score_fits"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=F("most")), name="score_fits"),
            models.CheckConstraint(condition=Q(self_score=None) | ~Q(words=""), name="own_score_has_words"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score=F("self_score")) | ~Q(reason=""), name="another_score_has_a_reason"
            ),
            models.UniqueConstraint(fields=["assessment", "item"], name="item_once"),
        ]
