"""The letter that answers, and approved posts, which change by letter alone."""

from django.db import models
from django.db.models import Q

from anwang.documents.models import Paper
from anwang.foundation.uuid7 import uuid7

from .submission import Submission


class Letter(models.Model):
    """核定函: number and day of the letter that answers a submission. Only grows; one a submission."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    dated_on = models.DateField()
    words = models.TextField(blank=True)
    posts_from_on = models.DateField(null=True)
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, related_name="+")
    """Its entry in the register of papers of the unit that called; letters from before have none."""
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "submission", "number", "dated_on", "words", "posts_from_on", "paper", "by", "recorded_at")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="letter_has_a_number")]


class PostChange(models.Model):
    """員額調整: so many approved posts more or fewer, from a day, by which letter. Only grows; never below none."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    county = models.CharField(max_length=5)
    kind = models.CharField(max_length=24)
    """Code of `post.kind`."""
    change = models.IntegerField()
    from_on = models.DateField()
    letter = models.CharField(max_length=60)
    dated_on = models.DateField()
    because = models.CharField(max_length=200)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "county", "kind", "change", "from_on", "letter", "dated_on", "because", "submission", "by",
                 "recorded_at")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(change=0), name="posts_change"),
            models.CheckConstraint(
                condition=~Q(letter="") & ~Q(because=""), name="posts_change_by_letter_for_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["county", "kind", "from_on"], name="posts_of_county")]
