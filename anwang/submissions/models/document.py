"""What a county uploaded for a part of its submission, byte for byte."""

from django.db import models
from django.db.models import Q

from anwang.foundation.uuid7 import uuid7

from .call import CallPart
from .submission import Submission


class Document(models.Model):
    """A file for a part. Its bytes never change; taken back before sending, it stays and says so."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    part = models.ForeignKey(CallPart, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    by = models.UUIDField()
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.UUIDField(null=True)

    class Privacy:
        plain = ("id", "submission", "part", "name", "media_type", "size", "digest", "content", "by", "recorded_at",
                 "taken_back_at", "taken_back_by")  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0) & ~Q(name=""), name="document_holds_something"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="document_taken_back_says_by_whom",
            ),
            models.UniqueConstraint(
                fields=["submission", "part", "digest"], condition=Q(taken_back_at__isnull=True),
                name="same_document_once_in_a_part",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["submission"], name="documents_of_submission")]
