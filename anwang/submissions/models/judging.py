"""What became of a submission: extensions, checks, reviews."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from anwang.foundation.uuid7 import uuid7
from anwang.submissions.states import ExtensionState, Outcome, ReviewState

from .call import Call
from .submission import Submission


class Extension(models.Model):
    """展延: who asked, why, who decided, the new day. Without `submission`: for every county of the call."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    asked_by = models.CharField(max_length=80)
    """Unit and office, as it is said: 望潮縣政府社會局（程雅文）."""
    asked_at = models.DateTimeField()
    asked_by_worker = models.UUIDField(null=True)
    reason = models.CharField(max_length=200)
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    state = models.CharField(max_length=8, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True)
    """Why not, or the letter or meeting that granted it."""
    recorded_at = models.DateTimeField()

    class Privacy:
        plain = ("id", "call", "submission", "asked_by", "asked_at", "asked_by_worker", "reason", "old_due_on",
                 "new_due_on", "state", "decided_by", "decided_at", "answer", "recorded_at")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(new_due_on__gt=F("old_due_on")), name="extension_goes_further"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(asked_by=""), name="extension_says_who_and_why"),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(state=ExtensionState.ASKED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="decided_extension_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(asked_by_worker__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("asked_by_worker")),
                name="nobody_grants_his_own_extension",
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(state=ExtensionState.ASKED, submission__isnull=False),
                name="one_extension_asked_at_a_time",
            ),
        ]  # fmt: skip


class Check(models.Model):
    """形式審查: complete, or which parts are missing. Only grows; sent back once."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    is_complete = models.BooleanField()
    missing = ArrayField(models.UUIDField(), default=list)
    """Parts of the call that were missing."""
    words = models.CharField(max_length=400, blank=True)
    back_due_on = models.DateField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Privacy:
        plain = ("id", "submission", "is_complete", "missing", "words", "back_due_on", "by", "at")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_complete=True, back_due_on__isnull=True)
                | Q(is_complete=False, missing__len__gt=0, back_due_on__isnull=False),
                name="sent_back_with_a_list_and_a_day",
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(is_complete=False), name="sent_back_once"
            ),
        ]  # fmt: skip


class Review(models.Model):
    """審查: written by one, decided by another; returned ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    opinion = models.TextField()
    state = models.CharField(max_length=12, choices=ReviewState.choices, default=ReviewState.PROPOSED)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=400, blank=True)

    class Privacy:
        plain = ("id", "submission", "outcome", "opinion", "state", "written_by", "written_at", "decided_by",
                 "decided_at", "words")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values) & ~Q(opinion=""), name="review_says_what"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("written_by")), name="review_takes_another"
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.PROPOSED, decided_by__isnull=True)
                | (~Q(state=ReviewState.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="decided_review_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReviewState.RETURNED) | ~Q(words=""), name="returned_review_says_why"
            ),
            models.UniqueConstraint(
                fields=["submission"], condition=~Q(state=ReviewState.RETURNED), name="one_review_stands"
            ),
        ]
